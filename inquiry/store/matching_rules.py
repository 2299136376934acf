"""What an insurer set about matching, and the kanji pairs it takes for one name (突合の規則・異体字の登録).

A version is never edited: a change is the next number. Nor is a pair, which only gains who released or withdrew it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Row, String, Text, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.insurers import Insurer


class MatchingRules(Base):
    """One version of an insurer's settings."""

    __tablename__ = "matching_rules"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    number: Mapped[int] = mapped_column(comment="版")
    contested_variants: Mapped[str] = mapped_column(String(16), comment="使い分けのある異体字の扱い")
    kana_to_confirm: Mapped[list[str]] = mapped_column(JSON, comment="要確認とするフリガナの違い")
    namesakes_allowed: Mapped[int] = mapped_column(comment="同姓同名の人数の上限")
    vanish_percent: Mapped[int] = mapped_column(comment="いなくなる人の割合の上限")
    near_miss_per_inquiry: Mapped[int] = mapped_column(comment="近い候補を見る回数の上限（照会ごと）")
    near_miss_per_day: Mapped[int] = mapped_column(comment="近い候補を見る回数の上限（１日）")
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str] = mapped_column(String(36))
    set_by_name: Mapped[str] = mapped_column(String(100))

    __table_args__ = (Index("uq_matching_rules_insurer_id_number", "insurer_id", "number", unique=True),)


class OwnVariant(Base):
    """Two characters of which an insurer says that they are one name (保険者が登録した異体字)."""

    __tablename__ = "own_variant"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), index=True)
    one: Mapped[str] = mapped_column(String(1))
    other: Mapped[str] = mapped_column(String(1))
    evidence: Mapped[str] = mapped_column(Text, comment="根拠")
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_by: Mapped[str] = mapped_column(String(36))
    proposed_by_name: Mapped[str] = mapped_column(String(100))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by: Mapped[str | None] = mapped_column(String(36))
    released_by_name: Mapped[str] = mapped_column(String(100), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str | None] = mapped_column(String(36))
    withdrawn_by_name: Mapped[str] = mapped_column(String(100), default="")
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="", comment="取下げの理由")


# Built once: these two are asked before every look into a roster.
_LATEST = (
    select(MatchingRules)
    .where(MatchingRules.insurer_id == bindparam("insurer_id"))
    .order_by(MatchingRules.number.desc())
    .limit(1)
)
_RELEASED = select(OwnVariant.one, OwnVariant.other, OwnVariant.withdrawn_at.is_(None)).where(
    OwnVariant.insurer_id == bindparam("insurer_id"), OwnVariant.released_at.is_not(None)
)


def latest_rules(session: Session, insurer_id: str) -> MatchingRules | None:
    """Return the version in force, or None where the insurer left everything as the product has it."""
    return session.scalar(_LATEST, {"insurer_id": insurer_id})


def every_rules(session: Session, insurer_id: str) -> list[MatchingRules]:
    """Return every version of an insurer's settings, the newest first."""
    query = select(MatchingRules).where(MatchingRules.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(MatchingRules.number.desc())))


def released_pairs(session: Session, insurer_id: str) -> Sequence[Row[str, str, bool]]:
    """Return both characters of every pair ever released, and whether it still counts."""
    return session.execute(_RELEASED, {"insurer_id": insurer_id}).all()


def own_variants(session: Session, insurer_id: str) -> list[OwnVariant]:
    """Return every pair an insurer ever proposed, the newest first."""
    query = select(OwnVariant).where(OwnVariant.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(OwnVariant.proposed_at.desc(), OwnVariant.id)))


def own_variant(session: Session, insurer_id: str, variant_id: str) -> OwnVariant | None:
    """Return one pair of an insurer, read anew."""
    query = select(OwnVariant).where(OwnVariant.insurer_id == insurer_id, OwnVariant.id == variant_id)
    return session.scalar(query.execution_options(populate_existing=True))


def hold_rules(session: Session, insurer_id: str) -> None:
    """Let nobody else change the insurer's rules until the unit of work ends."""
    query = select(Insurer.id).where(Insurer.id == insurer_id)
    session.execute(query.with_for_update(key_share=True)).one()
