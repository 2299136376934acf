"""Pressing for an answer that does not come, on screen (督促)."""

from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.directory.insurers import InsurerKind
from inquiry.domain.escalation import Level, Reason
from inquiry.domain.parties import Role
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import daily, escalation_rules, pressing, reminding, timing
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("reminding", __name__)
CONCERNED: Final = (Role.CLERK, Role.OFFICER, Role.PMO_STAFF)
LEVELS: Final = {
    Level.SUPERVISOR: "保険者の責任者に知らせました",
    Level.PMO: "ＰＭＯに知らせました",
    Level.MINISTRY: "市町村等から所管課に連絡する時期になりました",
}
REASONS: Final = {
    Reason.NO_CONTACT: "期限を過ぎても、保険者から連絡がない",
    Reason.OVERDUE: "期限を過ぎても、回答がない",
    Reason.DELAY_PASSED: "連絡された見込みの日時を過ぎた",
    Reason.REFUSED: "保険者が回答できないと連絡した",
}
TO_DO: Final = {
    Role.OFFICER: "照会を開き、回答するか、見込みを連絡してください。責任者は、担当者の割当てを確かめてください。",
    Role.PMO_STAFF: "保険者の照会窓口に事情を確かめてください。照会の内容は、この画面では見られません。",
    Role.CLERK: "照会の画面に所管課の連絡先が出ます。連絡したら記録し、解決したら督促を取り下げてください。",
}


class WithdrawForm(Form):
    """督促の取下げ."""

    note = TextAreaField("どう解決したか", [DataRequired("どう解決したかを入力してください。"), Length(max=500)])


@screen(blueprint, "/reminders", roles=CONCERNED)
def listing() -> Any:
    """List what came to the reader's page."""
    with house().reading(actor()) as work:
        rules = escalation_rules.in_force(work)
        lines = [
            (step, timing.due_of(work, step.inquiry), rules.desk_of(InsurerKind(step.inquiry.insurer.kind)))
            for step in reminding.tasks(work)
        ]
        waits = {str(level): length_words(length) for level, length in rules.after.items()}
    return render_template(
        "reminding/listing.html", lines=lines, waits=waits, reasons=REASONS, to_do=TO_DO[actor().role]
    )


def length_words(length: timedelta) -> str:
    """Return when something happens after a length of business time, in words."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    words = (f"{hours}時間" if hours else "") + (f"{minutes}分" if minutes else "")
    return f"{words}後" if words else "すぐ"


@screen(blueprint, "/reminders/run", roles=(Role.PMO_STAFF,), methods=["POST"])
def run() -> Any:
    """Take every step that is due now."""
    outcome = daily.press(house(), actor())
    flash(f"期限を確かめました。新しい督促は{outcome.done}件です。", "success")
    if outcome.failures:
        flash(f"{len(outcome.failures)}件は処理できませんでした。しばらくして、もう一度押してください。", "warning")
    return redirect(url_for("reminding.listing"), 303)


@panel(69)
def steps_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Show the steps taken, and let the clerk withdraw them."""
    taken = reminding.of_this_time(work, page.inquiry)
    if not taken:
        return None
    shows = {
        "steps": [(LEVELS[Level(step.level)], REASONS[Reason(step.reason)], step) for step in taken],
        "opens": {step.id for step in taken if pressing.may_open(work, step)},
        "form": bound.get(WithdrawForm) or WithdrawForm(None, prefix="reminder"),
        "may_withdraw": work.actor.role is Role.CLERK and any(step.withdrawn_at is None for step in taken),
    }
    return Panel("督促", "reminding/steps_panel.html", shows)


@screen(blueprint, "/inquiries/<inquiry_id>/withdraw-reminders", roles=(Role.CLERK,), methods=["POST"])
def withdraw(inquiry_id: str) -> Any:
    """Withdraw what was raised."""
    form = WithdrawForm(prefix="reminder")
    return act(
        inquiry_id,
        form,
        lambda work, key, version: reminding.withdraw(work, key, version, note=form.note.data or ""),
        done=told("督促を取り下げました。"),
    )
