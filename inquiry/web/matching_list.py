"""STEP2 ④ for many inquiries at once, on screen (照会の一括判定).

Source    memo annex STEP2 ④-⑤.
Decides   nothing; no line is ticked that the officer did not ask for.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_wtf.file import FileField, FileRequired

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.parties import Role
from inquiry.domain.roster import INQUIRY_COLUMNS
from inquiry.domain.table_text import line_of
from inquiry.domain.wareki import EraCoding
from inquiry.web.forms import Form, attach, chosen
from inquiry.web.match_words import OUTPUT_COLUMNS, output_row, reasons_of
from inquiry.web.queue import URGENCIES
from inquiry.web.request_context import actor, form_key, house, page_number
from inquiry.web.roster_forms import coding_field
from inquiry.web.walls import screen
from inquiry.workflow import identifying, matching_list
from inquiry.workflow.matching_list import PORTION, RECORDABLE, Choice, Outcome, Standing
from inquiry.workflow.roster_judging import judge, list_in

blueprint = Blueprint("matching_list", __name__, url_prefix="/matching")
OFFICER = (Role.OFFICER,)
NUMBERS_SHOWN: Final = 20
LONGEST_COUNT: Final = 9

STANDINGS: Final = {
    Standing.ONE: ("success", "一人"),
    Standing.NONE: ("neutral", "なし"),
    Standing.SEVERAL: ("warning", "複数"),
    Standing.CONFIRM: ("warning", "要確認"),
    Standing.NAMESAKE: ("warning", "同姓同名に注意"),
}


@screen(blueprint, "", roles=OFFICER)
def listing() -> Any:
    """List what waits for ④, a hundred at a time, with what the roster says of each now."""
    with house().work(actor()) as work:
        total, keeps_roster = matching_list.waiting(work), identifying.keeps_roster(work)
        lines = matching_list.lines(work, offset=(page_number() - 1) * PORTION) if keeps_roster else []
    shows = {
        "total": total,
        "portion": PORTION,
        "keeps_roster": keeps_roster,
        "ticked": request.args.get("tick", ""),
        "standings": STANDINGS,
        "urgencies": URGENCIES,
        "page_number": page_number(),
        "page_count": -(-total // PORTION),
    }
    return render_template(
        "matching_list/listing.html", **shows, lines=[(line, reasons_of(line.decision)) for line in lines]
    )


@screen(blueprint, "/record", roles=OFFICER, methods=["POST"])
def record() -> Any:
    """Record the lines that were ticked."""
    choices = list(_choices())
    if not choices:
        flash("照会が選ばれていません。記録する照会を選んでください。", "error")
        return redirect(url_for("matching_list.listing"), 303)
    outcome = matching_list.record(house(), actor(), choices, form_key=form_key())
    flash(_said(outcome), "warning" if outcome.to_look_at else "success")
    return redirect(url_for("matching_list.listing"), 303)


def _choices() -> Iterator[Choice]:
    for text in dict.fromkeys(request.form.getlist("line")):
        inquiry_id, _, rest = text.partition(":")
        version, _, standing = rest.partition(":")
        with suppress(ValueError):
            yield Choice(inquiry_id, int(version), Standing(standing))


def _said(outcome: Outcome) -> str:
    text = f"{outcome.total}件を記録しました（{_counts(outcome)}）。"
    if not outcome.to_look_at:
        return text
    numbers = "、".join(outcome.to_look_at[:NUMBERS_SHOWN])
    more = "ほか" if len(outcome.to_look_at) > NUMBERS_SHOWN else ""
    return f"{text}{len(outcome.to_look_at)}件は記録していません。開いて確かめてください：{numbers}{more}"


def _counts(outcome: Outcome) -> str:
    return "、".join(f"{STANDINGS[standing][1]} {number}件" for standing, number in outcome.recorded.items())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far going through all has come; it travels from form to form, and says nothing about anybody."""

    after: str
    with_none: bool
    total: int
    looked: int
    recorded: int

    @property
    def left(self) -> int:
        """Return how many of those looked at need a person's look."""
        return self.looked - self.recorded


@screen(blueprint, "/run", roles=OFFICER)
def run() -> Any:
    """Show how far going through all has come, and offer to go on."""
    with house().reading(actor()) as work:
        waiting, keeps_roster = matching_list.waiting(work), identifying.keeps_roster(work)
    shows = {"waiting": waiting, "keeps_roster": keeps_roster, "portion": PORTION}
    return render_template("matching_list/run.html", progress=_progress(), **shows)


@screen(blueprint, "/run", roles=OFFICER, methods=["POST"])
def run_on() -> Any:
    """Decide and record the next portion."""
    now = _progress()
    standings = set(RECORDABLE) if now.with_none else {Standing.ONE}
    if not now.total:
        with house().reading(actor()) as work:
            now = Progress(now.after, now.with_none, matching_list.waiting(work), 0, 0)
    run = matching_list.record_portion(house(), actor(), after=now.after, standings=standings, form_key=form_key())
    onward: dict[str, Any] = {
        "after": run.last,
        "none": "yes" if now.with_none else "",
        "total": now.total,
        "looked": now.looked + run.looked,
        "recorded": now.recorded + run.outcome.total,
        "ended": "" if run.last else "yes",
    }
    return redirect(url_for("matching_list.run", **onward), 303)


def _progress() -> Progress:
    said = request.form if request.method == "POST" else request.args
    total, looked, recorded = (_number(said.get(name, "")) for name in ("total", "looked", "recorded"))
    return Progress(said.get("after", ""), said.get("none") == "yes", total, looked, recorded)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT else 0


class FileForm(Form):
    """照会の一覧の判定."""

    file = FileField("照会の一覧（CSV・Excel）", [FileRequired("照会の一覧のファイルを選んでください。")])
    coding = coding_field()


@screen(blueprint, "/file", roles=OFFICER, methods=["GET", "POST"])
def file() -> Any:
    """Take a list of inquiries and hand it back decided; nothing of it is kept."""
    form = FileForm()
    if form.validate_on_submit():
        try:
            return _decided(form.file.data.stream, EraCoding(chosen(form.coding)))
        except (InvalidValue, NotFound, Forbidden) as error:
            attach(form, InvalidValue(error.code, field="file"))
    shows = {"form": form, "columns": INQUIRY_COLUMNS, "output_columns": OUTPUT_COLUMNS}
    return render_template("matching_list/file.html", **shows), 422 if form.is_submitted() else 200


def _decided(stream: BinaryIO, coding: EraCoding) -> Response:
    rows = judge(house(), actor(), str(actor().insurer_id), list_in(stream, coding), tell=output_row)
    text = "".join(line_of(cells) for cells in (OUTPUT_COLUMNS, *rows))
    response = Response(text.encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="decided.csv"'
    return response
