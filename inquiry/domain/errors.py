"""Everything that can be refused, in one tree.

    InquiryError                 anything this product refuses on purpose
    ├── InvalidValue             a value cannot be read; names the field (ValueError too)
    │   ├── MyNumberFound        a My Number stands in a text; never carries the digits
    │   └── UndrawableCharacter  no installed font draws a character of a letter
    ├── Forbidden                a rule of the memo, or the state of the inquiry, says no
    │   ├── ForbiddenTransition  the transition table has no such arrow
    │   ├── NotDisclosable       the disclosure gate stays shut
    │   └── TooOften             asked too often; says how long to wait
    ├── NotFound                 absent, or not yours: the two are not told apart
    ├── Superseded               somebody else changed it first
    │   ├── CallOver             the call that this is about has ended meanwhile
    │   └── CallHeld             somebody else holds that call
    └── Repeated                 the same form came twice; the first one counted

Every error carries a `code`, a stable English slug such as ``birth_date:no_such_day``; the Japanese sentence for
it lives in `inquiry/web/messages.py`. Neither code nor message ever holds personal data.
"""

from datetime import datetime
from typing import Final

MY_NUMBER: Final = "my_number:found"


class InquiryError(Exception):
    """Anything this product refuses on purpose."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class InvalidValue(InquiryError, ValueError):
    """A value that cannot be read as what it should be."""

    def __init__(self, code: str, *, field: str = "") -> None:
        super().__init__(code)
        self.field = field


class MyNumberFound(InvalidValue):
    """A text that holds a My Number, or cannot be told from one (memo annex STEP1, 留意).

    The rule's name says which shape was recognised. The digits are not kept: not here, not in a log.
    """

    def __init__(self, rule: str, *, field: str = "") -> None:
        super().__init__(MY_NUMBER, field=field)
        self.rule = rule


class UndrawableCharacter(InvalidValue):
    """A letter holds characters that no installed font draws; `code_points` names them as ``U+845B U+E0100``.

    The characters are part of somebody's name: show `code_points` to the officer at work, never log them.
    """

    def __init__(self, code_points: tuple[str, ...], *, field: str = "") -> None:
        super().__init__("letter:undrawable_character", field=field)
        self.code_points = code_points


class Forbidden(InquiryError):
    """A rule of the memo, or the state of the inquiry, says no."""


class ForbiddenTransition(Forbidden):
    """The transition table has no arrow for this event in this state."""

    def __init__(self, state: str, event: str) -> None:
        super().__init__("inquiry:forbidden_transition")
        self.state = state
        self.event = event


class NotDisclosable(Forbidden):
    """The disclosure gate stays shut (memo annex STEP2 ⑤)."""


class TooOften(Forbidden):
    """Somebody asked too often, and may ask again after so many seconds."""

    def __init__(self, code: str, *, seconds: int) -> None:
        super().__init__(code)
        self.seconds = seconds


class NotFound(InquiryError):
    """Absent, or not yours: the two are not told apart."""

    def __init__(self, code: str = "not_found") -> None:
        super().__init__(code)


class Superseded(InquiryError):
    """Somebody else changed the inquiry first; says who and what, so that nothing is answered twice."""

    def __init__(self, *, by: str = "", event: str = "", code: str = "superseded") -> None:
        super().__init__(code)
        self.by = by
        self.event = event


class CallOver(Superseded):
    """The call that somebody would go on with has ended meanwhile; says who held it, and when it ended."""

    def __init__(self, *, by: str, at: datetime) -> None:
        super().__init__(by=by, code="calling:over")
        self.at = at


class CallHeld(Superseded):
    """Somebody else holds the call that this is about; says who."""

    def __init__(self, *, by: str) -> None:
        super().__init__(by=by, code="calling:held_by_another")


class Repeated(InquiryError):
    """The same form came twice; `outcome` is what the first one led to."""

    def __init__(self, outcome: str) -> None:
        super().__init__("repeated")
        self.outcome = outcome
