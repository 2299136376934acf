"""Desks of the ministry and waiting times before each step, as PMO staff set them (所管課・待ち時間).

Source    memo 3(2) なお書き; memo ＜医療保険者に関する照会先＞.
Decides   that a change is the next version, with its reason; the memo's own is the founding one and stays to be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from inquiry.directory import supervisors
from inquiry.directory.insurers import InsurerKind
from inquiry.directory.mail_domain import read_notice_address
from inquiry.directory.supervisors import Desks, SupervisingDesk, checked_desk, supervising_desk
from inquiry.domain.errors import InvalidValue, Superseded
from inquiry.domain.escalation import AFTER, Level, check_waits
from inquiry.security import guard
from inquiry.store.escalations import EscalationRulesEdition, every_escalation_rules, latest_escalation_rules
from inquiry.workflow.work import Work

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Setting:
    """What PMO staff set: desks and waiting times, and where notices to the PMO go."""

    desks: Desks
    after: Mapping[Level, timedelta]
    pmo_notice_address: str = ""


@dataclass(frozen=True, slots=True)
class Edition(Setting):
    """A version of desks and waiting times: who set it when and why; number 0 is the memo's."""

    number: int = 0
    set_at: datetime | None = None
    set_by_name: str = ""
    reason: str = ""

    def desk_of(self, kind: InsurerKind) -> SupervisingDesk:
        """Return the desk that oversees this kind of insurer."""
        return supervising_desk(kind, self.desks)

    @property
    def notice_addresses(self) -> frozenset[str]:
        """Return every address to which steps are told: the PMO's and the desks'."""
        return frozenset({self.pmo_notice_address, *(desk.notice_address for desk in self.desks.values())} - {""})


FOUNDING = Edition(supervisors.FOUNDING, AFTER)


def in_force(work: Work) -> Edition:
    """Return the version in force."""
    row = latest_escalation_rules(work.session)
    return _edition(row) if row else FOUNDING


def editions(work: Work) -> list[Edition]:
    """Return every version, the newest first; the memo's stands last."""
    return [*(_edition(row) for row in every_escalation_rules(work.session)), FOUNDING]


def change(work: Work, setting: Setting, *, number: int, reason: str) -> None:
    """Set desks and waiting times anew; what was set before stays to be read.

    :raises InvalidValue: if no reason is given, or a desk or a waiting time cannot be; its field begins with the kind,
        or is the level.
    :raises Superseded: if another version than `number` is in force by now.
    """
    guard.enforce({"reason": reason, "pmo_notice_address": setting.pmo_notice_address, **_texts_of(setting.desks)})
    if not reason.strip():
        raise InvalidValue("escalation_rules:reason_missing", field="reason")
    check_waits(setting.after)
    read = {kind: _checked(work, setting.desks[kind]) for kind in supervisors.FOUNDING}
    pmo_address = _pmo_address(setting)
    latest = in_force(work)
    if latest.number != number:
        raise Superseded(by=latest.set_by_name)
    row = EscalationRulesEdition(
        number=number + 1,
        desks={str(kind): _kept(desk) for kind, desk in read.items()},
        after_minutes={str(level): setting.after[level] // _MINUTE for level in Level},
        pmo_notice_address=pmo_address,
        reason=reason.strip(),
        set_at=work.now,
        set_by=work.actor.account_id,
        set_by_name=work.actor.display_name,
    )
    work.session.add(row)
    work.session.flush()
    work.record("escalation_rules:changed", version=str(row.number))


def _checked(work: Work, desk: SupervisingDesk) -> SupervisingDesk:
    try:
        return checked_desk(desk, work.today)
    except InvalidValue as error:
        raise InvalidValue(error.code, field=f"{desk.kind}_{error.field}") from error


def _pmo_address(setting: Setting) -> str:
    try:
        return read_notice_address(setting.pmo_notice_address)
    except InvalidValue as error:
        raise InvalidValue(error.code, field=f"pmo_{error.field}") from error


def _texts_of(desks: Desks) -> dict[str, str]:
    names = ("division", "section", "notice_address")
    return {f"{kind}_{name}": getattr(desk, name) for kind, desk in desks.items() for name in names}


def _kept(desk: SupervisingDesk) -> dict[str, object]:
    return {
        "division": desk.division,
        "section": desk.section,
        "telephone": desk.telephone,
        "extension": desk.extension,
        "checked_on": desk.checked_on.isoformat() if desk.checked_on else None,
        "notice_address": desk.notice_address,
    }


def _edition(row: EscalationRulesEdition) -> Edition:
    desks = {InsurerKind(kind): _desk(InsurerKind(kind), kept) for kind, kept in row.desks.items()}
    after = {Level(level): minutes * _MINUTE for level, minutes in row.after_minutes.items()}
    return Edition(desks, after, row.pmo_notice_address, row.number, row.set_at, row.set_by_name, row.reason)


def _desk(kind: InsurerKind, kept: Mapping[str, Any]) -> SupervisingDesk:
    checked_on = date.fromisoformat(kept["checked_on"]) if kept["checked_on"] else None
    # Versions from before notices were mailed hold no address.
    return SupervisingDesk(
        kind,
        kept["division"],
        kept["section"],
        kept["extension"],
        kept["telephone"],
        checked_on=checked_on,
        notice_address=kept.get("notice_address", ""),
    )
