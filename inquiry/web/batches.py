"""Asking for many people at once from one table, on screen (一括照会).

Decides   nothing; workflow/batches.py says what may be kept and sent.
"""

from datetime import datetime
from typing import Any, Final

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, url_for
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField

from inquiry.directory.contacts import CHANNEL_LABELS
from inquiry.directory.municipalities import inquirer_kind_of
from inquiry.documents.filing_template import filing_template
from inquiry.domain.errors import InvalidValue, MyNumberFound, NotFound
from inquiry.domain.network_error import filing_reasons
from inquiry.domain.parties import MunicipalityCode, Role
from inquiry.domain.procedure import procedures_of
from inquiry.domain.table_text import RowProblem, write_table
from inquiry.store.outages import FilingBatch
from inquiry.web.behind import carry_on_behind
from inquiry.web.forms import Form, attach
from inquiry.web.messages import sentence_for, spoken
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import batches, outages
from inquiry.workflow.batches import MOST_ROWS, Sending, Standing
from inquiry.workflow.filing_sheet import COLUMNS, OPTIONAL

blueprint = Blueprint("batches", __name__, url_prefix="/batches")
CLERK: Final = (Role.CLERK,)
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEMS_SHOWN: Final = 200


class UploadForm(Form):
    """一括照会の表."""

    file = FileField("表のファイル", [FileRequired("ファイルを選んでください。")], description="Excel（.xlsx）かCSV")


class SendForm(Form):
    """一括照会の送信."""

    mark = HiddenField()
    sends_open = BooleanField("すでに進んでいる照会と同じ行も、重ねて照会する")


@screen(blueprint, "", roles=CLERK)
def listing() -> Any:
    """Ask for a table, and list those that were sent."""
    return _listed(UploadForm(formdata=None))


def _listed(form: UploadForm, problems: list[RowProblem] | None = None) -> str:
    with house().reading(actor()) as work:
        return render_template(
            "batches/listing.html",
            form=form,
            is_open=outages.in_force(work) is not None,
            batches=batches.mine(work),
            own=actor().account_id,
            columns=COLUMNS,
            optional=OPTIONAL,
            most=MOST_ROWS,
            problems=spoken((problems or [])[:PROBLEMS_SHOWN]),
        )


@screen(blueprint, "", roles=CLERK, methods=["POST"])
def upload() -> Any:
    """Keep a table and lead to what sending it would do."""
    form = UploadForm()
    problems: list[RowProblem] = []
    if form.validate():
        content = form.file.data.read()
        try:
            with house().work(actor(), form_key=form_key()) as work:
                kept = batches.keep(work, form.file.data.filename or "", content)
            return redirect(url_for("batches.preview", batch_id=kept.id), 303)
        except InvalidValue as error:
            problems = batches.refused_cells(content) if isinstance(error, MyNumberFound) else []
            attach(form, InvalidValue(error.code, field="file") if not isinstance(error, MyNumberFound) else error)
    return _listed(form, problems), 422


@screen(blueprint, "/<batch_id>", roles=CLERK)
def preview(batch_id: str) -> Any:
    """Show row by row what sending a table would do; while it is sent, how long that has lasted."""
    is_at_work = batches.is_at_work(house(), batch_id)
    with house().reading(actor()) as work:
        batch = batches.own(work, batch_id)
        if batch.filed_at is not None:
            return redirect(url_for("batches.sent", batch_id=batch_id), 303)
        if is_at_work:
            return render_template("batches/sending.html", batch=batch, said=_lasted(batch, work.now))
        if outages.in_force(work) is None:
            return render_template("batches/too_late.html", batch=batch, stopped=batch.code or batch.sending_at)
        checked = batches.look_through(work, batch_id)
    return render_template(
        "batches/preview.html",
        batch_id=batch_id,
        stopped=_stopped(batch),
        checked=checked,
        counts={standing: checked.count(standing) for standing in Standing},
        problems=spoken(checked.problems[:PROBLEMS_SHOWN]),
        repeated=[row for row in checked.rows if row.open_numbers],
        form=SendForm(formdata=None, data={"mark": checked.mark}),
    )


@screen(blueprint, "/<batch_id>/send", roles=CLERK, methods=["POST"])
def send(batch_id: str) -> Any:
    """Begin to file every row, or none; the page answers at once."""
    form = SendForm()
    standings = frozenset({Standing.READY} | ({Standing.OPEN_ALREADY} if form.sends_open.data else set()))
    with house().work(actor(), form_key=form_key()) as work:
        batches.begin_sending(work, batch_id)
    sending = Sending(batch_id, form.mark.data or "", standings)
    opened, hand = house(), actor()
    carry_on_behind(
        lambda begun: batches.send_behind(opened, hand, sending, begun=begun), complaint="a table could not be sent"
    )
    return redirect(url_for("batches.preview", batch_id=batch_id), 303)


@screen(blueprint, "/<batch_id>/progress", roles=CLERK)
def progress(batch_id: str) -> Any:
    """Say how long sending has lasted; its page asks again and again. What is whole or nothing has no share."""
    is_at_work = batches.is_at_work(house(), batch_id)
    with house().reading(actor()) as work:
        return jsonify(is_loading=is_at_work, share=None, said=_lasted(batches.own(work, batch_id), work.now))


def _lasted(batch: FilingBatch, now: datetime) -> str:
    seconds = int((now - (batch.sending_at or now)).total_seconds())
    return f"送信を始めてから{seconds // 60}分{seconds % 60}秒"


def _stopped(batch: FilingBatch) -> str:
    """Return why a table was not sent that was being sent, "" where nobody sends it."""
    if batch.code == "superseded":
        return "確かめた後に、内容が変わりました。下の結果を見て、もう一度送信してください。"
    if batch.sending_at is not None:
        return "送信が途中で止まりました。もう一度送信してください。"
    return sentence_for(batch.code) if batch.code else ""


@screen(blueprint, "/<batch_id>/discard", roles=CLERK, methods=["POST"])
def discard(batch_id: str) -> Any:
    """Throw a table away that was not sent."""
    with house().work(actor(), form_key=form_key()) as work:
        batches.let_go(work, batch_id)
    flash("表を削除しました。照会は送信していません。", "info")
    return redirect(url_for("batches.listing"), 303)


@screen(blueprint, "/<batch_id>/sent", roles=CLERK)
def sent(batch_id: str) -> Any:
    """Show which receipt number each row became."""
    with house().reading(actor()) as work:
        batch, pairs = batches.sent(work, batch_id)
    return render_template("batches/sent.html", batch=batch, pairs=pairs)


@screen(blueprint, "/<batch_id>/sent.csv", roles=CLERK)
def sent_csv(batch_id: str) -> Any:
    """Hand out which receipt number each row became."""
    with house().reading(actor()) as work:
        _batch, pairs = batches.sent(work, batch_id)
    rows = [{"行": str(line), "受付番号": number} for line, number in pairs]
    content = write_table(rows, ("行", "受付番号"), numbers=(), encoding="utf-8-sig")
    return _file(content, "text/csv", "receipt-numbers.csv")


@screen(blueprint, "/template.<kind>", roles=CLERK)
def template(kind: str) -> Any:
    """Hand out the empty table."""
    columns = (*COLUMNS, *OPTIONAL)
    if kind == "csv":
        return _file(write_table([], columns, numbers=(), encoding="utf-8-sig"), "text/csv", "inquiries.csv")
    if kind == "xlsx":
        return _file(filing_template(columns, _words()), WORKBOOK, "inquiries.xlsx")
    raise NotFound


def _words() -> dict[str, list[str]]:
    own = inquirer_kind_of(MunicipalityCode(actor().municipality_code or ""))
    open_to_us = procedures_of(own)
    return {
        "性別": ["男", "女"],
        "回答方法": list(CHANNEL_LABELS),
        "加入者の区分": ["本人", "家族"],
        "上司の確認": ["済"],
        "エラー等の種別": [each.label for each in filing_reasons()],
        "事務手続": [each.name for each in open_to_us],
        **{f"照会したい情報（{each.name}）": [item.name for item in each.items] for each in open_to_us},
    }


def _file(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
