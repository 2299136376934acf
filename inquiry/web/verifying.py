"""Whether a letter is genuine, for anybody who holds one and without logging in (文書の確認).

Decides   nothing; workflow/verifying.py says what the public learns. What is uploaded is read once and not kept.
"""

from typing import Any, Final

from flask import Blueprint, render_template, request
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField

from inquiry.domain.errors import InvalidValue
from inquiry.web.forms import Form, QueryForm, attach
from inquiry.web.request_context import house
from inquiry.workflow import issuing, verifying
from inquiry.workflow.verifying import Standing, Verdict

blueprint = Blueprint("verifying", __name__)
LARGEST_FILE: Final = 2 * 1024 * 1024

#  standing          kind        what is said                                        what to do
SAID: Final = {
    Standing.GENUINE: ("success", "発行されている文書です。", ""),
    Standing.NOT_YET: (
        "warning",
        "この文書は、まだ発行されていません。",
        "発行の手続の途中です。文書に書かれた問い合わせ先ではなく、名簿などで調べた発行者の電話番号で確かめてください。",
    ),
    Standing.WITHDRAWN: (
        "error",
        "この文書の回答は取り消されました。",
        "文書の内容を使わないでください。使った後であれば、手続を見直す必要があるか確かめてください。",
    ),
    Standing.REPLACED: (
        "error",
        "この文書は取り消され、別の文書に差し替えられました。",
        "文書の内容を使わず、差し替えられた文書を使ってください。届いていないときは、発行者に確かめてください。",
    ),
    Standing.ALTERED: (
        "error",
        "本システムで発行された後に、変更されています。",
        "文書の内容を使わず、文書を渡した人ではなく、名簿などで調べた発行者の電話番号で確かめてください。",
    ),
    Standing.UNKNOWN: (
        "error",
        "本システムで発行された文書ではありません。",
        (
            "印刷して読み取ったファイルは、真正でも一致しません。確認番号で確かめてください。"
            "それでも見つからないときは、文書の内容を使わず、名簿などで調べた発行者の電話番号で確かめてください。"
        ),
    ),
}


class NumberForm(QueryForm):
    """確認番号での確認."""

    number = StringField("確認番号", description="文書の右上にある16文字。大文字・小文字、ハイフンの有無は問いません。")


class FileForm(Form):
    """文書のファイルでの確認."""

    file = FileField(
        "文書のファイル（PDF）",
        [FileRequired("文書のファイルを選んでください。")],
        description="受け取ったままのPDF（２ＭＢまで）。１文字でも変わっていれば分かります。ファイルは保存しません。",
    )


@blueprint.url_value_preprocessor
def limit_size(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let nobody send more than a letter; looked at before anything of the body is read."""
    request.max_content_length = LARGEST_FILE + 64 * 1024


@blueprint.get(issuing.PAGE)
def page() -> Any:
    """Ask for a number or a file, and say what stands behind a number."""
    form = NumberForm(request.args)
    return _by_number(form) if "number" in request.args else _shown(form)


@blueprint.get(f"{issuing.SHORT}<number>")
def scanned(number: str) -> Any:
    """Answer a QR code."""
    return _by_number(NumberForm(data={"number": number}))


def _by_number(form: NumberForm) -> Any:
    try:
        verdict = verifying.by_number(house(), _address(), form.number.data or "")
    except InvalidValue as error:
        attach(form, error)
        return _shown(form), 422
    return _shown(form, verdict=verdict)


@blueprint.post(f"{issuing.PAGE}/file")
def compare() -> Any:
    """Compare a file with the letters that were issued."""
    form = FileForm()
    if not form.validate():
        return _shown(NumberForm(), file_form=form), 422
    return _shown(NumberForm(), verdict=verifying.by_file(house(), _address(), form.file.data.read()))


def _shown(form: NumberForm, *, file_form: FileForm | None = None, verdict: Verdict | None = None) -> str:
    shows = {"number_form": form, "file_form": file_form or FileForm(formdata=None), "verdict": verdict}
    said = SAID[verdict.standing] if verdict else None
    return render_template("verifying/page.html", form=file_form or form, **shows, said=said)


def _address() -> str:
    return request.remote_addr or ""
