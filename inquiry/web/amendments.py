"""Changes of the two directories on screen, for PMO staff: what waits for whom, and each step (名簿の変更の手続).

Decides   nothing; what a change waits for, directory/amendments.py says.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Length

from inquiry.directory.amendments import DIALLED, Adds, Stage, Waits, new_numbers
from inquiry.directory.contacts import CellChange
from inquiry.directory.look_alikes import differences, digits_of
from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import OrganisationKind, Role
from inquiry.store.amendments import Amendment
from inquiry.web import addition_words
from inquiry.web.addition_words import RejectForm
from inquiry.web.forms import Form, attach, offered
from inquiry.web.heard_words import NEW, WHAT, Heard, beside_owners, heard_words, replaced_words
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import amending, enacting, mergers, noticing, objecting, resembling
from inquiry.workflow.amending import Proposal
from inquiry.workflow.enacting import Asked
from inquiry.workflow.resembling import Likened
from inquiry.workflow.stopping import Stopped
from inquiry.workflow.work import Work

blueprint = Blueprint("amendments", __name__, url_prefix="/amendments")
PMO: Final = (Role.PMO_STAFF,)
STAGES: Final = {
    Stage.OBJECTED: ("urgent", "異議への判断待ち"),
    Stage.PROPOSED: ("warning", "もう一人の確認待ち"),
    Stage.CALL_WANTED: ("warning", "変更前の番号への電話待ち"),
    Stage.COOLING: ("info", "待ち期間中"),
    Stage.READY: ("urgent", "反映できます"),
    Stage.IN_FORCE: ("success", "反映済み"),
    Stage.STOPPED: ("neutral", "取りやめ"),
}
# What several changes wait for together, where that differs from what one waits for.
WAITING_FOR: Final = {Stage.CALL_WANTED: "変更前の番号か、主たる窓口への電話待ち"}
ASKED: Final = {
    Asked.CONFIRMED: "変更すると聞いた（変更前の番号で、本人の組織に確かめた）",
    Asked.NOT_IN_USE: "変更前の番号は使われていない（案内の音声、移転先の案内など）",
    Asked.DENIED: "変更に心当たりがないと言われた（この変更を止め、不審な照会として記録する）",
}
STOPPED: Final = {
    Stopped.REJECTED: "差戻し",
    Stopped.WITHDRAWN: "提案者による取下げ",
    Stopped.OBJECTED: "本人の組織から異議",
    Stopped.DENIED: "名簿の番号への電話で、心当たりがないと言われた",
    Stopped.DESK_ENDED: "窓口が終了した",
    Stopped.MERGED: "保険者が、ほかの保険者に承継された",
}
SIDES: Final = {
    OrganisationKind.PMO: "ＰＭＯ",
    OrganisationKind.INSURER: "保険者",
    OrganisationKind.MUNICIPALITY: "市町村等",
}
_LETTERS: Final = {"メールドメイン": Likened.DOMAIN, "保険者名称": Likened.NAME}
NEXT: Final = {
    Stage.OBJECTED: "異議を記録しました。ＰＭＯが判断するまで、この変更は進みません。",
    Stage.PROPOSED: "変更を受け付けました。別の担当者が根拠を確かめると、次に進みます。",
    Stage.CALL_WANTED: "確認を記録しました。変更前の番号に電話して、変更を確かめてください。",
    Stage.COOLING: "記録しました。待ち期間か適用日まで、変更前の内容を使います。",
    Stage.IN_FORCE: "反映しました。変更前の内容は履歴に残っています。",
    Stage.STOPPED: "変更を取りやめました。名簿は変わっていません。",
}
NEXT_OF_ADDITION: Final = NEXT | {
    Stage.PROPOSED: "記録しました。ほかの窓口は、別の担当者の確認を待っています。",
    Stage.CALL_WANTED: "記録しました。主たる窓口に電話して、窓口を加えることを確かめてください。",
    Stage.COOLING: "記録しました。待ち期間か適用日まで、一覧には載りません。",
    Stage.IN_FORCE: "一覧に加えました。",
    Stage.STOPPED: "追加を取りやめました。一覧は変わっていません。",
}


class ApproveForm(Form):
    """A button alone."""


class CallForm(Form):
    """変更前の番号への電話の記録."""

    outcome = RadioField(
        "電話の結果", [InputRequired("電話の結果を選んでください。")], choices=offered(ASKED), id="call-outcome"
    )
    note = TextAreaField(
        "電話の記録",
        [DataRequired("応対した部署と、聞いた内容を入力してください。"), Length(max=500)],
        description="応対した部署・役職と、聞いた内容",
        id="call-note",
    )


class StopForm(Form):
    """取りやめ."""

    reason = TextAreaField(
        "取りやめる理由", [DataRequired("取りやめる理由を入力してください。"), Length(max=500)], id="stop-reason"
    )


class OverruleForm(Form):
    """異議があっても進める判断."""

    reason = TextAreaField(
        "異議があっても進める理由",
        [DataRequired("確かめたことと、進める理由を入力してください。"), Length(max=1000)],
        description="承継する保険者の画面に表示されます。",
        id="overrule-reason",
    )


class RuleForm(Form):
    """待ち期間と再確認."""

    cooling_days = IntegerField("電話番号が変わるときの待ち期間（日）", [InputRequired("日数を入力してください。")])
    recheck_days = IntegerField("再確認までの日数", [InputRequired("日数を入力してください。")])


@screen(blueprint, "", roles=PMO)
def waiting() -> str:
    """List the changes that wait, by what they wait for."""
    with house().reading(actor()) as work:
        found = amending.proposals(work, amending.on_their_way(work))
        waits = amending.waits(work)
    return render_template("amendments/waiting.html", **_listed(found), waits=waits)


def _listed(found: list[Proposal]) -> dict[str, Any]:
    order = (Stage.OBJECTED, Stage.READY, Stage.PROPOSED, Stage.CALL_WANTED, Stage.COOLING)
    words_of = {stage: words for stage, (_kind, words) in STAGES.items()} | WAITING_FOR
    return {
        "groups": [(words_of[stage], [each for each in found if each.stage is stage]) for stage in order],
        "stages": STAGES,
    }


@screen(blueprint, "/<amendment_id>", roles=PMO)
def show(amendment_id: str) -> str:
    """Show one change and what may be done about it."""
    return _shown(amendment_id)


def _shown(amendment_id: str, *bound: BaseForm) -> str:
    forms = {type(form): form for form in bound}
    with house().work(actor()) as work:
        amendment = enacting.found(work, amendment_id)
        work.record("amendment:read", amendment=amendment_id)
        call = forms.get(CallForm) or CallForm(None)
        if amendment.adds:
            call.outcome.choices = offered(addition_words.ASKED)
        return render_template(
            "amendments/addition.html" if amendment.adds else "amendments/show.html",
            proposal=amending.proposals(work, [amendment])[0],
            notes=enacting.opened_notes(work, amendment),
            alike=_alike(work, amendment),
            is_merger=mergers.is_merger(amendment),
            owners=resembling.owners_in(work, amending.cells_of(amendment), besides=_entry_of(amendment)),
            may_approve=enacting.may_approve(work, amendment),
            mails=noticing.of_change(work, amendment),
            tells_of_mail=amendment.adds == Adds.DESKS or bool(new_numbers(amending.cells_of(amendment))),
            call=call,
            overrule=forms.get(OverruleForm) or OverruleForm(None),
            reject=forms.get(RejectForm) or RejectForm(None),
            ticked=request.form.getlist("picked"),
            stop=forms.get(StopForm) or StopForm(None),
            form=next(iter(bound), None),
            **(words() | (addition_words.laid_out(work, amendment) if amendment.adds else {})),
        )


def _alike(work: Work, amendment: Amendment) -> list[tuple[str, Heard]]:
    """Return what the change resembles: the number it replaces, then other owners' numbers and names."""
    cells = amending.cells_of(amendment)
    replaced = [
        (f"変更前の{WHAT[_LETTERS.get(cell.column, Likened.NUMBER)]}", _beside_old(cell))
        for cell in cells
        if _is_replaced(cell)
    ]
    found = [*replaced, *beside_owners(resembling.in_cells(work, cells, besides=_entry_of(amendment)), known=NEW)]
    return [(owner, beside) for owner, beside in found if beside.is_look_alike]


def _entry_of(amendment: Amendment) -> str:
    return amendment.insurer_id or amendment.municipality_code or ""


def _is_replaced(cell: CellChange) -> bool:
    return bool(cell.old and cell.new) and (cell.column in DIALLED or cell.column in _LETTERS)


def _beside_old(cell: CellChange) -> Heard:
    if cell.column in _LETTERS:
        return replaced_words(cell.old, cell.new, what=_LETTERS[cell.column])
    return heard_words(differences(cell.new, digits_of(cell.old)), known=NEW)


def words() -> dict[str, Any]:
    """Return the words that the pages about changes share."""
    return {"stages": STAGES, "asked": ASKED, "stopped": STOPPED, "sides": SIDES}


def act(amendment_id: str, form: BaseForm, use_case: Callable[[Work], Amendment]) -> Any:
    """Take a step of a change, and show the change: as it is then, or with what is wrong at its fields."""
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                done = use_case(work)
                tell(amending.stage(work, done), NEXT_OF_ADDITION if done.adds else NEXT)
            return redirect(url_for("amendments.show", amendment_id=amendment_id), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(amendment_id, form), 422


def tell(stage: Stage, words_of: Mapping[Stage, str] = NEXT) -> None:
    """Say on the next page what a change waits for now."""
    flash(words_of[stage], "success" if stage is Stage.IN_FORCE else "info")


@screen(blueprint, "/<amendment_id>/approve", roles=PMO, methods=["POST"])
def approve(amendment_id: str) -> Any:
    """Agree as the second person."""
    return act(amendment_id, ApproveForm(), lambda work: enacting.approve(work, amendment_id))


@screen(blueprint, "/<amendment_id>/call", roles=PMO, methods=["POST"])
def record_call(amendment_id: str) -> Any:
    """Record the call to the number in force."""
    form = CallForm()
    return act(
        amendment_id,
        form,
        lambda work: enacting.record_call(work, amendment_id, Asked(form.outcome.data), note=form.note.data),
    )


@screen(blueprint, "/<amendment_id>/overrule", roles=PMO, methods=["POST"])
def overrule(amendment_id: str) -> Any:
    """Let a merger go on in spite of an objection."""
    form = OverruleForm()
    return act(amendment_id, form, lambda work: objecting.overrule(work, amendment_id, reason=form.reason.data))


@screen(blueprint, "/<amendment_id>/stop", roles=PMO, methods=["POST"])
def stop(amendment_id: str) -> Any:
    """Stop a change."""
    form = StopForm()
    return act(amendment_id, form, lambda work: enacting.stop(work, amendment_id, reason=form.reason.data))


@screen(blueprint, "/<amendment_id>/enact", roles=PMO, methods=["POST"])
def enact(amendment_id: str) -> Any:
    """Let a change hold."""
    return act(amendment_id, ApproveForm(), lambda work: enacting.enact(work, amendment_id))


@screen(blueprint, "/rule", roles=PMO, methods=["GET", "POST"])
def rule() -> Any:
    """Show how long a new number waits and when entries are checked again, and set it anew."""
    with house().reading(actor()) as work:
        waits, number = amending.waits(work), amending.rule_number(work)
    form = RuleForm(data={"cooling_days": waits.cooling_days, "recheck_days": waits.recheck_days})
    if form.validate_on_submit():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                enacting.set_waits(work, Waits(form.cooling_days.data, form.recheck_days.data), number=form_version())
            flash("変更しました。これから確認する変更に使います。", "success")
            return redirect(url_for("amendments.waiting"), 303)
        except InvalidValue as error:
            attach(form, error)
    version = form_version() if form.is_submitted() else number
    return render_template("amendments/rule.html", form=form, version=version), 422 if form.is_submitted() else 200
