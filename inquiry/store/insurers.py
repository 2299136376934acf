"""Insurers, their numbers, and every version of their contact entry (医療保険者照会窓口一覧)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, Session, contains_eager, mapped_column, relationship, selectinload

from inquiry.store.base import Base, UtcDateTime, new_id


class Insurer(Base):
    """A medical insurer (医療保険者); it may have several numbers, and a successor after a merger."""

    __tablename__ = "insurer"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(24), comment="保険者種別")
    prefecture: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    kana: Mapped[str] = mapped_column(String(300))
    successor_id: Mapped[str | None] = mapped_column(ForeignKey("insurer.id"))

    numbers: Mapped[list["InsurerNumber"]] = relationship(back_populates="insurer", order_by="InsurerNumber.number")
    contacts: Mapped[list["ContactEntry"]] = relationship(back_populates="insurer", order_by="ContactEntry.version")


class InsurerNumber(Base):
    """One 保険者番号 of an insurer and the period it holds; text, never a number."""

    __tablename__ = "insurer_number"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), index=True)
    number: Mapped[str] = mapped_column(String(8), comment="保険者番号（８桁。６桁は左に０を補う）")
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    insurer: Mapped[Insurer] = relationship(back_populates="numbers")

    __table_args__ = (Index("uq_insurer_number_number_valid_from", "number", "valid_from", unique=True),)


class ContactEntry(Base):
    """One version of an insurer's desk; the version without an end is the one in force."""

    __tablename__ = "contact_entry"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    version: Mapped[int]
    prefecture: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200), comment="その版での保険者名称")
    kana: Mapped[str] = mapped_column(String(300))
    department: Mapped[str] = mapped_column(String(100), comment="担当部署")
    telephone: Mapped[str] = mapped_column(String(20), index=True)
    fax: Mapped[str] = mapped_column(String(20), default="")
    hours: Mapped[str] = mapped_column(String(100), default="", comment="受付時間")
    postal_code: Mapped[str] = mapped_column(String(8), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    channels: Mapped[list[str]] = mapped_column(JSON, comment="対応できる回答方法")
    note: Mapped[str] = mapped_column(Text, default="")
    notice_address: Mapped[str] = mapped_column(
        String(254), default="", comment="通知用メールアドレス（一覧には出さない）"
    )
    checked_on: Mapped[date | None] = mapped_column(Date, comment="確認日")
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_by: Mapped[str | None] = mapped_column(String(36))
    amendment_id: Mapped[str | None] = mapped_column(String(36), comment="この版にした変更の手続")

    insurer: Mapped[Insurer] = relationship(back_populates="contacts", lazy="joined", innerjoin=True)

    __table_args__ = (Index("uq_contact_entry_insurer_id_version", "insurer_id", "version", unique=True),)


def padded(number: str) -> str:
    """Return an insurer number in its eight-digit form; six digits are the same number."""
    return number.zfill(8)


def insurer_numbered(session: Session, number: str, *, on: date | None = None) -> Insurer | None:
    """Return the insurer that holds this number, on a day or at all (the latest holder)."""
    query = select(Insurer).join(InsurerNumber).where(InsurerNumber.number == padded(number))
    if on is not None:
        query = query.where(
            InsurerNumber.valid_from <= on, or_(InsurerNumber.valid_to.is_(None), InsurerNumber.valid_to >= on)
        )
    return session.scalar(query.order_by(InsurerNumber.valid_from.desc()).limit(1))


def hold(session: Session, insurer: Insurer) -> None:
    """Hold an insurer's row until the unit of work ends."""
    session.refresh(insurer, with_for_update=True)


def contact_in_force(session: Session, insurer_id: str) -> ContactEntry | None:
    """Return the version of the desk that is in force."""
    return session.scalar(
        select(ContactEntry).where(ContactEntry.insurer_id == insurer_id, ContactEntry.valid_to.is_(None))
    )


def contact_history(session: Session, insurer_id: str) -> list[ContactEntry]:
    """Return every version of the desk, the newest first."""
    query = select(ContactEntry).where(ContactEntry.insurer_id == insurer_id).order_by(ContactEntry.version.desc())
    return list(session.scalars(query))


def contacts_like(
    session: Session, texts: list[str], *, kind: str = "", prefecture: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[ContactEntry], int]:
    """Return desks in force whose number, name or kana holds one of the texts, and how many there are in all."""
    query = select(ContactEntry).join(Insurer).where(ContactEntry.valid_to.is_(None))
    wanted = [text for text in texts if text]
    if wanted:
        query = query.where(or_(*(_holds(text) for text in wanted)))
    if kind:
        query = query.where(Insurer.kind == kind)
    if prefecture:
        query = query.where(Insurer.prefecture == prefecture)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Insurer.kind, Insurer.prefecture, Insurer.kana, Insurer.id)
    return list(session.scalars(ordered.limit(limit).offset(offset))), total


def contacts_in_force(session: Session) -> list[ContactEntry]:
    """Return every desk in force; about 1,600 rows for the whole country."""
    query = select(ContactEntry).join(Insurer).where(ContactEntry.valid_to.is_(None))
    whole = query.options(contains_eager(ContactEntry.insurer).selectinload(Insurer.numbers))
    return list(session.scalars(whole.order_by(Insurer.kind, Insurer.prefecture, Insurer.kana, Insurer.id)))


def contacts_unchecked_since(session: Session, day: date, *, limit: int) -> list[ContactEntry]:
    """Return desks in force that nobody checked on or after a day, those never checked first."""
    is_due = or_(ContactEntry.checked_on.is_(None), ContactEntry.checked_on < day)
    query = select(ContactEntry).where(ContactEntry.valid_to.is_(None), is_due)
    order = (ContactEntry.checked_on.is_not(None), ContactEntry.checked_on, ContactEntry.id)
    return list(session.scalars(query.order_by(*order).limit(limit)))


def insurer_names(session: Session, insurer_ids: Collection[str]) -> dict[str, str]:
    """Return the names of these insurers by their ids."""
    query = select(Insurer.id, Insurer.name).where(Insurer.id.in_(insurer_ids))
    return {insurer_id: name for insurer_id, name in session.execute(query)}  # noqa: C416 rows are no tuples


def insurers_by_id(session: Session, insurer_ids: Collection[str]) -> list[Insurer]:
    """Return these insurers with their numbers."""
    query = select(Insurer).where(Insurer.id.in_(insurer_ids)).options(selectinload(Insurer.numbers))
    return list(session.scalars(query))


def _holds(text: str) -> Any:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    numbers = select(InsurerNumber.insurer_id).where(InsurerNumber.number.like(f"%{escaped}%", escape="\\"))
    return or_(
        Insurer.name.like(f"%{escaped}%", escape="\\"),
        Insurer.kana.like(f"%{escaped}%", escape="\\"),
        Insurer.id.in_(numbers),
    )
