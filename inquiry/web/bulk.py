"""One step for many inquiries in one go, on screen: picked, done behind the page, refusals row by row (一括処理).

Source    memo annex STEP2 ③, ⑤.
Decides   nothing; each inquiry takes its step by itself: workflow/bulk.py.
"""

from functools import partial
from typing import Any, Final

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.domain.parties import MunicipalityCode, Role
from inquiry.domain.reply import ANSWER_CHANNELS, Channel
from inquiry.store.bulk_runs import BulkLine, BulkOutcome
from inquiry.web import labels
from inquiry.web.behind import carry_on_behind
from inquiry.web.forms import DateField, Form, attach, complete_day, offered
from inquiry.web.messages import sentence_for
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import bulk
from inquiry.workflow.bulk import Settled, Task

blueprint = Blueprint("bulk", __name__, url_prefix="/bulk")
OFFICER: Final = (Role.OFFICER,)
AS_ASKED: Final = "as_asked"

TASKS: Final = {
    Task.CONFIRM: "③ 照会者の確認",
    Task.PREPARE: "⑤ 回答の作成",
    Task.HAND_OVER: "⑤ 文書の作成と受け渡し",
}
OUTCOMES: Final = {
    BulkOutcome.WAITING: ("info", "処理待ち"),
    BulkOutcome.DONE: ("success", "済み"),
    BulkOutcome.REFUSED: ("error", "できない"),
}


class PickForm(Form):
    """照会の選択."""


class ConfirmForm(Form):
    """一括の照会者の確認."""

    said = TextAreaField(
        "応対した相手と、確かめた内容",
        [DataRequired("応対した部署・担当者と、確かめた件数・受付番号の範囲を入力してください。"), Length(max=500)],
        description="どの照会を確かめたかが分かるように、件数か受付番号の範囲も書きます。市町村等の画面にも表示されます。",
    )
    channel = RadioField(
        "回答方法（照会者と決めたもの）",
        choices=offered({AS_ASKED: "それぞれの照会のまま"} | {each: labels.CHANNELS[each] for each in ANSWER_CHANNELS}),
        default=AS_ASKED,
    )
    needed_by = DateField("いつまでに必要か（文書のとき）", [complete_day])

    def settled(self, code: str) -> Settled:
        """Return what was typed."""
        channel = None if self.channel.data == AS_ASKED else Channel(self.channel.data)
        needed_by = self.needed_by.day.as_date() if self.needed_by.day and channel is Channel.LETTER else None
        return Settled(MunicipalityCode(code), self.said.data or "", channel, needed_by)


@screen(blueprint, "", roles=OFFICER)
def index() -> Any:
    """Show what may be done in one go, and what was."""
    with house().reading(actor()) as work:
        shows = {
            "askers": bulk.askers(work),
            "to_prepare": len(bulk.to_prepare(work)),
            "to_hand_over": len(bulk.to_hand_over(work)),
            "runs": bulk.runs(work),
        }
        return render_template("bulk/index.html", **shows, tasks=TASKS, at_most=bulk.AT_MOST)


@screen(blueprint, "/confirm/<code>", roles=OFFICER)
def confirm(code: str) -> Any:
    """Show a municipality's main line and the inquiries that one call may settle."""
    return _confirm_page(code, ConfirmForm(formdata=None))


def _confirm_page(code: str, form: ConfirmForm) -> str:
    with house().reading(actor()) as work:
        place, waiting = bulk.to_confirm(work, code)
    picked = set(request.form.getlist("picked")) if form.is_submitted() else {each.id for each in waiting}
    return render_template(
        "bulk/confirm.html", form=form, place=place, waiting=waiting, picked=picked, at_most=bulk.AT_MOST
    )


@screen(blueprint, "/confirm/<code>", roles=OFFICER, methods=["POST"])
def confirm_all(code: str) -> Any:
    """Begin to confirm the inquiries that were picked."""
    form = ConfirmForm()
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                run_id = bulk.begin_confirming(work, request.form.getlist("picked"), form.settled(code)).id
            return _going_on(run_id)
        except InvalidValue as error:
            _attach(form, error)
    return _confirm_page(code, form), 422


@screen(blueprint, "/<task>", roles=OFFICER)
def pick(task: str) -> Any:
    """List what waits to be prepared or handed over."""
    return _pick_page(_picked_for(task), PickForm(formdata=None))


def _picked_for(name: str) -> Task:
    if name not in (Task.PREPARE, Task.HAND_OVER):
        raise NotFound
    return Task(name)


def _pick_page(task: Task, form: PickForm) -> str:
    with house().reading(actor()) as work:
        waiting = bulk.to_prepare(work) if task is Task.PREPARE else bulk.to_hand_over(work)
        return render_template(
            "bulk/pick.html", form=form, task=task, name=TASKS[task], waiting=waiting, at_most=bulk.AT_MOST
        )


@screen(blueprint, "/<task>", roles=OFFICER, methods=["POST"])
def begin(task: str) -> Any:
    """Begin to prepare or hand over what was picked."""
    form = PickForm()
    try:
        with house().work(actor(), form_key=form_key()) as work:
            run_id = bulk.begin(work, _picked_for(task), request.form.getlist("picked")).id
    except InvalidValue as error:
        _attach(form, error)
        return _pick_page(_picked_for(task), form), 422
    return _going_on(run_id)


def _attach(form: Form, error: InvalidValue) -> None:
    if error.field == "picked":
        form.form_errors.append(sentence_for(error.code))
    else:
        attach(form, error)


def _going_on(run_id: str) -> Any:
    _carry_on_behind()
    return redirect(url_for("bulk.show", run_id=run_id), 303)


def _carry_on_behind() -> None:
    carry_on_behind(partial(bulk.carry_on, house(), actor()), complaint="a run could not go on")


@screen(blueprint, "/runs/<run_id>", roles=OFFICER)
def show(run_id: str) -> Any:
    """Show how far a run has come, and why which inquiry could not take its step."""
    is_at_work = bulk.is_at_work(house(), actor())
    with house().reading(actor()) as work:
        run, counts = bulk.run(work, run_id), bulk.counts(work, run_id)
        shows = {
            "run": run,
            "name": TASKS[Task(run.task)],
            "counts": {str(outcome): number for outcome, number in counts.items()},
            "share": _share(counts),
            "said": _said(counts),
            "is_at_work": is_at_work and counts[BulkOutcome.WAITING] > 0,
            "outcomes": OUTCOMES,
            "why": {line.id: _why(line) for line in run.lines if line.code},
        }
        return render_template("bulk/run.html", **shows)


def _why(line: BulkLine) -> str:
    if line.code == "superseded":
        return "選んだ後に、照会の内容が変わりました。照会を開いて確かめてください。"
    return sentence_for(line.code).replace("{code_points}", "照会の画面で作成すると、どの文字かが出ます")


def _share(counts: dict[BulkOutcome, int]) -> int:
    total = sum(counts.values())
    return 1000 * (total - counts[BulkOutcome.WAITING]) // max(total, 1)


def _said(counts: dict[BulkOutcome, int]) -> str:
    total = sum(counts.values())
    return f"{total - counts[BulkOutcome.WAITING]:,} / {total:,} 件"


@screen(blueprint, "/runs/<run_id>/progress", roles=OFFICER)
def progress(run_id: str) -> Any:
    """Say how far a run has come; its page asks again and again."""
    is_at_work = bulk.is_at_work(house(), actor())
    with house().reading(actor()) as work:
        counts = bulk.counts(work, run_id)
    is_loading = is_at_work and counts[BulkOutcome.WAITING] > 0
    return jsonify(is_loading=is_loading, share=_share(counts), said=_said(counts))


@screen(blueprint, "/runs/<run_id>/again", roles=OFFICER, methods=["POST"])
def again(run_id: str) -> Any:
    """Go on with a run that was interrupted, and try once more what was refused."""
    with house().work(actor(), form_key=form_key()) as work:
        bulk.try_again(work, run_id)
    flash("続きの処理を始めました。", "info")
    return _going_on(run_id)
