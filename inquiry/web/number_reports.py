"""Telling PMO staff that a number did not work, from the page of the inquiry; and the other side's desk (番号の不具合).

Decides   nothing; which number is meant, workflow/number_reports.py says.
"""

from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from inquiry.documents.table_workbook import write_table_workbook
from inquiry.domain.errors import InvalidValue
from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.parties import Role
from inquiry.web.attachments import EXCEL, download
from inquiry.web.forms import Form, attach, offered
from inquiry.web.inquiry_page import EXITS, Bound, Panel, act, panel, told
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import amending, contacts, corrected_desks, number_reports
from inquiry.workflow.number_reports import Trouble
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("number_reports", __name__)
BOTH_SIDES: Final = (Role.CLERK, Role.OFFICER)
PMO: Final = (Role.PMO_STAFF,)
TROUBLES: Final = {
    Trouble.NO_ANSWER: "業務時間内に何度かけても出ない",
    Trouble.NOT_IN_USE: "使われていない番号である",
    Trouble.WRONG_PARTY: "別の相手につながる",
    Trouble.BOUNCED: "メールが届かずに戻ってくる",
}
CHORES_SHOWN: Final = 50


class ReportForm(Form):
    """番号の不具合の連絡."""

    trouble = RadioField(
        "不具合の内容", [InputRequired("不具合の内容を選んでください。")], choices=offered(TROUBLES), id="trouble"
    )


class SettleForm(Form):
    """番号の不具合への対応."""

    outcome = StringField("確かめた結果", [DataRequired("確かめた結果を入力してください。"), Length(max=300)])


@panel(EXITS - 1)
def other_side_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Show under which number the directory reaches the other side, what changed since the filing, and the report."""
    corrected_desks.see(work, page.inquiry)
    number = number_reports.number_of_other_side(work, page.inquiry)
    if not number or State(page.inquiry.state) not in (*OPEN, State.ANSWERED):
        return None
    is_clerk = work.actor.role is Role.CLERK
    desk, changes = contacts.desk_and_changes(work, page.inquiry) if is_clerk else (None, ())
    shows = {
        "number": number,
        "desk": desk,
        "changes": changes,
        "coming": amending.coming_numbers(work, page.inquiry),
        "form": bound.get(ReportForm) or ReportForm(None),
    }
    return Panel("照会先の窓口" if is_clerk else "名簿の代表電話", "number_reports/panel.html", shows)


@screen(blueprint, "/inquiries/<inquiry_id>/number-trouble", roles=BOTH_SIDES, methods=["POST"])
def report(inquiry_id: str) -> Any:
    """Tell PMO staff that the other side's number does not work."""
    form = ReportForm()
    done = told("ＰＭＯに知らせました。名簿の番号が確かめられるまで、ほかの番号にはかけないでください。")
    return act(
        inquiry_id,
        form,
        lambda work, wanted, _version: number_reports.report(work, wanted, Trouble(form.trouble.data)),
        done=done,
    )


@screen(blueprint, "/directory-chores", roles=PMO)
def chores() -> str:
    """List what PMO staff have to do about the directories besides changes on their way."""
    return _shown({})


@screen(blueprint, "/directory-chores/<report_id>/settle", roles=PMO, methods=["POST"])
def settle(report_id: str) -> Any:
    """Write down what was done about a report."""
    form = SettleForm(prefix=report_id)
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                number_reports.settle(work, report_id, outcome=form.outcome.data)
            flash("確かめた結果を記録しました。", "success")
            return redirect(url_for("number_reports.chores"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown({report_id: form}), 422


@screen(blueprint, "/directory-chores/rechecks.xlsx", roles=PMO)
def rechecks() -> Response:
    """Hand out every entry that is to be checked again, to be gone through by telephone."""
    with house().reading(actor()) as work:
        rows = number_reports.rechecks(work)
    return download(write_table_workbook("再確認", number_reports.RECHECKED, rows), "rechecks.xlsx", EXCEL)


def _shown(bound: dict[str, SettleForm]) -> str:
    with house().reading(actor()) as work:
        found = number_reports.chores(work, limit=CHORES_SHOWN)
        return render_template(
            "number_reports/chores.html",
            found=found,
            reports=[(each, bound.get(each.id) or SettleForm(None, prefix=each.id)) for each in found.reports],
            troubles=TROUBLES,
            recheck_days=amending.waits(work).recheck_days,
            shown=CHORES_SHOWN,
            form=next(iter(bound.values()), None),
        )
