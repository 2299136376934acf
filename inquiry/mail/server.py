"""The operator's mail server, as the settings name it (送信用メールサーバ).

Decides   nothing is sent where no server is named; how long a mail may still be taken back, and when it is given up.
Secrets   the password stands in a file of the operator's and is never shown or logged.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path


class Security(StrEnum):
    """How the way to the server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"  # for a server on this machine


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed over, and in whose name; `sender` is also where reports of failure come back to.

    `verdict_seconds` is how long the server may look at a whole mail before it says whether it takes it (RFC 5321
    4.5.3.2.6), `hold` how long a mail waits during which its writer may take it back; `give_up_after` counts from its
    send time.
    """

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    authorities: Path | None = None  # certificates to trust besides the system's
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 20.0
    verdict_seconds: float = 600.0
    hold: timedelta = timedelta(minutes=5)
    give_up_after: timedelta = timedelta(hours=24)

    @property
    def domain(self) -> str:
        """Return the domain in whose name mail is sent."""
        return self.sender.rpartition("@")[2]
