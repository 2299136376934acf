"""The ledger as an auditor reads it: list, verify, export (監査台帳)."""

from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from wtforms import SelectField, StringField

from inquiry.domain.errors import NotFound
from inquiry.domain.parties import Role
from inquiry.web import ledger_words
from inquiry.web.forms import QueryForm, offered
from inquiry.web.messages import sentence
from inquiry.web.paging import PER_PAGE, offset, paging
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import auditing

blueprint = Blueprint("ledger", __name__, url_prefix="/ledger")
AUDITOR: Final = (Role.AUDITOR,)


@blueprint.app_template_filter()
def ledger_event(event: str) -> str:
    """Return the words for an event of the ledger."""
    return ledger_words.EVENTS.get(event, event)


@blueprint.app_template_filter()
def ledger_ref(key: str) -> str:
    """Return the word for what an entry refers to."""
    return ledger_words.REFS.get(key, key)


class SearchForm(QueryForm):
    """台帳の検索."""

    number = StringField("受付番号")
    event = SelectField("記録の種類", choices=offered(ledger_words.EVENTS, blank="すべて"))


@screen(blueprint, "/", roles=AUDITOR)
def listing() -> Any:
    """List the entries, the newest first."""
    form = SearchForm(request.args)
    event = form.event.data if form.event.data in ledger_words.EVENTS else ""
    try:
        with house().reading(actor()) as work:
            readings, total = auditing.listing(
                work, number=form.number.data or "", event=event, limit=PER_PAGE, offset=offset()
            )
    except NotFound as error:
        form.number.errors = [sentence(error)]
        readings, total = [], 0
    page = render_template("ledger/listing.html", search=form, readings=readings, paging=paging(total))
    return page, 422 if form.errors else 200


@screen(blueprint, "/verify", roles=AUDITOR, methods=["POST"])
def verify() -> Any:
    """Check every chain, and say what was found."""
    key = form_key()
    with house().reading(actor()) as work:
        found = auditing.verify(work)
        chains = auditing.chain_names(work, found.faults)
    with house().work(actor(), form_key=key) as work:
        auditing.note_verified(work, found)
    return render_template("ledger/verified.html", found=found, chains=chains, harms=ledger_words.HARMS)


@screen(blueprint, "/export", roles=AUDITOR, methods=["POST"])
def export() -> Any:
    """Hand out the whole ledger, a line an entry."""
    opened, auditor = house(), actor()
    with opened.work(auditor, form_key=form_key()) as work:
        auditing.note_exported(work)

    def lines() -> Iterator[bytes]:
        with opened.reading(auditor) as reading:
            yield from auditing.export(reading)

    response = Response(lines(), mimetype="application/jsonl")
    response.headers.set("Content-Disposition", "attachment", filename="ledger.jsonl")
    return response
