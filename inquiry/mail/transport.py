"""Handing one mail over to the operator's server (メールの送信).

Decides   what the server's answers mean: taken, try again, never. A certificate that does not fit is no connection,
          and what follows the server's word on the mail changes nothing of it.
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
# The first digit of RFC 5321 4.2.1; everything else, no number at all included, is no answer yet.
_CONSENT: Final = 2
_REFUSAL_FOR_GOOD: Final = 5
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
        session = _connected(server)
    except smtplib.SMTPResponseException as error:
        # It is the operator whom the server does not know, so nothing is wrong with the mail.
        return Outcome(Result.LATER, _code(error.smtp_code, error.smtp_error))
    except (smtplib.SMTPException, OSError):
        return Outcome(Result.LATER, NO_CONNECTION)
    try:
        return _said(session, server, envelope, why_stay=why_stay)
    except (smtplib.SMTPException, OSError):
        # Gone after the whole mail was said, a server may have kept it or not: one file twice is better than none.
        return Outcome(Result.LATER, NO_CONNECTION)
    finally:
        _take_leave(session, server)


def _take_leave(session: smtplib.SMTP, server: MailServer) -> None:
    """Say goodbye; whatever the server makes of that changes nothing of what it said of the mail."""
    try:
        _wait_at_most(session, server.timeout_seconds)
        session.quit()
    except (smtplib.SMTPException, OSError):
        pass
    finally:
        session.close()


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


def _said(session: smtplib.SMTP, server: MailServer, envelope: Envelope, *, why_stay: Callable[[], str]) -> Outcome:
    # A report of failure is to carry the head of the mail only, and never the file.
    asks, tells = (
        ([f"ENVID={envelope.mail_id}", "RET=HDRS"], ["NOTIFY=FAILURE"]) if session.has_extn("dsn") else ([], [])
    )
    code, text = session.mail(server.sender, asks)
    if not _is_consent(code):
        return Outcome(Result.LATER, _code(code, text))
    code, text = session.rcpt(envelope.to, tells)
    if not _is_consent(code):
        return _refused(code, text)
    if reason := why_stay():
        return Outcome(Result.STAYED, reason)
    try:
        code, text = _content_said(session, server, envelope.content)
    except smtplib.SMTPDataError as error:
        # Nothing of the mail was said yet, so it was not taken, whatever the code.
        return _refused(error.smtp_code, error.smtp_error)
    return Outcome(Result.TAKEN, _code(code, text)) if _is_consent(code) else _refused(code, text)


def _content_said(session: smtplib.SMTP, server: MailServer, content: bytes) -> tuple[int, bytes]:
    # Who stops listening while the server still looks at the mail sends it once more each time.
    _wait_at_most(session, max(server.timeout_seconds, server.verdict_seconds))
    return session.data(content)


def _wait_at_most(session: smtplib.SMTP, seconds: float) -> None:
    if session.sock is not None:
        session.sock.settimeout(seconds)


def _is_consent(code: int) -> bool:
    return code // 100 == _CONSENT


def _refused(code: int, text: bytes | str) -> Outcome:
    is_for_good = code // 100 == _REFUSAL_FOR_GOOD
    return Outcome(Result.NEVER if is_for_good else Result.LATER, _code(code, text))


def _code(code: int, text: bytes | str) -> str:
    """Return the code with the finer one of RFC 3463, where the server says it: ``550-5.1.1``."""
    said = text.decode("ascii", "replace") if isinstance(text, bytes) else text
    finer = _FINER_CODE.match(said)
    return f"{code}-{finer[0]}" if finer else str(code)
