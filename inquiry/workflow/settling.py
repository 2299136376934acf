"""STEP3 ⑥: the municipality receives the answer and carries on; or it withdraws (受領・対応終了・取下げ).

Source    memo annex STEP3 ⑥; STEP1 ② (an inquiry may be taken back while nobody has answered).
"""

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.inquiry import Event, State
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel
from inquiry.security import guard
from inquiry.store.answering import Answer, answer_given
from inquiry.store.correcting import retractions_of
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import correcting
from inquiry.workflow.answer_files import AnswerFile, as_file
from inquiry.workflow.answering import file_of, items_of
from inquiry.workflow.work import Work


def fetch(work: Work, inquiry_id: str) -> AnswerFile:
    """Hand the answer's file to the municipality and record the receipt.

    :raises Forbidden: if an officer would fetch it: the receipt is the municipality's.
    :raises NotFound: if no answer was given, or it was not given for download.
    """
    if work.actor.role is not Role.CLERK:
        raise Forbidden("inquiry:municipality_decides")
    inquiry = work.inquiry(inquiry_id)
    answer = given(work, inquiry)
    if answer.channel == Channel.CALL_BACK or answer.handed_out_at is not None or answer.posted_on is not None:
        raise NotFound("answer:no_file")
    content = file_of(work, answer)
    answer.downloads += 1
    if State(inquiry.state) is State.ANSWERED and inquiry.received_at is None:
        inquiry.received_at = work.now
        work.advance(inquiry, Event.RECEIVE, answer=answer.id)
    work.record("answer:fetched", inquiry, answer=answer.id, times=str(answer.downloads))
    return as_file(work, inquiry, answer, content)


def given(work: Work, inquiry: Inquiry) -> Answer:
    """Return the answer that was given.

    :raises NotFound: if none was, or it was taken back.
    """
    answer = answer_given(work.session, inquiry.id)
    if answer is None and retractions_of(work.session, inquiry.id):
        raise NotFound("answer:taken_back")
    if answer is None:
        raise NotFound("answer:not_given")
    return answer


def told_by_telephone(work: Work, inquiry: Inquiry) -> dict[str, str]:
    """Return what was read out on the telephone, as a record for the one it was read to; recorded as a reading."""
    answer = answer_given(work.session, inquiry.id)
    if answer is None or answer.channel != Channel.CALL_BACK:
        return {}
    work.record("answer:read", inquiry, answer=answer.id)
    return items_of(work, answer)


def settle(work: Work, inquiry_id: str, version: int, *, note: str = "") -> Inquiry:
    """Close an inquiry after its answer was used.

    :raises Forbidden: if an answer was taken back and nobody has taken note of it.
    """
    inquiry = work.inquiry(inquiry_id, version=version, besides=(Event.RECEIVE,))
    guard.enforce({"note": note})
    if correcting.is_unacknowledged(work, inquiry):
        raise Forbidden("correction:acknowledge_first")
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
