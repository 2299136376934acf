"""When the network itself fails: PMO staff declare it, everybody sees it and what is to be expected (情報連携の障害).

Source    memo annex STEP1 ①: an error of the network opens the manual way.
Decides   that one outage holds at a time, who declares and ends it, and how the nation's load falls on one insurer.
Not here  asking for many people at once: workflow/batches.py.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from inquiry.directory.insurers import IN_SCOPE, InsurerKind
from inquiry.directory.load import MEMBERS, Load, load_of, members_on_average
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.insurers import MAIN_DESK, Insurer, contacts_in_force
from inquiry.store.outages import Outage, filed_since, outages, outages_not_over
from inquiry.store.rosters import Stage, generations_at
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be declared: from when, until when if that is known, and the reason everybody reads."""

    from_at: datetime
    until_at: datetime | None
    reason: str


def in_force(work: Work) -> Outage | None:
    """Return the outage that goes on now."""
    return next((each for each in outages_not_over(work.session, work.now) if each.from_at <= work.now), None)


def announced(work: Work) -> Outage | None:
    """Return the outage that goes on, or else the next one to come."""
    return next(iter(outages_not_over(work.session, work.now)), None)


def history(work: Work) -> list[Outage]:
    """Return every outage, the latest first."""
    return outages(work.session)


def declare(work: Work, notice: Notice) -> Outage:
    """Declare an outage, for now or for later.

    :raises InvalidValue: naming the field, if it ends before it begins or is over, or no reason is given.
    :raises Forbidden: while another one goes on or is announced.
    """
    guard.enforce({"reason": notice.reason})
    if not notice.reason.strip():
        raise InvalidValue("outage:reason_missing", field="reason")
    _check_end(work, notice.from_at, notice.until_at)
    if announced(work) is not None:
        raise Forbidden("outage:declared_already")
    outage = Outage(
        id=new_id(),
        from_at=notice.from_at,
        until_at=notice.until_at,
        reason=notice.reason.strip(),
        declared_at=work.now,
        declared_by=work.actor.account_id,
    )
    work.session.add(outage)
    work.record("outage:declared", outage=outage.id)
    return outage


def _check_end(work: Work, from_at: datetime, until_at: datetime | None) -> None:
    if until_at is not None and until_at <= max(from_at, work.now):
        raise InvalidValue("outage:ends_before", field="until_on")


def expect(work: Work, outage_id: str, until_at: datetime | None) -> None:
    """Set anew until when the outage is expected to last.

    :raises InvalidValue: if that lies in the past.
    :raises Forbidden: if it is over.
    """
    outage = _open(work, outage_id)
    _check_end(work, outage.from_at, until_at)
    outage.until_at = until_at
    work.record("outage:expected", outage=outage.id)


def end(work: Work, outage_id: str) -> None:
    """Say that the network is back.

    :raises Forbidden: if it is over already.
    """
    outage = _open(work, outage_id)
    outage.ended_at, outage.ended_by = work.now, work.actor.account_id
    work.record("outage:ended", outage=outage.id)


def _open(work: Work, outage_id: str) -> Outage:
    outage = work.session.get(Outage, outage_id, with_for_update=True)
    if outage is None:
        raise NotFound
    if outage not in outages_not_over(work.session, work.now):
        raise Forbidden("outage:over")
    return outage


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one insurer, or all of a kind, is to expect of a working day, and what came since the outage began."""

    kind: InsurerKind
    insurers: int
    load: Load
    filed: int
    is_from_roster: bool = False


def forecast(work: Work) -> list[Forecast]:
    """Return what each kind of insurer is to expect."""
    filed = _filed(work)
    by_kind = Counter(entry.insurer.kind for entry in contacts_in_force(work.session) if entry.desk == MAIN_DESK)
    came = Counter[str]()
    for insurer_id, number in filed.items():
        came[work.session.get_one(Insurer, insurer_id).kind] += number
    return [Forecast(kind, by_kind[kind], load_of(MEMBERS[kind]), came[kind]) for kind in IN_SCOPE]


def own_forecast(work: Work) -> Forecast | None:
    """Return what the acting insurer is to expect: from its roster, or else as if all of its kind were of one size."""
    insurer = work.session.get(Insurer, work.actor.insurer_id) if work.actor.insurer_id else None
    if insurer is None or InsurerKind(insurer.kind) not in MEMBERS:
        return None
    kind = InsurerKind(insurer.kind)
    mains = (entry for entry in contacts_in_force(work.session) if entry.desk == MAIN_DESK)
    of_kind = sum(entry.insurer.kind == kind for entry in mains)
    active = generations_at(work.session, insurer.id, Stage.ACTIVE)
    members = active[0].persons if active else members_on_average(kind, of_kind)
    return Forecast(kind, 1, load_of(members), _filed(work).get(insurer.id, 0), is_from_roster=bool(active))


def _filed(work: Work) -> dict[str, int]:
    outage = in_force(work)
    return filed_since(work.session, outage.from_at) if outage else {}
