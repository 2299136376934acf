"""Hours of business and the days on which nobody answers (業務日・業務時間).

Decides   on which days an office is open, why it is closed, and how much business time lies between two moments.
Not here  which days are closed in Japan: directory/closed_days.py. When an answer is due: domain/due.py.
Units     every `_at` is an aware UTC datetime; days and times of day are those of Japan, which has no summer time.
"""

from collections.abc import Callable, Mapping
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
    """On which days nobody answers: `holiday_name` names a public holiday, `closures` names the office's own."""

    holiday_name: Callable[[date], str | None] = _no_holiday
    closures: Mapping[date, str] = field(default_factory=dict)

    def reason_on(self, day: date) -> ClosedReason | None:
        """Return why the office is closed on this day, or None if it is open."""
        if day.weekday() >= 5:
            return ClosedReason.WEEKEND
        if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
            return ClosedReason.YEAR_END
        if self.holiday_name(day):
            return ClosedReason.HOLIDAY
        return ClosedReason.CLOSURE if day in self.closures else None

    def name_of(self, day: date) -> str:
        """Return what a closed day is called: a holiday's name or a closure's, else nothing."""
        return self.holiday_name(day) or self.closures.get(day, "")


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

    def last_business_day_to(self, day: date) -> date:
        """Return this day, or the last one before it on which the office is open.

        :raises InvalidValue: if the office seems never to have been open.
        """
        for back in range(_LONGEST_CLOSURE_DAYS):
            if self.closed.reason_on(day - timedelta(days=back)) is None:
                return day - timedelta(days=back)
        raise InvalidValue("calendar:never_open")

    def is_open_at(self, at: datetime) -> bool:
        """Say whether the office is at work at a moment; at closing time it is not."""
        local = at.astimezone(JST)
        return self.hours.opens <= local.time() < self.hours.closes and self.closed.reason_on(local.date()) is None

    def opens_next(self, at: datetime) -> datetime | None:
        """Return when the office opens after a moment, or None while it is open.

        :raises InvalidValue: if the office seems never to open again.
        """
        if self.is_open_at(at):
            return None
        opens = self.opens_at(self.business_day_from(day_of(at)))
        return opens if opens > at else self.opens_at(self.business_day_from(day_of(at) + timedelta(days=1)))

    def business_time(self, from_at: datetime, until_at: datetime) -> timedelta:
        """Return how long the office is at work between two moments."""
        total = timedelta()
        day = day_of(from_at)
        while day <= day_of(until_at):
            if self.closed.reason_on(day) is None:
                begun, ended = max(from_at, self.opens_at(day)), min(until_at, self.closes_at(day))
                total += max(ended - begun, timedelta())
            day += timedelta(days=1)
        return total

    def after(self, at: datetime, business_time: timedelta) -> datetime:
        """Return the moment when that much business time has passed since a moment not before opening time.

        :raises InvalidValue: if the office seems never to open again.
        """
        day, left = day_of(at), business_time
        while (room := self._room(day, at)) < left:
            left -= room
            day = self.business_day_from(day + timedelta(days=1))
            at = self.opens_at(day)
        return at + left

    def _room(self, day: date, at: datetime) -> timedelta:
        if self.closed.reason_on(day) is not None:
            return timedelta()
        return max(self.closes_at(day) - at, timedelta())


def day_of(at: datetime) -> date:
    """Return the day in Japan."""
    return at.astimezone(JST).date()
