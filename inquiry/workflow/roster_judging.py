"""Deciding a list of inquiries against a roster in one go (一括照合).

Decides   that every line of the list has its own finding, in the order of the list; a bad line stops no other; that one
          roster decides about all of it, and nobody who files or answers meanwhile waits for its end.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import BinaryIO, Final, TypeVar

from inquiry.domain.errors import Forbidden
from inquiry.domain.findings import Finding
from inquiry.domain.parties import Actor
from inquiry.domain.roster import INQUIRY_COLUMNS, InquiryRow, Writing, inquiry_row
from inquiry.domain.table_text import RowProblem, Table
from inquiry.domain.wareki import EraCoding
from inquiry.matching.decide import Decision
from inquiry.security import guard
from inquiry.security.table_file import open_table
from inquiry.workflow.processes import in_order
from inquiry.workflow.roster_search import RosterInForce, roster_in_force
from inquiry.workflow.work import House

PORTION: Final = 250  # inquiries decided together

Line = tuple[int, Sequence[str]]  # its number, and its cells in the order of INQUIRY_COLUMNS
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of a list of inquiries and what the roster decides about it; `decision` is None for a bad line.

    A bad line has its 照会ID all the same, but where a My Number stands in the line or its cells cannot be told apart.
    """

    line: int
    row: InquiryRow | None
    decision: Decision | None
    problems: tuple[RowProblem, ...] = ()
    inquiry_id: str = ""

    @property
    def member_id(self) -> str:
        """Return the 加入者ID where exactly one person is equal on all three identifiers, else nothing."""
        is_one = self.decision is not None and self.decision.finding is Finding.ONE
        return str(self.decision.member_id) if is_one and self.decision else ""


@dataclass(frozen=True, slots=True)
class InquiryList:
    """A list of inquiries that is being read, and how it counts eras."""

    table: Table
    coding: EraCoding


def list_in(stream: BinaryIO, coding: EraCoding = EraCoding.CLAIMS) -> InquiryList:
    """Open a list of inquiries.

    :raises InvalidValue: if it is no such table.
    """
    return InquiryList(open_table(stream, INQUIRY_COLUMNS), coding)


@dataclass(frozen=True, slots=True)
class Search:
    """Whose roster decides, in which generation, and who asks."""

    house: House
    actor: Actor
    insurer_id: str
    generation_id: str
    writing: Writing


def judge(
    house: House,
    actor: Actor,
    insurer_id: str,
    asked: InquiryList,
    *,
    tell: Callable[[Judged], Told],
    processes: int = 1,
) -> Iterator[Told]:
    """Decide every line of a list in its order, and yield what `tell` makes of each; two entries in the ledger.

    `tell` runs where a line is decided; what it returns is sent from there.

    :raises NotFound: if the insurer keeps no roster here.
    :raises Forbidden: if the roster must be rebuilt first, or another one came into force meanwhile.
    """
    with house.work(actor) as work:
        generation_id = roster_in_force(work, insurer_id).generation.id
        writing = Writing(asked.coding, work.today)
        work.record("roster:list_begun", insurer=insurer_id, generation=generation_id)
    if processes > 1:
        house.engine.dispose()  # a connection must not be in two processes
    search = Search(house, actor, insurer_id, generation_id, writing)
    lines = 0
    for told in in_order(partial(_portion, search, tell), _portions(asked.table), processes=processes):
        lines += len(told)
        yield from told
    yield from (tell(Judged(problem.line, None, None, (problem,))) for problem in asked.table.problems)
    with house.work(actor) as work:
        work.record("roster:list_judged", insurer=insurer_id, generation=generation_id, lines=str(lines))


def _portions(table: Table) -> Iterator[list[Line]]:
    while portion := list(islice(table.records, PORTION)):
        yield portion


def _portion(search: Search, tell: Callable[[Judged], Told], lines: list[Line]) -> list[Told]:
    read = [_read(line, cells, search.writing) for line, cells in lines]
    with search.house.reading(search.actor) as work:
        roster = roster_in_force(work, search.insurer_id)
        if roster.generation.id != search.generation_id:
            raise Forbidden("roster:replaced_meanwhile")
        return [tell(judged) for judged in _judged(roster, read)]


def _read(line: int, cells: Sequence[str], writing: Writing) -> Judged:
    if found := guard.refused_cell(INQUIRY_COLUMNS, cells):
        return Judged(line, None, None, (RowProblem(line, *found),))
    row, problems = inquiry_row(line, dict(zip(INQUIRY_COLUMNS, cells, strict=True)), writing)
    return Judged(line, row, None, tuple(problems), inquiry_id=cells[0].strip())


def _judged(roster: RosterInForce, portion: list[Judged]) -> Iterator[Judged]:
    looks = roster.look([(each.row.subject, each.row.dates) for each in portion if each.row is not None])
    for each in portion:
        yield each if each.row is None else replace(each, decision=next(looks).decision)
