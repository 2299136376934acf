"""What evidence of difficulty is counted from: plain columns of inquiries and follow-ups (根拠の集計)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from inquiry.store.answering import CopyRefresh
from inquiry.store.inquiries import Inquiry, Step

_PORTION = 5_000


@dataclass(frozen=True, slots=True)
class Span:
    """Which inquiries are wanted: those filed in a time, of one insurer or of all."""

    from_at: datetime
    until_at: datetime
    insurer_id: str | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what a query about inquiries is narrowed by."""
        filed = [Inquiry.filed_at >= self.from_at, Inquiry.filed_at < self.until_at]
        return filed if self.insurer_id is None else [*filed, Inquiry.insurer_id == self.insurer_id]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """The columns of an inquiry that evidence is made of."""

    inquiry_id: str
    insurer_id: str
    network_error: str
    refused_reason: str
    filed_at: datetime
    answered_at: datetime | None
    agreed_on: date | None
    owed_from_at: datetime | None


def asked_rows(session: Session, span: Span) -> Iterator[AskedRow]:
    """Yield the inquiries of a span, a portion at a time."""
    columns = (
        Inquiry.id,
        Inquiry.insurer_id,
        Inquiry.network_error,
        Inquiry.refused_reason,
        Inquiry.filed_at,
        Inquiry.answered_at,
        Inquiry.agreed_on,
        Inquiry.owed_from_at,
    )
    rows = session.execute(select(*columns).where(*span.conditions).execution_options(yield_per=_PORTION))
    return (AskedRow(*row) for row in rows)


def last_steps(session: Session, span: Span, events: Collection[str]) -> dict[str, datetime]:
    """Return when one of the events last happened to inquiries of a span, by their ids."""
    query = select(Step.inquiry_id, Step.at).join(Inquiry).where(Step.event.in_(events)).order_by(Step.seq)
    return {row[0]: row[1] for row in session.execute(query.where(*span.conditions))}


def timelines(session: Session, span: Span, events: Collection[str]) -> dict[str, Inquiry]:
    """Return the inquiries of a span to which one of the events happened, with their timelines, by their ids."""
    touched = select(Step.inquiry_id).where(Step.event.in_(events))
    query = select(Inquiry).where(Inquiry.id.in_(touched)).options(selectinload(Inquiry.steps))
    return {inquiry.id: inquiry for inquiry in session.scalars(query.where(*span.conditions))}


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A registered copy to bring up to date: whose, since when, and until when."""

    insurer_id: str
    created_at: datetime
    done_at: datetime | None


def copy_rows(session: Session, span: Span) -> list[CopyRow]:
    """Return the follow-ups that were open at some time of a span."""
    query = select(CopyRefresh.insurer_id, CopyRefresh.created_at, CopyRefresh.done_at)
    query = query.where(CopyRefresh.created_at < span.until_at)
    query = query.where(CopyRefresh.done_at.is_(None) | (CopyRefresh.done_at >= span.from_at))
    if span.insurer_id is not None:
        query = query.where(CopyRefresh.insurer_id == span.insurer_id)
    return [CopyRow(*row) for row in session.execute(query)]
