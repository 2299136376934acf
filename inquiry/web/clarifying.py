"""STEP2 ⑤ several, ※6 on screen: asking for dates of cover, and answering (追加情報の依頼と回答).

Source    memo annex STEP2 ⑤ なお書き, ※6; flowchart: the question travels by telephone or document.
Decides   nothing; which way is open, the gate says.
"""

from typing import Any, Final

from flask import Blueprint, Response
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Role, Side
from inquiry.domain.reply import Channel
from inquiry.domain.wareki import era_text
from inquiry.web.forms import DateField, Form, chosen, offered
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import calling, clarifying, lettering
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("clarifying", __name__, url_prefix="/inquiries/<inquiry_id>")
OFFICER = (Role.OFFICER,)
BOTH_SIDES = (Role.CLERK, Role.OFFICER)

WAYS: Final = {
    Channel.PAGE: "本システムの画面で依頼する",
    Channel.CALL_BACK: "代表電話への折り返しで依頼した",
    Channel.LETTER: "依頼文書を送った",
}
QUESTION: Final = (
    "該当すると考えられる加入者が複数いるため、特定できません。"
    "この方の資格取得の時期と資格喪失の時期を、わかる範囲で教えてください。"
)


class AskForm(Form):
    """追加情報の依頼."""

    channel = RadioField(
        "依頼の方法",
        [InputRequired("依頼の方法を選んでください。")],
        choices=offered(WAYS),
    )
    question = TextAreaField(
        "依頼の文面",
        [DataRequired("依頼の文面を入力してください。"), Length(max=1000)],
        description="該当した加入者の情報は書かないでください。",
    )


class SupplyForm(Form):
    """追加情報の回答; `shown` names the dates of an earlier round that stood in the fields."""

    acquired = DateField("資格取得の時期", [Optional()])
    lost = DateField("資格喪失の時期", [Optional()], description="加入中のときは、空けておいてください。")
    note = StringField(
        "備考", [Optional(), Length(max=500)], description="わからないときは、その事情を書いてください。"
    )
    shown = HiddenField()

    @classmethod
    def holding(cls, dates: CoverDates) -> "SupplyForm":
        """Return the form as it is first shown, with the dates of an earlier round."""
        said = {name: _as_typed(day) for name in ("acquired", "lost") if (day := getattr(dates, name))}
        return cls(None, prefix="supply", data={**said, "shown": " ".join(said)})

    @property
    def cleared(self) -> list[str]:
        """Return which of the dates that stood in the fields do no longer."""
        shown = (self.shown.data or "").split()
        return [name for name in ("acquired", "lost") if name in shown and self[name].day is None]


def _as_typed(day: PartialDate) -> str:
    """Write a date so that it is read as it is; one that may be of two eras not by them."""
    text = era_text(day).removesuffix("不詳")
    return day.isoformat() if "・" in text else text


@panel(45)
def ask_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Let the officer ask for the dates of cover, by a way that is open now."""
    inquiry = page.inquiry
    if not may(State(inquiry.state), Event.ASK_DATES, work.actor.role):
        return None
    ways = [way for way in WAYS if way is not Channel.PAGE or Side.MUNICIPALITY not in page.outside]
    shows = {
        "form": bound.get(AskForm) or AskForm(None, prefix="ask", question=QUESTION, channel=ways[0].value),
        "ways": ways,
        "is_call_confirmed": calling.confirmed_call(work, inquiry) is not None,
        "is_printed": any(line.event == clarifying.QUESTION_PRINTED for line in page.timeline),
    }
    return Panel("⑤ 追加情報の依頼（複数該当）", "clarifying/ask_panel.html", shows)


@screen(blueprint, "/question", roles=OFFICER, methods=["POST"])
def ask(inquiry_id: str) -> Any:
    """Ask the municipality for the dates of cover."""
    form = AskForm(prefix="ask")

    def use_case(work: Work, wanted: str, version: int) -> object:
        channel = Channel(chosen(form.channel))
        if channel is Channel.CALL_BACK:
            calling.check_held(work, work.inquiry(wanted))
        return clarifying.ask(work, wanted, version, channel=channel, question=form.question.data)

    return act(inquiry_id, form, use_case, done=told("追加情報を依頼しました。回答があると、受付一覧に戻ります。"))


@screen(blueprint, "/question/letter", roles=OFFICER, methods=["POST"])
def print_question(inquiry_id: str) -> Any:
    """Hand out the question as a letter; the page it is asked from stays usable."""
    with house().work(actor(), form_key=form_key()) as work:
        work.outcome = inquiry_id
        inquiry, content = lettering.print_question(work, inquiry_id, form_version())
    disposition = f'attachment; filename="{inquiry.number}-question.pdf"'
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": disposition})


@panel(44)
def supply_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Ask for the dates: of the clerk, or of the officer where nobody of the municipality is in the system."""
    inquiry = page.inquiry
    is_officer = work.actor.role is Role.OFFICER
    if not may(State(inquiry.state), Event.SUPPLY_DATES, work.actor.role, outside=page.outside):
        return None
    asked = [line.note for line in page.timeline if line.event == Event.ASK_DATES]
    shows = {
        "form": bound.get(SupplyForm) or SupplyForm.holding(page.dates or CoverDates()),
        "question": asked[-1] if asked else "",
        "is_officer": is_officer,
    }
    return Panel("追加情報の回答（※6）", "clarifying/supply_panel.html", shows)


@screen(blueprint, "/dates", roles=BOTH_SIDES, methods=["POST"])
def supply(inquiry_id: str) -> Any:
    """Write down when cover began or ended."""
    form = SupplyForm(prefix="supply")

    def use_case(work: Work, wanted: str, version: int) -> object:
        dates = CoverDates(form.acquired.day, form.lost.day)
        return clarifying.supply(work, wanted, version, dates, cleared=form.cleared, note=form.note.data or "")

    return act(inquiry_id, form, use_case, done=told("追加情報を回答しました。保険者が、もう一度加入者を確認します。"))
