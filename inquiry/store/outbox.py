"""Mail on its way: what is written, waits, is tried, has left or came back (送信メール)."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, String, and_, case, exists, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from inquiry.domain.inquiry import State
from inquiry.domain.reply import Channel
from inquiry.store.answering import Answer
from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.correcting import Retraction
from inquiry.store.inquiries import Inquiry, Scope, scoped
from inquiry.store.organisations import Organisation


class MailState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    SENT = "sent"
    RECALLED = "recalled"  # its writer took it back in time
    STOPPED = "stopped"  # it was not to leave any more
    FAILED = "failed"  # the server refused it, or was not reached for too long
    BOUNCED = "bounced"  # another server sent it back


class OutgoingMail(Base):
    """One mail (送信メール); whom it goes to and what it says is sealed, and what it says is gone once it has left."""

    __tablename__ = "outgoing_mail"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, comment="Message-IDの左側")
    kind: Mapped[str] = mapped_column(String(32), comment="メールの種類")
    state: Mapped[str] = mapped_column(String(16))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), comment="差出人の組織")
    inquiry_id: Mapped[str | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    answer_id: Mapped[str | None] = mapped_column(ForeignKey("answer.id"))
    escalation_id: Mapped[str | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    amendment_id: Mapped[str | None] = mapped_column(ForeignKey("amendment.id"))
    to_ct: Mapped[bytes] = mapped_column(LargeBinary, comment="宛先（暗号化）")
    to_key: Mapped[bytes] = mapped_column(LargeBinary, comment="同じ宛先を探す索引（鍵付き）")
    content_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="メール全体（暗号化）。終われば消す")
    attachment_sha256: Mapped[str] = mapped_column(String(64), default="")
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[str] = mapped_column(String(36))
    send_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="この時刻までは取り戻せる")
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="最初に送り出そうとした時刻")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code: Mapped[str] = mapped_column(String(60), default="", comment="最後の応答コード又は理由")
    noticed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="不達を確認した時刻")
    noticed_by: Mapped[str | None] = mapped_column(String(36))

    __table_args__ = (
        Index("ix_outgoing_mail_state_next_try_at", "state", "next_try_at"),
        Index("ix_outgoing_mail_organisation_id_written_at", "organisation_id", "written_at"),
        Index("ix_outgoing_mail_to_key", "to_key"),
    )


def due_mail(session: Session, now: datetime) -> OutgoingMail | None:
    """Return the mail that waits longest for a try and is in nobody's hands, and hold its row."""
    query = select(OutgoingMail).where(_is_due(now)).order_by(OutgoingMail.next_try_at).limit(1)
    return session.scalar(query.with_for_update(skip_locked=True))


def overdue_mails(session: Session, now: datetime, since: datetime, *, never: Collection[str]) -> list[str]:
    """Return the ids of the mails that are due and were to be sent before a time; of some kinds none ever is."""
    is_late = and_(_is_due(now), OutgoingMail.send_at <= since)
    return list(session.scalars(select(OutgoingMail.id).where(is_late, OutgoingMail.kind.not_in(never))))


def _is_due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(OutgoingMail.claimed_until.is_(None), OutgoingMail.claimed_until <= now)
    return and_(OutgoingMail.state == MailState.WAITING, OutgoingMail.next_try_at <= now, is_free)


def locked_mail(session: Session, mail_id: str) -> OutgoingMail:
    """Return a mail that is there, and hold its row until the unit of work ends."""
    query = select(OutgoingMail).where(OutgoingMail.id == mail_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def held_inquiry(session: Session, inquiry_id: str) -> Inquiry:
    """Return the inquiry a mail is about and hold its row; whose it is was settled when the mail was written."""
    query = select(Inquiry).where(Inquiry.id == inquiry_id).with_for_update(of=Inquiry)
    return session.scalars(query.execution_options(populate_existing=True)).one()


_ANSWERABLE: Final = (State.IDENTIFIED, State.NOT_FOUND)
# Refused or given up, sent back, or kept from leaving.
_IN_VAIN: Final = (MailState.FAILED, MailState.BOUNCED, MailState.STOPPED)


def undelivered(
    session: Session, scope: Scope, *, kind: str, inquiry_id: str | None = None
) -> list[tuple[OutgoingMail, Inquiry]]:
    """Return each inquiry's latest mail of a kind that was in vain and is dealt with by nobody, the oldest first.

    It counts while the answer it carried stands, or, if it never left, while that is still to be given as a file.
    """
    later = aliased(OutgoingMail)
    is_latest = ~exists().where(
        later.inquiry_id == OutgoingMail.inquiry_id, later.kind == kind, later.written_at > OutgoingMail.written_at
    )
    is_given = and_(Answer.given_at.is_not(None), Answer.id.not_in(select(Retraction.answer_id)))
    stands = and_(Inquiry.state == State.ANSWERED, OutgoingMail.left_at.is_not(None), is_given)
    is_owed = and_(Inquiry.state.in_(_ANSWERABLE), Answer.given_at.is_(None), Answer.channel == Channel.FILE)
    query = (
        select(OutgoingMail, Inquiry)
        .join(Inquiry, Inquiry.id == OutgoingMail.inquiry_id)
        .join(Answer, Answer.id == OutgoingMail.answer_id)
        .where(OutgoingMail.kind == kind, OutgoingMail.state.in_(_IN_VAIN), OutgoingMail.noticed_at.is_(None))
        .where(is_latest, or_(stands, is_owed), Inquiry.id.in_(scoped(scope).with_only_columns(Inquiry.id)))
    )
    if inquiry_id is not None:
        query = query.where(Inquiry.id == inquiry_id)
    return [(mail, inquiry) for mail, inquiry in session.execute(query.order_by(Inquiry.filed_at, Inquiry.id))]


TROUBLED: Final = (MailState.FAILED, MailState.BOUNCED)


def mails_latest_first(
    session: Session, organisation_id: str | None, *, fresh_since: datetime, limit: int
) -> list[tuple[OutgoingMail, str, str | None]]:
    """Return mails with the name of who sends them and the receipt number they are about: failed ones, waiting, others.

    A failure that is older, or that somebody has dealt with, stands among the others. Without an organisation those of
    everybody.
    """
    query = (
        select(OutgoingMail, Organisation.name, Inquiry.number)
        .join(Organisation, Organisation.id == OutgoingMail.organisation_id)
        .outerjoin(Inquiry, Inquiry.id == OutgoingMail.inquiry_id)
    )
    if organisation_id is not None:
        query = query.where(OutgoingMail.organisation_id == organisation_id)
    is_troubling = OutgoingMail.state.in_(TROUBLED) & OutgoingMail.noticed_at.is_(None)
    turn = case(
        (is_troubling & (OutgoingMail.written_at >= fresh_since), 0),
        (OutgoingMail.state == MailState.WAITING, 1),
        else_=2,
    )
    ordered = query.order_by(turn, OutgoingMail.written_at.desc(), OutgoingMail.id).limit(limit)
    return [(mail, sender, number) for mail, sender, number in session.execute(ordered)]


def mails_about(session: Session, inquiry_id: str) -> list[OutgoingMail]:
    """Return the mails about an inquiry, the newest first."""
    query = select(OutgoingMail).where(OutgoingMail.inquiry_id == inquiry_id)
    return list(session.scalars(query.order_by(OutgoingMail.written_at.desc(), OutgoingMail.id)))


def mails_of_steps(session: Session, escalation_ids: Collection[str]) -> list[OutgoingMail]:
    """Return the mails by which these steps of an escalation were told, the oldest first."""
    query = select(OutgoingMail).where(OutgoingMail.escalation_id.in_(escalation_ids))
    return list(session.scalars(query.order_by(OutgoingMail.written_at, OutgoingMail.id)))


def mails_of_amendment(session: Session, amendment_id: str) -> list[OutgoingMail]:
    """Return the mails that told of a change of the directories, the oldest first."""
    query = select(OutgoingMail).where(OutgoingMail.amendment_id == amendment_id)
    return list(session.scalars(query.order_by(OutgoingMail.written_at, OutgoingMail.id)))


def latest_to(session: Session, to_key: bytes) -> OutgoingMail | None:
    """Return the mail to an address that left last."""
    query = select(OutgoingMail).where(OutgoingMail.to_key == to_key, OutgoingMail.left_at.is_not(None))
    return session.scalar(query.order_by(OutgoingMail.left_at.desc()).limit(1))
