"""What waits for an insurer, the most urgent first (照会の受付一覧).

Source    memo annex STEP2 (原則、即日回答).
Decides   how urgent an inquiry is on the day it is read; nothing of it is stored. No personal data.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from inquiry.domain.due import is_overdue
from inquiry.domain.inquiry import OPEN, Event, State
from inquiry.domain.parties import Role
from inquiry.store.clocks import Clocked
from inquiry.store.inquiries import (
    Inquiry,
    Page,
    arrivals,
    count_by_state,
    inquiries_by_id,
    inquiries_latest_first,
)
from inquiry.workflow.timing import clocks, due_of, retracted_at
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
    LATER = "later"  # 翌業務日以降


@dataclass(frozen=True, slots=True)
class Line:
    """One inquiry of the list, with the time by which it must be answered; `is_retracted`: answered and taken back."""

    inquiry: Inquiry
    due_at: datetime
    urgency: Urgency
    is_retracted: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of what is open in a tab, and how urgent all of it is."""

    lines: list[Line]
    urgencies: Counter[Urgency]


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


def waiting(work: Work, tab: Tab, page: Page) -> Waiting:
    """Return what is open in a tab, the soonest due first; of those due at once, the oldest.

    Everything is timed, since the order depends on it; only the page is read. Of what ended, nothing is open.
    """
    states = [state for state in STATES[tab] if state in OPEN]
    timed = [(due_of(work, each), each) for each in clocks(work, work.scope, states)]
    timed.sort(key=lambda pair: (pair[0], pair[1].filed_at, pair[1].id))
    shown = timed[page.offset : page.offset + page.limit]
    inquiries = inquiries_by_id(work.session, work.scope, [each.id for _, each in shown])
    lines = [_line(work, inquiries[each.id], due, each) for due, each in shown]
    return Waiting(lines, Counter(urgency_of(due, work.now) for due, _ in timed))


def _line(work: Work, inquiry: Inquiry, due: datetime, timed: Clocked) -> Line:
    return Line(inquiry, due, urgency_of(due, work.now), bool(retracted_at(timed)))


def ended(work: Work, page: Page) -> list[Inquiry]:
    """Return what is answered or over, the latest first."""
    return inquiries_latest_first(work.session, work.scope, _names(STATES[Tab.ENDED]), page)


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
