"""A day's letters in one go: made behind the page, printed as one file, posted by one list (文書の一括作成・発送).

Decides   nothing; each letter passes the gate by itself: workflow/letter_runs.py, workflow/posting.py.
"""

import io
import zipfile
from collections import Counter
from functools import partial
from typing import Any, Final

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import DataRequired

from inquiry.documents.print_file import print_file
from inquiry.documents.table_paper import TablePaper
from inquiry.documents.table_workbook import write_table_workbook
from inquiry.domain.errors import MY_NUMBER, InvalidValue
from inquiry.domain.parties import Role
from inquiry.domain.table_text import write_table
from inquiry.store.letter_runs import Outcome, RunLetter
from inquiry.web.attachments import CSV, EXCEL, PDF, download
from inquiry.web.behind import carry_on_behind
from inquiry.web.forms import DateField, Form, attach, complete_day
from inquiry.web.messages import IN_DOCUMENT, sentence_for
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import letter_runs, posting, posting_list
from inquiry.workflow.letter_runs import Line, Standing

blueprint = Blueprint("letter_runs", __name__, url_prefix="/letter-runs")
OFFICER = (Role.OFFICER,)

STANDINGS: Final = {
    Standing.WAITING: ("info", "作成待ち"),
    Standing.READY: ("success", "作成済み"),
    Standing.REFUSED: ("error", "作成できない"),
    Standing.POSTED: ("neutral", "発送済み"),
    Standing.ANSWERED: ("neutral", "回答済み"),
    Standing.MADE_ANEW: ("warning", "作り直し"),
    Standing.TAKEN_BACK: ("error", "取消し"),
}
# What an officer does about a letter that lies there on paper, and is not the answer.
_WHY: Final = {Standing.MADE_ANEW: "letter_run:made_anew", Standing.TAKEN_BACK: "letter:taken_back"}


class PickForm(Form):
    """作成する文書の選択."""


class PostingForm(Form):
    """発送の記録."""

    posted_on = DateField("発送した日", [DataRequired("発送した日を入力してください。"), complete_day])


class ListForm(Form):
    """差出票の読み込み."""

    file = FileField("引受番号を書いた差出票（CSV・Excel）", [FileRequired("差出票のファイルを選んでください。")])


@screen(blueprint, "", roles=OFFICER)
def listing() -> Any:
    """List the letters that wait, and the runs so far."""
    return _listed(PickForm(formdata=None))


def _listed(form: Form) -> str:
    is_at_work = letter_runs.is_at_work(house(), actor())
    with house().reading(actor()) as work:
        waiting, runs = letter_runs.candidates(work), letter_runs.runs(work)
        counts = {run.id: _counts(run.letters) for run in runs}
        shows = {"waiting": waiting, "runs": runs, "counts": counts, "is_at_work": is_at_work}
        shows["at_most"] = letter_runs.AT_MOST
        return render_template("letter_runs/listing.html", form=form, **shows)


def _counts(letters: list[RunLetter]) -> dict[str, int]:
    return {outcome: sum(letter.outcome == outcome for letter in letters) for outcome in Outcome}


@screen(blueprint, "/begin", roles=OFFICER, methods=["POST"])
def begin() -> Any:
    """Begin to make the letters that were picked; the page answers at once."""
    form = PickForm()
    try:
        with house().work(actor(), form_key=form_key()) as work:
            run_id = letter_runs.begin(work, request.form.getlist("picked")).id
    except InvalidValue as error:
        form.form_errors.append(sentence_for(error.code))
        return _listed(form), 422
    _carry_on_behind()
    return redirect(url_for("letter_runs.show", run_id=run_id), 303)


def _carry_on_behind() -> None:
    carry_on_behind(partial(letter_runs.carry_on, house(), actor()), complaint="letters could not all be made")


@screen(blueprint, "/<run_id>", roles=OFFICER)
def show(run_id: str) -> Any:
    """Show how far a run has come, what stands in the way of which letter, and the posting list."""
    return _shown(run_id, PostingForm(formdata=None))


def _shown(
    run_id: str,
    form: Form,
    *,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    left: set[str] | None = None,
) -> str:
    """Return the page; `left` are the letters whose mark somebody took away, who would not look for it to be back."""
    is_at_work = letter_runs.is_at_work(house(), actor())
    with house().reading(actor()) as work:
        lines = letter_runs.lines(work, run_id)
        counts = _counts([line.letter for line in lines])
        shows = {
            "run": letter_runs.run(work, run_id),
            "lines": lines,
            "counts": counts,
            "is_at_work": is_at_work and counts[Outcome.WAITING] > 0,
            "is_printable": any(line.standing in posting.PRINTED for line in lines),
            "said": _said([line.letter for line in lines]),
            "to_post": letter_runs.sheets(work, run_id, {Standing.READY}),
            "posting_form": form if isinstance(form, PostingForm) else PostingForm(formdata=None),
            "list_form": form if isinstance(form, ListForm) else ListForm(formdata=None),
            "typed": typed or {},
            "left": left or set(),
            "wrong": {letter_id: sentence_for(code) for letter_id, code in (wrong or {}).items()},
            "standings": STANDINGS,
            "tally": Counter(line.standing for line in lines),
            "why": {line.letter.id: _why(line) for line in lines},
        }
        return render_template("letter_runs/run.html", form=form, **shows)


def _why(line: Line) -> str:
    code = _WHY.get(line.standing) or (line.letter.code if line.standing is Standing.REFUSED else "")
    said = sentence_for(IN_DOCUMENT if code == MY_NUMBER else code) if code else ""
    return said.replace("{code_points}", "照会の画面で作成すると、どの文字かが出ます")


def _said(letters: list[RunLetter]) -> str:
    done = sum(letter.outcome != Outcome.WAITING for letter in letters)
    return f"{done:,} / {len(letters):,} 件"


@screen(blueprint, "/<run_id>/progress", roles=OFFICER)
def progress(run_id: str) -> Any:
    """Say how far a run has come; its page asks again and again."""
    is_at_work = letter_runs.is_at_work(house(), actor())
    with house().reading(actor()) as work:
        letters = letter_runs.run(work, run_id).letters
        waiting = _counts(letters)[Outcome.WAITING]
        share = 1000 * (len(letters) - waiting) // len(letters)
        return jsonify(is_loading=is_at_work and waiting > 0, share=share, said=_said(letters))


@screen(blueprint, "/<run_id>/again", roles=OFFICER, methods=["POST"])
def again(run_id: str) -> Any:
    """Go on with a run that was interrupted, and try once more what was refused."""
    with house().work(actor(), form_key=form_key()) as work:
        letter_runs.try_again(work, run_id)
    _carry_on_behind()
    return redirect(url_for("letter_runs.show", run_id=run_id), 303)


@screen(blueprint, "/<run_id>/print", roles=OFFICER, methods=["POST"])
def print_(run_id: str) -> Response:
    """Hand out one file for the printer; every letter in it is recorded as read."""
    with house().work(actor(), form_key=form_key()) as work:
        content = print_file(letter for _name, letter in posting.files(work, run_id))
    return download(content, "letters.pdf", PDF)


@screen(blueprint, "/<run_id>/files", roles=OFFICER, methods=["POST"])
def files(run_id: str) -> Response:
    """Hand out the single letters as they were sealed; every one is recorded as read."""
    packed = io.BytesIO()
    with (
        house().work(actor(), form_key=form_key()) as work,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive,
    ):
        for name, letter in posting.files(work, run_id):
            archive.writestr(name, letter)
    return download(packed.getvalue(), "letters.zip", "application/zip")


@screen(blueprint, "/<run_id>/posting-list.pdf", roles=OFFICER)
def posting_paper(run_id: str) -> Response:
    """Hand out the posting list for the post office's counter."""
    with house().reading(actor()) as work:
        rows = [list(cells.values()) for cells in posting_list.rows(work, run_id)]
        paper = TablePaper(
            title="郵便物差出票",
            lines=(f"差出人　{work.actor.organisation_name}", f"通数　{len(rows):,}通"),
            columns=posting_list.COLUMNS,
            rows=rows,
        )
    return download(house().press.print_table(paper), "posting-list.pdf", PDF)


@screen(blueprint, "/<run_id>/posting-list.csv", roles=OFFICER)
def posting_csv(run_id: str) -> Response:
    """Hand out the posting list as a table, to be filled with 引受番号 and read back."""
    with house().reading(actor()) as work:
        rows = posting_list.rows(work, run_id)
    content = write_table(rows, posting_list.COLUMNS, numbers=posting_list.NUMBERS, encoding="utf-8-sig")
    return download(content, "posting-list.csv", CSV)


@screen(blueprint, "/<run_id>/posting-list.xlsx", roles=OFFICER)
def posting_workbook(run_id: str) -> Response:
    """Hand out the posting list as a workbook; 引受番号 typed into it are read back like those of a CSV."""
    with house().reading(actor()) as work:
        rows = [list(cells.values()) for cells in posting_list.rows(work, run_id)]
    content = write_table_workbook("郵便物差出票", posting_list.COLUMNS, rows)
    return download(content, "posting-list.xlsx", EXCEL)


@screen(blueprint, "/<run_id>/numbers", roles=OFFICER, methods=["POST"])
def numbers(run_id: str) -> Any:
    """Read the numbers out of a posting list and show them in the form, to be looked at before they are recorded."""
    form = ListForm()
    if not form.validate():
        return _shown(run_id, form), 422
    try:
        with house().reading(actor()) as work:
            typed = posting_list.numbers_in(work, run_id, form.file.data.stream)
            wrong = posting.faults(work, run_id, typed)
    except InvalidValue as error:
        attach(form, InvalidValue(error.code, field="file"))
        return _shown(run_id, form), 422
    if wrong:
        form.form_errors.append(f"引受番号に誤りが{len(wrong):,}件あります。一覧の理由を確かめて、直してください。")
        return _shown(run_id, form, typed=typed, wrong=wrong), 422
    flash(f"引受番号を{len(typed):,}件読み込みました。確かめて、発送を記録してください。", "info")
    return _shown(run_id, PostingForm(formdata=None), typed=typed)


@screen(blueprint, "/<run_id>/post", roles=OFFICER, methods=["POST"])
def post(run_id: str) -> Any:
    """Record that letters were posted; those that cannot be stay on the list with the reason."""
    form = PostingForm()
    posted = set(request.form.getlist("posted"))
    typed = {name.removeprefix("number-"): text for name, text in request.form.items() if name.startswith("number-")}
    is_complete = form.validate()
    if not posted:
        form.form_errors.append("発送した文書に印を付けてください。")
    if not is_complete or not posted or form.posted_on.day is None:
        return _shown(run_id, form, typed=typed, left=typed.keys() - posted), 422
    picked = {letter_id: typed.get(letter_id, "") for letter_id in posted}
    done = posting.post(house(), actor(), run_id, posted_on=form.posted_on.day.as_date(), numbers=picked)
    if done.refused:
        form.form_errors.append(
            f"{done.posted:,}件の発送を記録し、{len(done.refused):,}件は記録できませんでした。一覧の理由を確かめてください。"
        )
        return _shown(run_id, form, typed=typed, wrong=done.refused, left=typed.keys() - posted), 422
    flash(f"{done.posted:,}件の発送を記録しました。回答済みです。", "success")
    return redirect(url_for("letter_runs.show", run_id=run_id), 303)
