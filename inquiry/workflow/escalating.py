"""memo 3(2) なお書き: a refusal or a delay is reported to the desk that oversees the insurer (所管課への連絡).

Decides   when it may be reported, and to whom. Automatic steps and letters: not here yet.
"""

from inquiry.directory.insurers import InsurerKind
from inquiry.directory.supervisors import SupervisingDesk, supervising_desk
from inquiry.domain.errors import Forbidden
from inquiry.domain.inquiry import Event, State
from inquiry.security import guard
from inquiry.store.inquiries import Inquiry
from inquiry.workflow.timing import due_of
from inquiry.workflow.work import Work


def desk_for(inquiry: Inquiry) -> SupervisingDesk:
    """Return the desk of the ministry for this inquiry's insurer."""
    return supervising_desk(InsurerKind(inquiry.insurer.kind))


def may_escalate(work: Work, inquiry: Inquiry) -> bool:
    """Say whether the insurer refused, or did not answer in time."""
    state = State(inquiry.state)
    return state is State.REFUSED or (inquiry.answered_at is None and due_of(work, inquiry) < work.now)


def escalate(work: Work, inquiry_id: str, version: int, *, note: str) -> Inquiry:
    """Record that the municipality reported a refusal or delay to the supervising desk.

    :raises Forbidden: while the insurer is neither late nor has refused.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    guard.enforce({"note": note})
    if not may_escalate(work, inquiry):
        raise Forbidden("escalating:not_late")
    inquiry.escalated_at = work.now
    work.advance(inquiry, Event.ESCALATE, note=note, desk=desk_for(inquiry).kind)
    return inquiry
