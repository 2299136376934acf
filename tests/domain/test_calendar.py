"""Times in these tables are Japan's, written as people say them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from inquiry.domain.calendar import JST, BusinessCalendar, ClosedDays, ClosedReason, OfficeHours
from inquiry.domain.errors import InvalidValue
from tests.domain.days import CALENDAR, FOUNDING_DAY


def at(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=JST).astimezone(UTC)


def test_a_cut_off_outside_the_hours_is_refused():
    with pytest.raises(InvalidValue, match="calendar:cut_off_outside_hours"):
        OfficeHours(cut_off=time(18))


def test_an_office_that_never_opens_is_refused():
    always = BusinessCalendar(ClosedDays(lambda _day: "休み"))
    with pytest.raises(InvalidValue, match="calendar:never_open"):
        always.business_day_from(date(2026, 11, 18))
    with pytest.raises(InvalidValue, match="calendar:never_open"):
        always.last_business_day_to(date(2026, 11, 18))


#   day           why it is closed
CLOSED = [
    (date(2026, 11, 20), None),
    (date(2026, 11, 21), ClosedReason.WEEKEND),
    (date(2026, 11, 23), ClosedReason.HOLIDAY),
    (date(2026, 12, 28), None),
    (date(2026, 12, 29), ClosedReason.YEAR_END),
    (date(2027, 1, 1), ClosedReason.YEAR_END),
    (date(2027, 1, 4), None),
    (FOUNDING_DAY, ClosedReason.CLOSURE),
]


@pytest.mark.parametrize(("day", "reason"), CLOSED)
def test_a_closed_day_says_why(day, reason):
    assert CALENDAR.closed.reason_on(day) is reason


#   from                  until                  business time between
BETWEEN = [
    ("2026-11-18 09:00", "2026-11-18 12:00", timedelta(hours=3)),
    ("2026-11-18 03:00", "2026-11-18 09:30", timedelta(hours=1)),
    ("2026-11-18 16:15", "2026-11-19 09:30", timedelta(hours=2)),
    ("2026-11-20 17:15", "2026-11-24 08:30", timedelta()),
    ("2026-11-20 16:15", "2026-11-24 09:30", timedelta(hours=2)),
    ("2026-11-19 09:30", "2026-11-18 09:30", timedelta()),
]


@pytest.mark.parametrize(("begun", "ended", "between"), BETWEEN)
def test_nights_and_closed_days_are_no_business_time(begun, ended, between):
    assert CALENDAR.business_time(at(begun), at(ended)) == between


#   begun                 after so long           it is
AFTER = [
    ("2026-11-18 10:00", timedelta(hours=1), "2026-11-18 11:00"),
    ("2026-11-18 17:15", timedelta(hours=1), "2026-11-19 09:30"),
    ("2026-11-20 16:15", timedelta(hours=2), "2026-11-24 09:30"),
    ("2026-11-21 12:00", timedelta(hours=1), "2026-11-24 09:30"),
    ("2026-11-18 17:15", timedelta(), "2026-11-18 17:15"),
]


@pytest.mark.parametrize(("begun", "waited", "then"), AFTER)
def test_business_time_is_added_over_nights_and_closed_days(begun, waited, then):
    assert CALENDAR.after(at(begun), waited) == at(then)


#   now                   is the office open?
OPEN = [
    ("2026-11-18 08:29", False),
    ("2026-11-18 08:30", True),
    ("2026-11-18 17:14", True),
    ("2026-11-18 17:15", False),
    ("2026-11-23 10:00", False),
]


@pytest.mark.parametrize(("now", "is_open"), OPEN)
def test_the_office_is_open_from_its_hour_and_not_at_closing_time(now, is_open):
    assert CALENDAR.is_open_at(at(now)) is is_open


def test_a_closed_day_has_the_name_it_is_known_by():
    names = [CALENDAR.closed.name_of(day) for day in (date(2026, 11, 23), FOUNDING_DAY, date(2026, 11, 21))]
    assert names == ["勤労感謝の日", "創立記念日", ""]


#  now                         the office opens next
OPENINGS = [
    ("2026-11-25 10:00", None),
    ("2026-11-25 08:00", "2026-11-25 08:30"),
    ("2026-11-25 17:15", "2026-11-26 08:30"),
    ("2026-11-27 18:00", "2026-11-30 08:30"),
]


@pytest.mark.parametrize(("now", "opens"), OPENINGS)
def test_a_closed_office_says_when_it_opens_next(now, opens):
    at = datetime.fromisoformat(now).replace(tzinfo=JST)
    expected = datetime.fromisoformat(opens).replace(tzinfo=JST) if opens else None
    assert CALENDAR.opens_next(at) == expected
