"""What a view needs of the HTTP request: the house, who acts, the form's key (要求ごとの文脈)."""

import hashlib

from flask import current_app, request
from flask_login import current_user

from inquiry.domain.errors import InvalidValue, MyNumberFound
from inquiry.domain.parties import Actor
from inquiry.workflow.work import House

KEY_LENGTH = 64


def house() -> House:
    """Return the house that `create_app` opened."""
    opened: House = current_app.extensions["house"]
    return opened


def actor() -> Actor:
    """Return who is logged in; only behind the wall."""
    found: Actor = current_user.actor
    return found


def form_key() -> str:
    """Return the key of the form that was sent.

    :raises InvalidValue: if it has none, since a form that changes something must count once.
    """
    key = request.form.get("idempotency_key", "")
    if not key or len(key) > KEY_LENGTH:
        raise InvalidValue("form:key_missing")
    # A page shown again carries one key in all its forms; each form counts once by itself.
    return hashlib.sha256(f"{request.path} {key}".encode()).hexdigest()


def form_version() -> int:
    """Return the version of the inquiry that the form was filled in for.

    :raises InvalidValue: if it has none.
    """
    text = request.form.get("version", "")
    if not text.isascii() or not text.isdigit():
        raise InvalidValue("form:version_missing")
    return int(text)


def page_number() -> int:
    """Return which page of a list is wanted, from 1."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def record_my_number(error: MyNumberFound) -> None:
    """Write into the ledger that a My Number was turned away: field and rule, never the digits."""
    if not current_user.is_authenticated:
        return
    with house().work(actor()) as work:
        work.record("guard:blocked", field=error.field, rule=error.rule)
