"""Where this installation keeps things, read from the environment once (設定).

Everything has a default for the embedded database, made under `var/` on first start and readable by its owner alone.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from inquiry import Settings
from inquiry.mail.server import MailServer, Security

ROOT = Path(__file__).resolve().parent
SECRET_BYTES = 32
_MAIL_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


def load() -> Settings:
    """Read the environment; make the embedded default's folder and secret when missing.

    ``DATABASE_URL``, ``INQUIRY_VAR`` (folder), ``INQUIRY_KEYRING`` and ``INQUIRY_SECRET_KEY_FILE`` (files),
    ``INQUIRY_HTTPS`` (1 behind TLS) and ``INQUIRY_TRUSTED_PROXIES`` (how many hops to believe);
    ``INQUIRY_ROSTER_UPLOAD_MB`` (the largest roster that a page takes; it lies in the folder for temporary files);
    ``INQUIRY_PUBLIC_ADDRESS`` (for the QR code of letters), ``INQUIRY_SEAL_FILE`` with ``INQUIRY_SEAL_PASSWORD_FILE``
    (PKCS#12 and its password) and ``INQUIRY_TIMESTAMP_ADDRESS`` (a server as RFC 3161 draws it);
    ``INQUIRY_MAIL_HOST`` and what belongs to it: docs/mail.md.
    """
    var = Path(os.environ.get("INQUIRY_VAR", ROOT / "var"))
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Settings(
        root=ROOT,
        var=var,
        database_url=os.environ.get("DATABASE_URL", f"sqlite:///{var / 'inquiry.sqlite3'}"),
        keyring_path=Path(os.environ.get("INQUIRY_KEYRING", var / "keyring.json")),
        secret_key=_secret(Path(os.environ.get("INQUIRY_SECRET_KEY_FILE", var / "secret-key"))),
        is_https=os.environ.get("INQUIRY_HTTPS", "0") == "1",
        trusted_proxies=int(os.environ.get("INQUIRY_TRUSTED_PROXIES", "0")),
        public_address=os.environ.get("INQUIRY_PUBLIC_ADDRESS", "").rstrip("/"),
        seal_path=_file("INQUIRY_SEAL_FILE"),
        seal_password_path=_file("INQUIRY_SEAL_PASSWORD_FILE"),
        timestamp_address=os.environ.get("INQUIRY_TIMESTAMP_ADDRESS", ""),
        roster_upload_bytes=int(os.environ.get("INQUIRY_ROSTER_UPLOAD_MB", "1024")) << 20,
        mail=_mail_server(),
    )


def _mail_server() -> MailServer | None:
    """Return the server that ``INQUIRY_MAIL_HOST`` names; without it no mail is sent."""
    host = os.environ.get("INQUIRY_MAIL_HOST", "")
    if not host:
        return None
    security = Security(os.environ.get("INQUIRY_MAIL_SECURITY", Security.STARTTLS))
    password_file = _file("INQUIRY_MAIL_PASSWORD_FILE")
    return MailServer(
        host=host,
        port=int(os.environ.get("INQUIRY_MAIL_PORT", _MAIL_PORTS[security])),
        sender=os.environ["INQUIRY_MAIL_SENDER"],
        security=security,
        authorities=_file("INQUIRY_MAIL_AUTHORITIES"),
        user=os.environ.get("INQUIRY_MAIL_USER", ""),
        password=password_file.read_text().strip() if password_file else "",
        timeout_seconds=float(os.environ.get("INQUIRY_MAIL_TIMEOUT_SECONDS", "20")),
        hold=timedelta(minutes=float(os.environ.get("INQUIRY_MAIL_HOLD_MINUTES", "5"))),
        give_up_after=timedelta(hours=float(os.environ.get("INQUIRY_MAIL_GIVE_UP_HOURS", "24"))),
    )


def _file(variable: str) -> Path | None:
    named = os.environ.get(variable, "")
    return Path(named) if named else None


def _secret(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(SECRET_BYTES))
    return path.read_text().strip()
