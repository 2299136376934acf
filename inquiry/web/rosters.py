"""The insurer's own roster: a look at a file, its import, and the imports so far (加入者名簿の取込).

Decides   that nothing is imported unseen: the file that is imported is the one that was looked at, over the roster it
          was compared with. The file itself is kept nowhere in between; the officer chooses it again.
"""

import base64
import csv
import hashlib
import io
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField

from inquiry.domain.errors import InvalidValue, Superseded
from inquiry.domain.parties import Role
from inquiry.domain.roster import ROSTER_COLUMNS
from inquiry.domain.table_text import RowProblem
from inquiry.web.forms import Form, attach
from inquiry.web.messages import sentence_for
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import roster
from inquiry.workflow.roster import Reading
from inquiry.workflow.work import Work

blueprint = Blueprint("rosters", __name__, url_prefix="/rosters")
OFFICER = (Role.OFFICER,)
PROBLEMS_SHOWN: Final = 200


class CheckForm(Form):
    """加入者名簿の確認."""

    file = FileField("加入者名簿（CSV）", [FileRequired("加入者名簿のファイルを選んでください。")], id="check-file")


class ImportForm(Form):
    """加入者名簿の取込: the same file again, and what the look at it said."""

    file = FileField("確認したファイル（もう一度選んでください）", [FileRequired("確認したファイルを選んでください。")])
    skips_bad = BooleanField("誤りのある行を除いて取り込む")
    digest = HiddenField()
    generation = HiddenField()


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a file showed."""

    reading: Reading
    vanishing: int
    seconds: float
    digest: str


@screen(blueprint, "", roles=OFFICER)
def listing() -> Any:
    """List the imports so far, and ask for a file."""
    return _listed(CheckForm(formdata=None))


def _listed(form: CheckForm) -> str:
    with house().reading(actor()) as work:
        imports, active = roster.imports(work, _insurer_id())
        return render_template(
            "rosters/listing.html", form=form, imports=imports, active=active, columns=ROSTER_COLUMNS
        )


@screen(blueprint, "/check", roles=OFFICER, methods=["POST"])
def check() -> Any:
    """Read a file and show what an import would do; nothing is imported."""
    form = CheckForm()
    if form.validate():
        try:
            return _looked_at(form.file.data.read(), ImportForm(formdata=None))
        except InvalidValue as error:
            attach(form, error)
    return _listed(form), 422


def _looked_at(content: bytes, form: ImportForm) -> str:
    begun = perf_counter()
    reading = roster.read(content)
    with house().work(actor()) as work:
        vanishing = roster.vanishing(work, _insurer_id(), reading.members)
        active = roster.imports(work, _insurer_id())[1]
    form.digest.data, form.generation.data = _digest(content), active
    look = Look(reading, vanishing, perf_counter() - begun, _digest(content))
    problems = [(problem, sentence_for(problem.code)) for problem in reading.problems[:PROBLEMS_SHOWN]]
    return render_template("rosters/look.html", form=form, look=look, problems=problems)


@screen(blueprint, "/import", roles=OFFICER, methods=["POST"])
def take_over() -> Any:
    """Import the file that was looked at."""
    form = ImportForm()
    if not form.validate():
        return _listed(_empty_check("もう一度、ファイルの確認からやり直してください。")), 422
    content, begun = form.file.data.read(), perf_counter()
    if _digest(content) != form.digest.data:
        return _listed(_empty_check(sentence_for("roster:other_file"))), 422
    reading = roster.read(content)
    if reading.problems and not form.skips_bad.data:
        form.skips_bad.errors = [sentence_for("roster:bad_rows")]
        return _looked_at(content, form), 422
    with house().work(actor(), form_key=form_key()) as work:
        _check_unchanged(work, form.generation.data or "")
        generation = roster.take_over(work, _insurer_id(), reading, skips_bad=form.skips_bad.data)
        rows, persons = generation.rows, generation.persons
    seconds = perf_counter() - begun
    flash(f"加入者名簿を取り込みました（{rows:,}行、{persons:,}人、{seconds:.1f}秒）。", "success")
    return redirect(url_for("rosters.listing"), 303)


def _check_unchanged(work: Work, looked_at: str) -> None:
    if roster.imports(work, _insurer_id())[1] != looked_at:
        raise Superseded


def _empty_check(sentence: str) -> CheckForm:
    form = CheckForm(formdata=None)
    form.file.errors = [sentence]
    return form


@screen(blueprint, "/problems", roles=OFFICER, methods=["POST"])
def problems() -> Any:
    """Hand out the list of bad rows of a file as CSV: line, column and reason, nothing of what stands in them."""
    form = CheckForm()
    if not form.validate():
        return _listed(form), 422
    content = _as_csv(roster.read(form.file.data.read()).problems)
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="roster-problems.csv"'
    return response


def _as_csv(found: tuple[RowProblem, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("行", "列", "理由"))
    writer.writerows((problem.line, problem.column, sentence_for(problem.code)) for problem in found)
    return text.getvalue().encode("utf-8-sig")


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode("ascii")


def _insurer_id() -> str:
    return str(actor().insurer_id)
