"""Logging in and out, one's own password and keyboard (ログイン・利用者自身の設定)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.parties import Actor
from inquiry.web.forms import Form, attach
from inquiry.web.messages import sentence, sentence_for
from inquiry.web.navigation import START
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import EVERYBODY, screen
from inquiry.workflow import accounts

blueprint = Blueprint("account", __name__)
# What a page asks by itself keeps nobody logged in.
POLLED: Final = frozenset(
    {
        "queue.version",
        "rosters.progress",
        "rosters.changes_progress",
        "letter_runs.progress",
        "bulk.progress",
        "batches.progress",
        "account.seconds_left",
    }
)
manager = LoginManager()
manager.login_view = "account.login"
manager.login_message = None


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in, as Flask-Login sees them; the id is the session's token, never the account's."""

    token: str
    actor: Actor
    ends_at: datetime
    uses_shortcuts: bool
    must_change_password: bool
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return the session's token."""
        return self.token


@manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def person_of(token: str) -> Person | None:
    """Return who holds this token, if the login still lasts."""
    found = accounts.presence(house(), token, _stay())
    if found is None:
        return None
    if not found.was_seen_lately and request.endpoint not in POLLED:
        accounts.touch(house(), token)
    return Person(token, found.actor, found.ends_at, found.uses_shortcuts, found.must_change_password)


def _stay() -> accounts.Stay:
    return accounts.Stay(
        idle=timedelta(minutes=current_app.config["SESSION_IDLE_MINUTES"]),
        longest=timedelta(hours=current_app.config["SESSION_HOURS"]),
    )


class LoginForm(Form):
    """ログイン."""

    login_name = StringField("ログインID", [DataRequired("ログインIDを入力してください。"), Length(max=100)])
    password = PasswordField("パスワード", [DataRequired("パスワードを入力してください。"), Length(max=256)])


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> Any:
    """Ask for login name and password."""
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("account/login.html", form=form), 422 if form.is_submitted() else 200
    try:
        token = accounts.log_in(house(), form.login_name.data.strip(), form.password.data)
    except Forbidden as error:
        form.login_name.errors = [sentence(error)]
        return render_template("account/login.html", form=form), 429 if error.code == "login:wait" else 422
    session.clear()
    found = person_of(token)
    login_user(found)
    if found is not None and found.must_change_password:
        return redirect(url_for("account.password"), 303)
    return redirect(_next_place(), 303)


def _next_place() -> str:
    # Only a place of our own: a path, never an address of somebody else's.
    wanted = request.args.get("next", "")
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\\" not in wanted
    return wanted if is_ours else url_for("account.home")


@screen(blueprint, "/logout", roles=EVERYBODY, methods=["POST"])
def logout() -> Any:
    """End the login."""
    accounts.log_out(house(), actor(), current_user.get_id())
    logout_user()
    session.clear()
    response = redirect(url_for("account.login"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@screen(blueprint, "/session", roles=EVERYBODY)
def seconds_left() -> Any:
    """Say how long the login lasts, without prolonging it; the page asks before it warns."""
    return {"seconds_left": max(0, int((current_user.ends_at - house().clock()).total_seconds()))}


@screen(blueprint, "/session", roles=EVERYBODY, methods=["POST"])
def stay() -> Any:
    """Stay logged in, and say until when."""
    accounts.touch(house(), current_user.get_id())
    prolonged = accounts.presence(house(), current_user.get_id(), _stay())
    ends_at = prolonged.ends_at if prolonged else house().clock()
    return {"seconds_left": max(0, int((ends_at - house().clock()).total_seconds()))}


@screen(blueprint, "/", roles=EVERYBODY)
def home() -> Any:
    """Lead each role to its first screen."""
    return redirect(url_for(START[actor().role]), 303)


class PasswordForm(Form):
    """パスワードの変更."""

    old = PasswordField("今のパスワード", [DataRequired("今のパスワードを入力してください。"), Length(max=256)])
    password = PasswordField(
        "新しいパスワード",
        [DataRequired("新しいパスワードを入力してください。"), Length(max=256)],
        description="15文字以上。文のように長いものが安全で覚えやすくなります。",
    )
    repeated = PasswordField(
        "新しいパスワード（もう一度）",
        [EqualTo("password", sentence_for("password:repeated_differs"))],
    )


@screen(blueprint, "/account/password", roles=EVERYBODY, methods=["GET", "POST"])
def password() -> Any:
    """Change one's own password."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            accounts.change_password(house(), actor(), old=form.old.data, new=form.password.data, form_key=form_key())
        except InvalidValue as error:
            attach(form, error)
        else:
            logout_user()
            flash("パスワードを変更しました。新しいパスワードでログインしてください。", "success")
            return redirect(url_for("account.login"), 303)
    return render_template("account/password.html", form=form), 422 if form.is_submitted() else 200


class SettingsForm(Form):
    """利用者の設定."""

    uses_shortcuts = BooleanField("一文字のキー（j・k など）で操作する")


@screen(blueprint, "/account/settings", roles=EVERYBODY, methods=["GET", "POST"])
def settings() -> Any:
    """Switch single-key shortcuts on or off."""
    form = SettingsForm(uses_shortcuts=current_user.uses_shortcuts)
    if form.validate_on_submit():
        accounts.set_shortcuts(house(), actor(), is_on=form.uses_shortcuts.data, form_key=form_key())
        flash("設定を保存しました。", "success")
        return redirect(url_for("account.settings"), 303)
    return render_template("account/settings.html", form=form)
