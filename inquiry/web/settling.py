"""STEP3 ⑥ on screen: waiting, the answer as it arrives, closing and taking back (受領・対応終了・取下げ).

Source    memo annex STEP3 ⑥; STEP2 ⑤ ⅰ for the words during a call.
Decides   nothing; the words of a call are shown to the municipality alone, and only while the call lasts.
"""

from typing import Any, Final

from flask import Blueprint
from wtforms import BooleanField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from inquiry.domain.errors import InvalidValue
from inquiry.domain.inquiry import Event, State, may, shown_to, waits_for
from inquiry.domain.item import item
from inquiry.domain.parties import Role, Side
from inquiry.web.attachments import attachment
from inquiry.web.forms import Form, attach
from inquiry.web.inquiry_page import Bound, Panel, act, panel, shown, told
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import (
    accounts,
    answer_files,
    answering,
    call_history,
    calling,
    correcting,
    delivering,
    four_eyes,
    joining,
    settling,
    undelivered,
)
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("settling", __name__, url_prefix="/inquiries/<inquiry_id>")
CLERK = (Role.CLERK,)
BOTH_SIDES = (Role.CLERK, Role.OFFICER)

NEXT: Final = {
    State.FILED: "保険者が、照会者の確認（③）をします。",
    State.CONFIRMED: "保険者が、加入者の確認（④）と回答（⑤）をします。",
    State.CLARIFYING: "保険者から追加情報を求められています。下の「追加情報の回答」に入力してください。",
    State.ANSWERED: "保険者から回答がありました。回答を受け取り、手続が済んだら対応終了にしてください。",
    State.REFUSED: "保険者から、回答できないと連絡がありました。経過で理由を確かめてください。",
}
UNDELIVERED: Final = (
    "保険者がメールで送った回答が、届いていないようです。保険者が代表電話に折り返して確かめます。"
    "届いているときは、そのとき伝えてください。"
)


@panel(10)
def waiting_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Tell the clerk whose turn it is and what will happen next."""
    state = shown_to(work.actor.role, State(page.inquiry.state))
    if work.actor.role is not Role.CLERK or state not in NEXT:
        return None
    if state is State.ANSWERED and undelivered.of_inquiry(work, page.inquiry) is not None:
        shows = {"next": UNDELIVERED, "is_ours": True, "may_call": False}
        return Panel("保険者の確認を待っています", "settling/waiting_panel.html", shows)
    is_ours = waits_for(state) is Role.CLERK
    if not is_ours and Side.INSURER in page.outside:
        # web/corresponding.py says what to do: nobody at the insurer will see the inquiry.
        return None
    # Words are dealt to somebody who has the inquiry here; before, the page would promise what it cannot show.
    may_call = not is_ours and page.call is None and Side.MUNICIPALITY not in page.outside
    missed = call_history.missed(work, page.inquiry) if may_call else None
    shows = {"next": NEXT[state], "is_ours": is_ours, "may_call": may_call, "missed": missed}
    return Panel("あなたの番です" if is_ours else "保険者の回答を待っています", "settling/waiting_panel.html", shows)


@panel(5)
def words_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Show the municipality the two words of the call in progress."""
    if work.actor.role is not Role.CLERK or page.call is None or not page.call.municipality_word:
        return None
    shows = {"call": page.call, "main_line": page.inquiry.municipality.main_line}
    return Panel("保険者からの折り返し電話（通話中）", "settling/words_panel.html", shows)


class DoubtForm(Form):
    """A button about the caller alone."""


@screen(blueprint, "/caller-doubted", roles=CLERK, methods=["POST"])
def doubt_caller(inquiry_id: str) -> Any:
    """Note that the caller does not know the insurer's word."""
    done = told(
        "ＰＭＯに知らせました。何も話さずに電話を切り、照会窓口一覧の番号で保険者に確かめてください。合言葉は新しくなりました。",
        "warning",
    )
    return act(inquiry_id, DoubtForm(), lambda work, key, _version: calling.doubt_caller(work, key), done=done)


class FetchForm(Form):
    """回答の受け取り: one's own password again, since the screen may have been left open."""

    password = PasswordField(
        "あなたのログインのパスワード",
        [DataRequired("ログインのパスワードを入力してください。"), Length(max=256)],
        description="受け取る人を確かめるため、もう一度入力してください。ファイルを開くパスワードではありません。",
        id="fetch-password",
    )


@panel(60)
def answer_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Show the municipality the answer as its channel brings it."""
    answer = page.answer
    if work.actor.role is not Role.CLERK or answer is None:
        return None
    waits_here = delivering.waits_here(answer)
    told_items = settling.told_by_telephone(work, page.inquiry)
    shows = {
        "answer": answer,
        "waiting": delivering.waiting(work, page.inquiry, answer) if waits_here else None,
        "named": delivering.named(work, page.inquiry),
        "is_yours": delivering.named_id(page.inquiry) == work.actor.account_id,
        "may_take_over": joining.may_take_over(work, page.inquiry),
        "is_undelivered": undelivered.of_inquiry(work, page.inquiry) is not None,
        "is_held": four_eyes.holds_back(work, page.inquiry, answer),
        "form": bound.get(FetchForm) or FetchForm(formdata=None),
        "told": [{"label": item(code).name, "value": text} for code, text in told_items.items()],
        "roster_on": answering.roster_date(work, answer),
        "replaces": correcting.replaced(work, page.inquiry),
        "remade_at": next((step.at for step in answer_files.remade(page.inquiry.steps)), None),
    }
    return Panel("⑤ 保険者からの回答", "settling/answer_panel.html", shows)


@screen(blueprint, "/answer", roles=CLERK, methods=["POST"])
def fetch(inquiry_id: str) -> Any:
    """Hand the answer's file to the clerk who has the inquiry; every time is recorded."""
    form = FetchForm()
    if form.validate():
        try:
            accounts.confirm(house(), actor(), form.password.data)
            with house().work(actor(), form_key=form_key()) as work:
                work.outcome = inquiry_id
                fetched = settling.fetch(work, inquiry_id)
            return attachment(fetched)
        except InvalidValue as error:
            attach(form, error)
    return shown(inquiry_id, form), 422


class SettleForm(Form):
    """対応終了."""

    note = StringField("備考", [Optional(), Length(max=500)], description="回答の内容は書かないでください。")


@panel(65)
def settle_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Let whoever may do so close the inquiry."""
    if not _may(work, page, Event.SETTLE) or correcting.is_unacknowledged(work, page.inquiry):
        return None
    shows = {"form": bound.get(SettleForm) or SettleForm(None, prefix="settle")}
    return Panel("⑥ 対応終了", "settling/settle_panel.html", shows)


@screen(blueprint, "/settle", roles=BOTH_SIDES, methods=["POST"])
def settle(inquiry_id: str) -> Any:
    """Close an inquiry after its answer was used."""
    form = SettleForm(prefix="settle")
    return act(
        inquiry_id,
        form,
        lambda work, key, version: settling.settle(work, key, version, note=form.note.data or ""),
        done=told("対応終了にしました。"),
    )


class WithdrawForm(Form):
    """取下げ."""

    reason = TextAreaField("取下げの理由", [DataRequired("取下げの理由を入力してください。"), Length(max=500)])
    is_sure = BooleanField("この照会を取り下げます", [DataRequired("取り下げるときは、確認の欄に印を付けてください。")])


@panel(95)
def withdraw_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Let whoever may do so take the inquiry back."""
    if not _may(work, page, Event.WITHDRAW):
        return None
    shows = {"form": bound.get(WithdrawForm) or WithdrawForm(None, prefix="withdraw")}
    return Panel("取下げ", "settling/withdraw_panel.html", shows)


@screen(blueprint, "/withdraw", roles=BOTH_SIDES, methods=["POST"])
def withdraw(inquiry_id: str) -> Any:
    """Take an inquiry back before it is answered."""
    form = WithdrawForm(prefix="withdraw")
    return act(
        inquiry_id,
        form,
        lambda work, key, version: settling.withdraw(work, key, version, reason=form.reason.data),
        done=told("照会を取り下げました。"),
    )


def _may(work: Work, page: Page, event: Event) -> bool:
    return may(State(page.inquiry.state), event, work.actor.role, outside=page.outside)
