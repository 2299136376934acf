"""STEP3 ⑥: the municipality receives the answer and carries on; or it withdraws (受領・対応終了・取下げ).

Source    memo annex STEP3 ⑥; STEP1 ② (an inquiry may be taken back while nobody has answered).
"""

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.inquiry import Event, State
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel
from inquiry.security import guard
from inquiry.store.answering import answer_given
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import correcting, delivering, undelivered
from inquiry.workflow.answer_files import AnswerFile, as_file
from inquiry.workflow.answering import file_of, items_of
from inquiry.workflow.work import Work


def fetch(work: Work, inquiry_id: str) -> AnswerFile:
    """Hand the answer's file to the clerk who has the inquiry and keep the receipt.

    Whoever calls this has asked the clerk for the password again (`accounts.confirm`).
    :raises Forbidden: if anybody else would fetch it, too late, or too often.
    :raises NotFound: if no answer was given, or it was not given for download.
    """
    if work.actor.role is not Role.CLERK:
        raise Forbidden("inquiry:municipality_decides")
    inquiry = work.inquiry(inquiry_id)
    answer = delivering.given(work, inquiry)
    delivering.check(work, inquiry, answer)
    content = file_of(work, answer)
    delivering.keep_receipt(work, answer)
    if State(inquiry.state) is State.ANSWERED and inquiry.received_at is None:
        inquiry.received_at = work.now
        work.advance(inquiry, Event.RECEIVE, answer=answer.id)
    work.record("answer:fetched", inquiry, answer=answer.id, times=str(answer.downloads))
    return as_file(work, inquiry, answer, content)


def told_by_telephone(work: Work, inquiry: Inquiry) -> dict[str, str]:
    """Return what was read out on the telephone, as a record for the one it was read to; recorded as a reading."""
    answer = answer_given(work.session, inquiry.id)
    if answer is None or answer.channel != Channel.CALL_BACK:
        return {}
    work.record("answer:read", inquiry, answer=answer.id)
    return items_of(work, answer)


def settle(work: Work, inquiry_id: str, version: int, *, note: str = "") -> Inquiry:
    """Close an inquiry after its answer was used.

    :raises Forbidden: if an answer was taken back and nobody has taken note of it, or an officer settles for a
        municipality that an answer by mail has not reached.
    """
    inquiry = work.inquiry(inquiry_id, version=version, besides=(Event.RECEIVE,))
    guard.enforce({"note": note})
    if correcting.is_unacknowledged(work, inquiry):
        raise Forbidden("correction:acknowledge_first")
    undelivered.used(work, inquiry)
    inquiry.settled_at = work.now
    work.advance(inquiry, Event.SETTLE, note=note)
    return inquiry


def withdraw(work: Work, inquiry_id: str, version: int, *, reason: str) -> Inquiry:
    """Take an inquiry back before it is answered.

    :raises InvalidValue: if no reason is given.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("withdrawal:reason_missing", field="reason")
    work.advance(inquiry, Event.WITHDRAW, note=reason)
    return inquiry
