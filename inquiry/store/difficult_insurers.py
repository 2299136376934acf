"""Versions of the list of insurers that are hard to link, and their entries (情報連携困難保険者リスト).

An entry is written once and never edited; a version names the entries it holds, so that a line nobody touched is the
same row from version to version, and an inquiry's pin to it stays true.
"""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, or_, select
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

    insurer: Mapped[Insurer] = relationship(lazy="joined", innerjoin=True)


class DifficultEdition(Base):
    """One version of the list (版): a draft until a second person publishes it, and never changed from then on."""

    __tablename__ = "difficult_edition"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(comment="版")
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by_name: Mapped[str] = mapped_column(String(100), default="")
    authors: Mapped[list[str]] = mapped_column(JSON, comment="この版を書いた利用者")
    version: Mapped[int] = mapped_column(default=1)
    published_on: Mapped[date | None] = mapped_column(Date, comment="公開日")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by_name: Mapped[str] = mapped_column(String(100), default="")

    lines: Mapped[list["DifficultLine"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    __table_args__ = (Index("uq_difficult_edition_number", "number", unique=True),)


class DifficultLine(Base):
    """An entry in a version, with the insurer as the version prints it."""

    __tablename__ = "difficult_line"

    edition_id: Mapped[str] = mapped_column(ForeignKey("difficult_edition.id"), primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("difficult_entry.id"), primary_key=True, index=True)
    insurer_number: Mapped[str] = mapped_column(String(8))
    insurer_name: Mapped[str] = mapped_column(String(200))
    prefecture: Mapped[str] = mapped_column(String(10))

    entry: Mapped[DifficultEntry] = relationship(lazy="joined", innerjoin=True)


def latest_edition(session: Session) -> DifficultEdition | None:
    """Return the version with the highest number, a draft if there is one."""
    return session.scalar(select(DifficultEdition).order_by(DifficultEdition.number.desc()).limit(1))


def edition_in_force(session: Session, day: date) -> DifficultEdition | None:
    """Return the version that was the latest published one on a day."""
    query = select(DifficultEdition).where(DifficultEdition.published_on <= day)
    return session.scalar(query.order_by(DifficultEdition.number.desc()).limit(1))


def edition_numbered(session: Session, number: int) -> DifficultEdition | None:
    """Return the version of this number."""
    return session.scalar(select(DifficultEdition).where(DifficultEdition.number == number))


def published_editions(session: Session) -> list[DifficultEdition]:
    """Return every published version, one for a later day too, the newest first."""
    query = select(DifficultEdition).where(DifficultEdition.published_on.is_not(None))
    return list(session.scalars(query.order_by(DifficultEdition.number.desc())))


def draft_held(session: Session) -> DifficultEdition | None:
    """Return the draft, read anew, and hold its row until the unit of work ends."""
    query = select(DifficultEdition).where(DifficultEdition.published_on.is_(None))
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def entries_of(session: Session, insurer_id: str, *, day: date) -> list[DifficultEntry]:
    """Return what the version in force on a day says of an insurer for that day."""
    edition = edition_in_force(session, day)
    if edition is None:
        return []
    query = select(DifficultEntry).join(DifficultLine).where(DifficultLine.edition_id == edition.id)
    query = query.where(DifficultEntry.insurer_id == insurer_id, DifficultEntry.from_on <= day)
    return list(session.scalars(query.where(or_(DifficultEntry.until_on.is_(None), DifficultEntry.until_on >= day))))


def is_in_no_edition(session: Session, entry_id: str) -> bool:
    """Say whether no version holds an entry, so that nobody ever read it."""
    query = select(DifficultLine.entry_id).where(DifficultLine.entry_id == entry_id)
    return session.scalar(query.limit(1)) is None
