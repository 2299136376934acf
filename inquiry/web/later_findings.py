"""Inquiries that found nobody until a later roster came, on screen (新しい名簿で該当者が見つかった照会).

Decides   nothing; what is looked at again is workflow/rechecking.py's matter. The list has receipt numbers only.
"""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for

from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import GIVEN
from inquiry.domain.parties import Role
from inquiry.web.inquiry_page import Bound, Panel, panel
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import rechecking
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("later_findings", __name__, url_prefix="/later-findings")
OFFICER = (Role.OFFICER,)
FINDINGS: Final = {Finding.ONE: "一人", Finding.SEVERAL: "複数", Finding.CONFIRM: "要確認"}


@panel(40)
def later_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Show the insurer what a later roster says of an inquiry that is answered; of one that is not, ④ itself does."""
    if work.actor.role is not Role.OFFICER or page.inquiry.state not in GIVEN:
        return None
    later = rechecking.brought(work, page.inquiry)
    if later is None:
        return None
    shows = {"later": later, "finding": FINDINGS[Finding(later.finding)], "may_tick_off": work.actor.is_supervisor}
    return Panel("④ 加入者の確認（新しい名簿）", "identifying/later_panel.html", shows)


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
