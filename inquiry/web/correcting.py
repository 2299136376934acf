"""Taking an answer back, on screen: the insurer takes it back, the municipality takes note (回答の取消し・差替え).

Source    memo annex STEP2 ④-⑤; STEP3 ⑥ for what the municipality has to do.
Decides   that the municipality reads the cause, never the words beside it nor anything of the answer.
"""

from typing import Any

from flask import Blueprint
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inquiry.domain.correction import Cause
from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.item import item
from inquiry.domain.parties import Role, Side
from inquiry.web import labels
from inquiry.web.forms import Form, chosen
from inquiry.web.inquiry_page import EXITS, Bound, Panel, act, panel, told
from inquiry.web.walls import screen
from inquiry.workflow import answering, correcting
from inquiry.workflow.correcting import TakenBack
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("correcting", __name__, url_prefix="/inquiries/<inquiry_id>")
OFFICER = (Role.OFFICER,)
CLERK = (Role.CLERK,)


class AcknowledgeForm(Form):
    """取消しの確認: the municipality's tick."""

    is_seen = BooleanField(
        "取り消された回答を使わないことを確かめました",
        [DataRequired("確かめたら、確認の欄に印を付けてください。")],
    )
    note = TextAreaField("備考", [Optional(), Length(max=500)], description="回答の内容は書かないでください。")


class TellForm(Form):
    """取消しの連絡の記録: an officer tells a municipality outside the system."""

    note = TextAreaField(
        "伝えた相手・日時・方法", [DataRequired("伝えた相手・日時・方法を入力してください。"), Length(max=500)]
    )


class RetractForm(Form):
    """回答の取消し."""

    cause = RadioField(
        "理由の区分",
        [InputRequired("理由の区分を選んでください。")],
        choices=[SelectChoice(cause.value, labels.CAUSES[cause]) for cause in Cause],
        description="市町村等には、この区分と日時が伝わります。「届かなかった」は、発送した文書と、メールで送ったファイルだけです。",
    )
    reason = TextAreaField(
        "取り消す理由",
        [DataRequired("取り消す理由を入力してください。"), Length(max=500)],
        description="貴団体の記録です。市町村等には表示されません。",
    )
    is_sure = BooleanField("この回答を取り消します", [DataRequired("取り消すときは、確認の欄に印を付けてください。")])


@panel(2)
def taken_back_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Show both sides what was taken back, and ask for the note that the municipality has to take."""
    answers = correcting.taken_back(work, page.inquiry)
    if not answers:
        return None
    is_open = any(each.retraction.acknowledged_at is None for each in answers)
    shows = {
        "answers": [(each, _kept(work, each)) for each in answers],
        "is_officer": work.actor.role is Role.OFFICER,
        "is_open": is_open,
        "form": _form(work, page, bound) if is_open else None,
        "is_answered": page.answer is not None,
    }
    return Panel("取り消された回答", "correcting/taken_back_panel.html", shows)


def _kept(work: Work, each: TakenBack) -> dict[str, Any] | None:
    """Open for the insurer what was told, and why it was taken back; to the municipality nothing is opened."""
    if work.actor.role is not Role.OFFICER:
        return None
    items = answering.items_of(work, each.answer)
    return {
        "told": [(item(code).name, text) for code, text in items.items()],
        "reason": correcting.reason_of(work, each.retraction),
    }


def _form(work: Work, page: Page, bound: Bound) -> Form | None:
    if work.actor.role is Role.CLERK:
        return bound.get(AcknowledgeForm) or AcknowledgeForm(None, prefix="acknowledge")
    if Side.MUNICIPALITY not in page.outside:
        return None
    return bound.get(TellForm) or TellForm(None, prefix="tell")


@screen(blueprint, "/acknowledge", roles=CLERK, methods=["POST"])
def acknowledge(inquiry_id: str) -> Any:
    """Record that the municipality took note that an answer was taken back."""
    form = AcknowledgeForm(prefix="acknowledge")

    def use_case(work: Work, wanted: str, version: int) -> object:
        return correcting.acknowledge(work, wanted, version, note=form.note.data or "")

    return act(inquiry_id, form, use_case, done=told("回答の取消しを確認したことを記録しました。"))


@screen(blueprint, "/told", roles=OFFICER, methods=["POST"])
def tell(inquiry_id: str) -> Any:
    """Record that a municipality outside the system was told that the answer was taken back."""
    form = TellForm(prefix="tell")

    def use_case(work: Work, wanted: str, version: int) -> object:
        return correcting.acknowledge(work, wanted, version, note=form.note.data)

    return act(inquiry_id, form, use_case, done=told("回答の取消しを市町村等に伝えたことを記録しました。"))


@panel(EXITS + 2)
def retract_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Let the insurer take its answer back."""
    if page.answer is None or not may(State(page.inquiry.state), Event.RETRACT_ANSWER, work.actor.role):
        return None
    shows = {"form": bound.get(RetractForm) or RetractForm(None, prefix="retract")}
    return Panel("回答の取消し・差替え", "correcting/retract_panel.html", shows)


@screen(blueprint, "/retract", roles=OFFICER, methods=["POST"])
def retract(inquiry_id: str) -> Any:
    """Take the answer back."""
    form = RetractForm(prefix="retract")

    def use_case(work: Work, wanted: str, version: int) -> object:
        cause = Cause(chosen(form.cause))
        return correcting.retract(work, wanted, version, cause=cause, reason=form.reason.data)

    done = told("回答を取り消しました。正しい回答を、本日中に用意してください。")
    return act(inquiry_id, form, use_case, done=done)
