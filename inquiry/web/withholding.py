"""Withheld records on screen: what a supervisor sees, and nobody else (不開示の記録を開く).

Decides   nothing; who may open is workflow/withholding.py's matter.
"""

from typing import Any

from flask import Blueprint
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.parties import Role
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.walls import screen
from inquiry.workflow import withholding
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("withholding", __name__, url_prefix="/inquiries/<inquiry_id>")


class OpenForm(Form):
    """不開示の記録を開く."""

    reason = TextAreaField(
        "開いてよいと判断した理由",
        [DataRequired("開いてよいと判断した理由を入力してください。"), Length(max=1000)],
        id="open-reason",
    )


@panel(45)
def withheld_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Ask a supervisor about a withheld record; an officer who is none sees nothing of it."""
    if not work.actor.is_supervisor or not may(State(page.inquiry.state), Event.ANSWER, work.actor.role):
        return None
    shut = withholding.shut(work, page.inquiry)
    if shut is None:
        return None
    form = bound.get(OpenForm) or OpenForm(formdata=None)
    shows = {"form": form, "may_open": withholding.may_open(work, shut)}
    return Panel("不開示の記録", "identifying/withheld_panel.html", shows)


@screen(blueprint, "/open-withheld", roles=(Role.OFFICER,), methods=["POST"])
def open_withheld(inquiry_id: str) -> Any:
    """Let a withheld record be answered about."""
    form = OpenForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        return withholding.open_withheld(work, wanted, version, reason=form.reason.data)

    return act(inquiry_id, form, use_case, done=told("不開示の記録を開きました。この照会に回答できます。"))
