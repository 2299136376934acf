"""The ledger as a file, one JSON object a line, closed by a head statement (台帳の書き出し).

Format    docs/ledger-format.md; written so that a verifier in another language needs nothing but SHA-256 and JSON.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from inquiry.audit.entry import Entry, canonical
from inquiry.audit.verify import Fault, Harm, Walk
from inquiry.domain.errors import InvalidValue

FORMAT = 1


def lines(entries: Iterable[Entry], heads: Mapping[str, tuple[int, bytes]], exported_at: datetime) -> Iterator[bytes]:
    """Yield the lines of an export, each with its line end; `entries` come sorted by chain and seq."""
    digest, count = hashlib.sha256(), 0
    for entry in entries:
        line = canonical(_as_json(entry)) + b"\n"
        digest.update(line)
        count += 1
        yield line
    statement = {
        "chains": {owner: {"leaf": _as_text(leaf), "seq": seq} for owner, (seq, leaf) in heads.items() if seq > 0},
        "entries": count,
        "exported_at": exported_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "format": FORMAT,
        "lines_sha256": _as_text(digest.digest()),
    }
    yield canonical({"head": statement, "sha256": _sha256_of(statement)}) + b"\n"


def _as_text(content: bytes) -> str:
    # Not in hexadecimal: among so many digits, twelve in a row that pass for a My Number would soon turn up.
    return b64encode(content).decode("ascii")


def _from_text(text: str) -> bytes:
    return b64decode(text, validate=True)


def _sha256_of(statement: Mapping[str, Any]) -> str:
    return _as_text(hashlib.sha256(canonical(statement)).digest())


def _as_json(entry: Entry) -> dict[str, Any]:
    return {
        "body": entry.body.decode("ascii"),
        "chain": entry.chain_id,
        "header": _as_text(entry.header),
        "leaf": _as_text(entry.leaf),
        "seq": entry.seq,
    }


@dataclass(slots=True)
class ExportCheck:
    """Checks an export by itself; after `faults` is exhausted the counts are filled in."""

    path: Path
    entries: int = 0
    chains: int = 0
    _unreadable: list[Fault] = field(default_factory=list)

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong, the first fault of each chain; a line that cannot be read is named by its number.

        :raises InvalidValue: if the head statement is missing or altered, or the lines are not those it speaks of.
        """
        statement = _statement(_last_line(self.path))
        digest = hashlib.sha256()
        walk = Walk(_heads(statement))
        is_sound = True
        for fault in chain(walk.faults(self._entries(digest)), self._unreadable):
            is_sound = False
            yield fault
        self.entries, self.chains = walk.entries, walk.chains
        if is_sound and (statement.get("lines_sha256"), statement.get("entries")) != (
            _as_text(digest.digest()),
            walk.entries,
        ):
            raise InvalidValue("ledger:lines_differ")

    def _entries(self, digest: "hashlib._Hash") -> Iterator[Entry]:
        with self.path.open("rb") as file:
            waiting = b""
            for number, line in enumerate(file):
                if number:
                    digest.update(waiting)
                    entry = _entry(waiting)
                    if entry is None:
                        self._unreadable.append(Fault("", number, Harm.UNREADABLE))
                    else:
                        yield entry
                waiting = line


def _last_line(path: Path) -> bytes:
    with path.open("rb") as file:
        return deque(file, maxlen=1).pop() if path.stat().st_size else b""


def _entry(line: bytes) -> Entry | None:
    try:
        parsed = json.loads(line)
        entry = Entry(
            parsed["chain"],
            parsed["seq"],
            _from_text(parsed["header"]),
            parsed["body"].encode("ascii"),
            _from_text(parsed["leaf"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    # A line that says the same in other bytes was not written by the export.
    is_readable = isinstance(entry.chain_id, str) and isinstance(entry.seq, int)
    is_as_written = is_readable and canonical(_as_json(entry)) + b"\n" == line
    return entry if is_as_written else None


def _heads(statement: dict[str, Any]) -> dict[str, tuple[int, bytes]]:
    try:
        return {owner: (int(head["seq"]), _from_text(head["leaf"])) for owner, head in statement["chains"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidValue("ledger:head_statement_altered") from error


def _statement(line: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
        statement: dict[str, Any] = parsed["head"]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidValue("ledger:no_head_statement") from error
    if (
        canonical({"head": statement, "sha256": _sha256_of(statement)}) + b"\n" != line
        or not isinstance(statement, dict)
        or statement.get("format") != FORMAT
    ):
        raise InvalidValue("ledger:head_statement_altered")
    return statement
