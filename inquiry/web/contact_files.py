"""The insurer contact list as a file: upload, preview, import, export, paper (照会窓口一覧の取込・書き出し・印刷)."""

from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length

from inquiry.directory.contacts import COLUMNS, FIELDS, OPTIONAL, cells_of, changes_between
from inquiry.domain.errors import InvalidValue, MyNumberFound, NotFound
from inquiry.domain.parties import Role
from inquiry.domain.table_text import RowProblem
from inquiry.web.attachments import CSV, EXCEL, PDF, download
from inquiry.web.contact_paper import ROWS_AT_ONCE, paper_of
from inquiry.web.contacts import SearchForm, sought
from inquiry.web.dressing import wareki
from inquiry.web.forms import DateField, Form, attach, complete_day
from inquiry.web.messages import spoken
from inquiry.web.request_context import actor, form_key, house, page_number
from inquiry.web.walls import screen
from inquiry.workflow import contact_files, contacts
from inquiry.workflow.amending import Ground
from inquiry.workflow.contact_files import Preview

blueprint = Blueprint("contact_files", __name__, url_prefix="/contacts/files")
PMO: Final = (Role.PMO_STAFF,)
ENCODINGS: Final = {"utf-8": "utf-8-sig", "cp932": "cp932"}
COLUMN_OF: Final = {name: column for column, name in FIELDS.items()}


class UploadForm(Form):
    """照会窓口一覧の取込."""

    file = FileField(
        "ファイル（Excel・CSV）",
        [FileRequired("ファイルを選んでください。")],
        description="Excel（.xlsx）は最初のシートを読みます。CSVは UTF-8 か Shift_JIS（CP932）",
    )


@screen(blueprint, "/upload", roles=PMO, methods=["GET", "POST"])
def upload() -> Any:
    """Take a file and lead to its preview."""
    form = UploadForm()
    problems: list[RowProblem] = []
    if form.validate_on_submit():
        content = form.file.data.read()
        try:
            with house().work(actor(), form_key=form_key()) as work:
                kept = contact_files.keep(work, form.file.data.filename or "", content)
            return redirect(url_for("contact_files.preview", draft_id=kept.id), 303)
        except MyNumberFound as error:
            problems = contact_files.refused_cells(content)
            attach(form, error)
        except InvalidValue as error:
            attach(form, error)
    return render_template(
        "contacts/upload.html", form=form, problems=spoken(problems), columns=COLUMNS, optional=OPTIONAL
    ), 422 if form.is_submitted() else 200


class ImportForm(Form):
    """取込の確認."""

    mark = HiddenField()
    evidence = StringField(
        "この一覧の根拠",
        [DataRequired("この一覧の根拠を入力してください。"), Length(max=300)],
        description="例：令和8年11月1日付け事務連絡の別紙。加える窓口と、変更した版に残ります。",
    )
    source = StringField("根拠としたページ", [Length(max=300)], description="あれば、https:// から入力します。")
    checked_on = DateField("根拠を確かめた日", [DataRequired("根拠を確かめた日を入力してください。"), complete_day])
    from_on = DateField("適用日", [complete_day], description="空欄なら今日から")
    ends_missing = BooleanField("ファイルにない窓口を終了する")

    def ground(self) -> Ground:
        """Return on what the import rests."""
        return Ground(
            evidence=self.evidence.data or "",
            page=self.source.data or "",
            seen_on=self.checked_on.day.as_date() if self.checked_on.day else None,
            from_on=self.from_on.day.as_date() if self.from_on.day else None,
        )


@screen(blueprint, "/<draft_id>", roles=PMO)
def preview(draft_id: str) -> str:
    """Show what importing a kept file would do."""
    return _shown(draft_id)


def _shown(draft_id: str, bound: ImportForm | None = None) -> str:
    with house().reading(actor()) as work:
        shown = contact_files.kept(work, draft_id)
    return render_template(
        "contacts/preview.html",
        draft_id=draft_id,
        form=bound or ImportForm(None, mark=shown.mark, checked_on=work.today.isoformat()),
        shown=shown,
        changes=[(changed.new, changes_between(changed.old, changed.new)) for changed in shown.difference.changed],
        problems=spoken(shown.sheet.problems),
    )


@screen(blueprint, "/<draft_id>/import", roles=PMO, methods=["POST"])
def take_over(draft_id: str) -> Any:
    """Import a kept file as its preview showed it."""
    form = ImportForm()
    if not form.validate():
        return _shown(draft_id, form), 422
    ends_missing = form.ends_missing.data
    try:
        with house().work(actor(), form_key=form_key()) as work:
            done = contact_files.take_over_kept(
                work, draft_id, form.mark.data, ends_missing=ends_missing, ground=form.ground()
            )
    except InvalidValue as error:
        attach(form, error)
        return _shown(draft_id, form), 422
    return _told(done, ended=len(done.difference.ended) if ends_missing else 0)


def _told(done: Preview, *, ended: int) -> Any:
    """Say what holds now and what waits, and lead to what waits."""
    added, waiting = len(done.difference.added), len(done.waiting)
    changed = len(done.difference.changed) - waiting
    flash(f"取り込みました。変更{changed}件、終了{ended}件。", "success")
    if not added and not waiting:
        return redirect(url_for("contacts.listing"), 303)
    parts = {"追加": added, "番号か名称の変更": waiting}
    said = "と".join(f"{words}{number}件" for words, number in parts.items() if number)
    flash(f"{said}は、もう一人の確認を待っています。", "info")
    return redirect(url_for("amendments.waiting"), 303)


@screen(blueprint, "/<draft_id>/discard", roles=PMO, methods=["POST"])
def discard(draft_id: str) -> Any:
    """Let go of a kept file."""
    with house().work(actor(), form_key=form_key()) as work:
        contact_files.let_go(work, draft_id)
    flash("取込をやめました。一覧は変わっていません。", "info")
    return redirect(url_for("contacts.listing"), 303)


@screen(blueprint, "/contacts.csv", roles=PMO)
def export() -> Any:
    """Hand out the list in force, or say which characters the encoding lacks."""
    encoding = ENCODINGS.get(request.args.get("encoding", "utf-8"))
    if encoding is None:
        raise NotFound
    with house().reading(actor()) as work:
        lacking = contact_files.unwritable_cells(work, encoding)
        if lacking:
            return render_template("contacts/unwritable.html", lacking=lacking, column_of=COLUMN_OF), 422
        content = contact_files.export(work, encoding)
    return download(content, "contacts.csv", CSV)


@screen(blueprint, "/contacts.xlsx", roles=PMO)
def workbook() -> Response:
    """Hand out the list in force for Excel."""
    with house().reading(actor()) as work:
        content = contact_files.export_workbook(work)
    return download(content, "contacts.xlsx", EXCEL)


@screen(blueprint, "/contacts.pdf", roles=PMO)
def paper() -> Response:
    """Hand out one part of what is looked for, to print."""
    first = (page_number() - 1) * ROWS_AT_ONCE
    with house().reading(actor()) as work:
        entries, total = contacts.found(work, sought(SearchForm(request.args)), limit=ROWS_AT_ONCE, offset=first)
        if not entries:
            raise NotFound
        rows = [cells_of(contacts.row_of(entry, work.today)) for entry in entries]
        standing = f"{wareki(work.today)}現在　{total:,}件のうち{first + 1:,}～{first + len(rows):,}件目"
    content = house().press.print_table(paper_of(rows, standing=standing))
    return download(content, "contacts.pdf", PDF)
