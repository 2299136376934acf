"""Inquiries that found nobody until a later roster came, on screen (新しい名簿で該当者が見つかった照会).

Decides   nothing; what is looked at again is workflow/rechecking.py's matter. Receipt numbers only.
"""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for

from inquiry.domain.findings import Finding
from inquiry.domain.parties import Role
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import rechecking

blueprint = Blueprint("later_findings", __name__, url_prefix="/later-findings")
OFFICER = (Role.OFFICER,)
FINDINGS: Final = {Finding.ONE: "一人", Finding.SEVERAL: "複数", Finding.CONFIRM: "要確認"}


@screen(blueprint, "", roles=OFFICER)
def waiting() -> Any:
    """List what a later roster brought, the oldest first."""
    with house().reading(actor()) as work:
        rows = [(later, FINDINGS[Finding(later.finding)]) for later in rechecking.waiting(work)]
        return render_template("identifying/later_findings.html", rows=rows, may_tick_off=work.actor.is_supervisor)


@screen(blueprint, "/<later_id>/done", roles=OFFICER, methods=["POST"])
def tick_off(later_id: str) -> Any:
    """Record that the insurer has dealt with one."""
    with house().work(actor(), form_key=form_key()) as work:
        number = rechecking.tick_off(work, later_id).inquiry.number
    flash(f"{number}を対応済みにしました。", "success")
    return redirect(url_for("later_findings.waiting"), 303)
