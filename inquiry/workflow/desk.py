"""What lies on a clerk's desk: my turn first, then what is open, with its due time (照会の一覧).

Decides   which inquiries wait for the clerk, and which are one's own. No personal data.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from inquiry.domain.due import is_overdue
from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.parties import Role
from inquiry.domain.procedure import procedure
from inquiry.store.inquiries import Desk, Inquiry, Page, Turn, count_on_desk, count_turns, on_desk
from inquiry.workflow import corrected_desks
from inquiry.workflow.timing import due_of, is_undelivered
from inquiry.workflow.viewing import CLOSED, WAITING_FOR
from inquiry.workflow.work import Work


class View(StrEnum):
    """Which inquiries are listed."""

    MINE = "mine"  # 自分の照会
    SECTION = "section"  # 課の全件
    ENDED = "ended"  # 終了


MY_TURN: Final = Turn(tuple(WAITING_FOR[Role.CLERK]), tuple(WAITING_FOR[Role.OFFICER]))
STATES: Final = {
    View.MINE: (*OPEN, State.ANSWERED, State.REFUSED),
    View.SECTION: (*OPEN, State.ANSWERED, State.REFUSED),
    View.ENDED: tuple(CLOSED),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One inquiry on the desk; a sensitive procedure has no name here."""

    inquiry: Inquiry
    procedure: str
    is_my_turn: bool
    due_at: datetime
    is_late: bool
    is_undelivered: bool
    has_corrected_desk: bool


def listing(work: Work, view: View, page: Page) -> tuple[list[Line], int]:
    """Return a page of a view, my turn first, then the oldest; and how many there are in all."""
    found, total = on_desk(
        work.session,
        work.scope,
        _desk(work, view),
        states=[state.value for state in STATES[view]],
        turn=MY_TURN,
        page=page,
    )
    return [_line(work, inquiry) for inquiry in found], total


def counts(work: Work) -> dict[View, int]:
    """Return how many inquiries each view holds."""
    return {
        view: sum(number for state, number in _by_state(work, view).items() if state in STATES[view]) for view in View
    }


def my_turn(work: Work) -> int:
    """Return how many inquiries of the section wait for the municipality."""
    return count_turns(work.session, work.scope, _desk(work, View.SECTION), MY_TURN)


def corrected(work: Work, view: View) -> int:
    """Return how many open inquiries of a view are asked at a desk that was corrected since their clerk saw it."""
    return corrected_desks.count_unseen(work, section=_desk(work, view).section)


def _by_state(work: Work, view: View) -> dict[str, int]:
    return count_on_desk(work.session, work.scope, _desk(work, view))


def _desk(work: Work, view: View) -> Desk:
    return Desk(work.actor.account_id, None if view is View.MINE else work.actor.section)


def _line(work: Work, inquiry: Inquiry) -> Line:
    asked_under, due, state = procedure(inquiry.procedure), due_of(work, inquiry), State(inquiry.state)
    is_written_for = inquiry.insurer_joined_at is None and state in MY_TURN.states_for_one_outside
    return Line(
        inquiry=inquiry,
        procedure="" if asked_under.is_sensitive else asked_under.name,
        is_my_turn=is_written_for or state in MY_TURN.states,
        due_at=due,
        is_late=(state in OPEN or is_undelivered(inquiry)) and is_overdue(work.now, due),
        is_undelivered=is_undelivered(inquiry),
        has_corrected_desk=corrected_desks.is_unseen(inquiry),
    )
