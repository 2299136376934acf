"""``inquiry mail``: empty the outbox, and read what comes back (メールの送信・不達の取込)."""

import logging
import mailbox
import signal
import sys
import threading
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Final

import click
from flask.cli import AppGroup

from inquiry.cli.surroundings import house, operator
from inquiry.mail.reports import read_report
from inquiry.store.outbox import MailState
from inquiry.workflow.bounces import came_back
from inquiry.workflow.dispatching import send_one
from inquiry.workflow.work import DatabaseTrouble

group = AppGroup("mail", help="Send what waits in the outbox, and read what comes back.")
LOOKS_EVERY_SECONDS: Final = 5.0
LARGEST_REPORT_BYTES: Final = 1024 * 1024


@group.command("send")
@click.option("--watch", is_flag=True, help="Go on until ended, and look into the outbox every few seconds.")
def send(*, watch: bool) -> None:
    """Hand over every mail whose time has come to the server that INQUIRY_MAIL_HOST names."""
    if watch:
        _watch()
        return
    counted = Counter(iter(_sent, None))
    said = ", ".join(f"{number:,} {state}" for state, number in sorted(counted.items()))
    click.echo(said or "Nothing waits to be sent.")


@group.command("bounces")
@click.option("--maildir", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Read its new messages.")
def bounces(maildir: Path | None) -> None:
    """Read reports of failure from a Maildir, or one from standard input; writers and PMO staff are told."""
    if maildir is None:
        content = sys.stdin.buffer.read(LARGEST_REPORT_BYTES)
        click.echo("A mail came back." if _has_told(content) else "No report about a mail of ours.")
        return
    understood = other = 0
    folder = mailbox.Maildir(maildir, create=False)
    for name in [name for name, message in folder.iteritems() if message.get_subdir() == "new"]:
        message = folder[name]
        is_ours = _has_told(message.as_bytes()[:LARGEST_REPORT_BYTES])
        # Away from what is new either way, or it would be read again each time; unseen, if a person is to read it.
        message.set_subdir("cur")
        message.set_flags("S" if is_ours else "")
        folder[name] = message
        understood, other = understood + is_ours, other + (not is_ours)
    click.echo(f"{understood:,} mails came back; {other:,} messages are no reports about mails of ours.")


def _has_told(content: bytes) -> bool:
    report = read_report(content)
    if report is None:
        return False
    with house().work(operator()) as work:
        return came_back(work, report.mail_id, report.status)


def _sent() -> MailState | None:
    return send_one(house(), operator())


def _watch() -> None:
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    while not ended.is_set():
        try:
            has_sent = _sent() is not None
        except DatabaseTrouble:
            # The database comes back sooner or later, and nobody else would start the worker again.
            logging.getLogger(__name__).exception("the outbox could not be read")
            has_sent = False
        if not has_sent:
            ended.wait(LOOKS_EVERY_SECONDS)
