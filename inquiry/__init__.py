"""inquiry (照会): the manual fallback between municipalities and medical insurers, run properly.

`create_app` alone sees every floor; docs/architecture.md draws them. It imports them when it is called, so that
whoever needs one floor does not wait for all of them.
"""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from inquiry.documents.electronic_seal import ElectronicSeal
    from inquiry.mail.server import MailServer
    from inquiry.workflow.work import House


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation decides; `config.load` reads them. Times in minutes and hours, sizes in bytes.

    `public_address` is where readers of a letter find this installation; `seal_path` is the PKCS#12 file that seals
    letters of insurers without one of their own. Without them letters bear no QR code, and no seal.
    """

    root: Path
    var: Path
    database_url: str
    keyring_path: Path
    secret_key: str = field(repr=False)
    is_https: bool = False
    trusted_proxies: int = 0
    session_idle_minutes: int = 30
    session_hours: int = 10
    public_address: str = ""
    seal_path: Path | None = None
    seal_password_path: Path | None = None
    timestamp_address: str = ""
    max_upload_bytes: int = 64 << 20
    roster_upload_bytes: int = 1 << 30  # it lies on disk, and is read portion by portion
    mail: "MailServer | None" = None


def create_app(settings: Settings) -> "Flask":
    """Build the application: open the house, then hang every screen into it.

    An empty database is made ready; keys for an embedded one are made when missing.
    """
    from flask import Flask

    from inquiry.web import shell

    app = Flask("inquiry", root_path=str(settings.root), template_folder="templates", static_folder="static")
    app.config.update(
        VAR=settings.var,
        KEYRING=settings.keyring_path,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        ROSTER_UPLOAD_BYTES=settings.roster_upload_bytes,
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


def open_house(settings: Settings) -> "House":
    """Open database and keys, and make both when this is the first start of an embedded installation."""
    from inquiry.documents.press import LetterPress
    from inquiry.documents.startup import check_fonts
    from inquiry.mail.message import Post
    from inquiry.mail.wording import MailWording
    from inquiry.security.keyring import open_keyring
    from inquiry.security.sealing import Sealer
    from inquiry.store import schema
    from inquiry.store.engine import connect
    from inquiry.workflow.work import House, sessions_on

    for problem in check_fonts():
        logging.getLogger(__name__).warning(problem)
    engine = connect(settings.database_url)
    schema.ensure(engine, settings.root / "migrations")
    templates = settings.root / "templates"
    return House(
        sessions=sessions_on(engine),
        sealer=Sealer(open_keyring(settings.keyring_path)),
        clock=lambda: datetime.now(UTC),
        press=LetterPress(templates),
        post=Post(settings.mail, MailWording(templates)) if settings.mail else None,
        seal=_operators_seal(settings),
        public_address=settings.public_address,
        timestamp_address=settings.timestamp_address,
    )


def _operators_seal(settings: Settings) -> "ElectronicSeal | None":
    from inquiry.documents.electronic_seal import open_seal

    if settings.seal_path is None:
        return None
    kept = settings.seal_password_path
    password = kept.read_text(encoding="utf-8").strip() if kept else ""
    return open_seal(settings.seal_path.read_bytes(), password, timestamp_address=settings.timestamp_address)
