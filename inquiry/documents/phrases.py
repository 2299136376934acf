"""What an office may word itself in its letters, and what it may not (文面の検査).

Decides   which fields a text may name, and that every letter keeps a subject and a body.
Not here  the fixed parts, which no wording can drop: templates/letters/. The My Number guard: security/guard.py.

A field stands in braces, such as {照会日}, and is filled in when the letter is printed. Full-width braces do as well.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from inquiry.documents.fonts import undrawable
from inquiry.documents.letter import Delay, Letter, LetterKind, Overdue, Phrases, Wanted
from inquiry.domain.calendar import JST
from inquiry.domain.errors import InvalidValue, UndrawableCharacter
from inquiry.domain.wareki import both_calendars, era_text

LONGEST: Final = {"subject": 60, "body": 600, "remark": 400}
_FIELD = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
_BRACES = frozenset("{}｛｝")


def moment(at: datetime) -> str:
    """Write a moment as officials do: day of the era, hour and minute in Japan."""
    local = at.astimezone(JST)
    return f"{era_text(local.date())}{local.hour}時{local.minute:02}分"


def _day(on: date | None) -> str:
    return era_text(on) if on else "―"


def _expected(letter: Letter) -> str:
    return moment(letter.facts.expected_at) if isinstance(letter.facts, Delay) else "―"


def _due(letter: Letter) -> str:
    return moment(letter.facts.due_at) if isinstance(letter.facts, Overdue) else "―"


def _insurer(letter: Letter) -> str:
    return letter.facts.insurer if isinstance(letter.facts, Overdue) else "―"


def _needed_by(letter: Letter) -> str:
    return _day(letter.facts.needed_by if isinstance(letter.facts, Wanted) else letter.reply_by)


_EVERYWHERE: dict[str, Callable[[Letter], str]] = {
    "照会日": lambda letter: both_calendars(letter.inquiry.filed_on),
    "照会番号": lambda letter: letter.inquiry.number,
    "事務手続": lambda letter: letter.inquiry.procedure,
    "宛先": lambda letter: letter.addressee.organisation,
    "発信者": lambda letter: letter.sender.organisation,
}
_SPECIAL: dict[LetterKind, dict[str, Callable[[Letter], str]]] = {
    LetterKind.JOINT_ANSWER: {"件数": lambda letter: str(len(letter.cases))},
    LetterKind.DATES_REQUEST: {"期限": _needed_by},
    LetterKind.DELAY: {"見込み": _expected},
    LetterKind.INQUIRY_SHEET: {"期限": _needed_by},
    LetterKind.REMINDER: {"期限": _due},
    LetterKind.REPORT: {"保険者": _insurer, "期限": _due},
}


def fields_of(kind: LetterKind) -> tuple[str, ...]:
    """Return the names of the fields that a letter of this kind can fill in."""
    return (*_EVERYWHERE, *_SPECIAL.get(kind, {}))


def filled(phrases: Phrases, letter: Letter) -> Phrases:
    """Return the wording with its fields filled in."""
    known = _EVERYWHERE | _SPECIAL.get(letter.form, {})

    def fill(text: str) -> str:
        return _FIELD.sub(lambda found: known[found[1]](letter), text)

    return Phrases(fill(phrases.subject), fill(phrases.body), fill(phrases.remark), phrases.version)


def check(kind: LetterKind, phrases: Phrases) -> None:
    """Refuse a wording that could not be printed.

    :raises InvalidValue: naming the part that is empty or too long, or that names an unknown field.
    :raises UndrawableCharacter: naming the part, if no installed font draws a character of it.
    """
    for part, longest in LONGEST.items():
        text = getattr(phrases, part)
        if not text.strip() and part != "remark":
            raise InvalidValue("wording:empty", field=part)
        if len(text) > longest:
            raise InvalidValue("wording:too_long", field=part)
        if not set(_FIELD.findall(text)) <= set(fields_of(kind)) or _BRACES & set(_FIELD.sub("", text)):
            raise InvalidValue("wording:unknown_field", field=part)
        if missing := undrawable(text):
            raise UndrawableCharacter(missing, field=part)
