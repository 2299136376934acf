"""Letters made together in one go, and how far each has come (文書の一括作成)."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, and_, or_, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column, relationship

from inquiry.store.answering import Answer
from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.inquiries import Inquiry


class Outcome(StrEnum):
    """How far a letter of a run has come."""

    WAITING = "waiting"  # 作成待ち
    READY = "ready"  # 作成済み: may be printed and posted
    REFUSED = "refused"  # 作成・発送できない; `code` says why


class LetterRun(Base):
    """One go: who picked the letters, and when."""

    __tablename__ = "letter_run"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(ForeignKey("account.id"))

    letters: Mapped[list["RunLetter"]] = relationship(order_by="RunLetter.place", back_populates="run")

    __table_args__ = (Index("ix_letter_run_insurer_id_made_at", "insurer_id", "made_at"),)


class RunLetter(Base):
    """One letter of a run: the inquiry whose prepared answer it tells, and which print of it was made here."""

    __tablename__ = "run_letter"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    run_id: Mapped[str] = mapped_column(ForeignKey("letter_run.id"))
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    place: Mapped[int]
    answer_id: Mapped[str] = mapped_column(ForeignKey("answer.id"))
    outcome: Mapped[str] = mapped_column(String(8), default=Outcome.WAITING)
    code: Mapped[str] = mapped_column(String(60), default="", comment="作成・発送できない理由")
    file_sha256: Mapped[str] = mapped_column(String(64), default="", comment="この一括作成で作った文書")
    document_number: Mapped[str] = mapped_column(String(60), default="", comment="その文書番号")

    run: Mapped[LetterRun] = relationship(back_populates="letters")
    inquiry: Mapped[Inquiry] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (Index("uq_run_letter_run_id_place", "run_id", "place", unique=True),)


def run_of(session: Session, insurer_id: str, run_id: str) -> LetterRun | None:
    """Return one run of an insurer."""
    return session.scalar(select(LetterRun).where(LetterRun.insurer_id == insurer_id, LetterRun.id == run_id))


def runs_of(session: Session, insurer_id: str, limit: int) -> list[LetterRun]:
    """Return an insurer's runs, the newest first."""
    query = select(LetterRun).where(LetterRun.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(LetterRun.made_at.desc(), LetterRun.id).limit(limit)))


def waiting_letters(session: Session, insurer_id: str) -> list[str]:
    """Return the letters of an insurer's runs that are not made yet, by their ids, in the order they were asked for."""
    query = (
        select(RunLetter.id)
        .join(LetterRun)
        .where(LetterRun.insurer_id == insurer_id, RunLetter.outcome == Outcome.WAITING)
    )
    return list(session.scalars(query.order_by(LetterRun.made_at, LetterRun.id, RunLetter.place)))


def in_runs(session: Session, insurer_id: str, answer_ids: Iterable[str]) -> set[str]:
    """Return which of these answers wait in a run of an insurer, or were made there and are still as they were made."""
    is_as_made = and_(Answer.file_sha256 != "", Answer.file_sha256 == RunLetter.file_sha256)
    is_there = or_(RunLetter.outcome == Outcome.WAITING, and_(RunLetter.outcome == Outcome.READY, is_as_made))
    query = select(RunLetter.answer_id).join(Answer, Answer.id == RunLetter.answer_id).join(RunLetter.run)
    query = query.where(LetterRun.insurer_id == insurer_id, RunLetter.answer_id.in_(list(answer_ids)), is_there)
    return set(session.scalars(query))


def answers_in(session: Session, run_id: str) -> dict[str, Answer]:
    """Return the answers that the letters of a run tell, by their ids; their files are read when they are asked for."""
    within = select(RunLetter.answer_id).where(RunLetter.run_id == run_id)
    query = select(Answer).where(Answer.id.in_(within)).options(defer(Answer.file_ct))
    return {answer.id: answer for answer in session.scalars(query)}
