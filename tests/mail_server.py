"""A mail server that takes what it is sent, and refuses what a test tells it to refuse (試験用メールサーバ)."""

import asyncio
import functools
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from inquiry.mail.server import MailServer, Security

HOST = "127.0.0.1"
TAKEN = "250 2.0.0 OK"
SILENCE = "says nothing until it is told to go on"
GONE = "closes the connection"
USER, PASSWORD = "inquiry", "a password for tests"


@dataclass
class Receiver:
    """What arrived, and what is answered at each stage instead of consent; the first answers are used up first."""

    arrived: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    at_recipient: list[str] = field(default_factory=list)
    at_content: list[str] = field(default_factory=list)
    at_command: dict[str, str] = field(default_factory=dict)
    verdict_after_seconds: float = 0.0

    is_silent: threading.Event = field(default_factory=threading.Event)
    speaks_again: threading.Event = field(default_factory=threading.Event)

    async def _said(self, answers: list[str], otherwise: str) -> str:
        answer = answers.pop(0) if answers else otherwise
        if answer is SILENCE:
            self.is_silent.set()
            await asyncio.to_thread(self.speaks_again.wait)
            return "421 4.3.0 gone"
        return answer

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = await self._said(self.at_recipient, TAKEN)
        if answer is TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await self._said(self.at_content, TAKEN)
        await asyncio.sleep(self.verdict_after_seconds)
        if answer is GONE:
            server.transport.abort()
        if answer is TAKEN:
            self.raw.append(envelope.original_content)
            self.arrived.append(message_from_bytes(envelope.original_content, policy=default))
            self.to.extend(envelope.rcpt_tos)
        return answer


_Command = Callable[[SMTP, str | None], Awaitable[None]]


def _answered_as_told(command: str) -> _Command:
    """Return a command of the server that says what the receiver was told to say instead, for as long as it stands."""
    ordinary: _Command = getattr(SMTP, f"smtp_{command}")

    @functools.wraps(ordinary)
    async def spoken(self: Any, argument: str | None) -> None:
        answer = self.event_handler.at_command.get(command)
        if answer is None:
            await ordinary(self, argument)
        elif answer is GONE:
            self.transport.abort()
        else:
            await self.push(answer)

    return spoken


class _Server(SMTP):
    """The server, each command of which may be answered otherwise."""

    smtp_EHLO = _answered_as_told("EHLO")  # noqa: N815
    smtp_MAIL = _answered_as_told("MAIL")  # noqa: N815
    smtp_RCPT = _answered_as_told("RCPT")  # noqa: N815
    smtp_DATA = _answered_as_told("DATA")  # noqa: N815
    smtp_QUIT = _answered_as_told("QUIT")  # noqa: N815


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def running_mail_server(folder: Path, security: Security = Security.NONE) -> Iterator[tuple[MailServer, Receiver]]:
    """Run a server on a free port; with TLS it has a certificate of its own, after STARTTLS it asks who is there."""
    receiver, options, authorities = Receiver(), {}, None
    if security is not Security.NONE:
        authorities = folder / "certificate.pem"
        context = _context(authorities, folder / "key.pem")
        options = (
            {"ssl_context": context}
            if security is Security.TLS
            else {"tls_context": context, "require_starttls": True, "authenticator": _knows, "auth_required": True}
        )
    port = free_port()
    controller = _Controller(receiver, hostname=HOST, port=port, ready_timeout=60, **options)
    controller.start()
    server = MailServer(host=HOST, port=port, sender="answers@insurers.example", security=security, timeout_seconds=2)
    if authorities is not None:
        server = replace(server, authorities=authorities)
    if security is Security.STARTTLS:
        server = replace(server, user=USER, password=PASSWORD)
    try:
        yield server, receiver
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
    is_known = isinstance(said, LoginPassword) and (said.login, said.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known)


def _context(certificate_path: Path, key_path: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a mail server for tests")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_path, key_path)
    return context
