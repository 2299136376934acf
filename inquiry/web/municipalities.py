"""The municipality directory: search, export, one entry, its main line (市町村等名簿)."""

from typing import Any, Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from inquiry.directory.amendments import Stage
from inquiry.directory.main_line import grouped
from inquiry.directory.prefectures import PREFECTURES
from inquiry.documents.table_workbook import write_table_workbook
from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.domain.table_text import write_table
from inquiry.store.municipalities import Municipality
from inquiry.web.amendments import tell, words
from inquiry.web.attachments import CSV, EXCEL, download
from inquiry.web.forms import DateField, Form, QueryForm, attach, complete_day, offered
from inquiry.web.paging import PER_PAGE, offset, paging
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import account_keeping, amending, enacting, municipalities
from inquiry.workflow.municipalities import LISTED_COLUMNS, LISTED_NUMBERS, MainLineEntry, Sought

blueprint = Blueprint("municipalities", __name__, url_prefix="/municipalities")
PMO: Final = (Role.PMO_STAFF,)


class SearchForm(QueryForm):
    """市町村等の検索."""

    text = StringField("団体コード・名称・カナ")
    prefecture = SelectField("都道府県", choices=offered({name: name for name in PREFECTURES}, blank="すべて"))
    lacks_main_line = BooleanField("代表電話のない団体だけ")


@screen(blueprint, "/", roles=PMO)
def listing() -> Any:
    """List the directory."""
    form = SearchForm(request.args)
    sought = Sought(form.text.data or "", form.prefecture.data or "", form.lacks_main_line.data)
    with house().reading(actor()) as work:
        rows, total = municipalities.found(work, sought, limit=PER_PAGE, offset=offset())
    return render_template("municipalities/listing.html", search=form, rows=rows, paging=paging(total))


@screen(blueprint, "/files/municipalities.xlsx", roles=PMO)
def workbook() -> Response:
    """Hand out the directory for Excel."""
    with house().reading(actor()) as work:
        rows = [list(cells.values()) for cells in municipalities.listed(work)]
    return download(write_table_workbook("市町村等名簿", LISTED_COLUMNS, rows), "municipalities.xlsx", EXCEL)


@screen(blueprint, "/files/municipalities.csv", roles=PMO)
def table() -> Response:
    """Hand out the directory as a table."""
    with house().reading(actor()) as work:
        rows = municipalities.listed(work)
    content = write_table(rows, LISTED_COLUMNS, numbers=LISTED_NUMBERS, encoding="utf-8-sig")
    return download(content, "municipalities.csv", CSV)


class MainLineForm(Form):
    """代表電話の登録."""

    main_line = StringField(
        "代表電話番号", [Length(max=40)], description="市外局番から。空にすると代表電話を外します。"
    )
    mail_domain = StringField(
        "メールドメイン",
        [Length(max=253)],
        description="＠の後ろの部分。このドメインのアドレスにだけ、回答のファイルをメールで送ります。空にすると送りません。",
    )
    notice_address = StringField(
        "通知用メールアドレス",
        [Length(max=254)],
        description="メールドメインの中の、担当課のアドレス。督促と番号の変更を、受付番号だけで知らせます。空にすると送りません。",
    )
    source = StringField(
        "番号・ドメインを確かめたページ",
        [Length(max=300)],
        description="団体の公式サイトのアドレス。https:// から入力します。",
    )
    checked_on = DateField("確かめた日", [complete_day])
    postal_code = StringField("郵便番号", [Length(max=20)], description="回答書の宛先。７桁の数字")
    address = StringField("住所", [Length(max=300)], description="回答書の宛先")
    from_on = DateField("適用日", [complete_day], description="空欄なら今日から")

    def entry(self) -> MainLineEntry:
        """Return what was typed."""
        return MainLineEntry(
            telephone=self.main_line.data or "",
            source=self.source.data or "",
            checked_on=self.checked_on.day.as_date() if self.checked_on.day else None,
            postal_code=self.postal_code.data or "",
            address=self.address.data or "",
            mail_domain=self.mail_domain.data or "",
            notice_address=self.notice_address.data or "",
        )


@screen(blueprint, "/<code>", roles=PMO, methods=["GET", "POST"])
def show(code: str) -> Any:
    """Show an entry, and take a change of its main line."""
    with house().reading(actor()) as work:
        row, office_id = municipalities.entry_of(work, code), account_keeping.office_of_municipality(work, code)
        changes = amending.history(work, municipality_code=code)
    form = MainLineForm() if request.method == "POST" else MainLineForm(data=as_typed(row))
    if form.is_submitted() and (stage := amend_place(form, code)) is not None:
        tell(stage)
        return redirect(url_for("municipalities.show", code=code), 303)
    version = form_version() if form.is_submitted() else row.version
    shows = {"form": form, "row": row, "version": version, "office_id": office_id, "changes": changes}
    return render_template("municipalities/entry.html", **shows, **words()), 422 if form.is_submitted() else 200


def amend_place(form: MainLineForm, code: str) -> Stage | None:
    """Propose what a form says and return what it waits for, or None where what is wrong stands at its fields."""
    if not form.validate():
        return None
    from_on = form.from_on.day.as_date() if form.from_on.day else None
    try:
        with house().work(actor(), form_key=form_key()) as work:
            proposed = amending.amend_place(work, code, form.entry(), version=form_version(), from_on=from_on)
            return amending.stage(work, enacting.enact_if_ready(work, proposed))
    except InvalidValue as error:
        attach(form, error)
        return None


def as_typed(row: Municipality) -> dict[str, str]:
    """Return an entry as its form shows it."""
    return {
        "main_line": grouped(row.main_line),
        "source": row.main_line_source,
        "checked_on": row.main_line_checked_on.isoformat() if row.main_line_checked_on else "",
        "postal_code": f"{row.postal_code[:3]}-{row.postal_code[3:]}" if row.postal_code else "",
        "address": row.address,
        "mail_domain": row.mail_domain,
        "notice_address": row.notice_address,
    }
