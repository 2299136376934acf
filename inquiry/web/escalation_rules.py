"""Desks of the ministry and waiting times before each step, as PMO staff set them (所管課・待ち時間)."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length

from inquiry.directory.insurers import IN_SCOPE
from inquiry.directory.main_line import grouped
from inquiry.directory.supervisors import Desks, SupervisingDesk
from inquiry.domain.errors import InvalidValue
from inquiry.domain.escalation import Level
from inquiry.domain.parties import Role
from inquiry.domain.wareki import era_text
from inquiry.web.forms import DateField, Form, attach, complete_day
from inquiry.web.labels import INSURER_KINDS
from inquiry.web.reminding import length_words
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import escalation_rules
from inquiry.workflow.escalation_rules import Edition, Setting

blueprint = Blueprint("escalation_rules", __name__, url_prefix="/escalation-rules")
PMO: Final = (Role.PMO_STAFF,)
WAITS: Final = {
    Level.SUPERVISOR: "保険者の責任者に知らせる時期",
    Level.PMO: "ＰＭＯに知らせる時期",
    Level.MINISTRY: "市町村等に所管課への連絡を促す時期",
}
_HOURS_AND_MINUTES: Final = re.compile(r"([0-9]{1,3}):([0-5][0-9])")


class WaitField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A length of business time in hours and minutes; `length` is what was read."""

    length: timedelta = timedelta()

    def pre_validate(self, _form: BaseForm) -> None:
        """Read what was typed.

        :raises ValidationError: if it is no length of time.
        """
        read = _HOURS_AND_MINUTES.fullmatch(unicodedata.normalize("NFKC", self.data or "").strip())
        if read is None:
            raise ValidationError("業務時間を「8:45」（8時間45分）の形で入力してください。")
        self.length = timedelta(hours=int(read[1]), minutes=int(read[2]))


class RulesForm(Form):
    """所管課・待ち時間."""

    pmo_notice_address = StringField("ＰＭＯの通知用メールアドレス", [Length(max=254)])
    reason = TextAreaField("変更の理由", [DataRequired("変更の理由を入力してください。"), Length(max=1000)])

    def setting(self) -> Setting:
        """Return what was typed."""
        return Setting(self._desks(), self._after(), self.pmo_notice_address.data or "")

    def _desks(self) -> Desks:
        return {
            kind: SupervisingDesk(
                kind,
                self[f"{kind}_division"].data or "",
                self[f"{kind}_section"].data or "",
                self[f"{kind}_extension"].data or "",
                self[f"{kind}_telephone"].data or "",
                checked_on=day.as_date() if (day := self[f"{kind}_checked_on"].day) else None,
                notice_address=self[f"{kind}_notice_address"].data or "",
            )
            for kind in IN_SCOPE
        }

    def _after(self) -> Mapping[Level, timedelta]:
        return {level: self[level].length for level in Level}


for _kind in IN_SCOPE:
    _of = f"（{INSURER_KINDS[_kind]}）"
    for _name, _field in {
        "division": StringField(f"課の名称{_of}", [DataRequired("課の名称を入力してください。"), Length(max=100)]),
        "section": StringField(f"担当係{_of}", [Length(max=100)]),
        "telephone": StringField(f"電話番号{_of}", [DataRequired("電話番号を入力してください。"), Length(max=20)]),
        "extension": StringField(f"内線{_of}", [Length(max=10)]),
        "notice_address": StringField(f"通知用メールアドレス{_of}", [Length(max=254)]),
        "checked_on": DateField(f"確かめた日{_of}", [Length(max=20), complete_day]),
    }.items():
        setattr(RulesForm, f"{_kind}_{_name}", _field)
for _level, _label in WAITS.items():
    setattr(RulesForm, str(_level), WaitField(_label, [DataRequired("待ち時間を入力してください。")]))


@screen(blueprint, "", roles=PMO)
def show() -> Any:
    """Show desks and waiting times, and their history."""
    return _shown(None)


@screen(blueprint, "", roles=PMO, methods=["POST"])
def change() -> Any:
    """Set desks and waiting times anew."""
    form = RulesForm()
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                escalation_rules.change(work, form.setting(), number=form_version(), reason=form.reason.data or "")
            flash("所管課・待ち時間を変更しました。次に確かめるときから使います。", "success")
            return redirect(url_for("escalation_rules.show"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(form), 422


def _shown(form: RulesForm | None) -> str:
    with house().reading(actor()) as work:
        editions = escalation_rules.editions(work)
    return render_template(
        "escalation_rules/show.html",
        form=form or RulesForm(formdata=None, data=_as_typed(editions[0])),
        version=form_version() if form else editions[0].number,
        kinds={str(kind): INSURER_KINDS[kind] for kind in IN_SCOPE},
        waits={str(level): words for level, words in WAITS.items()},
        editions=[(each, _waits_of(each)) for each in editions],
    )


def _waits_of(edition: Edition) -> list[tuple[str, str]]:
    return [(words, length_words(edition.after[level])) for level, words in WAITS.items()]


def _as_typed(edition: Edition) -> dict[str, str]:
    typed = {"pmo_notice_address": edition.pmo_notice_address}
    for level, length in edition.after.items():
        hours, minutes = divmod(length // timedelta(minutes=1), 60)
        typed[level] = f"{hours}:{minutes:02}"
    for kind, desk in edition.desks.items():
        typed |= {
            f"{kind}_division": desk.division,
            f"{kind}_section": desk.section,
            f"{kind}_telephone": grouped(desk.telephone),
            f"{kind}_extension": desk.extension,
            f"{kind}_notice_address": desk.notice_address,
            f"{kind}_checked_on": era_text(desk.checked_on) if desk.checked_on else "",
        }
    return typed
