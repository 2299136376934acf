"""What an insurer sets about the files of its answers, on screen (パスワード付きファイルの設定).

Source    memo annex STEP2 ⑤ ⅱ.
"""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from inquiry.domain.delivery import Terms
from inquiry.domain.locked_file import FileKind, PasswordStyle
from inquiry.domain.parties import Role
from inquiry.web import labels
from inquiry.web.forms import Form, offered
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import file_settings
from inquiry.workflow.file_settings import Settings

blueprint = Blueprint("file_settings", __name__, url_prefix="/file-settings")
OFFICER: Final = (Role.OFFICER,)
EXAMPLES: Final = {
    PasswordStyle.DIGITS: "例：2043-8817-5560-9924",
    PasswordStyle.WORDS: "例：「やまねこ・あかり・ほたるび・5619・1440」（yamaneko-akari-hotarubi-5619-1440 と入力）",
}


DAYS: Final = {days: f"{days}業務日" for days in (3, 5, 7, 10, 15, 20)}
TIMES: Final = {times: f"{times}回" for times in (1, 3, 5, 10)}


class SettingsForm(Form):
    """パスワード付きファイルの設定."""

    kind = RadioField(
        "はじめに選ばれる種類",
        [InputRequired("ファイルの種類を選んでください。")],
        choices=offered(labels.FILE_KINDS),
    )
    passwords = RadioField(
        "パスワードの形",
        [InputRequired("パスワードの形を選んでください。")],
        choices=offered(labels.PASSWORD_STYLES),
    )
    days = SelectField("本システムで受け取れる期間（回答の翌日から）", choices=offered(DAYS))
    times = SelectField("本システムで受け取れる回数", choices=offered(TIMES))


@screen(blueprint, "", roles=OFFICER)
def show() -> Any:
    """Show the settings in force."""
    with house().reading(actor()) as work:
        settings = file_settings.in_force(work, actor().insurer_id or "").settings
    terms = {"days": str(settings.terms.days), "times": str(settings.terms.times)}
    return _shown(SettingsForm(formdata=None, data={"kind": settings.kind, "passwords": settings.passwords, **terms}))


def _shown(form: SettingsForm) -> str:
    with house().reading(actor()) as work:
        number = file_settings.in_force(work, actor().insurer_id or "").number
    notes = {"kind": labels.FILE_KIND_NOTES, "passwords": EXAMPLES}
    return render_template("file_settings/settings.html", form=form, number=number, notes=notes)


@screen(blueprint, "", roles=OFFICER, methods=["POST"])
def change() -> Any:
    """Set the files anew."""
    form = SettingsForm()
    if not form.validate():
        return _shown(form), 422
    terms = Terms(int(form.days.data), int(form.times.data))
    settings = Settings(FileKind(form.kind.data), PasswordStyle(form.passwords.data), terms)
    with house().work(actor(), form_key=form_key()) as work:
        file_settings.change(work, settings, number=form_version())
    flash(
        "パスワード付きファイルの設定を変更しました。種類とパスワードの形は、これから作るファイルに使います。期間と回数は、すでに渡した回答にも使います。",
        "success",
    )
    return redirect(url_for("file_settings.show"), 303)
