"""STEP2 ⑤ ⅰ on screen: the call back to the main line, and the answer by telephone (折り返し電話).

Source    memo annex STEP2 ⑤ ⅰ なりすまし防止; flowchart (1), ※2, ※5.
Decides   when the telephone stands on the page: for an answer by call, a locked file's password, a question for dates.
"""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from wtforms.form import BaseForm

from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel
from inquiry.store.answering import Answer, CallBack
from inquiry.web.call_forms import (
    CARRIED,
    NO_ANSWER,
    OUTCOMES,
    CallForm,
    EndForm,
    HearForm,
    ReadForm,
    TakeOverForm,
)
from inquiry.web.call_page import ON_CALL, act_on_call, call_shown, with_title
from inquiry.web.inquiry_page import Bound, Panel, Place, act, panel, shown, told
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import answering, call_history, calling, correcting, viewing
from inquiry.workflow.calling import Check
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("calling", __name__, url_prefix="/inquiries/<inquiry_id>/call")
OFFICER = (Role.OFFICER,)


@panel(52)
def call_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Lead to the call in progress, or let one begin; below, the calls that were made."""
    if work.actor.role is not Role.OFFICER:
        return None
    calls = call_history.history(work, page.inquiry)
    draft = answering.in_preparation(work, page.inquiry)
    # That an answer was taken back is said on the telephone too: nobody may be at the page.
    is_needed = _is_needed(State(page.inquiry.state), draft, page.answer) or _is_to_tell(work, page)
    if not (calls or page.call or is_needed):
        return None
    shows = {
        "call": page.call,
        "is_needed": is_needed,
        "is_mine": page.call is not None and page.call.held_by == work.actor.account_id,
        "holder": calling.holder_of(work, page.call) if page.call else "",
        "take_over": bound.get(TakeOverForm) or TakeOverForm(formdata=None),
        "no_answer": NO_ANSWER,
        "calls": [past for past in calls if past.call.ended_at is not None],
        "asked_for": with_title(call_history.next_asked_for(calls)),
        "outcomes": OUTCOMES,
        "carried": CARRIED,
    }
    return Panel("代表電話への折り返し", "answering/call_panel.html", shows)


def _is_needed(state: State, draft: Answer | None, given: Answer | None) -> bool:
    if state is State.SEVERAL:
        return True
    answer = draft or given
    if answer is None or state not in (State.IDENTIFIED, State.NOT_FOUND, State.ANSWERED):
        return False
    return answer.channel == Channel.FILE or (answer.channel == Channel.CALL_BACK and answer.given_at is None)


def _is_to_tell(work: Work, page: Page) -> bool:
    is_callable = State(page.inquiry.state) in (*OPEN, State.ANSWERED)
    return is_callable and correcting.is_unacknowledged(work, page.inquiry)


@screen(blueprint, "", roles=OFFICER)
def show(inquiry_id: str) -> Any:
    """Show one's call in progress on one screen; without one, the inquiry."""
    with house().reading(actor()) as work:
        is_calling = calling.is_held(work, inquiry_id)
    return call_shown(inquiry_id) if is_calling else redirect(url_for("inquiry.show", inquiry_id=inquiry_id), 303)


@screen(blueprint, "/start", roles=OFFICER, methods=["POST"])
def start(inquiry_id: str) -> Any:
    """Begin a call to the main line of the directory."""
    return act(inquiry_id, CallForm(), lambda work, wanted, _version: calling.start(work, wanted), place=ON_CALL)


@screen(blueprint, "/take-over", roles=OFFICER, methods=["POST"])
def take_over(inquiry_id: str) -> Any:
    """Hold a call that another officer began."""
    form = TakeOverForm()
    return act(
        inquiry_id,
        form,
        lambda work, wanted, _version: calling.take_over(work, wanted, reason=form.reason.data),
        done=told("通話を引き継ぎました。合言葉は新しくなっています。もう一度、相手を確認してください。"),
        place=Place("calling.show", _shown_while_calling),
    )


def _shown_while_calling(inquiry_id: str, *forms: BaseForm) -> str:
    with house().reading(actor()) as work:
        calling.check_not_over(work, viewing.listed(work, inquiry_id))
    return shown(inquiry_id, *forms)


@screen(blueprint, "/hear", roles=OFFICER, methods=["POST"])
def hear(inquiry_id: str) -> Any:
    """Write down who was reached and the word they read out."""
    form = HearForm()

    def use_case(work: Work, wanted: str, _version: int) -> tuple[CallBack, int]:
        checks = {check for check in Check if check in (form.checks.data or ())}
        call = calling.hear(work, wanted, word=form.word.data or "", reached=form.reached.data, checks=checks)
        return call, calling.tries_left(work, call)

    return act_on_call(inquiry_id, form, use_case, done=_say_how_it_went)


def _say_how_it_went(heard: tuple[CallBack, int]) -> None:
    call, left = heard
    if call.ended_at is not None:
        flash(
            "合言葉が一致しなかったため、通話を終了し、ＰＭＯに知らせました。何も伝えずに電話を切り、時間をおいて代表電話にかけ直してください。",
            "error",
        )
    elif call.confirmed_at is None:
        flash(
            f"合言葉が一致しません。もう一度聞き取ってください。あと{left}回一致しないと、通話を終了します。", "warning"
        )
    else:
        flash("相手を確認しました。", "success")


@screen(blueprint, "/end", roles=OFFICER, methods=["POST"])
def end(inquiry_id: str) -> Any:
    """End the call with its outcome."""
    form = EndForm()

    def use_case(work: Work, wanted: str, _version: int) -> CallBack:
        return calling.end(work, wanted, form.ending(work.today))

    return act_on_call(inquiry_id, form, use_case, done=_say_how_it_ended)


def _say_how_it_ended(call: CallBack) -> None:
    flash("通話を終了しました。用意した内容は、そのまま残っています。", "info")
    if calling.signs_of(call):
        flash("なりすましのおそれがある通話として、ＰＭＯに知らせました。", "warning")


@screen(blueprint, "/answer", roles=OFFICER, methods=["POST"])
def give(inquiry_id: str) -> Any:
    """Record that the answer was read out during the confirmed call."""
    form = ReadForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        return answering.give_by_call(work, wanted, version, read_back=form.read_back.data or [])

    done = told("回答を記録しました。最後に、通話を終了してください。")
    return act_on_call(inquiry_id, form, use_case, done=done)
