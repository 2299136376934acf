"""What anybody may read without logging in: the insurers that are hard to link (情報連携困難保険者リストの公開).

Source    memo 3(1) 「情報連携困難保険者リストの公開」.
Decides   the addresses and columns that other programs rely on; who has a file already is told so.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from wtforms import StringField

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.directory.insurers import InsurerKind, label_of
from inquiry.directory.search_words import spellings_of
from inquiry.documents.press import LetterPress
from inquiry.documents.table_paper import TablePaper
from inquiry.domain.errors import InvalidValue
from inquiry.domain.table_text import write_table
from inquiry.store.difficult_insurers import DifficultLine
from inquiry.web import labels
from inquiry.web.dressing import wareki
from inquiry.web.forms import DateField, QueryForm, attach, complete_day
from inquiry.web.request_context import house
from inquiry.workflow import difficult_insurers as listing
from inquiry.workflow.difficult_insurers import Changes, Published, published
from inquiry.workflow.mergers import successors_of
from inquiry.workflow.work import JST, Work

blueprint = Blueprint("public", __name__)
# Other programs rely on these names and on their order.
COLUMNS: Final = ("保険者番号", "保険者種別", "都道府県", "保険者名称", "対象者範囲", "区分", "掲載日", "最後の日")
SEARCHED: Final = ("保険者番号", "都道府県", "保険者名称")
TITLE: Final = "情報連携困難保険者リスト"


class SearchForm(QueryForm):
    """公開リストの検索."""

    text = StringField("保険者番号・名称・都道府県")


@blueprint.get("/difficult-insurers")
def difficult_insurers() -> Any:
    """Show the list as it holds today."""
    form = SearchForm(request.args)
    with house().reading() as work:
        listed = published(work)
        rows = [(cells_of(line), line.entry) for line in listed.lines if _is_sought(line, form.text.data or "")]
        successors = successors_of(work, [line.entry.insurer_id for line in listed.lines])
    shows = {"rows": rows, "listed": listed, "successors": successors}
    return render_template("public/difficult_insurers.html", search=form, **shows)


@blueprint.get("/difficult-insurers.csv")
def difficult_insurers_csv() -> Any:
    """Hand out the list as a table."""
    listed = _listed()
    rows = [cells_of(line) for line in listed.lines]
    content = write_table(rows, COLUMNS, numbers=("保険者番号", "掲載日", "最後の日"), encoding="utf-8-sig")
    return _handed_out(listed, content, "csv", media_type="text/csv")


@blueprint.get("/difficult-insurers.json")
def difficult_insurers_json() -> Any:
    """Hand out the list for programs."""
    listed = _listed()
    said = {
        "title": TITLE,
        "version": listed.number,
        "changed_at": listed.changed_at.isoformat(),
        "entries": [_facts(line) for line in listed.lines],
    }
    content = json.dumps(said, ensure_ascii=False, indent=2).encode()
    return _handed_out(listed, content, "json", media_type="application/json")


@blueprint.get("/difficult-insurers.pdf")
def difficult_insurers_pdf() -> Any:
    """Hand out the list to print."""
    listed = _listed()
    changed = f"第{listed.number}版　{wareki(listed.changed_at.astimezone(JST).date())}更新"
    paper = TablePaper(
        title=TITLE,
        lines=(changed, f"{len(listed.lines)}件を掲載しています。"),
        columns=COLUMNS,
        rows=tuple(tuple(cells_of(line).values()) for line in listed.lines),
        note=f"{TITLE}　{changed}",
    )
    return _handed_out(listed, _printed(house().press, paper), "pdf", media_type="application/pdf")


@lru_cache(maxsize=4)
def _printed(press: LetterPress, paper: TablePaper) -> bytes:
    """Print a list once while it says the same, since anybody may ask for it as often as they like."""
    return press.print_table(paper)


class SinceForm(QueryForm):
    """公開リストの変更点."""

    since = DateField("この日のリストと比べる", [complete_day], description="例：令和8年10月1日、R8.10.1、2026-10-01")


@blueprint.get("/difficult-insurers/changes")
def difficult_insurers_changes() -> Any:
    """Show what the list says today and did not say on an earlier day; without one, since the version before."""
    form = SinceForm(request.args)
    is_read = form.validate()
    with house().reading() as work:
        since = form.since.day.as_date() if is_read and form.since.day else listing.day_before_latest(work)
        form.since.data = form.since.data or since.isoformat()
        changes = _changes(work, form, since) if is_read else None
        page = render_template(
            "public/changes.html",
            form=form,
            changes=changes_told(changes) if changes else [],
            is_compared=changes is not None,
            since=since,
            today=work.today,
            editions=listing.every_edition(work),
        )
    return page, 422 if form.errors else 200


def _changes(work: Work, form: SinceForm, since: date) -> Changes | None:
    try:
        return listing.changes_since(work, since)
    except InvalidValue as error:
        attach(form, error)
        return None


@blueprint.get("/difficult-insurers/editions/<int:number>")
def difficult_insurers_edition(number: int) -> Any:
    """Show a version as it was published, with the entries that had ended or were to come."""
    with house().reading() as work:
        edition = listing.edition_of(work, number)
        rows = [(cells_of(line), line.entry) for line in listing.in_order(edition.lines)]
    return render_template("public/edition.html", edition=edition, rows=rows)


def cells_of(line: DifficultLine) -> dict[str, str]:
    """Return a line as it is published; the reason stays inside the PMO."""
    entry = line.entry
    return {
        "保険者番号": line.insurer_number.removeprefix("00"),
        "保険者種別": label_of(InsurerKind(entry.insurer.kind)),
        "都道府県": line.prefecture,
        "保険者名称": line.insurer_name,
        "対象者範囲": labels.LISTING_SCOPES[Scope(entry.scope)],
        "区分": labels.LISTING_CATEGORIES[Category(entry.category)],
        "掲載日": entry.from_on.isoformat(),
        "最後の日": entry.until_on.isoformat() if entry.until_on else "",
    }


def _facts(line: DifficultLine) -> dict[str, str | None]:
    entry = line.entry
    return {
        "insurer_number": line.insurer_number.removeprefix("00"),
        "kind": entry.insurer.kind,
        "prefecture": line.prefecture,
        "name": line.insurer_name,
        "scope": entry.scope,
        "category": entry.category,
        "from_on": entry.from_on.isoformat(),
        "until_on": entry.until_on.isoformat() if entry.until_on else None,
    }


def period_of(line: DifficultLine) -> str:
    """Return from when until when a line is listed."""
    until = f"{wareki(line.entry.until_on)}まで" if line.entry.until_on else ""
    return f"{wareki(line.entry.from_on)}から{until}"


def told(line: DifficultLine) -> str:
    """Return what a line says of its insurer, in one sentence."""
    return f"{labels.LISTING_SCOPES[Scope(line.entry.scope)]}、{period_of(line)}"


def changes_told(changes: Changes) -> list[Mapping[str, Any]]:
    """Return each difference as a row: its kind, the insurer, and what was said before and is said after."""
    return [
        *(_difference(("success", "追加"), line, new=line) for line in changes.added),
        *(_difference(("info", "変更"), new, old=old, new=new) for old, new in changes.changed),
        *(_difference(("neutral", "終了"), line, old=line) for line in changes.ended),
    ]


def _difference(
    chip: tuple[str, str], line: DifficultLine, *, old: DifficultLine | None = None, new: DifficultLine | None = None
) -> Mapping[str, Any]:
    return {
        "chip": chip,
        "insurer_id": line.entry.insurer_id,
        "cells": cells_of(line),
        "old": told(old) if old else "",
        "new": told(new) if new else "",
        "reason": new.entry.reason if new else "",
    }


def _listed() -> Published:
    with house().reading() as work:
        return published(work)


def _handed_out(listed: Published, content: bytes, ending: str, *, media_type: str) -> Any:
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"difficult-insurers.{ending}")
    response.headers["Cache-Control"] = "public, no-cache"
    response.last_modified = listed.changed_at
    response.add_etag()
    return response.make_conditional(request)


def _is_sought(line: DifficultLine, text: str) -> bool:
    spellings = spellings_of(text)
    cells = [*(cells_of(line)[column] for column in SEARCHED), line.entry.insurer.kana]
    return not spellings or any(spelling in cell for spelling in spellings for cell in cells)
