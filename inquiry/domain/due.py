"""When an answer is due: the same day, in hours of business (原則、即日回答).

Source    memo annex STEP2 (原則、即日回答); memo annex ※1 for a letter's own day; memo annex ※4 for an expected delay,
          which changes nothing here.
Decides   the moment an answer is due, why, and whether it is late; what a change of hours or closed days does to it.
Not here  what an office's hours and closed days are: domain/calendar.py.
Units     every `_at` is an aware UTC datetime; days are those of Japan.

What arrives up to the cut-off is due when the office closes that day; anything later counts as having come on the
next day of business. A letter is due on its agreed day, unless that was agreed when the answer was late already. While
the municipality is asked for dates the clock stands still: the business time spent waiting is added. A question asked
after the due time moves nothing.

A change of the timetable moves only what still lies ahead of it, and moves nothing into the past. So what is late
stays late whatever anybody changes, and nothing becomes late because of a change alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from inquiry.domain.calendar import JST, BusinessCalendar, ClosedReason, day_of


@dataclass(frozen=True, slots=True)
class Pause:
    """A time during which the municipality was asked for dates; one that still goes on ends now."""

    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that is owed: since when, what stopped the clock, and for a letter the day agreed.

    `in_vain_on` is a day that was agreed when the answer was late already: it moves nothing.
    """

    from_at: datetime
    pauses: tuple[Pause, ...] = ()
    agreed_on: date | None = None
    in_vain_on: date | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """The calendar as it reads from the moment somebody changed it."""

    made_at: datetime
    calendar: BusinessCalendar


@dataclass(frozen=True, slots=True)
class Timetable:
    """An office's calendar with its changes, the oldest first (受付時間・休業日)."""

    first: BusinessCalendar
    changes: tuple[Edition, ...] = ()

    def at(self, moment: datetime) -> BusinessCalendar:
        """Return the calendar in force at a moment."""
        made = [edition.calendar for edition in self.changes if edition.made_at <= moment]
        return made[-1] if made else self.first

    def since(self, moment: datetime) -> Iterator[Edition]:
        """Yield the changes made after a moment."""
        return (edition for edition in self.changes if edition.made_at > moment)


class DueStepCode(StrEnum):
    """One sentence of the explanation why an answer is due when it is."""

    IN_TIME = "due:in_time"
    AFTER_CUT_OFF = "due:after_cut_off"
    ON_CLOSED_DAY = "due:on_closed_day"
    CLOSED_DAY = "due:closed_day"
    COUNTED = "due:counted"
    AGREED = "due:agreed"
    AGREED_IN_VAIN = "due:agreed_in_vain"
    PAUSED = "due:paused"
    MOVED = "due:moved"
    KEPT = "due:kept"
    DUE = "due:due"


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step of the explanation: the day it is about and what else its sentence needs."""

    code: DueStepCode
    on: date
    at: datetime | None = None
    cut_off: time | None = None
    closed_reason: ClosedReason | None = None
    name: str = ""
    waited: timedelta = timedelta()


def due_at(owed: Owed, timetable: Timetable) -> datetime:
    """Return the moment by which the answer must be given."""
    *_earlier, ruling = _rulings(owed, timetable)
    return ruling.due


def explain_due(owed: Owed, timetable: Timetable) -> tuple[DueStep, ...]:
    """Return the steps that lead to `due_at`, in the order a person would tell them."""
    rulings = list(_rulings(owed, timetable))
    ruling = rulings[-1]
    return (
        *_steps_of_receipt(owed.from_at, ruling.calendar),
        *_steps_of_agreement(owed, ruling.calendar),
        *_steps_of_pauses(owed, ruling),
        *(DueStep(DueStepCode.MOVED, day_of(each.made_at), at=each.made_at) for each in rulings[1:] if each.made_at),
        *_steps_of_what_came_too_late(owed, timetable, due=ruling.due),
        DueStep(DueStepCode.DUE, day_of(ruling.due), at=ruling.due),
    )


def is_overdue(now: datetime, due: datetime) -> bool:
    """Say whether the due moment has passed; at the moment itself it has not."""
    return now > due


@dataclass(frozen=True, slots=True)
class _Move:
    """A pause that moves the due time, the business time it took, and the due time after it."""

    pause: Pause
    waited: timedelta
    due: datetime


@dataclass(frozen=True, slots=True)
class _Ruling:
    """The calendar that rules, the due time it leads to, and when it was made; the first was there before."""

    calendar: BusinessCalendar
    due: datetime
    made_at: datetime | None = None

    def moves(self, owed: Owed) -> Iterator[_Move]:
        return _moves(owed, self.calendar)


def _rulings(owed: Owed, timetable: Timetable) -> Iterator[_Ruling]:
    """Yield the calendar of the beginning, and each later one that moved the due time."""
    calendar = timetable.at(owed.from_at)
    due = _due_under(owed, calendar)
    yield _Ruling(calendar, due)
    for edition in timetable.since(owed.from_at):
        if edition.made_at > due:
            return
        moved = _due_under(owed, edition.calendar)
        if moved != due and moved >= edition.made_at:
            due = moved
            yield _Ruling(edition.calendar, due, edition.made_at)


def _steps_of_what_came_too_late(owed: Owed, timetable: Timetable, *, due: datetime) -> Iterator[DueStep]:
    for edition in timetable.since(max(owed.from_at, due)):
        if _due_under(owed, edition.calendar) > due:
            yield DueStep(DueStepCode.KEPT, day_of(edition.made_at), at=edition.made_at)


def _due_under(owed: Owed, calendar: BusinessCalendar) -> datetime:
    due = _first_due(owed, calendar)
    for move in _moves(owed, calendar):
        due = move.due
    return due


def _first_due(owed: Owed, calendar: BusinessCalendar) -> datetime:
    """Return the due time as it is before any pause."""
    due = calendar.closes_at(_counted_day(owed.from_at, calendar))
    if owed.agreed_on is None:
        return due
    return max(due, calendar.closes_at(calendar.last_business_day_to(owed.agreed_on)))


def _counted_day(filed_at: datetime, calendar: BusinessCalendar) -> date:
    """Return the day of business as whose arrival the inquiry counts."""
    local = filed_at.astimezone(JST)
    first = local.date() + timedelta(days=1 if local.time() > calendar.hours.cut_off else 0)
    return calendar.business_day_from(first)


def _steps_of_receipt(filed_at: datetime, calendar: BusinessCalendar) -> Iterator[DueStep]:
    day, counted = day_of(filed_at), _counted_day(filed_at, calendar)
    yield DueStep(_receipt_of(filed_at, calendar), day, at=filed_at, cut_off=calendar.hours.cut_off)
    if day == counted:
        return
    yield from _closed_days(day, counted, calendar)
    yield DueStep(DueStepCode.COUNTED, counted)


def _closed_days(first: date, until: date, calendar: BusinessCalendar) -> Iterator[DueStep]:
    """Yield the closed days from one day until another."""
    for day in (first + timedelta(days=ahead) for ahead in range((until - first).days)):
        if reason := calendar.closed.reason_on(day):
            yield DueStep(DueStepCode.CLOSED_DAY, day, closed_reason=reason, name=calendar.closed.name_of(day))


def _steps_of_pauses(owed: Owed, ruling: _Ruling) -> Iterator[DueStep]:
    """Yield each pause that moves the due time, and the closed days over which it moves it."""
    due = _first_due(owed, ruling.calendar)
    for move in ruling.moves(owed):
        yield DueStep(DueStepCode.PAUSED, day_of(move.pause.from_at), waited=move.waited)
        yield from _closed_days(day_of(due), day_of(move.due), ruling.calendar)
        due = move.due


def _receipt_of(filed_at: datetime, calendar: BusinessCalendar) -> DueStepCode:
    day = day_of(filed_at)
    if calendar.closed.reason_on(day):
        return DueStepCode.ON_CLOSED_DAY
    return DueStepCode.IN_TIME if day == _counted_day(filed_at, calendar) else DueStepCode.AFTER_CUT_OFF


def _steps_of_agreement(owed: Owed, calendar: BusinessCalendar) -> Iterator[DueStep]:
    if owed.in_vain_on is not None:
        yield DueStep(DueStepCode.AGREED_IN_VAIN, owed.in_vain_on)
    if owed.agreed_on is None:
        return
    yield DueStep(DueStepCode.AGREED, owed.agreed_on)
    day, last = owed.agreed_on, calendar.last_business_day_to(owed.agreed_on)
    while day > last:
        reason = calendar.closed.reason_on(day)
        yield DueStep(DueStepCode.CLOSED_DAY, day, closed_reason=reason, name=calendar.closed.name_of(day))
        day -= timedelta(days=1)


def _moves(owed: Owed, calendar: BusinessCalendar) -> Iterator[_Move]:
    """Yield each pause that moves the due time."""
    due = _first_due(owed, calendar)
    running_from = max(owed.from_at, calendar.opens_at(_counted_day(owed.from_at, calendar)))
    for pause in sorted(owed.pauses, key=lambda each: each.from_at):
        if pause.from_at > due:
            return
        waited = calendar.business_time(max(pause.from_at, running_from), pause.until_at)
        running_from = max(running_from, pause.until_at)
        if waited:
            due = calendar.after(due, waited)
            yield _Move(pause, waited, due)
