"""Outages of the network, and the files by which a municipality asks for many people at once (障害・一括照会)."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.inquiries import Inquiry


class Outage(Base):
    """A time in which the network is down, as PMO staff declared it (情報連携の障害)."""

    __tablename__ = "outage"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="復旧の見込み。空欄は未定")
    reason: Mapped[str] = mapped_column(String(200), comment="全員に表示する理由")
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    declared_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


class FilingBatch(Base):
    """A file of many inquiries: kept sealed until it is sent, then only which numbers its rows became (一括照会)."""

    __tablename__ = "filing_batch"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    content_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="送信前のファイル（暗号化）")
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    numbers: Mapped[list[str]] = mapped_column(JSON, default=list, comment="行ごとの受付番号")
    sending_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="送信を始めた時刻")
    code: Mapped[str] = mapped_column(String(60), default="", comment="送信できなかった理由")

    __table_args__ = (Index("ix_filing_batch_municipality_code_kept_at", "municipality_code", "kept_at"),)


def outages(session: Session) -> list[Outage]:
    """Return every outage, the latest first."""
    return list(session.scalars(select(Outage).order_by(Outage.from_at.desc())))


def outages_not_over(session: Session, now: datetime) -> list[Outage]:
    """Return the outages that go on or are still to come, the earliest first."""
    query = select(Outage).where(Outage.ended_at.is_(None), or_(Outage.until_at.is_(None), Outage.until_at > now))
    return list(session.scalars(query.order_by(Outage.from_at)))


def batches_of(session: Session, municipality_code: str, *, limit: int) -> list[FilingBatch]:
    """Return a municipality's latest files, the newest first."""
    query = select(FilingBatch).where(FilingBatch.municipality_code == municipality_code)
    return list(session.scalars(query.order_by(FilingBatch.kept_at.desc()).limit(limit)))


def batch_of(session: Session, municipality_code: str, batch_id: str) -> FilingBatch | None:
    """Return one file of a municipality and hold its row until the unit of work ends."""
    query = select(FilingBatch).where(FilingBatch.municipality_code == municipality_code, FilingBatch.id == batch_id)
    return session.scalar(query.with_for_update())


def unsent_before(session: Session, at: datetime) -> list[str]:
    """Return the ids of the files of every municipality that were kept before a moment and never sent."""
    query = select(FilingBatch.id).where(FilingBatch.filed_at.is_(None), FilingBatch.kept_at < at)
    return list(session.scalars(query.order_by(FilingBatch.kept_at)))


def filed_since(session: Session, at: datetime) -> dict[str, int]:
    """Return how many inquiries were filed since a moment, by insurer."""
    query = select(Inquiry.insurer_id, func.count()).where(Inquiry.filed_at >= at).group_by(Inquiry.insurer_id)
    return {row[0]: row[1] for row in session.execute(query)}
