"""Drafts, number series, form keys: what keeps work from being lost or done twice (下書き・採番・二重送信)."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id


class Draft(Base):
    """A form in progress, sealed, one person's own (下書き)."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    form_ct: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NumberSeries(Base):
    """The last number given out in a series such as ``INQ-2026``."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class FormKey(Base):
    """A form that was accepted once; its twin is answered with the same outcome."""

    __tablename__ = "form_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(200), default="")


def held_series(session: Session, name: str) -> NumberSeries:
    """Return a series and hold its row until the unit of work ends: whoever else asks for it waits."""
    query = select(NumberSeries).where(NumberSeries.name == name).with_for_update()
    series = session.scalar(query)
    if series is None:
        # Somebody else may begin it at the same moment; then theirs is held, once they are done.
        with suppress(IntegrityError), session.begin_nested():
            session.add(NumberSeries(name=name, last=0))
        series = session.scalars(query).one()
    return series


def next_number(session: Session, name: str) -> int:
    """Take the next number of a series; the row is held until the unit of work ends."""
    series = held_series(session, name)
    series.last += 1
    session.flush()
    return series.last


def drafts_of(session: Session, account_id: str) -> list[Draft]:
    """Return a person's drafts, the newest first."""
    return list(session.scalars(select(Draft).where(Draft.account_id == account_id).order_by(Draft.updated_at.desc())))


def draft_of(session: Session, account_id: str, draft_id: str) -> Draft | None:
    """Return one draft of a person."""
    return session.scalar(select(Draft).where(Draft.account_id == account_id, Draft.id == draft_id))


def held_draft_of(session: Session, account_id: str, draft_id: str) -> Draft | None:
    """Return one draft of a person and hold its row until the unit of work ends."""
    query = select(Draft).where(Draft.account_id == account_id, Draft.id == draft_id)
    return session.scalar(query.with_for_update())
