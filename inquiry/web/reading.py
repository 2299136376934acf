"""How an answer stands on the page to be read aloud: one item a line, dates twice, digits in groups (読み上げ).

Decides   nothing of what is told; only how it is laid out for a voice.
"""

import re
from dataclasses import dataclass
from typing import Final

from inquiry.domain import item as catalogue
from inquiry.domain.errors import InvalidValue
from inquiry.domain.item import ValueKind
from inquiry.domain.wareki import both_calendars, parse_date

_GROUP: Final = 4
_LONG_RUN: Final = re.compile(rf"[0-9０-９]{{{_GROUP + 1},}}")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say, and to hear read back."""

    code: str
    name: str
    text: str


def lines_of(told: dict[str, str]) -> list[Line]:
    """Return what is told, a line for each item."""
    return [_line(code, text) for code, text in told.items()]


def _line(code: str, text: str) -> Line:
    item = catalogue.item(code)
    if item.kind is ValueKind.DATE:
        return Line(code, item.name, _dated(text))
    return Line(code, item.name, _LONG_RUN.sub(lambda run: _grouped(run[0]), text))


def _dated(text: str) -> str:
    # What is no single date, such as 加入中, is said as it was written.
    try:
        return both_calendars(parse_date(text.split("（", maxsplit=1)[0]))
    except InvalidValue:
        return text


def _grouped(digits: str) -> str:
    """Cut a long run of digits into groups of nearly equal length, as people say them."""
    groups = -(-len(digits) // _GROUP)
    size, longer = divmod(len(digits), groups)
    cuts = [size + (place < longer) for place in range(groups)]
    return " ".join(digits[sum(cuts[:place]) : sum(cuts[: place + 1])] for place in range(groups))
