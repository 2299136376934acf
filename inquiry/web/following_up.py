"""STEP2 ※5 on screen: registered copies to bring up to date after an answer (副本の登録・更新)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from inquiry.domain.parties import Role
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import following_up
from inquiry.workflow.work import JST

blueprint = Blueprint("following_up", __name__, url_prefix="/copies")
OFFICER = (Role.OFFICER,)


@screen(blueprint, "", roles=OFFICER)
def waiting() -> Any:
    """List what still has to be refreshed, the oldest first."""
    with house().reading(actor()) as work:
        refreshes = [
            (refresh, (work.today - refresh.created_at.astimezone(JST).date()).days)
            for refresh in following_up.waiting(work)
        ]
        return render_template("following_up/waiting.html", refreshes=refreshes)


@screen(blueprint, "/done", roles=OFFICER, methods=["POST"])
def tick_off() -> Any:
    """Record that the copies ticked were registered or updated: all of them, or none."""
    chosen = list(dict.fromkeys(request.form.getlist("refresh")))
    if not chosen:
        flash("済んだものが選ばれていません。登録・更新した照会を選んでください。", "error")
        return redirect(url_for("following_up.waiting"), 303)
    with house().work(actor(), form_key=form_key()) as work:
        for refresh_id in chosen:
            following_up.tick_off(work, refresh_id)
    flash(f"副本の登録・更新{len(chosen)}件を済みにしました。", "success")
    return redirect(url_for("following_up.waiting"), 303)
