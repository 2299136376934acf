"""STEP2 ⑤ ⅰ on screen: the call back to the main line, and the answer by telephone (折り返し電話).

Source    memo annex STEP2 ⑤ ⅰ なりすまし防止; flowchart (1), ※2, ※5.
Decides   when the telephone stands on the page: for an answer by call, a locked file's password, a question for dates.
"""

from typing import Any, Final

from flask import Blueprint, flash
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from inquiry.domain import item as catalogue
from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.parties import Role
from inquiry.domain.reply import Channel
from inquiry.store.answering import Answer, CallBack
from inquiry.web.forms import Form, chosen
from inquiry.web.inquiry_page import Bound, Panel, act, panel, told
from inquiry.web.walls import screen
from inquiry.workflow import answering, calling, correcting
from inquiry.workflow.calling import WRONG_WORDS_END_CALL, Outcome
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("calling", __name__, url_prefix="/inquiries/<inquiry_id>/call")
OFFICER = (Role.OFFICER,)

OUTCOMES: Final = {
    Outcome.REACHED: "担当者と話せた",
    Outcome.NOT_IN: "担当者が不在だった",
    Outcome.BUSY: "話し中・応答がなかった",
    Outcome.NO_SUCH_PERSON: "その担当者はいないと言われた",
    Outcome.REFUSED: "通話を断られた",
    Outcome.WRONG_WORDS: "合言葉が３回一致しなかった",
}
CARRIED: Final = {
    "answer": "回答",
    "password": "パスワード",
    "mail_address": "メールアドレスの聞き取り",
    "dates_request": "追加情報の依頼",
}


class HearForm(Form):
    """相手の確認."""

    reached = StringField(
        "電話に出た人の所属と氏名",
        [InputRequired("電話に出た人の所属と氏名を入力してください。"), Length(max=100)],
    )
    word = StringField("相手が読み上げた合言葉", [Optional(), Length(max=40)])


class EndForm(Form):
    """通話の終了."""

    outcome = RadioField(
        "通話の結果",
        [InputRequired("通話の結果を選んでください。")],
        choices=[
            SelectChoice(outcome.value, OUTCOMES[outcome]) for outcome in Outcome if outcome is not Outcome.WRONG_WORDS
        ],
    )


class CallForm(Form):
    """A button of the call alone: begin it, or say that the answer was read out."""


@panel(52)
def call_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Show the number to dial, the words, and what is to be said; afterwards, the calls that were made."""
    if work.actor.role is not Role.OFFICER:
        return None
    calls = calling.history(work, page.inquiry)
    draft = answering.in_preparation(work, page.inquiry)
    # That an answer was taken back is said on the telephone too: nobody may be at the page.
    is_needed = _is_needed(State(page.inquiry.state), draft, page.answer) or _is_to_tell(work, page)
    if not (calls or page.call or is_needed):
        return None
    end_form = bound.get(EndForm) or EndForm(formdata=None)
    if page.call is not None and page.call.confirmed_at is None:
        end_form.outcome.choices = [each for each in end_form.outcome.choices if each.value != Outcome.REACHED]
    shows = {
        "call": page.call,
        "is_needed": is_needed,
        "calls": [past for past in calls if past.call.ended_at is not None],
        "outcomes": OUTCOMES,
        "carried": CARRIED,
        "hear": bound.get(HearForm) or HearForm(formdata=None),
        "end": end_form,
        "told": _to_read_out(work, page),
        "roster_on": answering.roster_date(work, draft) if draft else None,
        "replaces": correcting.replaced(work, page.inquiry),
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


def _to_read_out(work: Work, page: Page) -> list[tuple[str, str]] | None:
    """Return what is to be told on the telephone now, or None while nothing may be."""
    told = answering.to_read_out(work, page.inquiry)
    return None if told is None else [(catalogue.item(code).name, text) for code, text in told.items()]


@screen(blueprint, "/start", roles=OFFICER, methods=["POST"])
def start(inquiry_id: str) -> Any:
    """Begin a call to the main line of the directory."""
    return act(inquiry_id, CallForm(), lambda work, wanted, _version: calling.start(work, wanted))


@screen(blueprint, "/hear", roles=OFFICER, methods=["POST"])
def hear(inquiry_id: str) -> Any:
    """Write down who was reached and the word they read out."""
    form = HearForm()

    def use_case(work: Work, wanted: str, _version: int) -> CallBack:
        return calling.hear(work, wanted, word=form.word.data or "", reached=form.reached.data)

    return act(inquiry_id, form, use_case, done=_say_how_it_went)


def _say_how_it_went(call: CallBack) -> None:
    if call.confirmed_at is not None:
        flash("相手を確認しました。", "success")
    elif call.ended_at is not None:
        flash(
            "合言葉が続けて一致しなかったため、通話を終了しました。なりすましに注意し、時間をおいてかけ直してください。",
            "error",
        )
    else:
        left = WRONG_WORDS_END_CALL - call.wrong_words
        flash(
            f"合言葉が一致しません。もう一度聞き取ってください。あと{left}回一致しないと、通話を終了します。", "warning"
        )


@screen(blueprint, "/end", roles=OFFICER, methods=["POST"])
def end(inquiry_id: str) -> Any:
    """End the call with its outcome."""
    form = EndForm()

    def use_case(work: Work, wanted: str, _version: int) -> CallBack:
        return calling.end(work, wanted, Outcome(chosen(form.outcome)))

    return act(
        inquiry_id, form, use_case, done=told("通話を終了しました。用意した内容は、そのまま残っています。", "info")
    )


@screen(blueprint, "/answer", roles=OFFICER, methods=["POST"])
def give(inquiry_id: str) -> Any:
    """Record that the answer was read out during the confirmed call."""
    return act(
        inquiry_id,
        CallForm(),
        answering.give_by_call,
        done=told("回答を記録しました。最後に、通話を終了してください。"),
    )
