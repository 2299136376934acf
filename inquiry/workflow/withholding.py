"""Withheld records: a second person's word before anything of them is told (不開示の記録).

Source    memo annex STEP2 ⑤.
Decides   who may open a withheld record: a supervisor of the insurer who did not identify the person. It holds for one
          identification; another look at the roster shuts it again.
Not here  the gate: domain/reply.py.
"""

from dataclasses import dataclass
from datetime import datetime

from inquiry.domain.errors import Forbidden, InvalidValue, NotDisclosable
from inquiry.domain.member import Member
from inquiry.security import guard
from inquiry.store.answering import Identification, identification_in_force
from inquiry.store.identifying import WithheldOpening
from inquiry.store.inquiries import Inquiry
from inquiry.workflow.people import member_from
from inquiry.workflow.work import Work

WITHHELD_OPENED = "withheld_opened"


def member_found(work: Work, found: Identification | None) -> Member | None:
    """Open the member that was identified from the roster; the caller records the reading."""
    if found is None or found.member_ct is None:
        return None
    return member_from(work.open(found.member_ct, "identification.member", found.id, tenant=found.sealed_for))


def is_shut(work: Work, found: Identification | None) -> bool:
    """Say whether what was found is a withheld record that no supervisor has opened."""
    member = member_found(work, found)
    if found is None or member is None or not member.is_withheld:
        return False
    return work.session.get(WithheldOpening, found.id) is None


@dataclass(frozen=True, slots=True)
class Opening:
    """That a supervisor opened a withheld record, when and why."""

    at: datetime
    reason: str


def opening(work: Work, found: Identification) -> Opening | None:
    """Return the opening of what was found, or None; the caller records the reading."""
    row = work.session.get(WithheldOpening, found.id)
    if row is None:
        return None
    return Opening(row.opened_at, work.open(row.reason_ct, "withheld_opening.reason", found.id))


def shut(work: Work, inquiry: Inquiry) -> Identification | None:
    """Return the finding in force where it is a withheld record that no supervisor has opened."""
    found = identification_in_force(work.session, inquiry.id)
    return found if is_shut(work, found) else None


def check_open(work: Work, found: Identification | None) -> None:
    """Refuse to go on with a withheld record that no supervisor has opened.

    :raises NotDisclosable: if it is one.
    """
    if is_shut(work, found):
        raise NotDisclosable("gate:withheld")


def may_open(work: Work, found: Identification) -> bool:
    """Say whether the actor is the second person who may open what was found."""
    return work.actor.is_supervisor and found.made_by != work.actor.account_id


def open_withheld(work: Work, inquiry_id: str, version: int, *, reason: str) -> Inquiry:
    """Let a withheld record be answered about, for this identification alone.

    :raises Forbidden: if the actor is no supervisor, or identified the person, or nothing is withheld.
    :raises InvalidValue: if the reason is missing.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    if not work.actor.is_supervisor:
        raise Forbidden("withheld:supervisor_only")
    found = shut(work, inquiry)
    if found is None:
        raise Forbidden("withheld:nothing_to_open")
    if not may_open(work, found):
        raise Forbidden("withheld:second_person")
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("withheld:reason_missing", field="reason")
    work.session.add(
        WithheldOpening(
            identification_id=found.id,
            opened_at=work.now,
            opened_by=work.actor.account_id,
            reason_ct=work.seal(reason, "withheld_opening.reason", found.id),
        )
    )
    work.note(inquiry, WITHHELD_OPENED, identification=found.id)
    return inquiry
