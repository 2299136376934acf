"""The days on which offices in Japan are closed (国民の祝日・休日、年末年始、自組織の休業日)."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

import jpholiday

from inquiry.domain.calendar import ClosedDays

_DAYS_KEPT: Final = 4_000


@lru_cache(maxsize=_DAYS_KEPT)
def holiday_name(day: date) -> str | None:
    """Return the name of the public holiday on this day, substitute holidays included, or None."""
    name = jpholiday.is_holiday_name(day)
    return str(name) if name else None


def closed_days(closures: Iterable[date] = ()) -> ClosedDays:
    """Return the closed days of an office with these closures of its own; year end is the calendar's rule."""
    return ClosedDays(holiday_name=holiday_name, closures=frozenset(closures))
