"""Insurers' rosters, sealed, in generations (加入者名簿).

A generation is read whole or not at all: the pointer moves in one row, so a look-up sees the old roster or the
new one, never a mixture.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Select,
    SmallInteger,
    String,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id

PORTION = 2_000


class RosterGeneration(Base):
    """One import of an insurer's roster."""

    __tablename__ = "roster_generation"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by: Mapped[str] = mapped_column(String(36))
    rows: Mapped[int] = mapped_column(default=0)
    persons: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_roster_generation_insurer_id_imported_at", "insurer_id", "imported_at"),)


class ActiveRoster(Base):
    """Which generation of an insurer's roster is looked up."""

    __tablename__ = "active_roster"

    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), primary_key=True)
    generation_id: Mapped[str] = mapped_column(ForeignKey("roster_generation.id"))


class MemberRow(Base):
    """One sealed person of a generation; everything personal is in `member_ct`."""

    __tablename__ = "member"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    generation_id: Mapped[str] = mapped_column(ForeignKey("roster_generation.id"), index=True)
    member_ct: Mapped[bytes] = mapped_column(LargeBinary)


class MemberKey(Base):
    """One blind key of a person, by which the person is found."""

    __tablename__ = "member_key"

    generation_id: Mapped[str] = mapped_column(ForeignKey("roster_generation.id"), primary_key=True)
    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    member_row_id: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)


def active_generation(session: Session, insurer_id: str) -> RosterGeneration | None:
    """Return the generation that is looked up, or None where the insurer keeps no roster here."""
    query = (
        select(RosterGeneration)
        .join(ActiveRoster, ActiveRoster.generation_id == RosterGeneration.id)
        .where(ActiveRoster.insurer_id == insurer_id)
        # Held until the unit of work ends, so that an import cannot take the persons away between two statements.
        .with_for_update(read=True, of=ActiveRoster)
    )
    return session.scalar(query)


def generations_of(session: Session, insurer_id: str) -> list[RosterGeneration]:
    """Return every import of an insurer, the newest first."""
    query = select(RosterGeneration).where(RosterGeneration.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(RosterGeneration.imported_at.desc())))


def members_of(session: Session, generation_id: str) -> Iterator[tuple[str, bytes]]:
    """Yield every person of a generation, still sealed, in portions."""
    query = select(MemberRow.id, MemberRow.member_ct).where(MemberRow.generation_id == generation_id)
    for row in session.execute(query.execution_options(yield_per=PORTION)):
        yield row.id, row.member_ct


@lru_cache(maxsize=64)
def _members_with(number_of_keys: int) -> Select[str, bytes]:
    # Built once for each number of keys: a look-up spends its time in the database, not in composing the statement.
    # The pairs are spelt out, since SQLite does not use its index for a list of pairs.
    pairs = (
        and_(
            MemberKey.generation_id == bindparam("generation_id"),
            MemberKey.kind == bindparam(f"kind_{place}"),
            MemberKey.key == bindparam(f"key_{place}"),
        )
        for place in range(number_of_keys)
    )
    found = select(MemberKey.member_row_id).where(or_(*pairs))
    return select(MemberRow.id, MemberRow.member_ct).where(MemberRow.id.in_(found)).order_by(MemberRow.id)


def members_with(
    session: Session, generation_id: str, keys: Collection[tuple[int, bytes]]
) -> Sequence[Row[str, bytes]]:
    """Return row id and sealed person of everybody in a generation who has any of these keys, in a stable order."""
    if not keys:
        return ()
    wanted: dict[str, Any] = {"generation_id": generation_id}
    for place, (kind, key) in enumerate(keys):
        wanted |= {f"kind_{place}": int(kind), f"key_{place}": key}
    return session.execute(_members_with(len(keys)), wanted).all()


def add_members(session: Session, members: list[dict[str, Any]], keys: list[dict[str, Any]]) -> None:
    """Insert a batch of sealed persons and their keys."""
    if members:
        session.execute(insert(MemberRow), members)
    if keys:
        session.execute(insert(MemberKey), keys)


def drop_generation(session: Session, generation_id: str) -> None:
    """Delete the persons and keys of a generation that is no longer looked up; its own row stays as a record."""
    session.execute(delete(MemberKey).where(MemberKey.generation_id == generation_id))
    session.execute(delete(MemberRow).where(MemberRow.generation_id == generation_id))
