"""STEP2 ⑤ ⅱ on screen: the locked file by mail, and what became of it (メールでの送付).

Source    memo annex STEP2 ⑤ ⅱ; flowchart (2), ※2.
Decides   nothing; the address is shown to the insurer alone, and is never a link.
"""

from typing import Any

from flask import Blueprint, render_template
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.domain.inquiry import State
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel
from inquiry.mail.message import Kind
from inquiry.mail.transport import NO_CONNECTION
from inquiry.store.answering import Answer
from inquiry.store.outbox import MailState, OutgoingMail
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.messages import sentence_for
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import answering, locking, mailing, outbox, undelivered
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("mailing", __name__, url_prefix="/inquiries/<inquiry_id>/mail")
lists = Blueprint("mails", __name__, url_prefix="/mails")
OFFICER = (Role.OFFICER,)


@screen(lists, "", roles=(Role.OFFICER, Role.PMO_STAFF))
def listing() -> str:
    """List the mails of one's own organisation, for PMO staff everybody's: those that did not arrive first."""
    with house().reading(actor()) as work:
        rows = outbox.listing(work)
        return render_template("mailing/listing.html", rows=rows, links=work.actor.role is Role.OFFICER)


class MailForm(Form):
    """A button about a mail alone."""


class ArrivalForm(Form):
    """到着の確認: somebody at the municipality said that the file is there."""

    note = TextAreaField(
        "確かめた相手・日時・方法",
        [DataRequired("確かめた相手・日時・方法を入力してください。"), Length(max=500)],
        description="市町村等の画面の経過にも表示されます。回答の内容とパスワードは書かないでください。",
    )


@panel(3)
def undelivered_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Tell the officer that an answer did not arrive, and what to do until it has."""
    mail = undelivered.of_inquiry(work, page.inquiry) if work.actor.role is Role.OFFICER else None
    if mail is None:
        return None
    shows = {
        "mail": mail,
        "is_unknown": mail.code == NO_CONNECTION,
        "why": sentence_for(mail.code) if mail.state == MailState.STOPPED else "",
        "form": bound.get(ArrivalForm) or ArrivalForm(None, prefix="arrival"),
    }
    return Panel("メールで送った回答が届いていません", "mailing/undelivered_panel.html", shows)


@screen(blueprint, "/arrived", roles=OFFICER, methods=["POST"])
def arrived(inquiry_id: str) -> Any:
    """Record that a file which seemed lost has arrived after all."""
    form = ArrivalForm(prefix="arrival")

    def use_case(work: Work, wanted: str, version: int) -> object:
        return undelivered.confirm_arrival(work, wanted, version, note=form.note.data)

    return act(inquiry_id, form, use_case, done=told("回答が届いていることを記録しました。"))


@panel(51)
def mail_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Post the file to the address that was heard, take it back in time, see what became of it."""
    if work.actor.role is not Role.OFFICER:
        return None
    mails = [mail for mail in outbox.of_inquiry(work, page.inquiry) if mail.kind == Kind.LOCKED_FILE]
    draft = answering.in_preparation(work, page.inquiry)
    is_open = State(page.inquiry.state) in (State.IDENTIFIED, State.NOT_FOUND)
    is_to_post = work.house.post is not None and is_open and _is_made(draft)
    if not (mails or is_to_post):
        return None
    address = locking.address_heard(work, draft) if draft and is_to_post else ""
    shows = {
        "address": address,
        "has_come_back": bool(address) and outbox.has_come_back_from(work, address),
        "is_to_post": is_to_post and mailing.waiting(work, page.inquiry) is None,
        "hold_minutes": int(work.house.post.server.hold.total_seconds() // 60) if work.house.post else 0,
        "mails": mails,
        "why": {mail.id: sentence_for(mail.code) for mail in mails if mail.state == MailState.STOPPED},
        "is_calling": page.call is not None,
    }
    return Panel("メールでの送付", "mailing/mail_panel.html", shows)


def _is_made(draft: Answer | None) -> bool:
    return draft is not None and draft.channel == Channel.FILE and draft.file_ct is not None


@screen(blueprint, "/post", roles=OFFICER, methods=["POST"])
def post(inquiry_id: str) -> Any:
    """Put the locked file into the outbox."""
    done = told("メールを送信待ちに登録しました。送信の時刻までは、取り戻せます。パスワードは電話で伝えてください。")
    return act(inquiry_id, MailForm(), mailing.post_file, done=done)


@screen(blueprint, "/<mail_id>/recall", roles=OFFICER, methods=["POST"])
def recall(inquiry_id: str, mail_id: str) -> Any:
    """Take a mail back before it has left."""

    def use_case(work: Work, _wanted: str, _version: int) -> OutgoingMail:
        return outbox.recall(work, mail_id)

    done = told("メールを取り戻しました。回答はまだ送られていません。", "info")
    return act(inquiry_id, MailForm(), use_case, done=done)
