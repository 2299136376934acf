"""What passed between a municipality and an insurer outside the system (電話・文書での連絡の記録)."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id


class Correspondence(Base):
    """One call, letter or file to or from an insurer that is outside the system; what it said is sealed."""

    __tablename__ = "correspondence"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    word: Mapped[str] = mapped_column(String(16), comment="連絡の内容の区分")
    way: Mapped[str] = mapped_column(String(16), comment="電話・文書などの別")
    number: Mapped[str] = mapped_column(String(20), default="", comment="かけた番号・かかってきた代表電話")
    document_number: Mapped[str] = mapped_column(String(60), default="", comment="相手の文書番号")
    document_on: Mapped[date | None] = mapped_column(Date, comment="相手の文書の日付")
    said_ct: Mapped[bytes] = mapped_column(LargeBinary, comment="話した人・聞いた内容（暗号化）")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="連絡のあった日時")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("account.id"))


def correspondence_of(session: Session, inquiry_id: str) -> list[Correspondence]:
    """Return an inquiry's correspondence, the latest first."""
    query = select(Correspondence).where(Correspondence.inquiry_id == inquiry_id)
    return list(session.scalars(query.order_by(Correspondence.recorded_at.desc(), Correspondence.id)))


def latest_of(session: Session, inquiry_id: str, words: Collection[str]) -> Correspondence | None:
    """Return the latest correspondence that said one of these words."""
    query = select(Correspondence).where(Correspondence.inquiry_id == inquiry_id, Correspondence.word.in_(words))
    return session.scalar(query.order_by(Correspondence.recorded_at.desc(), Correspondence.id).limit(1))
