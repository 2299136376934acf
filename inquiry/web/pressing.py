"""The page of one step: the letter and the record at hand of whoever the step came to (督促の文書と経過)."""

from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for

from inquiry.domain.escalation import Level
from inquiry.domain.parties import Role
from inquiry.web.dressing import step_label
from inquiry.web.reminding import CONCERNED, LEVELS, REASONS
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import pressing
from inquiry.workflow.pressing import Line

blueprint = Blueprint("pressing", __name__, url_prefix="/reminders/<step_id>")
LETTERS: Final = {
    Level.SUPERVISOR: "保険者の責任者への督促",
    Level.PMO: "ＰＭＯへの協力の要請",
    Level.MINISTRY: "所管課への協力の要請",
}


@screen(blueprint, "", roles=CONCERNED)
def show(step_id: str) -> Any:
    """Show one step with what lies ready for it."""
    with house().reading(actor()) as work:
        ready = pressing.ready(work, step_id)
        level = Level(ready.step.level)
        return render_template(
            "reminding/step.html",
            ready=ready,
            inquiry=ready.step.inquiry,
            whom=LEVELS[level],
            letter_name=LETTERS[level],
            is_to_ministry=level is Level.MINISTRY,
            reasons=REASONS,
            events=[_event(line) for line in ready.record],
        )


def _event(line: Line) -> dict[str, Any]:
    told = {str(level): words for level, words in LEVELS.items()}
    return {"at": line.at, "title": told.get(line.event) or step_label(line.event), "actor": line.by_organisation}


@screen(blueprint, "/letter", roles=(Role.CLERK,), methods=["POST"])
def make(step_id: str) -> Any:
    """Make the letter of a step."""
    with house().work(actor(), form_key=form_key()) as work:
        pressing.make(work, step_id)
    flash("文書を作成しました。下の表から開いて、内容を確かめてください。", "success")
    return redirect(url_for("pressing.show", step_id=step_id), 303)


@screen(blueprint, "/letters/<letter_id>", roles=CONCERNED)
def letter(step_id: str, letter_id: str) -> Response:
    """Hand out a letter of a step; recorded."""
    with house().work(actor()) as work:
        made, content = pressing.opened(work, step_id, letter_id)
        name = f"{made.kind}-{made.made_at:%Y%m%d}"
    disposition = f'attachment; filename="{name}.pdf"'
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": disposition})
