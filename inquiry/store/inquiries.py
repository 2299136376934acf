"""Inquiries and what happened to them (照会・経過).

Every query that touches an inquiry takes the acting party's scope: a municipality sees its own, an insurer those
addressed to it. What is not yours is not there.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from inquiry.domain.inquiry import OPEN, State
from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.insurers import ContactEntry, Insurer, desk_serving, desks_in_force, successor_of
from inquiry.store.municipalities import Municipality

# What of an inquiry's timeline changes at which desk it is asked.
CORRECTIONS: Final = frozenset({"contact_corrected", "succeed"})


class Inquiry(Base):
    """One inquiry (照会). Who it is about is sealed in `subject_ct`; there is no place for a My Number."""

    __tablename__ = "inquiry"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(20), unique=True, comment="受付番号")
    state: Mapped[str] = mapped_column(String(16))
    entrance: Mapped[str] = mapped_column(String(16), comment="システム・電話・文書の別")
    version: Mapped[int] = mapped_column(default=1)

    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    section: Mapped[str] = mapped_column(String(100), comment="所属")
    person: Mapped[str] = mapped_column(String(100), comment="担当者氏名")
    heard_telephone: Mapped[str] = mapped_column(String(40), default="", comment="照会者が告げた番号（架電しない）")
    heard_mail: Mapped[str] = mapped_column(String(200), default="", comment="照会者が告げたアドレス（送信しない）")

    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    insurer_number: Mapped[str] = mapped_column(String(8), default="", comment="照会したときの保険者番号")
    contact_entry_id: Mapped[str | None] = mapped_column(ForeignKey("contact_entry.id"))
    difficult_entry_id: Mapped[str | None] = mapped_column(ForeignKey("difficult_entry.id"))
    insurer_evidence: Mapped[str] = mapped_column(String(32), default="", comment="保険者を知った資料")

    network_error: Mapped[str] = mapped_column(String(8), comment="エラーの種別")
    error_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    network_reference: Mapped[str] = mapped_column(String(60), default="", comment="処理通番等")

    procedure: Mapped[str] = mapped_column(String(24), comment="事務手続")
    items: Mapped[list[str]] = mapped_column(JSON, comment="照会したい情報")
    channel: Mapped[str] = mapped_column(String(16), comment="希望する回答方法")
    needed_by: Mapped[date | None] = mapped_column(Date, comment="文書回答の期限")
    agreed_on: Mapped[date | None] = mapped_column(Date, comment="期限として数える文書の期日")
    owed_from_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="文書をやめ、期限を数え直した日時")
    note_ct: Mapped[bytes | None] = mapped_column(LargeBinary)

    subject_ct: Mapped[bytes] = mapped_column(LargeBinary, comment="３情報ほか（暗号化）")
    subject_key: Mapped[bytes] = mapped_column(LargeBinary, comment="同一人の照会を探す索引（鍵付き）")
    dates_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="資格取得・喪失の時期（暗号化）")
    salt: Mapped[bytes] = mapped_column(LargeBinary)

    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    municipality_joined_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="照会元が本システムで扱い始めた日時。空欄は電話・文書だけの相手"
    )
    insurer_joined_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="照会先が本システムで扱い始めた日時。空欄は電話・文書だけの相手"
    )
    taken_up_by: Mapped[str | None] = mapped_column(String(36), comment="引き取った照会担当")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expected_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="告げられた回答見込み")
    refused_reason: Mapped[str] = mapped_column(String(40), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    contact_seen_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="照会先の窓口の変更を担当者が見た日時"
    )

    ledger_seq: Mapped[int] = mapped_column(default=0)
    ledger_head: Mapped[bytes] = mapped_column(LargeBinary, default=bytes(32))

    insurer: Mapped[Insurer] = relationship(lazy="joined", innerjoin=True)
    municipality: Mapped[Municipality] = relationship(lazy="joined", innerjoin=True)
    steps: Mapped[list["Step"]] = relationship(order_by="Step.seq", back_populates="inquiry")

    __table_args__ = (
        Index("ix_inquiry_insurer_id_state_filed_at", "insurer_id", "state", "filed_at"),
        Index("ix_inquiry_municipality_code_state_filed_at", "municipality_code", "state", "filed_at"),
        Index("ix_inquiry_insurer_id_municipality_code", "insurer_id", "municipality_code"),
        Index("ix_inquiry_subject_key", "subject_key"),
        Index("ix_inquiry_filed_at", "filed_at"),
    )


class Step(Base):
    """One line of an inquiry's timeline (経過); what an official wrote beside it is sealed."""

    __tablename__ = "step"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"))
    seq: Mapped[int]
    event: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(36))
    by_name: Mapped[str] = mapped_column(String(100))
    by_organisation: Mapped[str] = mapped_column(String(200))
    note_ct: Mapped[bytes | None] = mapped_column(LargeBinary)

    inquiry: Mapped[Inquiry] = relationship(back_populates="steps")

    __table_args__ = (Index("uq_step_inquiry_id_seq", "inquiry_id", "seq", unique=True),)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose inquiries may be seen: one municipality's, or those addressed to one insurer; neither sees nothing."""

    municipality_code: str | None = None
    insurer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a long list is wanted."""

    limit: int
    offset: int = 0


def scoped(scope: Scope) -> Select[Inquiry]:
    """Return the inquiries within a scope, as a query to narrow further."""
    query = select(Inquiry)
    if scope.municipality_code is not None:
        return query.where(Inquiry.municipality_code == scope.municipality_code)
    if scope.insurer_id is not None:
        return query.where(Inquiry.insurer_id == scope.insurer_id)
    return query.where(Inquiry.id.is_(None))


def inquiry_within(session: Session, scope: Scope, inquiry_id: str) -> Inquiry | None:
    """Return one inquiry if it lies within the scope."""
    return session.scalar(scoped(scope).where(Inquiry.id == inquiry_id))


def locked_within(session: Session, scope: Scope, inquiry_id: str) -> Inquiry | None:
    """Return one inquiry within the scope and hold its row until the unit of work ends."""
    query = scoped(scope).where(Inquiry.id == inquiry_id).with_for_update(of=Inquiry)
    return session.scalar(query.execution_options(populate_existing=True))


def lock_in_order(session: Session, scope: Scope, inquiry_ids: Collection[str]) -> None:
    """Hold the rows of several inquiries within the scope until the unit of work ends, the oldest first."""
    query = scoped(scope).where(Inquiry.id.in_(inquiry_ids)).order_by(Inquiry.filed_at, Inquiry.id)
    session.scalars(query.with_for_update(of=Inquiry).execution_options(populate_existing=True)).all()


def inquiry_numbered(session: Session, scope: Scope, number: str) -> Inquiry | None:
    """Return the inquiry with this receipt number if it lies within the scope."""
    return session.scalar(scoped(scope).where(Inquiry.number == number))


def inquiries_by_id(session: Session, scope: Scope, ids: list[str]) -> dict[str, Inquiry]:
    """Return these inquiries by their ids, as far as they lie within the scope."""
    return {each.id: each for each in session.scalars(scoped(scope).where(Inquiry.id.in_(ids)))}


def waiting_without_a_line(session: Session, states: list[str]) -> list[tuple[Municipality, int]]:
    """Return the municipalities that cannot be called back, with how many of their inquiries stand in these states."""
    counted = (
        select(Inquiry.municipality_code, func.count().label("inquiries"))
        .where(Inquiry.state.in_(states))
        .group_by(Inquiry.municipality_code)
        .subquery()
    )
    query = select(Municipality, counted.c.inquiries).join(counted, counted.c.municipality_code == Municipality.code)
    rows = session.execute(query.where(Municipality.main_line == "").order_by(counted.c.inquiries.desc()))
    return [(row[0], row[1]) for row in rows]


def inquiries_to(session: Session, insurer_id: str, states: list[str]) -> list[Inquiry]:
    """Return an insurer's inquiries in these states with their timelines, each row held until the unit of work ends."""
    query = select(Inquiry).where(Inquiry.insurer_id == insurer_id, Inquiry.state.in_(states)).order_by(Inquiry.id)
    return list(session.scalars(query.options(selectinload(Inquiry.steps)).with_for_update(of=Inquiry)))


def desk_of(session: Session, inquiry: Inquiry) -> ContactEntry | None:
    """Return the desk at which an inquiry's insurer is reached today, as the contact list has it now.

    It is the desk that was asked, whatever its version; where that ended, the one which serves the number the inquiry
    was filed under, of the insurer or of its successor.
    """
    stands_for = successor_of(session, inquiry.insurer)
    asked = session.get(ContactEntry, inquiry.contact_entry_id) if inquiry.contact_entry_id else None
    wanted = asked.desk if asked is not None and asked.insurer_id == stands_for.id else 0
    return desk_serving(desks_in_force(session, stands_for.id), inquiry.insurer_number, wanted=wanted)


def inquiries_latest_first(session: Session, scope: Scope, states: list[str], page: Page) -> list[Inquiry]:
    """Return inquiries in these states, the one answered or, without an answer, filed last first."""
    latest = func.coalesce(Inquiry.answered_at, Inquiry.filed_at).desc()
    query = scoped(scope).where(Inquiry.state.in_(states)).order_by(latest, Inquiry.id)
    return list(session.scalars(query.limit(page.limit).offset(page.offset)))


def arrivals(session: Session, scope: Scope, states: list[str], events: Iterable[str]) -> list[datetime]:
    """Return when inquiries that stand in these states came to do so by one of the events."""
    within = scoped(scope).where(Inquiry.state.in_(states)).with_only_columns(Inquiry.id)
    query = select(Step.at).where(Step.inquiry_id.in_(within), Step.event.in_(list(events)))
    return list(session.scalars(query))


def count_by_state(session: Session, scope: Scope) -> dict[str, int]:
    """Return how many inquiries stand in each state."""
    inner = scoped(scope).subquery()
    rows = session.execute(select(inner.c.state, func.count()).group_by(inner.c.state))
    return {state: number for state, number in rows}  # noqa: C416 rows are Row objects, not tuples


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose inquiries stand on a desk: those one person filed and, where `section` is given, that section's too."""

    filed_by: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What waits for a municipality: inquiries in some states, in others only if their insurer is outside."""

    states: tuple[str, ...]
    states_for_one_outside: tuple[str, ...]

    def holds(self) -> ColumnElement[bool]:
        """Return the condition, as a part of a query."""
        is_written_for = and_(Inquiry.insurer_joined_at.is_(None), Inquiry.state.in_(self.states_for_one_outside))
        return or_(Inquiry.state.in_(self.states), is_written_for)


def on_desk(
    session: Session, scope: Scope, desk: Desk, *, states: list[str], turn: Turn, page: Page
) -> tuple[list[Inquiry], int]:
    """Return a page of a desk's inquiries with their timelines, those whose turn it is first, and their number."""
    query = of_desk(scope, desk).where(Inquiry.state.in_(states))
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Inquiry.id).subquery())) or 0
    place = case((turn.holds(), 0), else_=1)
    ordered = query.options(selectinload(Inquiry.steps)).order_by(place, Inquiry.filed_at, Inquiry.id)
    return list(session.scalars(ordered.limit(page.limit).offset(page.offset))), total


def count_on_desk(session: Session, scope: Scope, desk: Desk) -> dict[str, int]:
    """Return how many inquiries of a desk stand in each state."""
    inner = of_desk(scope, desk).with_only_columns(Inquiry.id, Inquiry.state).subquery()
    return {row[0]: row[1] for row in session.execute(select(inner.c.state, func.count()).group_by(inner.c.state))}


def count_turns(session: Session, scope: Scope, desk: Desk, turn: Turn) -> int:
    """Return how many inquiries of a desk wait for the municipality."""
    waiting = of_desk(scope, desk).where(turn.holds()).with_only_columns(Inquiry.id)
    return session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


def count_corrected(session: Session, scope: Scope, desk: Desk, states: list[str]) -> int:
    """Return how many inquiries of a desk in these states were corrected since their clerk saw it."""
    seen_at = func.coalesce(Inquiry.contact_seen_at, Inquiry.filed_at)
    is_later = Inquiry.steps.any(and_(Step.event.in_(CORRECTIONS), Step.at > seen_at))
    marked = of_desk(scope, desk).where(Inquiry.state.in_(states), is_later).with_only_columns(Inquiry.id)
    return session.scalar(select(func.count()).select_from(marked.subquery())) or 0


def of_desk(scope: Scope, desk: Desk) -> Select[Inquiry]:
    """Return the inquiries of a desk, as a query to narrow further."""
    is_mine = or_(Inquiry.filed_by == desk.filed_by, Inquiry.taken_up_by == desk.filed_by)
    if desk.section is None:
        return scoped(scope).where(is_mine)
    # What came to the insurer by telephone or paper names a section as it was heard, so every section sees it.
    is_nobodys = Inquiry.municipality_joined_at.is_(None)
    return scoped(scope).where(or_(is_mine, Inquiry.section == desk.section, is_nobodys))


def not_taken_up(session: Session, scope: Scope, states: list[str]) -> list[Inquiry]:
    """Return the inquiries of a scope in these states that its own side has not taken up, the oldest first."""
    joined_at = Inquiry.insurer_joined_at if scope.insurer_id is not None else Inquiry.municipality_joined_at
    query = scoped(scope).where(joined_at.is_(None), Inquiry.state.in_(states))
    return list(session.scalars(query.order_by(Inquiry.filed_at, Inquiry.id)))


def alike(session: Session, scope: Scope, subject_key: bytes, states: list[str]) -> list[Inquiry]:
    """Return inquiries about the same person, insurer and procedure that stand in these states."""
    query = scoped(scope).where(Inquiry.subject_key == subject_key, Inquiry.state.in_(states))
    return list(session.scalars(query.order_by(Inquiry.filed_at)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many inquiries of one municipality to one insurer stand in one state."""

    municipality_code: str
    insurer_id: str
    state: str
    inquiries: int


def tally(session: Session) -> list[Tally]:
    """Count every inquiry by its parties and state; for PMO staff, who see numbers and no inquiry."""
    grouped = (Inquiry.municipality_code, Inquiry.insurer_id, Inquiry.state)
    return [Tally(*row) for row in session.execute(select(*grouped, func.count()).group_by(*grouped))]


def is_owed() -> ColumnElement[bool]:
    """Say of an inquiry that nothing has reached the municipality yet, a refusal apart."""
    did_not_arrive = and_(Inquiry.state == State.ANSWERED, Inquiry.answered_at.is_(None))
    return or_(Inquiry.state.in_((*OPEN, State.REFUSED)), did_not_arrive)


def owed_everywhere(session: Session) -> list[Inquiry]:
    """Return every inquiry whose answer is owed, with its timeline, unopened: for PMO staff, who see its number."""
    return list(session.scalars(select(Inquiry).where(is_owed()).options(selectinload(Inquiry.steps))))
