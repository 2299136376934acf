"""The steps by which an answer that does not come was pressed for, and what they go by (督促の段階・待ち時間)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.inquiries import Inquiry, Scope, is_owed, scoped


class Escalation(Base):
    """One step, taken once for each time an answer is owed."""

    __tablename__ = "escalation"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"))
    owed_since: Mapped[datetime] = mapped_column(UtcDateTime, comment="回答の義務の始まり")
    level: Mapped[str] = mapped_column(String(16), comment="責任者・ＰＭＯ・所管課の別")
    reason: Mapped[str] = mapped_column(String(16))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="取り下げた理由（暗号化）")

    inquiry: Mapped[Inquiry] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        Index("uq_escalation_inquiry_id_owed_since_level", "inquiry_id", "owed_since", "level", unique=True),
    )


class EscalationRulesEdition(Base):
    """One version of desks and waiting times; never edited, a change is the next number."""

    __tablename__ = "escalation_rules"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="版")
    desks: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, comment="保険者の種別ごとの所管課")
    after_minutes: Mapped[dict[str, int]] = mapped_column(JSON, comment="段階ごとの待ち時間（業務時間、分）")
    pmo_notice_address: Mapped[str] = mapped_column(String(254), default="", comment="ＰＭＯの通知用メールアドレス")
    reason: Mapped[str] = mapped_column(Text, comment="変更の理由")
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str] = mapped_column(String(36))
    set_by_name: Mapped[str] = mapped_column(String(100))


def every_escalation_rules(session: Session) -> list[EscalationRulesEdition]:
    """Return every version of desks and waiting times, the newest first."""
    return list(session.scalars(select(EscalationRulesEdition).order_by(EscalationRulesEdition.number.desc())))


def latest_escalation_rules(session: Session) -> EscalationRulesEdition | None:
    """Return the version in force, or None while it is the memo's."""
    return session.scalar(select(EscalationRulesEdition).order_by(EscalationRulesEdition.number.desc()).limit(1))


def escalation(session: Session, escalation_id: str) -> Escalation | None:
    """Return one step."""
    return session.get(Escalation, escalation_id)


def escalations_of(session: Session, inquiry_id: str) -> list[Escalation]:
    """Return the steps taken for an inquiry, the oldest first."""
    query = select(Escalation).where(Escalation.inquiry_id == inquiry_id)
    return list(session.scalars(query.order_by(Escalation.raised_at, Escalation.id)))


def standing_at(session: Session, level: str, *, scope: Scope | None) -> list[Escalation]:
    """Return one level's steps that nobody withdrew, for inquiries whose answer is owed, the oldest first.

    Without a scope they are everybody's: for PMO staff, who see the number of an inquiry alone.
    """
    within = scoped(scope) if scope else select(Inquiry)
    wanted = within.where(is_owed()).with_only_columns(Inquiry.id)
    query = select(Escalation).where(Escalation.level == level, Escalation.withdrawn_at.is_(None))
    return list(session.scalars(query.where(Escalation.inquiry_id.in_(wanted)).order_by(Escalation.raised_at)))
