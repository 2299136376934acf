"""Organisations that have accounts, and their people (組織・利用者)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from inquiry.store.base import Base, UtcDateTime, new_id


class Organisation(Base):
    """An organisation whose people log in; its row holds the head of its own ledger chain."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(16), comment="市町村等・医療保険者・ＰＭＯ・運用者の別")
    name: Mapped[str] = mapped_column(String(200))
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("municipality.code"), comment="団体コード")
    insurer_id: Mapped[str | None] = mapped_column(ForeignKey("insurer.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ledger_seq: Mapped[int] = mapped_column(default=0)
    ledger_head: Mapped[bytes] = mapped_column(LargeBinary, default=bytes(32))

    __table_args__ = (
        Index("uq_organisation_municipality_code", "municipality_code", unique=True),
        Index("uq_organisation_insurer_id", "insurer_id", unique=True),
    )


class Account(Base):
    """One person's account; never shared."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    login_name: Mapped[str] = mapped_column(String(100), unique=True)
    display_name: Mapped[str] = mapped_column(String(100))
    section: Mapped[str] = mapped_column(String(100), default="", comment="所属")
    role: Mapped[str] = mapped_column(String(16))
    supervises: Mapped[bool] = mapped_column(default=False, comment="責任者（不開示の記録を開く）")
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    uses_shortcuts: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class LoginSession(Base):
    """A login in progress; only the SHA-256 of its token is kept."""

    __tablename__ = "login_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class LoginDelay(Base):
    """How long a login name waits after wrong passwords; a counter in a row, never a COUNT."""

    __tablename__ = "login_delay"

    name_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)


def account_named(session: Session, login_name: str) -> Account | None:
    """Return the account with this login name, disabled ones too."""
    return session.scalar(select(Account).where(Account.login_name == login_name))


def accounts_of(session: Session, organisation_id: str) -> list[Account]:
    """Return an organisation's accounts by name."""
    query = select(Account).where(Account.organisation_id == organisation_id).order_by(Account.login_name)
    return list(session.scalars(query))


def open_logins(session: Session, account_id: str) -> list[LoginSession]:
    """Return the logins of an account that have not been ended."""
    query = select(LoginSession).where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
    return list(session.scalars(query))


def organisations(session: Session) -> list[Organisation]:
    """Return every organisation that is not closed, by kind and name."""
    query = select(Organisation).where(Organisation.closed_at.is_(None)).order_by(Organisation.kind, Organisation.name)
    return list(session.scalars(query))


def organisation_of_insurer(session: Session, insurer_id: str) -> Organisation | None:
    """Return the open organisation in which an insurer's staff have accounts."""
    return session.scalar(
        select(Organisation).where(Organisation.insurer_id == insurer_id, Organisation.closed_at.is_(None))
    )


def organisation_of_municipality(session: Session, code: str) -> Organisation | None:
    """Return the open organisation in which a municipality's staff have accounts."""
    return session.scalar(
        select(Organisation).where(Organisation.municipality_code == code, Organisation.closed_at.is_(None))
    )


def organisation_of_kind(session: Session, kind: str) -> Organisation | None:
    """Return the first open organisation of a kind of which there is only one, such as the PMO or the operator."""
    query = select(Organisation).where(Organisation.kind == kind, Organisation.closed_at.is_(None))
    return session.scalar(query.order_by(Organisation.created_at).limit(1))


def display_names(session: Session, account_ids: Collection[str]) -> dict[str, str]:
    """Return the names of these accounts by their ids."""
    query = select(Account.id, Account.display_name).where(Account.id.in_(account_ids))
    return {account_id: name for account_id, name in session.execute(query)}  # noqa: C416 rows are no tuples


def organisation_names(session: Session, organisation_ids: Collection[str]) -> dict[str, str]:
    """Return the names of these organisations by their ids."""
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisation_ids))
    return {organisation_id: name for organisation_id, name in session.execute(query)}  # noqa: C416 rows are no tuples


def organisations_like(
    session: Session, texts: list[str], *, kind: str = "", limit: int, offset: int = 0
) -> tuple[list[Organisation], int]:
    """Return open organisations of a kind whose name holds one of the texts, and how many there are in all."""
    query = select(Organisation).where(Organisation.closed_at.is_(None))
    if texts:
        query = query.where(or_(*(Organisation.name.contains(text, autoescape=True) for text in texts)))
    if kind:
        query = query.where(Organisation.kind == kind)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Organisation.kind, Organisation.name, Organisation.id)
    return list(session.scalars(ordered.limit(limit).offset(offset))), total
