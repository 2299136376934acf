"""What the clock of many inquiries goes by, without the inquiries themselves (期限の計算に要る時刻)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from inquiry.store.inquiries import Inquiry, Scope, Step, scoped


class Moment(NamedTuple):
    """A line of a timeline: what happened when."""

    event: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clocked:
    """An inquiry as its clock sees it; `steps` are those that were asked for."""

    id: str
    number: str
    insurer_id: str
    municipality_code: str
    state: str
    agreed_on: date | None
    owed_from_at: datetime | None
    filed_at: datetime
    answered_at: datetime | None
    steps: tuple[Moment, ...]


_COLUMNS = (
    Inquiry.id,
    Inquiry.number,
    Inquiry.insurer_id,
    Inquiry.municipality_code,
    Inquiry.state,
    Inquiry.agreed_on,
    Inquiry.owed_from_at,
    Inquiry.filed_at,
    Inquiry.answered_at,
)


def clocked(
    session: Session, scope: Scope | None, *, states: Collection[str], events: Collection[str]
) -> list[Clocked]:
    """Return every inquiry of a scope, or without one of everybody's, in these states; two statements in all."""
    within = (select(Inquiry) if scope is None else scoped(scope)).where(Inquiry.state.in_(states))
    ids = within.with_only_columns(Inquiry.id)
    happened = select(Step.inquiry_id, Step.event, Step.at).where(Step.event.in_(events), Step.inquiry_id.in_(ids))
    rows = session.execute(happened.order_by(Step.inquiry_id, Step.seq))
    moments = {key: tuple(Moment(event, at) for _, event, at in some) for key, some in groupby(rows, itemgetter(0))}
    everybody = session.execute(within.with_only_columns(*_COLUMNS))
    return [Clocked(*row, moments.get(row[0], ())) for row in everybody]
