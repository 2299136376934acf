"""Importing an insurer's roster, and deciding a list of inquiries against it (加入者名簿の取込・一括照合).

Decides   that an import is whole or leaves no trace: the new generation is written beside the old one, and one row
          says which is looked up. Bad rows stop it unless the operator says otherwise.
Secrets   every person is sealed for the insurer, and found by blind keys only that insurer's key can make.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from inquiry.domain.errors import Forbidden, MyNumberFound, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.member import Member, MemberId
from inquiry.domain.roster import INQUIRY_COLUMNS, ROSTER_COLUMNS, InquiryRow, Persons, inquiry_row
from inquiry.domain.table_text import RowProblem, read_table
from inquiry.matching.decide import Decision
from inquiry.matching.keys import member_keys
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.insurers import Insurer, insurer_numbered
from inquiry.store.rosters import (
    ActiveRoster,
    RosterGeneration,
    active_generation,
    add_members,
    drop_generation,
    generations_of,
    members_of,
)
from inquiry.workflow.identifying import search
from inquiry.workflow.people import member_as_json, member_from
from inquiry.workflow.work import Work

BATCH: Final = 2_000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster file as read: its people, how many rows they came from, and the rows that cannot be taken over."""

    members: tuple[Member, ...]
    rows: int
    problems: tuple[RowProblem, ...]
    encoding: str


def insurer_of(work: Work, number: str) -> Insurer:
    """Return the insurer that has this number.

    :raises NotFound: if the contact list has none.
    """
    insurer = insurer_numbered(work.session, number)
    if insurer is None:
        raise NotFound("roster:insurer_unknown")
    return insurer


def read(content: bytes, *, progress: Progress = lambda _rows: None) -> Reading:
    """Read a roster file; nothing is changed.

    :raises InvalidValue: if the content is no such table at all.
    """
    table = read_table(content, ROSTER_COLUMNS)
    persons, rows = Persons(), 0
    for line, cells in table.rows:
        rows += 1
        if problem := _my_number_in(line, cells):
            persons.problems.append(problem)
        else:
            persons.add(line, cells)
        if rows % BATCH == 0:
            progress(rows)
    problems = sorted([*table.problems, *persons.problems], key=lambda problem: problem.line)
    return Reading(tuple(persons.members()), rows, tuple(problems), table.encoding)


def _my_number_in(line: int, cells: dict[str, str]) -> RowProblem | None:
    for column, text in cells.items():
        try:
            guard.enforce({column: text})
        except MyNumberFound as error:
            return RowProblem(line, column, error.code)
    return None


def vanishing(work: Work, insurer_id: str, members: Iterable[Member]) -> int:
    """Return how many people of the roster in force a new one no longer holds; recorded, since the old one is opened.

    A cut-off export looks like people who left; whoever imports is told first.
    """
    generation = active_generation(work.session, insurer_id)
    if generation is None:
        return 0
    staying = {member.member_id for member in members}
    vanished = sum(member_id not in staying for member_id in _member_ids(work, generation))
    work.record("roster:compared", insurer=insurer_id, generation=generation.id, vanishing=str(vanished))
    return vanished


def _member_ids(work: Work, generation: RosterGeneration) -> Iterator[MemberId]:
    for row_id, token in members_of(work.session, generation.id):
        yield member_from(work.open(token, "member.member_ct", row_id, tenant=generation.insurer_id)).member_id


def imports(work: Work, insurer_id: str) -> tuple[list[RosterGeneration], str]:
    """Return an insurer's imports, the newest first, and the id of the one in force; no personal data."""
    active = active_generation(work.session, insurer_id)
    return generations_of(work.session, insurer_id), active.id if active else ""


def take_over(
    work: Work, insurer_id: str, reading: Reading, *, skips_bad: bool = False, progress: Progress = lambda _people: None
) -> RosterGeneration:
    """Replace an insurer's roster by what was read.

    :raises Forbidden: if rows are bad and they are not to be skipped, or nobody is left.
    """
    if reading.problems and not skips_bad:
        raise Forbidden("roster:bad_rows")
    if not reading.members:
        raise Forbidden("roster:nobody")
    generation = RosterGeneration(
        id=new_id(),
        insurer_id=insurer_id,
        imported_at=work.now,
        imported_by=work.actor.account_id,
        rows=reading.rows,
        persons=len(reading.members),
    )
    work.session.add(generation)
    work.session.flush()
    _write(work, generation, reading.members, progress=progress)
    _point_to(work, generation)
    work.record("roster:imported", insurer=insurer_id, generation=generation.id, persons=str(generation.persons))
    return generation


def _write(work: Work, generation: RosterGeneration, members: Iterable[Member], *, progress: Progress) -> None:
    key = work.house.sealer.matching_key(generation.insurer_id)
    written = 0
    for batch in _batches(members):
        rows: list[dict[str, Any]] = []
        keys: list[dict[str, Any]] = []
        for member in batch:
            row_id = new_id()
            token = work.seal(member_as_json(member), "member.member_ct", row_id, tenant=generation.insurer_id)
            rows.append({"id": row_id, "generation_id": generation.id, "member_ct": token})
            keys.extend(
                {"generation_id": generation.id, "kind": int(each.kind), "key": each.value, "member_row_id": row_id}
                for each in member_keys(member, key)
            )
        add_members(work.session, rows, keys)
        written += len(rows)
        progress(written)


def _batches(members: Iterable[Member]) -> Iterator[list[Member]]:
    batch: list[Member] = []
    for member in members:
        batch.append(member)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _point_to(work: Work, generation: RosterGeneration) -> None:
    active = work.session.get(ActiveRoster, generation.insurer_id, with_for_update=True)
    if active is None:
        work.session.add(ActiveRoster(insurer_id=generation.insurer_id, generation_id=generation.id))
        return
    earlier, active.generation_id = active.generation_id, generation.id
    work.session.flush()
    drop_generation(work.session, earlier)


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of a list of inquiries and what the roster decides about it; `decision` is None for a bad line."""

    line: int
    row: InquiryRow | None
    decision: Decision | None
    problems: tuple[RowProblem, ...] = ()

    @property
    def member_id(self) -> str:
        """Return the 加入者ID where exactly one person is equal on all three identifiers, else nothing."""
        is_one = self.decision is not None and self.decision.finding is Finding.ONE
        return str(self.decision.member_id) if is_one and self.decision else ""


def judge(work: Work, insurer_id: str, content: bytes) -> Iterator[Judged]:
    """Decide every line of a list of inquiries, in its order; recorded as one search.

    :raises InvalidValue: if the content is no such table at all.
    :raises NotFound: if the insurer keeps no roster here.
    """
    table = read_table(content, INQUIRY_COLUMNS)
    lines = 0
    for line, cells in table.rows:
        lines += 1
        yield _judged(work, insurer_id, line=line, cells=cells)
    for problem in table.problems:
        yield Judged(problem.line, None, None, (problem,))
    work.record("roster:list_judged", insurer=insurer_id, lines=str(lines))


def _judged(work: Work, insurer_id: str, *, line: int, cells: dict[str, str]) -> Judged:
    if problem := _my_number_in(line, cells):
        return Judged(line, None, None, (problem,))
    row, problems = inquiry_row(line, cells)
    if row is None:
        return Judged(line, None, None, tuple(problems))
    return Judged(line, row, search(work, insurer_id, row.subject, dates=row.dates).decision)
