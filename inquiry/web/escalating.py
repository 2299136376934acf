"""memo 3(2) なお書き on screen: telling the supervising desk of a refusal or a delay (所管課への連絡).

Decides   nothing; workflow/escalating.py says when and to whom.
"""

from typing import Any

from flask import Blueprint
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.parties import Role
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.walls import screen
from inquiry.workflow import escalating
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("escalating", __name__, url_prefix="/inquiries/<inquiry_id>")


class EscalateForm(Form):
    """所管課への連絡."""

    note = TextAreaField(
        "連絡の内容",
        [Optional(), Length(max=1000)],
        description="いつ、誰に、何を伝えたか。照会対象者の氏名などは書かないでください。",
    )


@panel(70)
def escalate_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Name the desk that oversees the insurer, once the insurer refused or is late."""
    inquiry = page.inquiry
    if not may(State(inquiry.state), Event.ESCALATE, work.actor.role) or not escalating.may_escalate(work, inquiry):
        return None
    shows = {
        "form": bound.get(EscalateForm) or EscalateForm(None, prefix="escalate"),
        "desk": escalating.desk_for(work, inquiry),
    }
    return Panel("所管課への連絡", "escalating/escalate_panel.html", shows)


@screen(blueprint, "/escalate", roles=(Role.CLERK,), methods=["POST"])
def escalate(inquiry_id: str) -> Any:
    """Record that the supervising desk was told."""
    form = EscalateForm(prefix="escalate")
    return act(
        inquiry_id,
        form,
        lambda work, key, version: escalating.escalate(work, key, version, note=form.note.data or ""),
        done=told("所管課への連絡を記録しました。"),
    )
