"""Reading, verifying and exporting the ledger (監査台帳の閲覧・検証・書き出し).

Decides   nothing; the checks are audit/verify.py and audit/export.py. That somebody verified or exported is an entry.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from inquiry.audit.entry import Entry
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
    bodies = [json.loads(row.body) for row in rows]
    numbers = numbers_of(work.session, {row.chain_id for row in rows})
    names = display_names(work.session, {body["by"] for body in bodies} | _named(bodies, "account"))
    offices = organisation_names(work.session, {body["of"] for body in bodies} | _named(bodies, "organisation"))
    known = {**names, **offices, **insurer_names(work.session, _named(bodies, "insurer"))}
    return [
        Reading(
            seq=row.seq,
            at=datetime.strptime(body["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
            event=body["event"],
            by_name=names.get(body["by"], ""),
            organisation=offices.get(body["of"], ""),
            number=numbers.get(row.chain_id, ""),
            refs={key: known.get(value, value) for key, value in body["refs"].items()},
        )
        for row, body in zip(rows, bodies, strict=True)
    ], total


def chain_names(work: Work, faults: tuple[Fault, ...]) -> dict[str, str]:
    """Return the receipt number or the organisation's name of every chain that has a fault."""
    chains = {fault.chain_id for fault in faults}
    return {chain: "" for chain in chains} | organisation_names(work.session, chains) | numbers_of(work.session, chains)


def _named(bodies: list[dict[str, dict[str, str]]], key: str) -> set[str]:
    return {body["refs"][key] for body in bodies if key in body["refs"]}


def _entry(row: LedgerEntry) -> Entry:
    return Entry(row.chain_id, row.seq, bytes(row.header), bytes(row.body), bytes(row.leaf))


def _stand_still(work: Work) -> None:
    # Entries and heads must be of one moment. SQLite reads so by itself.
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
