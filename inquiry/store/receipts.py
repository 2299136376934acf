"""Receipts of answers that were fetched in the system (受領の記録)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id


class Receipt(Base):
    """That an answer's file was fetched: when, by whom, and which file it was."""

    __tablename__ = "receipt"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answer.id"), index=True)
    number: Mapped[int] = mapped_column(comment="何回目の受領か")
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fetched_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    fetched_by_name: Mapped[str] = mapped_column(String(100))
    file_sha256: Mapped[str] = mapped_column(String(64), comment="受け取られたファイルのハッシュ")


def receipts_of(session: Session, answer_id: str) -> list[Receipt]:
    """Return the receipts of an answer, the latest first."""
    query = select(Receipt).where(Receipt.answer_id == answer_id)
    return list(session.scalars(query.order_by(Receipt.number.desc())))
