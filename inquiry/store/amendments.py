"""Changes of the contact list and the municipality directory on their way into force (名簿の変更の手続)."""

from datetime import date, datetime

from sqlalchemy import JSON, ColumnElement, Date, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.insurers import Insurer
from inquiry.store.municipalities import Municipality


class Amendment(Base):
    """One change of one entry, or an addition of desks: on which ground, who proposed, approved, called, stopped it."""

    __tablename__ = "amendment"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str | None] = mapped_column(ForeignKey("insurer.id"), index=True)
    desk: Mapped[int | None] = mapped_column(comment="窓口の番号")
    successor_id: Mapped[str | None] = mapped_column(String(36), comment="承継する保険者")
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("municipality.code"), index=True)
    adds: Mapped[str] = mapped_column(String(16), default="", comment="加えるもの（保険者・窓口。変更では空欄）")
    cells: Mapped[list[list[str]]] = mapped_column(JSON, comment="変わる列・変更前・変更後")
    from_on: Mapped[date] = mapped_column(Date, comment="適用日")
    evidence: Mapped[str] = mapped_column(String(300), default="", comment="根拠とした文書")
    page: Mapped[str] = mapped_column(String(300), default="", comment="根拠としたページ")
    seen_on: Mapped[date | None] = mapped_column(Date, comment="根拠を確かめた日")
    side: Mapped[str] = mapped_column(String(16), comment="提案した側（ＰＭＯ・本人の組織・運用者）")
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_by: Mapped[str] = mapped_column(String(36))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[str | None] = mapped_column(String(36))
    waits_until: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="待ち期間の終わり")
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_by: Mapped[str | None] = mapped_column(String(36))
    call_outcome: Mapped[str] = mapped_column(String(16), default="", comment="変更前の番号にかけた結果")
    call_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="電話の記録（暗号化）")
    objected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    objected_by: Mapped[str | None] = mapped_column(String(36))
    objected_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="承継する保険者の異議（暗号化）")
    overruled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    overruled_by: Mapped[str | None] = mapped_column(String(36))
    overruled_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="異議があっても進める理由（暗号化）")
    took_effect_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_by: Mapped[str | None] = mapped_column(String(36))
    stopped_how: Mapped[str] = mapped_column(String(16), default="", comment="差戻し・取下げ・異議の別")
    stopped_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="止めた理由（暗号化）")

    insurer: Mapped[Insurer | None] = relationship(lazy="joined")
    municipality: Mapped[Municipality | None] = relationship(lazy="joined")


class DirectoryRule(Base):
    """What PMO staff set for both directories; what it was before stands in the ledger."""

    __tablename__ = "directory_rule"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int] = mapped_column(comment="版")
    cooling_days: Mapped[int] = mapped_column(comment="待ち期間（日）")
    recheck_days: Mapped[int] = mapped_column(comment="再確認までの日数")


def amendment(session: Session, amendment_id: str) -> Amendment | None:
    """Return one change."""
    return session.get(Amendment, amendment_id)


def locked_amendment(session: Session, amendment_id: str) -> Amendment | None:
    """Return one change and hold its row until the unit of work ends."""
    query = select(Amendment).where(Amendment.id == amendment_id).with_for_update(of=Amendment)
    return session.scalar(query.execution_options(populate_existing=True))


def open_amendments(session: Session) -> list[Amendment]:
    """Return every change that neither holds nor was stopped, the oldest first."""
    return list(session.scalars(select(Amendment).where(*is_open()).order_by(Amendment.proposed_at, Amendment.id)))


def open_amendments_of(session: Session, *, insurer_id: str = "", municipality_code: str = "") -> list[Amendment]:
    """Return the changes of one entry that neither hold nor were stopped."""
    of_entry = Amendment.insurer_id == insurer_id if insurer_id else Amendment.municipality_code == municipality_code
    return list(session.scalars(select(Amendment).where(of_entry, *is_open()).order_by(Amendment.proposed_at)))


def amendments_of(session: Session, *, insurer_id: str = "", municipality_code: str = "") -> list[Amendment]:
    """Return every change of one entry, the newest first."""
    of_entry = Amendment.insurer_id == insurer_id if insurer_id else Amendment.municipality_code == municipality_code
    return list(session.scalars(select(Amendment).where(of_entry).order_by(Amendment.proposed_at.desc())))


def is_open() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what is so of a change that neither holds nor was stopped."""
    return Amendment.took_effect_at.is_(None), Amendment.stopped_at.is_(None)
