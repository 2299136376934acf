"""How long an answer waits in the system, and how often it may be fetched (受渡しの期限・回数).

Source    memo annex STEP3 ⑥; the limits are this product's addition.
Decides   until which day, how often, and whether a wait is over. An answer that nobody fetched in time is offered anew.
Units     days are days of business of the insurer, counted from the day after the offer.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from inquiry.domain.calendar import BusinessCalendar
from inquiry.domain.errors import InvalidValue

LONGEST_DAYS: Final = 30
MOST_TIMES: Final = 20


@dataclass(frozen=True, slots=True)
class Terms:
    """For how many days of business an answer waits, and how often it may be fetched meanwhile.

    :raises InvalidValue: if either is less than one or out of proportion.
    """

    days: int = 7
    times: int = 5

    def __post_init__(self) -> None:
        if not 1 <= self.days <= LONGEST_DAYS:
            raise InvalidValue("delivery:days_out_of_range", field="days")
        if not 1 <= self.times <= MOST_TIMES:
            raise InvalidValue("delivery:times_out_of_range", field="times")


class Standing(StrEnum):
    """Whether an answer may still be fetched."""

    OPEN = "open"
    EXPIRED = "expired"
    USED_UP = "used_up"


def last_day(offered_on: date, terms: Terms, calendar: BusinessCalendar) -> date:
    """Return the last day on which an answer offered on a day may be fetched; that day counts whole."""
    day = offered_on
    for _ in range(terms.days):
        day = calendar.business_day_from(day + timedelta(days=1))
    return day


def standing(today: date, until_on: date, *, fetched: int, times: int) -> Standing:
    """Return whether an answer that was fetched so often since it was offered may be fetched once more."""
    if today > until_on:
        return Standing.EXPIRED
    return Standing.USED_UP if fetched >= times else Standing.OPEN
