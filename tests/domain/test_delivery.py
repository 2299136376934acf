"""How long an answer waits in the system, and how often it may be fetched (受渡しの期限・回数)."""

from datetime import date

import pytest

from inquiry.domain.calendar import BusinessCalendar
from inquiry.domain.delivery import Standing, Terms, last_day, standing
from inquiry.domain.errors import InvalidValue

UNTIL = date(2026, 12, 4)


#  offered                       days  last day
WAITS = [
    (date(2026, 11, 25), 7, UNTIL),  # Wednesday: over one weekend
    (date(2026, 11, 27), 1, date(2026, 11, 30)),  # Friday
    (date(2026, 11, 28), 1, date(2026, 11, 30)),  # Saturday
    (date(2026, 12, 28), 1, date(2027, 1, 4)),  # over the turn of the year
]


@pytest.mark.parametrize(("offered_on", "days", "until_on"), WAITS)
def test_days_of_business_are_counted_from_the_day_after(offered_on, days, until_on):
    assert last_day(offered_on, Terms(days=days), BusinessCalendar()) == until_on


@pytest.mark.parametrize(
    ("today", "fetched", "stands"),
    [
        (date(2026, 12, 3), 0, Standing.OPEN),
        (UNTIL, 4, Standing.OPEN),
        (UNTIL, 5, Standing.USED_UP),
        (date(2026, 12, 5), 0, Standing.EXPIRED),
        (date(2026, 12, 5), 5, Standing.EXPIRED),
    ],
)
def test_the_last_day_counts_whole_and_the_last_time_too(today, fetched, stands):
    assert standing(today, UNTIL, fetched=fetched, times=5) is stands


@pytest.mark.parametrize(
    ("days", "times", "field"), [(0, 5, "days"), (31, 5, "days"), (7, 0, "times"), (7, 21, "times")]
)
def test_terms_out_of_proportion_are_refused(days, times, field):
    with pytest.raises(InvalidValue, match=f"{field}_out_of_range") as refused:
        Terms(days, times)
    assert refused.value.field == field
