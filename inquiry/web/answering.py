"""STEP2 ⑤ on screen: the answer, item by item (回答の作成).

Source    memo annex STEP2 ⑤; 該当者なし is answered in the same ways, without items.
Decides   which period of cover, of the roster in force, fills the fields in; with several, none does until the officer
          chooses.
Not here  giving the answer: web/calling.py, web/locking.py, web/lettering.py, one for each channel.
"""

from functools import lru_cache
from typing import Any, Final

from flask import Blueprint, request
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from inquiry.domain import item as catalogue
from inquiry.domain.errors import NotDisclosable
from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.item import Item
from inquiry.domain.member import Member
from inquiry.domain.parties import Role
from inquiry.domain.reply import ANSWER_CHANNELS, Channel
from inquiry.store.answering import Answer
from inquiry.store.inquiries import Inquiry
from inquiry.web import labels
from inquiry.web.forms import Form
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import answering, confirming, correcting, identifying, prefilling, reconsidering, viewing
from inquiry.workflow.reconsidering import Person
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("answering", __name__, url_prefix="/inquiries/<inquiry_id>")
OFFICER = (Role.OFFICER,)
MISSING: Final = "回答を入力してください。わからないときは「確認できない」などと書いてください。"


class PrepareForm(Form):
    """回答の作成: the channel; `form_for` adds a field for each item asked."""

    codes: tuple[str, ...] = ()
    seal = HiddenField()  # of what the roster said when the page was made; it stays while errors are mended
    channel = RadioField(
        "回答方法",
        [InputRequired("回答方法を選んでください。")],
        choices=[SelectChoice(channel.value, labels.CHANNELS[channel]) for channel in ANSWER_CHANNELS],
        id="answer-channel",
    )

    def items(self) -> dict[str, str]:
        """Return what is typed for each item."""
        return {code: self[code].data or "" for code in self.codes}


@lru_cache(maxsize=256)
def form_for(codes: tuple[str, ...]) -> type[PrepareForm]:
    """Return the form that asks for these items; the same items give the same class."""
    fields = {code: _field(catalogue.item(code)) for code in codes}
    return type("PrepareItemsForm", (PrepareForm,), {"codes": codes, **fields})


def _field(asked: Item) -> Any:
    words = "、".join(value.label for value in asked.values)
    support = f"例：{words}" if words and len(words) < 60 else ""
    if asked.columns:
        names = "、".join(column.name for column in asked.columns)
        support = f"１件を１行に、{names}の順に、間を空けて書きます。"
        return TextAreaField(asked.name, [InputRequired(MISSING), Length(max=4000)], description=support)
    return StringField(asked.name, [InputRequired(MISSING), Length(max=1000)], description=support)


@panel(50)
def prepare_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Ask for the answer item by item, or show what is prepared; afterwards, what was answered."""
    inquiry = page.inquiry
    if work.actor.role is not Role.OFFICER:
        return None
    if page.answer is not None:
        return _given_panel(work, page, page.answer)
    if not may(State(inquiry.state), Event.ANSWER, work.actor.role):
        return None
    known, member = _known(work, inquiry)
    draft = answering.in_preparation(work, inquiry)
    told_so_far = answering.items_of(work, draft) if draft else {}
    is_overtaken = bool(known and draft and known.overtakes(inquiry, draft, told_so_far))
    is_asked_for = "period" in request.args
    form_class = form_for(_codes(inquiry))
    period = _period_chosen(member)
    on_roster = prefilling.by_period(inquiry, member)[period] if member and period is not None else {}
    # What was written stands, unless the roster says otherwise since, or the officer asked for a period.
    values = {**told_so_far, **on_roster} if is_overtaken or is_asked_for else {**on_roster, **told_so_far}
    form = bound.get(form_class) or form_class(formdata=None, data={**_kept(inquiry, known, draft), **values})
    offered = confirming.channels_offered(work, inquiry)
    form.channel.choices = [choice for choice in form.channel.choices if choice.value in offered]
    shows = {
        "form": form,
        "codes": form_class.codes,
        "draft": draft,
        "told": [(catalogue.item(code).name, text) for code, text in told_so_far.items()],
        "roster_on": answering.roster_date(work, draft) if draft else None,
        "member": member if form_class.codes else None,
        "has_changed": known is not None and known.has_changed(inquiry),
        "is_overtaken": is_overtaken,
        "period": period,
        "is_open": bool(form.errors) or is_overtaken or is_asked_for,
    }
    return Panel("⑤ 回答の作成", "answering/prepare_panel.html", shows)


def _known(work: Work, inquiry: Inquiry) -> tuple[Person | None, Member | None]:
    """Return what the roster in force says, and whom the fields show: as they were found, where it says nothing."""
    recorded = identifying.recorded(work, inquiry)
    if recorded is None or recorded.member is None:
        return None, None
    try:
        known = reconsidering.person_now(work, inquiry, recorded.identification)
    except NotDisclosable:  # the panel of what was found says so
        known = None
    return known, known.now if known else recorded.member


def _kept(inquiry: Inquiry, known: Person | None, draft: Answer | None) -> dict[str, str]:
    """Return what the form holds beside the items."""
    return {
        "channel": draft.channel if draft else inquiry.channel,
        "seal": known.seal_of(inquiry) if known else "",
    }


def _codes(inquiry: Inquiry) -> tuple[str, ...]:
    return tuple(inquiry.items) if State(inquiry.state) is State.IDENTIFIED else ()


def _period_chosen(member: Member | None) -> int | None:
    """Return the place of the period that fills the fields in: the only one, or the one the officer chose."""
    if member is None:
        return None
    text = request.args.get("period", "")
    if text.isascii() and text.isdigit() and int(text[:3]) < len(member.enrolments):
        return int(text[:3])
    return 0 if len(member.enrolments) == 1 else None


def _given_panel(work: Work, page: Page, answer: Answer) -> Panel:
    told_items = answering.items_of(work, answer)
    shows = {
        "answer": answer,
        "told": [(catalogue.item(code).name, text) for code, text in told_items.items()],
        "roster_on": answering.roster_date(work, answer),
        "replaces": correcting.replaced(work, page.inquiry),
    }
    return Panel("⑤ 回答（済み）", "answering/given_panel.html", shows)


@screen(blueprint, "/prepare", roles=OFFICER, methods=["POST"])
def prepare(inquiry_id: str) -> Any:
    """Save what will be told; nothing leaves yet."""
    with house().reading(actor()) as work:
        form = form_for(_codes(viewing.listed(work, inquiry_id)))()

    def use_case(work: Work, wanted: str, version: int) -> object:
        # What stands in the form beyond the items asked is handed on too, so that the use case refuses it.
        items = {**form.items(), **{code: text for code, text in request.form.items() if _is_item(code)}}
        reconsidering.check_as_shown(work, wanted, version, form.seal.data or "")
        return answering.prepare(work, wanted, version, channel=Channel(form.channel.data), items=items)

    return act(inquiry_id, form, use_case, done=told("回答の内容を保存しました。まだ市町村等には伝わっていません。"))


def _is_item(name: str) -> bool:
    return any(name == each.code for each in catalogue.items())
