"""STEP2 ⑤ ⅰ: the call back to the municipality's main line (代表電話への折り返し).

Source    memo annex STEP2 ⑤ ⅰ なりすまし防止; flowchart (1), ※2, ※5.
Decides   which number is dialled (the directory's), and when a call counts as confirmed: both check words right.
Not here  what is said during the call: answering.py, clarifying.py; they ask `confirmed_call`.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from inquiry.domain.errors import Forbidden, InvalidValue, NotDisclosable, NotFound
from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.parties import Entrance
from inquiry.security import guard
from inquiry.security.check_words import new_pair, same_word
from inquiry.store.answering import CallBack, call_in_progress, calls_of
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry, inquiry_within
from inquiry.store.organisations import display_names
from inquiry.workflow.work import Work

WRONG_WORDS_END_CALL: Final = 3
LONGEST_CALL: Final = timedelta(hours=1)


class Outcome(StrEnum):
    """How a call ended (通話の結果)."""

    REACHED = "reached"
    NOT_IN = "not_in"
    BUSY = "busy"
    NO_SUCH_PERSON = "no_such_person"
    WRONG_WORDS = "wrong_words"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PastCall:
    """One call as it is read: who was reached is opened."""

    call: CallBack
    reached: str


def start(work: Work, inquiry_id: str) -> CallBack:
    """Begin a call to the main line of the directory, with a fresh pair of check words.

    An inquiry that came by telephone or paper has no page on the other side, so no words are dealt: the main line
    alone vouches for it, as the memo has it.
    :raises NotDisclosable: if the inquirer is not confirmed yet, or the directory holds no main line.
    """
    inquiry = work.inquiry(inquiry_id)
    if inquiry.confirmed_at is None:
        raise NotDisclosable("gate:inquirer_not_confirmed")
    if State(inquiry.state) not in (*OPEN, State.ANSWERED):
        raise Forbidden("calling:nothing_to_say")
    if not inquiry.municipality.main_line:
        raise NotDisclosable("calling:no_main_line")
    if call_in_progress(work.session, inquiry.id) is not None:
        raise Forbidden("calling:call_in_progress")
    words = new_pair(secrets.choice) if inquiry.entrance == Entrance.SYSTEM else ("", "")
    call = CallBack(
        id=new_id(),
        inquiry_id=inquiry.id,
        number_dialled=inquiry.municipality.main_line,
        municipality_word=words[0],
        insurer_word=words[1],
        started_at=work.now,
        started_by=work.actor.account_id,
        carried=[],
        outcome="",
        wrong_words=0,
    )
    work.session.add(call)
    work.note(inquiry, "call_started", call=call.id)
    return call


def hear(work: Work, inquiry_id: str, *, word: str, reached: str) -> CallBack:
    """Write down who was reached and the word they read out; a third wrong word ends the call.

    :raises InvalidValue: if nobody is named. A wrong word raises nothing: it is counted, and kept.
    """
    inquiry = work.inquiry(inquiry_id)
    call = in_progress(work, inquiry)
    guard.enforce({"reached": reached})
    if not reached.strip():
        raise InvalidValue("calling:reached_missing", field="reached")
    call.reached_ct = work.seal(reached, "call_back.reached", call.id)
    if call.municipality_word and not same_word(word, call.municipality_word):
        call.wrong_words += 1
        work.note(inquiry, "call_wrong_word", call=call.id)
        if call.wrong_words >= WRONG_WORDS_END_CALL:
            _end(work, inquiry, call, Outcome.WRONG_WORDS)
        return call
    call.confirmed_at = work.now
    work.note(inquiry, "call_confirmed", call=call.id)
    return call


def end(work: Work, inquiry_id: str, outcome: Outcome) -> CallBack:
    """End the call; nothing that was prepared is lost.

    :raises Forbidden: if it is to end as reached without having been confirmed.
    """
    inquiry = work.inquiry(inquiry_id)
    call = in_progress(work, inquiry)
    if outcome is Outcome.REACHED and call.confirmed_at is None:
        raise Forbidden("calling:not_confirmed")
    _end(work, inquiry, call, outcome)
    return call


def tick(work: Work, inquiry: Inquiry, carried: str) -> CallBack:
    """Write down that something was said or heard during the confirmed call in progress.

    :raises NotDisclosable: if there is no such call.
    """
    call = confirmed_call(work, inquiry)
    if call is None:
        raise NotDisclosable("gate:call_not_confirmed")
    call.carried = [*call.carried, carried]
    return call


def confirmed_call(work: Work, inquiry: Inquiry) -> CallBack | None:
    """Return the call in progress if both check words were right, it is the actor's own, and it is not hours old."""
    call = call_in_progress(work.session, inquiry.id)
    if call is None or call.confirmed_at is None or call.started_by != work.actor.account_id:
        return None
    return call if work.now - call.started_at <= LONGEST_CALL else None


def is_in_progress(work: Work, inquiry_id: str) -> bool:
    """Say whether a call about an inquiry has begun and not ended.

    :raises NotFound: if the inquiry is absent, or somebody else's.
    """
    found = inquiry_within(work.session, work.scope, inquiry_id)
    if found is None:
        raise NotFound("inquiry:not_found")
    return call_in_progress(work.session, found.id) is not None


def who_checked(work: Work, inquiry: Inquiry) -> str:
    """Return the name of whoever last checked the main line, "" where nobody is on record."""
    checked_by = inquiry.municipality.main_line_checked_by or ""
    return display_names(work.session, {checked_by}).get(checked_by, "")


def history(work: Work, inquiry: Inquiry) -> tuple[PastCall, ...]:
    """Return the calls made for an inquiry, the newest first; the caller records the reading."""
    return tuple(
        PastCall(call, work.open(call.reached_ct, "call_back.reached", call.id) if call.reached_ct else "")
        for call in calls_of(work.session, inquiry.id)
    )


def in_progress(work: Work, inquiry: Inquiry) -> CallBack:
    """Return the call in progress.

    :raises NotFound: if there is none.
    """
    call = call_in_progress(work.session, inquiry.id)
    if call is None:
        raise NotFound("calling:no_call")
    return call


def _end(work: Work, inquiry: Inquiry, call: CallBack, outcome: Outcome) -> None:
    call.outcome, call.ended_at = outcome, work.now
    work.note(inquiry, "call_ended", call=call.id, outcome=outcome)
