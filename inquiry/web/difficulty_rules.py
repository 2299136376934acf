"""The rules of entering and leaving the list, with a preview of what they would propose now (掲載・解除の基準)."""

import unicodedata
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length

from inquiry.directory.difficulty import SIDES, Measure
from inquiry.directory.difficulty_rules import LARGEST, DifficultyRules, Threshold
from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.web import evidence
from inquiry.web.forms import Form, attach
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import difficulty_rules, listing_proposals
from inquiry.workflow.listing_proposals import Suggestion

blueprint = Blueprint("difficulty_rules", __name__, url_prefix="/difficulty/rules")
PMO: Final = (Role.PMO_STAFF,)
NUMBERS: Final = {
    "least_inquiries": ("判断に必要な照会の件数（１か月）", "照会がこの件数より少ない月は、判断に使いません。"),
    "months_to_enter": ("掲載の提案に必要な月数", "掲載の基準以上の月が、この月数続いたときに掲載を提案します。"),
    "months_to_leave": ("解除の提案に必要な月数", "解除の基準未満の月が、この月数続いたときに解除を提案します。"),
    "days_to_object": ("異議の申出の期間（日）", "提案の翌日から、この日数の間、保険者は異議を申し出られます。"),
}


class CountField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A whole number in any width of digit, or nothing; `number` is what was read."""

    number: int | None = None

    def pre_validate(self, _form: BaseForm) -> None:
        """Read what was typed.

        :raises ValidationError: if it is no number in the range.
        """
        text = unicodedata.normalize("NFKC", self.data or "").strip()
        if not text:
            self.number = None
            return
        if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
            raise ValidationError(f"{self.label.text}は、{LARGEST:,}までの数で入力してください。")
        self.number = int(text)


class RulesForm(Form):
    """掲載・解除の基準."""

    reason = TextAreaField("変更の理由", [Length(max=1000)])

    def rules(self) -> DifficultyRules:
        """Return what was typed.

        :raises InvalidValue: if it makes no rules.
        """
        thresholds = {measure: each for measure in Measure if (each := self._threshold(measure)) is not None}
        return DifficultyRules(thresholds, **{name: self[name].number or 0 for name in NUMBERS})

    def _threshold(self, measure: Measure) -> Threshold | None:
        enter, leave = self[f"{measure}_enter"].number, self[f"{measure}_leave"].number
        if enter is None and leave is None:
            return None
        if enter is None or leave is None:
            raise InvalidValue("difficulty_rules:half_a_threshold", field=f"{measure}_enter")
        return Threshold(enter, leave)


for _name, (_label, _support) in NUMBERS.items():
    setattr(RulesForm, _name, CountField(_label, [DataRequired("数を入力してください。")], description=_support))
for _measure, (_label, _unit) in evidence.MEASURES.items():
    setattr(RulesForm, f"{_measure}_enter", CountField(f"{_label}：掲載（{_unit}以上）"))
    setattr(RulesForm, f"{_measure}_leave", CountField(f"{_label}：解除（{_unit}未満）"))


@screen(blueprint, "", roles=PMO)
def show() -> Any:
    """Show the rules and their history."""
    return _shown(None)


@screen(blueprint, "", roles=PMO, methods=["POST"])
def change() -> Any:
    """Set the rules anew, or show what they would propose now."""
    form = RulesForm()
    if form.validate():
        try:
            rules = form.rules()
            if request.form.get("next") == "preview":
                return _shown(form, rules=rules)
            with house().work(actor(), form_key=form_key()) as work:
                difficulty_rules.change(work, rules, number=form_version(), reason=form.reason.data or "")
            flash("掲載・解除の基準を変更しました。次の提案から使います。", "success")
            return redirect(url_for("difficulty_rules.show"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(form), 422


def _shown(form: RulesForm | None, *, rules: DifficultyRules | None = None) -> str:
    with house().reading(actor()) as work:
        editions = difficulty_rules.editions(work)
        previewed: list[Suggestion] | None = listing_proposals.suggestions(work, rules) if rules else None
    return render_template(
        "difficulty/rules.html",
        form=form or RulesForm(formdata=None, data=_as_typed(editions[0].rules)),
        version=form_version() if form else editions[0].number,
        numbers=NUMBERS,
        sides=[(evidence.SIDES[side], [str(each) for each in measures]) for side, measures in SIDES.items()],
        measures={str(measure): words for measure, words in evidence.MEASURES.items()},
        editions=[(edition, evidence.rule_words(edition.rules)) for edition in editions],
        previewed=previewed,
    )


def _as_typed(rules: DifficultyRules) -> dict[str, str]:
    typed = {name: str(getattr(rules, name)) for name in NUMBERS}
    for measure, threshold in rules.thresholds.items():
        typed |= {f"{measure}_enter": str(threshold.enter), f"{measure}_leave": str(threshold.leave)}
    return typed
