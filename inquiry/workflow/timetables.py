"""Hours of business and closed days, of everybody and of each insurer (受付時間・休業日).

Source    memo annex STEP2 (原則、即日回答).
Decides   who may change which timetable, and how far: a closed day is never entered or taken out afterwards, and an
          insurer cannot close for weeks or end its day in the morning. Every change is a new version.
Not here  what a change does to an inquiry that is open: domain/due.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from inquiry.directory.closed_days import closed_days
from inquiry.domain.calendar import BusinessCalendar, OfficeHours
from inquiry.domain.due import Edition, Timetable
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.parties import Role
from inquiry.security import guard
from inquiry.store.insurers import Insurer
from inquiry.store.timetables import (
    TimetableVersion,
    every_timetable,
    timetable_versions,
    timetables_concerning,
)
from inquiry.workflow.work import Work

EVERYBODY: Final = "everybody"
EARLIEST_CUT_OFF: Final = time(12, 0)
LONGEST_CLOSURE_DAYS: Final = 31
LONGEST_ABSENCE_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Setting:
    """What one version of a timetable says."""

    hours: OfficeHours = field(default_factory=OfficeHours)
    closures: dict[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which an office will be closed, under one name; both ends count."""

    from_on: date
    until_on: date
    name: str

    def days(self) -> list[date]:
        """Return each day."""
        return [self.from_on + timedelta(days=ahead) for ahead in range((self.until_on - self.from_on).days + 1)]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a timetable, and who made it when."""

    setting: Setting
    number: int
    made_at: datetime
    made_by_name: str


@dataclass(frozen=True, slots=True)
class Held:
    """A timetable on somebody's desk: whose it is, what it says now, and its versions, the newest first."""

    insurer: Insurer | None
    setting: Setting
    number: int
    versions: tuple[Version, ...]
    may_change: bool


def timetable_of(work: Work, insurer_id: str) -> Timetable:
    """Return an insurer's timetable with all its changes; read once in a unit of work."""
    kept: dict[str, Timetable] = work.session.info.setdefault("timetables", {})
    if insurer_id not in kept:
        kept.update(_timetables(work, insurer_id))
    return kept.get(insurer_id) or kept[EVERYBODY]


def forget(work: Work) -> None:
    """Let the timetables be read anew, after one was changed."""
    work.session.info.pop("timetables", None)


def _timetables(work: Work, insurer_id: str) -> dict[str, Timetable]:
    """Read one insurer's for its own people, and at once all there are for whoever looks at many."""
    own = work.actor.insurer_id
    rows = timetables_concerning(work.session, [own, insurer_id]) if own else every_timetable(work.session)
    named = {row.insurer_id for row in rows if row.insurer_id} | {insurer_id}
    found = {each: _timetable(row for row in rows if row.insurer_id in (each, None)) for each in named}
    return {EVERYBODY: _timetable(row for row in rows if row.insurer_id is None), **found}


def everybodys(work: Work) -> Timetable:
    """Return the timetable of whoever has none of their own, and of the desks of PMO and ministry."""
    return timetable_of(work, "")


def _timetable(rows: Iterable[TimetableVersion]) -> Timetable:
    nation, own = Setting(), None
    changes = []
    for row in rows:
        if row.insurer_id is None:
            nation = _setting(row)
        else:
            own = _setting(row)
        changes.append(Edition(row.made_at, _calendar(nation, own)))
    return Timetable(_calendar(Setting(), None), tuple(changes))


def _calendar(nation: Setting, own: Setting | None) -> BusinessCalendar:
    closures = {**nation.closures, **(own.closures if own else {})}
    return BusinessCalendar(closed_days(closures), (own or nation).hours)


def _setting(row: TimetableVersion) -> Setting:
    closures = {date.fromisoformat(day): name for day, name in sorted(row.closures.items())}
    return Setting(OfficeHours(row.opens, row.closes, row.cut_off), closures)


def held(work: Work, owner: str) -> Held:
    """Return a timetable for whoever may see it: `owner` is an insurer's id, or `EVERYBODY`.

    :raises NotFound: if it is absent, or somebody else's.
    """
    insurer = _insurer_of(work, owner)
    rows = timetable_versions(work.session, insurer.id if insurer else None)
    versions = tuple(Version(_setting(row), row.number, row.made_at, row.made_by_name) for row in reversed(rows))
    setting = versions[0].setting if versions else _setting_of_nobody(work, insurer)
    return Held(insurer, setting, len(rows), versions, _may_change(work, owner))


def _setting_of_nobody(work: Work, insurer: Insurer | None) -> Setting:
    return Setting(everybodys(work).at(work.now).hours) if insurer else Setting()


def _insurer_of(work: Work, owner: str) -> Insurer | None:
    actor = work.actor
    if owner == EVERYBODY:
        return None
    insurer = work.session.get(Insurer, owner)
    if insurer is None or (actor.role is not Role.PMO_STAFF and actor.insurer_id != insurer.id):
        raise NotFound
    return insurer


def _may_change(work: Work, owner: str) -> bool:
    return work.actor.role is Role.PMO_STAFF or (work.actor.is_supervisor and owner != EVERYBODY)


def insurers_with_their_own(work: Work) -> list[Insurer]:
    """Return the insurers that have a timetable of their own, by name."""
    named = {row.insurer_id for row in every_timetable(work.session) if row.insurer_id}
    return sorted((work.session.get_one(Insurer, each) for each in named), key=lambda insurer: insurer.name)


def set_hours(work: Work, owner: str, hours: OfficeHours, *, number: int) -> None:
    """Set the hours and the cut-off anew.

    :raises InvalidValue: if an insurer would end its day before noon.
    :raises Superseded: if another version than `number` is in force by now.
    """
    if owner != EVERYBODY and hours.cut_off < EARLIEST_CUT_OFF:
        raise InvalidValue("timetable:cut_off_too_early", field="cut_off")
    now = _held_to_change(work, owner, number=number)
    _add(work, now, replace(now.setting, hours=hours), what="hours")


def add_closure(work: Work, owner: str, closure: Closure, *, number: int) -> None:
    """Enter days on which the office will be closed; days that are closed anyway are left out.

    :raises InvalidValue: naming the field, if a day is past, or the office would be away for too long.
    :raises Superseded: if another version than `number` is in force by now.
    """
    guard.enforce({"name": closure.name})
    if not closure.name.strip():
        raise InvalidValue("timetable:name_missing", field="name")
    if closure.from_on < work.today:
        raise InvalidValue("timetable:closure_past", field="from_on")
    if not 0 <= (closure.until_on - closure.from_on).days < LONGEST_CLOSURE_DAYS:
        raise InvalidValue("timetable:closure_ends", field="until_on")
    now = _held_to_change(work, owner, number=number)
    calendar = timetable_of(work, "" if owner == EVERYBODY else owner).at(work.now)
    days = [day for day in closure.days() if calendar.closed.reason_on(day) is None]
    if not days:
        raise InvalidValue("timetable:closed_anyway", field="from_on")
    setting = replace(now.setting, closures={**now.setting.closures, **dict.fromkeys(days, closure.name.strip())})
    _check_presence(days, BusinessCalendar(closed_days({**calendar.closed.closures, **setting.closures})))
    _add(work, now, setting, what="closure_added")


def drop_closure(work: Work, owner: str, on: date, *, number: int) -> None:
    """Take out a day on which the office will be open after all.

    :raises InvalidValue: if the day has begun, or is no closure.
    :raises Superseded: if another version than `number` is in force by now.
    """
    now = _held_to_change(work, owner, number=number)
    if on <= work.today or on not in now.setting.closures:
        raise InvalidValue("timetable:closure_begun", field="on")
    closures = {day: name for day, name in now.setting.closures.items() if day != on}
    _add(work, now, replace(now.setting, closures=closures), what="closure_dropped")


def _check_presence(days: list[date], calendar: BusinessCalendar) -> None:
    for day in days:
        absence = calendar.business_day_from(day) - calendar.last_business_day_to(day)
        if absence.days > LONGEST_ABSENCE_DAYS:
            raise InvalidValue("timetable:closed_too_long", field="until_on")


def _held_to_change(work: Work, owner: str, *, number: int) -> Held:
    now = held(work, owner)
    if not now.may_change:
        raise Forbidden("timetable:supervisor_only")
    if now.number != number:
        raise Superseded(by=now.versions[0].made_by_name if now.versions else "")
    return now


def _add(work: Work, now: Held, setting: Setting, *, what: str) -> None:
    hours = setting.hours
    row = TimetableVersion(
        insurer_id=now.insurer.id if now.insurer else None,
        number=now.number + 1,
        opens=hours.opens,
        closes=hours.closes,
        cut_off=hours.cut_off,
        closures={day.isoformat(): name for day, name in setting.closures.items()},
        made_at=work.now,
        made_by=work.actor.account_id,
        made_by_name=work.actor.display_name,
    )
    work.session.add(row)
    work.session.flush()
    forget(work)
    work.record("timetable:changed", insurer=row.insurer_id or EVERYBODY, version=str(row.number), change=what)
