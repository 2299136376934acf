"""Letters of the insurer that reach the municipality in the system, on both sides' pages (文書の受渡し).

Not here  making them, and the list on the insurer's side: web/writing.py.
"""

from typing import Any

from flask import Blueprint, Response

from inquiry.domain.parties import Role
from inquiry.web.attachments import PDF, download
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import handing_over
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("handing_over", __name__, url_prefix="/inquiries/<inquiry_id>/letters/made/<letter_id>")


class HandOverForm(Form):
    """本システムで渡す: a button alone."""


@panel(56)
def received_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Show the clerk the letters that the insurer handed over."""
    letters = handing_over.handed_over(work, page.inquiry)
    if not letters:
        return None
    return Panel("保険者からの文書", "handing_over/letters_panel.html", {"letters": letters})


@screen(blueprint, "/hand-over", roles=(Role.OFFICER,), methods=["POST"])
def hand_over(inquiry_id: str, letter_id: str) -> Any:
    """Let the municipality fetch a letter."""
    done = told("文書を本システムで渡しました。市町村等の照会の画面で受け取れます。受け取られると、ここに表示します。")
    return act(
        inquiry_id,
        HandOverForm(),
        lambda work, wanted, _version: handing_over.hand_over(work, wanted, letter_id),
        done=done,
    )


@screen(blueprint, "/receive", roles=(Role.CLERK,), methods=["POST"])
def receive(inquiry_id: str, letter_id: str) -> Response:
    """Hand a letter out to the clerk; the first time is its receipt."""
    with house().work(actor()) as work:
        letter, content = handing_over.receive(work, inquiry_id, letter_id)
        return download(content, f"{letter.kind}-{letter.made_at:%Y%m%d}.pdf", PDF)
