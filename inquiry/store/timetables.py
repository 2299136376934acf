"""Hours of business and closed days, every version of them (受付時間・休業日).

A version is never edited: a change is the next number. Those without an insurer are everybody's.
"""

from collections.abc import Collection
from datetime import datetime, time

from sqlalchemy import JSON, ForeignKey, Index, String, Time, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id


class TimetableVersion(Base):
    """One version of an insurer's hours and closures, or of what holds for everybody (全国共通)."""

    __tablename__ = "timetable"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    insurer_id: Mapped[str | None] = mapped_column(ForeignKey("insurer.id"), comment="空欄は全国共通")
    number: Mapped[int] = mapped_column(comment="版")
    opens: Mapped[time] = mapped_column(Time, comment="受付開始")
    closes: Mapped[time] = mapped_column(Time, comment="受付終了")
    cut_off: Mapped[time] = mapped_column(Time, comment="締切時刻")
    closures: Mapped[dict[str, str]] = mapped_column(JSON, comment="休業日と名称")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))
    made_by_name: Mapped[str] = mapped_column(String(100))

    __table_args__ = (
        Index("uq_timetable_insurer_id_number", "insurer_id", "number", unique=True),
        Index(
            "uq_timetable_number_of_everybody",
            "number",
            unique=True,
            sqlite_where=insurer_id.is_(None),
            postgresql_where=insurer_id.is_(None),
        ),
    )


def timetable_versions(session: Session, insurer_id: str | None) -> list[TimetableVersion]:
    """Return every version of one timetable, the oldest first."""
    query = select(TimetableVersion).where(TimetableVersion.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(TimetableVersion.number)))


def timetables_concerning(session: Session, insurer_ids: Collection[str]) -> list[TimetableVersion]:
    """Return every version of these insurers' timetables and of everybody's, the oldest first."""
    concerns = or_(TimetableVersion.insurer_id.is_(None), TimetableVersion.insurer_id.in_(insurer_ids))
    query = select(TimetableVersion).where(concerns)
    return list(session.scalars(query.order_by(TimetableVersion.made_at, TimetableVersion.number)))


def every_timetable(session: Session) -> list[TimetableVersion]:
    """Return every version of every timetable, the oldest first."""
    return list(session.scalars(select(TimetableVersion).order_by(TimetableVersion.made_at, TimetableVersion.number)))
