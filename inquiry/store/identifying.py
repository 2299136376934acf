"""What stands beside identifications: looks at people who are near, what a later roster says (参考候補・後日の名簿)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Select, String, and_, func, or_, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import State
from inquiry.store.answering import Identification
from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.inquiries import Inquiry, Page, Scope, scoped
from inquiry.store.rosters import RosterGeneration


class WithheldOpening(Base):
    """A supervisor's word that a withheld record may be answered about, for one identification (不開示の解除)."""

    __tablename__ = "withheld_opening"

    identification_id: Mapped[str] = mapped_column(ForeignKey("identification.id"), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    reason_ct: Mapped[bytes] = mapped_column(LargeBinary, comment="開いた理由（暗号化）")


class NearMissLook(Base):
    """One look at people who differ in one identifier; counted, since it shows people nobody asked about."""

    __tablename__ = "near_miss_look"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (Index("ix_near_miss_look_insurer_id_at", "insurer_id", "at"),)


class LaterFinding(Base):
    """What a later roster says of an inquiry that found nobody (後日の名簿で見つかった加入者); never whom."""

    __tablename__ = "later_finding"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), index=True)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    identification_id: Mapped[str] = mapped_column(ForeignKey("identification.id"), unique=True)
    generation_id: Mapped[str] = mapped_column(ForeignKey("roster_generation.id"))
    finding: Mapped[str] = mapped_column(String(16))
    said: Mapped[str] = mapped_column(String(64), default="", comment="判定の指紋（同じ判定は二度知らせない）")
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))  # nobody: a roster took the person away again

    inquiry: Mapped[Inquiry] = relationship(lazy="joined", innerjoin=True)
    identification: Mapped[Identification] = relationship(lazy="joined", innerjoin=True)


def looks_at(session: Session, inquiry_id: str) -> int:
    """Return how often people near an inquiry were looked at."""
    query = select(func.count()).select_from(NearMissLook).where(NearMissLook.inquiry_id == inquiry_id)
    return session.scalar(query) or 0


def looks_since(session: Session, insurer_id: str, begin: datetime) -> int:
    """Return how often an insurer looked at people near any inquiry since a moment."""
    query = select(func.count()).select_from(NearMissLook)
    return session.scalar(query.where(NearMissLook.insurer_id == insurer_id, NearMissLook.at >= begin)) or 0


def generation(session: Session, generation_id: str | None) -> RosterGeneration | None:
    """Return a generation of a roster, in force or not."""
    return session.get(RosterGeneration, generation_id) if generation_id else None


_NOBODY_FOUND = (State.NOT_FOUND, State.ANSWERED, State.SETTLED)


def found_nobody(
    session: Session, insurer_id: str, *, generation_id: str, rule_version: str, since: datetime
) -> list[str]:
    """Return the inquiries about whom nobody was found on another generation than this, or by other rules.

    Inquiries answered before `since` are left out; those that wait in the list of later findings never are.
    """
    waits = Identification.id.in_(select(LaterFinding.identification_id).where(LaterFinding.done_at.is_(None)))
    is_recent = or_(Inquiry.answered_at.is_(None), Inquiry.answered_at >= since)
    is_overtaken = or_(Identification.generation_id != generation_id, Identification.rule_version != rule_version)
    query = (
        select(Inquiry.id)
        .join(Identification, Identification.inquiry_id == Inquiry.id)
        .where(
            Inquiry.insurer_id == insurer_id,
            Inquiry.state.in_(_NOBODY_FOUND),
            Identification.set_aside_at.is_(None),
            Identification.finding == Finding.NONE,
            Identification.generation_id.is_not(None),
            or_(waits, and_(is_recent, is_overtaken)),
        )
        .order_by(Inquiry.filed_at, Inquiry.id)
    )
    return list(session.scalars(query))


def later_findings(session: Session, insurer_id: str) -> list[LaterFinding]:
    """Return an insurer's later findings that nobody has dealt with, the oldest first.

    Those of an inquiry that was withdrawn since, or refused, ask for nothing any more.
    """
    query = (
        select(LaterFinding)
        .join(Identification, Identification.id == LaterFinding.identification_id)
        .join(Inquiry, Inquiry.id == LaterFinding.inquiry_id)
        .where(
            LaterFinding.insurer_id == insurer_id,
            LaterFinding.done_at.is_(None),
            Identification.set_aside_at.is_(None),
            Inquiry.state.in_(_NOBODY_FOUND),
        )
    )
    return list(session.scalars(query.order_by(LaterFinding.found_at, Inquiry.number)))


def later_finding_of(session: Session, insurer_id: str, later_id: str) -> LaterFinding | None:
    """Return one later finding of an insurer."""
    query = select(LaterFinding).where(LaterFinding.insurer_id == insurer_id, LaterFinding.id == later_id)
    return session.scalar(query)


def later_finding_about(session: Session, identification_id: str) -> LaterFinding | None:
    """Return what a later roster says about one identification, dealt with or not."""
    return session.scalar(select(LaterFinding).where(LaterFinding.identification_id == identification_id))


def is_overtaken(session: Session, identification_id: str) -> bool:
    """Say whether a later roster contradicts an identification, and nobody has dealt with that yet."""
    later = later_finding_about(session, identification_id)
    return later is not None and later.done_at is None


def in_state(session: Session, scope: Scope, state: str, page: Page) -> list[Inquiry]:
    """Return a page of the inquiries in a state with their timelines, the oldest first."""
    query = scoped(scope).where(Inquiry.state == state)
    return list(session.scalars(_with_steps(query).limit(page.limit).offset(page.offset)))


def in_state_behind(session: Session, scope: Scope, state: str, *, after: str, limit: int) -> list[Inquiry]:
    """Return inquiries in a state with their timelines, the oldest first, from behind one of them."""
    query = scoped(scope).where(Inquiry.state == state)
    mark = session.scalar(scoped(scope).where(Inquiry.id == after)) if after else None
    if mark is not None:
        query = query.where(tuple_(Inquiry.filed_at, Inquiry.id) > (mark.filed_at, mark.id))
    return list(session.scalars(_with_steps(query).limit(limit)))


def _with_steps(query: Select[Inquiry]) -> Select[Inquiry]:
    return query.options(selectinload(Inquiry.steps)).order_by(Inquiry.filed_at, Inquiry.id)


def replayable(session: Session, *, after: str, limit: int) -> list[Identification]:
    """Return identifications that keep what is needed to replay them, by id, from behind one."""
    query = select(Identification).where(Identification.decision_ct.is_not(None), Identification.id > after)
    return list(session.scalars(query.order_by(Identification.id).limit(limit)))
