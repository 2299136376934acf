"""Benefits as they are typed, one a line, read as the rows of a table (給付の明細).

Source    memo annex ※4; the columns are the item's own, domain/item.py.
Decides   which cell is a date or an amount. Whatever is neither stays the text that was typed: nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from inquiry.domain.errors import InvalidValue
from inquiry.domain.item import Column, ValueKind
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.wareki import parse_date

Cell = str | int | PartialDate

# A period is one cell, with or without spaces around its wave.
_BETWEEN_CELLS: Final = re.compile(r"(?<![～〜])[\s、]+(?![～〜])")
_AMOUNT: Final = re.compile(r"[¥\\]?([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)円?")
_LONGEST_AMOUNT: Final = 11  # twelve digits are no amount of a benefit


def rows_of(columns: Sequence[Column], text: str) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each line, as wide as the columns and one more for what is left over (備考)."""
    return tuple(_row(columns, line.strip()) for line in text.splitlines() if line.strip())


def _row(columns: Sequence[Column], line: str) -> tuple[Cell, ...]:
    cells = _BETWEEN_CELLS.split(line, maxsplit=len(columns))
    padded = [*cells, *[""] * (len(columns) + 1 - len(cells))]
    read = (typed(text, column.kind) for text, column in zip(padded, columns, strict=False))
    return (*read, padded[-1])


def typed(text: str, kind: ValueKind) -> Cell:
    """Return a text as what its kind says it is, or as the text where it is nothing of the kind."""
    if kind is ValueKind.AMOUNT:
        return _amount(text)
    if kind is ValueKind.DATE:
        return _date(text)
    return text


def _amount(text: str) -> Cell:
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    digits = found[1].replace(",", "") if found else ""
    return int(digits) if digits and len(digits) <= _LONGEST_AMOUNT else text


def _date(text: str) -> Cell:
    # A date that the product filled in stands in both calendars, the other one in brackets.
    try:
        return parse_date(text.split("（", maxsplit=1)[0])
    except InvalidValue:
        return text
