"""What changes an insurer itself: its numbers, and going over into another (保険者番号の期間、保険者の合併).

Decides   nothing; each becomes a change of the directory, which a second person looks at.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from flask import Blueprint, redirect, render_template, url_for
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.store.amendments import Amendment
from inquiry.web.amendments import tell, words
from inquiry.web.forms import DateField, Form, attach, complete_day, offered
from inquiry.web.inquiry_page import Bound, Panel, panel
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import amending, contacts, mergers
from inquiry.workflow.amending import Ground
from inquiry.workflow.insurer_numbers import NumberChange, Step
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("insurer_changes", __name__, url_prefix="/contacts")
PMO: Final = (Role.PMO_STAFF,)
FIRST: Final = 1
STEPS: Final = {
    Step.ADDED: "番号を加える（日付は、使い始める日）",
    Step.ENDED: "番号を終える（日付は、使う最後の日）",
    Step.PASSED: "ほかの保険者に移す（日付は、移った先で使い始める日）",
}
_NUMBERS: Final = re.compile(r"[0-9]+")


@panel(FIRST)
def succession_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Tell both sides of an inquiry that it was sent to an insurer which went over into another."""
    asked = contacts.asked_insurer(work, page.inquiry)
    if asked is None:
        return None
    shows = {"asked": asked, "successor": mergers.stands_for(work, asked)}
    return Panel("保険者の合併", "contacts/succession_panel.html", shows)


@panel(FIRST)
def ended_desk_panel(work: Work, page: Page, _bound: Bound) -> Panel | None:
    """Tell both sides of an inquiry that its insurer's desk ended, and what is to be done."""
    if not contacts.is_without_desk(work, page.inquiry):
        return None
    return Panel("照会先の窓口", "contacts/ended_panel.html", {"is_clerk": work.actor.role is Role.CLERK})


class GroundForm(Form):
    """変更の根拠."""

    evidence = StringField("根拠とした文書", [Length(max=300)], description="届出・通知・告示の名称と日付など")
    source = StringField("根拠としたページ", [Length(max=300)], description="https:// から入力します。")
    checked_on = DateField("根拠を確かめた日", [DataRequired("根拠を確かめた日を入力してください。"), complete_day])


class NumberForm(GroundForm):
    """保険者番号の追加・終了・移管."""

    step = RadioField("すること", [InputRequired("することを選んでください。")], choices=offered(STEPS))
    insurer_number = StringField("保険者番号", [DataRequired("保険者番号を入力してください。"), Length(max=20)])
    day = DateField("日付", [DataRequired("日付を入力してください。"), complete_day])
    receiver_number = StringField(
        "移る先の保険者番号", [Length(max=20)], description="移す先の保険者が今使っている番号。移すときだけ入力します。"
    )

    def change(self) -> NumberChange:
        """Return what is to happen to which number, and when."""
        return NumberChange(Step(self.step.data), _plain(self.insurer_number.data), _day(self.day))


class MergerForm(GroundForm):
    """合併の記録."""

    numbers = TextAreaField(
        "なくなる保険者の保険者番号",
        [DataRequired("なくなる保険者の保険者番号を入力してください。"), Length(max=1000)],
        description="１行に１つ",
    )
    from_on = DateField("合併の日", [DataRequired("合併の日を入力してください。"), complete_day])


def _plain(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").strip()


def _day(field: DateField) -> date:
    assert field.day is not None
    return field.day.as_date()


def ground_of(form: GroundForm, *, from_on: DateField | None = None) -> Ground:
    """Return on what a change rests, and from when it holds where a day was typed."""
    return Ground(
        evidence=form.evidence.data or "",
        page=form.source.data or "",
        seen_on=_day(form.checked_on),
        from_on=_day(from_on) if from_on is not None and from_on.day else None,
    )


@screen(blueprint, "/<insurer_id>/numbers", roles=PMO, methods=["GET", "POST"])
def numbers(insurer_id: str) -> Any:
    """Show an insurer's numbers with their periods, and take a change of one."""
    form = NumberForm()

    def propose(work: Work) -> list[Amendment]:
        receiver = _plain(form.receiver_number.data)
        return [amending.change_number(work, insurer_id, form.change(), ground_of(form), receiver_number=receiver)]

    return _answer(insurer_id, form, propose, page="contacts/numbers.html")


@screen(blueprint, "/<insurer_id>/merger", roles=PMO, methods=["GET", "POST"])
def merger(insurer_id: str) -> Any:
    """Take down which insurers go over into this one, and from when."""
    form = MergerForm()

    def propose(work: Work) -> list[Amendment]:
        going = _NUMBERS.findall(_plain(form.numbers.data))
        return mergers.propose(work, insurer_id, going, ground_of(form, from_on=form.from_on))

    return _answer(insurer_id, form, propose, page="contacts/merger.html")


def _following(insurer_id: str, proposed: list[Amendment]) -> str:
    """Return where proposals are seen: a merger stands with the insurer that goes, not with the one that takes over."""
    if len(proposed) > 1:
        return url_for("amendments.waiting")
    if proposed[0].insurer_id != insurer_id:
        return url_for("amendments.show", amendment_id=proposed[0].id)
    return url_for("contacts.show", insurer_id=insurer_id)


def _answer(insurer_id: str, form: GroundForm, propose: Callable[[Work], list[Amendment]], *, page: str) -> Any:
    if form.validate_on_submit():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                proposed = propose(work)
                tell(amending.stage(work, proposed[0]))
                following = _following(insurer_id, proposed)
            return redirect(following, 303)
        except InvalidValue as error:
            attach(form, error)
    with house().reading(actor()) as work:
        insurer = contacts.history(work, insurer_id)[0].entry.insurer
        changes = amending.history(work, insurer_id=insurer_id)
        shows = {"insurer": insurer, "changes": changes, "today": work.today, **words()}
    return render_template(page, form=form, **shows), 422 if form.is_submitted() else 200
