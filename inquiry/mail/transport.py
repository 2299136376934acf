"""Handing one mail over to the operator's server (メールの送信).

Decides   what the server's answers mean: taken, try again, never. A certificate that does not fit is no connection.
Not here  when to try again, and when to give up: workflow/outbox.py.

Whether the mail may leave is asked last, between the server's consent to the recipient and the first byte of the mail:
a server that is down, or refuses the recipient, has then changed nothing.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from inquiry.mail.server import MailServer, Security

NO_CONNECTION: Final = "connection"
_REFUSAL: Final = 400
_REFUSAL_FOR_GOOD: Final = 500
_FINER_CODE: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class Result(StrEnum):
    """What came of one try."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    STAYED = "stayed"  # it was not to leave any more


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result, with the server's code or why the mail stayed; the server's text may hold an address and is lost."""

    result: Result
    code: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail on its way: `mail_id` comes back with a report of failure."""

    mail_id: str
    to: str
    content: bytes


def hand_over(server: MailServer, envelope: Envelope, *, why_stay: Callable[[], str]) -> Outcome:
    """Try once to hand a mail over; `why_stay` is asked when only the mail itself is still to be said.

    It returns why the mail must not leave, or "" if it may.
    """
    try:
        with _connected(server) as session:
            return _said(session, server.sender, envelope, why_stay=why_stay)
    except smtplib.SMTPDataError as error:
        return _answered(error.smtp_code, error.smtp_error)
    except smtplib.SMTPResponseException as error:
        # It is the operator whom the server does not know, so nothing is wrong with the mail.
        return Outcome(Result.LATER, _code(error.smtp_code, error.smtp_error))
    except (smtplib.SMTPException, OSError):
        return Outcome(Result.LATER, NO_CONNECTION)


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.authorities is not None:
        context.load_verify_locations(server.authorities)
    session: smtplib.SMTP
    if server.security is Security.TLS:
        session = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=context)
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
    try:
        if server.security is Security.STARTTLS:
            session.starttls(context=context)
        if server.user:
            session.login(server.user, server.password)
        session.ehlo_or_helo_if_needed()
    except BaseException:
        session.close()
        raise
    return session


def _said(session: smtplib.SMTP, sender: str, envelope: Envelope, *, why_stay: Callable[[], str]) -> Outcome:
    # A report of failure is to carry the head of the mail only, and never the file.
    asks, tells = (
        ([f"ENVID={envelope.mail_id}", "RET=HDRS"], ["NOTIFY=FAILURE"]) if session.has_extn("dsn") else ([], [])
    )
    code, text = session.mail(sender, asks)
    if code >= _REFUSAL:
        return Outcome(Result.LATER, _code(code, text))
    code, text = session.rcpt(envelope.to, tells)
    if code >= _REFUSAL:
        return _answered(code, text)
    if reason := why_stay():
        session.rset()
        return Outcome(Result.STAYED, reason)
    return _answered(*session.data(envelope.content))


def _answered(code: int, text: bytes | str) -> Outcome:
    if code < _REFUSAL:
        return Outcome(Result.TAKEN, _code(code, text))
    return Outcome(Result.LATER if code < _REFUSAL_FOR_GOOD else Result.NEVER, _code(code, text))


def _code(code: int, text: bytes | str) -> str:
    """Return the code with the finer one of RFC 3463, where the server says it: ``550-5.1.1``."""
    said = text.decode("ascii", "replace") if isinstance(text, bytes) else text
    finer = _FINER_CODE.match(said)
    return f"{code}-{finer[0]}" if finer else str(code)
