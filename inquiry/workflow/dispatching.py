"""The worker that empties the outbox: claims a mail, hands it over, writes down what came of it (メールの送信).

Decides   what is looked at once more in the moment a mail leaves: an answer passes the gate then, and not before.
Not here  the outbox: outbox.py. The talk with the server: mail/transport.py.

Each try is three units of work with the server in between, so that nobody waits for it: claimed, leaving, settled.
Killed anywhere, the worker leaves a mail that is tried again, the same to the byte; a receiver knows it by its id.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from inquiry.domain.errors import InquiryError
from inquiry.domain.parties import Actor
from inquiry.mail.message import Kind
from inquiry.mail.transport import hand_over
from inquiry.store.outbox import MailState, OutgoingMail
from inquiry.workflow import bounces, mailing, noticing, outbox, reminding
from inquiry.workflow.work import House, Work

# What is done, in the name of its writer, in the moment a mail of this kind leaves; it raises if the mail must stay.
LEAVING: Final[Mapping[Kind, Callable[[Work, str], None]]] = {
    Kind.LOCKED_FILE: mailing.leave,
    Kind.REMINDER: reminding.leave,
    Kind.DIRECTORY_CHANGE: noticing.leave_of_change,
    Kind.DIRECTORY_ADDITION: noticing.leave_of_change,
}


def send_one(house: House, worker: Actor) -> MailState | None:
    """Try the mail whose time has come and return where it stands then; None if none waits.

    :raises Forbidden: if the operator named no mail server.
    """
    _give_up(house, worker)
    with house.work(worker) as work:
        post, envelope = outbox.post_of(work), outbox.claim(work, _opens_next)
    if envelope is None:
        return None
    outcome = hand_over(post.server, envelope, why_stay=lambda: _why_stay(house, worker, envelope.mail_id))
    with house.work(worker) as work:
        return bounces.settle(work, envelope.mail_id, outcome)


def _opens_next(work: Work, mail: OutgoingMail) -> datetime | None:
    return reminding.opens_next(work, mail) if mail.kind == Kind.REMINDER else None


def _give_up(house: House, worker: Actor) -> None:
    with house.reading(worker) as work:
        mail_ids = outbox.overdue(work)
    for mail_id in mail_ids:
        with house.work(worker) as work:
            outbox.give_up(work, mail_id)


def _why_stay(house: House, worker: Actor, mail_id: str) -> str:
    """Let a mail leave, and return "", or the code of what forbids it."""
    try:
        with house.reading(worker) as work:
            kind, writer = outbox.origin(work, mail_id)
        leave = LEAVING.get(kind)
        with house.work(writer if leave else worker) as work:
            (leave or outbox.leaving)(work, mail_id)
    except InquiryError as error:
        return error.code
    return ""
