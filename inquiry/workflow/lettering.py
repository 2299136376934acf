"""STEP2 ⑤ iii: the answer as a letter, and the question for dates on paper (文書による回答・依頼).

Source    memo annex STEP2 ⑤ iii, ※6; flowchart (3).
Decides   when a letter has its number, and that it was fetched or posted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.inquiry import Event, State, arrow
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.store.answering import Answer, answer_given
from inquiry.store.four_eyes import with_draft
from inquiry.store.inquiries import Inquiry
from inquiry.store.letters import JointAnswer, answers_sharing, shares_letter
from inquiry.workflow import issuing
from inquiry.workflow.answer_files import AnswerFile, as_file
from inquiry.workflow.answering import check_reader, file_of, give, in_preparation, keep_file, prepared
from inquiry.workflow.clarifying import QUESTION_PRINTED
from inquiry.workflow.composing import answer_letter, joint_letter, letter_for
from inquiry.workflow.stationery import next_document_number
from inquiry.workflow.work import Work

_ANSWERABLE = [State.IDENTIFIED.value, State.NOT_FOUND.value]


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
    if _shares(work, answer):
        # The number belongs to the letter that told others too.
        answer.document_number = ""
    letter = answer_letter(work, inquiry, answer)
    keep_file(work, answer, issuing.issue(work, inquiry, letter, answer=answer))
    work.note(inquiry, "letter_released", answer=answer.id, sha256=answer.file_sha256)
    return inquiry


def together_with(work: Work, inquiry: Inquiry) -> list[Inquiry]:
    """Return the other inquiries of the same person whose answer waits for its letter; nothing is opened."""
    drafted = [each for each in with_draft(work.session, work.scope, _ANSWERABLE) if each.id != inquiry.id]
    return [each for each in drafted if _addressee(each) == _addressee(inquiry) and _is_letter(work, each)]


def release_together(work: Work, inquiry_id: str, version: int, others: Sequence[str]) -> Inquiry:
    """Print one letter that tells the answers to several inquiries of the same person (memo annex ※6).

    Each answer still passes the gate by itself, all of them when the letter is posted.
    :raises InvalidValue: if no other inquiry is named.
    :raises Forbidden: if one of them is not to the same person, or its answer is not prepared as a letter.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    open_to_it = {each.id for each in together_with(work, inquiry)}
    if not others:
        raise InvalidValue("letter:nothing_together", field="others")
    if not set(others) <= open_to_it:
        raise Forbidden("letter:other_addressee")
    inquiries = [inquiry, *(work.inquiry(each) for each in others)]
    answers = [(each, _prepared_letter(work, each)) for each in inquiries]
    letter = joint_letter(work, answers, number=next_document_number(work))
    content = issuing.issue(work, inquiry, letter, answer=answers[0][1])
    for each, answer in answers:
        keep_file(work, answer, content)
        answer.document_number, answer.wording_version = letter.number, letter.wording_version
        work.session.add(JointAnswer(file_sha256=answer.file_sha256, answer_id=answer.id))
        work.note(each, "letter_released", answer=answer.id, sha256=answer.file_sha256)
    return inquiry


def sharing(work: Work, answer: Answer) -> list[Inquiry]:
    """Return the other inquiries whose answers stand in the same letter."""
    others = [each for each in answers_sharing(work.session, answer.file_sha256) if each.id != answer.id]
    return [work.session.get_one(Inquiry, each.inquiry_id) for each in others]


def _shares(work: Work, answer: Answer) -> bool:
    return bool(answer.document_number and shares_letter(work.session, answer.id))


def _addressee(inquiry: Inquiry) -> tuple[str, str, str]:
    return inquiry.municipality_code, inquiry.section, inquiry.person


def _is_letter(work: Work, inquiry: Inquiry) -> bool:
    draft = in_preparation(work, inquiry)
    return draft is not None and draft.channel == Channel.LETTER


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
    answer = _prepared_letter(work, inquiry)
    if answers_sharing(work.session, answer.file_sha256):
        # Whoever fetches one would read the others, which may be taken back one by one.
        raise Forbidden("letter:joint_by_post")
    give(work, inquiry, answer, delivery=Delivery.DOWNLOAD)
    return inquiry


def give_by_post(work: Work, inquiry_id: str, version: int, posting: Posting) -> Inquiry:
    """Record that the letter was posted; that is the answer, to every inquiry it tells one to, or to none.

    :raises Forbidden: if an answer it tells was changed after it was printed.
    :raises InvalidValue: if it is dated ahead, or the tracking number is none.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = _prepared_letter(work, inquiry)
    if posting.posted_on > work.today:
        raise InvalidValue("letter:posted_ahead", field="posted_on")
    digits = posting.tracking_number.replace("-", "").strip()
    if digits and not is_tracking_number(digits):
        raise InvalidValue("letter:no_tracking_number", field="tracking_number")
    posted = answers_sharing(work.session, answer.file_sha256) or [answer]
    if any(each.file_sha256 != answer.file_sha256 for each in posted):
        raise Forbidden("letter:joint_changed")
    for each in posted:
        each.posted_on, each.tracking_number = posting.posted_on, digits
        give(work, work.inquiry(each.inquiry_id), each, delivery=Delivery.POST)
    return inquiry


def is_tracking_number(digits: str) -> bool:
    """Say whether this is a 書留 number of the post office: the last digit is the others modulo seven."""
    return digits.isascii() and digits.isdigit() and len(digits) == 11 and int(digits[:-1]) % 7 == int(digits[-1])


def print_question(work: Work, inquiry_id: str, version: int) -> tuple[Inquiry, bytes]:
    """Print the question for dates of acquisition and loss, for a municipality that is asked on paper."""
    inquiry = work.inquiry(inquiry_id, version=version)
    arrow(State(inquiry.state), Event.ASK_DATES)
    number = next_document_number(work)
    content = issuing.issue(work, inquiry, letter_for(work, inquiry, ReplyKind.DATES_REQUEST, number=number))
    work.note(inquiry, QUESTION_PRINTED, document=number)
    return inquiry, content


def _prepared_letter(work: Work, inquiry: Inquiry) -> Answer:
    answer = prepared(work, inquiry)
    if answer.channel != Channel.LETTER:
        raise Forbidden("answer:other_channel")
    return answer
