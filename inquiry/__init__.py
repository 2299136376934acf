"""inquiry (照会): the manual fallback between municipalities and medical insurers, run properly.

`create_app` alone sees every floor; docs/architecture.md draws them.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from inquiry.documents.press import LetterPress
from inquiry.security.keyring import KeyRing, create_keyring, load_keyring
from inquiry.security.sealing import Sealer
from inquiry.store import schema
from inquiry.store.engine import connect
from inquiry.web import shell
from inquiry.workflow.work import House, sessions_on


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation decides; `config.load` reads them. Times in minutes and hours, sizes in bytes."""

    root: Path
    database_url: str
    keyring_path: Path
    secret_key: str = field(repr=False)
    is_https: bool = False
    trusted_proxies: int = 0
    session_idle_minutes: int = 30
    session_hours: int = 10
    max_upload_bytes: int = 64 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """Build the application: open the house, then hang every screen into it.

    An empty database is made ready; keys for an embedded one are made when missing.
    """
    app = Flask("inquiry", root_path=str(settings.root), template_folder="templates", static_folder="static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        SESSION_COOKIE_NAME="__Host-inquiry" if settings.is_https else "inquiry",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        TRUSTED_PROXIES=settings.trusted_proxies,
        SESSION_IDLE_MINUTES=settings.session_idle_minutes,
        SESSION_HOURS=settings.session_hours,
        WTF_CSRF_TIME_LIMIT=None,
    )
    shell.furnish(app, open_house(settings))
    return app


def open_house(settings: Settings) -> House:
    """Open database and keys, and make both when this is the first start of an embedded installation."""
    engine = connect(settings.database_url)
    schema.ensure(engine, settings.root / "migrations")
    return House(
        sessions=sessions_on(engine),
        sealer=Sealer(_keyring(settings.keyring_path)),
        clock=lambda: datetime.now(UTC),
        press=LetterPress(settings.root / "templates"),
    )


def _keyring(path: Path) -> KeyRing:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return create_keyring(path)
    except FileExistsError:
        return load_keyring(path)
