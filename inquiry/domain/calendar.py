"""When an answer is due: the same day, in hours of business (原則、即日回答).

Source    memo annex STEP2 (原則、即日回答); memo annex ※4 for an expected delay, which changes nothing here.
Decides   the moment an answer is due, why, and whether it is late.
Not here  which days are closed in Japan: directory/closed_days.py.
Units     every `_at` is an aware UTC datetime; days and times of day are those of Japan, which has no summer time.

What arrives up to the cut-off is due when the office closes that day; anything later counts as having come on the
next day of business. While the municipality is asked for dates the clock stands still: the business time spent
waiting is added. A question asked after the due time moves nothing, what is late stays late.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from inquiry.domain.errors import InvalidValue

JST = timezone(timedelta(hours=9), "JST")
_LONGEST_CLOSURE_DAYS = 60


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Hours of business of an insurer (受付時間), in Japan's time of day.

    :raises InvalidValue: if the cut-off does not lie between opening and closing.
    """

    opens: time = time(8, 30)
    closes: time = time(17, 15)
    cut_off: time = time(16, 0)

    def __post_init__(self) -> None:
        if not self.opens < self.cut_off <= self.closes:
            raise InvalidValue("calendar:cut_off_outside_hours")


class ClosedReason(StrEnum):
    """Why an office is closed on a day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # 国民の祝日・休日
    YEAR_END = "year_end"  # 12月29日から１月３日まで
    CLOSURE = "closure"  # 自組織の休業日


def _no_holiday(_day: date) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """On which days nobody answers: `holiday_name` names a public holiday, `closures` are the office's own."""

    holiday_name: Callable[[date], str | None] = _no_holiday
    closures: frozenset[date] = frozenset()

    def reason_on(self, day: date) -> ClosedReason | None:
        """Return why the office is closed on this day, or None if it is open."""
        if day.weekday() >= 5:
            return ClosedReason.WEEKEND
        if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
            return ClosedReason.YEAR_END
        if self.holiday_name(day):
            return ClosedReason.HOLIDAY
        return ClosedReason.CLOSURE if day in self.closures else None


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Hours and closed days together; what an inquiry is timed by (業務日・業務時間)."""

    closed: ClosedDays = field(default_factory=ClosedDays)
    hours: OfficeHours = field(default_factory=OfficeHours)

    def business_day_from(self, day: date) -> date:
        """Return this day, or the next one on which the office is open.

        :raises InvalidValue: if the office seems never to open again.
        """
        for ahead in range(_LONGEST_CLOSURE_DAYS):
            if self.closed.reason_on(day + timedelta(days=ahead)) is None:
                return day + timedelta(days=ahead)
        raise InvalidValue("calendar:never_open")

    def opens_at(self, day: date) -> datetime:
        """Return the moment the office opens on a day of business."""
        return datetime.combine(day, self.hours.opens, JST).astimezone(UTC)

    def closes_at(self, day: date) -> datetime:
        """Return the moment the office closes on a day of business."""
        return datetime.combine(day, self.hours.closes, JST).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time during which the municipality was asked for dates; one that still goes on ends now."""

    from_at: datetime
    until_at: datetime


class DueStepCode(StrEnum):
    """One sentence of the explanation why an answer is due when it is."""

    IN_TIME = "due:in_time"
    AFTER_CUT_OFF = "due:after_cut_off"
    CLOSED_DAY = "due:closed_day"
    PAUSED = "due:paused"
    DUE = "due:due"


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step of the explanation: the day it is about and what else its sentence needs."""

    code: DueStepCode
    on: date
    closed_reason: ClosedReason | None = None
    holiday_name: str = ""
    waited: timedelta = timedelta()
    due_at: datetime | None = None


def due_at(filed_at: datetime, calendar: BusinessCalendar, *, pauses: Iterable[Pause] = ()) -> datetime:
    """Return the moment by which an inquiry filed then must be answered."""
    due = calendar.closes_at(_counted_day(filed_at, calendar))
    for _pause, _waited, moved in _moves(filed_at, calendar, pauses=pauses):
        due = moved
    return due


def explain_due(filed_at: datetime, calendar: BusinessCalendar, *, pauses: Iterable[Pause] = ()) -> tuple[DueStep, ...]:
    """Return the steps that lead to `due_at`, in the order a person would tell them."""
    due = calendar.closes_at(_counted_day(filed_at, calendar))
    steps = [*_steps_of_receipt(filed_at, calendar)]
    for pause, waited, moved in _moves(filed_at, calendar, pauses=pauses):
        steps.append(DueStep(DueStepCode.PAUSED, _day(pause.from_at), waited=waited))
        due = moved
    return (*steps, DueStep(DueStepCode.DUE, _day(due), due_at=due))


def is_overdue(now: datetime, due: datetime) -> bool:
    """Say whether the due moment has passed; at the moment itself it has not."""
    return now > due


def _day(at: datetime) -> date:
    return at.astimezone(JST).date()


def _counted_day(filed_at: datetime, calendar: BusinessCalendar) -> date:
    """Return the day of business as whose arrival the inquiry counts."""
    local = filed_at.astimezone(JST)
    first = local.date() + timedelta(days=1 if local.time() > calendar.hours.cut_off else 0)
    return calendar.business_day_from(first)


def _steps_of_receipt(filed_at: datetime, calendar: BusinessCalendar) -> Iterator[DueStep]:
    day, counted = _day(filed_at), _counted_day(filed_at, calendar)
    if calendar.closed.reason_on(day) is None:
        yield DueStep(DueStepCode.IN_TIME if day == counted else DueStepCode.AFTER_CUT_OFF, day)
    while day < counted:
        if reason := calendar.closed.reason_on(day):
            name = calendar.closed.holiday_name(day) or ""
            yield DueStep(DueStepCode.CLOSED_DAY, day, closed_reason=reason, holiday_name=name)
        day += timedelta(days=1)


def _moves(
    filed_at: datetime, calendar: BusinessCalendar, *, pauses: Iterable[Pause]
) -> Iterator[tuple[Pause, timedelta, datetime]]:
    """Yield each pause that moves the due time, the business time it took, and the due time after it."""
    counted = _counted_day(filed_at, calendar)
    due = calendar.closes_at(counted)
    running_from = max(filed_at, calendar.opens_at(counted))
    for pause in sorted(pauses, key=lambda each: each.from_at):
        if pause.from_at > due:
            return
        waited = business_time(max(pause.from_at, running_from), pause.until_at, calendar=calendar)
        running_from = max(running_from, pause.until_at)
        if waited:
            due = _after(due, waited, calendar=calendar)
            yield pause, waited, due


def business_time(from_at: datetime, until_at: datetime, *, calendar: BusinessCalendar) -> timedelta:
    """Return how long the office is at work between two moments."""
    total = timedelta()
    day = _day(from_at)
    while day <= _day(until_at):
        if calendar.closed.reason_on(day) is None:
            begun, ended = max(from_at, calendar.opens_at(day)), min(until_at, calendar.closes_at(day))
            total += max(ended - begun, timedelta())
        day += timedelta(days=1)
    return total


def _after(at: datetime, business_time: timedelta, *, calendar: BusinessCalendar) -> datetime:
    """Return the moment when that much business time has passed since a moment within hours."""
    day, left = _day(at), business_time
    while (room := calendar.closes_at(day) - at) < left:
        left -= room
        day = calendar.business_day_from(day + timedelta(days=1))
        at = calendar.opens_at(day)
    return at + left
