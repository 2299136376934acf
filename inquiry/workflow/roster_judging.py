"""Deciding a list of inquiries against a roster in one go (一括照合).

Decides   that every line of the list has its own finding, in the order of the list; a bad line stops no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from inquiry.domain.findings import Finding
from inquiry.domain.roster import INQUIRY_COLUMNS, InquiryRow, inquiry_row
from inquiry.domain.table_text import RowProblem, Table
from inquiry.matching.decide import Decision
from inquiry.security import guard
from inquiry.security.table_file import open_table
from inquiry.workflow.roster_search import RosterInForce, roster_in_force
from inquiry.workflow.work import Work

PORTION: Final = 250  # inquiries decided with one statement


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


def list_in(stream: BinaryIO) -> Table:
    """Open a list of inquiries.

    :raises InvalidValue: if it is no such table.
    """
    return open_table(stream, INQUIRY_COLUMNS)


def judge(work: Work, insurer_id: str, table: Table) -> Iterator[Judged]:
    """Decide every line of a list of inquiries in its order; recorded as one search.

    :raises NotFound: if the insurer keeps no roster here.
    :raises Forbidden: if the roster must be rebuilt first.
    """
    roster = roster_in_force(work, insurer_id)
    lines, rows = 0, table.rows
    while portion := [_read(line, cells) for line, cells in islice(rows, PORTION)]:
        lines += len(portion)
        yield from _judged(roster, portion)
    for problem in table.problems:
        yield Judged(problem.line, None, None, (problem,))
    work.record("roster:list_judged", insurer=insurer_id, generation=roster.generation.id, lines=str(lines))


def _read(line: int, cells: dict[str, str]) -> Judged:
    if found := guard.refused_cell(cells, list(cells.values())):
        return Judged(line, None, None, (RowProblem(line, *found),))
    row, problems = inquiry_row(line, cells)
    return Judged(line, row, None, tuple(problems))


def _judged(roster: RosterInForce, portion: list[Judged]) -> Iterator[Judged]:
    looks = roster.look([(each.row.subject, each.row.dates) for each in portion if each.row is not None])
    for each in portion:
        yield each if each.row is None else Judged(each.line, each.row, next(looks).decision)
