"""``inquiry mail``: empty the outbox (メールの送信)."""

import logging
import signal
import threading
from collections import Counter
from types import FrameType
from typing import Final

import click
from flask.cli import AppGroup

from inquiry.cli.surroundings import house, operator
from inquiry.store.outbox import MailState
from inquiry.workflow.dispatching import send_one
from inquiry.workflow.work import DatabaseTrouble

group = AppGroup("mail", help="Send what waits in the outbox.")
LOOKS_EVERY_SECONDS: Final = 5.0


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
