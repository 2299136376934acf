"""One step taken for many inquiries in one go, and how far each has come (一括処理)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.answering import Answer
from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.inquiries import Inquiry, Scope, scoped
from inquiry.store.municipalities import Municipality
from inquiry.store.suspicions import SuspicionNote


class BulkOutcome(StrEnum):
    """How far an inquiry of a run has come."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"  # `code` says why


class BulkRun(Base):
    """One go: which step, who picked the inquiries and when; for ③ what was settled on the call."""

    __tablename__ = "bulk_run"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    task: Mapped[str] = mapped_column(String(16), comment="照会者の確認・回答の作成・受け渡しの別")
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("municipality.code"))
    number_dialled: Mapped[str] = mapped_column(String(20), default="", comment="かけた代表電話（名簿の番号）")
    said_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="応対した相手と内容（暗号化）")
    channel: Mapped[str] = mapped_column(String(16), default="", comment="電話で決めた回答方法。空欄は照会のまま")
    needed_by: Mapped[date | None] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(ForeignKey("account.id"))

    lines: Mapped[list["BulkLine"]] = relationship(order_by="BulkLine.place", back_populates="run")
    municipality: Mapped[Municipality | None] = relationship(lazy="joined")

    __table_args__ = (Index("ix_bulk_run_insurer_id_made_at", "insurer_id", "made_at"),)


class BulkLine(Base):
    """One inquiry of a run, as it was when it was picked."""

    __tablename__ = "bulk_line"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    run_id: Mapped[str] = mapped_column(ForeignKey("bulk_run.id"))
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"))
    place: Mapped[int]
    version: Mapped[int] = mapped_column(comment="選んだときの照会の版")
    outcome: Mapped[str] = mapped_column(String(8), default=BulkOutcome.WAITING)
    code: Mapped[str] = mapped_column(String(60), default="", comment="できない理由")

    run: Mapped[BulkRun] = relationship(back_populates="lines")
    inquiry: Mapped[Inquiry] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (Index("uq_bulk_line_run_id_place", "run_id", "place", unique=True),)


def bulk_run_of(session: Session, insurer_id: str, run_id: str) -> BulkRun | None:
    """Return one run of an insurer."""
    return session.scalar(select(BulkRun).where(BulkRun.insurer_id == insurer_id, BulkRun.id == run_id))


def bulk_runs_of(session: Session, insurer_id: str, limit: int) -> list[BulkRun]:
    """Return an insurer's runs, the newest first."""
    query = select(BulkRun).where(BulkRun.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(BulkRun.made_at.desc(), BulkRun.id).limit(limit)))


def counts_of(session: Session, run_id: str) -> dict[BulkOutcome, int]:
    """Return how many inquiries of a run stand how."""
    query = select(BulkLine.outcome, func.count()).where(BulkLine.run_id == run_id).group_by(BulkLine.outcome)
    counted = {BulkOutcome(outcome): number for outcome, number in session.execute(query)}
    return {outcome: counted.get(outcome, 0) for outcome in BulkOutcome}


def waiting_lines(session: Session, insurer_id: str) -> list[tuple[str, str]]:
    """Return what waits for its step in an insurer's runs, in order: the id of each line and its task."""
    query = (
        select(BulkLine.id, BulkRun.task)
        .join(BulkRun)
        .where(BulkRun.insurer_id == insurer_id, BulkLine.outcome == BulkOutcome.WAITING)
    )
    rows = session.execute(query.order_by(BulkRun.made_at, BulkRun.id, BulkLine.place))
    return [(line_id, task) for line_id, task in rows]


def municipalities_in(session: Session, scope: Scope, state: str) -> list[tuple[Municipality, int]]:
    """Return whose inquiries stand in a state, and how many, most first."""
    counted = (
        scoped(scope)
        .where(Inquiry.state == state)
        .with_only_columns(Inquiry.municipality_code, func.count().label("inquiries"))
        .group_by(Inquiry.municipality_code)
        .subquery()
    )
    query = select(Municipality, counted.c.inquiries).join(counted, counted.c.municipality_code == Municipality.code)
    rows = session.execute(query.order_by(counted.c.inquiries.desc(), Municipality.code))
    return [(row[0], row[1]) for row in rows]


def in_state_of(session: Session, scope: Scope, state: str, *, municipality_code: str, limit: int) -> list[Inquiry]:
    """Return one municipality's inquiries in a state, the oldest first."""
    query = scoped(scope).where(Inquiry.state == state, Inquiry.municipality_code == municipality_code)
    return list(session.scalars(query.order_by(Inquiry.filed_at, Inquiry.number).limit(limit)))


def without_draft(session: Session, scope: Scope, states: list[str], *, limit: int) -> list[Inquiry]:
    """Return inquiries in these states for which no answer is prepared, the oldest first."""
    drafted = select(Answer.inquiry_id).where(Answer.given_at.is_(None))
    query = scoped(scope).where(Inquiry.state.in_(states), Inquiry.id.not_in(drafted))
    return list(session.scalars(query.order_by(Inquiry.filed_at, Inquiry.number).limit(limit)))


def is_suspected(session: Session, inquiry_id: str) -> bool:
    """Say whether PMO staff have a note about an inquiry that nobody has dealt with."""
    open_note = exists().where(SuspicionNote.inquiry_id == inquiry_id, SuspicionNote.looked_at.is_(None))
    return bool(session.scalar(select(open_note)))
