"""Notices by mail that something waits in the system (通知メール): a step of an escalation, a change of a number.

Source    memo 3(2) なお書き. That a change of a number is told by another way than the number itself is this product's
          own guard against whoever says "our number has changed".
Decides   to whom a notice goes, and that it says nothing but a receipt number, names of offices, and where to log in.
          Where no address is registered, or no mail server named, nothing is mailed: screens and letters remain.
Not here  when a step is taken: reminding.py. When a change holds: enacting.py. The mail's way: outbox.py.
"""

from collections.abc import Iterator
from typing import Final

from inquiry.directory.amendments import NOTICE_ADDRESS, Adds, new_numbers
from inquiry.directory.insurers import InsurerKind
from inquiry.domain.errors import Forbidden
from inquiry.domain.escalation import Level
from inquiry.domain.inquiry import OPEN
from inquiry.mail.message import Kind
from inquiry.mail.wording import one_line
from inquiry.store.amendments import Amendment
from inquiry.store.escalations import Escalation
from inquiry.store.inquiries import Inquiry, desk_of
from inquiry.store.insurers import MAIN_DESK, contact_in_force
from inquiry.store.notices import addresses_of_asked, addresses_of_askers
from inquiry.store.outbox import MailState, OutgoingMail, mails_of_amendment, mails_of_steps
from inquiry.workflow import amending, escalation_rules, outbox
from inquiry.workflow.outbox import About
from inquiry.workflow.work import Work

SUPERVISOR: Final = "supervisor"
PMO: Final = "pmo"
MUNICIPALITY: Final = "municipality"
MINISTRY: Final = "ministry"
OWN: Final = "own"
OTHERS: Final = "others"


def tell_of_step(work: Work, inquiry: Inquiry, step: Escalation) -> None:
    """Write the notices of a step; a step is taken whether or not they can be written."""
    for whom, address in _told_of_step(work, inquiry, Level(step.level)):
        is_ministry = whom == MINISTRY
        facts = {
            "whom": whom,
            "number": inquiry.number,
            "municipality": one_line(inquiry.municipality.name) if is_ministry else "",
            "insurer": one_line(inquiry.insurer.name) if is_ministry else "",
            "where": work.house.public_address,
        }
        _write(work, Kind.REMINDER, to=address, about=About(facts, inquiry, escalation_id=step.id))


def tell_of_change(work: Work, amendment: Amendment) -> None:
    """Write to both sides that a second person agreed to a change of a number: by no way that the change touches."""
    columns = [cell.column for cell in new_numbers(amending.cells_of(amendment))]
    if amendment.adds == Adds.DESKS:
        _tell_of_addition(work, amendment)
    if not columns:
        return
    told = [(OWN, address) for address in _own_address(work, amendment)]
    if set(columns) != {NOTICE_ADDRESS}:
        told += [(OTHERS, address) for address in _addresses_of_others(work, amendment)]
    for whom, address in told:
        facts = {
            "whom": whom,
            "name": one_line(amending.name_of(work, amendment)),
            "columns": "・".join(columns if whom == OWN else [each for each in columns if each != NOTICE_ADDRESS]),
            "where": work.house.public_address,
        }
        _write(work, Kind.DIRECTORY_CHANGE, to=address, about=About(facts, amendment_id=amendment.id))


def _tell_of_addition(work: Work, amendment: Amendment) -> None:
    """Write to an insurer that a desk is to stand beside its main one; nobody else is asked there yet."""
    insurer = amendment.insurer
    for address in _own_address(work, amendment):
        name = one_line(insurer.name) if insurer is not None else ""
        facts = {"name": name, "where": work.house.public_address}
        _write(work, Kind.DIRECTORY_ADDITION, to=address, about=About(facts, amendment_id=amendment.id))


def take_back(work: Work, steps: list[Escalation]) -> None:
    """Take back the notices of these steps that have not left."""
    for mail in of_steps(work, steps):
        if mail.state == MailState.WAITING:
            outbox.drop(work, mail.id)


def of_steps(work: Work, steps: list[Escalation]) -> list[OutgoingMail]:
    """Return the notices of these steps; nothing sealed is opened."""
    return mails_of_steps(work.session, [step.id for step in steps])


def of_change(work: Work, amendment: Amendment) -> list[OutgoingMail]:
    """Return the notices of a change; nothing sealed is opened."""
    return mails_of_amendment(work.session, amendment.id)


def leave_of_change(work: Work, mail_id: str) -> None:
    """Let the notice of a change leave unless the change was stopped meanwhile.

    :raises Forbidden: if it was.
    """
    mail = outbox.leaving(work, mail_id)
    if work.session.get_one(Amendment, mail.amendment_id).stopped_at is not None:
        raise Forbidden("mail:change_stopped")


def _told_of_step(work: Work, inquiry: Inquiry, level: Level) -> Iterator[tuple[str, str]]:
    rules = escalation_rules.in_force(work)
    if level is Level.SUPERVISOR:
        entry = desk_of(work.session, inquiry)
        yield SUPERVISOR, entry.notice_address if entry else ""
    elif level is Level.PMO:
        yield PMO, rules.pmo_notice_address
    else:
        yield MUNICIPALITY, inquiry.municipality.notice_address
        yield MINISTRY, rules.desk_of(InsurerKind(inquiry.insurer.kind)).notice_address


def _own_address(work: Work, amendment: Amendment) -> list[str]:
    """Return where the organisation has its notices mailed until the change holds."""
    if amendment.municipality is not None:
        return [amendment.municipality.notice_address]
    entry = contact_in_force(work.session, amendment.insurer_id or "", amendment.desk or MAIN_DESK)
    return [entry.notice_address] if entry else []


def _addresses_of_others(work: Work, amendment: Amendment) -> list[str]:
    states = [state.value for state in OPEN]
    if amendment.municipality_code:
        return addresses_of_asked(work.session, amendment.municipality_code, states)
    return addresses_of_askers(work.session, amendment.insurer_id or "", states)


def _write(work: Work, kind: Kind, *, to: str, about: About) -> None:
    if not to or work.house.post is None:
        return
    try:
        outbox.enqueue(work, kind, to=to, about=about)
    except Forbidden as error:
        # An office may be called like the person asked about; what is told then is told by screen and letter.
        work.record("mail:unwritten", about.inquiry, code=error.code)
