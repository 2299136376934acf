"""STEP1 ①②: filing an inquiry, by a clerk in the system or by an officer at the telephone (照会の作成).

Source    memo annex STEP1 ①②, ※1-※4; memo 3(1) for a listed insurer.
Decides   whether an inquiry may be filed at all, naming every field that stands in the way.
Not here  reading what was typed: web/filing.py. The guard against My Numbers: security/guard.py.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from inquiry.directory.difficult_insurers import Scope, concerns
from inquiry.directory.insurers import InsurerKind, check_in_scope
from inquiry.directory.municipalities import inquirer_kind_of
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.member import Relation
from inquiry.domain.network_error import check_may_fall_back, filing_reason
from inquiry.domain.parties import Entrance, Inquirer, Role, Side
from inquiry.domain.procedure import check_inquirer, check_items
from inquiry.domain.reply import ANSWER_CHANNELS, Channel
from inquiry.domain.subject import Subject, subject_faults
from inquiry.matching.kana import KanaName
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.difficult_insurers import DifficultEntry, entries_of
from inquiry.store.inquiries import Inquiry, alike
from inquiry.store.insurers import (
    ContactEntry,
    Insurer,
    desk_serving,
    desks_in_force,
    holds,
    number_on,
    padded,
    predecessors_of,
)
from inquiry.store.municipalities import municipality
from inquiry.store.paperwork import next_number
from inquiry.store.sides import sides_at_work
from inquiry.workflow import outages, resembling
from inquiry.workflow.people import subject_as_json
from inquiry.workflow.work import Work

SALT_BYTES = 16
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything an inquiry says (照会の内容), read but not yet accepted.

    `insurer_number` is the number by which the insurer was named, "" for its own first; `desk` the one chosen, 0 for
    the one that serves the number; `named` the name of the other side as it was typed, where it resembles another.
    """

    inquirer: Inquirer
    entrance: Entrance
    insurer_id: str
    insurer_evidence: str
    reason: str
    error_at: datetime | None
    network_reference: str
    subject: Subject
    relation: Relation | None
    procedure: str
    items: tuple[str, ...]
    channel: Channel | None
    needed_by: date | None
    note: str = ""
    is_supervised: bool = False
    caution_reason: str = ""
    insurer_number: str = ""
    desk: int = 0
    named: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return where the name of an organisation may have been typed; a section in the system is the account's."""
        return (self.named, *(() if self.entrance is Entrance.SYSTEM else (self.inquirer.section,)))

    def free_texts(self) -> dict[str, str]:
        """Return what was typed freely, by field, for the guard."""
        subject, asks = self.subject, self.inquirer
        return {
            "section": asks.section,
            "person": asks.person,
            "written": subject.name.written,
            "kana": subject.name.kana,
            "alias_written": subject.alias.written,
            "alias_kana": subject.alias.kana,
            "former_written": subject.former_name.written,
            "former_kana": subject.former_name.kana,
            "address": subject.address,
            "network_reference": self.network_reference,
            "note": self.note,
            "caution_reason": self.caution_reason,
        }

    def typed_texts(self) -> dict[str, str]:
        """Return what has a form of its own; each is looked at by itself, since side by side they say nothing."""
        return {
            "symbol": self.subject.symbol,
            "number": self.subject.number,
            "heard_telephone": self.inquirer.telephone,
            "heard_mail": self.inquirer.mail_address,
            "named": self.named,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """What the two lists say of an insurer today: the number asked, the desk for it, its place on the list.

    `others` are its further desks, `former_names` its own, `took_over` the names of insurers that went over into it
    and were looked for.
    """

    insurer: Insurer
    desk: ContactEntry
    listing: DifficultEntry | None
    number: str = ""
    others: tuple[ContactEntry, ...] = ()
    former_names: tuple[str, ...] = ()
    took_over: tuple[str, ...] = ()


def standing(work: Work, insurer_id: str, *, number: str = "", desk: int = 0) -> Standing:
    """Look an insurer up in both lists, for the number by which it was named and the desk that was chosen.

    :raises InvalidValue: if no insurer is named, it went over into another, does not hold the number today, or has no
        desk in force (memo annex ※1, ※3).
    :raises Forbidden: if the memo is not about this kind of insurer.
    """
    insurer = work.session.get(Insurer, insurer_id) if insurer_id else None
    if insurer is None:
        raise InvalidValue("filing:insurer_missing", field="insurer")
    check_in_scope(InsurerKind(insurer.kind))
    if insurer.successor_id is not None:
        raise InvalidValue("filing:insurer_merged", field="insurer")
    if number and not any(holds(each, work.today) for each in insurer.numbers if each.number == padded(number)):
        raise InvalidValue("filing:number_ended", field="insurer")
    desks = _desks(work, insurer.id)
    asked = desk_serving(desks, number, wanted=desk)
    if asked is None:
        raise InvalidValue("filing:insurer_without_desk", field="insurer")
    others = tuple(each for each in desks if each is not asked)
    return Standing(insurer, asked, listing_today(work, insurer.id), padded(number) if number else "", others)


def _standing_of(work: Work, filing: Filing) -> Standing:
    return standing(work, filing.insurer_id, number=filing.insurer_number, desk=filing.desk)


def listing_today(work: Work, insurer_id: str) -> DifficultEntry | None:
    """Return the insurer's entry of the list of difficult insurers that holds today, the widest of several."""
    entries = _once(work, ("listed", insurer_id), lambda: entries_of(work.session, insurer_id, day=work.today))
    return min(entries, key=lambda entry: entry.scope != Scope.ALL, default=None)


def _desks(work: Work, insurer_id: str) -> list[ContactEntry]:
    return _once(work, ("desks", insurer_id), lambda: desks_in_force(work.session, insurer_id))


def _once(work: Work, key: tuple[str, str], read: Callable[[], Found]) -> Found:
    """Read what no filing changes once in a unit of work: thousands may be filed in one."""
    kept: dict[tuple[str, str], Found] = work.session.info.setdefault("filing", {})
    if key not in kept:
        kept[key] = read()
    return kept[key]


def faults(work: Work, filing: Filing) -> list[InvalidValue]:
    """Return everything that stands in the way, each naming its field; an empty list means it may be filed."""
    checks: tuple[tuple[str, Callable[[], object]], ...] = (
        ("insurer", lambda: _standing_of(work, filing)),
        ("reason", lambda: _check_reason(work, filing)),
        ("procedure", lambda: check_inquirer(filing.procedure, inquirer_kind_of(filing.inquirer.municipality_code))),
        ("items", lambda: check_items(filing.procedure, filing.items)),
        ("channel", lambda: _check_channel(work, filing)),
        ("section", lambda: _check_inquirer(work, filing)),
        ("note", lambda: guard.enforce(filing.free_texts())),
        *((field, _guarding(field, text)) for field, text in filing.typed_texts().items()),
    )
    return [*_failing(checks), *subject_faults(filing.subject), *_unconfirmed(filing)]


def _failing(checks: tuple[tuple[str, Callable[[], object]], ...]) -> Iterator[InvalidValue]:
    for field, check in checks:
        try:
            check()
        except InvalidValue as error:
            error.field = error.field or field
            yield error
        except Forbidden as error:
            yield InvalidValue(error.code, field=field)


def cautions(filing: Filing) -> tuple[guard.Caution, ...]:
    """Return the fields in which something looks like a My Number without being certainly one."""
    typed = (guard.cautions({field: text}) for field, text in filing.typed_texts().items())
    return (*guard.cautions(filing.free_texts()), *(caution for found in typed for caution in found))


def _unconfirmed(filing: Filing) -> list[InvalidValue]:
    if filing.caution_reason.strip() or not cautions(filing):
        return []
    return [InvalidValue("guard:caution_unconfirmed", field="caution_reason")]


def _guarding(field: str, text: str) -> Callable[[], object]:
    return lambda: guard.enforce({field: text})


def _check_reason(work: Work, filing: Filing) -> None:
    listing = listing_today(work, filing.insurer_id)
    is_listed = listing is not None and concerns(listing.scope, filing.relation)
    is_declared = _once(work, ("outage", ""), lambda: outages.in_force(work)) is not None
    check_may_fall_back(filing.reason, is_listed=is_listed, is_supervised=filing.is_supervised, is_declared=is_declared)
    if not filing_reason(filing.reason).needs_error:
        return
    if filing.error_at is None:
        raise InvalidValue("filing:error_time_missing", field="error_at")
    if filing.error_at > work.now:
        raise InvalidValue("filing:error_time_ahead", field="error_at")


def _check_channel(work: Work, filing: Filing) -> None:
    if filing.channel not in ANSWER_CHANNELS:
        raise InvalidValue("filing:channel_missing", field="channel")
    desk = desk_serving(_desks(work, filing.insurer_id), filing.insurer_number, wanted=filing.desk)
    if desk is not None and filing.channel not in desk.channels:
        raise InvalidValue("filing:channel_not_offered", field="channel")
    if filing.channel is not Channel.LETTER:
        return
    if filing.needed_by is None:
        raise InvalidValue("filing:needed_by_missing", field="needed_by")
    if filing.needed_by < work.today:
        raise InvalidValue("filing:needed_by_past", field="needed_by")


def _check_inquirer(work: Work, filing: Filing) -> None:
    asks = filing.inquirer
    code = asks.municipality_code
    if _once(work, ("municipality", code), lambda: municipality(work.session, code)) is None:
        raise InvalidValue("filing:municipality_unknown", field="municipality_code")
    if not asks.section.strip():
        raise InvalidValue("filing:section_missing", field="section")
    if not asks.person.strip():
        raise InvalidValue("filing:person_missing", field="person")


def already_open(work: Work, filing: Filing) -> list[Inquiry]:
    """Return open inquiries about the same person to the same insurer under the same procedure.

    One that was filed to an insurer which went over into this one since is among them.
    """
    asked = [filing.insurer_id, *_predecessors(work, filing.insurer_id)]
    keys = [subject_key(work, replace(filing, insurer_id=each)) for each in asked]
    return [each for key in keys for each in alike(work.session, work.scope, key, [*OPEN, State.ANSWERED])]


def _predecessors(work: Work, insurer_id: str) -> list[str]:
    return _once(work, ("before", insurer_id), lambda: [each.id for each in predecessors_of(work.session, insurer_id)])


def subject_key(work: Work, filing: Filing) -> bytes:
    """Return the key by which inquiries about one person to one insurer under one procedure are found."""
    subject = filing.subject
    kana = KanaName.of(subject.name.kana).searchable_in_any_order or subject.name.written
    parts = (kana, subject.birth_date.isoformat(), subject.sex, filing.insurer_id, filing.procedure)
    return work.house.sealer.blind_index("subject", filing.inquirer.municipality_code, *parts)


def file(work: Work, filing: Filing) -> Inquiry:
    """File the inquiry: number it, seal the person, pin the versions of both lists, and record it.

    :raises InvalidValue: the first of `faults`, if there is any.
    """
    _check_hand(work, filing)
    for fault in faults(work, filing):
        raise fault
    inquiry = _inquiry(work, filing, _standing_of(work, filing))
    work.session.add(inquiry)
    work.session.flush()
    work.note(inquiry, "filed", entrance=filing.entrance, reason=filing.reason, procedure=filing.procedure)
    _record_signs(work, inquiry, filing)
    work.outcome = inquiry.id
    return inquiry


def _inquiry(work: Work, filing: Filing, stands: Standing) -> Inquiry:
    asks = filing.inquirer
    inquiry_id = new_id()
    return Inquiry(
        id=inquiry_id,
        number=f"INQ-{work.today.year}-{next_number(work.session, f'INQ-{work.today.year}'):06d}",
        state=State.FILED,
        entrance=filing.entrance,
        version=0,
        municipality_code=asks.municipality_code,
        section=asks.section.strip(),
        person=asks.person.strip(),
        heard_telephone=asks.telephone,
        heard_mail=asks.mail_address,
        insurer_id=stands.insurer.id,
        insurer_number=stands.number or number_on(stands.insurer, work.today),
        contact_entry_id=stands.desk.id,
        difficult_entry_id=stands.listing.id if stands.listing else None,
        insurer_evidence=filing.insurer_evidence,
        network_error=filing.reason,
        error_at=filing.error_at,
        network_reference=filing.network_reference,
        procedure=filing.procedure,
        items=[item.code for item in check_items(filing.procedure, filing.items)],
        channel=filing.channel,
        needed_by=filing.needed_by,
        agreed_on=filing.needed_by if filing.channel is Channel.LETTER else None,
        note_ct=work.seal(filing.note, "inquiry.note", inquiry_id) if filing.note.strip() else None,
        subject_ct=work.seal(subject_as_json(filing.subject), "inquiry.subject", inquiry_id),
        subject_key=subject_key(work, filing),
        salt=os.urandom(SALT_BYTES),
        filed_at=work.now,
        filed_by=work.actor.account_id,
        municipality_joined_at=work.now if filing.entrance is Entrance.SYSTEM else None,
        insurer_joined_at=work.now if _is_at_work(work, filing) else None,
        ledger_seq=0,
        ledger_head=bytes(32),
    )


def _is_at_work(work: Work, filing: Filing) -> bool:
    """Say whether the insurer has anybody in the system who will see the inquiry."""
    return Side.INSURER in sides_at_work(work.session, filing.inquirer.municipality_code, filing.insurer_id)


def _record_signs(work: Work, inquiry: Inquiry, filing: Filing) -> None:
    resembling.note_inquiry(work, inquiry, named=filing.names)
    found = cautions(filing)
    if found:
        work.note(inquiry, "caution_confirmed", note=filing.caution_reason)
    for caution in found:
        work.record("guard:caution", inquiry, field=caution.field, rule=caution.rule)


def _check_hand(work: Work, filing: Filing) -> None:
    is_own = filing.inquirer.municipality_code == work.actor.municipality_code
    if work.actor.role is Role.CLERK and is_own and filing.entrance is Entrance.SYSTEM:
        return
    is_taken_in = filing.insurer_id == work.actor.insurer_id and filing.entrance is not Entrance.SYSTEM
    if work.actor.role is Role.OFFICER and is_taken_in:
        return
    raise Forbidden("filing:not_your_hand")
