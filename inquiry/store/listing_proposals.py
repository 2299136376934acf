"""Rules of the list, proposals to enter or leave it, and what insurers said to them (掲載・解除の基準、提案、異議)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.insurers import Insurer


class DifficultyRulesEdition(Base):
    """One version of the rules; never edited, a change is the next number."""

    __tablename__ = "difficulty_rules"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="版")
    thresholds: Mapped[dict[str, list[int]]] = mapped_column(JSON, comment="指標ごとの掲載・解除の基準")
    least_inquiries: Mapped[int] = mapped_column(comment="判断に必要な照会の件数")
    months_to_enter: Mapped[int] = mapped_column(comment="掲載の提案に必要な月数")
    months_to_leave: Mapped[int] = mapped_column(comment="解除の提案に必要な月数")
    days_to_object: Mapped[int] = mapped_column(comment="異議の申出の期間（日）")
    reason: Mapped[str] = mapped_column(Text, comment="変更の理由")
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str] = mapped_column(String(36))
    set_by_name: Mapped[str] = mapped_column(String(100))


class ListingProposal(Base):
    """A proposal to enter or leave the list, with the evidence as it was (提案)."""

    __tablename__ = "listing_proposal"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), index=True)
    direction: Mapped[str] = mapped_column(String(8), comment="掲載・解除")
    rules_number: Mapped[int] = mapped_column(comment="提案したときの基準の版")
    months: Mapped[list[dict[str, Any]]] = mapped_column(JSON, comment="提案したときの根拠（月ごとの数値）")
    reason: Mapped[str] = mapped_column(Text, comment="提案の理由（保険者に示す）")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_name: Mapped[str] = mapped_column(String(100))
    object_until: Mapped[date] = mapped_column(Date, comment="異議を申し出られる最後の日")
    outcome: Mapped[str] = mapped_column(String(8), default="", comment="採用・不採用。空欄は決定前")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_name: Mapped[str] = mapped_column(String(100), default="")
    decision_reason: Mapped[str] = mapped_column(Text, default="", comment="決定の理由（保険者に示す）")

    insurer: Mapped[Insurer] = relationship(lazy="joined", innerjoin=True)
    objection: Mapped["ListingObjection | None"] = relationship(lazy="joined")


class ListingObjection(Base):
    """What the insurer said to a proposal, and the PMO's answer to it; without a text it has no objection (異議)."""

    __tablename__ = "listing_objection"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("listing_proposal.id"), primary_key=True)
    text_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="異議の内容（暗号化）")
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by_name: Mapped[str] = mapped_column(String(100))
    reply_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="ＰＭＯの回答（暗号化）")
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replied_by_name: Mapped[str] = mapped_column(String(100), default="")


# At most one proposal about an insurer waits for its decision.
Index(
    "uq_listing_proposal_insurer_id_open",
    ListingProposal.insurer_id,
    unique=True,
    sqlite_where=ListingProposal.outcome == "",
    postgresql_where=ListingProposal.outcome == "",
)


def latest_rules(session: Session) -> DifficultyRulesEdition | None:
    """Return the version of the rules in force, or None while they are the product's own."""
    return session.scalar(select(DifficultyRulesEdition).order_by(DifficultyRulesEdition.number.desc()).limit(1))


def every_rules(session: Session) -> list[DifficultyRulesEdition]:
    """Return every version of the rules, the newest first."""
    return list(session.scalars(select(DifficultyRulesEdition).order_by(DifficultyRulesEdition.number.desc())))


def proposals(session: Session, insurer_id: str | None = None) -> list[ListingProposal]:
    """Return every proposal, about one insurer or about all, the newest first."""
    query = select(ListingProposal).order_by(ListingProposal.opened_at.desc(), ListingProposal.id)
    return list(session.scalars(query if insurer_id is None else query.where(ListingProposal.insurer_id == insurer_id)))


def proposal(session: Session, proposal_id: str) -> ListingProposal | None:
    """Return one proposal, read anew."""
    query = select(ListingProposal).where(ListingProposal.id == proposal_id)
    return session.scalar(query.execution_options(populate_existing=True))


def proposal_held(session: Session, proposal_id: str) -> ListingProposal | None:
    """Return one proposal, and hold its row until the unit of work ends."""
    query = select(ListingProposal).where(ListingProposal.id == proposal_id).with_for_update(of=ListingProposal)
    return session.scalar(query.execution_options(populate_existing=True))
