"""Which of a clerk's inquiries are asked at a desk that was corrected since (照会先の窓口の変更).

Decides   that an inquiry is marked on the clerk's list from the correction, or the merger, until whoever has it in
          charge looks at its page; a colleague's look takes no mark away.
Not here  correcting: enacting.py, mergers.py. What differs: contacts.py.
"""

from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.parties import Role
from inquiry.store.inquiries import CORRECTIONS, Desk, Inquiry, count_corrected
from inquiry.workflow.work import Work


def is_unseen(inquiry: Inquiry) -> bool:
    """Say whether the desk of an open inquiry was corrected since its clerk saw it."""
    seen_at = inquiry.contact_seen_at or inquiry.filed_at
    corrected = (step.at for step in inquiry.steps if step.event in CORRECTIONS)
    return State(inquiry.state) in OPEN and any(at > seen_at for at in corrected)


def count_unseen(work: Work, *, section: str | None) -> int:
    """Return how many inquiries are marked: the clerk's own, or with a section that section's too."""
    desk = Desk(work.actor.account_id, section)
    return count_corrected(work.session, work.scope, desk, [state.value for state in OPEN])


def see(work: Work, inquiry: Inquiry) -> None:
    """Note that the clerk in charge sees the corrected desk; nobody else's look is noted."""
    in_charge = (inquiry.filed_by, inquiry.taken_up_by)
    is_nobodys = inquiry.municipality_joined_at is None
    is_in_charge = work.actor.role is Role.CLERK and (is_nobodys or work.actor.account_id in in_charge)
    if is_in_charge and is_unseen(inquiry):
        inquiry.contact_seen_at = work.now
        work.record("contact:seen", inquiry)
