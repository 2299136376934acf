"""STEP2 ⑤ ⅱ on screen: the answer as a file with its password (パスワード付きファイル).

Source    memo annex STEP2 ⑤ ⅱ; flowchart (2), ※2.
Secrets   the password stands on one page, once: the answer to the form that made the file. It is kept nowhere.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template
from wtforms import RadioField
from wtforms.validators import InputRequired

from inquiry.domain.errors import InvalidValue
from inquiry.domain.inquiry import State
from inquiry.domain.locked_file import FileKind
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel
from inquiry.web import labels
from inquiry.web.attachments import attachment
from inquiry.web.call_forms import AddressForm
from inquiry.web.call_page import act_on_call
from inquiry.web.forms import Form, attach, offered
from inquiry.web.inquiry_page import Bound, Panel, act, panel, shown, told
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import answer_files, answering, file_contents, locking, viewing
from inquiry.workflow.locking import Made
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("locking", __name__, url_prefix="/inquiries/<inquiry_id>/file")
OFFICER = (Role.OFFICER,)


class FileForm(Form):
    """A button about the file alone."""


class MakeForm(Form):
    """パスワード付きファイルの作成."""

    kind = RadioField(
        "ファイルの種類",
        [InputRequired("ファイルの種類を選んでください。")],
        choices=offered(labels.FILE_KINDS),
        id="file-kind",
    )


@panel(51)
def file_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Make the file, hand it over, tell its password; in the memo's order."""
    answer = answering.in_preparation(work, page.inquiry) or page.answer
    is_over = State(page.inquiry.state) not in (State.IDENTIFIED, State.NOT_FOUND, State.ANSWERED)
    if work.actor.role is not Role.OFFICER or is_over or answer is None or answer.channel != Channel.FILE:
        return None
    usual = answer.file_kind or locking.usual_kind(work, page.inquiry)
    shows = {
        "answer": answer,
        "is_calling": page.call is not None,
        "address": locking.address_heard(work, answer),
        "lines": file_contents.read(work, answer),
        "is_by_hand": work.house.post is None,
        "is_told": answer_files.is_password_told(page.inquiry.steps),
        "notes": labels.FILE_KIND_NOTES,
        "form": bound.get(MakeForm) or MakeForm(formdata=None, data={"kind": usual}),
    }
    return Panel("⑤ ⅱ パスワード付きファイルでの回答", "answering/file_panel.html", shows)


@screen(blueprint, "/make", roles=OFFICER, methods=["POST"])
def make(inquiry_id: str) -> Any:
    """Make the locked file and show its password, this once."""
    return _made(inquiry_id, locking.make_file)


@screen(blueprint, "/make-again", roles=OFFICER, methods=["POST"])
def make_again(inquiry_id: str) -> Any:
    """Make the file that waits in the system anew and show its new password, this once."""
    return _made(inquiry_id, locking.make_again)


def _made(inquiry_id: str, use_case: Callable[..., Made]) -> Any:
    form = MakeForm()
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                work.outcome = inquiry_id
                inquiry = viewing.listed(work, inquiry_id)
                made = use_case(work, inquiry_id, form_version(), kind=FileKind(form.kind.data))
            return render_template("answering/password.html", inquiry=inquiry, made=made)
        except InvalidValue as error:
            attach(form, error)
    return shown(inquiry_id, form), 422


@screen(blueprint, "/give", roles=OFFICER, methods=["POST"])
def give(inquiry_id: str) -> Any:
    """Let the municipality fetch the file inside the system."""
    done = told(
        "回答しました。市町村等は、この画面からファイルを受け取れます。パスワードは代表電話への折り返しで伝えてください。"
    )
    return act(inquiry_id, FileForm(), locking.give_by_download, done=done)


@screen(blueprint, "/address", roles=OFFICER, methods=["POST"])
def hear_address(inquiry_id: str) -> Any:
    """Write down the mail address heard during the confirmed call."""
    form = AddressForm()

    def use_case(work: Work, wanted: str, _version: int) -> object:
        return locking.hear_address(
            work, wanted, address=form.address.data.strip(), repeated=form.repeated.data.strip()
        )

    return act_on_call(inquiry_id, form, use_case, done=told("メールアドレスを記録しました。"))


@screen(blueprint, "/hand-out", roles=OFFICER, methods=["POST"])
def hand_out(inquiry_id: str) -> Any:
    """Hand the locked file out to be mailed to the address that was heard, as often as is asked; that is the answer."""
    form = FileForm()
    if form.validate():
        try:
            # No key of the form: the page stays as it was while a browser saves a file, and is sent again from there.
            with house().work(actor()) as work:
                handed_out = locking.hand_out(work, inquiry_id, form_version())
            return attachment(handed_out)
        except InvalidValue as error:
            attach(form, error)
    return shown(inquiry_id, form), 422


@screen(blueprint, "/password-told", roles=OFFICER, methods=["POST"])
def tell_password(inquiry_id: str) -> Any:
    """Record that the password was told during the confirmed call."""
    return act_on_call(
        inquiry_id,
        FileForm(),
        lambda work, wanted, _version: locking.tell_password(work, wanted),
        done=told("パスワードを電話で伝えたことを記録しました。"),
    )
