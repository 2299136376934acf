"""What an insurer set about the files of its answers, and its own templates for them (ファイルの設定・様式)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime
from inquiry.store.insurers import Insurer


class FileSetting(Base):
    """An insurer's settings in force; what they were before stands in the ledger."""

    __tablename__ = "file_setting"

    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), primary_key=True)
    number: Mapped[int] = mapped_column(comment="版")
    kind: Mapped[str] = mapped_column(String(8), comment="ふだんの種類")
    passwords: Mapped[str] = mapped_column(String(8), comment="パスワードの形")
    days: Mapped[int] = mapped_column(comment="受け取れる業務日の数")
    times: Mapped[int] = mapped_column(comment="受け取れる回数")


class FileTemplate(Base):
    """One version of an insurer's own Word file with fields; never edited (回答ファイルの様式)."""

    __tablename__ = "file_template"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"))
    kind: Mapped[str] = mapped_column(String(16), comment="回答・該当者なし")
    number: Mapped[int] = mapped_column(comment="版")
    content_ct: Mapped[bytes] = mapped_column(LargeBinary, comment="様式（暗号化）")
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="", comment="変更の内容")
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    uploaded_by_name: Mapped[str] = mapped_column(String(100))
    is_in_force: Mapped[bool] = mapped_column(default=False, comment="使用中")
    chosen_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="最後に使用を始めた時")
    chosen_by_name: Mapped[str] = mapped_column(String(100), default="")

    __table_args__ = (Index("uq_file_template_insurer_id_kind_number", "insurer_id", "kind", "number", unique=True),)


def templates_of(session: Session, insurer_id: str, kind: str) -> list[FileTemplate]:
    """Return every version of an insurer's template for one kind of answer, the newest first."""
    query = select(FileTemplate).where(FileTemplate.insurer_id == insurer_id, FileTemplate.kind == kind)
    return list(session.scalars(query.order_by(FileTemplate.number.desc())))


def template_numbered(session: Session, insurer_id: str, kind: str, *, number: int) -> FileTemplate | None:
    """Return one version of an insurer's template."""
    query = select(FileTemplate).where(FileTemplate.insurer_id == insurer_id, FileTemplate.kind == kind)
    return session.scalar(query.where(FileTemplate.number == number))


def template_in_force(session: Session, insurer_id: str, kind: str) -> FileTemplate | None:
    """Return the version in force, or None where the product's own wording is."""
    query = select(FileTemplate).where(FileTemplate.insurer_id == insurer_id, FileTemplate.kind == kind)
    return session.scalar(query.where(FileTemplate.is_in_force))


def hold_templates(session: Session, insurer_id: str) -> None:
    """Let nobody else add or choose a version of the insurer's until the unit of work ends."""
    query = select(Insurer.id).where(Insurer.id == insurer_id)
    session.execute(query.with_for_update(key_share=True)).one()
