"""STEP2 ⑤ ⅰ: the call back to the municipality's main line (代表電話への折り返し).

Source    memo annex STEP2 ⑤ ⅰ なりすまし防止; flowchart (1), ※2, ※5.
Decides   which number is dialled (the directory's), and when a call counts as confirmed: the last word read out was
          right; how many wrong ones end it; which end is a sign of an impostor.
Not here  what is said during the call: answering.py, clarifying.py; they ask `confirmed_call`. Past calls:
          call_history.py.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Final

from inquiry.domain.errors import CallHeld, CallOver, Forbidden, InvalidValue, NotDisclosable, NotFound
from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.parties import Role, Side
from inquiry.security import guard
from inquiry.security.check_words import is_in_kana, new_pair, same_word
from inquiry.store.answering import CallBack, answer_in_preparation, call_in_progress, calls_of
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry, inquiry_within
from inquiry.store.organisations import display_names
from inquiry.workflow.suspicions import Kind, open_note
from inquiry.workflow.work import Work

WRONG_WORDS_END_CALL: Final = 3
CONFIRMED_FOR: Final = timedelta(hours=1)
TRY_AGAIN_AFTER: Final = timedelta(minutes=30)


class Outcome(StrEnum):
    """How a call ended (通話の結果)."""

    REACHED = "reached"
    NOT_IN = "not_in"
    BUSY = "busy"
    NO_SUCH_PERSON = "no_such_person"
    WRONG_WORDS = "wrong_words"
    REFUSED = "refused"


class Check(StrEnum):
    """What the officer makes sure of where the other side has no page with words (合言葉に代わる確認)."""

    PUT_THROUGH = "put_through"  # 代表電話の交換から、受け付けた所属・担当者につながれた
    KNOWS_INQUIRY = "knows_inquiry"  # こちらから言う前に、相手が照会の日と手続を言えた


# What may follow: another try, at a time or after a while; another person to ask for; a word to PMO staff.
TRIED_AGAIN: Final = frozenset({Outcome.NOT_IN, Outcome.BUSY})
OTHERS_ASKED: Final = frozenset({Outcome.NOT_IN, Outcome.NO_SUCH_PERSON, Outcome.REFUSED})
SIGNS: Final = {
    Outcome.NO_SUCH_PERSON: Kind.NO_SUCH_PERSON,
    Outcome.WRONG_WORDS: Kind.WRONG_WORDS,
    Outcome.REFUSED: Kind.CALL_REFUSED,
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How a call ended and what follows: when to try again, or whom to ask for next."""

    outcome: Outcome
    try_again_at: datetime | None = None
    ask_for: str = ""


def start(work: Work, inquiry_id: str) -> CallBack:
    """Begin a call to the main line of the directory, with a fresh pair of check words.

    A municipality outside the system has no page, so no words are dealt: the main line alone vouches for it, as the
    memo has it.
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
    call = CallBack(
        id=new_id(),
        inquiry_id=inquiry.id,
        number_dialled=inquiry.municipality.main_line,
        held_by=work.actor.account_id,
        started_at=work.now,
        started_by=work.actor.account_id,
        carried=[],
        outcome="",
        wrong_words=0,
    )
    _deal_words(work, inquiry, call)
    work.session.add(call)
    work.note(inquiry, "call_started", call=call.id)
    return call


def hear(work: Work, inquiry_id: str, *, word: str, reached: str, checks: Collection[Check] = ()) -> CallBack:
    """Write down who was reached and the word they read out; a wrong one undoes what a right one before it confirmed.

    The call ends when no try is left. A municipality outside the system has no words; there every check must be made
    instead.
    :raises InvalidValue: if nobody is named, a check is missing, or what was typed is no word of kana. A wrong word
        raises nothing: it is counted.
    """
    inquiry = work.inquiry(inquiry_id)
    call = held(work, inquiry)
    guard.enforce({"reached": reached})
    if not reached.strip():
        raise InvalidValue("calling:reached_missing", field="reached")
    if not call.municipality_word and not set(Check) <= set(checks):
        raise InvalidValue("calling:checks_missing", field="checks")
    if call.municipality_word and not is_in_kana(word):
        raise InvalidValue("calling:word_not_in_kana" if word.strip() else "calling:word_missing", field="word")
    call.reached_ct = work.seal(reached, "call_back.reached", call.id)
    if call.municipality_word and not same_word(word, call.municipality_word):
        _count_wrong_word(work, inquiry, call)
        return call
    call.confirmed_at = work.now
    work.note(inquiry, "call_confirmed", call=call.id, basis="check_words" if call.municipality_word else "main_line")
    return call


def _count_wrong_word(work: Work, inquiry: Inquiry, call: CallBack) -> None:
    call.wrong_words += 1
    work.note(inquiry, "call_wrong_word", call=call.id)
    _doubt(work, inquiry, call)
    if tries_left(work, call) == 0:
        _end(work, inquiry, call, Outcome.WRONG_WORDS)


def _doubt(work: Work, inquiry: Inquiry, call: CallBack) -> None:
    """Take back what a right word confirmed, and the address heard since: who said it may not know the word."""
    call.confirmed_at = None
    draft = answer_in_preparation(work.session, inquiry.id)
    if draft is not None and draft.mail_address_ct is not None and draft.call_back_id == call.id:
        draft.mail_address_ct = draft.call_back_id = None
        work.note(inquiry, "address_dropped", answer=draft.id, call=call.id)


def tries_left(work: Work, call: CallBack) -> int:
    """Return how many more wrong words a call bears.

    Those of earlier calls count until one is confirmed, or hanging up in time would give as many tries as one likes. A
    new call bears one at least.
    """
    earlier = [past for past in calls_of(work.session, call.inquiry_id) if past.id != call.id]
    unconfirmed = takewhile(lambda past: past.confirmed_at is None, earlier)
    borne = max(1, WRONG_WORDS_END_CALL - sum(past.wrong_words for past in unconfirmed))
    return max(0, borne - call.wrong_words)


def end(work: Work, inquiry_id: str, ending: Ending) -> CallBack:
    """End the call and note what follows; nothing that was prepared is lost.

    Who was out or engaged is tried again, after a while if no time is named. Noted for PMO staff is that nobody knows
    the person who asked, that the call was refused, and that a wrong word was the last one read out.
    :raises Forbidden: if it is to end as reached without having been confirmed, or with wrong words although the last
        was right or none were dealt.
    :raises InvalidValue: if the time to try again is not ahead.
    """
    inquiry = work.inquiry(inquiry_id)
    call = held(work, inquiry)
    if ending.outcome not in possible_outcomes(work, call):
        is_reached = ending.outcome is Outcome.REACHED
        raise Forbidden("calling:not_confirmed" if is_reached else "calling:words_not_wrong")
    _follow_up(work, call, ending)
    if ending.outcome is Outcome.WRONG_WORDS:
        _doubt(work, inquiry, call)
    _end(work, inquiry, call, ending.outcome)
    return call


def possible_outcomes(work: Work, call: CallBack) -> frozenset[Outcome]:
    """Return how a call in progress may end: as reached once confirmed, with wrong words while a word is waited for."""
    untrue = set()
    if call.confirmed_at is None:
        untrue.add(Outcome.REACHED)
    if not call.municipality_word or _is_confirmed(work, call):
        untrue.add(Outcome.WRONG_WORDS)
    return frozenset(Outcome) - untrue


def take_over(work: Work, inquiry_id: str, *, reason: str) -> CallBack:
    """Let another officer hold the call; the words are dealt anew, since nobody has read these out to them.

    :raises Forbidden: if the call is the actor's own.
    :raises InvalidValue: if no reason is given.
    """
    inquiry = work.inquiry(inquiry_id)
    call = in_progress(work, inquiry)
    guard.enforce({"reason": reason})
    if call.held_by == work.actor.account_id:
        raise Forbidden("calling:yours_already")
    if not reason.strip():
        raise InvalidValue("calling:takeover_reason_missing", field="reason")
    call.held_by, call.confirmed_at = work.actor.account_id, None
    _deal_words(work, inquiry, call)
    work.note(inquiry, "call_taken_over", note=reason.strip(), call=call.id)
    return call


def doubt_caller(work: Work, inquiry_id: str) -> CallBack:
    """Note that whoever calls does not know the insurer's word, as the clerk hears who sees both on their page.

    Somebody between both lines may have passed the municipality's word on: nothing that it confirmed stands, and other
    words are dealt.
    :raises Forbidden: if the actor is no clerk.
    :raises CallOver: if the call has ended.
    """
    inquiry = work.inquiry(inquiry_id)
    if work.actor.role is not Role.CLERK:
        raise Forbidden("inquiry:municipality_decides")
    call = in_progress(work, inquiry)
    _doubt(work, inquiry, call)
    _deal_words(work, inquiry, call)
    open_note(work, inquiry, call, Kind.CALLER_DOUBTED)
    return call


def tick(work: Work, inquiry: Inquiry, carried: str) -> CallBack:
    """Write down that something was said or heard during the confirmed call in progress.

    :raises NotDisclosable: if there is no such call.
    """
    call = confirmed_call(work, inquiry)
    if call is None:
        raise NotDisclosable("gate:call_not_confirmed")
    call.carried = [*call.carried, carried]
    work.record("inquiry:call_carried", inquiry, call=call.id, carried=carried)
    return call


def confirmed_call(work: Work, inquiry: Inquiry) -> CallBack | None:
    """Return the call in progress if the actor holds it and both check words were right not hours ago.

    A call may last longer: then the words are read out once more.
    """
    call = call_in_progress(work.session, inquiry.id)
    if call is None or call.held_by != work.actor.account_id:
        return None
    return call if _is_confirmed(work, call) else None


def _is_confirmed(work: Work, call: CallBack) -> bool:
    return call.confirmed_at is not None and work.now - call.confirmed_at <= CONFIRMED_FOR


def is_held(work: Work, inquiry_id: str) -> bool:
    """Say whether the actor holds a call about an inquiry that has begun and not ended.

    :raises NotFound: if the inquiry is absent, or somebody else's.
    """
    found = inquiry_within(work.session, work.scope, inquiry_id)
    if found is None:
        raise NotFound("inquiry:not_found")
    call = call_in_progress(work.session, found.id)
    return call is not None and call.held_by == work.actor.account_id


def who_checked(work: Work, inquiry: Inquiry) -> str:
    """Return the name of whoever last checked the main line, "" where nobody is on record."""
    checked_by = inquiry.municipality.main_line_checked_by or ""
    return display_names(work.session, {checked_by}).get(checked_by, "")


def in_progress(work: Work, inquiry: Inquiry) -> CallBack:
    """Return the call in progress.

    :raises CallOver: if it has ended.
    :raises NotFound: if there was none.
    """
    call = call_in_progress(work.session, inquiry.id)
    if call is None:
        _refuse_if_over(work, inquiry)
        raise NotFound("calling:no_call")
    return call


def check_not_over(work: Work, inquiry: Inquiry) -> None:
    """Refuse to go on with a call that has ended; one that never began is not meant.

    :raises CallOver: naming who held it, and when it ended.
    """
    if call_in_progress(work.session, inquiry.id) is None:
        _refuse_if_over(work, inquiry)


def _refuse_if_over(work: Work, inquiry: Inquiry) -> None:
    latest = next(iter(calls_of(work.session, inquiry.id)), None)
    if latest is not None and latest.ended_at is not None:
        raise CallOver(by=holder_of(work, latest), at=latest.ended_at)


def check_held(work: Work, inquiry: Inquiry) -> None:
    """Refuse to go on with a call that has ended, or that another officer holds; one that never began is not meant.

    :raises CallOver: naming who held it, and when it ended.
    :raises CallHeld: naming who holds it.
    """
    call = call_in_progress(work.session, inquiry.id)
    if call is None:
        _refuse_if_over(work, inquiry)
    else:
        _refuse_anothers(work, call)


def _refuse_anothers(work: Work, call: CallBack) -> None:
    if call.held_by != work.actor.account_id:
        raise CallHeld(by=holder_of(work, call))


def held(work: Work, inquiry: Inquiry) -> CallBack:
    """Return the call in progress, which the actor must hold.

    :raises CallOver: if it has ended.
    :raises CallHeld: if another officer holds it.
    :raises NotFound: if there was none.
    """
    call = in_progress(work, inquiry)
    _refuse_anothers(work, call)
    return call


def holder_of(work: Work, call: CallBack) -> str:
    """Return the name of whoever holds a call."""
    return display_names(work.session, {call.held_by}).get(call.held_by, "")


def _deal_words(work: Work, inquiry: Inquiry, call: CallBack) -> None:
    is_read_out = Side.MUNICIPALITY not in work.outside(inquiry)
    call.municipality_word, call.insurer_word = new_pair(secrets.choice) if is_read_out else ("", "")


def _follow_up(work: Work, call: CallBack, ending: Ending) -> None:
    guard.enforce({"ask_for": ending.ask_for})
    if ending.try_again_at is not None and ending.try_again_at <= work.now:
        raise InvalidValue("calling:again_not_ahead", field="again_time")
    if ending.outcome is not Outcome.REACHED:
        call.try_again_at = ending.try_again_at
    if ending.outcome in TRIED_AGAIN and call.try_again_at is None:
        call.try_again_at = work.now + TRY_AGAIN_AFTER
    if ending.outcome in OTHERS_ASKED and ending.ask_for.strip():
        call.ask_for_ct = work.seal(ending.ask_for.strip(), "call_back.ask_for", call.id)


def _end(work: Work, inquiry: Inquiry, call: CallBack, outcome: Outcome) -> None:
    call.outcome, call.ended_at = outcome, work.now
    work.note(inquiry, "call_ended", call=call.id, outcome=outcome)
    for sign in sorted(signs_of(call)):
        open_note(work, inquiry, call, sign)


def signs_of(call: CallBack) -> frozenset[Kind]:
    """Return the signs of an impostor that a call gave which has ended."""
    signs = {sign for outcome, sign in SIGNS.items() if outcome == call.outcome}
    if call.wrong_words and call.confirmed_at is None:
        signs.add(Kind.WRONG_WORDS)
    return frozenset(signs)
