"""The insurer's own roster: a file is loaded, looked at, and switched to (加入者名簿の取込).

Decides   that nothing comes into force unseen: a loaded file waits, with what it would change, until an officer says
          so; the roster before can be put back.
"""

import csv
import io
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, url_for

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.parties import Role
from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS, WITHHELD, seems_of_another_coding
from inquiry.domain.table_text import RowProblem
from inquiry.store.rosters import RosterGeneration, Stage
from inquiry.web.forms import attach, chosen
from inquiry.web.messages import sentence_for, spoken
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.roster_desk import clear_behind, load_behind, recheck_behind
from inquiry.web.roster_forms import CHANGES, FileForm, SwitchForm, digest_of, file_sent
from inquiry.web.walls import screen
from inquiry.workflow import roster
from inquiry.workflow.roster_changes import Sent, Taken, take_over_changes
from inquiry.workflow.roster_comparing import Comparison, Weighed, comparison, weighed
from inquiry.workflow.roster_loading import RosterFile, Tally
from inquiry.workflow.roster_progress import UnderWay, changes_under_way
from inquiry.workflow.roster_switching import discard, is_nobody_at, put_back, switch
from inquiry.workflow.work import Work

blueprint = Blueprint("rosters", __name__, url_prefix="/rosters")
OFFICER = (Role.OFFICER,)
PROBLEMS_SHOWN: Final = 200

STAGES: Final = {
    Stage.LOADING: ("info", "読み込み中"),
    Stage.LOADED: ("warning", "切替え待ち"),
    Stage.ACTIVE: ("success", "照合に使用中"),
    Stage.PREVIOUS: ("neutral", "一つ前の名簿"),
    Stage.ENDED: ("neutral", "置き換え済"),
    Stage.DISCARDED: ("neutral", "取りやめ"),
}
INTERRUPTED: Final = ("warning", "中断")
BEING_CHANGED: Final = ("info", "取り込み中")


@dataclass(frozen=True, slots=True)
class View:
    """One import as its page shows it."""

    generation: RosterGeneration
    compared: Comparison | None
    problems: list[tuple[RowProblem, str]]
    stopped_by: str  # the sentence that says why it was not finished; empty if nothing stopped it
    given_up_by: str  # the sentence that says what ended its waiting; empty if nothing did
    said: str  # how far a file is loaded
    is_other_coding: bool  # the file probably counts eras the other way


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Differences that are under way, or were when that broke off, as the list of imports shows them."""

    far: UnderWay
    stage: tuple[str, str]
    said: str


@screen(blueprint, "", roles=OFFICER)
def listing() -> Any:
    """List the imports so far, and ask for a file."""
    return _listed(FileForm(formdata=None))


def _listed(form: FileForm, going: Comparison | None = None) -> str:
    columns = (*ROSTER_COLUMNS, WITHHELD)
    is_nobody = is_nobody_at(house(), _insurer_id())
    changes = _shown_of_changes()
    with house().reading(actor()) as work:
        imports, active = roster.imports(work, _insurer_id())
        staged = [(generation, _stage(generation, is_nobody=is_nobody)) for generation in imports]
        shows = {"imports": staged, "active": active, "columns": columns, "change": CHANGE, "going": going}
        shows["most_megabytes"] = current_app.config["ROSTER_UPLOAD_BYTES"] >> 20
        return render_template("rosters/listing.html", form=form, changes=changes, **shows)


@screen(blueprint, "/load", roles=OFFICER, methods=["POST"])
def load() -> Any:
    """Begin to load a whole file, or take over the differences of a day."""
    form = FileForm()
    if not form.validate():
        return _listed(form), 422
    file = file_sent(form)
    try:
        if chosen(form.kind) == CHANGES:
            return _changed(file, form)
        _count_once()
        generation_id = load_behind(house(), actor(), _insurer_id(), file)
    except (InvalidValue, Forbidden, NotFound) as error:
        is_of_day = isinstance(error, InvalidValue) and error.field == "as_of"
        attach(form, InvalidValue(error.code, field="as_of" if is_of_day else "file"))
        return _listed(form), 422
    return redirect(url_for("rosters.show", generation_id=generation_id), 303)


def _count_once() -> None:
    """Take the form's key before the file is read behind the page, in units of work of its own.

    :raises Repeated: if the form was sent before.
    """
    with house().work(actor(), form_key=form_key()):
        pass


def _changed(file: RosterFile, form: FileForm) -> Any:
    _not_counted_yet()
    digest = digest_of(file)
    sent = Sent(file, form.consent(digest), form_key())
    taken = take_over_changes(house(), actor(), _insurer_id(), sent)
    if taken.compared is not None and taken.lacks:
        form.ask(taken, taken.compared, digest)
        return _listed(form, taken.compared), 422
    if taken.generation is None:
        return _why_nothing_changed(taken), 422
    recheck_behind(house(), actor(), _insurer_id())
    flash(_what_changed(taken.tally, taken.generation), "success")
    return redirect(url_for("rosters.listing"), 303)


def _what_changed(tally: Tally, generation: RosterGeneration) -> str:
    if tally.is_empty:
        return f"差分はありませんでした。名簿は{generation.persons:,}人のまま、基準日を改めました。"
    wrong = tally.wrong_rows
    left_out = f"誤りのある{wrong:,}行は除きました。" if wrong else ""
    return f"差分を取り込みました（{tally.rows:,}行）。{left_out}名簿は{generation.persons:,}人になりました。"


class _Abandoned(Exception):
    """Ends a unit of work without a trace: the form has not counted, and may come again."""


def _not_counted_yet() -> None:
    """See to it that a form which was taken over is not read again; it counts once its differences are written.

    :raises Repeated: if the form was sent before.
    """
    with suppress(_Abandoned), house().work(actor(), form_key=form_key()):
        raise _Abandoned


@screen(blueprint, "/changes/progress", roles=OFFICER)
def changes_progress() -> Any:
    """Say how far differences have come; the page they were sent from asks, and every other that shows them."""
    changes = _shown_of_changes()
    if changes is None or changes.far.is_interrupted:
        return jsonify(is_loading=False, share=0, said="")
    return jsonify(is_loading=True, share=changes.far.share, said=changes.said)


def _shown_of_changes() -> ChangesView | None:
    far = changes_under_way(house(), actor(), _insurer_id())
    if far is None:
        return None
    rows = f"{far.rows:,}行" if far.rows else "ファイルを読んでいます"
    stage = INTERRUPTED if far.is_interrupted else BEING_CHANGED
    return ChangesView(far, stage, rows + _left(since=far.begun_at, share=far.share))


def _why_nothing_changed(taken: Taken) -> str:
    tally, problems = taken.tally, spoken(taken.tally.problems)
    is_other = seems_of_another_coding(tally.by_reason, tally.rows)
    shows = {"problems": problems, "wrong": tally.wrong_rows, "is_other_coding": is_other}
    return render_template("rosters/changes.html", **shows)


@screen(blueprint, "/imports/<generation_id>", roles=OFFICER)
def show(generation_id: str) -> Any:
    """Show how far an import has come, and what switching to it would change."""
    is_nobody = _is_nobody_at(generation_id)
    with house().reading(actor()) as work:
        return _shown(work, generation_id, SwitchForm(formdata=None), is_nobody=is_nobody)


@screen(blueprint, "/imports/<generation_id>/progress", roles=OFFICER)
def progress(generation_id: str) -> Any:
    """Say how far an import has come; its page asks again and again."""
    is_nobody = _is_nobody_at(generation_id)
    with house().reading(actor()) as work:
        generation = roster.import_of(work, _insurer_id(), generation_id)
        is_loading = generation.stage == Stage.LOADING and not is_nobody
        return jsonify(is_loading=is_loading, share=generation.share, said=_said(generation))


def _is_nobody_at(generation_id: str) -> bool:
    """Say whether nobody is at work on an import, before it is read: if it still loads then, it was interrupted."""
    with house().reading(actor()) as work:
        was_loading = roster.import_of(work, _insurer_id(), generation_id).stage == Stage.LOADING
    return was_loading and is_nobody_at(house(), _insurer_id())


def _shown(work: Work, generation_id: str, form: SwitchForm, *, is_nobody: bool = False) -> str:
    generation = roster.import_of(work, _insurer_id(), generation_id)
    may_come = generation.stage in (Stage.LOADED, Stage.PREVIOUS)
    compared = comparison(work, _insurer_id(), generation_id) if may_come else None
    form.compared_with.data = compared.generation_id if compared else ""
    problems = spoken(_problems_of(generation)[:PROBLEMS_SHOWN])
    view = View(
        generation,
        compared,
        problems,
        stopped_by=_stopped_by(generation, is_nobody=is_nobody),
        given_up_by=_reason(generation, "given_up_by"),
        said=_said(generation),
        is_other_coding=seems_of_another_coding((generation.report or {}).get("by_reason", {}), generation.rows),
    )
    stage = _stage(generation, is_nobody=is_nobody)
    return render_template("rosters/import.html", view=view, form=form, stage=stage)


def _stage(generation: RosterGeneration, *, is_nobody: bool) -> tuple[str, str]:
    is_interrupted = generation.stage == Stage.LOADING and is_nobody
    return INTERRUPTED if is_interrupted else STAGES[Stage(generation.stage)]


def _stopped_by(generation: RosterGeneration, *, is_nobody: bool) -> str:
    if generation.stage == Stage.LOADING and is_nobody:
        return sentence_for("roster:interrupted")
    return _reason(generation, "stopped_by")


def _reason(generation: RosterGeneration, why: str) -> str:
    code = (generation.report or {}).get(why)
    return sentence_for(code) if code else ""


def _said(generation: RosterGeneration) -> str:
    far = f"{generation.rows:,}行、{generation.persons:,}人"
    return far + _left(since=generation.imported_at, share=generation.share)


def _left(*, since: datetime, share: int) -> str:
    """Say how many minutes are left of work of which so many thousandths are done."""
    if not share:
        return ""
    passed = (house().clock() - since) / timedelta(minutes=1)
    return f"　残り およそ{max(1, round(passed * (1000 - share) / share))}分"


def _problems_of(generation: RosterGeneration) -> list[RowProblem]:
    return [RowProblem(line, column, code) for line, column, code in (generation.report or {}).get("problems", [])]


@screen(blueprint, "/imports/<generation_id>/switch", roles=OFFICER, methods=["POST"])
def switch_over(generation_id: str) -> Any:
    """Bring a loaded roster into force."""
    form = SwitchForm()
    try:
        beside = _weighed(generation_id, form, Stage.LOADED)
        with house().work(actor(), form_key=form_key()) as work:
            generation = switch(work, beside)
            rows, persons = generation.rows, generation.persons
    except Forbidden as refusal:
        return _shown_again(generation_id, form, refusal)
    recheck_behind(house(), actor(), _insurer_id())
    flash(f"加入者名簿を切り替えました（{rows:,}行、{persons:,}人）。", "success")
    return redirect(url_for("rosters.listing"), 303)


def _weighed(generation_id: str, form: SwitchForm, stage: Stage) -> Weighed:
    """Compare a roster with the one in force while nobody waits for it.

    :raises Repeated: if the form was sent before, and is why the roster no longer waits.
    """
    try:
        with house().reading(actor()) as work:
            return weighed(work, _insurer_id(), generation_id, form.consent(), stage=stage)
    except (NotFound, Superseded):
        _not_counted_yet()
        raise


def _shown_again(generation_id: str, form: SwitchForm, refusal: Forbidden) -> Any:
    form.refuse(refusal)
    with house().reading(actor()) as work:
        return _shown(work, generation_id, form), 422


@screen(blueprint, "/imports/<generation_id>/discard", roles=OFFICER, methods=["POST"])
def discard_(generation_id: str) -> Any:
    """Give up a loaded roster."""
    with house().work(actor(), form_key=form_key()) as work:
        discard(work, _insurer_id(), generation_id)
    clear_behind(house(), actor(), _insurer_id())
    flash("読み込んだ名簿を取りやめました。今の名簿はそのままです。", "info")
    return redirect(url_for("rosters.listing"), 303)


@screen(blueprint, "/imports/<generation_id>/put-back", roles=OFFICER, methods=["POST"])
def put_back_(generation_id: str) -> Any:
    """Bring the roster before the present one back into force."""
    form = SwitchForm()
    try:
        beside = _weighed(generation_id, form, Stage.PREVIOUS)
        with house().work(actor(), form_key=form_key()) as work:
            persons = put_back(work, beside).persons
    except Forbidden as refusal:
        return _shown_again(generation_id, form, refusal)
    recheck_behind(house(), actor(), _insurer_id())
    flash(f"一つ前の名簿に戻しました（{persons:,}人）。", "success")
    return redirect(url_for("rosters.listing"), 303)


@screen(blueprint, "/imports/<generation_id>/problems.csv", roles=OFFICER)
def problems(generation_id: str) -> Any:
    """Hand out the list of bad rows as CSV: line, column and reason, nothing of what stands in them."""
    with house().reading(actor()) as work:
        found = _problems_of(roster.import_of(work, _insurer_id(), generation_id))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("行", "列", "理由"))
    writer.writerows((problem.line, problem.column, sentence) for problem, sentence in spoken(found))
    response = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="roster-problems.csv"'
    return response


def _insurer_id() -> str:
    return str(actor().insurer_id)
