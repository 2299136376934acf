"""What anybody may read without logging in: the insurers that are hard to link (情報連携困難保険者リストの公開).

Source    memo 3(1) 「情報連携困難保険者リストの公開」.
"""

from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from wtforms import StringField

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.directory.insurers import InsurerKind, label_of
from inquiry.directory.search_words import spellings_of
from inquiry.domain.table_text import write_table
from inquiry.store.difficult_insurers import DifficultEntry
from inquiry.web import labels
from inquiry.web.forms import QueryForm
from inquiry.web.request_context import house
from inquiry.workflow.difficult_insurers import published

blueprint = Blueprint("public", __name__)
# Other programs rely on these names and on their order.
COLUMNS: Final = ("保険者番号", "保険者種別", "都道府県", "保険者名称", "対象者範囲", "区分", "掲載日")
SEARCHED: Final = ("保険者番号", "都道府県", "保険者名称")


class SearchForm(QueryForm):
    """公開リストの検索."""

    text = StringField("保険者番号・名称・都道府県")


@blueprint.get("/difficult-insurers")
def difficult_insurers() -> Any:
    """Show the list as it holds today."""
    form = SearchForm(request.args)
    with house().reading() as work:
        listed = published(work)
        rows = [
            (cells, entry) for entry in listed.entries if _is_sought(cells := cells_of(entry), form.text.data or "")
        ]
    return render_template("public/difficult_insurers.html", search=form, rows=rows, listed=listed)


@blueprint.get("/difficult-insurers.csv")
def difficult_insurers_csv() -> Any:
    """Hand out the list as a file; who has it already is told so."""
    with house().reading() as work:
        listed = published(work)
        rows = [cells_of(entry) for entry in listed.entries]
    content = write_table(rows, COLUMNS, numbers=("保険者番号", "掲載日"), encoding="utf-8-sig")
    response = Response(content, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="difficult-insurers.csv")
    response.headers["Cache-Control"] = "public, no-cache"
    response.last_modified = listed.changed_at
    response.add_etag()
    return response.make_conditional(request)


def cells_of(entry: DifficultEntry) -> dict[str, str]:
    """Return an entry as it is published; the reason stays inside the PMO."""
    insurer = entry.insurer
    return {
        "保険者番号": insurer.numbers[0].number.removeprefix("00"),
        "保険者種別": label_of(InsurerKind(insurer.kind)),
        "都道府県": insurer.prefecture,
        "保険者名称": insurer.name,
        "対象者範囲": labels.LISTING_SCOPES[Scope(entry.scope)],
        "区分": labels.LISTING_CATEGORIES[Category(entry.category)],
        "掲載日": entry.from_on.isoformat(),
    }


def _is_sought(cells: dict[str, str], text: str) -> bool:
    spellings = spellings_of(text)
    return not spellings or any(spelling in cells[column] for spelling in spellings for column in SEARCHED)
