"""STEP1 ①②: the form, its check page, and the sending of an inquiry (照会の作成、電話・文書の受付).

Decides   nothing; what was typed is kept as a draft on the server until it is sent.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for

from inquiry.directory.look_alikes import Likeness, differences
from inquiry.domain.errors import InvalidValue, MyNumberFound
from inquiry.domain.item import item
from inquiry.domain.network_error import filing_reason
from inquiry.domain.parties import Role
from inquiry.domain.procedure import procedure
from inquiry.web.filing_form import APART, FilingForm, blank_for, fields_in, filing_from, form_for, procedures_for
from inquiry.web.filing_search import (
    Offer,
    Understood,
    desk_words,
    gone_words,
    insurer_offer,
    insurers_named,
    offers_of,
    place_offer,
    places_named,
    understand,
)
from inquiry.web.forms import attach, refuse_my_numbers
from inquiry.web.heard_words import HEARD, beside_owners, heard_words
from inquiry.web.messages import sentence_for
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import drafting, filing, resembling, searching, timing, viewing
from inquiry.workflow.drafting import DraftLine
from inquiry.workflow.work import JST, Work

blueprint = Blueprint("filing", __name__)
BOTH_SIDES: Final = (Role.CLERK, Role.OFFICER)
# Buttons that ask for something on the form itself; every other one goes on to the check page.
STAYING: Final = frozenset({"find", "items"})
# What stands in the part of the form that is folded away while it is empty.
DETAILS: Final = ("address", "symbol", "number", "alias_written", "alias_kana", "former_written", "former_kana")


@screen(blueprint, "/filing", roles={Role.CLERK})
def start() -> Any:
    """Open a new form; its draft begins with the first thing that is saved."""
    return redirect(url_for("filing.edit", draft_id=uuid.uuid4()), 303)


@screen(blueprint, "/intake", roles={Role.OFFICER})
def take_in() -> Any:
    """Open a new form for an inquiry that came by telephone or paper."""
    return redirect(url_for("filing.edit", draft_id=uuid.uuid4()), 303)


@screen(blueprint, "/filing/<uuid:draft_id>", roles=BOTH_SIDES)
def edit(draft_id: uuid.UUID) -> Any:
    """Show the form with what was typed so far."""
    with house().reading(actor()) as work:
        fields = drafting.fields_of(work, str(draft_id))
        form = form_for(actor(), fields) if fields else blank_for(actor(), work.now)
        understood = understand(work, form)
        # The clerk's drafts stand on the desk; the officer's nowhere else than here.
        drafts = [] if actor().role is Role.CLERK or fields else drafting.mine(work)
    return _form_page(form, draft_id, understood=understood, drafts=drafts)


@screen(blueprint, "/filing/<uuid:draft_id>", roles=BOTH_SIDES, methods=["POST"])
def write(draft_id: uuid.UUID) -> Any:
    """Keep what was typed; then stay, or go on to the check page if nothing stands in the way."""
    form = form_for(actor(), request.form.to_dict(flat=False))
    understood = Understood()
    try:
        with house().work(actor()) as work:
            understood = understand(work, form)
            drafting.save(work, str(draft_id), fields_in(form, request.form), apart=APART)
    except MyNumberFound as error:
        form.validate()
        refuse_my_numbers(form)
        if error.field in form and not form[error.field].errors:
            attach(form, error)
        return _form_page(form, draft_id, understood=understood), 422
    if request.form.get("next") == "save":
        flash("下書きを保存しました。照会の一覧から続きを入力できます。", "success")
        return redirect(url_for("filing.edit", draft_id=draft_id), 303)
    if request.form.get("next") in STAYING:
        return _form_page(form, draft_id, understood=understood)
    with house().reading(actor()) as work:
        _find_faults(work, form, understood=understood)
    if form.errors:
        return _form_page(form, draft_id, understood=understood), 422
    return redirect(url_for("filing.check", draft_id=draft_id), 303)


@screen(blueprint, "/filing/<uuid:draft_id>/draft", roles=BOTH_SIDES, methods=["POST"])
def autosave(draft_id: uuid.UUID) -> Any:
    """Keep what was typed so far, while it is typed; answers with the time it was saved."""
    form = form_for(actor(), request.form.to_dict(flat=False))
    with house().work(actor()) as work:
        understand(work, form)
        drafting.save(work, str(draft_id), fields_in(form, request.form), apart=APART)
        return {"saved_at": f"{work.now.astimezone(JST):%H:%M}"}


@screen(blueprint, "/filing/<uuid:draft_id>/delete", roles=BOTH_SIDES, methods=["POST"])
def discard(draft_id: uuid.UUID) -> Any:
    """Throw a draft away."""
    with house().work(actor(), form_key=form_key()) as work:
        drafting.discard(work, str(draft_id))
    flash("下書きを削除しました。", "success")
    return redirect(url_for("account.home"), 303)


@screen(blueprint, "/filing/<uuid:draft_id>/check", roles=BOTH_SIDES)
def check(draft_id: uuid.UUID) -> Any:
    """Show everything once more before it is sent; with faults, the form instead."""
    with house().reading(actor()) as work:
        form = form_for(actor(), drafting.written(work, str(draft_id)))
        understood = understand(work, form)
        _find_faults(work, form, understood=understood)
        if form.errors:
            return _form_page(form, draft_id, understood=understood), 422
        return render_template("filing/check.html", draft_id=draft_id, **_shows(work, form, understood=understood))


@screen(blueprint, "/filing/<uuid:draft_id>/check", roles=BOTH_SIDES, methods=["POST"])
def send(draft_id: uuid.UUID) -> Any:
    """File the inquiry; a second press of the button leads to the first one's inquiry."""
    try:
        with house().work(actor(), form_key=form_key()) as work:
            form = form_for(actor(), drafting.written(work, str(draft_id)))
            form.validate()
            inquiry = filing.file(work, filing_from(form, actor()))
            drafting.discard(work, str(draft_id))
    except InvalidValue:
        # Something changed since the check page was shown: it says what.
        return check(draft_id)
    return redirect(url_for("filing.sent", inquiry_id=inquiry.id), 303)


@screen(blueprint, "/filing/sent/<inquiry_id>", roles=BOTH_SIDES)
def sent(inquiry_id: str) -> Any:
    """Show the receipt number and what happens next; nothing personal."""
    with house().reading(actor()) as work:
        inquiry = viewing.listed(work, inquiry_id)
        return render_template("filing/sent.html", inquiry=inquiry, due_at=timing.due_of(work, inquiry))


@screen(blueprint, "/filing/insurers", roles={Role.CLERK}, methods=["POST"])
def insurers() -> Any:
    """Suggest insurers for what was typed, or say why a number leads to none."""
    text = request.form.get("q", "")
    with house().reading(actor()) as work:
        sought = searching.search(work, text)
        gone = gone_words(sought.gone, is_offered=bool(sought.offered)) if sought.gone else ""
        found = offers_of(sought, before=gone) or insurers_named(work, resembling.names_like(work, text))
    none = Offer("", "該当なし", gone or sentence_for(searching.why_none(text)))
    leads_nowhere = not found or (sought.gone is not None and sought.gone.today is None)
    return [asdict(each) for each in (*([none] if text and leads_nowhere else []), *found)]


@screen(blueprint, "/filing/municipalities", roles={Role.OFFICER}, methods=["POST"])
def municipalities() -> Any:
    """Suggest municipalities for what was typed; names repeat, so the prefecture stands with each."""
    with house().reading(actor()) as work:
        text = request.form.get("q", "")
        found = [place_offer(place) for place in searching.places(work, text)]
        return [asdict(each) for each in found or places_named(work, resembling.names_like(work, text))]


def _find_faults(work: Work, form: Any, *, understood: Understood) -> None:
    """Put everything that stands in the way at its field."""
    form.validate()
    named = "insurer" if isinstance(form, FilingForm) else "municipality"
    if understood.chosen is None:
        attach(form, InvalidValue(understood.refusal or f"filing:{named}_not_chosen", field=named))
    for fault in filing.faults(work, filing_from(form, actor())):
        field = fault.field.removesuffix("_code") if fault.field == "municipality_code" else fault.field
        # One error a field: the form's own comes first, and what follows from it says nothing new.
        if field not in form or not form[field].errors:
            attach(form, fault if field == fault.field else InvalidValue(fault.code, field=field))


def _form_page(form: Any, draft_id: uuid.UUID, *, understood: Understood, drafts: Sequence[DraftLine] = ()) -> str:
    is_clerk = isinstance(form, FilingForm)
    typed = (form.insurer if is_clerk else form.municipality).data
    code = actor().municipality_code if is_clerk else form.municipality_code.data
    item_sets = {each.code: [(one.code, one.name) for one in each.items] for each in procedures_for(code or "")}
    return render_template(
        "filing/form.html",
        form=form,
        draft_id=draft_id,
        is_clerk=is_clerk,
        understood=understood,
        drafts=drafts,
        refusal=sentence_for(understood.refusal) if typed and understood.refusal and not form.errors else "",
        item_sets=item_sets,
        chosen_items=item_sets.get(form.procedure.data, []),
        is_detailed=any(form[name].data or form[name].errors for name in DETAILS),
        comparison=_comparison(form, understood),
        alike=beside_owners(understood.alike),
    )


def _comparison(form: Any, understood: Understood) -> dict[str, Any]:
    """Lay the number that was heard beside the directory's, digit by digit; the one heard is never a link."""
    heard = (form.heard_telephone.data or "").strip()
    if not heard or not understood.main_line:
        return {}
    found = differences(heard, understood.main_line)
    return {"heard": heard_words(found, known=HEARD), "is_same": found.likeness is Likeness.SAME}


def _shows(work: Work, form: Any, *, understood: Understood) -> dict[str, Any]:
    """Gather what the check page shows."""
    said = filing_from(form, actor())
    calendar = timing.calendar_now(work, said.insurer_id)
    stands = filing.standing(work, said.insurer_id, number=said.insurer_number, desk=said.desk)
    return {
        "form": form,
        "filing": said,
        "understood": understood,
        "standing": insurer_offer(stands),
        "desk": desk_words(stands.desk) if stands.others else "",
        "comparison": _comparison(form, understood),
        "alike": beside_owners(resembling.what_is_like(work, said.inquirer, named=said.names)),
        "procedure": procedure(said.procedure),
        "items": [item(code) for code in said.items],
        "reason": filing_reason(said.reason),
        "already_open": filing.already_open(work, said),
        "desk_hours": calendar.hours,
        "is_desk_open": calendar.is_open_at(work.now),
        "due_at": timing.due_if_filed_now(work, said.insurer_id, agreed_on=said.needed_by),
    }
