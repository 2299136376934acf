"""One entry of the ledger: its bytes and its hash (台帳の記録).

Format    docs/ledger-format.md. 56-byte header = magic "INQ" | version (1) | chain id (16) | seq (4, big-endian)
          | leaf of the entry before (32); then the body, canonical ASCII JSON. leaf = SHA-256(0x00 | header | body).
Decides   what may stand in a body: identifiers, event names and commitments. Never personal data.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

MAGIC: Final = b"INQ\x01"
HEADER_BYTES: Final = 56
NO_LEAF: Final = bytes(32)

# Identifiers, slugs, counts and hashes only: no space, no letter outside ASCII, so a name cannot slip in.
_PLAIN = re.compile(r"[A-Za-z0-9:._+-]{0,120}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as bytes; `leaf` is what the next entry of the chain points to."""

    chain_id: str
    seq: int
    header: bytes
    body: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Happening:
    """What an entry says: which event, when, by whose hand, and the identifiers it concerns."""

    event: str
    at: datetime
    account_id: str
    organisation_id: str
    refs: Mapping[str, str]


def body_of(happening: Happening) -> bytes:
    """Return the canonical body.

    :raises ValueError: if a text is not an identifier, a slug or a number; personal data has no place here.
    """
    texts = [happening.event, happening.account_id, happening.organisation_id]
    for text in (*texts, *happening.refs.keys(), *happening.refs.values()):
        if not _PLAIN.fullmatch(text):
            raise ValueError("a ledger entry holds identifiers and event names only")
    return canonical(
        {
            # Milliseconds: with more digits the time of day could be taken for a My Number.
            "at": happening.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "by": happening.account_id,
            "event": happening.event,
            "of": happening.organisation_id,
            "refs": dict(happening.refs),
        }
    )


def canonical(value: object) -> bytes:
    """Return JSON in ASCII with sorted keys and no spaces."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def chained(chain_id: str, seq: int, *, previous_leaf: bytes, body: bytes) -> Entry:
    """Return the entry that follows `previous_leaf` in its chain; the first one has seq 1 and follows `NO_LEAF`."""
    header = MAGIC + uuid.UUID(chain_id).bytes + seq.to_bytes(4, "big") + previous_leaf
    return Entry(chain_id, seq, header, body, leaf_of(header, body))


def leaf_of(header: bytes, body: bytes) -> bytes:
    """Return the leaf hash of RFC 9162: a zero byte before the content."""
    return hashlib.sha256(b"\x00" + header + body).digest()
