"""The insurer contact list: search, one desk with its history, change, end (医療保険者照会窓口一覧).

Not here  adding a desk: additions.py.
"""

import unicodedata
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.directory.amendments import Stage
from inquiry.directory.contacts import (
    CHANNEL_LABELS,
    FIELDS,
    NUMBER_COLUMNS,
    NUMBER_PERIODS,
    ContactRow,
    cells_of,
    read_contact,
)
from inquiry.directory.insurers import IN_SCOPE, kind_from_number, label_of
from inquiry.directory.prefectures import PREFECTURES
from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.store.amendments import Amendment
from inquiry.store.insurers import MAIN_DESK
from inquiry.web import labels
from inquiry.web.amendments import tell, words
from inquiry.web.contact_paper import parts_of
from inquiry.web.forms import DateField, Form, QueryForm, attach, complete_day, offered
from inquiry.web.insurer_changes import GroundForm, ground_of
from inquiry.web.paging import PER_PAGE, offset, paging
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import (
    account_keeping,
    adding,
    amending,
    contacts,
    enacting,
    ending,
    insurer_numbers,
    mergers,
    resembling,
)
from inquiry.workflow.amending import DeskEntry, Ground
from inquiry.workflow.contacts import Edition, Sought
from inquiry.workflow.work import Work

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts")
PMO: Final = (Role.PMO_STAFF,)
MOST_NAMED: Final = 3
PREFECTURE_WORDS: Final = {name: name for name in PREFECTURES}
_COLUMN_OF: Final = {name: column for column, name in FIELDS.items()}


class SearchForm(QueryForm):
    """照会窓口の検索."""

    text = StringField("保険者番号・名称・カナ")
    kind = SelectField("保険者種別", choices=offered(labels.INSURER_KINDS, blank="すべて"))
    prefecture = SelectField("都道府県", choices=offered(PREFECTURE_WORDS, blank="すべて"))


@screen(blueprint, "/", roles=PMO)
def listing() -> Any:
    """List the desks in force, and of what is looked for by a text the insurers that have none any more."""
    form = SearchForm(request.args)
    with house().reading(actor()) as work:
        entries, total = contacts.found(work, sought(form), limit=PER_PAGE, offset=offset())
        rows = [(entry, contacts.row_of(entry, work.today)) for entry in entries]
        former = contacts.former_names(work, entries)
        gone = [(each, mergers.stands_for(work, each)) for each in contacts.gone(work, sought(form), limit=PER_PAGE)]
        ended = insurer_numbers.ended_among(work, form.text.data or "")
        coming = adding.under_way_like(work, form.text.data or "", limit=PER_PAGE)
        proposed = len(adding.keys_under_way(work))
    shows = {"search": form, "rows": rows, "gone": gone, "ended": ended, "parts": parts_of(total)}
    shows |= {"coming": coming, "proposed": proposed, "former": former}
    return render_template("contacts/listing.html", paging=paging(total), **shows)


def sought(form: SearchForm) -> Sought:
    """Return what a form asks for."""
    return Sought(form.text.data or "", form.kind.data or "", form.prefecture.data or "")


@screen(blueprint, "/<insurer_id>", roles=PMO)
def show(insurer_id: str) -> Any:
    """Show an insurer's desk and every version of it, with its other desks and its numbers."""
    return render_template("contacts/desk.html", **_desk(insurer_id))


def desk_asked() -> int:
    """Return which of an insurer's desks an address means: the main one, unless it says another."""
    return request.args.get("desk", MAIN_DESK, type=int)


def _desk(insurer_id: str) -> dict[str, Any]:
    with house().reading(actor()) as work:
        editions = contacts.history(work, insurer_id, desk=desk_asked())
        latest = editions[0]
        insurer = latest.entry.insurer
        return {
            "editions": editions,
            "latest": latest,
            "cells": cells_of(latest.row),
            "insurer": insurer,
            "ends": ending.ends_of(work, insurer_id, desk=desk_asked()),
            "changes": amending.history(work, insurer_id=insurer_id),
            "desks": contacts.desks(work, insurer_id),
            "today": work.today,
            "successor": mergers.stands_for(work, insurer),
            "predecessors": mergers.predecessors(work, insurer_id),
            "office_id": account_keeping.office_of_insurer(work, insurer_id),
            **words(),
        }


class ContactForm(Form):
    """照会窓口."""

    insurer_number = StringField("保険者番号", [DataRequired("保険者番号を入力してください。")])
    desk_name = StringField(
        "窓口名", [Length(max=100)], description="支部・市区町村別などの窓口の名前。主たる窓口は空欄にします。"
    )
    serves_whom = StringField("担当範囲", [Length(max=200)], description="例：○○支部の加入者、○○市の被保険者")
    serves_numbers = StringField(
        "担当する保険者番号",
        [Length(max=500)],
        description="この窓口だけが受け持つ番号。２つ以上は「;」で区切ります。",
    )
    prefecture = SelectField(
        "都道府県",
        [DataRequired("都道府県を選んでください。")],
        choices=offered(PREFECTURE_WORDS, blank="選んでください"),
        validate_choice=False,
    )
    name = StringField("保険者名称", [DataRequired("保険者名称を入力してください。"), Length(max=200)])
    kana = StringField("保険者名称カナ", [Length(max=300)])
    section = StringField("担当部署", [DataRequired("担当部署を入力してください。"), Length(max=100)])
    telephone = StringField("電話番号", [DataRequired("電話番号を入力してください。"), Length(max=40)])
    fax = StringField("FAX", [Length(max=40)])
    hours = StringField("受付時間", [Length(max=100)], description="例：平日 8:30～17:15")
    postal_code = StringField("郵便番号", [Length(max=20)], description="７桁の数字")
    address = StringField("住所", [Length(max=300)])
    channels = SelectMultipleField(
        "対応できる回答方法",
        [DataRequired("回答方法を１つ以上選んでください。")],
        choices=offered({label: label for label in CHANNEL_LABELS}),
    )
    remarks = TextAreaField("備考", [Length(max=1000)])
    checked_on = DateField("確認日", [complete_day], description="この窓口に電話などで確かめた日")

    def show_row(self, row: ContactRow) -> None:
        """Fill the form with a row."""
        for column, cell in cells_of(row).items():
            if FIELDS[column] in self:
                self[FIELDS[column]].data = cell.split(";") if column == "回答方法" else cell

    def row(self) -> ContactRow | None:
        """Read what was typed; what is wrong stands at its fields."""
        sheet = read_contact({column: self._cell(column) for column in FIELDS})
        for problem in sheet.problems:
            attach(self, InvalidValue(problem.code, field=FIELDS[problem.column]))
        return next(iter(sheet.rows), None)

    def _cell(self, column: str) -> str:
        if column == "保険者種別":
            return _kind_label(self._cell("保険者番号"))
        if column == NUMBER_PERIODS:
            return ""
        field = self[FIELDS[column]]
        if column == "回答方法":
            return ";".join(field.data)
        if column == "確認日":
            return field.day.as_date().isoformat() if field.day else ""
        text = field.data or ""
        return unicodedata.normalize("NFKC", text).strip() if column in NUMBER_COLUMNS else text


def _kind_label(number: str) -> str:
    try:
        return label_of(kind_from_number(number))
    except InvalidValue:
        return label_of(IN_SCOPE[0])


class GroundedForm(ContactForm):
    """照会窓口と、その根拠."""

    evidence = StringField("根拠とした文書", [Length(max=300)], description="届出・通知の名称と日付など")
    source = StringField(
        "根拠としたページ", [Length(max=300)], description="保険者の公式サイトのアドレス。https:// から入力します。"
    )
    from_on = DateField("適用日", [complete_day], description="空欄なら今日から")

    def ground(self) -> Ground:
        """Return on what the change rests."""
        return Ground(
            evidence=self.evidence.data or "",
            page=self.source.data or "",
            seen_on=self.checked_on.day.as_date() if self.checked_on.day else None,
            from_on=self.from_on.day.as_date() if self.from_on.day else None,
        )


class ChangeForm(GroundedForm):
    """照会窓口の変更."""

    notice_address = StringField(
        "通知用メールアドレス",
        [Length(max=254)],
        description="責任者への督促と、番号の変更を、受付番号だけで知らせます。一覧には載せません。空にすると送りません。",
    )

    def show_entry(self, edition: Edition) -> None:
        """Fill the form with the version in force."""
        self.show_row(edition.row)
        self.notice_address.data = edition.entry.notice_address


@screen(blueprint, "/<insurer_id>/change", roles=PMO, methods=["GET", "POST"])
def change(insurer_id: str) -> Any:
    """Propose a new version of a desk."""
    desk = _desk(insurer_id)
    form = ChangeForm()
    form.insurer_number.data = desk["latest"].row.insurer_number
    if not form.is_submitted():
        form.show_entry(desk["latest"])
    elif (stage := amend(form, desk_asked())) is not None:
        tell(stage)
        return redirect(url_for("contacts.show", insurer_id=insurer_id, desk=desk_asked()), 303)
    return _change_page(form, desk), 422 if form.is_submitted() else 200


def amend(form: ChangeForm, desk: int) -> Stage | None:
    """Propose what a form says and return what it waits for, or None where what is wrong stands at its fields."""
    if not form.validate() or (row := form.row()) is None:
        return None
    try:
        with house().work(actor(), form_key=form_key()) as work:
            entry = DeskEntry(row, form.notice_address.data or "")
            proposed = amending.amend_desk(work, entry, form.ground(), version=form_version(), desk=desk)
            _warn_of_likeness(work, proposed)
            return amending.stage(work, enacting.enact_if_ready(work, proposed))
    except InvalidValue as error:
        attach(form, error)
        return None


def _warn_of_likeness(work: Work, proposed: Amendment) -> None:
    found = resembling.in_cells(work, amending.cells_of(proposed), besides=proposed.insurer_id or "")
    if found:
        names = "、".join(dict.fromkeys(each.owner.name for each in found[:MOST_NAMED]))
        flash(f"入力した番号か名称が、{names}のものに似ています。書き間違いでないかを確かめてください。", "warning")


def _change_page(form: ChangeForm, desk: dict[str, Any]) -> str:
    latest: Edition = desk["latest"]
    version = form_version() if form.is_submitted() else latest.entry.version
    return render_template("contacts/change.html", form=form, version=version, **desk)


class EndForm(GroundForm):
    """照会窓口の終了."""

    from_on = DateField("終了する日", [complete_day], description="空欄なら今日")


@screen(blueprint, "/<insurer_id>/end", roles=PMO, methods=["GET", "POST"])
def end(insurer_id: str) -> Any:
    """Ask whether a desk is to end, and end it."""
    form = EndForm()
    if form.validate_on_submit():
        try:
            stage = _end(form, insurer_id)
            rest = "" if desk_asked() != MAIN_DESK else "この保険者へは照会できなくなります。"
            is_over = stage is Stage.IN_FORCE
            flash(f"照会窓口を終了しました。{rest}" if is_over else "終了する日に、窓口を終了します。", "success")
            return redirect(url_for("contacts.show", insurer_id=insurer_id, desk=desk_asked()), 303)
        except InvalidValue as error:
            attach(form, error)
    desk = _desk(insurer_id)
    version = form_version() if form.is_submitted() else desk["latest"].entry.version
    page = render_template("contacts/end.html", form=form, version=version, **desk)
    return page, 422 if form.is_submitted() else 200


def _end(form: EndForm, insurer_id: str) -> Stage:
    ground = ground_of(form, from_on=form.from_on)
    with house().work(actor(), form_key=form_key()) as work:
        proposed = ending.propose(work, insurer_id, ground, version=form_version(), desk=desk_asked())
        return amending.stage(work, enacting.enact_if_ready(work, proposed))
