"""Insurers' rosters in generations (加入者名簿の世代): which import is looked up, and what each import brought.

A generation is read whole or not at all: the pointer moves in one row, so a look-up sees the old roster or the new
one, never a mixture. The sealed people themselves lie in a roll: store/rolls.py.
"""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.insurers import Insurer


class Stage(StrEnum):
    """How far an import has come."""

    LOADING = "loading"  # 読み込み中
    LOADED = "loaded"  # 読み込み済み, waiting for a person or a command to switch over
    ACTIVE = "active"  # 照合に使用中
    PREVIOUS = "previous"  # 一つ前の名簿; can be put back
    ENDED = "ended"  # replaced; its people are deleted, or about to be
    DISCARDED = "discarded"  # 取りやめ: by a person, or found interrupted; its people are deleted as well


OVER = (Stage.ENDED, Stage.DISCARDED)


class Roll(Base):
    """Where the sealed people of one import lie: a pair of tables of their own, named by the number."""

    __tablename__ = "roll"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), index=True)
    forms: Mapped[str] = mapped_column(String(60))  # by which version of the normal forms the keys were made
    key_generation: Mapped[int]


class RosterGeneration(Base):
    """One import of an insurer's roster: a whole file, or the differences of a day.

    `as_of` is the day the insurer's own system wrote the file; `report` says what was rejected, without anything
    personal. Differences take over the roll of the generation they changed. One that is over and still has a roll
    waits for its people to be deleted.
    """

    __tablename__ = "roster_generation"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    stage: Mapped[str] = mapped_column(String(12), default=Stage.LOADING, server_default="ended")
    is_difference: Mapped[bool] = mapped_column(default=False, server_default=false())
    roll_number: Mapped[int | None]  # of a `Roll`
    as_of: Mapped[date | None]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by: Mapped[str] = mapped_column(String(36))
    in_force_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rows: Mapped[int] = mapped_column(default=0)
    persons: Mapped[int] = mapped_column(default=0)
    share: Mapped[int] = mapped_column(default=0, server_default="0")  # of the file that is read, in thousandths
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the import was last heard of
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    rechecked_by: Mapped[str] = mapped_column(  # by which rules every 該当者なし was looked at again on this roster
        String(100), default="", server_default=""
    )

    @property
    def roll_left(self) -> int | None:
        """Return the number of the roll whose people wait to be deleted, None while it is in use or once it is gone."""
        return self.roll_number if self.stage in OVER else None

    __table_args__ = (Index("ix_roster_generation_insurer_id_imported_at", "insurer_id", "imported_at"),)


class ActiveRoster(Base):
    """Which generation of an insurer's roster is looked up."""

    __tablename__ = "active_roster"

    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), primary_key=True)
    generation_id: Mapped[str] = mapped_column(ForeignKey("roster_generation.id"))


class ChangesUnderWay(Base):
    """How far differences have come that are being taken over, one at a time for an insurer; gone once they are.

    What is left by whoever was killed over them is told from it by the lock of the insurer's imports, which is free.
    """

    __tablename__ = "changes_under_way"

    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_by: Mapped[str] = mapped_column(String(36))
    rows: Mapped[int] = mapped_column(default=0)
    share: Mapped[int] = mapped_column(default=0)  # of the work, in thousandths


def active_generation(session: Session, insurer_id: str) -> RosterGeneration | None:
    """Return the generation that is looked up, or None where the insurer keeps no roster here."""
    # Held until the unit of work ends, so that the people cannot change between two statements: whoever moves the
    # pointer waits for us. The generation is asked for by itself: joined to a pointer that moved meanwhile, PostgreSQL
    # would find neither.
    pointer = session.get(ActiveRoster, insurer_id, with_for_update={"read": True})
    return None if pointer is None else session.get_one(RosterGeneration, pointer.generation_id)


def hold_moves(session: Session, insurer_id: str) -> None:
    """Let nobody else move an insurer's pointer until the unit of work ends; look-ups go on."""
    query = select(Insurer.id).where(Insurer.id == insurer_id)
    session.execute(query.with_for_update(key_share=True)).one()


def pointer_of(session: Session, insurer_id: str) -> ActiveRoster | None:
    """Return the pointer itself, held against everybody who looks up or moves it: the last thing a change takes."""
    return session.get(ActiveRoster, insurer_id, with_for_update=True, populate_existing=True)


def held_generation(session: Session, generation_id: str) -> RosterGeneration | None:
    """Return an import as it stands once nobody else holds it, held against whoever moves, discards or clears it."""
    # What the session has of it may be older. Findings that refer to it are written meanwhile.
    return session.get(RosterGeneration, generation_id, with_for_update={"key_share": True}, populate_existing=True)


def generations_of(session: Session, insurer_id: str) -> list[RosterGeneration]:
    """Return every import of an insurer, the newest first."""
    query = select(RosterGeneration).where(RosterGeneration.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(RosterGeneration.imported_at.desc())))


def generations_at(session: Session, insurer_id: str, stage: Stage) -> list[RosterGeneration]:
    """Return the imports of an insurer that have come so far and no further, the newest first."""
    query = select(RosterGeneration).where(RosterGeneration.insurer_id == insurer_id, RosterGeneration.stage == stage)
    return list(session.scalars(query.order_by(RosterGeneration.imported_at.desc())))


def was_changed_since(session: Session, insurer_id: str, moment: datetime, *, besides: Collection[str]) -> bool:
    """Say whether differences that changed anybody came into force since a moment, but for some imports."""
    query = select(RosterGeneration.id).where(
        RosterGeneration.insurer_id == insurer_id,
        RosterGeneration.is_difference,
        RosterGeneration.rows > 0,
        RosterGeneration.in_force_at >= moment,
        RosterGeneration.id.not_in(besides),
    )
    return session.scalar(query.limit(1)) is not None


def unfinished_of(session: Session, insurer_id: str) -> list[RosterGeneration]:
    """Return the imports of an insurer that never came into force, held against whoever switches to one."""
    query = select(RosterGeneration).where(
        RosterGeneration.insurer_id == insurer_id, RosterGeneration.stage.in_((Stage.LOADING, Stage.LOADED))
    )
    # Where one is waited for, it is given as it stands then, or not at all if it has come into force.
    held = query.with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(held.order_by(RosterGeneration.id)))


def uncleared(session: Session, insurer_id: str | None = None) -> list[str]:
    """Return the ids of imports, of one insurer or of everybody, that are over and whose people are still there."""
    query = select(RosterGeneration.id).where(
        RosterGeneration.stage.in_(OVER), RosterGeneration.roll_number.is_not(None)
    )
    if insurer_id is not None:
        query = query.where(RosterGeneration.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(RosterGeneration.imported_at)))


def under_way(session: Session) -> list[str]:
    """Return the ids of insurers of whom something says that it is under way, whether or not anybody is at work."""
    loading = select(RosterGeneration.insurer_id).where(RosterGeneration.stage == Stage.LOADING)
    return sorted(session.scalars(loading.union(select(ChangesUnderWay.insurer_id))))


def forget_changes(session: Session, insurer_id: str) -> bool:
    """Delete how far differences of an insurer had come; return False where there were none."""
    changes = session.get(ChangesUnderWay, insurer_id)
    if changes is not None:
        session.delete(changes)
    return changes is not None


def active_generations(session: Session) -> list[RosterGeneration]:
    """Return what is looked up of every insurer."""
    query = select(RosterGeneration).join(ActiveRoster, ActiveRoster.generation_id == RosterGeneration.id)
    return list(session.scalars(query.order_by(RosterGeneration.insurer_id)))
