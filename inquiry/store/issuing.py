"""Letters given out, and the certificates that sealed them (発行した文書・電子シールの証明書).

What is kept of a letter here is what the public may learn of it and what recognises it: no text of it, and its check
number only as a keyed index, from which nobody reads the number back.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base, UtcDateTime, new_id


class SealCertificate(Base):
    """A certificate that seals letters: an insurer's own, sealed at rest with its key, or the operator's, key apart."""

    __tablename__ = "seal_certificate"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    insurer_id: Mapped[str | None] = mapped_column(ForeignKey("insurer.id"), index=True)
    holder: Mapped[str] = mapped_column(String(400), comment="証明書の名義")
    der: Mapped[bytes] = mapped_column(LargeBinary, comment="証明書（公開部分）")
    valid_until: Mapped[datetime] = mapped_column(UtcDateTime)
    pkcs12_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="鍵を含む証明書（暗号化）")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(36))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="使用をやめた時刻")


class IssuedLetter(Base):
    """A letter as it was given out: by whom, when, and the hash of its bytes."""

    __tablename__ = "issued_letter"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    number_key: Mapped[bytes] = mapped_column(LargeBinary, unique=True, comment="確認番号の索引（鍵付き）")
    sha256: Mapped[str] = mapped_column(String(64))
    issuer: Mapped[str] = mapped_column(String(200), comment="発行者")
    issued_on: Mapped[date] = mapped_column(Date, comment="文書の日付")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    answer_id: Mapped[str | None] = mapped_column(ForeignKey("answer.id"), comment="回答の文書であるとき")
    certificate: Mapped[str | None] = mapped_column(ForeignKey("seal_certificate.fingerprint"))

    __table_args__ = (Index("ix_issued_letter_sha256", "sha256"),)


class LookUpDelay(Base):
    """How often an address asked for letters that are none of ours; a counter in a row, never a COUNT."""

    __tablename__ = "look_up_delay"

    address_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    misses: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


def letter_keyed(session: Session, number_key: bytes) -> IssuedLetter | None:
    """Return the letter with this check number."""
    return session.scalar(select(IssuedLetter).where(IssuedLetter.number_key == number_key))


def letter_hashed(session: Session, sha256: str) -> IssuedLetter | None:
    """Return the letter of exactly these bytes."""
    return session.scalar(select(IssuedLetter).where(IssuedLetter.sha256 == sha256))


def certificates(session: Session) -> list[SealCertificate]:
    """Return every certificate that ever sealed a letter here; a handful."""
    return list(session.scalars(select(SealCertificate)))


def certificates_of(session: Session, insurer_id: str) -> list[SealCertificate]:
    """Return an insurer's own certificates, the newest first."""
    query = select(SealCertificate).where(SealCertificate.insurer_id == insurer_id)
    return list(session.scalars(query.order_by(SealCertificate.added_at.desc())))


def certificate_in_force(session: Session, insurer_id: str) -> SealCertificate | None:
    """Return the insurer's own certificate that is in use."""
    return next((row for row in certificates_of(session, insurer_id) if row.ended_at is None), None)
