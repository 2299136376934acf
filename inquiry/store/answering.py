"""What is found, called and answered: identifications, call-backs, answers, follow-ups (判定・折り返し・回答・副本)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, and_, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from inquiry.domain.inquiry import State
from inquiry.domain.reply import Channel
from inquiry.store.base import Base, UtcDateTime, new_id
from inquiry.store.correcting import Retraction
from inquiry.store.inquiries import Inquiry, Scope, Step, scoped


class Identification(Base):
    """One look into the roll (加入者の確認): what it found, on which basis, and why."""

    __tablename__ = "identification"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    basis: Mapped[str] = mapped_column(String(16), comment="名簿・担当者の確認の別")
    finding: Mapped[str] = mapped_column(String(16))
    equal: Mapped[list[str]] = mapped_column(JSON, comment="一致した３情報")
    generation_id: Mapped[str | None] = mapped_column(ForeignKey("roster_generation.id"))
    rule_version: Mapped[str] = mapped_column(String(100), default="")
    number_registered: Mapped[bool] = mapped_column(default=False, comment="個人番号登録済（番号そのものではない）")
    sealed_for: Mapped[str] = mapped_column(String(36), default="inquiry", comment="名簿から写した欄の鍵をもつ保険者")
    member_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="特定した加入者（暗号化）")
    reason_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="担当者の理由（暗号化）")
    corroborated: Mapped[str] = mapped_column(String(16), default="", comment="同姓同名の裏付けとした事項")
    decision_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="判定の記録（暗号化）")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CallBack(Base):
    """One call to the main line of the directory (代表電話への折り返し)."""

    __tablename__ = "call_back"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    number_dialled: Mapped[str] = mapped_column(String(20), comment="名簿の代表電話")
    municipality_word: Mapped[str] = mapped_column(String(20), default="", comment="市町村が読み上げる合言葉")
    insurer_word: Mapped[str] = mapped_column(String(20), default="", comment="保険者が読み返す合言葉")
    wrong_words: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str] = mapped_column(String(16), default="", comment="結果。空欄は通話中")
    carried: Mapped[list[str]] = mapped_column(JSON, default=list, comment="この電話で伝えた・聞いたこと")
    reached_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="電話に出た人（暗号化）")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_by: Mapped[str] = mapped_column(String(36), comment="通話を受け持つ担当者")
    try_again_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="かけ直す時刻")
    ask_for_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="次に頼む人（暗号化）")

    inquiry: Mapped[Inquiry] = relationship(lazy="joined", innerjoin=True)


class Answer(Base):
    """What the insurer answers (回答): prepared, given by one channel, received."""

    __tablename__ = "answer"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), comment="回答・該当者なし")
    channel: Mapped[str] = mapped_column(String(16))
    identification_id: Mapped[str] = mapped_column(ForeignKey("identification.id"), comment="回答の根拠とした確認")
    items_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="回答内容（暗号化）")
    roster_said: Mapped[str] = mapped_column(
        String(64), default="", comment="保存したときの名簿の内容（ハッシュ）。空欄は、名簿によらないか、残っていない"
    )
    document_number: Mapped[str] = mapped_column(String(60), default="", comment="文書番号")
    file_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="回答ファイル（暗号化）")
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    says_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="ファイルに書かれた内容（暗号化）。伝えるまで")
    wording_version: Mapped[int] = mapped_column(default=0, comment="文面の版。０は既定")
    file_kind: Mapped[str] = mapped_column(String(8), default="", comment="パスワード付きファイルの種類")
    mail_address_ct: Mapped[bytes | None] = mapped_column(LargeBinary, comment="折り返し電話で聞き取ったアドレス")
    posted_on: Mapped[date | None] = mapped_column(Date, comment="発送日")
    tracking_number: Mapped[str] = mapped_column(String(20), default="", comment="引受番号")
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    prepared_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    handed_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    downloads: Mapped[int] = mapped_column(default=0)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="もう一度渡した時")
    downloads_before: Mapped[int] = mapped_column(default=0, comment="その前に受け取られた回数")
    four_eyes_from: Mapped[int] = mapped_column(default=0, comment="用意したときの「回答の前の確認」の版")
    held_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="作り直したファイルが、もう一人の確認を待ち始めた時刻"
    )
    call_back_id: Mapped[str | None] = mapped_column(ForeignKey("call_back.id"))

    __table_args__ = (
        Index("ix_answer_given_at", "given_at"),
        Index("ix_answer_held_at", "held_at"),
        Index("ix_answer_tracking_number", "tracking_number"),
    )


class CopyRefresh(Base):
    """A registered copy to bring up to date after an answer (副本の登録・更新, memo annex ※5)."""

    __tablename__ = "copy_refresh"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"), unique=True)
    insurer_id: Mapped[str] = mapped_column(ForeignKey("insurer.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))

    inquiry: Mapped[Inquiry] = relationship(lazy="joined", innerjoin=True)


def identification_in_force(session: Session, inquiry_id: str) -> Identification | None:
    """Return the latest identification that was not set aside."""
    query = (
        select(Identification)
        .where(Identification.inquiry_id == inquiry_id, Identification.set_aside_at.is_(None))
        .order_by(Identification.made_at.desc())
        .limit(1)
    )
    return session.scalar(query)


def answer_in_preparation(session: Session, inquiry_id: str) -> Answer | None:
    """Return the answer that is prepared and not yet given."""
    query = select(Answer).where(Answer.inquiry_id == inquiry_id, Answer.given_at.is_(None))
    return session.scalar(query.order_by(Answer.prepared_at.desc()).limit(1))


def answer_given(session: Session, inquiry_id: str) -> Answer | None:
    """Return the answer that was given and stands; one that was taken back is nobody's answer any more."""
    taken_back = select(Retraction.answer_id).where(Retraction.inquiry_id == inquiry_id)
    query = select(Answer).where(
        Answer.inquiry_id == inquiry_id, Answer.given_at.is_not(None), Answer.id.not_in(taken_back)
    )
    return session.scalar(query.order_by(Answer.given_at.desc()).limit(1))


def calls_of(session: Session, inquiry_id: str) -> list[CallBack]:
    """Return an inquiry's call-backs, the newest first."""
    query = select(CallBack).where(CallBack.inquiry_id == inquiry_id).order_by(CallBack.started_at.desc())
    return list(session.scalars(query))


def call_in_progress(session: Session, inquiry_id: str) -> CallBack | None:
    """Return the call-back that has begun and not ended."""
    query = select(CallBack).where(CallBack.inquiry_id == inquiry_id, CallBack.ended_at.is_(None))
    return session.scalar(query.order_by(CallBack.started_at.desc()).limit(1))


def refresh_about(session: Session, inquiry_id: str) -> CopyRefresh | None:
    """Return the follow-up of an inquiry, ticked off or not."""
    return session.scalar(select(CopyRefresh).where(CopyRefresh.inquiry_id == inquiry_id))


def calls_pending(session: Session, scope: Scope, states: Iterable[str]) -> list[CallBack]:
    """Return the latest call of each inquiry in these states that lasts still, or is to be tried again.

    Nobody need try again what was answered meanwhile in another way, unless that answer was taken back.
    """
    later = aliased(CallBack)
    is_latest = ~exists().where(later.inquiry_id == CallBack.inquiry_id, later.started_at > CallBack.started_at)
    within = scoped(scope).where(Inquiry.state.in_(list(states))).with_only_columns(Inquiry.id)
    taken_back = select(Retraction.answer_id).where(Retraction.inquiry_id == CallBack.inquiry_id)
    is_answered = exists().where(
        Answer.inquiry_id == CallBack.inquiry_id, Answer.given_at >= CallBack.ended_at, Answer.id.not_in(taken_back)
    )
    waits = or_(CallBack.ended_at.is_(None), and_(CallBack.try_again_at.is_not(None), ~is_answered))
    return list(session.scalars(select(CallBack).where(CallBack.inquiry_id.in_(within), is_latest, waits)))


def with_password_to_tell(session: Session, scope: Scope, *, making: Collection[str], telling: str) -> list[Inquiry]:
    """Return the answered inquiries whose file was given, with no line of telling after the latest of making it."""
    is_file = exists().where(
        Answer.inquiry_id == Inquiry.id,
        Answer.channel == Channel.FILE,
        Answer.given_at.is_not(None),
        Answer.id.not_in(select(Retraction.answer_id).where(Retraction.inquiry_id == Inquiry.id)),
    )
    made, told = aliased(Step), aliased(Step)
    of_inquiry = select(func.max(made.seq)).where(made.inquiry_id == Inquiry.id, made.event.in_(making))
    latest = of_inquiry.correlate(Inquiry).scalar_subquery()
    is_told = exists().where(told.inquiry_id == Inquiry.id, told.event == telling, told.seq > latest)
    query = scoped(scope).where(Inquiry.state == State.ANSWERED, is_file, ~is_told)
    return list(session.scalars(query.order_by(Inquiry.filed_at, Inquiry.id)))


def open_refreshes(session: Session, insurer_id: str) -> list[CopyRefresh]:
    """Return an insurer's follow-ups that are not ticked off, the oldest first."""
    query = select(CopyRefresh).where(CopyRefresh.insurer_id == insurer_id, CopyRefresh.done_at.is_(None))
    return list(session.scalars(query.order_by(CopyRefresh.created_at)))


def refreshes_done_since(session: Session, insurer_id: str, at: datetime) -> list[CopyRefresh]:
    """Return an insurer's follow-ups that were ticked off since a moment, the latest first."""
    query = select(CopyRefresh).where(CopyRefresh.insurer_id == insurer_id, CopyRefresh.done_at >= at)
    return list(session.scalars(query.order_by(CopyRefresh.done_at.desc(), CopyRefresh.id)))


def asked_again(session: Session, insurer_id: str, since: datetime) -> int:
    """Count the inquiries filed since a moment about somebody whose copy was still to be refreshed then."""
    earlier = aliased(Inquiry)
    was_open = or_(CopyRefresh.done_at.is_(None), CopyRefresh.done_at > Inquiry.filed_at)
    query = (
        select(func.count(Inquiry.id.distinct()))
        .join(earlier, (earlier.subject_key == Inquiry.subject_key) & (earlier.id != Inquiry.id))
        .join(CopyRefresh, CopyRefresh.inquiry_id == earlier.id)
        .where(Inquiry.insurer_id == insurer_id, Inquiry.filed_at >= since)
        .where(CopyRefresh.created_at < Inquiry.filed_at, was_open)
    )
    return session.scalar(query) or 0


def refresh_of(session: Session, insurer_id: str, refresh_id: str) -> CopyRefresh | None:
    """Return one follow-up of an insurer."""
    return session.scalar(select(CopyRefresh).where(CopyRefresh.insurer_id == insurer_id, CopyRefresh.id == refresh_id))
