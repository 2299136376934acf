"""What waits for an insurer, the most urgent first (照会の受付一覧).

Source    memo annex STEP2 (原則、即日回答).
Decides   how urgent an inquiry is on the day it is read; nothing of it is stored. No personal data.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from inquiry.domain.due import is_overdue
from inquiry.domain.inquiry import Event, State
from inquiry.domain.parties import Role
from inquiry.store.inquiries import Inquiry, arrivals, count_by_state, inquiries_latest_first, inquiries_with_steps
from inquiry.workflow.timing import due_of, retracted_at
from inquiry.workflow.viewing import WAITING_FOR
from inquiry.workflow.work import JST, Work

# What puts an inquiry before the insurer: it was filed, or the municipality told the dates it was asked for.
ARRIVING: Final = ("filed", Event.SUPPLY_DATES.value)


class Tab(StrEnum):
    """Which inquiries are listed."""

    WAITING = "waiting"  # 回答待ち
    ASKED = "asked"  # 市町村の回答待ち
    ENDED = "ended"  # 回答済・終了


STATES: Final = {
    Tab.WAITING: tuple(WAITING_FOR[Role.OFFICER]),
    Tab.ASKED: (State.CLARIFYING,),
    Tab.ENDED: (State.ANSWERED, State.REFUSED, State.SETTLED, State.WITHDRAWN),
}


class Urgency(StrEnum):
    """How near the due time is, by the day in Japan."""

    OVERDUE = "overdue"  # 期限超過
    TODAY = "today"  # 本日中
    LATER = "later"  # 翌業務日


@dataclass(frozen=True, slots=True)
class Line:
    """One inquiry of the list, with the time by which it must be answered; `is_retracted`: answered and taken back."""

    inquiry: Inquiry
    due_at: datetime
    urgency: Urgency
    is_retracted: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came since a mark, and the mark to ask with next: microseconds of the latest arrival."""

    number: int
    mark: int


def urgency_of(due_at: datetime, now: datetime) -> Urgency:
    """Say how urgent an answer due then is now; at the due moment itself it is not late."""
    if is_overdue(now, due_at):
        return Urgency.OVERDUE
    return Urgency.TODAY if due_at.astimezone(JST).date() <= now.astimezone(JST).date() else Urgency.LATER


def waiting(work: Work, tab: Tab = Tab.WAITING) -> list[Line]:
    """Return what is open in a tab, the soonest due first; of those due at once, the oldest."""
    lines = [
        Line(inquiry, due := due_of(work, inquiry), urgency_of(due, work.now), bool(retracted_at(inquiry)))
        for inquiry in inquiries_with_steps(work.session, work.scope, _names(STATES[tab]))
    ]
    return sorted(lines, key=lambda line: (line.due_at, line.inquiry.filed_at, line.inquiry.id))


def ended(work: Work, *, limit: int, offset: int) -> list[Inquiry]:
    """Return what is answered or over, the latest first."""
    states = _names(STATES[Tab.ENDED])
    return inquiries_latest_first(work.session, work.scope, states, limit=limit, offset=offset)


def counts(work: Work) -> dict[Tab, int]:
    """Return how many inquiries each tab holds."""
    by_state = count_by_state(work.session, work.scope)
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in STATES.items()}


def arrived(work: Work, *, since: int) -> Arrivals:
    """Return how many of the waiting inquiries arrived after a mark."""
    times = arrivals(work.session, work.scope, _names(STATES[Tab.WAITING]), ARRIVING)
    marks = [round(at.timestamp() * 1_000_000) for at in times]
    return Arrivals(sum(mark > since for mark in marks), max(marks, default=0))


def _names(states: tuple[State, ...]) -> list[str]:
    return [state.value for state in states]
