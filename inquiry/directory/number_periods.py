"""Which insurer numbers an insurer holds, and from when to when (保険者番号の期間).

Decides   how numbers and periods are written in one cell of the contact list, and that one number never holds twice on
          a day.
Not here  keeping them: store/insurers.py. Whether a number is one at all: directory/insurers.py.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from inquiry.directory.insurers import check_insurer_number
from inquiry.domain.check_digits import padded_insurer_number
from inquiry.domain.errors import InvalidValue

_SEPARATORS: Final = re.compile("[;；、,\n]")
_PERIOD: Final = re.compile(
    r"(?P<number>[0-9]{6,8}) *(?P<from_on>[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}) *~ *(?P<until_on>[0-9/-]*)"
)


@dataclass(frozen=True, slots=True)
class NumberPeriod:
    """One number, as the list writes it, and the first and last day on which it holds."""

    number: str
    from_on: date
    until_on: date | None = None

    @property
    def key(self) -> str:
        """Return the number in eight digits."""
        return padded_insurer_number(self.number)

    def meets(self, other: "NumberPeriod") -> bool:
        """Say whether both are one number that holds on one day."""
        ends_before = self.until_on is not None and self.until_on < other.from_on
        begins_after = other.until_on is not None and other.until_on < self.from_on
        return self.key == other.key and not (ends_before or begins_after)


def read_periods(text: str) -> tuple[NumberPeriod, ...]:
    """Read a cell such as ``06130017 2003-04-01～; 63130017 2003-04-01～2020-03-31``.

    :raises InvalidValue: if it cannot be read, a number is none, or one holds twice on a day.
    """
    return check_apart(_period(part) for part in _parts(text))


def check_apart(periods: Iterable[NumberPeriod]) -> tuple[NumberPeriod, ...]:
    """Return periods in the order of their numbers.

    :raises InvalidValue: if one ends before it begins, or two of one number meet.
    """
    ordered = tuple(sorted(periods, key=lambda each: (each.key, each.from_on)))
    if any(each.until_on is not None and each.until_on < each.from_on for each in ordered):
        raise InvalidValue("number_period:ends_before_it_begins", field="until_on")
    if any(one.meets(other) for one, other in combinations(ordered, 2)):
        raise InvalidValue("number_period:overlap", field="from_on")
    return ordered


def written_periods(periods: Iterable[NumberPeriod]) -> str:
    """Return periods as the cell that `read_periods` reads."""
    return "; ".join(
        f"{each.number} {each.from_on.isoformat()}～{each.until_on.isoformat() if each.until_on else ''}"
        for each in periods
    )


def read_numbers(text: str) -> tuple[str, ...]:
    """Read a cell of insurer numbers.

    :raises InvalidValue: if one of them is none.
    """
    return tuple(sorted({_number(part) for part in _parts(text)}, key=padded_insurer_number))


def written_numbers(numbers: Iterable[str]) -> str:
    """Return numbers as the cell that `read_numbers` reads."""
    return "; ".join(numbers)


def day_from(text: str) -> date:
    """Read a day as spreadsheets write it.

    :raises InvalidValue: if there is no such day.
    """
    try:
        year, month, day = (int(part) for part in text.replace("/", "-").split("-"))
        return date(year, month, day)
    except ValueError:
        raise InvalidValue("contact:date_unreadable") from None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _number(text: str) -> str:
    number = unicodedata.normalize("NFKC", text)
    check_insurer_number(number)
    return padded_insurer_number(number).removeprefix("00")


def _period(text: str) -> NumberPeriod:
    read = _PERIOD.fullmatch(unicodedata.normalize("NFKC", text).replace("～", "~").replace("〜", "~"))
    if read is None:
        raise InvalidValue("number_period:unreadable")
    until_on = day_from(read["until_on"]) if read["until_on"] else None
    return NumberPeriod(_number(read["number"]), day_from(read["from_on"]), until_on)
