"""Evidence of difficulty, counted from the inquiries themselves each time it is read (情報連携困難の根拠の集計).

Source    memo 3(1); memo annex STEP2 (原則、即日回答); memo annex ※5 for the registered copies.
Decides   to which month an inquiry belongs: the one in which it was filed, in Japan; and when it ceased to be owed.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from inquiry.directory.difficulty import Asked, Evidence, Gathering
from inquiry.domain.business_minutes import BusinessMinutes
from inquiry.domain.correction import RETRACTIONS
from inquiry.domain.due import Owed, Timetable, due_at
from inquiry.domain.errors import NotFound
from inquiry.domain.inquiry import Event
from inquiry.store.difficulty import AskedRow, CopyRow, Span, asked_rows, copy_rows, last_steps, timelines
from inquiry.store.inquiries import Inquiry
from inquiry.store.insurers import Insurer, insurers_by_id
from inquiry.workflow import timing
from inquiry.workflow.timetables import timetable_of
from inquiry.workflow.work import JST, Work

WHOLE_COUNTRY: Final = ""
# Whatever stops the clock or starts it anew.
_TURNS: Final = (Event.ASK_DATES, *RETRACTIONS)
_ENDS: Final = (Event.WITHDRAW, Event.REFUSE)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of Japan and its evidence; one that goes on still is not whole."""

    first_on: date
    evidence: Evidence
    is_whole: bool


def months_of(work: Work, insurer_id: str, *, number: int) -> list[Month]:
    """Return so many months of one insurer, the current one last."""
    return _counted(work, insurer_id, number=number).get(insurer_id) or _empty(work, number)


def months_of_all(work: Work, *, number: int) -> dict[str, list[Month]]:
    """Return so many months of every insurer that was asked, and of all together under `WHOLE_COUNTRY`."""
    counted = _counted(work, None, number=number)
    return {WHOLE_COUNTRY: _empty(work, number), **counted}


def insurers_among(work: Work, counted: Collection[str]) -> list[Insurer]:
    """Return the insurers that were counted, in the order of the lists."""
    found = insurers_by_id(work.session, counted)
    return sorted(found, key=lambda each: (each.kind, each.prefecture, each.kana, each.id))


def insurer_of(work: Work, insurer_id: str) -> Insurer:
    """Return an insurer.

    :raises NotFound: if there is none.
    """
    found = work.session.get(Insurer, insurer_id)
    if found is None:
        raise NotFound("difficult_insurer:insurer_not_found")
    return found


def _counted(work: Work, insurer_id: str | None, *, number: int) -> dict[str, list[Month]]:
    firsts = _first_days(work.today, number)
    span = Span(_midnight(firsts[0]), _midnight(_next_month(firsts[-1])), insurer_id)
    gathered: dict[tuple[str, date], Gathering] = defaultdict(Gathering)
    for row, asked in _asked(work, span):
        gathered[row.insurer_id, _day(row.filed_at).replace(day=1)].add(asked)
    if insurer_id is None:
        for (_insurer, month), one in list(gathered.items()):
            gathered[WHOLE_COUNTRY, month].take_in(one)
    copies = _copies_by_insurer(copy_rows(work.session, span), insurer_id)
    insurers = {key for key, _month in gathered} | set(copies)
    return {
        key: [_month(work, first, gathered.get((key, first), Gathering()), copies.get(key, [])) for first in firsts]
        for key in insurers
    }


def _empty(work: Work, number: int) -> list[Month]:
    return [_month(work, first, Gathering(), []) for first in _first_days(work.today, number)]


def _month(work: Work, first: date, gathering: Gathering, copies: list[CopyRow]) -> Month:
    ends_at = min(_midnight(_next_month(first)), work.now)
    is_open = [row for row in copies if row.created_at < ends_at and (row.done_at is None or row.done_at >= ends_at)]
    oldest = min((row.created_at for row in is_open), default=ends_at)
    evidence = gathering.evidence(copies_open=len(is_open), oldest_copy_days=(ends_at - oldest).days)
    return Month(first, evidence, _next_month(first) <= work.today)


def _copies_by_insurer(rows: list[CopyRow], insurer_id: str | None) -> dict[str, list[CopyRow]]:
    copies: dict[str, list[CopyRow]] = {}
    for row in rows:
        for key in (row.insurer_id,) if insurer_id else (row.insurer_id, WHOLE_COUNTRY):
            copies.setdefault(key, []).append(row)
    return copies


def _asked(work: Work, span: Span) -> Iterator[tuple[AskedRow, Asked]]:
    """Yield every inquiry of a span; only those that were asked back or taken back need their timeline."""
    turned = timelines(work.session, span, _TURNS)
    ended = last_steps(work.session, span, _ENDS)
    clocks: dict[str, _Clock] = {}
    for row in asked_rows(work.session, span):
        if row.insurer_id not in clocks:
            clocks[row.insurer_id] = _clock(work, row.insurer_id, span)
        inquiry = turned.get(row.inquiry_id)
        until = row.answered_at or ended.get(row.inquiry_id) or work.now
        clock = clocks[row.insurer_id]
        yield row, _turned(work, row, inquiry, until=until) if inquiry else clock.plain(row, until=until)


@dataclass(frozen=True, slots=True)
class _Clock:
    """What an insurer's inquiries that ran straight through are timed by.

    When one is due hangs on its day, on the cut-offs it came before, and on the changes of the timetable it came
    after: so it is found once for all that have these in common.
    """

    timetable: Timetable
    minutes: BusinessMinutes
    cut_offs: tuple[time, ...]
    dues: dict[tuple[date, int, int, date | None], datetime] = field(default_factory=dict)

    def plain(self, row: AskedRow, *, until: datetime) -> Asked:
        """Return an inquiry as evidence; a letter has its agreed day."""
        counted_at = self._due(row.filed_at, None)
        due = self._due(row.owed_from_at or row.filed_at, row.agreed_on)
        minutes = None if row.answered_at is None else self.minutes.between(row.filed_at, row.answered_at)
        return _as_evidence(row, minutes=minutes, counted_at=counted_at, is_late=until > due)

    def _due(self, filed_at: datetime, agreed_on: date | None) -> datetime:
        local = filed_at.astimezone(JST)
        passed = bisect_left(self.cut_offs, local.time())
        changes = sum(edition.made_at <= filed_at for edition in self.timetable.changes)
        key = (local.date(), passed, changes, agreed_on)
        if key not in self.dues:
            self.dues[key] = due_at(Owed(filed_at, agreed_on=agreed_on), self.timetable)
        return self.dues[key]


def _clock(work: Work, insurer_id: str, span: Span) -> _Clock:
    timetable = timetable_of(work, insurer_id)
    calendars = (timetable.first, *(edition.calendar for edition in timetable.changes))
    minutes = BusinessMinutes(timetable.at(work.now), span.from_at, work.now)
    return _Clock(timetable, minutes, tuple(sorted(calendar.hours.cut_off for calendar in calendars)))


def _turned(work: Work, row: AskedRow, inquiry: Inquiry, *, until: datetime) -> Asked:
    """Return an inquiry that was asked back or taken back as evidence, by its timeline."""
    timetable, owed = timetable_of(work, row.insurer_id), timing.owed(work, inquiry)
    minutes = None
    if row.answered_at is not None:
        calendar = timetable.at(work.now)
        waited = sum(
            (calendar.business_time(pause.from_at, pause.until_at) for pause in owed.pauses), start=timedelta()
        )
        taken = calendar.business_time(owed.from_at, row.answered_at) - waited
        minutes = max(taken, timedelta()) // timedelta(minutes=1)
    counted_at = due_at(Owed(owed.from_at), timetable)
    return _as_evidence(row, minutes=minutes, counted_at=counted_at, is_late=until > due_at(owed, timetable))


def _as_evidence(row: AskedRow, *, minutes: int | None, counted_at: datetime, is_late: bool) -> Asked:
    at = row.answered_at
    return Asked(
        reason=row.network_error,
        minutes=minutes,
        is_same_day=at is not None and (at <= counted_at or _day(at) == _day(counted_at)),
        is_late=is_late,
        is_refused=bool(row.refused_reason),
    )


def _first_days(today: date, number: int) -> list[date]:
    firsts = [today.replace(day=1)]
    while len(firsts) < number:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    return firsts


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JST)


def _day(at: datetime) -> date:
    return at.astimezone(JST).date()
