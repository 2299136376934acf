"""Loading a roster beside the one in force (加入者名簿の読み込み).

Decides   that an import is whole or leaves no trace: people are written where nobody looks, and what was interrupted
          is discarded before the next begins. One import of an insurer at a time.
Not here  what a row says: domain/roster.py. Switching over: workflow/roster_switching.py.
Secrets   memory holds a window of the file, never the file; its size is `WINDOW` rows.
"""

import io
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, Final

from inquiry.domain.errors import InquiryError, InvalidValue
from inquiry.domain.parties import Actor
from inquiry.domain.roster import ROSTER_COLUMNS, WITHHELD, Row, Writing
from inquiry.domain.table_text import RowProblem, Table
from inquiry.domain.wareki import EraCoding
from inquiry.security.blinding import BlindKey
from inquiry.security.table_file import open_table
from inquiry.store import rolls
from inquiry.store.base import new_id
from inquiry.store.roll_writing import RollWriter, roll_writer
from inquiry.store.rosters import Roll, RosterGeneration, Stage, active_generation
from inquiry.workflow.processes import in_order, rare_collections
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_comparing import compared_there_and_back
from inquiry.workflow.roster_gone import gone_beside
from inquiry.workflow.roster_merging import merge_scattered, withhold
from inquiry.workflow.roster_sealing import RollSealing, check_forms, current_forms, sealed_batch, sealing_of
from inquiry.workflow.roster_switching import alone_at, discard_unfinished
from inquiry.workflow.work import House, Work

BATCH: Final = 1_000  # persons sealed and written together
WINDOW: Final = 100_000  # rows within which the rows of one person are brought together before sealing
PROBLEMS_KEPT: Final = 1_000
ALIKE_KEPT: Final = 200  # groups of people whom only their numbers tell apart


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A file to be imported: an open stream, its length in bytes, how it counts eras, and the day it was written."""

    stream: BinaryIO
    length: int
    as_of: date | None = None
    coding: EraCoding = EraCoding.CLAIMS

    def table(self, columns: tuple[str, ...]) -> Table:
        """Open the table of a CSV file or of a workbook.

        :raises InvalidValue: if it is no such table.
        """
        return open_table(self.stream, columns, optional=(WITHHELD,))

    def writing(self, today: date) -> Writing:
        """Return how its dates are to be read; where nobody said when it was written, that was today.

        :raises InvalidValue: if it is said to be written on a day that is not yet.
        """
        if self.as_of is not None and self.as_of > today:
            raise InvalidValue("roster:written_in_future", field="as_of")
        return Writing(self.coding, self.as_of or today)

    def share_read(self) -> int:
        """Return how far the file is read, in thousandths."""
        return min(1000, self.stream.tell() * 1000 // max(1, self.length))


def file_of(content: bytes) -> RosterFile:
    """Return the file of a content that is in memory already."""
    return RosterFile(io.BytesIO(content), len(content))


@dataclass(slots=True)
class Tally:
    """What an import has come to so far."""

    rows: int = 0
    written: int = 0
    persons: int = 0
    merged: int = 0
    repeated: int = 0
    alike: tuple[int, list[list[int]]] = (0, [])
    wrong_rows: int = 0
    by_reason: dict[str, int] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    withheld: "array[BlindKey]" = field(default_factory=partial(array, "q"))  # of whom a row left out says 不開示
    gone_shut: list[str] = field(default_factory=list)  # whom differences took away while 不開示, sealed
    withholds: bool = False  # somebody on the roster is 不開示
    tells_withheld: bool = True  # the file has the column that says so

    @property
    def is_empty(self) -> bool:
        """Say whether the file has a header and nothing else."""
        return not (self.rows or self.wrong_rows)

    def add(self, problems: Iterable[RowProblem]) -> None:
        """Count what cannot be taken over; the first thousand are kept to be shown."""
        lines = set()
        for problem in problems:
            lines.add(problem.line)
            reason = f"{problem.column}:{problem.code}"
            self.by_reason[reason] = self.by_reason.get(reason, 0) + 1
            if len(self.problems) < PROBLEMS_KEPT:
                self.problems.append(problem)
        self.wrong_rows += len(lines)

    def drained(self) -> Iterator[Sequence[BlindKey]]:
        """Yield who is to be 不開示, portion by portion, and keep none: a bad file may name everybody."""
        while self.withheld:
            yield self.withheld[-BATCH:]
            del self.withheld[-BATCH:]

    def report(self) -> dict[str, Any]:
        """Return what is kept of this with the import: lines, columns and reasons, and nothing of what stood there."""
        return {
            "wrong_rows": self.wrong_rows,
            "withholds": self.withholds,
            "gone_shut": self.gone_shut,
            "tells_withheld": self.tells_withheld,
            "merged": self.merged,
            "repeated": self.repeated,
            "alike_persons": self.alike[0],
            "alike": self.alike[1],
            "by_reason": self.by_reason,
            "problems": [[each.line, each.column, each.code] for each in sorted(self.problems, key=_by_line)],
        }


def _by_line(problem: RowProblem) -> tuple[int, str]:
    return problem.line, problem.column


class Watch:
    """Whoever wants to know how an import goes on; this one says nothing."""

    def begun(self, generation_id: str) -> None:
        """Learn the id of the import."""

    def progress(self, rows: int, share: int) -> None:
        """Learn how many rows, and how many thousandths of the file, are taken over."""


SILENT: Final = Watch()


def load(
    house: House,
    actor: Actor,
    insurer_id: str,
    *,
    file: RosterFile,
    processes: int = 1,
    watch: Watch = SILENT,
) -> str:
    """Load a file beside the roster in force and return the id of the new generation, ready to be switched to.

    :raises Forbidden: if another import of this insurer is under way, or the roster in force must be rebuilt first.
    :raises InvalidValue: if the file is no roster at all, or said to be written on a day that is not yet.
    """
    table = file.table(ROSTER_COLUMNS)
    with house.reading(actor) as work:
        file.writing(work.today)
    with rare_collections(), import_of(house, actor, insurer_id):
        generation_id, sealing, writing = _begun(house, actor, insurer_id, file=file)
        watch.begun(generation_id)
        clear(house, actor, insurer_id)
        tally = Tally(tells_withheld=WITHHELD not in table.absent)
        with _writing(house, sealing.roll_number) as writer:
            # The workers compute, and touch neither database nor keyring.
            sealing_batches = partial(sealed_batch, sealing, writing)
            for sealed in in_order(sealing_batches, _batches(_counted(table, tally)), processes=processes):
                writer.append(sealed.people)
                tally.written += sealed.rows
                tally.persons += sealed.persons
                tally.repeated += sealed.repeated
                tally.withheld.extend(sealed.withheld)
                tally.withholds = tally.withholds or sealed.withholds
                tally.add(sealed.problems)
                # The file is read a window ahead of what is written.
                share = file.share_read() * tally.written // tally.rows
                writer.tell(generation_id, (tally.written, tally.persons, share), house.clock())
                watch.progress(tally.written, share)
            writer.finish()
        tally.add(table.problems)
        finish(house, actor, generation_id, sealing=sealing, tally=tally)
    return generation_id


@contextmanager
def import_of(house: House, actor: Actor, insurer_id: str, *, given_up_by: str = "") -> Iterator[None]:
    """Be the only import of an insurer, after discarding whatever an earlier one left unfinished.

    `given_up_by` is the code of what ends the waiting of a roster that was loaded. Who was on that is deleted by
    whoever imports, once somebody knows that the import has begun: it may take a while.

    :raises Forbidden: if another one is under way.
    """
    with alone_at(house, insurer_id):
        discard_unfinished(house, actor, insurer_id, given_up_by=given_up_by)
        try:
            yield
        except BaseException as broken:
            reason = broken.code if isinstance(broken, InquiryError) else "roster:interrupted"
            discard_unfinished(house, actor, insurer_id, reason=reason)
            clear(house, actor, insurer_id)
            raise


def _begun(house: House, actor: Actor, insurer_id: str, *, file: RosterFile) -> tuple[str, RollSealing, Writing]:
    with house.work(actor) as work:
        generation = RosterGeneration(
            id=new_id(),
            insurer_id=insurer_id,
            stage=Stage.LOADING,
            as_of=file.as_of or work.today,
            imported_at=work.now,
            imported_by=actor.account_id,
            seen_at=work.now,
        )
        sealing = new_roll(work, generation, key_generation=_key_in_use(work, insurer_id))
        work.record("roster:loading", insurer=insurer_id, generation=generation.id)
        return generation.id, sealing, file.writing(work.today)


def _key_in_use(work: Work, insurer_id: str) -> int:
    """Return the key of the roster in force: under another, nobody could say who vanishes. A rebuild changes it.

    Beside one of older normal forms nobody could say who is somebody else, or who was 不開示 and left.

    :raises Forbidden: if the roster in force must be rebuilt first.
    """
    active = active_generation(work.session, insurer_id)
    if active is None or active.roll_number is None:
        return work.house.sealer.ring.current
    roll = work.session.get_one(Roll, active.roll_number)
    check_forms(roll)
    return roll.key_generation


def new_roll(work: Work, generation: RosterGeneration, *, key_generation: int) -> RollSealing:
    """Give a generation a roll of its own, and return what sealing people for it needs."""
    roll = Roll(insurer_id=generation.insurer_id, forms=current_forms(), key_generation=key_generation)
    work.session.add(roll)
    work.session.flush()
    generation.roll_number = roll.number
    work.session.add(generation)
    work.session.flush()
    return sealing_of(work.house, roll)


@contextmanager
def _writing(house: House, roll_number: int) -> Iterator[RollWriter]:
    writer = roll_writer(house.engine, roll_number)
    try:
        writer.begin()
        yield writer
    finally:
        writer.close()


def _counted(table: Table, tally: Tally) -> Iterator[Row]:
    for row in table.records:
        tally.rows += 1
        yield row


def _batches(rows: Iterator[Row]) -> Iterator[tuple[int, list[list[Row]]]]:
    first = 1
    while window := list(islice(rows, WINDOW)):
        by_person: dict[str, list[Row]] = {}
        for row in window:
            by_person.setdefault(row[1][0].strip(), []).append(row)
        persons = list(by_person.values())
        for start in range(0, len(persons), BATCH):
            batch = persons[start : start + BATCH]
            yield first, batch
            first += len(batch)


def finish(house: House, actor: Actor, generation_id: str, *, sealing: RollSealing, tally: Tally) -> None:
    """Bring the rows of one person together that stood far apart, and write down what the import came to."""
    merging = merge_scattered(house, actor, sealing, tally.add)
    tally.merged, tally.repeated = merging.merged, tally.repeated + merging.repeated
    for people in tally.drained():
        tally.withholds = withhold(house, actor, sealing, people) > 0 or tally.withholds
    with house.reading(actor) as work:
        # All of these go through everybody, so none keeps a writer waiting.
        tally.alike = rolls.alike(work.session, sealing.roll_number, ALIKE_KEPT)
        generation = work.session.get_one(RosterGeneration, generation_id)
        active = active_generation(work.session, generation.insurer_id)
        beside = compared_there_and_back(work, active, generation)
        tally.gone_shut = gone_beside(work, active, sealing)
    with house.work(actor) as work:
        generation = work.session.get_one(RosterGeneration, generation_id)
        generation.rows, generation.persons = tally.rows, tally.persons - merging.merged - merging.contradicting
        generation.stage, generation.share, generation.seen_at = Stage.LOADED, 1000, work.now
        generation.report = {**tally.report(), "compared": beside}
        persons, wrong = str(generation.persons), str(tally.wrong_rows)
        work.record(
            "roster:loaded", insurer=generation.insurer_id, generation=generation_id, persons=persons, wrong=wrong
        )
