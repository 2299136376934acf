"""Checking the ledger: which entry was altered, removed, inserted, reordered or cut off (台帳の検証).

Decides   nothing about who did it; names the first entry of every chain that does not fit.
Limits    someone who can rewrite entries, heads and every copy of them leaves no trace here: keep exports elsewhere.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from inquiry.audit.entry import HEADER_BYTES, MAGIC, NO_LEAF, Entry, leaf_of


class Harm(StrEnum):
    """What was done to an entry."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT_OFF = "cut_off"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry of a chain that does not fit, and why."""

    chain_id: str
    seq: int
    harm: Harm


@dataclass(slots=True)
class Walk:
    """Walks entries chain by chain in order of seq, remembering where each chain stands."""

    heads: Mapping[str, tuple[int, bytes]]
    entries: int = 0
    chains: int = 0

    def faults(self, entries: Iterable[Entry]) -> Iterator[Fault]:
        """Yield at most one fault per chain: the first.

        `entries` come sorted by chain and seq; `heads` say where each chain must end.
        """
        seen: set[str] = set()
        latest = ""
        for chain_id, chain in _by_chain(entries):
            if chain_id < latest:
                yield Fault(chain_id, chain[0].seq, Harm.REORDERED)
            latest = max(latest, chain_id)
            if chain_id in seen:
                continue
            seen.add(chain_id)
            self.chains += 1
            self.entries += len(chain)
            fault = self._first_fault(chain_id, chain)
            if fault is not None:
                yield fault
        for chain_id, (seq, _) in sorted(self.heads.items()):
            if seq > 0 and chain_id not in seen:
                yield Fault(chain_id, 1, Harm.CUT_OFF)

    def _first_fault(self, chain_id: str, chain: list[Entry]) -> Fault | None:
        if chain_id not in self.heads:
            return Fault(chain_id, chain[0].seq, Harm.INSERTED)
        leaf, seq = NO_LEAF, 0
        for place, entry in enumerate(chain):
            harm = _harm(entry, seq + 1, leaf)
            if harm is Harm.REMOVED:
                is_later = any(other.seq == seq + 1 for other in chain[place:])
                return Fault(chain_id, seq + 1, Harm.REORDERED if is_later else Harm.REMOVED)
            if harm is not None:
                return Fault(chain_id, entry.seq, harm)
            leaf, seq = entry.leaf, entry.seq
        return _check_end(chain_id, seq, leaf, self.heads[chain_id])


def _by_chain(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    chain_id, chain = "", list[Entry]()
    for entry in entries:
        if chain and entry.chain_id != chain_id:
            yield chain_id, chain
            chain = []
        chain_id = entry.chain_id
        chain.append(entry)
    if chain:
        yield chain_id, chain


def _harm(entry: Entry, expected_seq: int, previous_leaf: bytes) -> Harm | None:
    if len(entry.header) != HEADER_BYTES or entry.header[:4] != MAGIC:
        return Harm.ALTERED
    if entry.seq > expected_seq:
        return Harm.REMOVED
    if entry.seq < expected_seq:
        return Harm.INSERTED
    if entry.header[4:20] != _chain_bytes(entry.chain_id) or int.from_bytes(entry.header[20:24], "big") != entry.seq:
        return Harm.REORDERED
    if leaf_of(entry.header, entry.body) != entry.leaf or entry.header[24:] != previous_leaf:
        return Harm.ALTERED
    return None


def _chain_bytes(chain_id: str) -> bytes:
    try:
        return uuid.UUID(chain_id).bytes
    except ValueError:
        return b""


def _check_end(chain_id: str, seq: int, leaf: bytes, head: tuple[int, bytes]) -> Fault | None:
    head_seq, head_leaf = head
    if head_seq > seq:
        return Fault(chain_id, seq + 1, Harm.CUT_OFF)
    if head_seq < seq:
        return Fault(chain_id, head_seq + 1, Harm.INSERTED)
    return None if head_leaf == leaf else Fault(chain_id, seq, Harm.ALTERED)
