"""Times in these tables are Japan's, written as people say them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from inquiry.domain.calendar import (
    JST,
    BusinessCalendar,
    ClosedDays,
    ClosedReason,
    DueStepCode,
    OfficeHours,
    Pause,
    due_at,
    explain_due,
    is_overdue,
)
from inquiry.domain.errors import InvalidValue

HOLIDAYS = {
    date(2026, 4, 29): "昭和の日",
    date(2026, 5, 3): "憲法記念日",
    date(2026, 5, 4): "みどりの日",
    date(2026, 5, 5): "こどもの日",
    date(2026, 5, 6): "振替休日",
    date(2026, 9, 21): "敬老の日",
    date(2026, 9, 22): "国民の休日",
    date(2026, 9, 23): "秋分の日",
    date(2026, 11, 23): "勤労感謝の日",
    date(2027, 1, 1): "元日",
}
FOUNDING_DAY = date(2026, 6, 1)
CALENDAR = BusinessCalendar(ClosedDays(HOLIDAYS.get, frozenset({FOUNDING_DAY})))


def at(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=JST).astimezone(UTC)


#   filed                 due                    why
DUE = [
    ("2026-11-18 08:30", "2026-11-18 17:15"),  # Wednesday, as the office opens
    ("2026-11-18 03:00", "2026-11-18 17:15"),  # before it opens
    ("2026-11-18 15:59", "2026-11-18 17:15"),
    ("2026-11-18 16:00", "2026-11-18 17:15"),  # the cut-off itself is in time
    ("2026-11-18 16:01", "2026-11-19 17:15"),
    ("2026-11-18 23:30", "2026-11-19 17:15"),  # at night
    ("2026-11-20 16:01", "2026-11-24 17:15"),  # Friday before a Monday holiday
    ("2026-11-21 10:00", "2026-11-24 17:15"),  # Saturday
    ("2026-11-22 00:00", "2026-11-24 17:15"),  # Sunday
    ("2026-04-28 12:00", "2026-04-28 17:15"),  # before Golden Week
    ("2026-04-28 17:00", "2026-04-30 17:15"),
    ("2026-05-01 16:01", "2026-05-07 17:15"),
    ("2026-05-06 09:00", "2026-05-07 17:15"),  # substitute holiday
    ("2026-09-18 16:01", "2026-09-24 17:15"),  # 22 September lies between two holidays
    ("2026-09-22 09:00", "2026-09-24 17:15"),
    ("2026-12-28 16:00", "2026-12-28 17:15"),
    ("2026-12-28 16:01", "2027-01-04 17:15"),  # year end
    ("2027-01-03 09:00", "2027-01-04 17:15"),
    ("2026-05-29 16:01", "2026-06-02 17:15"),  # Friday before the office's own closure on Monday
]


@pytest.mark.parametrize(("filed", "due"), DUE)
def test_an_answer_is_due_the_same_day_or_the_next_one_of_business(filed, due):
    assert due_at(at(filed), CALENDAR) == at(due)


def test_the_due_time_is_in_utc():
    assert due_at(at("2026-11-18 10:00"), CALENDAR).utcoffset() == timedelta(0)


def test_another_office_has_other_hours():
    short = BusinessCalendar(hours=OfficeHours(opens=time(9), closes=time(15), cut_off=time(12)))
    assert due_at(at("2026-11-18 12:00"), short) == at("2026-11-18 15:00")
    assert due_at(at("2026-11-18 12:01"), short) == at("2026-11-19 15:00")


def test_a_cut_off_outside_the_hours_is_refused():
    with pytest.raises(InvalidValue, match="calendar:cut_off_outside_hours"):
        OfficeHours(cut_off=time(18))


def test_an_office_that_never_opens_is_refused():
    always = BusinessCalendar(ClosedDays(lambda _day: "休み"))
    with pytest.raises(InvalidValue, match="calendar:never_open"):
        due_at(at("2026-11-18 10:00"), always)


#   asked                 answered              due                    all filed Wednesday 18 November at 10:00
PAUSES = [
    ("2026-11-18 11:00", "2026-11-18 12:00", "2026-11-19 09:30"),  # an hour
    ("2026-11-18 11:00", "2026-11-19 09:00", "2026-11-19 15:15"),  # the night costs nothing
    ("2026-11-18 17:15", "2026-11-19 08:30", "2026-11-18 17:15"),  # only the night
    ("2026-11-18 16:15", "2026-11-24 09:30", "2026-11-24 10:30"),  # one hour was left, one hour is left
    ("2026-11-19 09:00", "2026-11-19 12:00", "2026-11-18 17:15"),  # asked when it was late already
    ("2026-11-18 09:00", "2026-11-18 11:00", "2026-11-19 09:30"),  # nothing counts before it was filed
]


@pytest.mark.parametrize(("asked", "answered", "due"), PAUSES)
def test_the_clock_stands_still_while_the_municipality_is_asked(asked, answered, due):
    assert due_at(at("2026-11-18 10:00"), CALENDAR, pauses=[Pause(at(asked), at(answered))]) == at(due)


def test_the_clock_has_not_begun_before_the_day_that_counts():
    asked_on_friday_evening = Pause(at("2026-11-20 16:45"), at("2026-11-24 09:00"))
    assert due_at(at("2026-11-20 16:30"), CALENDAR, pauses=[asked_on_friday_evening]) == at("2026-11-25 09:00")


def test_two_questions_add_up_and_an_overlap_counts_once():
    first, second = (
        Pause(at("2026-11-18 11:00"), at("2026-11-18 12:00")),
        Pause(at("2026-11-18 11:30"), at("2026-11-18 13:00")),
    )
    assert due_at(at("2026-11-18 10:00"), CALENDAR, pauses=[second, first]) == at("2026-11-19 10:30")


#   now                   is it late?                          due 18 November 17:15
LATE = [
    ("2026-11-17 23:00", False),  # the day before
    ("2026-11-18 17:14", False),
    ("2026-11-18 17:15", False),  # the moment itself
    ("2026-11-18 17:16", True),
    ("2026-11-19 08:30", True),  # the day after
]


@pytest.mark.parametrize(("now", "late"), LATE)
def test_late_is_after_the_due_moment(now, late):
    assert is_overdue(at(now), at("2026-11-18 17:15")) is late


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


def codes(steps):
    return [step.code for step in steps]


def test_the_explanation_names_every_closed_day_on_the_way():
    steps = explain_due(at("2026-11-20 16:01"), CALENDAR)
    assert codes(steps) == [
        DueStepCode.AFTER_CUT_OFF,
        DueStepCode.CLOSED_DAY,
        DueStepCode.CLOSED_DAY,
        DueStepCode.CLOSED_DAY,
        DueStepCode.DUE,
    ]
    assert (steps[3].on, steps[3].closed_reason, steps[3].holiday_name) == (
        date(2026, 11, 23),
        ClosedReason.HOLIDAY,
        "勤労感謝の日",
    )
    assert steps[-1].due_at == at("2026-11-24 17:15")


def test_the_explanation_says_how_long_the_clock_stood_still():
    pause = Pause(at("2026-11-18 11:00"), at("2026-11-18 12:00"))
    steps = explain_due(at("2026-11-18 10:00"), CALENDAR, pauses=[pause])
    assert codes(steps) == [DueStepCode.IN_TIME, DueStepCode.PAUSED, DueStepCode.DUE]
    assert steps[1].waited == timedelta(hours=1)


@pytest.mark.parametrize(("filed", "due"), DUE)
def test_the_explanation_ends_at_the_due_time(filed, due):
    assert explain_due(at(filed), CALENDAR)[-1].due_at == at(due)
