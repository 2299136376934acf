"""How an answer waits in the system, on the insurer's side: receipts, and offering it again (受渡し).

Source    memo annex STEP2 ⑤ ⅱ-ⅲ; memo annex STEP3 ⑥.
Not here  fetching it: web/settling.py.
"""

from typing import Any

from flask import Blueprint

from inquiry.domain.parties import Role
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.walls import screen
from inquiry.workflow import delivering
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("delivering", __name__, url_prefix="/inquiries/<inquiry_id>")


class OfferForm(Form):
    """もう一度渡す: a button alone."""


@panel(55)
def delivery_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Show the officer who fetches the answer, until when, and each receipt."""
    if work.actor.role is not Role.OFFICER or page.answer is None or not delivering.waits_here(page.answer):
        return None
    shows = {
        "waiting": delivering.waiting(work, page.inquiry, page.answer),
        "named": delivering.named(work, page.inquiry),
    }
    return Panel("⑤ 本システムでの受渡し", "delivering/delivery_panel.html", shows)


@screen(blueprint, "/offer-again", roles=(Role.OFFICER,), methods=["POST"])
def offer_again(inquiry_id: str) -> Any:
    """Let an answer be fetched again whose wait is over."""
    done = told("もう一度受け取れるようにしました。期限と回数は、今日から数え直します。市町村等に知らせてください。")
    return act(inquiry_id, OfferForm(), delivering.offer_again, done=done)
