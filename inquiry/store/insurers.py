"""Insurers, their numbers, and every version of their desks (医療保険者照会窓口一覧)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, and_, case, func, or_, select
from sqlalchemy.orm import Mapped, Session, contains_eager, joinedload, mapped_column, relationship, selectinload

from inquiry.store.base import Base, UtcDateTime, new_id

MAIN_DESK: Final = 1


class Insurer(Base):
    """A medical insurer (医療保険者); it may have several numbers, and a successor after a merger."""

    __tablename__ = "insurer"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(24), comment="保険者種別")
    prefecture: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    kana: Mapped[str] = mapped_column(String(300))
    successor_id: Mapped[str | None] = mapped_column(ForeignKey("insurer.id"))

    numbers: Mapped[list["InsurerNumber"]] = relationship(
        back_populates="insurer", order_by="(InsurerNumber.number, InsurerNumber.valid_from)"
    )


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
    """One version of one desk of an insurer; the version without an end is the one in force."""

    __tablename__ = "contact_entry"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    desk: Mapped[int] = mapped_column(default=MAIN_DESK, comment="窓口の番号。１は主たる窓口")
    version: Mapped[int]
    desk_name: Mapped[str] = mapped_column(String(100), default="", comment="窓口名。主たる窓口は空欄")
    serves_whom: Mapped[str] = mapped_column(String(200), default="", comment="担当範囲")
    serves_numbers: Mapped[list[str]] = mapped_column(JSON, default=list, comment="担当する保険者番号")
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

    insurer: Mapped[Insurer] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (Index("uq_contact_entry_insurer_id_desk_version", "insurer_id", "desk", "version", unique=True),)


_IN_THE_LISTS_ORDER: Final = (Insurer.kind, Insurer.prefecture, Insurer.kana, Insurer.id)


def padded(number: str) -> str:
    """Return an insurer number in its eight-digit form; six digits are the same number."""
    return number.zfill(8)


def insurer_numbered(session: Session, number: str, *, on: date | None = None) -> Insurer | None:
    """Return the insurer that holds a number on a day, else held it last before, else will; without a day, the latest.

    A number that ended still names its insurer; whether an inquiry may go there, workflow/filing.py says.
    """
    query = select(Insurer).join(InsurerNumber).where(InsurerNumber.number == padded(number))
    has_begun = InsurerNumber.valid_from <= (on or date.max)
    has_ended = and_(InsurerNumber.valid_to.is_not(None), InsurerNumber.valid_to < (on or date.min))
    order = (case((has_begun & ~has_ended, 0), (has_begun, 1), else_=2), InsurerNumber.valid_from.desc())
    return session.scalar(query.order_by(*order).limit(1))


def hold(session: Session, insurer: Insurer) -> None:
    """Hold an insurer's row until the unit of work ends."""
    session.refresh(insurer, with_for_update=True)


def successor_of(session: Session, insurer: Insurer) -> Insurer:
    """Return who stands for an insurer today: itself, or the last one of a chain of mergers."""
    seen = {insurer.id}
    while insurer.successor_id is not None and insurer.successor_id not in seen:
        seen.add(insurer.successor_id)
        insurer = session.get_one(Insurer, insurer.successor_id)
    return insurer


def predecessors_of(session: Session, insurer_id: str) -> list[Insurer]:
    """Return the insurers that were merged into this one, those merged into them included."""
    direct = list(session.scalars(select(Insurer).where(Insurer.successor_id == insurer_id).order_by(Insurer.id)))
    return [*direct, *(earlier for each in direct for earlier in predecessors_of(session, each.id))]


def number_on(insurer: Insurer, day: date) -> str:
    """Return the number by which an insurer is named on a day: the first that holds, else the one that ended last."""
    holding = [each.number for each in insurer.numbers if holds(each, day)]
    return holding[0] if holding else max(insurer.numbers, key=lambda each: each.valid_to or date.min).number


def holds(number: InsurerNumber, day: date) -> bool:
    """Say whether a number holds on a day."""
    return number.valid_from <= day and (number.valid_to is None or day <= number.valid_to)


def held_by(session: Session, number: str) -> list[InsurerNumber]:
    """Return every period of a number, whoever holds it, the earliest first."""
    query = select(InsurerNumber).where(InsurerNumber.number == padded(number))
    query = query.options(joinedload(InsurerNumber.insurer).selectinload(Insurer.numbers))
    return list(session.scalars(query.order_by(InsurerNumber.valid_from)))


def numbers_ever_held(session: Session) -> frozenset[str]:
    """Return every number, in eight digits, that some insurer holds, held or will hold."""
    return frozenset(session.scalars(select(InsurerNumber.number).distinct()))


def insurers_holding(session: Session, numbers: Collection[str]) -> dict[str, str]:
    """Return by their numbers the ids of the insurers that have a main desk in force and ever held one of these."""
    has_desk = and_(ContactEntry.desk == MAIN_DESK, ContactEntry.valid_to.is_(None))
    query = select(InsurerNumber.number, InsurerNumber.insurer_id).join(
        ContactEntry, and_(ContactEntry.insurer_id == InsurerNumber.insurer_id, has_desk)
    )
    found = session.execute(query.order_by(InsurerNumber.valid_from))
    return {number: insurer_id for number, insurer_id in found if number in numbers}


def desks_in_force(session: Session, insurer_id: str) -> list[ContactEntry]:
    """Return the versions of an insurer's desks that are in force, the main desk first."""
    query = select(ContactEntry).where(ContactEntry.insurer_id == insurer_id, ContactEntry.valid_to.is_(None))
    return list(session.scalars(query.order_by(ContactEntry.desk)))


def contact_in_force(session: Session, insurer_id: str, desk: int = MAIN_DESK) -> ContactEntry | None:
    """Return the version of a desk that is in force."""
    return next((each for each in desks_in_force(session, insurer_id) if each.desk == desk), None)


def desk_serving(desks: list[ContactEntry], number: str, *, wanted: int = 0) -> ContactEntry | None:
    """Return of an insurer's desks the one wanted, else the one that serves a number, else the main desk."""
    named = [each for each in desks if each.desk == wanted]
    serving = [each for each in desks if padded(number) in each.serves_numbers]
    main = [each for each in desks if each.desk == MAIN_DESK]
    return next(iter([*named, *serving, *main]), None)


def contact_history(session: Session, insurer_id: str, desk: int = MAIN_DESK) -> list[ContactEntry]:
    """Return every version of a desk, the newest first."""
    query = select(ContactEntry).where(ContactEntry.insurer_id == insurer_id, ContactEntry.desk == desk)
    return list(session.scalars(query.order_by(ContactEntry.version.desc())))


def desks_ever(session: Session, insurer_id: str) -> list[ContactEntry]:
    """Return the newest version of each desk an insurer has or had, the main desk first."""
    query = select(ContactEntry).where(ContactEntry.insurer_id == insurer_id)
    newest = {each.desk: each for each in session.scalars(query.order_by(ContactEntry.desk, ContactEntry.version))}
    return list(newest.values())


def contacts_like(
    session: Session, texts: list[str], *, kind: str = "", prefecture: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[ContactEntry], int]:
    """Return desks in force whose number, name or kana, now or before, holds one of the texts, and how many in all."""
    query = select(ContactEntry).join(Insurer).where(ContactEntry.valid_to.is_(None))
    wanted = [text for text in texts if text]
    if wanted:
        query = query.where(or_(*(_holds(text) for text in wanted), *(_is_of_desk(text) for text in wanted)))
    if kind:
        query = query.where(Insurer.kind == kind)
    if prefecture:
        query = query.where(Insurer.prefecture == prefecture)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(*_IN_THE_LISTS_ORDER, ContactEntry.desk)
    return list(session.scalars(ordered.limit(limit).offset(offset))), total


def insurers_like(session: Session, texts: list[str], *, limit: int) -> list[Insurer]:
    """Return insurers with a desk in force whose number, name or kana (now or before) or desk holds a text."""
    in_force = select(ContactEntry.insurer_id).where(ContactEntry.valid_to.is_(None))
    of_desk = (Insurer.id.in_(in_force.where(_is_of_desk(text))) for text in texts)
    query = select(Insurer).where(Insurer.id.in_(in_force), or_(*(_holds(text) for text in texts), *of_desk))
    whole = query.options(selectinload(Insurer.numbers)).order_by(*_IN_THE_LISTS_ORDER)
    return list(session.scalars(whole.limit(limit)))


def gone_like(session: Session, texts: list[str], *, limit: int) -> list[Insurer]:
    """Return insurers without any desk in force whose number, name or kana, now or before, holds one of the texts."""
    in_force = select(ContactEntry.insurer_id).where(ContactEntry.valid_to.is_(None))
    query = select(Insurer).where(Insurer.id.not_in(in_force), or_(*(_holds(text) for text in texts)))
    whole = query.options(selectinload(Insurer.numbers)).order_by(*_IN_THE_LISTS_ORDER)
    return list(session.scalars(whole.limit(limit)))


def contacts_in_force(session: Session) -> list[ContactEntry]:
    """Return every desk in force with its insurer's numbers; about 1,600 rows for the whole country."""
    query = select(ContactEntry).join(Insurer).where(ContactEntry.valid_to.is_(None))
    whole = query.options(contains_eager(ContactEntry.insurer).selectinload(Insurer.numbers))
    return list(session.scalars(whole.order_by(*_IN_THE_LISTS_ORDER, ContactEntry.desk)))


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


def former_names(session: Session, insurer_ids: Collection[str]) -> dict[str, list[str]]:
    """Return by their ids the names (旧名称) that insurers bore on the list before, the latest first."""
    is_former = and_(ContactEntry.desk == MAIN_DESK, ContactEntry.name != Insurer.name)
    query = select(ContactEntry.insurer_id, ContactEntry.name).join(Insurer)
    query = query.where(ContactEntry.insurer_id.in_(insurer_ids), is_former).order_by(ContactEntry.version.desc())
    former: dict[str, list[str]] = {}
    for insurer_id, name in session.execute(query):
        names = former.setdefault(insurer_id, [])
        if name not in names:
            names.append(name)
    return former


def insurers_by_id(session: Session, insurer_ids: Collection[str]) -> list[Insurer]:
    """Return these insurers with their numbers."""
    query = select(Insurer).where(Insurer.id.in_(insurer_ids)).options(selectinload(Insurer.numbers))
    return list(session.scalars(query))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _is_of_desk(text: str) -> Any:
    likes = (
        column.like(f"%{_escaped(text)}%", escape="\\") for column in (ContactEntry.desk_name, ContactEntry.serves_whom)
    )
    return or_(*likes)


def _holds(text: str) -> Any:
    escaped = _escaped(text)
    numbers = select(InsurerNumber.insurer_id).where(InsurerNumber.number.like(f"%{escaped}%", escape="\\"))
    names = (each.like(f"%{escaped}%", escape="\\") for each in (ContactEntry.name, ContactEntry.kana))
    # The version in force bears the insurer's name as well, so this looks for its names of all times.
    named = select(ContactEntry.insurer_id).where(ContactEntry.desk == MAIN_DESK, or_(*names))
    return or_(
        Insurer.name.like(f"%{escaped}%", escape="\\"),
        Insurer.kana.like(f"%{escaped}%", escape="\\"),
        Insurer.id.in_(numbers),
        Insurer.id.in_(named),
    )
