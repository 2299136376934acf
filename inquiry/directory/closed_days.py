"""The days on which offices in Japan are closed (国民の祝日・休日、年末年始、自組織の休業日).

Decides   where jpholiday is ahead of the law: it gives substitute holidays and days between two holidays to years
          before either was made one.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import jpholiday

from inquiry.domain.calendar import ClosedDays

_DAYS_KEPT: Final = 4_000
# The days on which the amendments of the Act on National Holidays came into force, by the kind of day they made.
_LAW_SINCE: Final = {"振替休日": date(1973, 4, 12), "国民の休日": date(1985, 12, 27)}


@lru_cache(maxsize=_DAYS_KEPT)
def holiday_name(day: date) -> str | None:
    """Return the name of the public holiday on this day, substitute holidays included, or None."""
    name = jpholiday.is_holiday_name(day)
    if not name or any(name.endswith(kind) and day < since for kind, since in _LAW_SINCE.items()):
        return None
    return str(name)


def closed_days(closures: Mapping[date, str] | None = None) -> ClosedDays:
    """Return the closed days of an office with these closures of its own; year end is the calendar's rule."""
    return ClosedDays(holiday_name=holiday_name, closures=closures or {})
