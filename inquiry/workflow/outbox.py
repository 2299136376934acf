"""Mail waits in the outbox until it has left, and is never lost or doubled on the way (送信箱).

Decides   how long a mail may be taken back, when it is tried again, and when it is given up.
Not here  who may write what to whom: the step's own file. The worker that empties the outbox: dispatching.py.

    outbox.enqueue(work, Kind.LOCKED_FILE, to=address, about=About(facts, inquiry), attachment=LockedFile(…))

writes a mail in the caller's unit of work: it is there if, and only if, what caused it is. `about.facts` are what the
kind's template asks for; with an inquiry the mail is noted on its timeline, and what tells who it is about is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.inquiry import State
from inquiry.domain.parties import Actor, Role
from inquiry.mail.message import NOTICES, Attachment, Draft, Kind, Post
from inquiry.mail.transport import Envelope, Outcome, Result
from inquiry.security.sealing import content_hash
from inquiry.store.answering import answer_given
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry
from inquiry.store.organisations import Account
from inquiry.store.outbox import (
    MailState,
    OutgoingMail,
    due_mail,
    held_inquiry,
    latest_to,
    locked_mail,
    mails_about,
    mails_latest_first,
    overdue_mails,
)
from inquiry.workflow import accounts
from inquiry.workflow.viewing import subject_of
from inquiry.workflow.work import Work

# Longer than a server may take for a whole mail: who claimed it and fell silent is dead.
CLAIMED_FOR: Final = timedelta(minutes=30)
LONGEST_LIST: Final = 200
FRESH: Final = timedelta(days=30)  # for as long a mail that failed stands before those that wait
GIVEN_UP: Final = "given_up"
CLOSED: Final = "closed"  # nobody is at work at that hour
PAUSES: Final = tuple(timedelta(minutes=each) for each in (1, 2, 5, 10, 20, 30, 60))
_ENDS: Final = {Result.TAKEN: MailState.SENT, Result.NEVER: MailState.FAILED, Result.STAYED: MailState.STOPPED}


@dataclass(frozen=True, slots=True)
class About:
    """What a mail says, and the inquiry and answer, step of an escalation or change of a directory it belongs to."""

    facts: Mapping[str, str]
    inquiry: Inquiry | None = None
    answer_id: str | None = None
    escalation_id: str | None = None
    amendment_id: str | None = None


def post_of(work: Work) -> Post:
    """Return what mail is written with.

    :raises Forbidden: if the operator named no mail server.
    """
    if work.house.post is None:
        raise Forbidden("mail:no_server")
    return work.house.post


def enqueue(
    work: Work,
    kind: Kind,
    *,
    to: str,
    about: About,
    attachment: Attachment | None = None,
    not_before: datetime | None = None,
) -> OutgoingMail:
    """Write a mail, to be sent after the time in which it may be taken back, and not before a given time.

    :raises Forbidden: if no server is named, or the mail would say what no mail may say.
    :raises MyNumberFound: if a My Number stands in it.
    """
    post, mail_id = post_of(work), new_id()
    draft = Draft(kind, to, about.facts, attachment, _unsaid(work, about.inquiry))
    send_at = max(work.now + post.server.hold, not_before or work.now)
    mail = OutgoingMail(
        id=mail_id,
        kind=kind,
        state=MailState.WAITING,
        organisation_id=work.actor.organisation_id,
        inquiry_id=about.inquiry.id if about.inquiry else None,
        answer_id=about.answer_id,
        escalation_id=about.escalation_id,
        amendment_id=about.amendment_id,
        to_ct=work.seal(to, "outgoing_mail.to", mail_id),
        to_key=address_key(work, to),
        content_ct=work.seal_bytes(post.compose(draft, mail_id=mail_id, at=work.now), "outgoing_mail.content", mail_id),
        attachment_sha256=content_hash(attachment.content) if attachment else "",
        written_at=work.now,
        written_by=work.actor.account_id,
        send_at=send_at,
        next_try_at=send_at,
        tries=0,
        code="",
    )
    work.session.add(mail)
    _tell(work, mail, "mail_written", kind=kind)
    return mail


def recall(work: Work, mail_id: str) -> OutgoingMail:
    """Take back a mail of one's own organisation before it has left.

    :raises NotFound: if there is none.
    :raises Forbidden: if it has left, or will not leave any more.
    """
    mail = _own(work, mail_id)
    if mail.state != MailState.WAITING or mail.left_at is not None:
        raise Forbidden("mail:gone_already")
    _end(work, mail, MailState.RECALLED)
    return mail


def drop(work: Work, mail_id: str) -> None:
    """Take back a mail that has not left because what caused it is over; whoever may end the cause may do so."""
    mail = _held(work, mail_id)
    if mail.state == MailState.WAITING:
        _end(work, mail, MailState.RECALLED)


def overdue(work: Work) -> list[str]:
    """Return the mails that nobody could send for too long; a notice waits for as long as it is true."""
    return overdue_mails(work.session, work.now, work.now - post_of(work).server.give_up_after, never=NOTICES)


def give_up(work: Work, mail_id: str) -> None:
    """Write down that a mail has failed for want of a server, unless somebody ended it first."""
    mail = _held(work, mail_id)
    if mail.state == MailState.WAITING:
        _end(work, mail, MailState.FAILED, mail.code or GIVEN_UP)


def claim(work: Work, opens_next: Callable[[Work, OutgoingMail], datetime | None]) -> Envelope | None:
    """Take the mail whose time has come into one's hands, or None; a worker that dies lets go of it after a while.

    One for which nobody is at work now waits until `opens_next`.
    """
    while (mail := due_mail(work.session, work.now)) is not None and (opens := opens_next(work, mail)) is not None:
        mail.send_at = mail.next_try_at = opens
        work.record("mail:deferred", mail=mail.id, code=CLOSED)
    if mail is None:
        return None
    mail.claimed_until, mail.tries = work.now + CLAIMED_FOR, mail.tries + 1
    work.record("mail:tried", mail=mail.id, times=str(mail.tries))
    content = work.open_bytes(mail.content_ct or b"", "outgoing_mail.content", mail.id)
    return Envelope(mail.id, work.open(mail.to_ct, "outgoing_mail.to", mail.id), content)


def origin(work: Work, mail_id: str) -> tuple[Kind, Actor]:
    """Return what a mail is for, and in whose name it is sent: a notice in the worker's.

    :raises Forbidden: if whoever wrote it has no account any more.
    """
    mail = work.session.get_one(OutgoingMail, mail_id)
    if mail.kind in NOTICES:
        return Kind(mail.kind), work.actor
    writer = work.session.get(Account, mail.written_by)
    if writer is None:
        return Kind(mail.kind), accounts.operator(work.house)
    if writer.disabled_at is not None:
        raise Forbidden("mail:writer_gone")
    return Kind(mail.kind), accounts.actor_of(writer)


def leaving(work: Work, mail_id: str) -> OutgoingMail:
    """Note that a mail leaves now; from here on nobody takes it back.

    :raises Forbidden: if it was taken back, or has ended otherwise.
    """
    mail = _held(work, mail_id)
    if mail.state != MailState.WAITING:
        raise Forbidden("mail:gone_already")
    mail.left_at = mail.left_at or work.now
    work.record("mail:left", mail=mail.id)
    return mail


def settle(work: Work, mail_id: str, outcome: Outcome) -> MailState:
    """Write down what came of a try: sent, to be tried again, or failed for good."""
    mail = _held(work, mail_id)
    if mail.state == MailState.WAITING:
        mail.claimed_until, mail.code = None, outcome.code
        if outcome.result is Result.LATER:
            mail.next_try_at = work.now + PAUSES[min(mail.tries, len(PAUSES)) - 1]
            work.record("mail:deferred", mail=mail.id, code=outcome.code)
        else:
            _end(work, mail, _ENDS[outcome.result], outcome.code)
    return MailState(mail.state)


def came_back(work: Work, mail_id: str, code: str) -> bool:
    """Write down that another server sent a mail back; False if there is no such mail, or it is known already."""
    found = work.session.get(OutgoingMail, mail_id)
    if found is None:
        return False
    mail = _held(work, mail_id)
    if mail.left_at is None or mail.state == MailState.BOUNCED:
        return False
    _end(work, mail, MailState.BOUNCED, code)
    return True


def has_come_back_from(work: Work, address: str) -> bool:
    """Say whether the latest mail to an address that has left came back."""
    latest = latest_to(work.session, address_key(work, address))
    return latest is not None and latest.state == MailState.BOUNCED


def of_inquiry(work: Work, inquiry: Inquiry) -> list[OutgoingMail]:
    """Return the mails about an inquiry, the newest first; nothing sealed is opened."""
    return mails_about(work.session, inquiry.id)


def listing(work: Work) -> list[tuple[OutgoingMail, str, str | None]]:
    """Return the mails of the actor's organisation, for PMO staff everybody's, with sender and receipt number.

    Those that lately did not arrive come first; nothing sealed is opened.
    """
    organisation_id = None if work.actor.role is Role.PMO_STAFF else work.actor.organisation_id
    return mails_latest_first(work.session, organisation_id, fresh_since=work.now - FRESH, limit=LONGEST_LIST)


def address_key(work: Work, address: str) -> bytes:
    """Return by what mails to the same address are found, without opening any."""
    return work.house.sealer.blind_index("mail_address", "inquiry", address.lower())


def _own(work: Work, mail_id: str) -> OutgoingMail:
    mail = _held(work, mail_id)
    if mail.organisation_id != work.actor.organisation_id:
        raise NotFound("mail:not_found")
    return mail


def _held(work: Work, mail_id: str) -> OutgoingMail:
    """Hold the inquiry first and then the mail, as everybody does, so that nobody waits in a circle."""
    found = work.session.get(OutgoingMail, mail_id)
    if found is None:
        raise NotFound("mail:not_found")
    if found.inquiry_id is not None:
        held_inquiry(work.session, found.inquiry_id)
    return locked_mail(work.session, mail_id)


def _end(work: Work, mail: OutgoingMail, state: MailState, code: str = "") -> None:
    mail.state, mail.code, mail.ended_at, mail.claimed_until = state, code, work.now, None
    mail.content_ct = None
    if state is not MailState.SENT and mail.left_at is not None and mail.noticed_at is None:
        _unanswer(work, mail)
    _tell(work, mail, f"mail_{state}", code=code)


def _unanswer(work: Work, mail: OutgoingMail) -> None:
    """Let an answer that left with a mail and did not arrive count as answered no more: what is owed is still owed."""
    inquiry = held_inquiry(work.session, mail.inquiry_id) if mail.inquiry_id else None
    given = answer_given(work.session, inquiry.id) if inquiry is not None else None
    if inquiry is not None and given is not None and given.id == mail.answer_id and inquiry.state == State.ANSWERED:
        inquiry.answered_at = None


def _tell(work: Work, mail: OutgoingMail, happened: str, **refs: str) -> None:
    inquiry = held_inquiry(work.session, mail.inquiry_id) if mail.inquiry_id else None
    if inquiry is None or mail.kind in NOTICES:
        work.record(f"mail:{happened.removeprefix('mail_')}", inquiry, mail=mail.id, **refs)
    else:
        work.note(inquiry, happened, mail=mail.id, **refs)


def _unsaid(work: Work, inquiry: Inquiry | None) -> frozenset[str]:
    """Return the names of the person an inquiry is about."""
    if inquiry is None:
        return frozenset()
    subject = subject_of(work, inquiry)
    names = (subject.name, subject.alias, subject.former_name)
    return frozenset(text for name in names for text in (name.written, name.kana) if text)
