"""Hours of business and closed days on screen: an insurer's own, and everybody's (受付時間・休業日)."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inquiry.domain.calendar import OfficeHours
from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.domain.parties import Role
from inquiry.web.forms import ClockField, DateField, Form, attach, complete_day
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import timetables, timing
from inquiry.workflow.timetables import EVERYBODY, Closure
from inquiry.workflow.work import Work

blueprint = Blueprint("timetables", __name__, url_prefix="/timetables")
BOTH: Final = (Role.OFFICER, Role.PMO_STAFF)


class HoursForm(Form):
    """受付時間."""

    opens = ClockField("受付開始", [InputRequired("受付開始を入力してください。")])
    closes = ClockField("受付終了", [InputRequired("受付終了を入力してください。")])
    cut_off = ClockField(
        "締切時刻",
        [InputRequired("締切時刻を入力してください。")],
        description="この時刻までに届いた照会は、その日が期限です。後に届いた照会は、次の業務日が期限です。",
    )


class ClosureForm(Form):
    """休業日."""

    from_on = DateField("最初の日", [DataRequired("最初の日を入力してください。"), complete_day])
    until_on = DateField("最後の日", [Optional(), complete_day], description="１日だけのときは空けてください。")
    name = StringField("名称", [DataRequired("名称を入力してください。"), Length(max=50)], description="例：創立記念日")

    def closure(self) -> Closure:
        """Return what was typed; the form is valid."""
        days = [field.day.as_date() for field in (self.from_on, self.until_on) if field.day]
        return Closure(days[0], days[-1], self.name.data)


@screen(blueprint, "", roles=BOTH)
def listing() -> Any:
    """Lead an officer to the own timetable; show PMO staff everybody's and who has one of their own."""
    if actor().insurer_id:
        return redirect(url_for("timetables.show", owner=actor().insurer_id), 303)
    return _shown(EVERYBODY)


@screen(blueprint, "/<owner>", roles=BOTH)
def show(owner: str) -> Any:
    """Show one timetable with its versions."""
    return _shown(owner)


def _shown(owner: str, *forms: BaseForm) -> str:
    bound = {type(form): form for form in forms}
    with house().reading(actor()) as work:
        held = timetables.held(work, owner)
        others = timetables.insurers_with_their_own(work) if owner == EVERYBODY and held.may_change else []
    hours = held.setting.hours
    return render_template(
        "timetables/timetable.html",
        owner=owner,
        held=held,
        others=others,
        coming=[(day, name) for day, name in held.setting.closures.items() if day >= work.today],
        hours=bound.get(HoursForm)
        or HoursForm(None, data={"opens": hours.opens, "closes": hours.closes, "cut_off": hours.cut_off}),
        closure=bound.get(ClosureForm) or ClosureForm(None),
        form=next(iter(forms), None),
    )


@screen(blueprint, "/<owner>/hours", roles=BOTH, methods=["POST"])
def set_hours(owner: str) -> Any:
    """Set the hours anew."""
    form = HoursForm()

    def use_case(work: Work) -> None:
        hours = OfficeHours(form.opens.data, form.closes.data, form.cut_off.data)
        timetables.set_hours(work, owner, hours, number=form_version())

    return _changed(owner, form, use_case)


@screen(blueprint, "/<owner>/closures", roles=BOTH, methods=["POST"])
def add_closure(owner: str) -> Any:
    """Enter days on which the office will be closed."""
    form = ClosureForm()

    def use_case(work: Work) -> None:
        timetables.add_closure(work, owner, form.closure(), number=form_version())

    return _changed(owner, form, use_case)


class DropForm(Form):
    """A button that takes a day out."""


@screen(blueprint, "/<owner>/closures/<on>/drop", roles=BOTH, methods=["POST"])
def drop_closure(owner: str, on: str) -> Any:
    """Take a day out on which the office will be open after all."""

    def use_case(work: Work) -> None:
        timetables.drop_closure(work, owner, _day(on), number=form_version())

    return _changed(owner, DropForm(), use_case)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None


def _changed(owner: str, form: BaseForm, use_case: Callable[[Work], None]) -> Any:
    """Change a timetable, and say how many open inquiries have another due time now."""
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                insurer_id = None if owner == EVERYBODY else owner
                before = timing.open_dues(work, insurer_id)
                use_case(work)
                after = timing.open_dues(work, insurer_id)
            moved = sum(after[each] != before[each] for each in before)
            flash(f"受付時間・休業日を変更しました。期限が動いた照会は{moved}件です。", "success")
            return redirect(url_for("timetables.show", owner=owner), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(owner, form), 422
