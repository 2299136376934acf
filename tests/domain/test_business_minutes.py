"""The minutes laid out are those that the calendar counts day by day."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inquiry.directory.closed_days import closed_days
from inquiry.domain.business_minutes import BusinessMinutes
from inquiry.domain.calendar import BusinessCalendar

CALENDAR = BusinessCalendar(closed=closed_days())
FIRST, LAST = datetime(2026, 4, 20, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
LAID_OUT = BusinessMinutes(CALENDAR, FIRST, LAST)
MOMENTS = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)).map(lambda at: at.replace(tzinfo=UTC))


@given(MOMENTS, MOMENTS)
def test_the_minutes_laid_out_are_those_of_the_calendar(one, other):
    counted = CALENDAR.business_time(one, other) // timedelta(minutes=1) if one <= other else 0
    assert LAID_OUT.between(one, other) == counted


def test_golden_week_takes_no_time():
    friday, thursday = datetime(2026, 5, 1, 8, 0, tzinfo=UTC), datetime(2026, 5, 7, 0, 0, tzinfo=UTC)
    assert LAID_OUT.between(friday, thursday) == 15 + 30  # to 17:15 on Friday, from 8:30 on Thursday
