"""Taking up what was handled by telephone and paper (本システムへの引き取り).

Decides   nothing; who is outside, workflow/joining.py says.
"""

from typing import Any

from flask import Blueprint

from inquiry.domain.parties import Role
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.walls import screen
from inquiry.workflow import joining
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("joining", __name__, url_prefix="/inquiries/<inquiry_id>")
BOTH_SIDES = (Role.CLERK, Role.OFFICER)


class TakeUpForm(Form):
    """引き取り: a button alone."""


@panel(3)
def take_up_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Let a side that joined take the inquiry up."""
    if not joining.is_to_take_up(work, page.inquiry):
        return None
    shows = {"is_officer": work.actor.role is Role.OFFICER}
    return Panel("この照会の引き取り", "joining/take_up_panel.html", shows)


@screen(blueprint, "/take-up", roles=BOTH_SIDES, methods=["POST"])
def take_up(inquiry_id: str) -> Any:
    """Take the inquiry up for one's own side."""
    done = told(
        "この照会を引き取りました。続きは本システムで進めてください。相手方の画面にも、引き取ったことが表示されます。"
    )
    return act(inquiry_id, TakeUpForm(), joining.take_up, done=done)
