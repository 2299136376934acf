"""Business time between many pairs of moments: the calendar is laid out once, day by day (業務時間の集計).

Decides   nothing that domain/calendar.py does not: it is the same time, found without walking through the days.
Units     whole minutes; days and times of day are those of Japan.
"""

from datetime import datetime, time, timedelta
from typing import Final

from inquiry.domain.calendar import JST, BusinessCalendar

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=JST)
_MICROSECOND: Final = timedelta(microseconds=1)
_A_SECOND: Final = 1_000_000
_A_MINUTE: Final = 60 * _A_SECOND


class BusinessMinutes:
    """A calendar between two moments, ready to be asked as often as there are inquiries."""

    def __init__(self, calendar: BusinessCalendar, from_at: datetime, until_at: datetime) -> None:
        self._opens = _since_midnight(calendar.hours.opens)
        self._length = _since_midnight(calendar.hours.closes) - self._opens
        self._first = (from_at - _EPOCH).days
        self._open: list[bool] = []
        self._before: list[int] = []
        total = 0
        for number in range(self._first, (until_at - _EPOCH).days + 1):
            is_open = calendar.closed.reason_on((_EPOCH + timedelta(days=number)).date()) is None
            self._open.append(is_open)
            self._before.append(total)
            total += self._length if is_open else 0

    def between(self, from_at: datetime, until_at: datetime) -> int:
        """Return how many whole minutes the office is at work between two moments of the time laid out."""
        return max(0, self._place(until_at) - self._place(from_at)) // _A_MINUTE

    def _place(self, at: datetime) -> int:
        since = at - _EPOCH
        number = since.days - self._first
        if not self._open[number]:
            return self._before[number]
        in_day = since.seconds * _A_SECOND + since.microseconds - self._opens
        return self._before[number] + min(max(in_day, 0), self._length)


def _since_midnight(at: time) -> int:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) // _MICROSECOND
