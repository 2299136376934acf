"""The clerk's list: what waits for the municipality, what is open, and drafts (照会の一覧).

Decides   nothing; workflow/desk.py says whose turn it is.
"""

from typing import Any, Final

from flask import Blueprint, render_template, request

from inquiry.domain.parties import Role
from inquiry.store.inquiries import Page
from inquiry.web.paging import PER_PAGE, offset, paging
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import amending, correcting, desk, drafting, joining
from inquiry.workflow.desk import View

blueprint = Blueprint("desk", __name__)
VIEWS: Final = {View.MINE: "自分の照会", View.SECTION: "課の全件", View.ENDED: "終了"}


@screen(blueprint, "/desk", roles={Role.CLERK})
def mine() -> Any:
    """List one view of the clerk's inquiries, and the drafts."""
    view = next((view for view in View if view == request.args.get("view")), View.MINE)
    with house().reading(actor()) as work:
        lines, total = desk.listing(work, view, Page(PER_PAGE, offset()))
        counts = desk.counts(work)
        return render_template(
            "desk/mine.html",
            view=view,
            views=[(each, text, counts[each]) for each, text in VIEWS.items()],
            lines=lines,
            paging=paging(total),
            my_turn=desk.my_turn(work),
            corrected=desk.corrected(work, view),
            drafts=drafting.mine(work),
            taken_back=correcting.waiting(work),
            announced=amending.announced(work),
            to_take_up=joining.waiting(work),
        )
