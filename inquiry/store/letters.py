"""Letters beside the answers, how an office words them, and how it signs (文書・文面・公印)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.answering import Answer
from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.correcting import Retraction
from inquiry.store.inquiries import Inquiry


class WrittenLetter(Base):
    """A letter about an inquiry that is no answer (照会書・回答遅延の連絡・お詫び・督促), as it was printed."""

    __tablename__ = "written_letter"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), comment="発信した組織")
    kind: Mapped[str] = mapped_column(String(16), comment="文書の種類")
    document_number: Mapped[str] = mapped_column(String(60), comment="文書番号")
    addressee: Mapped[str] = mapped_column(String(200), comment="宛先の組織")
    wording_version: Mapped[int] = mapped_column(default=0, comment="文面の版。０は既定")
    file_ct: Mapped[bytes] = mapped_column(LargeBinary, comment="文書（暗号化）")
    file_sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="本システムで渡した時刻")
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="最初に受け取られた時刻")
    received_by_name: Mapped[str | None] = mapped_column(String(100), comment="最初に受け取った担当者")


class LetterWording(Base):
    """One version of an office's wording of a kind of letter; without texts the product's own is in force again."""

    __tablename__ = "letter_wording"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str] = mapped_column(String(16), comment="文書の種類")
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(200), default="", comment="件名")
    body: Mapped[str] = mapped_column(Text, default="", comment="本文")
    remark: Mapped[str] = mapped_column(Text, default="", comment="備考")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (Index("uq_letter_wording_version", "organisation_id", "kind", "version", unique=True),)


class OfficeLetterhead(Base):
    """How an office signs its letters: mark of its numbers, seal, envelope; what it was before is in the ledger."""

    __tablename__ = "office_letterhead"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    number: Mapped[int] = mapped_column(comment="版")
    mark: Mapped[str] = mapped_column(String(20), default="", comment="文書記号")
    envelope: Mapped[str] = mapped_column(String(8), comment="窓付き封筒")
    seal_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="公印の印影（暗号化）")


class JointAnswer(Base):
    """An answer that shares its letter with others (複数の照会の回答書); the letter is named by its hash."""

    __tablename__ = "joint_answer"

    file_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answer.id"), primary_key=True)

    answer: Mapped[Answer] = relationship(lazy="joined", innerjoin=True)


def answers_sharing(session: Session, file_sha256: str) -> list[Answer]:
    """Return the answers that were printed in one letter; none where a letter tells a single one."""
    query = select(JointAnswer).where(JointAnswer.file_sha256 == file_sha256).order_by(JointAnswer.answer_id)
    return [row.answer for row in session.scalars(query)]


def inquiries_sharing(session: Session, inquiry_ids: Collection[str]) -> list[str]:
    """Return the inquiries whose answers stand in one letter with an answer to these, these themselves among them."""
    hashes = select(Answer.file_sha256).where(Answer.inquiry_id.in_(inquiry_ids))
    letters = select(JointAnswer.answer_id).where(JointAnswer.file_sha256.in_(hashes))
    found = session.scalars(select(Answer.inquiry_id).where(Answer.id.in_(letters)))
    return sorted({*found, *inquiry_ids})


def shares_letter(session: Session, answer_id: str) -> bool:
    """Say whether an answer was ever printed in one letter with others."""
    return session.scalar(select(JointAnswer.answer_id).where(JointAnswer.answer_id == answer_id).limit(1)) is not None


def taken_back(session: Session, hashes: Iterable[str]) -> set[str]:
    """Return which of these letters, named by their hashes, tell an answer that was taken back."""
    query = select(Answer.file_sha256).join(Retraction, Retraction.answer_id == Answer.id)
    return set(session.scalars(query.where(Answer.file_sha256.in_(set(filter(None, hashes))))))


def is_tracking_number_known(session: Session, insurer_id: str, number: str, *, since: date, besides: str = "") -> bool:
    """Say whether an insurer posted a letter under this 引受番号 since a day; `besides` is the hash of one that may."""
    query = select(Answer.id).join(Inquiry, Inquiry.id == Answer.inquiry_id)
    query = query.where(Inquiry.insurer_id == insurer_id, Answer.tracking_number == number, Answer.posted_on >= since)
    return session.scalar(query.where(Answer.file_sha256 != besides).limit(1)) is not None


def wordings_of(session: Session, organisation_id: str, kind: str) -> list[LetterWording]:
    """Return every version of an office's wording of a kind of letter, the newest first."""
    query = select(LetterWording).where(LetterWording.organisation_id == organisation_id, LetterWording.kind == kind)
    return list(session.scalars(query.order_by(LetterWording.version.desc())))


def wording_in_force(session: Session, organisation_id: str, kind: str) -> LetterWording | None:
    """Return the newest version of an office's wording of a kind of letter."""
    return next(iter(wordings_of(session, organisation_id, kind)), None)


def wording_numbered(session: Session, organisation_id: str, kind: str, version: int) -> LetterWording | None:
    """Return one version of an office's wording of a kind of letter."""
    return session.scalar(
        select(LetterWording).where(
            LetterWording.organisation_id == organisation_id,
            LetterWording.kind == kind,
            LetterWording.version == version,
        )
    )


def letters_about(session: Session, inquiry_id: str, organisation_id: str) -> list[WrittenLetter]:
    """Return the letters that an office printed about an inquiry, the newest first."""
    query = select(WrittenLetter).where(
        WrittenLetter.inquiry_id == inquiry_id, WrittenLetter.organisation_id == organisation_id
    )
    return list(session.scalars(query.order_by(WrittenLetter.made_at.desc(), WrittenLetter.document_number.desc())))


def letters_handed_over(session: Session, inquiry_id: str) -> list[WrittenLetter]:
    """Return the letters about an inquiry that the municipality may fetch, the newest first."""
    query = select(WrittenLetter).where(
        WrittenLetter.inquiry_id == inquiry_id, WrittenLetter.handed_over_at.is_not(None)
    )
    return list(session.scalars(query.order_by(WrittenLetter.handed_over_at.desc())))


def letters_of_kind(session: Session, inquiry_id: str, kind: str) -> list[WrittenLetter]:
    """Return the letters of one kind about an inquiry, whoever printed them, the newest first."""
    query = select(WrittenLetter).where(WrittenLetter.inquiry_id == inquiry_id, WrittenLetter.kind == kind)
    return list(session.scalars(query.order_by(WrittenLetter.made_at.desc(), WrittenLetter.document_number.desc())))


def versions_in_force(session: Session, organisation_id: str) -> dict[str, int]:
    """Return how many versions an office has of each kind of letter that it worded itself."""
    query = select(LetterWording.kind, func.max(LetterWording.version)).group_by(LetterWording.kind)
    return {row[0]: row[1] for row in session.execute(query.where(LetterWording.organisation_id == organisation_id))}
