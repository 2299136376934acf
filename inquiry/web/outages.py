"""The network is down: what PMO staff declare, and what everybody is to expect (情報連携の障害)."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length, Optional

from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.web import labels
from inquiry.web.forms import ClockField, DateField, Form, attach, complete_day
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import EVERYBODY, screen
from inquiry.workflow import outages
from inquiry.workflow.outages import Notice
from inquiry.workflow.work import JST, Work

blueprint = Blueprint("outages", __name__, url_prefix="/outage")
PMO: Final = (Role.PMO_STAFF,)
ONE_INQUIRY: Final = timedelta(minutes=10)
ONE_DAY: Final = timedelta(hours=7)


class EndForm(Form):
    """復旧の見込み."""

    until_on = DateField("復旧の見込みの日", [Optional(), complete_day], description="未定のときは空けてください。")
    until_time = ClockField("時刻", [Optional()])

    def until_at(self) -> datetime | None:
        """Return the end that was typed, or None."""
        return _moment(self.until_on, self.until_time, missing=time(23, 59))


class DeclareForm(EndForm):
    """障害の宣言."""

    from_on = DateField("始まった日", [DataRequired("始まった日を入力してください。"), complete_day])
    from_time = ClockField("始まった時刻", [DataRequired("始まった時刻を入力してください。")])
    reason = StringField(
        "理由",
        [DataRequired("理由を入力してください。"), Length(max=200)],
        description="ログインしていない人を含めて、全員に表示します。",
    )

    def notice(self) -> Notice:
        """Return what was typed; the form is valid."""
        from_at = _moment(self.from_on, self.from_time, missing=time())
        assert from_at is not None
        return Notice(from_at, self.until_at(), self.reason.data)


def _moment(day: DateField, clock: ClockField, *, missing: time) -> datetime | None:
    if day.day is None:
        return None
    return datetime.combine(day.day.as_date(), clock.data or missing, JST).astimezone(UTC)


@screen(blueprint, "", roles=EVERYBODY)
def show() -> Any:
    """Show what is declared and what is to be expected."""
    return _shown()


def _shown(form: BaseForm | None = None) -> str:
    with house().reading(actor()) as work:
        outage = outages.announced(work)
        local = work.now.astimezone(JST)
        opening = {"from_on": f"{local.date():%Y-%m-%d}", "from_time": local.time()}
        blank = EndForm(None) if outage else DeclareForm(None, data=opening)
        return render_template(
            "outages/outage.html",
            announced=outage,
            is_on=outages.in_force(work) is not None,
            form=form or blank,
            forecast=outages.forecast(work),
            own=outages.own_forecast(work),
            history=outages.history(work) if actor().role is Role.PMO_STAFF else [],
            kinds=labels.INSURER_KINDS,
            each=ONE_INQUIRY,
            day=ONE_DAY,
            may_declare=actor().role is Role.PMO_STAFF,
        )


@screen(blueprint, "/declare", roles=PMO, methods=["POST"])
def declare() -> Any:
    """Declare an outage."""
    form = DeclareForm()
    done = "障害を宣言しました。全員の画面の上に表示します。"
    return _changed(form, lambda work: outages.declare(work, form.notice()), done=done)


@screen(blueprint, "/<outage_id>/expect", roles=PMO, methods=["POST"])
def expect(outage_id: str) -> Any:
    """Set anew until when the outage is expected to last."""
    form = EndForm()
    done = "復旧の見込みを変更しました。"
    return _changed(form, lambda work: outages.expect(work, outage_id, form.until_at()), done=done)


class BackForm(Form):
    """A button that says the network is back."""


@screen(blueprint, "/<outage_id>/end", roles=PMO, methods=["POST"])
def end(outage_id: str) -> Any:
    """Say that the network is back."""
    done = "復旧を記録しました。表示を消しました。"
    return _changed(BackForm(), lambda work: outages.end(work, outage_id), done=done)


def _changed(form: BaseForm, use_case: Callable[[Work], object], *, done: str) -> Any:
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                use_case(work)
            flash(done, "success")
            return redirect(url_for("outages.show"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(form), 422
