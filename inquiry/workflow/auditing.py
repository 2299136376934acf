"""Reading, verifying and exporting the ledger (監査台帳の閲覧・検証・書き出し).

Decides   nothing; the checks are audit/verify.py and audit/export.py. That somebody verified or exported is an entry.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from inquiry.audit.entry import Entry, Happening
from inquiry.audit.export import ExportCheck, lines
from inquiry.audit.verify import Fault, Walk
from inquiry.domain.errors import NotFound
from inquiry.store.insurers import insurer_names
from inquiry.store.ledger import LedgerEntry, SoughtEntry, chain_of_number, entries, heads, latest_entries, numbers_of
from inquiry.store.organisations import display_names, organisation_names
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the ledger found: the first fault of every chain that has one."""

    entries: int
    chains: int
    faults: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        """Return whether nothing was found."""
        return not self.faults


def verify(work: Work) -> Verification:
    """Check every chain of the database against its head; call it first in a unit of work that only reads."""
    _stand_still(work)
    walk = Walk(heads(work.session))
    faults = tuple(walk.faults(_entry(row) for row in entries(work.session)))
    return Verification(walk.entries, walk.chains, faults)


def verify_file(path: Path) -> Verification:
    """Check an export by itself, without any database.

    :raises InvalidValue: if the head statement is missing or altered, or the lines are not those it speaks of.
    """
    check = ExportCheck(path)
    faults = tuple(check.faults())
    return Verification(check.entries, check.chains, faults)


def export(work: Work) -> Iterator[bytes]:
    """Yield the ledger line by line, closed by its head statement; call it first in a unit of work that only reads."""
    _stand_still(work)
    yield from lines((_entry(row) for row in entries(work.session)), heads(work.session), work.now)


def note_verified(work: Work, found: Verification) -> None:
    """Record that the ledger was verified, and with what result."""
    work.record("ledger:verified", entries=str(found.entries), faults=str(len(found.faults)))


def note_exported(work: Work) -> None:
    """Record that the ledger is taken out."""
    work.record("ledger:exported")


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry as an auditor reads it: names beside the identifiers, `number` is the inquiry's where it is one's."""

    seq: int
    at: datetime
    event: str
    by_name: str
    organisation: str
    number: str
    refs: Mapping[str, str]


def listing(work: Work, *, number: str, event: str, limit: int, offset: int) -> tuple[list[Reading], int]:
    """Return entries, the newest first, and how many there are; `number` and `event` narrow them where not empty.

    :raises NotFound: if no inquiry has that receipt number.
    """
    chain = chain_of_number(work.session, number.strip().upper()) if number.strip() else ""
    if chain is None:
        raise NotFound("inquiry:not_found")
    rows, total = latest_entries(work.session, SoughtEntry(chain, event), limit=limit, offset=offset)
    said = [_said(row) for row in rows]
    numbers = numbers_of(work.session, {row.chain_id for row in rows})
    names = display_names(work.session, {each.account_id for each in said} | _named(said, "account"))
    offices = organisation_names(work.session, {each.organisation_id for each in said} | _named(said, "organisation"))
    known = {**names, **offices, **insurer_names(work.session, _named(said, "insurer"))}
    return [
        Reading(
            seq=row.seq,
            at=each.at,
            event=each.event,
            by_name=names.get(each.account_id, ""),
            organisation=offices.get(each.organisation_id, ""),
            number=numbers.get(row.chain_id, ""),
            refs={key: known.get(value, value) for key, value in each.refs.items()},
        )
        for row, each in zip(rows, said, strict=True)
    ], total


def _said(row: LedgerEntry) -> Happening:
    try:
        body = json.loads(_bytes(row.body))
        at = datetime.strptime(body["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        return Happening(body["event"], at, body["by"], body["of"], dict(body["refs"]))
    except (ValueError, KeyError, TypeError):
        # The list stays readable when an entry is not; `verify` says what is wrong with it.
        return Happening("ledger:unreadable", datetime.fromtimestamp(0, UTC), "", "", {})


def chain_names(work: Work, faults: tuple[Fault, ...]) -> dict[str, str]:
    """Return the receipt number or the organisation's name of every chain that has a fault."""
    chains = {fault.chain_id for fault in faults}
    return dict.fromkeys(chains, "") | organisation_names(work.session, chains) | numbers_of(work.session, chains)


def _named(said: list[Happening], key: str) -> set[str]:
    return {each.refs[key] for each in said if key in each.refs}


def _entry(row: LedgerEntry) -> Entry:
    return Entry(row.chain_id, row.seq, _bytes(row.header), _bytes(row.body), _bytes(row.leaf))


def _bytes(stored: Any) -> bytes:
    # Somebody who tampers may leave a text or a number where bytes were.
    return bytes(stored) if isinstance(stored, bytes | memoryview) else str(stored).encode()


def _stand_still(work: Work) -> None:
    # Entries and heads must be of one moment. SQLite reads so by itself.
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
