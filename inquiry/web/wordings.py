"""An office's letters on screen: how they are worded, in which versions, and how they look (文書の設定).

Decides   nothing; what may stand in a wording, documents/phrases.py says.
"""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from inquiry.documents.letter import LetterKind, Phrases
from inquiry.documents.phrases import LONGEST, fields_of
from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.domain.parties import Role
from inquiry.web.forms import Form, attach
from inquiry.web.messages import sentence
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import stationery, wordings
from inquiry.workflow.work import Work

blueprint = Blueprint("wordings", __name__, url_prefix="/letters")
BOTH_SIDES: Final = (Role.CLERK, Role.OFFICER)
_PERSON = "照会番号・照会日・事務手続名、照会対象者のフリガナ・氏名・生年月日・性別"
_INQUIRY = "照会番号・照会日・事務手続名"
# What stands between body and remarks of each letter, whatever an office writes.
FIXED: Final = {
    LetterKind.ANSWER: f"{_PERSON}、照会された事項とその回答",
    LetterKind.NOT_FOUND: f"{_PERSON}、「該当者なし」と、確認した名簿の日付",
    LetterKind.JOINT_ANSWER: f"照会ごとに、{_PERSON}、照会された事項とその回答又は「該当者なし」",
    LetterKind.DATES_REQUEST: f"{_PERSON}、資格の取得・喪失の時期の記入欄",
    LetterKind.DELAY: f"{_INQUIRY}、見込みの日時、時間を要する理由",
    LetterKind.APOLOGY: f"{_INQUIRY}、取り消した回答の日付と文書番号、取消しの理由の区分",
    LetterKind.INQUIRY_SHEET: f"{_PERSON}、照会する事項と回答欄、回答の方法・期限・照会の理由",
    LetterKind.REMINDER: f"{_INQUIRY}、医療保険者、回答の期限、状況",
    LetterKind.REPORT: f"{_INQUIRY}、医療保険者、回答の期限、状況",
}


class WordingForm(Form):
    """文書の文面."""

    subject = StringField("件名", [DataRequired("件名を入力してください。"), Length(max=LONGEST["subject"])])
    body = TextAreaField(
        "本文",
        [DataRequired("本文を入力してください。"), Length(max=LONGEST["body"])],
        description="改行すると、段落が分かれます。",
    )
    remark = TextAreaField(
        "備考の文",
        [Optional(), Length(max=LONGEST["remark"])],
        description="「備考」の初めに、一行ごとに番号が付いて印字されます。空けておくこともできます。",
    )

    def phrases(self) -> Phrases:
        """Return what was typed; a browser's line ends are made one."""
        subject, body, remark = (
            "\n".join((field.data or "").strip().splitlines()) for field in (self.subject, self.body, self.remark)
        )
        return Phrases(subject, body, remark)


class VersionForm(Form):
    """A button about a version."""


@screen(blueprint, "/<kind>", roles=BOTH_SIDES)
def edit(kind: str) -> Any:
    """Show a wording, its versions, and what is fixed in the letter."""
    wanted = _kind(kind)
    with house().reading(actor()) as work:
        now = stationery.phrases(work, wanted)
    form = WordingForm(formdata=None, data={"subject": now.subject, "body": now.body, "remark": now.remark})
    return _shown(wanted, form)


def _kind(name: str) -> LetterKind:
    try:
        return LetterKind(name)
    except ValueError:
        raise NotFound("wording:not_yours") from None


def _shown(kind: LetterKind, form: WordingForm) -> str:
    with house().reading(actor()) as work:
        history = wordings.history(work, kind)
        return render_template(
            "wordings/edit.html",
            kind=kind,
            form=form,
            history=history,
            fields=fields_of(kind),
            fixed_part=FIXED[kind],
            version=history[0].phrases.version if history else 0,
            may_change=wordings.may_change(work),
        )


@screen(blueprint, "/<kind>", roles=BOTH_SIDES, methods=["POST"])
def save(kind: str) -> Any:
    """Put a wording in force."""
    wanted, form = _kind(kind), WordingForm()
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                number = wordings.save(work, wanted, form.phrases(), version=form_version())
            return _done(wanted, f"文面を変更しました（第{number}版）。これから作成する文書に使います。")
        except InvalidValue as error:
            attach(form, error)
    return _shown(wanted, form), 422


def _done(kind: LetterKind, text: str) -> Any:
    flash(text, "success")
    return redirect(url_for("wordings.edit", kind=kind), 303)


@screen(blueprint, "/<kind>/preview", roles=BOTH_SIDES, methods=["POST"])
def preview(kind: str) -> Any:
    """Print a letter about nobody in the wording that was typed; nothing is kept."""
    wanted, form = _kind(kind), WordingForm()
    if form.validate():
        try:
            with house().reading(actor()) as work:
                content = wordings.preview(work, wanted, form.phrases())
            disposition = f'inline; filename="{wanted}-preview.pdf"'
            return Response(content, mimetype="application/pdf", headers={"Content-Disposition": disposition})
        except InvalidValue as error:
            attach(form, error)
    return _shown(wanted, form), 422


@screen(blueprint, "/<kind>/versions/<int:earlier>", roles=BOTH_SIDES, methods=["POST"])
def put_back(kind: str, earlier: int) -> Any:
    """Put an earlier version in force again."""
    wanted, form = _kind(kind), VersionForm()
    return _turned(wanted, form, lambda work: wordings.put_back(work, wanted, earlier, version=form_version()))


@screen(blueprint, "/<kind>/standard", roles=BOTH_SIDES, methods=["POST"])
def reset(kind: str) -> Any:
    """Go back to the product's own wording."""
    wanted, form = _kind(kind), VersionForm()
    return _turned(wanted, form, lambda work: wordings.reset(work, wanted, version=form_version()))


def _turned(kind: LetterKind, form: VersionForm, turn: Callable[[Work], int]) -> Any:
    form.validate()
    try:
        with house().work(actor(), form_key=form_key()) as work:
            number = turn(work)
    except InvalidValue as error:
        flash(sentence(error), "error")
        return redirect(url_for("wordings.edit", kind=kind), 303)
    return _done(kind, f"文面を戻しました（第{number}版）。これから作成する文書に使います。")
