"""How hard insurers are to link, in numbers and charts: all to PMO staff, each its own (情報連携困難の状況)."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from wtforms import StringField

from inquiry.directory.search_words import spellings_of
from inquiry.domain.parties import Role
from inquiry.domain.table_text import write_table
from inquiry.store.insurers import Insurer, number_on
from inquiry.web import evidence
from inquiry.web.forms import QueryForm
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import difficulty, difficulty_rules, listing_proposals
from inquiry.workflow.difficulty import WHOLE_COUNTRY, Month
from inquiry.workflow.listing_proposals import SHOWN_MONTHS
from inquiry.workflow.work import Work

blueprint = Blueprint("difficulty", __name__, url_prefix="/difficulty")
PMO: Final = (Role.PMO_STAFF,)
COLUMNS: Final = ("保険者番号", "保険者名称", *evidence.COLUMNS)


class SearchForm(QueryForm):
    """保険者の検索."""

    text = StringField("保険者番号・名称")


@screen(blueprint, "/", roles=PMO)
def everywhere() -> Any:
    """Show the whole country, and each insurer's last whole month."""
    form = SearchForm(request.args)
    with house().reading(actor()) as work:
        counted = difficulty.months_of_all(work, number=SHOWN_MONTHS)
        rules = difficulty_rules.in_force(work).rules
        rows = [
            (insurer, evidence.shown(counted[insurer.id][-2:-1], rules).rows[0])
            for insurer in difficulty.insurers_among(work, counted)
            if _is_sought(insurer, form.text.data or "")
        ]
    shown = evidence.shown(counted[WHOLE_COUNTRY])
    return render_template("difficulty/everywhere.html", search=form, shown=shown, rows=rows, total=len(counted) - 1)


@screen(blueprint, "/evidence.csv", roles=PMO)
def table() -> Any:
    """Hand out every insurer's months."""
    with house().reading(actor()) as work:
        counted = difficulty.months_of_all(work, number=SHOWN_MONTHS)
        rows = [
            {"保険者番号": number_on(insurer, work.today), "保険者名称": insurer.name, **evidence.cells_of(month)}
            for insurer in difficulty.insurers_among(work, counted)
            for month in counted[insurer.id]
        ]
    return _table(rows)


@screen(blueprint, "/insurers/<insurer_id>", roles=PMO)
def insurer(insurer_id: str) -> Any:
    """Show one insurer to PMO staff, and let them propose a change of its standing."""
    with house().reading(actor()) as work:
        found = difficulty.insurer_of(work, insurer_id)
        return render_template("difficulty/insurer.html", insurer=found, **_surroundings(work, insurer_id))


@screen(blueprint, "/own", roles=(Role.OFFICER,))
def own() -> Any:
    """Show an insurer its own numbers, its standing and what is proposed about it."""
    with house().reading(actor()) as work:
        return render_template("difficulty/own.html", **_surroundings(work, actor().insurer_id or ""))


@screen(blueprint, "/own/evidence.csv", roles=(Role.OFFICER,))
def own_table() -> Any:
    """Hand an insurer its own months."""
    with house().reading(actor()) as work:
        insurer = difficulty.insurer_of(work, actor().insurer_id or "")
        named = {"保険者番号": number_on(insurer, work.today), "保険者名称": insurer.name}
        months = difficulty.months_of(work, insurer.id, number=SHOWN_MONTHS)
    return _table([{**named, **evidence.cells_of(month)} for month in months])


def _surroundings(work: Work, insurer_id: str) -> Mapping[str, Any]:
    edition = difficulty_rules.in_force(work)
    months: list[Month] = difficulty.months_of(work, insurer_id, number=SHOWN_MONTHS)
    return {
        "shown": evidence.shown(months, edition.rules),
        "edition": edition,
        "rule_words": evidence.rule_words(edition.rules),
        "is_listed": listing_proposals.is_listed(work, insurer_id),
        "proposals": listing_proposals.about(work, insurer_id),
    }


def _is_sought(found: Insurer, text: str) -> bool:
    cells = [found.name, found.kana, *(each.number for each in found.numbers)]
    spellings = spellings_of(text)
    return not spellings or any(spelling in cell for spelling in spellings for cell in cells)


def _table(rows: list[dict[str, str]]) -> Response:
    content = write_table(rows, COLUMNS, numbers=("保険者番号",), encoding="utf-8-sig")
    response = Response(content, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="difficulty.csv")
    return response
