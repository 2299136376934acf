"""Words, dates and marks that every template may use (テンプレートの共通部品)."""

import hashlib
import re
import secrets
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Flask, current_app, get_flashed_messages, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from inquiry.directory.main_line import grouped
from inquiry.domain.inquiry import State, shown_to
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.wareki import era_text
from inquiry.store.inquiries import Inquiry
from inquiry.store.insurers import Insurer, number_on
from inquiry.store.outages import Outage
from inquiry.web import labels
from inquiry.web.cautions import caution_fields
from inquiry.web.due_words import due_sentence
from inquiry.web.navigation import navigation
from inquiry.web.request_context import house
from inquiry.workflow import outages
from inquiry.workflow.sharing import version_seen
from inquiry.workflow.work import JST

ERROR_PAGES: Final = frozenset({400, 403, 404, 409, 413, 422, 429, 500, 503})
_KEY_BYTES: Final = 16
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LISTED: Final = "回答方法"


def dress(app: Flask) -> None:
    """Give the templates their filters, functions and context."""
    app.jinja_env.globals.update(
        asset=asset,
        caution_fields=caution_fields,
        csrf_field=csrf_field,
        idempotency_field=idempotency_field,
        version_field=version_field,
    )
    app.jinja_env.filters.update(
        wareki=wareki, cell=cell, jst=jst, telephone=grouped, insurer_number=unpadded, number_today=number_today,
        state_label=state_label, state_chip=state_chip, step_label=step_label, label=label, due_sentence=due_sentence,
        seen=seen,
    )  # fmt: skip
    app.context_processor(surroundings)


def asset(path: str) -> str:
    """Return the address of a static file, with a mark that changes with its content."""
    return url_for("static", filename=path, v=_mark(str(current_app.static_folder), path))


@lru_cache(maxsize=256)
def _mark(folder: str, path: str) -> str:
    return hashlib.sha256((Path(folder) / path).read_bytes()).hexdigest()[:10]


def csrf_field() -> Markup:
    """Return the hidden field that proves a form is ours."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def idempotency_field() -> Markup:
    """Return the hidden field by which a form counts once."""
    key = request.form.get("idempotency_key") or secrets.token_urlsafe(_KEY_BYTES)
    return Markup('<input type="hidden" name="idempotency_key" value="{}">').format(key)


def version_field(version: int) -> Markup:
    """Return the hidden field that says which version of a record the form was filled in for."""
    return Markup('<input type="hidden" name="version" value="{}">').format(version)


def wareki(day: date | PartialDate) -> str:
    """Write a day in the Japanese calendar, unknown parts as 不詳."""
    return era_text(day if isinstance(day, PartialDate) else PartialDate.of(day))


def cell(value: object, column: str) -> str:
    """Write a cell of the directories' files as people read it: days in the Japanese calendar, lists with dots."""
    text = str(value)
    if _DAY.fullmatch(text):
        return wareki(date.fromisoformat(text))
    return text.replace(";", "・") if column == _LISTED else text


def unpadded(number: str) -> str:
    """Write an insurer number as its holder does: six digits without zeros before them."""
    return number.removeprefix("00")


def number_today(insurer: Insurer) -> str:
    """Return the number by which an insurer is named today."""
    return unpadded(number_on(insurer, jst(house().clock()).date()))


def jst(at: datetime) -> datetime:
    """Return a moment in Japan's time."""
    return at.astimezone(JST)


def seen(inquiry: Inquiry) -> int:
    """Return the version of an inquiry for whoever reads the page: steps that they may not follow raise none."""
    return version_seen(current_user.actor, inquiry)


def state_label(state: str) -> str:
    """Return the word for a state."""
    return labels.STATES[_shown(state)]


def state_chip(state: str) -> str:
    """Return the kind of chip for a state."""
    return labels.CHIPS[_shown(state)]


def _shown(state: str) -> State:
    return shown_to(current_user.actor.role, State(state))


def step_label(event: str) -> str:
    """Return the words for a line of the timeline."""
    return {str(key): text for key, text in labels.STEPS.items()}.get(event, event)


def label(value: str, group: str) -> str:
    """Look up the word for a value in a group of labels.py, such as CHANNELS."""
    words: dict[str, str] = getattr(labels, group)
    return next(text for key, text in words.items() if str(key) == value)


def _outage() -> Outage | None:
    """Return the outage that everybody is told of on every page."""
    with house().reading() as work:
        return outages.announced(work)


def surroundings() -> dict[str, Any]:
    """Return what the frame of every page shows: who is logged in, the menu, the time, the notices."""
    common = {
        "clock_now": house().clock(),
        "outage": _outage(),
        "flashes": [{"kind": flash[0], "text": flash[1]} for flash in get_flashed_messages(with_categories=True)],
        "home_url": url_for("account.home"),
        "login_url": url_for("account.login"),
        "logout_url": url_for("account.logout"),
    }
    if not current_user.is_authenticated:
        return {**common, "current_actor": None, "nav_items": []}
    who = current_user.actor
    return {
        **common,
        "current_actor": {
            "display_name": who.display_name,
            "organisation_name": who.organisation_name,
            "role_label": labels.ROLES[who.role],
        },
        "nav_items": navigation(who, request.path),
        "search_url": url_for("inquiry.find") if who.municipality_code or who.insurer_id else "",
        "session_seconds_left": max(0, int((current_user.ends_at - house().clock()).total_seconds())),
        "session_url": url_for("account.stay"),
        "shortcuts_off": not current_user.uses_shortcuts,
    }
