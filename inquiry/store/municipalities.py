"""The municipality directory (市町村等の名簿): the only source of a number to call back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Date, String, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base


class Municipality(Base):
    """One prefecture or municipality with its main line (代表電話) and how that number is known."""

    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(String(6), primary_key=True, comment="全国地方公共団体コード")
    prefecture: Mapped[str] = mapped_column(String(10), index=True)
    name: Mapped[str] = mapped_column(String(100))
    kana: Mapped[str] = mapped_column(String(200))
    postal_code: Mapped[str] = mapped_column(String(8), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    main_line: Mapped[str] = mapped_column(String(20), default="", index=True, comment="代表電話番号（数字のみ）")
    main_line_source: Mapped[str] = mapped_column(String(300), default="", comment="番号を確認したページ")
    main_line_checked_on: Mapped[date | None] = mapped_column(Date)
    mail_domain: Mapped[str] = mapped_column(String(253), default="", comment="メールドメイン（番号と同じ証拠）")
    notice_address: Mapped[str] = mapped_column(String(254), default="", comment="通知用メールアドレス")
    main_line_checked_by: Mapped[str | None] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(default=1)


def municipality(session: Session, code: str) -> Municipality | None:
    """Return the entry with this code."""
    return session.get(Municipality, code)


def locked_municipality(session: Session, code: str) -> Municipality | None:
    """Return the entry with this code and hold its row until the unit of work ends."""
    return session.get(Municipality, code, with_for_update=True, populate_existing=True)


@dataclass(frozen=True, slots=True)
class SoughtMunicipality:
    """What to look for in the directory: any of these spellings, in a prefecture, with a main line or lacking one."""

    spellings: Sequence[str] = ()
    prefecture: str = ""
    lacks_main_line: bool = False


def municipalities_like(
    session: Session, sought: SoughtMunicipality, *, limit: int = 50, offset: int = 0
) -> tuple[list[Municipality], int]:
    """Return entries whose code, name or kana holds one of the spellings, and how many there are in all."""
    query = select(Municipality)
    if sought.spellings:
        query = query.where(or_(*(_holds(text) for text in sought.spellings)))
    if sought.prefecture:
        query = query.where(Municipality.prefecture == sought.prefecture)
    if sought.lacks_main_line:
        query = query.where(Municipality.main_line == "")
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return list(session.scalars(query.order_by(Municipality.code).limit(limit).offset(offset))), total


def every_municipality(session: Session) -> list[Municipality]:
    """Return the whole directory, 1,788 rows, by code."""
    return list(session.scalars(select(Municipality).order_by(Municipality.code)))


def lines_unchecked_since(session: Session, day: date, *, limit: int) -> list[Municipality]:
    """Return entries whose main line nobody checked on or after a day, those checked longest ago first."""
    is_due = or_(Municipality.main_line_checked_on.is_(None), Municipality.main_line_checked_on < day)
    query = select(Municipality).where(Municipality.main_line != "", is_due)
    return list(session.scalars(query.order_by(Municipality.main_line_checked_on, Municipality.code).limit(limit)))


def prefectures(session: Session) -> list[str]:
    """Return the prefectures in the order of their codes."""
    query = select(Municipality.prefecture).group_by(Municipality.prefecture).order_by(func.min(Municipality.code))
    return list(session.scalars(query))


def municipality_names(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Return the names of these entries by code, each with its prefecture."""
    query = select(Municipality).where(Municipality.code.in_(codes))
    return {row.code: " ".join(dict.fromkeys((row.prefecture, row.name))) for row in session.scalars(query)}


def _holds(text: str) -> ColumnElement[bool]:
    return or_(
        Municipality.code.startswith(text, autoescape=True),
        Municipality.name.contains(text, autoescape=True),
        Municipality.kana.contains(text, autoescape=True),
    )
