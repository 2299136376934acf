"""What an insurer set about a second person's look, and what that person said (複数人での確認)."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.answering import Answer
from inquiry.store.base import Base, UtcDateTime
from inquiry.store.correcting import Retraction
from inquiry.store.inquiries import Inquiry, Scope, scoped


class FourEyesEdition(Base):
    """A version of an insurer's rule; the highest number is in force, and none is ever changed."""

    __tablename__ = "four_eyes_edition"

    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="版")
    requirement: Mapped[str] = mapped_column(String(8))
    triggers: Mapped[list[str]] = mapped_column(JSON)
    substitute_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), comment="責任者が不在のときの代行者")
    reason: Mapped[str] = mapped_column(Text, comment="変更の理由")
    set_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="変更した時刻（履歴を残す前の版にはない）")
    set_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    set_by_name: Mapped[str] = mapped_column(String(100))


class Release(Base):
    """What a second person said of a prepared answer, and of exactly which one."""

    __tablename__ = "answer_release"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    seen: Mapped[bytes] = mapped_column(LargeBinary, comment="確かめた内容のハッシュ（暗号文から）")
    is_released: Mapped[bool]
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by: Mapped[str] = mapped_column(ForeignKey("account.id"))


def four_eyes_editions(session: Session, insurer_id: str) -> list[FourEyesEdition]:
    """Return every version of an insurer's rule, the newest first."""
    query = select(FourEyesEdition).where(FourEyesEdition.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(FourEyesEdition.number.desc())))


def four_eyes_since(session: Session, insurer_id: str, number: int) -> list[FourEyesEdition]:
    """Return the version with a number and every later one."""
    query = select(FourEyesEdition).where(FourEyesEdition.insurer_id == insurer_id, FourEyesEdition.number >= number)
    return list(session.scalars(query))


def latest_four_eyes(session: Session, insurer_id: str) -> FourEyesEdition | None:
    """Return the version of an insurer's rule that is in force."""
    query = select(FourEyesEdition).where(FourEyesEdition.insurer_id == insurer_id)
    return session.scalars(query.order_by(FourEyesEdition.number.desc()).limit(1)).first()


def was_answered(session: Session, insurer_id: str, municipality_code: str, *, besides: str) -> bool:
    """Say whether an insurer ever gave this municipality an answer besides this one."""
    query = select(Answer.id).join(Inquiry, Inquiry.id == Answer.inquiry_id)
    query = query.where(Inquiry.insurer_id == insurer_id, Inquiry.municipality_code == municipality_code)
    query = query.where(Answer.id != besides)
    return session.scalar(query.where(Answer.given_at.is_not(None)).limit(1)) is not None


def with_draft(session: Session, scope: Scope, states: list[str]) -> list[Inquiry]:
    """Return the inquiries in these states for which an answer is prepared, the oldest first."""
    drafts = select(Answer.inquiry_id).where(Answer.given_at.is_(None))
    query = scoped(scope).where(Inquiry.state.in_(states), Inquiry.id.in_(drafts))
    return list(session.scalars(query.order_by(Inquiry.filed_at, Inquiry.id)))


def with_held_file(session: Session, scope: Scope) -> list[Inquiry]:
    """Return the inquiries whose answer stands and whose file was made again and is held back, the oldest first."""
    held = select(Answer.inquiry_id).where(Answer.held_at.is_not(None), Answer.id.not_in(select(Retraction.answer_id)))
    query = scoped(scope).where(Inquiry.id.in_(held))
    return list(session.scalars(query.order_by(Inquiry.filed_at, Inquiry.id)))
