"""What the two directories say of one's own organisation, and changes of it (自組織の窓口・代表電話).

Decides   nothing; what is proposed here waits for PMO staff as everything does, and may be objected to.
"""

from typing import Any, Final

from flask import Blueprint, redirect, render_template, url_for
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.directory.contacts import cells_of
from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.web.amendments import StopForm, tell, words
from inquiry.web.contacts import ChangeForm, amend, desk_asked
from inquiry.web.forms import Form, attach
from inquiry.web.municipalities import MainLineForm, amend_place, as_typed
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import adding, amending, contacts, enacting, mergers, municipalities, objecting

blueprint = Blueprint("own_entries", __name__, url_prefix="/own-entry")
OFFICER: Final = (Role.OFFICER,)
CLERK: Final = (Role.CLERK,)
BOTH_SIDES: Final = (Role.OFFICER, Role.CLERK)


@screen(blueprint, "/desk", roles=OFFICER, methods=["GET", "POST"])
def desk() -> Any:
    """Show an insurer's own desk, and take a change of it."""
    with house().reading(actor()) as work:
        insurer_id = str(actor().insurer_id)
        latest = contacts.history(work, insurer_id, desk=desk_asked())[0]
        desks = contacts.desks(work, insurer_id)
        successor = mergers.stands_for(work, latest.entry.insurer)
        coming = amending.proposals(work, mergers.coming_to(work, insurer_id))
        changes = amending.history(work, insurer_id=insurer_id)
        added = {each.amendment.id: adding.proposed_rows(work, each.amendment) for each in changes if each.tally}
    form = ChangeForm()
    form.insurer_number.data = latest.row.insurer_number
    if not form.is_submitted():
        form.show_entry(latest)
    elif (proposed := amend(form, desk_asked())) is not None:
        tell(proposed)
        return redirect(url_for("own_entries.desk", desk=desk_asked()), 303)
    version = form_version() if form.is_submitted() else latest.entry.version
    shows = {"form": form, "version": version, "latest": latest, "cells": cells_of(latest.row), "changes": changes}
    shows |= {"added": added, "desks": desks, "successor": successor, "coming": coming}
    page = render_template("own_entries/desk.html", **shows, stop=StopForm(None), **words())
    return page, 422 if form.is_submitted() else 200


@screen(blueprint, "/main-line", roles=CLERK, methods=["GET", "POST"])
def main_line() -> Any:
    """Show a municipality's own main line, and take a change of it."""
    code = str(actor().municipality_code)
    with house().reading(actor()) as work:
        row = municipalities.entry_of(work, code)
        changes = amending.history(work, municipality_code=code)
    form = MainLineForm()
    if not form.is_submitted():
        form = MainLineForm(data=as_typed(row))
    elif (proposed := amend_place(form, code)) is not None:
        tell(proposed)
        return redirect(url_for("own_entries.main_line"), 303)
    version = form_version() if form.is_submitted() else row.version
    shows = {"form": form, "version": version, "row": row, "changes": changes}
    page = render_template("own_entries/main_line.html", **shows, stop=StopForm(None), **words())
    return page, 422 if form.is_submitted() else 200


class ObjectionForm(Form):
    """承継への異議."""

    reason = TextAreaField(
        "異議の内容",
        [DataRequired("異議の内容を入力してください。"), Length(max=1000)],
        description="承継の事実がない、日が違うなど。個人の氏名などは書かないでください。",
    )


@screen(blueprint, "/mergers/<amendment_id>", roles=OFFICER, methods=["GET", "POST"])
def merger(amendment_id: str) -> Any:
    """Show a merger by which one's own insurer takes over another, and take an objection to it."""
    form = ObjectionForm()
    if form.validate_on_submit():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                tell(amending.stage(work, objecting.object_to(work, amendment_id, reason=form.reason.data)))
            return redirect(url_for("own_entries.merger", amendment_id=amendment_id), 303)
        except InvalidValue as error:
            attach(form, error)
    with house().work(actor()) as work:
        amendment = objecting.coming(work, amendment_id)
        work.record("amendment:read", amendment=amendment_id)
        shows = {"proposal": amending.proposals(work, [amendment])[0], "notes": enacting.opened_notes(work, amendment)}
        page = render_template("own_entries/merger.html", form=form, **shows, **words())
    return page, 422 if form.is_submitted() else 200


@screen(blueprint, "/changes/<amendment_id>/stop", roles=BOTH_SIDES, methods=["POST"])
def stop(amendment_id: str) -> Any:
    """Withdraw one's own change, or object to somebody else's."""
    form = StopForm()
    is_officer = actor().role is Role.OFFICER
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                stopped = amending.stage(work, enacting.stop(work, amendment_id, reason=form.reason.data))
            tell(stopped)
        except InvalidValue as error:
            attach(form, error)
    return redirect(url_for("own_entries.desk" if is_officer else "own_entries.main_line"), 303)
