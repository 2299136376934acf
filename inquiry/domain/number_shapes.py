"""Rows of digits, and the stretches of twelve in them that could be a My Number (個人番号).

Decides   where twelve digits begin and end between groups, and how they are grouped.
Not here  what follows from it: domain/my_number.py.

Everything here works on a reading of domain/digits.py: ASCII digits, spaces for separators, other characters.
"""

import re
from collections.abc import Iterator

from inquiry.domain.check_digits import is_corporate_number, is_my_number

CONTIGUOUS = "contiguous"
OTHER_GROUPING = "other_grouping"

_SHAPES = {(12,): CONTIGUOUS, (4, 4, 4): "grouped", (3, 3, 3, 3): "grouped", (1,) * 12: "singles"}

# At most three separators stand inside one number. The possessive bounds keep the time linear. Eleven digits are
# the shortest row of interest: a residence code.
_RUN = re.compile(r"[0-9](?: {0,3}+[0-9]){10,}+")
_WINDOW = re.compile(r"(?<![0-9])(?=([0-9](?: {0,3}+[0-9]){11})(?![0-9]))")


def runs(reading: str) -> Iterator[re.Match[str]]:
    """Find the rows of eleven digits and more that only separators interrupt."""
    return _RUN.finditer(reading)


def windows(row: str) -> Iterator[re.Match[str]]:
    """Find every twelve digits that begin and end where a group does; the first group of a match holds them.

    They overlap: behind a stray digit, the twelve that count begin one group later.
    """
    return _WINDOW.finditer(row)


def shape_of(window: str) -> str:
    """Name the grouping of twelve digits: contiguous, grouped (4-4-4, 3-3-3-3), singles or other_grouping."""
    return _SHAPES.get(tuple(len(group) for group in window.split()), OTHER_GROUPING)


def hides_my_number(group: str) -> bool:
    """Say whether more than twelve contiguous digits contain a My Number, a corporate number (法人番号) apart."""
    if len(group) <= 12 or is_corporate_number(group):
        return False
    return any(is_my_number(group[start : start + 12]) for start in range(len(group) - 11))
