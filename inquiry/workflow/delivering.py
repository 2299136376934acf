"""An answer that waits in the system: who fetches it, until when and how often, and its receipts (受渡し).

Source    memo annex STEP2 ⑤ ⅱ-ⅲ; memo annex STEP3 ⑥.
Decides   that one named person fetches it: the clerk who filed the inquiry or has taken it up since.
Not here  asking that person for the password again: accounts.py. Taking an inquiry over: joining.py.
"""

from dataclasses import dataclass
from datetime import date

from inquiry.domain.calendar import day_of
from inquiry.domain.delivery import Standing, last_day, standing
from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel
from inquiry.store.answering import Answer, answer_given
from inquiry.store.correcting import retractions_of
from inquiry.store.inquiries import Inquiry
from inquiry.store.organisations import Account
from inquiry.store.receipts import Receipt, receipts_of
from inquiry.workflow import file_contents, file_settings, four_eyes
from inquiry.workflow.timetables import timetable_of
from inquiry.workflow.work import Work

OFFERED_AGAIN = "offered_again"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How an answer waits: the last day, how often it was fetched since it was offered, and how often it may be."""

    until_on: date
    fetched: int
    times: int
    standing: Standing
    receipts: tuple[Receipt, ...]


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


def waits_here(answer: Answer) -> bool:
    """Say whether an answer is one that the municipality fetches in the system."""
    is_sent = answer.handed_out_at is not None or answer.posted_on is not None
    return answer.given_at is not None and answer.channel != Channel.CALL_BACK and not is_sent


def named_id(inquiry: Inquiry) -> str:
    """Return the account that has the inquiry: who filed it, or has taken it up since."""
    return inquiry.taken_up_by or inquiry.filed_by


def named(work: Work, inquiry: Inquiry) -> Account:
    """Return the person who may fetch the answer."""
    return work.session.get_one(Account, named_id(inquiry))


def waiting(work: Work, inquiry: Inquiry, answer: Answer) -> Waiting:
    """Return how an answer waits, by the insurer's terms as they are now and its calendar when it was offered."""
    terms = file_settings.in_force(work, inquiry.insurer_id).settings.terms
    offered_at = answer.offered_at or answer.given_at or work.now
    calendar = timetable_of(work, inquiry.insurer_id).at(offered_at)
    until_on = last_day(day_of(offered_at), terms, calendar)
    fetched = answer.downloads - answer.downloads_before
    stands = standing(work.today, until_on, fetched=fetched, times=terms.times)
    return Waiting(until_on, fetched, terms.times, stands, tuple(receipts_of(work.session, answer.id)))


def check(work: Work, inquiry: Inquiry, answer: Answer) -> None:
    """Refuse an answer to anybody but the named person, after its last day, and once it was fetched often enough.

    A file that was made again is refused to everybody until a second person has seen it, where the insurer wants that.

    :raises NotFound: if it was not given for download.
    :raises Forbidden: for each of the others.
    """
    if not waits_here(answer):
        raise NotFound("answer:no_file")
    if work.actor.account_id != named_id(inquiry):
        raise Forbidden("delivery:another_fetches")
    if four_eyes.holds_back(work, inquiry, answer):
        raise Forbidden("delivery:held_back")
    stands = waiting(work, inquiry, answer).standing
    if stands is Standing.EXPIRED:
        raise Forbidden("delivery:expired")
    if stands is Standing.USED_UP:
        raise Forbidden("delivery:used_up")


def keep_receipt(work: Work, answer: Answer) -> None:
    """Count one more fetching and keep who it was; the caller records it."""
    answer.downloads += 1
    answer.held_at = None
    file_contents.forget(answer)
    work.session.add(
        Receipt(
            answer_id=answer.id,
            number=answer.downloads,
            fetched_at=work.now,
            fetched_by=work.actor.account_id,
            fetched_by_name=work.actor.display_name,
            file_sha256=answer.file_sha256,
        )
    )


def offer_again(work: Work, inquiry_id: str, version: int) -> Inquiry:
    """Let the named person fetch an answer once more whose wait is over: days and times are counted anew.

    :raises NotFound: if no answer waits in the system, or it was taken back.
    :raises Forbidden: if a clerk would, or the answer may still be fetched.
    """
    if work.actor.role is not Role.OFFICER:
        raise Forbidden("inquiry:insurer_decides")
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = given(work, inquiry)
    if not waits_here(answer):
        raise NotFound("answer:no_file")
    if waiting(work, inquiry, answer).standing is Standing.OPEN:
        raise Forbidden("delivery:open_still")
    count_anew(work, answer)
    work.note(inquiry, OFFERED_AGAIN, answer=answer.id)
    return inquiry


def count_anew(work: Work, answer: Answer) -> None:
    """Begin days and times of an answer anew; the caller records why."""
    answer.offered_at, answer.downloads_before = work.now, answer.downloads
