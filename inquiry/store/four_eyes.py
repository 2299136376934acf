"""What an insurer set about a second person's look, and what that person said (複数人での確認)."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.answering import Answer
from inquiry.store.base import Base, UtcDateTime
from inquiry.store.inquiries import Inquiry, Scope, scoped


class FourEyesRule(Base):
    """An insurer's rule in force; what it was before stands in the ledger."""

    __tablename__ = "four_eyes_rule"

    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), primary_key=True)
    number: Mapped[int] = mapped_column(comment="版")
    requirement: Mapped[str] = mapped_column(String(8))
    triggers: Mapped[list[str]] = mapped_column(JSON)
    substitute_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), comment="責任者が不在のときの代行者")


class Release(Base):
    """What a second person said of a prepared answer, and of exactly which one."""

    __tablename__ = "answer_release"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    seen: Mapped[bytes] = mapped_column(LargeBinary, comment="確かめた内容のハッシュ（暗号文から）")
    is_released: Mapped[bool]
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by: Mapped[str] = mapped_column(ForeignKey("account.id"))


def was_answered(session: Session, insurer_id: str, municipality_code: str) -> bool:
    """Say whether an insurer ever gave this municipality an answer."""
    query = select(Answer.id).join(Inquiry, Inquiry.id == Answer.inquiry_id)
    query = query.where(Inquiry.insurer_id == insurer_id, Inquiry.municipality_code == municipality_code)
    return session.scalar(query.where(Answer.given_at.is_not(None)).limit(1)) is not None


def with_draft(session: Session, scope: Scope, states: list[str]) -> list[Inquiry]:
    """Return the inquiries in these states for which an answer is prepared, the oldest first."""
    drafts = select(Answer.inquiry_id).where(Answer.given_at.is_(None))
    query = scoped(scope).where(Inquiry.state.in_(states), Inquiry.id.in_(drafts))
    return list(session.scalars(query.order_by(Inquiry.filed_at, Inquiry.id)))
