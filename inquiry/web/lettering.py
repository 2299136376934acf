"""STEP2 ⑤ iii on screen: the answer as a letter (文書での回答).

Source    memo annex STEP2 ⑤ iii; flowchart (3).
"""

from typing import Any

from flask import Blueprint, Response
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional

from inquiry.domain.errors import InvalidValue
from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel
from inquiry.web.attachments import attachment
from inquiry.web.forms import DateField, Form, complete_day
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import answering, issuing, lettering
from inquiry.workflow.lettering import Posting
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("lettering", __name__, url_prefix="/inquiries/<inquiry_id>/letter")
OFFICER = (Role.OFFICER,)


class LetterForm(Form):
    """A button about the letter alone."""


class PostingForm(Form):
    """文書の発送の記録."""

    posted_on = DateField("発送した日", [DataRequired("発送した日を入力してください。"), complete_day])
    tracking_number = StringField(
        "引受番号（書留など）",
        [Optional(), Length(max=20)],
        description="11桁の数字。ハイフンはあってもなくてもかまいません。",
    )

    def posting(self) -> Posting:
        """Return what was typed."""
        if self.posted_on.day is None:
            raise InvalidValue("date:empty", field="posted_on")
        return Posting(self.posted_on.day.as_date(), self.tracking_number.data or "")


class TogetherForm(Form):
    """複数の照会の回答書."""

    others = SelectMultipleField(
        "一通にまとめる照会",
        [DataRequired("まとめる照会を選んでください。")],
        validate_choice=False,
        description="宛先（団体・所属・担当者）が同じで、回答の内容を「文書」で保存した照会です。",
    )


@panel(54)
def letter_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Print the letter, look at it, and record how it went out."""
    draft = answering.in_preparation(work, page.inquiry)
    answer = draft or page.answer
    is_over = State(page.inquiry.state) not in (State.IDENTIFIED, State.NOT_FOUND, State.ANSWERED)
    if work.actor.role is not Role.OFFICER or is_over or answer is None or answer.channel != Channel.LETTER:
        return None
    shows = {
        "answer": answer,
        "is_released": bool(answer.document_number and answer.file_sha256),
        "is_sealed": issuing.is_sealed(work, answer),
        "is_taken_back": lettering.is_taken_back(work, answer),
        "may_give": may(State(page.inquiry.state), Event.ANSWER, work.actor.role),
        "form": bound.get(PostingForm) or PostingForm(formdata=None),
        "sharing": lettering.sharing(work, answer),
        "together": _together(work, page, bound),
    }
    return Panel("⑤ ⅲ 文書での回答", "answering/letter_panel.html", shows)


def _together(work: Work, page: Page, bound: Bound) -> TogetherForm | None:
    """Return the choice of inquiries to answer in the same letter, where there are any."""
    if not may(State(page.inquiry.state), Event.ANSWER, work.actor.role):
        return None
    form = bound.get(TogetherForm) or TogetherForm(formdata=None)
    form.others.choices = [(each.id, each.number) for each in lettering.together_with(work, page.inquiry)]
    return form if form.others.choices else None


@screen(blueprint, "/together", roles=OFFICER, methods=["POST"])
def release_together(inquiry_id: str) -> Any:
    """Number and print one letter for several inquiries."""
    form = TogetherForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        return lettering.release_together(work, wanted, version, form.others.data)

    return act(inquiry_id, form, use_case, done=told("一通にまとめた文書を作成しました。内容を確かめてください。"))


@screen(blueprint, "/release", roles=OFFICER, methods=["POST"])
def release(inquiry_id: str) -> Any:
    """Number and print the letter."""
    return act(inquiry_id, LetterForm(), lettering.release, done=told("文書を作成しました。内容を確かめてください。"))


@screen(blueprint, "/preview", roles=OFFICER)
def preview(inquiry_id: str) -> Response:
    """Hand the letter to the officer who checks or posts it; recorded."""
    with house().work(actor()) as work:
        shown = lettering.preview(work, inquiry_id)
    return attachment(shown)


@screen(blueprint, "/give", roles=OFFICER, methods=["POST"])
def give(inquiry_id: str) -> Any:
    """Let the municipality fetch the letter inside the system."""
    done = told("回答しました。市町村等は、この画面から文書を受け取れます。")
    return act(inquiry_id, LetterForm(), lettering.give_by_download, done=done)


@screen(blueprint, "/post", roles=OFFICER, methods=["POST"])
def post(inquiry_id: str) -> Any:
    """Record that the letter was posted."""
    form = PostingForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        return lettering.give_by_post(work, wanted, version, form.posting())

    return act(inquiry_id, form, use_case, done=told("文書を発送したことを記録しました。回答済みです。"))
