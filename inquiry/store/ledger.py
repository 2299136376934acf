"""The rows of the ledger (監査台帳); what they mean is in audit/."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Index, LargeBinary, String, func, select, union_all
from sqlalchemy.orm import Mapped, Session, mapped_column

from inquiry.store.base import Base
from inquiry.store.inquiries import Inquiry
from inquiry.store.organisations import Organisation


class LedgerEntry(Base):
    """One entry as it was written; triggers refuse to change or delete it."""

    __tablename__ = "ledger_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    chain_id: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int]
    header: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        Index("uq_ledger_entry_chain_id_seq", "chain_id", "seq", unique=True),
        {"sqlite_autoincrement": True},
    )


def entries(session: Session) -> Iterator[LedgerEntry]:
    """Yield every entry, chain by chain, each in its order."""
    query = select(LedgerEntry).order_by(LedgerEntry.chain_id, LedgerEntry.seq)
    yield from session.scalars(query.execution_options(yield_per=2000))


def heads(session: Session) -> dict[str, tuple[int, bytes]]:
    """Return the head of every chain as the inquiries and organisations themselves hold it."""
    query = union_all(
        select(Inquiry.id, Inquiry.ledger_seq, Inquiry.ledger_head),
        select(Organisation.id, Organisation.ledger_seq, Organisation.ledger_head),
    )
    return {chain: (seq, bytes(head)) for chain, seq, head in session.execute(query)}


@dataclass(frozen=True, slots=True)
class SoughtEntry:
    """Which entries to look for: those of one chain, of one event; empty asks for nothing."""

    chain_id: str = ""
    event: str = ""


def latest_entries(
    session: Session, sought: SoughtEntry, *, limit: int, offset: int = 0
) -> tuple[list[LedgerEntry], int]:
    """Return entries by the order they were written, the newest first, and how many there are in all."""
    query = select(LedgerEntry)
    if sought.chain_id:
        query = query.where(LedgerEntry.chain_id == sought.chain_id)
    if sought.event:
        query = query.where(_says(session, f'"event":"{sought.event}"'.encode()))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return list(session.scalars(query.order_by(LedgerEntry.id.desc()).limit(limit).offset(offset))), total


def _says(session: Session, needle: bytes) -> ColumnElement[bool]:
    # Bodies are bytes, and the two engines look into bytes in different ways.
    if session.get_bind().dialect.name == "sqlite":
        return func.instr(LedgerEntry.body, needle) > 0
    return LedgerEntry.body.bool_op("LIKE")(b"%" + needle + b"%")


def is_said(session: Session, chain_id: str, refs: Mapping[str, str]) -> bool:
    """Say whether one entry of a chain holds all of these references."""
    query = select(LedgerEntry.id).where(LedgerEntry.chain_id == chain_id)
    for key, value in refs.items():
        query = query.where(_says(session, f'"{key}":"{value}"'.encode()))
    return session.scalar(query.limit(1)) is not None


def chain_of_number(session: Session, number: str) -> str | None:
    """Return the chain of the inquiry with a receipt number; for auditors, who see no inquiry."""
    return session.scalar(select(Inquiry.id).where(Inquiry.number == number))


def numbers_of(session: Session, chains: Collection[str]) -> dict[str, str]:
    """Return the receipt numbers of those chains that are inquiries'; for auditors, who see no inquiry."""
    query = select(Inquiry.id, Inquiry.number).where(Inquiry.id.in_(chains))
    return {chain: number for chain, number in session.execute(query)}  # noqa: C416 rows are no tuples
