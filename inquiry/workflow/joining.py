"""An inquiry moves into the system when the other side joins (本システムへの引き取り).

Source    memo annex STEP2 ③: whoever asks or answers may have begun by telephone or on paper.
Decides   who takes an inquiry up, or over from a colleague; what was begun is kept, and only what the newcomers can now
          do themselves changes.
Not here  who may write for a side that is outside: domain/inquiry.py. Since when a side is here: store/sides.py.
"""

from typing import Final

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.inquiry import State
from inquiry.domain.parties import Role, Side
from inquiry.security import guard
from inquiry.store.inquiries import Inquiry, not_taken_up
from inquiry.store.sides import taken_up_by
from inquiry.workflow.delivering import named_id
from inquiry.workflow.viewing import CLOSED
from inquiry.workflow.work import SIDE_OF, Work

TAKEN_OVER: Final = "taken_over"


def take_up(work: Work, inquiry_id: str, version: int) -> Inquiry:
    """Take an inquiry up that was handled by telephone or paper, for the actor's own side.

    :raises Forbidden: if that side has it already, or it is closed.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    if not is_to_take_up(work, inquiry):
        raise Forbidden("joining:taken_up_already")
    work.take_up(inquiry)
    return inquiry


def is_to_take_up(work: Work, inquiry: Inquiry) -> bool:
    """Say whether the actor's own side has not taken the inquiry up and there is anything left to do."""
    return State(inquiry.state) not in CLOSED and SIDE_OF[work.actor.role] not in taken_up_by(inquiry)


def take_over(work: Work, inquiry_id: str, version: int, *, reason: str) -> Inquiry:
    """Take an inquiry over from a colleague of the same municipality, with its answer still to be fetched.

    The remark keeps whose it was, who took it and why, for both sides to read.
    :raises Forbidden: if it is the actor's already, or not a clerk's to take over now.
    :raises InvalidValue: if the reason is missing.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    if not may_take_over(work, inquiry):
        raise Forbidden("joining:not_to_take_over")
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("joining:reason_missing", field="reason")
    before = f"{inquiry.section}　{inquiry.person}"
    inquiry.taken_up_by = work.actor.account_id
    inquiry.section, inquiry.person = work.actor.section, work.actor.display_name
    work.note(inquiry, TAKEN_OVER, note=f"{before} → {inquiry.section}　{inquiry.person}：{reason.strip()}")
    return inquiry


def may_take_over(work: Work, inquiry: Inquiry) -> bool:
    """Say whether the actor is a clerk of the municipality that has the inquiry, and another one has it in hand."""
    is_open = State(inquiry.state) not in CLOSED and Side.MUNICIPALITY in taken_up_by(inquiry)
    return work.actor.role is Role.CLERK and is_open and named_id(inquiry) != work.actor.account_id


def waiting(work: Work) -> list[Inquiry]:
    """Return the open inquiries that the actor's side has not taken up, the oldest first."""
    return not_taken_up(work.session, work.scope, [state for state in State if state not in CLOSED])
