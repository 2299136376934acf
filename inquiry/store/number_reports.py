"""Numbers that users could not reach anybody under (番号の不具合の連絡)."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.insurers import Insurer
from inquiry.store.municipalities import Municipality


class NumberReport(Base):
    """One report that a number or address does not work, and what PMO staff made of it.

    It stands in an insurer's or a municipality's entry, or with neither in the rules of escalation.
    """

    __tablename__ = "number_report"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str | None] = mapped_column(ForeignKey("insurer.id"))
    desk: Mapped[int | None] = mapped_column(comment="窓口の番号")
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("municipality.code"))
    inquiry_id: Mapped[str | None] = mapped_column(ForeignKey("inquiry.id"))
    number: Mapped[str] = mapped_column(String(254), comment="連絡のあった番号・アドレス（名簿のもの）")
    kind: Mapped[str] = mapped_column(String(16), comment="不具合の種類")
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_by: Mapped[str] = mapped_column(String(36))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(36))
    done_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="ＰＭＯの対応（暗号化）")

    insurer: Mapped[Insurer | None] = relationship(lazy="joined")
    municipality: Mapped[Municipality | None] = relationship(lazy="joined")


def open_reports(session: Session) -> list[NumberReport]:
    """Return the reports that nobody has dealt with, the oldest first."""
    query = select(NumberReport).where(NumberReport.done_at.is_(None))
    return list(session.scalars(query.order_by(NumberReport.reported_at, NumberReport.id)))


def open_report_on(session: Session, number: str, kind: str) -> NumberReport | None:
    """Return a report of this kind on this number that nobody has dealt with."""
    query = select(NumberReport).where(NumberReport.number == number, NumberReport.kind == kind)
    return session.scalar(query.where(NumberReport.done_at.is_(None)).limit(1))


def locked_report(session: Session, report_id: str) -> NumberReport | None:
    """Return one report and hold its row until the unit of work ends."""
    query = select(NumberReport).where(NumberReport.id == report_id).with_for_update(of=NumberReport)
    return session.scalar(query.execution_options(populate_existing=True))
