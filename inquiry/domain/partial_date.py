"""A calendar date of which the day, or the month and the day, may be unknown (生年月日不詳 など).

Used for birth dates, and for the dates of acquisition and loss that a municipality supplies (memo annex ※6).
Reading what people type: domain/wareki.py.
"""

from dataclasses import dataclass
from datetime import date

from inquiry.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, and the month and day where they are known; a day without a month does not exist.

    :raises InvalidValue: if the known parts are not a day, month or year of the calendar.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise InvalidValue("date:day_without_month")
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise InvalidValue("date:no_such_day") from error

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """Return a full calendar date as a partial one."""
        return cls(day.year, day.month, day.day)

    @property
    def is_complete(self) -> bool:
        """Say whether year, month and day are all known."""
        return self.day is not None

    def as_date(self) -> date:
        """Return the full date.

        :raises InvalidValue: if a part is unknown.
        """
        if self.month is None or self.day is None:
            raise InvalidValue("date:part_unknown")
        return date(self.year, self.month, self.day)

    def isoformat(self) -> str:
        """Return ``YYYY-MM-DD`` with ``00`` for each unknown part, as legacy systems write it."""
        return f"{self.year:04d}-{self.month or 0:02d}-{self.day or 0:02d}"

    @classmethod
    def fromisoformat(cls, text: str) -> "PartialDate":
        """Read back what `isoformat` wrote.

        :raises InvalidValue: if the text is not of that form.
        """
        parts = text.split("-")
        if len(parts) != 3 or [len(part) for part in parts] != [4, 2, 2] or not text.replace("-", "").isascii():
            raise InvalidValue("date:unreadable")
        try:
            year, month, day = (int(part) for part in parts)
        except ValueError as error:
            raise InvalidValue("date:unreadable") from error
        return cls(year, month or None, day or None)
