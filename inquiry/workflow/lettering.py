"""STEP2 ⑤ iii: the answer as a letter, and the question for dates on paper (文書による回答・依頼).

Source    memo annex STEP2 ⑤ iii, ※6; flowchart (3).
Decides   when a letter has its number, and that it was fetched or posted.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.inquiry import Event, State, arrow
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.store.answering import Answer, answer_given
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import issuing
from inquiry.workflow.answer_files import AnswerFile, as_file
from inquiry.workflow.answering import check_reader, file_of, give, in_preparation, items_of, keep_file, prepared
from inquiry.workflow.clarifying import QUESTION_PRINTED
from inquiry.workflow.composing import letter_for, next_document_number
from inquiry.workflow.work import Work


class Delivery(StrEnum):
    """How a letter reaches the municipality."""

    DOWNLOAD = "download"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Posting:
    """That a letter was posted: when, and under which 引受番号 (11 digits; may be empty)."""

    posted_on: date
    tracking_number: str = ""


def release(work: Work, inquiry_id: str, version: int) -> Inquiry:
    """Number, print and seal the letter of the prepared answer; a character that no font can draw stops it."""
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = _prepared_letter(work, inquiry)
    answer.document_number = answer.document_number or next_document_number(work, inquiry)
    letter = letter_for(
        work, inquiry, ReplyKind(answer.kind), number=answer.document_number, told=items_of(work, answer)
    )
    keep_file(work, answer, issuing.issue(work, inquiry, letter, answer=answer))
    work.note(inquiry, "letter_released", answer=answer.id, sha256=answer.file_sha256)
    return inquiry


def preview(work: Work, inquiry_id: str) -> AnswerFile:
    """Open the letter as it was printed, for the officer who checks or posts it; recorded as a reading.

    :raises NotFound: if no letter is prepared or given.
    """
    inquiry = work.inquiry(inquiry_id)
    answer = in_preparation(work, inquiry) or answer_given(work.session, inquiry.id)
    if answer is None or answer.channel != Channel.LETTER:
        raise NotFound("answer:no_file")
    content = file_of(work, answer)
    work.record("inquiry:letter_previewed", inquiry, answer=answer.id)
    return as_file(work, inquiry, answer, content)


def give_by_download(work: Work, inquiry_id: str, version: int) -> Inquiry:
    """Let the municipality fetch the letter inside the system; that is the answer."""
    inquiry = work.inquiry(inquiry_id, version=version)
    check_reader(work, inquiry)
    give(work, inquiry, _prepared_letter(work, inquiry), delivery=Delivery.DOWNLOAD)
    return inquiry


def give_by_post(work: Work, inquiry_id: str, version: int, posting: Posting) -> Inquiry:
    """Record that the letter was posted; that is the answer.

    :raises InvalidValue: if it is dated ahead, or the tracking number is none.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = _prepared_letter(work, inquiry)
    if posting.posted_on > work.today:
        raise InvalidValue("letter:posted_ahead", field="posted_on")
    digits = posting.tracking_number.replace("-", "").strip()
    if digits and not is_tracking_number(digits):
        raise InvalidValue("letter:no_tracking_number", field="tracking_number")
    answer.posted_on, answer.tracking_number = posting.posted_on, digits
    give(work, inquiry, answer, delivery=Delivery.POST)
    return inquiry


def is_tracking_number(digits: str) -> bool:
    """Say whether this is a 書留 number of the post office: the last digit is the others modulo seven."""
    return digits.isascii() and digits.isdigit() and len(digits) == 11 and int(digits[:-1]) % 7 == int(digits[-1])


def print_question(work: Work, inquiry_id: str, version: int) -> tuple[Inquiry, bytes]:
    """Print the question for dates of acquisition and loss, for a municipality that is asked on paper."""
    inquiry = work.inquiry(inquiry_id, version=version)
    arrow(State(inquiry.state), Event.ASK_DATES)
    number = next_document_number(work, inquiry)
    content = issuing.issue(work, inquiry, letter_for(work, inquiry, ReplyKind.DATES_REQUEST, number=number))
    work.note(inquiry, QUESTION_PRINTED, document=number)
    return inquiry, content


def _prepared_letter(work: Work, inquiry: Inquiry) -> Answer:
    answer = prepared(work, inquiry)
    if answer.channel != Channel.LETTER:
        raise Forbidden("answer:other_channel")
    return answer
