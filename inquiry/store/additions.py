"""Desks that are proposed for the contact list: each is a row of an amendment (照会窓口の追加の提案)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ColumnElement, ForeignKey, LargeBinary, String, func, insert, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.amendments import Amendment, is_open
from inquiry.store.base import Base, UtcDateTime, new_id


class AddedDesk(Base):
    """One desk as it is proposed; it is on no list until its amendment holds, and never if it was rejected."""

    __tablename__ = "added_desk"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    amendment_id: Mapped[str] = mapped_column(ForeignKey("amendment.id"), index=True)
    place: Mapped[int] = mapped_column(comment="提案の中の順番")
    insurer_number: Mapped[str] = mapped_column(String(8), index=True, comment="保険者番号（８桁）")
    desk_name: Mapped[str] = mapped_column(String(100), comment="窓口名。主たる窓口は空欄")
    name: Mapped[str] = mapped_column(String(200), comment="保険者名称")
    kana: Mapped[str] = mapped_column(String(300))
    cells: Mapped[dict[str, str]] = mapped_column(JSON, comment="一覧の列と、その内容")
    rejected_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="差し戻した時刻")
    rejected_by: Mapped[str | None] = mapped_column(String(36))
    reason_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="差し戻した理由（暗号化）")
    entry_id: Mapped[str | None] = mapped_column(String(36), comment="この提案でできた窓口の版")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many desks an addition proposes, how many of them were rejected, and the first of those left, else of all."""

    proposed: int
    rejected: int
    first: AddedDesk

    @property
    def left(self) -> int:
        """Return how many are still to be added, or were."""
        return self.proposed - self.rejected


def write_added(session: Session, desks: Iterable[dict[str, object]]) -> None:
    """Write proposed desks down, however many, in one statement."""
    session.execute(insert(AddedDesk), list(desks))


def added_desk(session: Session, desk_id: str) -> AddedDesk | None:
    """Return one proposed desk."""
    return session.get(AddedDesk, desk_id)


def desks_of_addition(session: Session, amendment_id: str) -> list[AddedDesk]:
    """Return the desks that an addition proposes, in the order of the file."""
    query = select(AddedDesk).where(AddedDesk.amendment_id == amendment_id)
    return list(session.scalars(query.order_by(AddedDesk.place)))


def tally_of(session: Session, amendment_id: str) -> Tally:
    """Count the desks of an addition."""
    counts = select(func.count(), func.count(AddedDesk.rejected_at)).where(AddedDesk.amendment_id == amendment_id)
    proposed, rejected = session.execute(counts).one()
    of_addition = select(AddedDesk).where(AddedDesk.amendment_id == amendment_id)
    in_order = of_addition.order_by(AddedDesk.rejected_at.is_not(None), AddedDesk.place).limit(1)
    return Tally(proposed, rejected, session.scalars(in_order).one())


def keys_proposed(session: Session) -> list[tuple[str, str]]:
    """Return the padded number and desk name of every desk that waits to be added."""
    query = select(AddedDesk.insurer_number, AddedDesk.desk_name).join(Amendment).where(*_is_waiting())
    return [(number, name) for number, name in session.execute(query)]


def proposed_like(session: Session, texts: Collection[str], *, limit: int) -> list[AddedDesk]:
    """Return desks that wait to be added whose number, name, kana or desk name holds one of the texts."""
    columns = (AddedDesk.insurer_number, AddedDesk.name, AddedDesk.kana, AddedDesk.desk_name)
    likes = [column.contains(text, autoescape=True) for text in texts for column in columns]
    query = select(AddedDesk).join(Amendment).where(*_is_waiting(), or_(*likes))
    return list(session.scalars(query.order_by(AddedDesk.insurer_number, AddedDesk.desk_name).limit(limit)))


def _is_waiting() -> tuple[ColumnElement[bool], ...]:
    return *is_open(), AddedDesk.rejected_at.is_(None)
