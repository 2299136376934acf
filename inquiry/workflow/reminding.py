"""memo 3(2) なお書き: who is told, step by step, that an answer does not come (督促).

Decides   which step is due, whose page it comes to, that it is taken in business hours and once; that the clerk who
          settled the matter withdraws it, and what was answered needs no withdrawing; that notices of it keep to the
          same hours, and stay when the matter is settled before they leave.
Not here  taking all that are due: workflow/daily.py. How long each step waits: workflow/escalation_rules.py. The page
          of a step: workflow/pressing.py. To whom a notice goes: workflow/noticing.py. The municipality's own report to
          the ministry: workflow/escalating.py.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inquiry.domain.calendar import BusinessCalendar
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.escalation import Level, Reason, next_level
from inquiry.domain.inquiry import OPEN, Event, State
from inquiry.domain.parties import Role
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.escalations import Escalation, escalations_of, standing_at
from inquiry.store.inquiries import Inquiry, owed_everywhere
from inquiry.store.outbox import OutgoingMail, held_inquiry
from inquiry.workflow import escalation_rules, noticing, outbox, timing
from inquiry.workflow.timetables import everybodys
from inquiry.workflow.work import Work

LEVEL_OF: Final = {Role.OFFICER: Level.SUPERVISOR, Role.PMO_STAFF: Level.PMO, Role.CLERK: Level.MINISTRY}


@dataclass(frozen=True, slots=True)
class _Grievance:
    """Why an inquiry is pressed for, and since when."""

    reason: Reason
    since: datetime


def due(work: Work) -> list[str]:
    """Return the inquiries for which a step is due now."""
    return [each.id for each in owed_everywhere(work.session) if _step(work, each)]


def take(work: Work, inquiry_id: str) -> bool:
    """Take the step that is due for an inquiry, and return whether one still was."""
    inquiry = held_inquiry(work.session, inquiry_id)
    step = _step(work, inquiry)
    if step is None:
        return False
    level, grievance = step
    taken = Escalation(
        id=new_id(),
        inquiry_id=inquiry.id,
        owed_since=timing.began_at(inquiry),
        level=level,
        reason=grievance.reason,
        raised_at=work.now,
    )
    work.session.add(taken)
    work.session.flush()
    version = str(escalation_rules.in_force(work).number)
    work.record("escalation:raised", inquiry, level=level, reason=grievance.reason, version=version)
    noticing.tell_of_step(work, inquiry, taken)
    return True


def _step(work: Work, inquiry: Inquiry) -> tuple[Level, _Grievance] | None:
    grievance = _grievance(work, inquiry)
    if grievance is None:
        return None
    taken = of_this_time(work, inquiry)
    if any(step.withdrawn_at for step in taken):
        return None
    waited = everybodys(work).at(work.now).business_time(grievance.since, work.now)
    rules = escalation_rules.in_force(work)
    level = next_level(waited, {Level(step.level) for step in taken}, after=rules.after)
    return (level, grievance) if level and _hours_of(work, level, inquiry).is_open_at(work.now) else None


def _hours_of(work: Work, level: Level, inquiry: Inquiry) -> BusinessCalendar:
    is_theirs = level is Level.SUPERVISOR
    return timing.calendar_now(work, inquiry.insurer_id) if is_theirs else everybodys(work).at(work.now)


def _grievance(work: Work, inquiry: Inquiry) -> _Grievance | None:
    state, due = State(inquiry.state), timing.due_of(work, inquiry)
    if state is State.REFUSED:
        refused = [step.at for step in inquiry.steps if step.event == Event.REFUSE]
        return _Grievance(Reason.REFUSED, refused[-1])
    is_owed = state in OPEN or timing.is_undelivered(inquiry)
    if not is_owed or work.now <= due or state is State.CLARIFYING:
        return None
    if inquiry.expected_at is None:
        return _Grievance(Reason.NO_CONTACT if state is State.FILED else Reason.OVERDUE, due)
    promised = max(due, inquiry.expected_at)
    return _Grievance(Reason.DELAY_PASSED, promised) if work.now > promised else None


def of_this_time(work: Work, inquiry: Inquiry) -> list[Escalation]:
    """Return the steps taken since the answer was last owed: one that was taken back is owed anew."""
    began = timing.began_at(inquiry)
    return [step for step in escalations_of(work.session, inquiry.id) if step.owed_since == began]


def leave(work: Work, mail_id: str) -> None:
    """Let the notice of a step leave while the matter is not settled.

    :raises Forbidden: if the answer came, a delay was announced, or the step was withdrawn.
    """
    mail = outbox.leaving(work, mail_id)
    step, inquiry = _step_of(work, mail), held_inquiry(work.session, mail.inquiry_id or "")
    is_of_now = step.withdrawn_at is None and step.owed_since == timing.began_at(inquiry)
    if not is_of_now or _grievance(work, inquiry) is None:
        raise Forbidden("mail:settled_meanwhile")


def opens_next(work: Work, mail: OutgoingMail) -> datetime | None:
    """Return when those whom a notice is for are at work again, or None while they are."""
    step = _step_of(work, mail)
    return _hours_of(work, Level(step.level), step.inquiry).opens_next(work.now)


def _step_of(work: Work, mail: OutgoingMail) -> Escalation:
    return work.session.get_one(Escalation, mail.escalation_id)


def tasks(work: Work) -> list[Escalation]:
    """Return the steps that came to the actor's page and are not settled, the oldest first."""
    scope = None if work.actor.role is Role.PMO_STAFF else work.scope
    return standing_at(work.session, LEVEL_OF[work.actor.role], scope=scope)


def withdraw(work: Work, inquiry_id: str, version: int, *, note: str) -> Inquiry:
    """Withdraw what was raised about an inquiry, because the parties settled it; no further step follows.

    Notices that have not left are taken back.

    :raises Forbidden: if nothing stands, or the actor is no clerk.
    :raises InvalidValue: if it is not said how it was settled.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    guard.enforce({"note": note})
    standing = [step for step in of_this_time(work, inquiry) if step.withdrawn_at is None]
    if not standing or work.actor.role is not Role.CLERK:
        raise Forbidden("reminding:nothing_stands")
    if not note.strip():
        raise InvalidValue("reminding:note_missing", field="note")
    for step in standing:
        step.withdrawn_at, step.withdrawn_by = work.now, work.actor.account_id
        step.withdrawn_ct = work.seal(note.strip(), "escalation.withdrawn", step.id)
    noticing.take_back(work, standing)
    work.note(inquiry, "reminder_withdrawn", note=note.strip())
    return inquiry
