"""Small ledgers to attack: three chains, and the heads that their owners hold."""

from datetime import UTC, datetime

from inquiry.audit.entry import NO_LEAF, Entry, Happening, body_of, chained

FIRST, SECOND, THIRD, FOURTH, STRANGER = (
    f"{letter * 8}-{letter * 4}-4{letter * 3}-8{letter * 3}-{letter * 12}" for letter in "abcde"
)
AT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
Heads = dict[str, tuple[int, bytes]]


def happening(event: str = "inquiry:read", **refs: str) -> Happening:
    return Happening(event, AT, "account-1", "organisation-1", refs)


def chain(chain_id: str, length: int) -> list[Entry]:
    entries: list[Entry] = []
    for seq in range(1, length + 1):
        leaf = entries[-1].leaf if entries else NO_LEAF
        entries.append(chained(chain_id, seq, previous_leaf=leaf, body=body_of(happening(step=str(seq)))))
    return entries


def ledger() -> tuple[list[Entry], Heads]:
    """Return chains of four, three and one entries, sorted, and their heads; a fourth owner has none yet."""
    chains = [chain(FIRST, 4), chain(SECOND, 3), chain(THIRD, 1)]
    heads: Heads = {entries[0].chain_id: (entries[-1].seq, entries[-1].leaf) for entries in chains}
    heads[FOURTH] = (0, NO_LEAF)
    return [entry for entries in chains for entry in entries], heads
