"""Signs that somebody may not be who they say, for PMO staff to look at (不審な照会の記録)."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.amendments import Amendment
from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.inquiries import Inquiry


class SuspicionNote(Base):
    """One sign in an inquiry, a call or a change of a directory, and what PMO staff made of it; nothing personal."""

    __tablename__ = "suspicion_note"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    call_back_id: Mapped[str | None] = mapped_column(ForeignKey("call_back.id"))
    amendment_id: Mapped[str | None] = mapped_column(ForeignKey("amendment.id"))
    kind: Mapped[str] = mapped_column(String(16), comment="不審の種類")
    seen: Mapped[str] = mapped_column(String(200), default="", comment="入力されたもの")
    resembles: Mapped[str] = mapped_column(String(200), default="", comment="名簿の本物")
    owner: Mapped[str] = mapped_column(String(200), default="", comment="本物の持ち主")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    reason_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="ＰＭＯの判断（暗号化）")

    inquiry: Mapped[Inquiry | None] = relationship(lazy="joined")
    amendment: Mapped[Amendment | None] = relationship(lazy="joined")


def suspicions_latest_first(session: Session, *, limit: int) -> list[SuspicionNote]:
    """Return the notes of the whole country: those nobody looked at yet first, then the latest."""
    order = (SuspicionNote.looked_at.is_not(None), SuspicionNote.opened_at.desc(), SuspicionNote.id)
    return list(session.scalars(select(SuspicionNote).order_by(*order).limit(limit)))


def calls_noted(session: Session, inquiry_id: str) -> set[str]:
    """Return the calls about an inquiry that gave a sign."""
    query = select(SuspicionNote.call_back_id).where(SuspicionNote.inquiry_id == inquiry_id)
    return {call_id for call_id in session.scalars(query) if call_id is not None}


def locked_suspicion(session: Session, suspicion_id: str) -> SuspicionNote | None:
    """Return one note and hold its row until the unit of work ends."""
    query = select(SuspicionNote).where(SuspicionNote.id == suspicion_id).with_for_update(of=SuspicionNote)
    return session.scalar(query.execution_options(populate_existing=True))
