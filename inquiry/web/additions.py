"""Desks that are proposed for the contact list: one on screen, and what is sent back (照会窓口の追加の提案).

Decides   nothing; what an addition waits for, directory/amendments.py says. The page of one is that of every change:
          amendments.py shows it, with what addition_words.py lays out.
"""

from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.store.amendments import Amendment
from inquiry.web.addition_words import RejectForm
from inquiry.web.amendments import act
from inquiry.web.attachments import EXCEL, download
from inquiry.web.contacts import GroundedForm
from inquiry.web.forms import attach
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import adding, addition_files, contacts, sifting

blueprint = Blueprint("additions", __name__)
PMO: Final = (Role.PMO_STAFF,)
OFFICER: Final = (Role.OFFICER,)
RECEIVED: Final = "追加の提案を受け付けました。別の担当者が根拠を確かめるまで、一覧には載りません。"


@screen(blueprint, "/contacts/new", roles=PMO, methods=["GET", "POST"])
def propose() -> Any:
    """Propose a desk for the list."""
    form = _form(request.args.get("number", ""))
    if form.is_submitted() and (proposed := _proposed(form)) is not None:
        return _received(url_for("amendments.show", amendment_id=proposed.id))
    return render_template("contacts/add.html", form=form), 422 if form.is_submitted() else 200


@screen(blueprint, "/own-entry/new-desk", roles=OFFICER, methods=["GET", "POST"])
def propose_own() -> Any:
    """Propose a further desk of one's own insurer."""
    with house().reading(actor()) as work:
        latest = contacts.history(work, str(actor().insurer_id))[0]
        main = latest.row
    if latest.entry.valid_to is not None:
        # No desk stands beside one that is gone; the own entry says what became of it.
        return redirect(url_for("own_entries.desk"), 303)
    form = _form(main.insurer_number)
    form.insurer_number.data = main.insurer_number
    if not form.is_submitted() and "again" not in request.args:
        form.name.data, form.kana.data, form.prefecture.data = main.name, main.kana, main.prefecture
    if form.is_submitted() and _proposed(form) is not None:
        return _received(url_for("own_entries.desk"))
    page = render_template("own_entries/new_desk.html", form=form, main=main)
    return page, 422 if form.is_submitted() else 200


def _form(number: str) -> GroundedForm:
    """Return the form, filled with what was proposed before where somebody proposes that anew."""
    form = GroundedForm(data={"insurer_number": number})
    again = request.args.get("again", "")
    if again and not form.is_submitted():
        with house().reading(actor()) as work:
            form.show_row(adding.typed(work, again))
    return form


def _proposed(form: GroundedForm) -> Amendment | None:
    if not form.validate() or (row := form.row()) is None:
        return None
    try:
        with house().work(actor(), form_key=form_key()) as work:
            return adding.propose_desk(work, row, form.ground())
    except InvalidValue as error:
        attach(form, error)
        return None


def _received(where: str) -> Answer:
    flash(RECEIVED, "info")
    return redirect(where, 303)


@screen(blueprint, "/amendments/<amendment_id>/reject", roles=PMO, methods=["POST"])
def reject(amendment_id: str) -> Any:
    """Send the ticked desks back with one reason."""
    form = RejectForm()
    picked = request.form.getlist("picked")
    return act(
        amendment_id, form, lambda work: sifting.reject(work, amendment_id, picked, reason=form.reason.data or "")
    )


@screen(blueprint, "/amendments/<amendment_id>/desks.xlsx", roles=PMO)
def workbook(amendment_id: str) -> Response:
    """Hand out the proposed desks, or those that were sent back, with the columns of the list."""
    which = addition_files.rejected if "rejected" in request.args else addition_files.proposed
    with house().work(actor()) as work:
        content = which(work, amendment_id)
    return download(content, "proposed-desks.xlsx", EXCEL)
