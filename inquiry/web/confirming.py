"""STEP2 ③ on screen: who is asking, and by which channel the answer goes (照会者の確認).

Source    memo annex STEP2 ③; flowchart ※1, ※3; memo 3(2) なお書き.
Decides   nothing; the directory's side of the comparison and the channels come from the use cases.
"""

from datetime import datetime, time
from typing import Any, Final

from flask import Blueprint
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inquiry.domain.errors import InvalidValue
from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.parties import Role
from inquiry.domain.reply import ANSWER_CHANNELS, Channel
from inquiry.web import labels
from inquiry.web.forms import ClockField, DateField, Form, complete_day
from inquiry.web.heard_words import beside_owners, heard_words, known_of
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.walls import screen
from inquiry.workflow import confirming, resembling
from inquiry.workflow.confirming import Agreement, RefusalReason
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import JST, Work

blueprint = Blueprint("confirming", __name__, url_prefix="/inquiries/<inquiry_id>")
OFFICER = (Role.OFFICER,)
END_OF_BUSINESS: Final = time(17, 0)


class ConfirmForm(Form):
    """照会者の確認."""

    channel = RadioField(
        "回答方法（照会者と決めたもの）",
        [InputRequired("回答方法を選んでください。")],
        choices=[SelectChoice(channel.value, labels.CHANNELS[channel]) for channel in ANSWER_CHANNELS],
    )
    needed_by = DateField("いつまでに必要か（文書のとき）", [complete_day])
    note = TextAreaField(
        "確認の記録",
        [Optional(), Length(max=1000)],
        description="どのように確かめたかなど。市町村等の画面にも表示されます。",
        id="confirm-note",
    )


@panel(30)
def confirm_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Show what the inquirer said beside what the directory says."""
    inquiry = page.inquiry
    if inquiry.confirmed_at is not None or not may(State(inquiry.state), Event.CONFIRM_INQUIRER, work.actor.role):
        return None
    offered = confirming.channels_offered(work, inquiry)
    is_offered = inquiry.channel in offered
    form = bound.get(ConfirmForm) or ConfirmForm(
        formdata=None, channel=inquiry.channel if is_offered else None, needed_by=_typed(inquiry.needed_by)
    )
    form.channel.choices = [choice for choice in form.channel.choices if choice.value in offered]
    heard, known = confirming.telephone_heard(inquiry), known_of(inquiry)
    shows = {
        "form": form,
        "offered": offered,
        "is_offered": is_offered,
        "heard": heard_words(heard, known=known["known"]) if heard else None,
        **known,
        "owners": resembling.whose(work, inquiry.heard_telephone, besides=inquiry.municipality_code),
        "alike": beside_owners(resembling.what_is_like(work, resembling.heard_from(inquiry)), known=known["known"]),
    }
    return Panel("③ 照会者の確認", "confirming/confirm_panel.html", shows)


def _typed(day: Any) -> str:
    return day.isoformat() if day else ""


@screen(blueprint, "/confirm", roles=OFFICER, methods=["POST"])
def confirm(inquiry_id: str) -> Any:
    """Record that the inquirer was checked, and the channel agreed on."""
    form = ConfirmForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        needed_by = form.needed_by.day.as_date() if form.needed_by.day else None
        channel = Channel(form.channel.data)
        agreed = Agreement(channel, needed_by if channel is Channel.LETTER else None, form.note.data or "")
        return confirming.confirm(work, wanted, version, agreed)

    return act(inquiry_id, form, use_case, done=told("照会者を確認しました。次に、加入者を確認してください。"))


class RefuseForm(Form):
    """回答できない旨の連絡."""

    reason = RadioField(
        "回答できない理由",
        [InputRequired("回答できない理由を選んでください。")],
        choices=[SelectChoice(reason.value, labels.REFUSALS[reason]) for reason in RefusalReason],
        id="refuse-reason",
    )
    note = TextAreaField(
        "市町村等への説明",
        [Optional(), Length(max=1000)],
        description="「その他」のときは必ず書いてください。照会対象者以外の個人情報は書かないでください。",
        id="refuse-note",
    )


class DelayForm(Form):
    """回答に時間を要する旨の連絡."""

    expected_at = DateField("回答の見込みの日", [DataRequired("回答の見込みの日を入力してください。"), complete_day])
    expected_time = ClockField(
        "時刻", [InputRequired("時刻を 17:00 の形で入力してください。")], default=END_OF_BUSINESS
    )
    reason = StringField(
        "時間を要する理由",
        [DataRequired("時間を要する理由を入力してください。"), Length(max=500)],
        description="例：被扶養者の記録を事業所に確認しているため",
        id="delay-reason",
    )

    def moment(self) -> datetime:
        """Return when the answer is expected."""
        if self.expected_at.day is None:
            raise InvalidValue("date:empty", field="expected_at")
        return datetime.combine(self.expected_at.day.as_date(), self.expected_time.data, JST)


@panel(90)
def trouble_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Offer to announce a delay, or to say that no answer can be given."""
    state, role = State(page.inquiry.state), work.actor.role
    shows = {
        "delay": (bound.get(DelayForm) or DelayForm(formdata=None)) if may(state, Event.ANNOUNCE_DELAY, role) else None,
        "refuse": (bound.get(RefuseForm) or RefuseForm(formdata=None)) if may(state, Event.REFUSE, role) else None,
    }
    if not any(shows.values()):
        return None
    return Panel("回答に時間がかかる・回答できないとき", "confirming/trouble_panel.html", shows)


@screen(blueprint, "/delay", roles=OFFICER, methods=["POST"])
def announce_delay(inquiry_id: str) -> Any:
    """Tell the municipality when the answer is to be expected."""
    form = DelayForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        moment, reason = form.moment(), form.reason.data
        return confirming.announce_delay(work, wanted, version, expected_at=moment, reason=reason)

    return act(inquiry_id, form, use_case, done=told("回答の見込みを市町村等に連絡しました。"))


@screen(blueprint, "/refuse", roles=OFFICER, methods=["POST"])
def refuse(inquiry_id: str) -> Any:
    """Tell the municipality that no answer can be given, and why."""
    form = RefuseForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        reason, note = RefusalReason(form.reason.data), form.note.data or ""
        return confirming.refuse(work, wanted, version, reason=reason, note=note)

    return act(inquiry_id, form, use_case, done=told("回答できない旨を市町村等に連絡しました。"))
