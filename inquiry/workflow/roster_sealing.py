"""From rows of a file to sealed people and their keys: the part of an import that computes (名簿の封緘).

Decides   nothing: domain/roster.py reads, matching/keys.py finds, security/sealing.py seals.
Secrets   a sealing carries one insurer's derived keys, never a root; it may be handed to a worker process.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from inquiry.domain.member import Member
from inquiry.domain.roster import ROSTER_COLUMNS, WITHHELD, Row, member_in
from inquiry.domain.table_text import RowProblem
from inquiry.domain.wareki import EraCoding
from inquiry.matching.keys import alike_key, member_keys, person_key
from inquiry.security import guard
from inquiry.security.sealing import ColumnSealer
from inquiry.store.roll_writing import Packed, Rows, packed
from inquiry.store.rolls import KeyRow, SealedMember
from inquiry.store.rosters import Roll
from inquiry.workflow.people import member_as_entry, member_of
from inquiry.workflow.work import House

COLUMNS = (*ROSTER_COLUMNS, WITHHELD)


@dataclass(frozen=True, slots=True)
class RollSealing:
    """What sealing people for a roll needs: where they will lie, and an insurer's keys."""

    roll_number: int
    is_postgres: bool
    sealer: ColumnSealer
    matching_key: bytes = field(repr=False)
    coding: EraCoding = EraCoding.CLAIMS

    def seal(self, member: Member, no: int, line: int) -> tuple[SealedMember, list[KeyRow]]:
        """Return a person as the roll keeps them, and the keys by which they are found."""
        token = self.sealer.seal(member_as_entry(member), self.place_of(no))
        person = person_key(member.member_id, self.matching_key)
        keys = [KeyRow(key, no) for key in member_keys(member, self.matching_key)]
        alike = alike_key(member, self.matching_key)
        return SealedMember(no, person, person if alike is None else alike, line, token), keys

    def open(self, no: int, token: bytes) -> Member:
        """Open a person of this roll; whoever calls this records the reading."""
        return member_of(self.sealer.open(token, self.place_of(no)))

    def place_of(self, no: int) -> str:
        """Return the row to which a token is bound."""
        return f"{self.roll_number}.{no}"

    def as_written(self, members: Sequence[SealedMember], keys: Sequence[KeyRow]) -> Packed | Rows:
        """Return people and keys in the form that this engine's writer takes."""
        return packed(members, keys) if self.is_postgres else (members, keys)


def sealing_of(house: House, roll: Roll, *, coding: EraCoding = EraCoding.CLAIMS) -> RollSealing:
    """Return what opening and sealing the people of a roll needs."""
    return RollSealing(
        roll.number,
        house.engine.dialect.name == "postgresql",
        house.sealer.column(roll.insurer_id, "member.member_ct", generation=roll.key_generation),
        house.sealer.matching_key(roll.insurer_id, roll.key_generation),
        coding,
    )


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A portion ready to be written: from how many rows, how many people, and the rows that cannot be taken over.

    `repeated` counts rows that said once more what stood in another.
    """

    rows: int
    repeated: int
    persons: int
    people: Packed | Rows
    problems: tuple[RowProblem, ...]


def sealed_batch(sealing: RollSealing, first: int, persons: Sequence[Sequence[Row]]) -> SealedBatch:
    """Read, check and seal people, each given by all rows of one 加入者ID, numbered from `first`."""
    members: list[SealedMember] = []
    keys: list[KeyRow] = []
    problems: list[RowProblem] = []
    repeated = 0
    for no, rows in enumerate(persons, first):
        clean = [row for row in rows if not refused(row, problems)]
        member, wrong = member_in(clean, sealing.coding)
        problems += wrong
        if member is not None:
            repeated += len(clean) - len({problem.line for problem in wrong}) - len(member.enrolments)
            sealed, found_by = sealing.seal(member, no, rows[0][0])
            members.append(sealed)
            keys += found_by
    return SealedBatch(
        sum(map(len, persons)), repeated, len(members), sealing.as_written(members, keys), tuple(problems)
    )


def refused(row: Row, problems: list[RowProblem]) -> bool:
    """Say whether a My Number stands in a row, and write down where."""
    line, cells = row
    found = guard.refused_cell(COLUMNS, cells)
    if found:
        problems.append(RowProblem(line, *found))
    return found is not None


def resealed_batch(sealing: RollSealing, first: int, members: Iterable[tuple[int, Member]]) -> SealedBatch:
    """Seal people who were read before, each with the line they came from, numbered from `first`."""
    sealed: list[SealedMember] = []
    keys: list[KeyRow] = []
    for no, (line, member) in enumerate(members, first):
        one, found_by = sealing.seal(member, no, line)
        sealed.append(one)
        keys += found_by
    return SealedBatch(len(sealed), 0, len(sealed), sealing.as_written(sealed, keys), ())
