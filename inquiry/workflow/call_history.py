"""STEP2 ⑤ ⅰ: the calls made about an inquiry, whom they lead to, and which are to be tried again (折り返しの記録).

Source    memo annex STEP2 ⑤ ⅰ.
Decides   whom the next call asks for.
Not here  making a call: calling.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inquiry.domain.inquiry import OPEN, State
from inquiry.store.answering import CallBack, calls_of, calls_pending
from inquiry.store.inquiries import Inquiry
from inquiry.store.organisations import display_names
from inquiry.store.suspicions import calls_noted
from inquiry.workflow.calling import TRIED_AGAIN
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class PastCall:
    """One call as it is read: who was reached, and whom to ask for next, are opened; whether PMO staff know of it."""

    call: CallBack
    reached: str
    ask_for: str
    is_noted: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """A call that lasts still, or is to be tried again: its number, who holds it, whether that is the reader."""

    call: CallBack
    holder: str
    is_mine: bool


def history(work: Work, inquiry: Inquiry) -> tuple[PastCall, ...]:
    """Return the calls made for an inquiry, the newest first; the caller records the reading."""
    noted = calls_noted(work.session, inquiry.id)
    return tuple(
        PastCall(
            call,
            reached=work.open(call.reached_ct, "call_back.reached", call.id) if call.reached_ct else "",
            ask_for=work.open(call.ask_for_ct, "call_back.ask_for", call.id) if call.ask_for_ct else "",
            is_noted=call.id in noted,
        )
        for call in calls_of(work.session, inquiry.id)
    )


def pending(work: Work) -> list[Pending]:
    """Return the insurer's calls that last still, one's own first, then those to try again, the soonest first."""
    calls = calls_pending(work.session, work.scope, [*OPEN, State.ANSWERED])
    names = display_names(work.session, {call.held_by for call in calls})
    me = work.actor.account_id
    found = [Pending(call, names.get(call.held_by, ""), call.held_by == me) for call in calls]
    return sorted(found, key=lambda each: (each.call.ended_at is not None, not each.is_mine, _turn(each.call)))


def missed(work: Work, inquiry: Inquiry) -> CallBack | None:
    """Return the latest call, if nobody was spoken to; nothing is opened, so that the municipality may know of it."""
    latest = next(iter(calls_of(work.session, inquiry.id)), None)
    return latest if latest is not None and latest.ended_at is not None and latest.confirmed_at is None else None


def next_asked_for(calls: Sequence[PastCall]) -> str:
    """Return whom to ask for next, "" for whoever asked; `calls` as `history` returns them.

    A line that was engaged, or somebody who is out without naming another, changes nothing of it.
    """
    for past in calls:
        if past.call.ended_at is not None and (past.ask_for or past.call.outcome not in TRIED_AGAIN):
            return past.ask_for
    return ""


def _turn(call: CallBack) -> datetime:
    return call.try_again_at or call.started_at
