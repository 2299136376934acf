"""An inquiry moves into the system when the other side joins (本システムへの引き取り).

Source    memo annex STEP2 ③: whoever asks or answers may have begun by telephone or on paper.
Decides   who takes an inquiry up; what was begun is kept, and only what the newcomers can now do themselves changes.
Not here  who may write for a side that is outside: domain/inquiry.py. Since when a side is here: store/sides.py.
"""

from inquiry.domain.errors import Forbidden
from inquiry.domain.inquiry import State
from inquiry.store.inquiries import Inquiry, not_taken_up
from inquiry.store.sides import taken_up_by
from inquiry.workflow.viewing import CLOSED
from inquiry.workflow.work import SIDE_OF, Work


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


def waiting(work: Work) -> list[Inquiry]:
    """Return the open inquiries that the actor's side has not taken up, the oldest first."""
    return not_taken_up(work.session, work.scope, [state for state in State if state not in CLOSED])
