"""The one screen of a call: whom to dial, what to say, what to listen for, how it ends (通話の画面).

Source    memo annex STEP2 ⑤ ⅰ なりすまし防止; flowchart (1), ※2, ※5.
Decides   nothing; what may be said, the use cases say. A number that came with the inquiry is text, never a link.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from flask import render_template
from wtforms.form import BaseForm

from inquiry.directory.mail_domain import domain_of, is_within, laid_beside
from inquiry.domain.inquiry import State
from inquiry.domain.reply import Channel
from inquiry.store.answering import Answer, CallBack
from inquiry.store.inquiries import Inquiry
from inquiry.web.call_forms import CARRIED, OUTCOMES, AddressForm, EndForm, HearForm, ReadForm
from inquiry.web.clarifying import QUESTION, AskForm
from inquiry.web.heard_words import Heard, heard_words, known_of
from inquiry.web.inquiry_page import Bound, Place, UseCase, act
from inquiry.web.reading import lines_of
from inquiry.web.request_context import actor, house
from inquiry.workflow import answer_files, answering, call_history, calling, confirming, correcting, viewing
from inquiry.workflow.call_history import PastCall
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

_TITLES: Final = ("さん", "様", "さま", "氏")


def call_shown(inquiry_id: str, *forms: BaseForm) -> str:
    """Render the screen of the call in progress; `forms` are bound ones that hold errors.

    :raises CallOver: if the call has ended.
    :raises NotFound: if there was none.
    """
    bound: Bound = {type(form): form for form in forms}
    with house().work(actor()) as work:
        page = viewing.page(work, inquiry_id)
        call = calling.in_progress(work, page.inquiry)
        calls = call_history.history(work, page.inquiry)
        this = next(past for past in calls if past.call.id == call.id)
        shows = {
            **_dialling(work, page.inquiry, calls),
            **_speaking(work, page, call, bound),
            "hear": bound.get(HearForm) or HearForm(None, data={"reached": this.reached}),
            "is_doubted": this.is_noted,
        }
        form = next(iter(forms), None)
        return render_template("calling/page.html", page=page, inquiry=page.inquiry, call=call, form=form, **shows)


ON_CALL = Place("calling.show", call_shown)


def act_on_call(
    inquiry_id: str, form: BaseForm, use_case: UseCase, *, done: Callable[[Any], object], place: Place = ON_CALL
) -> Any:
    """Run one use case of the call in progress; nothing is recorded of one that is over, or another officer's."""

    def during(work: Work, wanted: str, version: int) -> Any:
        calling.check_held(work, work.inquiry(wanted))
        return use_case(work, wanted, version)

    return act(inquiry_id, form, during, done=done, place=place)


def _dialling(work: Work, inquiry: Inquiry, calls: Sequence[PastCall]) -> dict[str, Any]:
    return {
        "checked_by": calling.who_checked(work, inquiry),
        "asked_for": with_title(call_history.next_asked_for(calls)),
        "before": next((past.call for past in calls if past.call.ended_at is not None), None),
        "outcomes": OUTCOMES,
        "heard": _heard(inquiry),
        **known_of(inquiry),
    }


def with_title(name: str) -> str:
    """Return a name with the title by which one asks for somebody, unless it was written with one; "" stays."""
    return name if not name or name.endswith(_TITLES) else f"{name}さん"


def _heard(inquiry: Inquiry) -> Heard | None:
    found = confirming.telephone_heard(inquiry)
    return heard_words(found, known=known_of(inquiry)["known"]) if found else None


def _speaking(work: Work, page: Page, call: CallBack, bound: Bound) -> dict[str, Any]:
    confirmed = calling.confirmed_call(work, page.inquiry) is not None
    draft = answering.in_preparation(work, page.inquiry)
    answer = draft or page.answer
    end_form = bound.get(EndForm) or EndForm(formdata=None)
    possible = calling.possible_outcomes(work, call)
    end_form.outcome.choices = [each for each in end_form.outcome.choices if each.value in possible]
    return {
        "is_confirmed": confirmed,
        "tries_left": calling.tries_left(work, call),
        **_to_read_out(work, page, draft),
        "read": bound.get(ReadForm) or ReadForm(formdata=None),
        "replaces": correcting.replaced(work, page.inquiry),
        "roster_on": answering.roster_date(work, draft) if draft else None,
        "carried": [CARRIED[each] for each in call.carried],
        "has_file": answer is not None and answer.channel == Channel.FILE and answer.file_ct is not None,
        "is_told": answer_files.is_password_told(page.inquiry.steps),
        "awaits_address": draft is not None and draft.channel == Channel.FILE,
        "end": end_form,
        "ask": _question(page.inquiry),
        **_addressing(page.inquiry, bound.get(AddressForm) or AddressForm(formdata=None)),
    }


def _addressing(inquiry: Inquiry, form: BaseForm) -> dict[str, Any]:
    """Return the form for the address, and both domains letter by letter where the one heard is another."""
    registered, heard = inquiry.municipality.mail_domain, form.address.data or ""
    is_other = bool(registered and "@" in heard) and not is_within(heard, registered)
    return {
        "address": form,
        "mail_domain": registered,
        "domains": laid_beside(domain_of(heard), registered) if is_other else None,
    }


def _question(inquiry: Inquiry) -> AskForm | None:
    if State(inquiry.state) is not State.SEVERAL:
        return None
    return AskForm(None, prefix="ask", question=QUESTION, channel=Channel.CALL_BACK.value)


def _to_read_out(work: Work, page: Page, draft: Answer | None) -> dict[str, Any]:
    """Return what is to be told on the telephone now (None while nothing may be), and whether the roster says so."""
    told = answering.to_read_out(work, page.inquiry)
    if told is None or draft is None:
        return {"lines": None, "is_overtaken": False}
    is_overtaken = answering.is_overtaken_by_roster(work, page.inquiry, draft)
    return {"lines": lines_of(told), "is_overtaken": is_overtaken}
