"""Taking up what was handled by telephone and paper, and taking over from a colleague (引き取り・引き継ぎ).

Decides   nothing; who is outside, workflow/joining.py says.
"""

from typing import Any

from flask import Blueprint
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.domain.parties import Role
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.walls import screen
from inquiry.workflow import delivering, joining
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


class TakeOverForm(Form):
    """引き継ぎ."""

    reason = TextAreaField(
        "引き継ぐ理由",
        [DataRequired("引き継ぐ理由を入力してください。"), Length(max=500)],
        description="例：担当者が出張で不在のため",
    )


@panel(92)
def take_over_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Let a colleague of the clerk who has the inquiry take it over."""
    if not joining.may_take_over(work, page.inquiry):
        return None
    form = bound.get(TakeOverForm) or TakeOverForm(None, prefix="take-over")
    shows = {"form": form, "named": delivering.named(work, page.inquiry)}
    return Panel("担当の引き継ぎ", "joining/take_over_panel.html", shows)


@screen(blueprint, "/take-over", roles=(Role.CLERK,), methods=["POST"])
def take_over(inquiry_id: str) -> Any:
    """Take the inquiry over from a colleague."""
    form = TakeOverForm(prefix="take-over")
    return act(
        inquiry_id,
        form,
        lambda work, key, version: joining.take_over(work, key, version, reason=form.reason.data),
        done=told("この照会を引き継ぎました。引き継いだことと理由は、保険者の画面にも表示されます。"),
    )
