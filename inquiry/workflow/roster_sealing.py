"""From rows of a file to sealed people and their keys: the part of an import that computes (名簿の封緘).

Decides   nothing: domain/roster.py reads, matching/keys.py finds, security/sealing.py seals.
Secrets   a sealing carries one insurer's derived keys, never a root; it may be handed to a worker process.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Final, NamedTuple

from inquiry.domain.errors import Forbidden
from inquiry.domain.member import Member
from inquiry.domain.roster import ROSTER_COLUMNS, WITHHELD, Row, Writing, member_in, says_withheld
from inquiry.domain.table_text import RowProblem
from inquiry.matching import keys
from inquiry.matching.keys import PlainKey, alike_key, member_keys, namesake_key, person_key
from inquiry.security import blinding, guard
from inquiry.security.blinding import Blinding, BlindKey
from inquiry.security.sealing import ColumnSealer
from inquiry.store.roll_writing import Packed, Rows, packed
from inquiry.store.rolls import KeyRow, SealedMember
from inquiry.store.rosters import Roll
from inquiry.workflow.people import member_as_entry, member_of
from inquiry.workflow.work import House

COLUMNS: Final = (*ROSTER_COLUMNS, WITHHELD)


class Entry(NamedTuple):
    """Somebody who has a place on a roll: the number there, the line of the file, and who it is."""

    no: int
    line: int
    member: Member


@dataclass(frozen=True, slots=True)
class RollSealing:
    """What sealing people for a roll needs: where they will lie, and an insurer's keys."""

    roll_number: int
    is_postgres: bool
    sealer: ColumnSealer
    blinding: Blinding

    def seal(self, entries: Sequence[Entry]) -> tuple[list[SealedMember], list[KeyRow]]:
        """Return people as the roll keeps them, and the keys by which they are found."""
        persons = self.blinding.each([person_key(entry.member.member_id) for entry in entries])
        alike = self.alike([entry.member for entry in entries])
        sealed = [
            SealedMember(entry.no, person, like, entry.line, self._token(entry))
            for entry, person, like in zip(entries, persons, alike, strict=True)
        ]
        return sealed, self.keys_of(entries)

    def alike(self, members: Sequence[Member]) -> Sequence[BlindKey]:
        """Return the keys of people's name, birth date and sex, as far as they are known."""
        return self.blinding.each([alike_key(member) for member in members])

    def keys_of(self, entries: Sequence[Entry]) -> list[KeyRow]:
        """Return every key under which people lie on the roll: found under some, counted under one."""
        plain: list[PlainKey] = []
        numbers: list[int] = []
        for no, _, member in entries:
            found_by = set(member_keys(member))
            plain += (*found_by, namesake_key(member))
            numbers += (*repeat(no, len(found_by)), -no)
        return list(zip(self.blinding.each(plain), numbers, strict=True))

    def person(self, member_id: str) -> BlindKey:
        """Return the key under which the roll keeps an insurer's own number for a person."""
        return self.blinding.one(person_key(member_id))

    def _token(self, entry: Entry) -> bytes:
        return self.sealer.seal(member_as_entry(entry.member), self.place_of(entry.no))

    def open(self, no: int, token: bytes) -> Member:
        """Open a person of this roll; whoever calls this records the reading."""
        return member_of(self.sealer.open(token, self.place_of(no)))

    def seal_gone(self, members: Iterable[Member]) -> list[str]:
        """Return people who are on the roll no longer, to be kept beside it: who they are, and nothing else."""
        known = (replace(each, address="", is_number_registered=False, enrolments=()) for each in members)
        return [b64encode(self.sealer.seal(member_as_entry(each), self._place_of_gone)).decode() for each in known]

    def open_gone(self, tokens: Iterable[str]) -> list[Member]:
        """Open whom `seal_gone` kept; whoever calls this records the reading."""
        return [member_of(self.sealer.open(b64decode(token), self._place_of_gone)) for token in tokens]

    @property
    def _place_of_gone(self) -> str:
        return f"{self.roll_number}.gone"

    def place_of(self, no: int) -> str:
        """Return the row to which a token is bound."""
        return f"{self.roll_number}.{no}"

    def as_written(self, members: Sequence[SealedMember], keys: Sequence[KeyRow]) -> Packed | Rows:
        """Return people and keys in the form that this engine's writer takes."""
        return packed(members, keys) if self.is_postgres else (members, keys)


def current_forms() -> str:
    """Return the version of the keys that are made now; a roll of another version finds nobody until rebuilt."""
    return f"{keys.VERSION}/{blinding.VERSION}"


def check_forms(roll: Roll) -> None:
    """See that the keys of a roll are those that are made now.

    :raises Forbidden: if they are of another version: nobody is found by them, nor can be taken away, until rebuilt.
    """
    if roll.forms != current_forms():
        raise Forbidden("roster:rebuild_needed")


def sealing_of(house: House, roll: Roll) -> RollSealing:
    """Return what opening and sealing the people of a roll needs."""
    return RollSealing(
        roll.number,
        house.engine.dialect.name == "postgresql",
        house.sealer.column(roll.insurer_id, "member.member_ct", generation=roll.key_generation),
        Blinding(house.sealer.matching_key(roll.insurer_id, roll.key_generation)),
    )


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A portion ready to be written: from how many rows, how many people, and the rows that cannot be taken over.

    `repeated` counts rows that said once more what stood in another. `withholds` says whether any of the people is
    不開示; `withheld` are people of whom no row here can be taken over, and one says so: rows of theirs may stand
    elsewhere in the file.
    """

    rows: int
    repeated: int
    persons: int
    people: Packed | Rows
    problems: tuple[RowProblem, ...]
    withholds: bool = False
    withheld: tuple[BlindKey, ...] = ()


def sealed_batch(sealing: RollSealing, writing: Writing, batch: tuple[int, Sequence[Sequence[Row]]]) -> SealedBatch:
    """Read, check and seal a batch: its first number, and people, each given by all rows of one 加入者ID."""
    first, persons = batch
    entries: list[Entry] = []
    problems: list[RowProblem] = []
    withheld: list[BlindKey] = []
    repeated = 0
    for no, rows in enumerate(persons, first):
        member, wrong = person_in(rows, writing)
        problems += wrong
        if member is not None:
            repeated += len(rows) - len({problem.line for problem in wrong}) - len(member.enrolments)
            entries.append(Entry(no, rows[0][0], member))
        elif says_withheld(rows):
            withheld.append(sealing.person(rows[0][1][0].strip()))
    people = sealing.as_written(*sealing.seal(entries))
    rows_read = sum(map(len, persons))
    withholds = any(entry.member.is_withheld for entry in entries)
    return SealedBatch(rows_read, repeated, len(entries), people, tuple(problems), withholds, tuple(withheld))


def person_in(rows: Sequence[Row], writing: Writing) -> tuple[Member | None, list[RowProblem]]:
    """Return what `member_in` reads of the rows without a My Number; a row that has one is left out in the same way."""
    problems: list[RowProblem] = []
    clean = [row for row in rows if not refused(row, problems)]
    member, wrong = member_in(clean, writing)
    if member is not None and len(clean) < len(rows) and says_withheld(rows):
        member = replace(member, is_withheld=True)
    return member, problems + wrong


def refused(row: Row, problems: list[RowProblem]) -> bool:
    """Say whether a My Number stands in a row, and write down where."""
    line, cells = row
    found = guard.refused_cell(COLUMNS, cells)
    if found:
        problems.append(RowProblem(line, *found))
    return found is not None


def resealed_batch(sealing: RollSealing, first: int, members: Iterable[tuple[int, Member]]) -> SealedBatch:
    """Seal people who were read before, each with the line they came from, numbered from `first`."""
    entries = [Entry(no, line, member) for no, (line, member) in enumerate(members, first)]
    return SealedBatch(len(entries), 0, len(entries), sealing.as_written(*sealing.seal(entries)), ())
