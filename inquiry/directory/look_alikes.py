"""Numbers that resemble a municipality's main line without being it (代表電話に似た番号).

Source    memo annex STEP2 ⑤ ⅰ (なりすまし防止).
Decides   how near a number that was heard comes to the true one, and which digits tell them apart.
Not here  which number is dialled: the directory's, whatever the likeness. An extension is cut off and compared with
          nothing, since a main line has none.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

_SUBSCRIBER_DIGITS = 4
_EXTENSION = re.compile(r"(?:\(|\[)?(?:内線|内|ext(?:ension)?\.?|x|#)[^0-9]*[0-9].*", re.IGNORECASE | re.DOTALL)


class Likeness(StrEnum):
    """How near a number heard comes to the true one."""

    SAME = "same"
    ONE_DIGIT = "one_digit"
    SWAPPED = "swapped"
    MISSING = "missing"
    ADDED = "added"
    SAME_TAIL = "same_tail"
    OTHER = "other"


LOOK_ALIKES = frozenset({Likeness.ONE_DIGIT, Likeness.SWAPPED, Likeness.MISSING, Likeness.ADDED, Likeness.SAME_TAIL})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number heard beside the true one; `pairs` holds (true, heard) digit by digit, "" where there is none."""

    likeness: Likeness
    pairs: tuple[tuple[str, str], ...]

    @property
    def is_look_alike(self) -> bool:
        """Say whether somebody might take the one for the other; the same number is no look-alike."""
        return self.likeness in LOOK_ALIKES


def differences(heard: str, true: str) -> Comparison:
    """Lay a number that was heard beside the true one.

    A look-alike is the mark of an impostor, so nearness warns; nothing here makes a number good to call.
    """
    other = digits_of(heard)
    if len(other) == len(true):
        return Comparison(_likeness_of_equal_length(other, true), tuple(zip(true, other, strict=True)))
    if len(other) == len(true) - 1 and (place := _place_of_extra(true, other)) is not None:
        return Comparison(Likeness.MISSING, _with_gap(true, other, place=place))
    if len(other) == len(true) + 1 and (place := _place_of_extra(other, true)) is not None:
        return Comparison(Likeness.ADDED, tuple((mine, theirs) for theirs, mine in _with_gap(other, true, place=place)))
    return Comparison(_by_tail(other, true), tuple(zip_longest(true, other, fillvalue="")))


def digits_of(heard: str) -> str:
    """Return the digits of a number as it was heard, without an extension."""
    plain = _EXTENSION.sub("", unicodedata.normalize("NFKC", heard))
    return "".join(character for character in plain if character in "0123456789")


def _likeness_of_equal_length(heard: str, true: str) -> Likeness:
    places = [place for place, (mine, theirs) in enumerate(zip(true, heard, strict=True)) if mine != theirs]
    if not places:
        return Likeness.SAME
    if len(places) == 1:
        return Likeness.ONE_DIGIT
    first, last = places[0], places[-1]
    if last == first + 1 and (heard[first], heard[last]) == (true[last], true[first]):
        return Likeness.SWAPPED
    return _by_tail(heard, true)


def _by_tail(heard: str, true: str) -> Likeness:
    return Likeness.SAME_TAIL if heard[-_SUBSCRIBER_DIGITS:] == true[-_SUBSCRIBER_DIGITS:] else Likeness.OTHER


def _place_of_extra(longer: str, shorter: str) -> int | None:
    for place in range(len(longer)):
        if longer[:place] + longer[place + 1 :] == shorter:
            return place
    return None


def _with_gap(longer: str, shorter: str, *, place: int) -> tuple[tuple[str, str], ...]:
    return tuple(zip(longer, [*shorter[:place], "", *shorter[place:]], strict=True))
