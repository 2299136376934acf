"""An insurer's templates for its Word files, on screen (回答ファイルの様式).

Source    memo annex STEP2 ⑤ ⅱ.
"""

from typing import Any, Final

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Length, Optional

from inquiry.documents.package import MAXIMUM_BYTES
from inquiry.documents.template_check import Fault
from inquiry.documents.template_fields import KNOWN, NEEDED
from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.domain.reply import ReplyKind
from inquiry.web import labels
from inquiry.web.attachments import attachment
from inquiry.web.forms import Form, attach
from inquiry.web.messages import sentence_for
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import file_templates
from inquiry.workflow.file_templates import KINDS, OWN

blueprint = Blueprint("file_templates", __name__, url_prefix="/file-templates")
OFFICER: Final = (Role.OFFICER,)
NAMES_SHOWN: Final = 10


class UploadForm(Form):
    """様式の登録."""

    file = FileField(
        "Wordファイル",
        [FileRequired("ファイルを選んでください。")],
        description=f"差込項目を書いた.docxファイル。{MAXIMUM_BYTES // 1024 // 1024}MBまで",
    )
    note = StringField("変更の内容", [Optional(), Length(max=500)], description="例：担当課の名称を変更")


@screen(blueprint, "/<kind>", roles=OFFICER, methods=["GET", "POST"])
def listing(kind: str) -> Any:
    """Show the versions of a template, and take a new one."""
    wanted, form = _kind(kind), UploadForm()
    faults: tuple[Fault, ...] = ()
    if form.validate_on_submit():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                row, faults = file_templates.upload(work, wanted, form.file.data.read(), note=form.note.data or "")
            if row is not None:
                flash(
                    f"第{row.number}版として登録しました。見本を確かめてから「使用する」を押してください。", "success"
                )
                return redirect(url_for("file_templates.listing", kind=kind), 303)
            form.file.errors = [f"このファイルは様式に使えません。次の{len(faults)}点を直してください。"]
        except InvalidValue as error:
            attach(form, error)
    return _shown(wanted, form, faults), 422 if form.is_submitted() else 200


def _shown(kind: ReplyKind, form: UploadForm, faults: tuple[Fault, ...]) -> str:
    with house().reading(actor()) as work:
        versions = file_templates.versions(work, kind)
    in_force = next((each.number for each in versions if each.is_in_force), OWN)
    return render_template(
        "file_templates/listing.html",
        kind=kind,
        kinds={each: labels.REPLY_KINDS[each] for each in KINDS},
        form=form,
        faults=[(sentence_for(each.code), each.names[:NAMES_SHOWN]) for each in faults],
        versions=versions,
        in_force=in_force,
        fields=[(name, name in NEEDED[kind]) for name in KNOWN[kind]],
    )


@screen(blueprint, "/<kind>/<number>/use", roles=OFFICER, methods=["POST"])
def use(kind: str, number: str) -> Any:
    """Put a version in force, or the product's own."""
    with house().work(actor(), form_key=form_key()) as work:
        file_templates.choose(work, _kind(kind), _number(number), instead_of=form_version())
    name = f"第{number}版の様式" if _number(number) != OWN else "本システムの様式"
    flash(f"{name}を使用します。これから作るWordファイルに使います。", "success")
    return redirect(url_for("file_templates.listing", kind=kind), 303)


@screen(blueprint, "/<kind>/<number>/original", roles=OFFICER)
def original(kind: str, number: str) -> Response:
    """Hand out a version as it was uploaded, or a file to begin with."""
    with house().reading(actor()) as work:
        return attachment(file_templates.original(work, _kind(kind), _number(number)))


@screen(blueprint, "/<kind>/<number>/sample", roles=OFFICER)
def sample(kind: str, number: str) -> Response:
    """Hand out a version filled in for somebody made up."""
    with house().reading(actor()) as work:
        return attachment(file_templates.preview(work, _kind(kind), _number(number)))


def _kind(kind: str) -> ReplyKind:
    if kind not in KINDS:
        abort(404)
    return ReplyKind(kind)


def _number(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        abort(404)
    return int(number)
