"""An insurer's rules of matching: its settings with their history, and its own kanji pairs (突合の規則)."""

import unicodedata
from itertools import pairwise
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length

from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.matching.grades import Grade
from inquiry.matching.kana import KanaClass
from inquiry.web import labels
from inquiry.web.forms import Form, attach, offered
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.roster_desk import recheck_behind
from inquiry.web.walls import screen
from inquiry.workflow import matching_rules, own_variants
from inquiry.workflow.matching_rules import LARGEST, Edition, Settings
from inquiry.workflow.own_variants import Standing

blueprint = Blueprint("matching_rules", __name__, url_prefix="/matching-rules")
OFFICER: Final = (Role.OFFICER,)
LOOKED_AT_AGAIN: Final = (
    "「該当者なし」と判定した照会（回答から90日以内のものを含みます）は、いま新しい規則で照合し直しています。"
    "該当者が見つかったものは、「照会の受付一覧」でお知らせします。"
)
PRODUCT: Final = Settings()
CONTESTED: Final = {
    Grade.EQUAL: "同一とみなす（既定）",
    Grade.CONFIRM: "要確認とする",
}
STANDINGS: Final = {
    Standing.PROPOSED: ("warning", "提案中"),
    Standing.IN_FORCE: ("success", "有効"),
    Standing.WITHDRAWN: ("neutral", "取下げ"),
}


class NumberField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A number from 0 to the largest that a setting of this name may have, in any width of digit."""

    number: int = 0

    def pre_validate(self, _form: BaseForm) -> None:
        """Read what was typed.

        :raises ValidationError: if it is no number in the range.
        """
        text = unicodedata.normalize("NFKC", self.data or "").strip()
        if not (text.isascii() and text.isdigit()) or len(text) > 4 or int(text) > LARGEST[self.name]:
            raise ValidationError(f"{self.label.text}は、0から{LARGEST[self.name]:,}までの数で入力してください。")
        self.number = int(text)


class RulesForm(Form):
    """突合の規則."""

    contested_variants = RadioField("使い分けのある異体字（島・嶋、竜・龍、沢・澤など）", choices=offered(CONTESTED))
    kana_to_confirm = SelectMultipleField("要確認とするフリガナの違い", choices=offered(labels.KANA_CLASSES))
    namesakes_allowed = NumberField("同姓同名の人数")
    vanish_percent = NumberField("いなくなる人の割合（％）")
    near_miss_per_inquiry = NumberField("近い候補を見る回数（１件の照会）")
    near_miss_per_day = NumberField("近い候補を見る回数（１日、貴団体の合計）")

    def settings(self) -> Settings:
        """Return what was chosen; the form is valid."""
        return Settings(
            contested_variants=Grade(self.contested_variants.data),
            kana_to_confirm=frozenset(map(KanaClass, self.kana_to_confirm.data)),
            **{name: self[name].number for name in LARGEST},
        )


class VariantForm(Form):
    """異体字の提案."""

    one = StringField("１つ目の文字", [DataRequired("文字を入力してください。"), Length(max=10)])
    other = StringField("２つ目の文字", [DataRequired("文字を入力してください。"), Length(max=10)])
    evidence = TextAreaField("根拠", [DataRequired("根拠を入力してください。"), Length(max=1000)])


class WithdrawalForm(Form):
    """異体字の取下げ."""

    reason = TextAreaField("取り下げる理由", [DataRequired("理由を入力してください。"), Length(max=1000)])


@screen(blueprint, "", roles=OFFICER)
def show() -> Any:
    """Show the settings, their history and the insurer's own pairs."""
    return _shown()


@screen(blueprint, "", roles=OFFICER, methods=["POST"])
def change() -> Any:
    """Set the rules anew."""
    form = RulesForm()
    if form.validate():
        with house().work(actor(), form_key=form_key()) as work:
            matching_rules.change(work, form.settings(), number=form_version())
        recheck_behind(house(), actor(), actor().insurer_id or "")
        flash(f"突合の規則を変更しました。次の突合から使います。{LOOKED_AT_AGAIN}", "success")
        return redirect(url_for("matching_rules.show"), 303)
    return _shown(rules=form), 422


@screen(blueprint, "/variants", roles=OFFICER, methods=["POST"])
def propose() -> Any:
    """Propose two characters as one name."""
    form = VariantForm()
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                own_variants.propose(work, form.one.data, form.other.data, evidence=form.evidence.data)
            flash("異体字の登録を提案しました。ほかの担当者が確認して有効にするまで、突合には使いません。", "success")
            return redirect(url_for("matching_rules.show"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(variant=form), 422


@screen(blueprint, "/variants/<variant_id>/release", roles=OFFICER, methods=["POST"])
def release(variant_id: str) -> Any:
    """Let a pair count that somebody else proposed."""
    with house().work(actor(), form_key=form_key()) as work:
        own_variants.release(work, variant_id)
        confirmed, _ = own_variants.to_match_again(work)
    recheck_behind(house(), actor(), actor().insurer_id or "")
    waiting = f"加入者の確認待ちの照会（{confirmed}件）は、開くと新しい規則で突合します。"
    flash(f"異体字の登録を有効にしました。{waiting}{LOOKED_AT_AGAIN}", "success")
    return redirect(url_for("matching_rules.show"), 303)


@screen(blueprint, "/variants/<variant_id>/withdraw", roles=OFFICER, methods=["GET", "POST"])
def withdraw(variant_id: str) -> Any:
    """Ask for the reason, and let a pair count no longer."""
    form = WithdrawalForm()
    if form.validate_on_submit():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                own_variants.withdraw(work, variant_id, reason=form.reason.data)
            flash("異体字の登録を取り下げました。次の突合から使いません。", "success")
            return redirect(url_for("matching_rules.show"), 303)
        except InvalidValue as error:
            attach(form, error)
    with house().reading(actor()) as work:
        variant = own_variants.variant_of(work, variant_id)
    page = render_template("matching_rules/withdraw.html", form=form, variant=variant)
    return page, 422 if form.is_submitted() else 200


def _shown(*, rules: RulesForm | None = None, variant: VariantForm | None = None) -> str:
    with house().reading(actor()) as work:
        editions = matching_rules.editions(work)
        pairs = [(row, STANDINGS[own_variants.standing(row)]) for row in own_variants.variants_of(work)]
        confirmed, not_found = own_variants.to_match_again(work)
    return render_template(
        "matching_rules/rules.html",
        rules=rules or RulesForm(formdata=None, data=_as_typed(editions[0].settings)),
        variant=variant or VariantForm(formdata=None),
        version=form_version() if rules else editions[0].number,
        history=_history(editions),
        pairs=pairs,
        confirmed=confirmed,
        not_found=not_found,
        defaults=PRODUCT,
        largest=LARGEST,
        examples={str(kind): f"例：{one} と {other}" for kind, (one, other) in labels.KANA_EXAMPLES.items()},
        account_id=actor().account_id,
    )


def _as_typed(settings: Settings) -> dict[str, Any]:
    return {
        "contested_variants": settings.contested_variants.value,
        "kana_to_confirm": sorted(settings.kana_to_confirm),
        **{name: str(getattr(settings, name)) for name in LARGEST},
    }


def _history(editions: list[Edition]) -> list[tuple[Edition, list[dict[str, str]]]]:
    """Return each version with what it changed, the newest first; the product's own is the ground they stand on."""
    return [
        (edition, _changes(_words(before.settings), _words(edition.settings))) for edition, before in pairwise(editions)
    ]


def _changes(old: dict[str, str], new: dict[str, str]) -> list[dict[str, str]]:
    return [{"column": name, "old": old[name], "new": new[name]} for name in new if old[name] != new[name]]


def _words(settings: Settings) -> dict[str, str]:
    kana = [text for kind, text in labels.KANA_CLASSES.items() if kind in settings.kana_to_confirm]
    form = RulesForm(formdata=None)
    return {
        "使い分けのある異体字": CONTESTED[settings.contested_variants],
        "要確認とするフリガナの違い": "、".join(kana),
        **{form[name].label.text: str(getattr(settings, name)) for name in LARGEST},
    }
