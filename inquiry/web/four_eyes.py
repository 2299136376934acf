"""The second look at an answer, on screen: the insurer's rule, the release, the way back (複数人での確認).

Source    memo annex STEP2 ⑤.
Decides   that the second person reads the same items as the first, the same letter, and what stands in the very file.
"""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from inquiry.domain.errors import InvalidValue
from inquiry.domain.four_eyes import Requirement, Rule, Trigger
from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.item import item
from inquiry.domain.parties import Role
from inquiry.web.forms import Form, attach, offered
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import answering, file_contents, four_eyes, locking, releasing
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("four_eyes", __name__)
OFFICER: Final = (Role.OFFICER,)
REQUIREMENTS: Final = {
    Requirement.NEVER: "求めない（既定）",
    Requirement.SOME: "選んだ種類の回答で求める",
    Requirement.ALWAYS: "すべての回答で求める（「該当者なし」を含む）",
}
TRIGGERS: Final = {
    Trigger.SEVERAL_ITEMS: "２つ以上の項目を伝える回答",
    Trigger.SENSITIVE_ITEMS: "病気や給付がわかる項目（特定疾病、高額療養費、傷病手当金など）を伝える回答",
    Trigger.NEW_ADDRESS: "はじめて回答する市町村等への回答、聞き取ったメールアドレスへの回答",
}


class RuleForm(Form):
    """複数人での確認."""

    requirement = RadioField(
        "回答の前の確認",
        [InputRequired("どの回答で確認を求めるかを選んでください。")],
        choices=offered(REQUIREMENTS),
    )
    triggers = SelectMultipleField("確認を求める回答の種類", choices=offered(TRIGGERS))
    substitute_id = SelectField("責任者が不在のときの代行者", choices=[])
    reason = TextAreaField(
        "変更の理由",
        [Length(max=500)],
        description="確認を求める回答を減らすときは、必ず入力してください。履歴に残ります。",
    )


class ReleaseForm(Form):
    """A button about the release alone."""


class SendBackForm(Form):
    """差戻し."""

    reason = TextAreaField("差し戻す理由", [DataRequired("差し戻す理由を入力してください。"), Length(max=500)])


@screen(blueprint, "/four-eyes", roles=OFFICER)
def show() -> Any:
    """Show the insurer's rule."""
    with house().reading(actor()) as work:
        edition = four_eyes.in_force(work, actor().insurer_id or "")
    form = RuleForm(
        formdata=None,
        data={
            "requirement": edition.rule.requirement.value,
            "triggers": sorted(edition.rule.triggers),
            "substitute_id": edition.substitute_id,
        },
    )
    return _shown(form)


def _shown(form: RuleForm) -> str:
    with house().reading(actor()) as work:
        editions = four_eyes.editions(work)
        form.substitute_id.choices = _colleagues(work)
        shows = {
            "number": editions[0].number if editions else 0,
            "may_change": actor().is_supervisor,
            "editions": [(edition, _in_words(edition)) for edition in editions],
            "names": four_eyes.names_of_substitutes(work, editions),
        }
        return render_template("four_eyes/rule.html", form=form, **shows)


def _in_words(edition: four_eyes.Edition) -> list[str]:
    """Say what a version asks for, the kinds of answers one by one."""
    rule = edition.rule
    kinds = (
        [TRIGGERS[each] for each in Trigger if each in rule.triggers] if rule.requirement is Requirement.SOME else []
    )
    return [REQUIREMENTS[rule.requirement], *kinds]


def _colleagues(work: Work) -> list[Any]:
    return offered({each.id: each.display_name for each in four_eyes.colleagues(work)}, blank="置かない")


@screen(blueprint, "/four-eyes", roles=OFFICER, methods=["POST"])
def change() -> Any:
    """Set the rule anew."""
    form = RuleForm()
    with house().reading(actor()) as work:
        form.substitute_id.choices = _colleagues(work)
    if form.validate():
        rule = Rule(Requirement(form.requirement.data), frozenset(map(Trigger, form.triggers.data)))
        try:
            with house().work(actor(), form_key=form_key()) as work:
                four_eyes.change(
                    work,
                    rule,
                    substitute_id=form.substitute_id.data,
                    number=form_version(),
                    reason=form.reason.data or "",
                )
            flash(
                "回答の前の確認を変更しました。これから伝える回答に使います。すでに確認を待っている回答は、待ったままです。",
                "success",
            )
            return redirect(url_for("four_eyes.show"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(form), 422


@panel(50)
def release_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Show that the answer waits for a second person, and to that person exactly what will leave."""
    draft = releasing.to_look_at(work, page.inquiry)
    if work.actor.role is not Role.OFFICER or draft is None or not four_eyes.is_needed(work, page.inquiry, draft):
        return None
    if draft.given_at is None and not may(State(page.inquiry.state), Event.ANSWER, work.actor.role):
        return None
    said = four_eyes.said_of(work, draft)
    shows = {
        "draft": draft,
        "said": said,
        "reason": _why(page) if said and not said.is_released else "",
        "told": [(item(code).name, text) for code, text in answering.items_of(work, draft).items()],
        "lines": file_contents.read(work, draft),
        "roster_on": answering.roster_date(work, draft),
        "address": locking.address_heard(work, draft),
        "may_release": four_eyes.may_release(work, page.inquiry, draft),
        "is_maker": four_eyes.is_maker(work, page.inquiry, draft),
        "is_loosened": four_eyes.is_loosened(work, page.inquiry, draft),
        "form": bound.get(SendBackForm) or SendBackForm(None, prefix="back"),
    }
    return Panel("⑤ もう一人の確認", "four_eyes/release_panel.html", shows)


def _why(page: Page) -> str:
    return next((line.note for line in reversed(page.timeline) if line.event == "answer_sent_back"), "")


@screen(blueprint, "/inquiries/<inquiry_id>/release", roles=OFFICER, methods=["POST"])
def release(inquiry_id: str) -> Any:
    """Let the prepared answer leave."""
    done = told("回答の内容を確かめたことを記録しました。回答を伝えられます。")
    return act(inquiry_id, ReleaseForm(), releasing.release, done=done)


@screen(blueprint, "/inquiries/<inquiry_id>/send-back", roles=OFFICER, methods=["POST"])
def send_back(inquiry_id: str) -> Any:
    """Give the prepared answer back."""
    form = SendBackForm(prefix="back")

    def use_case(work: Work, wanted: str, version: int) -> object:
        return releasing.send_back(work, wanted, version, reason=form.reason.data)

    return act(inquiry_id, form, use_case, done=told("回答の内容を差し戻しました。", "info"))
