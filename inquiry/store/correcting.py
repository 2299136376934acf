"""Answers that were taken back (回答の取消し): the answer stays on record, and nothing reads it as one any more."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Select, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime
from inquiry.store.inquiries import Desk, Inquiry, Scope, of_desk, scoped


class Retraction(Base):
    """That an answer was taken back: by whom, why, and when the municipality took note."""

    __tablename__ = "retraction"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    cause: Mapped[str] = mapped_column(String(20), comment="理由区分")
    reason_ct: Mapped[bytes] = mapped_column(LargeBinary, comment="取り消した理由（暗号化）")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


def retractions_of(session: Session, inquiry_id: str) -> list[Retraction]:
    """Return what was taken back of an inquiry, the latest first."""
    query = select(Retraction).where(Retraction.inquiry_id == inquiry_id)
    return list(session.scalars(query.order_by(Retraction.made_at.desc(), Retraction.answer_id)))


def unacknowledged(session: Session, inquiry_id: str) -> list[Retraction]:
    """Return what was taken back of an inquiry and the municipality has not taken note of."""
    return [row for row in retractions_of(session, inquiry_id) if row.acknowledged_at is None]


def unacknowledged_in(session: Session, scope: Scope) -> list[Inquiry]:
    """Return the inquiries of a scope with an answer taken back that nobody has taken note of, the oldest first."""
    return _unacknowledged(session, scoped(scope))


def unacknowledged_on_desk(session: Session, scope: Scope, desk: Desk) -> list[Inquiry]:
    """Return the same of one desk."""
    return _unacknowledged(session, of_desk(scope, desk))


def _unacknowledged(session: Session, query: Select[Inquiry]) -> list[Inquiry]:
    taken_back = select(Retraction.inquiry_id).where(Retraction.acknowledged_at.is_(None))
    return list(session.scalars(query.where(Inquiry.id.in_(taken_back)).order_by(Inquiry.filed_at, Inquiry.id)))
