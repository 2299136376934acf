"""Entries of the list of insurers that are hard to link (情報連携困難保険者リスト)."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.insurers import Insurer


class DifficultEntry(Base):
    """One insurer's place on the list: whom it covers, and from when until when."""

    __tablename__ = "difficult_entry"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), index=True)
    scope: Mapped[str] = mapped_column(String(24), comment="全加入者・被扶養者のみ")
    category: Mapped[str] = mapped_column(String(40), comment="区分")
    from_on: Mapped[date] = mapped_column(Date, comment="掲載日")
    until_on: Mapped[date | None] = mapped_column(Date, comment="解除日の前日")
    reason: Mapped[str] = mapped_column(Text, default="", comment="理由（ＰＭＯ内部）")
    entered_by: Mapped[str | None] = mapped_column(String(36))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    insurer: Mapped[Insurer] = relationship(lazy="joined", innerjoin=True)


def entries_on(session: Session, day: date) -> list[DifficultEntry]:
    """Return what the list says on a day, in the list's order."""
    query = (
        select(DifficultEntry)
        .join(Insurer)
        .where(DifficultEntry.from_on <= day, or_(DifficultEntry.until_on.is_(None), DifficultEntry.until_on >= day))
        .order_by(Insurer.kind, Insurer.prefecture, Insurer.kana, DifficultEntry.from_on)
    )
    return list(session.scalars(query))


def entries_of(session: Session, insurer_id: str) -> list[DifficultEntry]:
    """Return every entry an insurer ever had, the newest first."""
    query = (
        select(DifficultEntry).where(DifficultEntry.insurer_id == insurer_id).order_by(DifficultEntry.from_on.desc())
    )
    return list(session.scalars(query))


def all_entries(session: Session) -> list[DifficultEntry]:
    """Return every entry, past and future ones too, the newest first."""
    return list(session.scalars(select(DifficultEntry).order_by(DifficultEntry.from_on.desc(), DifficultEntry.id)))
