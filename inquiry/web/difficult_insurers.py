"""The list of insurers that are hard to link, as PMO staff keep it (情報連携困難保険者リストの管理)."""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.parties import Role
from inquiry.store.difficult_insurers import DifficultEntry
from inquiry.web import labels
from inquiry.web.forms import DateField, Form, attach, complete_day, offered
from inquiry.web.public import cells_of
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import difficult_insurers
from inquiry.workflow.difficult_insurers import Listing, Standing
from inquiry.workflow.work import Work

blueprint = Blueprint("difficult_insurers", __name__, url_prefix="/lists/difficult-insurers")
PMO: Final = (Role.PMO_STAFF,)
STANDINGS: Final = {
    Standing.COMING: ("info", "掲載予定"),
    Standing.HOLDS: ("warning", "掲載中"),
    Standing.ENDED: ("neutral", "掲載終了"),
}


@screen(blueprint, "/", roles=PMO)
def listing() -> Any:
    """List every entry, past and future ones too."""
    with house().reading(actor()) as work:
        rows = [
            (entry, cells_of(entry), STANDINGS[difficult_insurers.standing(work, entry)])
            for entry in difficult_insurers.every_entry(work)
        ]
    return render_template("difficult_insurers/listing.html", rows=rows)


class EntryForm(Form):
    """リストの記載."""

    insurer_number = StringField(
        "保険者番号",
        [DataRequired("保険者番号を入力してください。")],
        description="照会窓口一覧にある保険者の番号",
    )
    scope = RadioField(
        "対象者範囲",
        [DataRequired("対象者範囲を選んでください。")],
        choices=offered(labels.LISTING_SCOPES),
        validate_choice=False,
    )
    category = RadioField(
        "区分",
        [DataRequired("区分を選んでください。")],
        choices=offered(labels.LISTING_CATEGORIES),
        validate_choice=False,
    )
    from_on = DateField("掲載日（開始）", [DataRequired("掲載日を入力してください。"), complete_day])
    until_on = DateField(
        "最後の日（終了）", [complete_day], description="この日まで掲載します。未定のときは空にします。"
    )
    reason = TextAreaField("理由（ＰＭＯ内部）", [Length(max=2000)], description="公開されません。")

    def listing_for(self, insurer_id: str) -> Listing:
        """Return what was typed; the form is valid, so a first day is there."""
        from_on, until_on = self.from_on.day, self.until_on.day
        assert from_on is not None
        return Listing(
            insurer_id=insurer_id,
            scope=Scope(self.scope.data),
            category=Category(self.category.data),
            from_on=from_on.as_date(),
            until_on=until_on.as_date() if until_on else None,
            reason=self.reason.data or "",
        )


@screen(blueprint, "/new", roles=PMO, methods=["GET", "POST"])
def add() -> Any:
    """Put an insurer on the list."""
    form = EntryForm()

    def enter(work: Work) -> None:
        insurer = difficult_insurers.insurer_to_list(work, form.insurer_number.data)
        difficult_insurers.add(work, form.listing_for(insurer.id))

    if form.validate_on_submit() and _written(form, enter):
        flash("リストに追加しました。", "success")
        return redirect(url_for("difficult_insurers.listing"), 303)
    return render_template("difficult_insurers/add.html", form=form), 422 if form.is_submitted() else 200


@screen(blueprint, "/<entry_id>", roles=PMO, methods=["GET", "POST"])
def change(entry_id: str) -> Any:
    """Correct an entry, or set its end."""
    with house().reading(actor()) as work:
        entry = difficult_insurers.entry_of(work, entry_id)
    form = EntryForm() if request.method == "POST" else EntryForm(data=_as_typed(entry))
    form.insurer_number.data = entry.insurer.name

    def enter(work: Work) -> None:
        difficult_insurers.change(work, entry_id, form_version(), form.listing_for(entry.insurer_id))

    if form.validate_on_submit() and _written(form, enter):
        flash("リストの記載を変更しました。", "success")
        return redirect(url_for("difficult_insurers.listing"), 303)
    version = form_version() if form.is_submitted() else entry.version
    page = render_template("difficult_insurers/change.html", form=form, entry=entry, version=version)
    return page, 422 if form.is_submitted() else 200


def _as_typed(entry: DifficultEntry) -> dict[str, str]:
    return {
        "scope": entry.scope,
        "category": entry.category,
        "from_on": entry.from_on.isoformat(),
        "until_on": entry.until_on.isoformat() if entry.until_on else "",
        "reason": entry.reason,
    }


def _written(form: EntryForm, enter: Any) -> bool:
    try:
        with house().work(actor(), form_key=form_key()) as work:
            enter(work)
    except InvalidValue as error:
        attach(form, error)
        return False
    except Forbidden as error:
        attach(form, InvalidValue(error.code, field="insurer_number"))
        return False
    return True
