"""Times in these tables are Japan's, written as people say them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.domain.calendar import JST, BusinessCalendar, ClosedDays, ClosedReason, OfficeHours
from inquiry.domain.due import (
    DueStepCode,
    Edition,
    Owed,
    Pause,
    Timetable,
    due_at,
    explain_due,
    is_overdue,
)
from tests.domain.days import CALENDAR, HOLIDAYS

ALWAYS = Timetable(CALENDAR)


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
    assert due_at(Owed(at(filed)), ALWAYS) == at(due)


def test_the_due_time_is_in_utc():
    assert due_at(Owed(at("2026-11-18 10:00")), ALWAYS).utcoffset() == timedelta(0)


def test_another_office_has_other_hours():
    short = BusinessCalendar(hours=OfficeHours(opens=time(9), closes=time(15), cut_off=time(12)))
    assert due_at(Owed(at("2026-11-18 12:00")), Timetable(short)) == at("2026-11-18 15:00")
    assert due_at(Owed(at("2026-11-18 12:01")), Timetable(short)) == at("2026-11-19 15:00")


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
    assert due_at(Owed(at("2026-11-18 10:00"), (Pause(at(asked), at(answered)),)), ALWAYS) == at(due)


def test_the_clock_has_not_begun_before_the_day_that_counts():
    asked_on_friday_evening = Pause(at("2026-11-20 16:45"), at("2026-11-24 09:00"))
    assert due_at(Owed(at("2026-11-20 16:30"), (asked_on_friday_evening,)), ALWAYS) == at("2026-11-25 09:00")


def test_two_questions_add_up_and_an_overlap_counts_once():
    first, second = (
        Pause(at("2026-11-18 11:00"), at("2026-11-18 12:00")),
        Pause(at("2026-11-18 11:30"), at("2026-11-18 13:00")),
    )
    assert due_at(Owed(at("2026-11-18 10:00"), (second, first)), ALWAYS) == at("2026-11-19 10:30")


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


def codes(steps):
    return [step.code for step in steps]


def test_the_explanation_names_every_closed_day_on_the_way():
    steps = explain_due(Owed(at("2026-11-20 16:01")), ALWAYS)
    assert codes(steps) == [
        DueStepCode.AFTER_CUT_OFF,
        DueStepCode.CLOSED_DAY,
        DueStepCode.CLOSED_DAY,
        DueStepCode.CLOSED_DAY,
        DueStepCode.COUNTED,
        DueStepCode.DUE,
    ]
    assert (steps[3].on, steps[3].closed_reason, steps[3].name) == (
        date(2026, 11, 23),
        ClosedReason.HOLIDAY,
        "勤労感謝の日",
    )
    assert steps[-1].at == at("2026-11-24 17:15")


def test_the_explanation_says_how_long_the_clock_stood_still():
    pause = Pause(at("2026-11-18 11:00"), at("2026-11-18 12:00"))
    steps = explain_due(Owed(at("2026-11-18 10:00"), (pause,)), ALWAYS)
    assert codes(steps) == [DueStepCode.IN_TIME, DueStepCode.PAUSED, DueStepCode.DUE]
    assert steps[1].waited == timedelta(hours=1)


def test_the_explanation_names_the_closed_days_over_which_a_pause_moves_the_due_time():
    pause = Pause(at("2026-11-20 10:53"), at("2026-11-20 11:00"))
    *_receipt, paused, saturday, sunday, holiday, due = explain_due(Owed(at("2026-11-20 10:52"), (pause,)), ALWAYS)
    assert paused.code == DueStepCode.PAUSED
    assert [each.on.day for each in (saturday, sunday, holiday)] == [21, 22, 23]
    assert (holiday.code, holiday.name) == (DueStepCode.CLOSED_DAY, "勤労感謝の日")
    assert due.at == at("2026-11-24 08:37")


@pytest.mark.parametrize(("filed", "due"), DUE)
def test_the_explanation_ends_at_the_due_time(filed, due):
    assert explain_due(Owed(at(filed)), ALWAYS)[-1].at == at(due)


#   channel's agreed day   due
AGREED = [
    (date(2026, 11, 27), "2026-11-27 17:15"),
    (date(2026, 11, 23), "2026-11-20 17:15"),  # a holiday: the last day of business before it
    (date(2026, 11, 22), "2026-11-20 17:15"),
    (date(2026, 11, 17), "2026-11-18 17:15"),  # agreed for yesterday: the rule of the same day
    (date(2026, 12, 31), "2026-12-28 17:15"),
]


@pytest.mark.parametrize(("agreed_on", "due"), AGREED)
def test_a_letter_is_due_on_the_day_that_was_agreed(agreed_on, due):
    owed = Owed(at("2026-11-18 10:00"), agreed_on=agreed_on)
    assert due_at(owed, ALWAYS) == at(due)
    assert DueStepCode.AGREED in codes(explain_due(owed, ALWAYS))


def test_the_clock_stands_still_for_a_letter_too():
    pause = Pause(at("2026-11-19 09:00"), at("2026-11-19 12:00"))
    owed = Owed(at("2026-11-18 10:00"), (pause,), agreed_on=date(2026, 11, 20))
    assert due_at(owed, ALWAYS) == at("2026-11-24 11:30")


def closed_besides(*days):
    """The calendar with more closures."""
    return replace(CALENDAR, closed=replace(CALENDAR.closed, closures=dict.fromkeys(days, "臨時休業")))


def changed(made_at, calendar):
    return Timetable(CALENDAR, (Edition(at(made_at), calendar),))


#   the holiday of 18 and 19 November is announced    due, filed on 18 November at 10:00
ANNOUNCED = [
    ("2026-11-01 10:00", "2026-11-20 17:15"),  # long before
    ("2026-11-18 12:00", "2026-11-20 17:15"),  # on the day itself
    ("2026-11-18 17:15", "2026-11-20 17:15"),  # at the last moment
    ("2026-11-18 17:16", "2026-11-18 17:15"),  # a minute late: what is late stays late
    ("2026-11-25 10:00", "2026-11-18 17:15"),
]


@pytest.mark.parametrize(("made_at", "due"), ANNOUNCED)
def test_a_holiday_added_today_moves_what_is_open_today_and_nothing_that_is_late(made_at, due):
    timetable = changed(made_at, closed_besides(date(2026, 11, 18), date(2026, 11, 19)))
    assert due_at(Owed(at("2026-11-18 10:00")), timetable) == at(due)


def test_a_change_moves_nothing_into_the_past():
    short = replace(CALENDAR, hours=OfficeHours(closes=time(12), cut_off=time(12)))
    assert due_at(Owed(at("2026-11-18 10:00")), changed("2026-11-18 14:00", short)) == at("2026-11-18 17:15")
    assert due_at(Owed(at("2026-11-18 10:00")), changed("2026-11-18 11:00", short)) == at("2026-11-18 12:00")


def test_the_explanation_says_that_a_change_moved_the_due_time():
    owed = Owed(at("2026-11-18 10:00"))
    steps = explain_due(owed, changed("2026-11-18 12:00", closed_besides(date(2026, 11, 18))))
    assert codes(steps) == [
        DueStepCode.ON_CLOSED_DAY,
        DueStepCode.CLOSED_DAY,
        DueStepCode.COUNTED,
        DueStepCode.MOVED,
        DueStepCode.DUE,
    ]
    assert steps[1].name == "臨時休業"


def test_the_explanation_says_that_a_change_came_too_late():
    steps = explain_due(Owed(at("2026-11-18 10:00")), changed("2026-11-19 12:00", closed_besides(date(2026, 11, 18))))
    assert codes(steps) == [DueStepCode.IN_TIME, DueStepCode.KEPT, DueStepCode.DUE]


def test_a_change_that_does_not_concern_the_inquiry_is_not_mentioned():
    for made_at in ("2026-11-18 12:00", "2026-11-19 12:00"):
        steps = explain_due(Owed(at("2026-11-18 10:00")), changed(made_at, closed_besides(date(2026, 12, 1))))
        assert codes(steps) == [DueStepCode.IN_TIME, DueStepCode.DUE]


# The oracle: a clerk who looks at the clock every minute and knows nothing of additions.

MINUTE = timedelta(minutes=1)
MONDAY = at("2026-11-16 00:00")
minutes = st.integers(min_value=0, max_value=10 * 24 * 60).map(lambda number: MONDAY + number * MINUTE)
spans = st.tuples(minutes, st.integers(min_value=0, max_value=3 * 24 * 60)).map(
    lambda span: Pause(span[0], span[0] + span[1] * MINUTE)
)
hours = st.sampled_from(
    [OfficeHours(), OfficeHours(time(9), time(15), time(12)), OfficeHours(time(8), time(16), time(16))]
)
closures = st.sets(st.integers(min_value=16, max_value=27), max_size=4)
calendars = st.builds(
    lambda days, kept: BusinessCalendar(ClosedDays(HOLIDAYS.get, {date(2026, 11, day): "休業" for day in days}), kept),
    closures,
    hours,
)


def watched(owed, calendar):
    """Return the due time as it is seen by counting minutes."""
    day = owed.from_at.astimezone(JST)
    counted = day.date() + timedelta(days=1 if day.time() > calendar.hours.cut_off else 0)
    while calendar.closed.reason_on(counted):
        counted += timedelta(days=1)
    begins = max(owed.from_at, datetime.combine(counted, calendar.hours.opens, JST))
    promised = owed.agreed_on or counted
    while calendar.closed.reason_on(promised):
        promised -= timedelta(days=1)
    due = datetime.combine(max(counted, promised), calendar.hours.closes, JST)
    left = sum(calendar.is_open_at(begins + number * MINUTE) for number in range(int((due - begins) / MINUTE)))
    moment = begins
    while True:
        is_paused = any(pause.from_at <= moment < pause.until_at for pause in owed.pauses)
        if not left and not is_paused:
            return due.astimezone(UTC)
        if calendar.is_open_at(moment):
            left -= 0 if is_paused else 1
            due = moment + MINUTE if not left else due
        moment += MINUTE


agreements = st.none() | st.dates(date(2026, 11, 14), date(2026, 11, 30))


@given(minutes, st.lists(spans, max_size=3), calendars, agreements)
def test_counting_minutes_comes_to_the_same_due_time(filed_at, pauses, calendar, agreed_on):
    owed = Owed(filed_at, tuple(pauses), agreed_on)
    assert due_at(owed, Timetable(calendar)) == watched(owed, calendar)


@given(minutes, st.lists(st.tuples(minutes, calendars), max_size=4), minutes)
def test_no_change_makes_late_what_was_in_time_or_in_time_what_was_late(filed_at, changes, now):
    editions = tuple(Edition(*change) for change in sorted(changes, key=lambda change: change[0]))
    before = Timetable(CALENDAR, tuple(edition for edition in editions if edition.made_at <= now))
    owed = Owed(filed_at)
    assert is_overdue(now, due_at(owed, before)) == is_overdue(now, due_at(owed, Timetable(CALENDAR, editions)))


@given(minutes, st.lists(st.tuples(minutes, calendars), max_size=4), st.lists(spans, max_size=3))
def test_the_explanation_always_ends_at_the_due_time(filed_at, changes, pauses):
    timetable = Timetable(CALENDAR, tuple(Edition(*change) for change in sorted(changes, key=lambda each: each[0])))
    owed = Owed(filed_at, tuple(pauses))
    assert explain_due(owed, timetable)[-1].at == due_at(owed, timetable)


def test_a_day_agreed_too_late_is_told_and_moves_nothing():
    owed = Owed(at("2026-11-20 10:00"))
    told = explain_due(replace(owed, in_vain_on=date(2026, 12, 4)), ALWAYS)
    assert (told[1].code, told[1].on) == (DueStepCode.AGREED_IN_VAIN, date(2026, 12, 4))
    assert told[-1] == explain_due(owed, ALWAYS)[-1]
