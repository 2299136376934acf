"""Writing to the ledger, inside the transaction of the change that is described (台帳への記録).

Not here  committing: workflow/work.py. Reading it back: audit/verify.py, audit/export.py.
"""

from typing import Protocol

from sqlalchemy.orm import Session

from inquiry.audit.entry import Entry, Happening, body_of, chained
from inquiry.store.ledger import LedgerEntry


class ChainOwner(Protocol):
    """A row that holds the head of a chain: an inquiry or an organisation, locked by the unit of work."""

    id: str
    ledger_seq: int
    ledger_head: bytes


def append(session: Session, owner: ChainOwner, happening: Happening) -> Entry:
    """Add one entry to the owner's chain and move its head."""
    entry = chained(owner.id, owner.ledger_seq + 1, previous_leaf=bytes(owner.ledger_head), body=body_of(happening))
    session.add(
        LedgerEntry(chain_id=entry.chain_id, seq=entry.seq, header=entry.header, body=entry.body, leaf=entry.leaf)
    )
    owner.ledger_seq, owner.ledger_head = entry.seq, entry.leaf
    return entry
