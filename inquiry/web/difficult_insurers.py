"""The list of insurers that are hard to link, as PMO staff keep it (情報連携困難保険者リストの管理)."""

from collections.abc import Callable
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
from inquiry.web.public import cells_of, changes_told
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import difficult_drafting, difficult_insurers, listing_proposals
from inquiry.workflow.difficult_drafting import Listing
from inquiry.workflow.difficult_insurers import Standing
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
    """Show the latest version, its past and future entries too, and every version before it."""
    with house().reading(actor()) as work:
        editions = difficult_insurers.every_edition(work)
        rows = _rows(work, editions[0]) if editions else []
        draft = difficult_drafting.draft(work)
    return render_template("difficult_insurers/listing.html", rows=rows, editions=editions, draft=draft)


def _rows(work: Work, edition: Any) -> list[Any]:
    lines = difficult_insurers.in_order(edition.lines)
    return [
        (line.entry, cells_of(line), STANDINGS[difficult_insurers.standing(line.entry, work.today)]) for line in lines
    ]


@screen(blueprint, "/draft", roles=PMO, methods=["POST"])
def begin() -> Any:
    """Begin the next version."""
    with house().work(actor(), form_key=form_key()) as work:
        difficult_drafting.begin(work)
    flash("次の版の下書きを作りました。記載を直して、ほかの担当者に公開を依頼してください。", "success")
    return redirect(url_for("difficult_insurers.draft"), 303)


class PublicationForm(Form):
    """公開."""

    published_on = DateField("公開日", [DataRequired("公開日を入力してください。"), complete_day])


@screen(blueprint, "/draft", roles=PMO)
def draft() -> Any:
    """Show the version that is being written and how it differs from the published one; the list if there is none."""
    with house().reading(actor()) as work:
        is_written = difficult_drafting.draft(work) is not None
    if not is_written:
        flash("編集中の版はありません。公開されたか、取りやめられました。", "info")
        return redirect(url_for("difficult_insurers.listing"), 303)
    return _draft_shown(PublicationForm(formdata=None))


def _draft_shown(form: PublicationForm) -> str:
    with house().reading(actor()) as work:
        edition = difficult_drafting.draft_of(work)
        form.published_on.data = form.published_on.data or work.today.isoformat()
        return render_template(
            "difficult_insurers/draft.html",
            form=form,
            edition=edition,
            rows=_rows(work, edition),
            changes=changes_told(difficult_drafting.changes_of(work, edition)),
            may_publish=difficult_drafting.may_publish(work, edition),
            heard=listing_proposals.heard(work, edition),
        )


@screen(blueprint, "/draft/publish", roles=PMO, methods=["POST"])
def publish() -> Any:
    """Publish the draft."""
    form = PublicationForm()
    if form.validate() and form.published_on.day:
        try:
            with house().work(actor(), form_key=form_key()) as work:
                edition = difficult_drafting.publish(work, form_version(), on=form.published_on.day.as_date())
            flash(f"第{edition.number}版を公開しました。", "success")
            return redirect(url_for("difficult_insurers.listing"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _draft_shown(form), 422


@screen(blueprint, "/draft/discard", roles=PMO, methods=["POST"])
def discard() -> Any:
    """Let go of the draft."""
    with house().work(actor(), form_key=form_key()) as work:
        difficult_drafting.discard(work, form_version())
    flash("下書きを取りやめました。公開しているリストは変わっていません。", "info")
    return redirect(url_for("difficult_insurers.listing"), 303)


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


@screen(blueprint, "/draft/new", roles=PMO, methods=["GET", "POST"])
def add() -> Any:
    """Put an insurer on the draft."""
    form = EntryForm()

    def enter(work: Work) -> None:
        insurer = difficult_drafting.insurer_to_list(work, form.insurer_number.data)
        difficult_drafting.add(work, form.listing_for(insurer.id))

    if form.validate_on_submit() and _written(form, enter):
        flash("下書きに追加しました。", "success")
        return redirect(url_for("difficult_insurers.draft"), 303)
    return render_template("difficult_insurers/add.html", form=form), 422 if form.is_submitted() else 200


@screen(blueprint, "/draft/<entry_id>", roles=PMO, methods=["GET", "POST"])
def change(entry_id: str) -> Any:
    """Correct an entry of the draft, or set its end."""
    with house().reading(actor()) as work:
        edition = difficult_drafting.draft_of(work)
        if request.method == "POST":
            difficult_drafting.check_unchanged(edition, form_version())
        entry = difficult_drafting.line_of(edition, entry_id).entry
    form = EntryForm() if request.method == "POST" else EntryForm(data=_as_typed(entry))
    form.insurer_number.data = entry.insurer.name

    def enter(work: Work) -> None:
        difficult_drafting.change(work, entry_id, form_version(), form.listing_for(entry.insurer_id))

    if form.validate_on_submit() and _written(form, enter):
        flash("下書きの記載を変更しました。", "success")
        return redirect(url_for("difficult_insurers.draft"), 303)
    version = form_version() if form.is_submitted() else edition.version
    page = render_template("difficult_insurers/change.html", form=form, entry=entry, version=version)
    return page, 422 if form.is_submitted() else 200


@screen(blueprint, "/draft/<entry_id>/remove", roles=PMO, methods=["POST"])
def remove(entry_id: str) -> Any:
    """Take an entry out of the draft."""
    with house().work(actor(), form_key=form_key()) as work:
        difficult_drafting.remove(work, entry_id, form_version())
    flash("下書きから記載を除きました。公開した版の記載は残ります。", "info")
    return redirect(url_for("difficult_insurers.draft"), 303)


def _as_typed(entry: DifficultEntry) -> dict[str, str]:
    return {
        "scope": entry.scope,
        "category": entry.category,
        "from_on": entry.from_on.isoformat(),
        "until_on": entry.until_on.isoformat() if entry.until_on else "",
        "reason": entry.reason,
    }


def _written(form: EntryForm, enter: Callable[[Work], None]) -> bool:
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
