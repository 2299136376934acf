"""memo 3(2) なお書き: a refusal or a delay is reported to the desk that oversees the insurer (所管課への連絡).

Decides   when it may be reported, and to whom.
Not here  which desk it is: workflow/escalation_rules.py. Automatic steps: reminding.py. Letters: writing.py.
"""

from inquiry.directory.insurers import InsurerKind
from inquiry.directory.supervisors import SupervisingDesk
from inquiry.domain.errors import Forbidden
from inquiry.domain.inquiry import Event, State
from inquiry.security import guard
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import escalation_rules
from inquiry.workflow.timing import due_of
from inquiry.workflow.work import Work


def desk_for(work: Work, inquiry: Inquiry) -> SupervisingDesk:
    """Return the desk of the ministry for this inquiry's insurer, as it is known now."""
    return escalation_rules.in_force(work).desk_of(InsurerKind(inquiry.insurer.kind))


def may_escalate(work: Work, inquiry: Inquiry) -> bool:
    """Say whether the insurer refused, or no answer arrived in time."""
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
    rules = escalation_rules.in_force(work)
    desk = rules.desk_of(InsurerKind(inquiry.insurer.kind))
    work.advance(inquiry, Event.ESCALATE, note=note, desk=desk.kind, version=str(rules.number))
    return inquiry
