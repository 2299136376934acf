"""Asking an insurer that is outside the system: whom to call, what to say, what was answered (保険者との電話・文書).

Source    memo annex STEP1 ② ※2, ※3; STEP2 ④-⑤ as it reaches the municipality.
Decides   nothing; the only numbers shown are those of the contact list.
"""

from typing import Any, Final

from flask import Blueprint, render_template, request
from wtforms.form import BaseForm

from inquiry.documents.letter import LetterKind
from inquiry.domain import item as catalogue
from inquiry.domain.correspondence import Word
from inquiry.domain.errors import Forbidden
from inquiry.domain.parties import Role
from inquiry.domain.procedure import procedure
from inquiry.web.correspondence_form import ExchangeForm, form_for
from inquiry.web.heard_words import beside_owners
from inquiry.web.inquiry_page import Bound, Panel, Place, act, panel, told
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import corresponding, resembling, timing, viewing, writing
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import JST, Work

blueprint = Blueprint("corresponding", __name__, url_prefix="/inquiries/<inquiry_id>/outside")
CLERK = (Role.CLERK,)
NEXT: Final = {
    Word.SENT: "照会書を送ったことを記録しました。回答が届いたら、記録してください。",
    Word.NOT_REACHED: "つながらなかったことを記録しました。時間をおいて、かけ直してください。",
    Word.ACCEPTED: "受け付けられたことを記録しました。回答があったら、記録してください。",
    Word.ANSWER: "回答を記録しました。手続が済んだら、対応終了にしてください。",
    Word.NOT_FOUND: (
        "「該当者なし」の回答を記録しました。３情報や照会先の保険者を確かめ、誤りがあれば新しい照会を作成してください。"
    ),
    Word.SEVERAL: "追加情報を求められたことを記録しました。伝えた内容を「追加情報の回答」に記録してください。",
    Word.DELAY: "回答の見込みを記録しました。期限は変わりません。",
    Word.REFUSED: "回答できないとの連絡を記録しました。必要なときは、所管課へ連絡してください。",
}


@panel(8)
def outside_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Tell the clerk of an insurer outside what to do next."""
    words = corresponding.words_for(page.inquiry)
    if not corresponding.writes_for_insurer(work, page.inquiry) or not words:
        return None
    sheets = [letter for letter in writing.issued(work, page.inquiry) if letter.kind == LetterKind.INQUIRY_SHEET]
    shows = {"is_open": Word.SENT in words, "sheets": sheets, "is_verifiable": bool(work.house.public_address)}
    return Panel("この保険者は本システムを使っていません", "corresponding/outside_panel.html", shows)


@panel(58)
def heard_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Show what passed by telephone and paper; the answer that stands comes first."""
    said = corresponding.history(work, page.inquiry)
    if not said:
        return None
    answer = corresponding.answer_heard(work, page.inquiry)
    told_items = answer.items.items() if answer else ()
    shows = {
        "said": said,
        "alike": beside_owners(each for one in said for each in resembling.names_like(work, one.speaker)),
        "answer": answer,
        "told": [{"label": catalogue.item(code).name, "value": text} for code, text in told_items],
    }
    return Panel("保険者との電話・文書の記録", "corresponding/heard_panel.html", shows)


@screen(blueprint, "", roles=CLERK)
def script(inquiry_id: str) -> Any:
    """Show whom to call and what to say, line by line."""
    with house().work(actor()) as work:
        page = viewing.page(work, inquiry_id)
        _check(work, page)
        return render_template("corresponding/script.html", **_shows(work, page))


@screen(blueprint, "/record", roles=CLERK)
def write(inquiry_id: str) -> Any:
    """Show the form in which a call, a letter or a file is written down."""
    return record_shown(inquiry_id)


def record_shown(inquiry_id: str, *forms: BaseForm) -> str:
    """Render the form; a bound one holds errors.

    :raises Forbidden: if the insurer acts for itself.
    """
    with house().work(actor()) as work:
        page = viewing.page(work, inquiry_id)
        _check(work, page)
        words = corresponding.words_for(page.inquiry)
        form = next(iter(forms), None) or _blank(work, page)
        form["word"].choices = [choice for choice in form["word"].choices if choice.value in words]
        return render_template("corresponding/record.html", form=form, **_shows(work, page))


ON_RECORD = Place("inquiry.show", record_shown)


@screen(blueprint, "/record", roles=CLERK, methods=["POST"])
def record(inquiry_id: str) -> Any:
    """Write down what passed."""
    with house().reading(actor()) as work:
        form = form_for(tuple(viewing.listed(work, inquiry_id).items))()

    def use_case(work: Work, wanted: str, version: int) -> Word:
        exchange = form.exchange()
        corresponding.record(work, wanted, version, exchange)
        return exchange.word

    return act(inquiry_id, form, use_case, done=lambda word: told(NEXT[word])(word), place=ON_RECORD)


def _blank(work: Work, page: Page) -> ExchangeForm:
    local = work.now.astimezone(JST)
    word = next((word for word in Word if word == request.args.get("word")), None)
    opening = {"on": f"{local.date():%Y-%m-%d}", "at_time": local.time(), "word": word}
    return form_for(tuple(page.inquiry.items))(None, data=opening)


def _check(work: Work, page: Page) -> None:
    if not corresponding.writes_for_insurer(work, page.inquiry):
        raise Forbidden("corresponding:insurer_is_here")


def _shows(work: Work, page: Page) -> dict[str, Any]:
    inquiry = page.inquiry
    return {
        "page": page,
        "inquiry": inquiry,
        "desk": corresponding.desk_of(work, inquiry),
        "opens_at": timing.calendar_now(work, inquiry.insurer_id).opens_next(work.now),
        "due_at": timing.due_of(work, inquiry),
        "procedure": procedure(inquiry.procedure),
        "items": [catalogue.item(code) for code in inquiry.items],
    }
