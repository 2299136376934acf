"""Whose number, domain or name stands in either directory (名簿の番号・名称の持ち主)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from inquiry.store.insurers import ContactEntry, Insurer
from inquiry.store.municipalities import Municipality


@dataclass(frozen=True, slots=True)
class Owner:
    """A number in force and who is reached under it; `id` is an insurer's or a municipality's code.

    `desk` is the name of an insurer's desk, "" for the main one; who is no insurer has none.
    """

    number: str
    id: str
    name: str
    desk: str | None = None


def numbers_of_directories(session: Session, among: Collection[str] | None = None, *, tail: str = "") -> list[Owner]:
    """Return every number of either directory, those of FAX machines too, and whose it is.

    Where some are named, only these are, and where a tail is given too, those that end in it.
    """
    places = select(Municipality.main_line, Municipality.code, Municipality.prefecture, Municipality.name)
    found = [
        Owner(number, code, " ".join(dict.fromkeys((prefecture, name))))
        for number, code, prefecture, name in session.execute(
            places.where(_is_among(Municipality.main_line, among, tail))
        )
    ]
    for column in (ContactEntry.telephone, ContactEntry.fax):
        desks = select(column, ContactEntry.insurer_id, ContactEntry.name, ContactEntry.desk_name)
        in_force = desks.where(ContactEntry.valid_to.is_(None), _is_among(column, among, tail))
        found += [
            Owner(number, insurer_id, " ".join(filter(None, (name, desk_name))), desk_name)
            for number, insurer_id, name, desk_name in session.execute(in_force)
        ]
    return list(dict.fromkeys(found))


def _is_among(column: InstrumentedAttribute[str], numbers: Collection[str] | None, tail: str) -> ColumnElement[bool]:
    if numbers is None:
        return column != ""
    is_named = column.in_(numbers)
    return or_(is_named, column.endswith(tail)) if tail else is_named


def domains_of_municipalities(session: Session) -> list[Owner]:
    """Return every mail domain of the municipality directory and whose it is."""
    rows = session.scalars(select(Municipality).where(Municipality.mail_domain != ""))
    return [Owner(row.mail_domain, row.code, " ".join(dict.fromkeys((row.prefecture, row.name)))) for row in rows]


def desk_with_notices_to(session: Session, address: str) -> ContactEntry | None:
    """Return a desk in force that has its notices mailed to an address."""
    query = select(ContactEntry).where(ContactEntry.valid_to.is_(None), ContactEntry.notice_address == address)
    return session.scalar(query.order_by(ContactEntry.insurer_id, ContactEntry.desk).limit(1))


def municipality_with_notices_to(session: Session, address: str) -> Municipality | None:
    """Return a municipality that has its notices mailed to an address."""
    query = select(Municipality).where(Municipality.notice_address == address)
    return session.scalar(query.order_by(Municipality.code).limit(1))


def names_of_insurers(session: Session) -> list[Owner]:
    """Return every insurer with a desk in force by its name."""
    query = select(Insurer.id, Insurer.name).join(ContactEntry).where(ContactEntry.valid_to.is_(None)).distinct()
    return [Owner("", insurer_id, name, "") for insurer_id, name in session.execute(query)]


def names_of_municipalities(session: Session) -> list[Owner]:
    """Return every municipality by its name, and by its name with its prefecture."""
    rows = session.execute(select(Municipality.code, Municipality.prefecture, Municipality.name))
    return [Owner("", code, each) for code, prefecture, name in rows for each in {name, _full(prefecture, name)}]


def _full(prefecture: str, name: str) -> str:
    return "".join(dict.fromkeys((prefecture, name)))
