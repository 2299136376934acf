"""STEP2 ⑤ once more: an answer that was given is taken back, and another one replaces it (回答の取消し・差替え).

Source    memo annex STEP2 ④-⑤: only the right items about the right person may stand as an answer.
Decides   that nothing of an answer taken back is read again outside the insurer, and that the municipality takes note.
Not here  the answer that replaces it: answering.py, through the same gate as the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inquiry.domain.correction import RETRACTIONS, Cause, event_for
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.inquiry import Event
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.security import guard
from inquiry.store.answering import Answer, answer_given, identification_in_force, refresh_about
from inquiry.store.correcting import (
    Retraction,
    retractions_of,
    unacknowledged,
    unacknowledged_in,
    unacknowledged_on_desk,
)
from inquiry.store.inquiries import Desk, Inquiry, Step
from inquiry.workflow import file_contents, timing
from inquiry.workflow.work import JST, Work

# What of the municipality's may come between an officer's look at the page and the word that the answer is wrong.
_IN_BETWEEN = (Event.RECEIVE, Event.SETTLE)
_DATING = frozenset({"file_made", "file_remade", "letter_released"})


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An answer that was taken back, as both sides may know of it; `number` is that of its document, if it had one."""

    answer: Answer
    retraction: Retraction
    dated_on: date
    number: str


def retract(work: Work, inquiry_id: str, version: int, *, cause: Cause, reason: str) -> Inquiry:
    """Take back the answer that was given: the inquiry is open again, and due the same day of business.

    :raises NotFound: if no answer stands.
    :raises InvalidValue: if the reason is missing, or something is said to have come back that was never sent.
    """
    inquiry = work.inquiry(inquiry_id, version=version, besides=_IN_BETWEEN)
    answer = answer_given(work.session, inquiry.id)
    if answer is None:
        raise NotFound("answer:not_given")
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("correction:reason_missing", field="reason")
    if cause is Cause.RETURNED and answer.posted_on is None and answer.handed_out_at is None:
        raise InvalidValue("correction:not_posted", field="cause")
    happened = event_for(cause, ReplyKind(answer.kind))
    file_contents.forget(answer)
    work.session.add(
        Retraction(
            answer_id=answer.id,
            inquiry_id=inquiry.id,
            cause=cause,
            reason_ct=work.seal(reason, "retraction.reason", answer.id),
            made_at=work.now,
            made_by=work.actor.account_id,
        )
    )
    inquiry.answered_at = inquiry.received_at = inquiry.settled_at = inquiry.expected_at = None
    if happened is Event.RETRACT_FINDING:
        _set_finding_aside(work, inquiry)
    work.advance(inquiry, happened, answer=answer.id, reason=cause)
    return inquiry


def _set_finding_aside(work: Work, inquiry: Inquiry) -> None:
    found = identification_in_force(work.session, inquiry.id)
    if found is not None:
        found.set_aside_at = work.now
    refresh = refresh_about(work.session, inquiry.id)
    if refresh is not None and refresh.done_at is None:
        # It would bring up to date the copy of somebody who may be the wrong one.
        work.record("inquiry:copy_refresh_dropped", inquiry, refresh=refresh.id)
        work.session.delete(refresh)


def acknowledge(work: Work, inquiry_id: str, version: int, *, note: str = "") -> Inquiry:
    """Record that the municipality took note; an officer does so for one outside the system, and says who was told.

    :raises Forbidden: if nothing waits for it.
    :raises Superseded: if another answer was taken back since the page was read.
    """
    inquiry = work.inquiry(inquiry_id)
    since = [step for step in inquiry.steps[version:] if step.event in RETRACTIONS]
    if since:
        raise Superseded(by=since[-1].by_name, event=since[-1].event)
    guard.enforce({"note": note})
    if work.actor.role is Role.OFFICER and not note.strip():
        raise InvalidValue("correction:told_missing", field="note")
    waiting = unacknowledged(work.session, inquiry.id)
    if not waiting:
        raise Forbidden("correction:nothing_to_acknowledge")
    for retraction in waiting:
        retraction.acknowledged_at, retraction.acknowledged_by = work.now, work.actor.account_id
    work.advance(inquiry, Event.ACKNOWLEDGE, note=note)
    return inquiry


def is_unacknowledged(work: Work, inquiry: Inquiry) -> bool:
    """Say whether an answer was taken back of which the municipality has not taken note."""
    return bool(unacknowledged(work.session, inquiry.id))


def taken_back(work: Work, inquiry: Inquiry) -> tuple[TakenBack, ...]:
    """Return the answers of an inquiry that were taken back, the latest first; nothing sealed is opened."""
    rows = retractions_of(work.session, inquiry.id)
    places = reversed(timing.retracted_at(inquiry))
    return tuple(_as_known(work, inquiry, row, place=place) for row, place in zip(rows, places, strict=True))


def _as_known(work: Work, inquiry: Inquiry, row: Retraction, *, place: int) -> TakenBack:
    answer = work.session.get_one(Answer, row.answer_id)
    number = answer.document_number if answer.channel != Channel.CALL_BACK else ""
    return TakenBack(answer, row, _dated_on(answer, inquiry.steps[:place]), number)


def _dated_on(answer: Answer, before: Sequence[Step]) -> date:
    """Return the day that stands on the document that was taken back, or on which it was told by telephone."""
    made = [step.at for step in before if step.event in _DATING and answer.channel != Channel.CALL_BACK]
    at = made[-1] if made else answer.given_at or answer.prepared_at
    return at.astimezone(JST).date()


def replaced(work: Work, inquiry: Inquiry) -> TakenBack | None:
    """Return what the answer in preparation, or the one that stands, replaces: the latest that was taken back."""
    return next(iter(taken_back(work, inquiry)), None)


def reason_of(work: Work, retraction: Retraction) -> str:
    """Open why an answer was taken back; for the insurer alone, and the caller records the reading."""
    reason: str = work.open(retraction.reason_ct, "retraction.reason", retraction.answer_id)
    return reason


def waiting(work: Work) -> list[Inquiry]:
    """Return the inquiries whose municipality has not taken note yet: of the insurer, or of the clerk's section."""
    if work.actor.role is Role.OFFICER:
        return unacknowledged_in(work.session, work.scope)
    return unacknowledged_on_desk(work.session, work.scope, Desk(work.actor.account_id, work.actor.section))
