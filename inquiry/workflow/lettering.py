"""STEP2 ⑤ iii: the answer as a letter, and the question for dates on paper (文書による回答・依頼).

Source    memo annex STEP2 ⑤ iii, ※6; flowchart (3).
Decides   when a letter has its number, and that it was fetched or posted; that nobody has it any more once an answer
          in it was taken back; that two letters bear no one 引受番号.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.inquiry import Event, State, arrow
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.store.answering import Answer, answer_given
from inquiry.store.four_eyes import with_draft
from inquiry.store.inquiries import Inquiry
from inquiry.store.issuing import letter_hashed
from inquiry.store.letters import (
    JointAnswer,
    answers_sharing,
    inquiries_sharing,
    is_tracking_number_known,
    shares_letter,
    taken_back,
)
from inquiry.store.paperwork import held_series
from inquiry.workflow import issuing
from inquiry.workflow.answer_files import AnswerFile, as_file
from inquiry.workflow.answering import check_reader, check_seen, file_of, give, in_preparation, keep_file, prepared
from inquiry.workflow.clarifying import QUESTION_PRINTED
from inquiry.workflow.composing import answer_letter, joint_letter, letter_for
from inquiry.workflow.stationery import next_document_number
from inquiry.workflow.work import Work

# The post office gives its numbers out again, but none before a year is over.
TRACKING_NUMBERS_LAST: Final = timedelta(days=365)
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
    :raises Forbidden: if one of them is not to the same person, its answer is not prepared as a letter, or another
        roster says otherwise since.
    """
    work.hold([inquiry_id, *others])
    inquiry = work.inquiry(inquiry_id, version=version)
    open_to_it = {each.id for each in together_with(work, inquiry)}
    if not others:
        raise InvalidValue("letter:nothing_together", field="others")
    if not set(others) <= open_to_it:
        raise Forbidden("letter:other_addressee")
    inquiries = [inquiry, *(work.inquiry(each) for each in others)]
    answers = [(each, _prepared_letter(work, each)) for each in inquiries]
    for each, answer in answers[1:]:
        check_seen(work, each, answer)
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
    :raises Forbidden: if another answer that it tells was taken back.
    """
    hold_told(work, [inquiry_id])
    inquiry = work.inquiry(inquiry_id)
    answer = in_preparation(work, inquiry) or answer_given(work.session, inquiry.id)
    if answer is None or answer.channel != Channel.LETTER:
        raise NotFound("answer:no_file")
    if is_taken_back(work, answer):
        raise Forbidden("letter:taken_back")
    return as_file(work, inquiry, answer, read(work, answer))


def is_taken_back(work: Work, answer: Answer) -> bool:
    """Say whether any answer that stands in the letter of this one was taken back."""
    return bool(taken_back(work.session, [answer.file_sha256]))


def read(work: Work, answer: Answer) -> bytes:
    """Open the letter of an answer; recorded as a reading of everybody it tells of."""
    content = file_of(work, answer)
    for each in told_with(work, answer):
        work.record("inquiry:letter_previewed", work.inquiry(each.inquiry_id), answer=each.id)
    return content


def hold_told(work: Work, inquiry_ids: Collection[str]) -> None:
    """Hold the inquiries and all that are told in their letters; call it before any of them is held."""
    work.hold(inquiries_sharing(work.session, inquiry_ids))


def told_with(work: Work, answer: Answer) -> list[Answer]:
    """Return the answers that stand in the letter of this one, itself among them."""
    return answers_sharing(work.session, answer.file_sha256) or [answer]


def check_unchanged(answer: Answer, told: Sequence[Answer]) -> None:
    """Refuse a letter that tells an answer which was changed after it was printed.

    :raises Forbidden: if one was.
    """
    if any(each.file_sha256 != answer.file_sha256 for each in told):
        raise Forbidden("letter:joint_changed")


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
    :raises InvalidValue: if it is dated ahead or before the letter, or the tracking number is none or another letter's.
    """
    hold_told(work, [inquiry_id])
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = _prepared_letter(work, inquiry)
    _check_day(work, answer, posting.posted_on)
    posted = told_with(work, answer)
    check_unchanged(answer, posted)
    inquiries = [work.inquiry(each.inquiry_id) for each in posted]
    # Whoever records a number of the insurer's at the same moment waits for this one.
    held_series(work.session, f"tracking:{inquiry.insurer_id}")
    digits = tracking_number(work, posting.tracking_number, besides=answer.file_sha256)
    for each, told in zip(inquiries, posted, strict=True):
        told.posted_on, told.tracking_number = posting.posted_on, digits
        number = {"tracking": digits} if digits else {}
        give(work, each, told, delivery=Delivery.POST, posted=posting.posted_on.isoformat(), **number)
    return inquiry


def _check_day(work: Work, answer: Answer, posted_on: date) -> None:
    if posted_on > work.today:
        raise InvalidValue("letter:posted_ahead", field="posted_on")
    letter = letter_hashed(work.session, answer.file_sha256)
    if letter is not None and posted_on < letter.issued_on:
        raise InvalidValue("letter:posted_before_made", field="posted_on")


def tracking_number(work: Work, typed: str, *, besides: str = "") -> str:
    """Return a 引受番号 as it is kept, "" where none was typed; `besides` is the hash of the letter that may bear it.

    :raises InvalidValue: if the post office has no such number, or another letter of the insurer's bears it.
    """
    digits = "".join(normalize("NFKC", typed).replace("-", "").split())
    if not digits:
        return ""
    if not is_tracking_number(digits):
        raise InvalidValue("letter:no_tracking_number", field="tracking_number")
    since = work.today - TRACKING_NUMBERS_LAST
    if is_tracking_number_known(work.session, work.actor.insurer_id or "", digits, since=since, besides=besides):
        raise InvalidValue("letter:tracking_number_known", field="tracking_number")
    return digits


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
