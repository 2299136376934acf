"""Asking for many people at once from one table, while the network is down (一括照会).

Source    memo annex STEP1 ①②.
Decides   that a table is sent whole as it was looked through, or not at all; that each row obeys the rules of a single
          inquiry; and that no table with a My Number in any cell is kept.
Not here  reading a row: workflow/filing_sheet.py. The rules of an inquiry: workflow/filing.py.
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from inquiry.domain.errors import Forbidden, InquiryError, InvalidValue, MyNumberFound, NotFound, Superseded
from inquiry.domain.parties import Actor, Inquirer, MunicipalityCode
from inquiry.domain.table_text import RowProblem
from inquiry.security import guard
from inquiry.security.table_file import open_table
from inquiry.store.base import new_id
from inquiry.store.insurers import insurer_numbered
from inquiry.store.outages import FilingBatch, Outage, batch_of, batches_of, unsent_before
from inquiry.store.single import PATIENCE_SECONDS, is_nobody_at_work, only_one
from inquiry.workflow import filing, outages
from inquiry.workflow.filing import Filing
from inquiry.workflow.filing_sheet import COLUMN_OF, COLUMNS, OPTIONAL, Opening, RowReading
from inquiry.workflow.work import House, Work

MOST_ROWS: Final = 3_000
KEPT_FOR: Final = timedelta(days=14)
NETWORK_DOWN: Final = "E10"
BATCHES_SHOWN: Final = 20


class Standing(StrEnum):
    """What sending would do with a row."""

    READY = "ready"
    OPEN_ALREADY = "open_already"  # the same person, insurer and procedure is asked for already
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was looked through; nothing personal but what `filing` holds unopened."""

    line: int
    standing: Standing
    filing: Filing | None = field(repr=False)
    open_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A table that was looked through: every row, and what is wrong with which cell."""

    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...]

    def count(self, standing: Standing) -> int:
        """Return how many rows stand so."""
        return sum(row.standing is standing for row in self.rows)

    @property
    def mark(self) -> str:
        """Return what differs when sending would do something else than was shown."""
        shown = [(row.line, row.standing, row.open_numbers) for row in self.rows]
        return hashlib.sha256(repr((shown, self.problems)).encode()).hexdigest()


def mine(work: Work) -> list[FilingBatch]:
    """Return the latest tables of the acting municipality, the newest first."""
    return batches_of(work.session, _municipality(work), limit=BATCHES_SHOWN)


def refused_cells(content: bytes) -> list[RowProblem]:
    """Return every cell in which a My Number stands.

    :raises InvalidValue: if the content is no such table at all.
    """
    table = open_table(io.BytesIO(content), COLUMNS, optional=OPTIONAL)
    found = ((line, guard.refused_cell(table.columns, cells)) for line, cells in table.records)
    return [RowProblem(line, *refused) for line, refused in found if refused]


def keep(work: Work, name: str, content: bytes) -> FilingBatch:
    """Keep a table, sealed, until it is sent; an unsent one of the same person is thrown away.

    :raises Forbidden: while no outage is declared.
    :raises InvalidValue: if it is no such table, too long, or its name or a cell holds a My Number.
    """
    _check_outage(work)
    guard.enforce({"file": name})
    if refused_cells(content):
        raise MyNumberFound("cell", field="file")
    rows = sum(1 for _ in open_table(io.BytesIO(content), COLUMNS, optional=OPTIONAL).records)
    if not 0 < rows <= MOST_ROWS:
        raise InvalidValue("batch:rows", field="file")
    for earlier in mine(work):
        is_idle = earlier.filed_at is None and earlier.sending_at is None
        if is_idle and earlier.account_id == work.actor.account_id:
            work.session.delete(earlier)
    batch = FilingBatch(
        id=new_id(), municipality_code=_municipality(work), account_id=work.actor.account_id, kept_at=work.now
    )
    batch.content_ct = work.seal_bytes(content, "filing_batch.content", batch.id)
    work.session.add(batch)
    work.record("batch:kept", batch=batch.id, rows=str(rows))
    return batch


def look_through(work: Work, batch_id: str) -> Check:
    """Say of every row what sending it would do now; nothing is sent.

    :raises NotFound: if the table is absent, somebody else's, or sent already.
    """
    batch = _held(work, batch_id)
    assert batch.content_ct is not None
    return check(work, work.open_bytes(batch.content_ct, "filing_batch.content", batch.id))


def check(work: Work, content: bytes) -> Check:
    """Look through a table row by row.

    :raises InvalidValue: if the content is no such table at all.
    """
    opening = _opening(work)
    table = open_table(io.BytesIO(content), COLUMNS, optional=OPTIONAL)
    problems: list[RowProblem] = []
    seen: dict[bytes, int] = {}
    rows = tuple(_row(work, RowReading(line, cells, opening, problems), seen) for line, cells in table.rows)
    return Check(rows, tuple(sorted([*table.problems, *problems], key=lambda problem: problem.line)))


def _row(work: Work, reading: RowReading, seen: dict[bytes, int]) -> Row:
    asked = reading.filing()
    faults = list(_faults(work, asked, seen)) if asked else []
    reading.problems += [RowProblem(reading.line, COLUMN_OF.get(field, ""), code) for field, code in faults]
    if asked is None or faults:
        return Row(reading.line, Standing.FAULTY, None)
    seen[filing.subject_key(work, asked)] = reading.line
    numbers = tuple(each.number for each in filing.already_open(work, asked))
    return Row(reading.line, Standing.OPEN_ALREADY if numbers else Standing.READY, asked, numbers)


def _faults(work: Work, asked: Filing, seen: dict[bytes, int]) -> Iterator[tuple[str, str]]:
    found = filing.faults(work, asked)
    yield from ((fault.field, fault.code) for fault in found)
    if not found and filing.subject_key(work, asked) in seen:
        yield "", "batch:repeated"


def _opening(work: Work) -> Opening:
    outage = _check_outage(work)
    actor = work.actor
    inquirer = Inquirer(MunicipalityCode(_municipality(work)), actor.section, actor.display_name)

    @cache
    def insurer_of(number: str) -> str:
        insurer = insurer_numbered(work.session, number, on=work.today)
        return insurer.id if insurer else ""

    return Opening(inquirer, NETWORK_DOWN, outage.from_at, insurer_of)


@dataclass(frozen=True, slots=True)
class Sending:
    """Which table is sent, the mark of what was shown of it, and how the rows stand that are to go."""

    batch_id: str
    mark: str
    standings: frozenset[Standing]


def send(work: Work, sending: Sending) -> FilingBatch:
    """File every row that stands as wanted, all of them or none, and let go of the table.

    :raises Forbidden: if a row is faulty, or nothing is left to send.
    :raises Superseded: if sending would do something else by now than was shown.
    """
    checked = look_through(work, sending.batch_id)
    if checked.problems:
        raise Forbidden("batch:faulty_rows")
    if checked.mark != sending.mark:
        raise Superseded
    wanted = [row for row in checked.rows if row.standing in sending.standings]
    if not wanted:
        raise Forbidden("batch:nothing_to_send")
    batch = _held(work, sending.batch_id)
    numbers = {row.line: filing.file(work, row.filing).number for row in wanted if row.filing}
    batch.numbers = [f"{line}:{number}" for line, number in numbers.items()]
    batch.filed_at, batch.content_ct = work.now, None
    work.record("batch:filed", batch=batch.id, rows=str(len(numbers)))
    return batch


def begin_sending(work: Work, batch_id: str) -> None:
    """Note that a table is being sent from now on; `send_behind` does it.

    :raises NotFound: if it is absent, somebody else's, or sent already.
    """
    batch = _held(work, batch_id)
    batch.sending_at, batch.code = work.now, ""
    work.record("batch:sending", batch=batch.id)


def send_behind(house: House, actor: Actor, sending: Sending, *, begun: Callable[[], None]) -> None:
    """Send a table while its page waits, and keep why it could not be sent; whoever is second leaves it be."""
    with only_one(house.engine, _lock(sending.batch_id), patience=PATIENCE_SECONDS) as is_ours:
        begun()
        if not is_ours:
            return
        try:
            with house.work(actor) as work:
                send(work, sending)
        except InquiryError as refusal:
            with house.work(actor) as work:
                batch = own(work, sending.batch_id)
                if batch.filed_at is not None:
                    return  # sent from another tab a moment ago
                batch.sending_at, batch.code = None, refusal.code
                work.record("batch:not_sent", batch=batch.id, reason=refusal.code)


def is_at_work(house: House, batch_id: str) -> bool:
    """Say whether a table is being sent now."""
    return not is_nobody_at_work(house.engine, _lock(batch_id))


def _lock(batch_id: str) -> str:
    return f"table {batch_id}"


def own(work: Work, batch_id: str) -> FilingBatch:
    """Return a table of the actor's own, sent or not.

    :raises NotFound: if it is absent, or somebody else's.
    """
    batch = batch_of(work.session, _municipality(work), batch_id)
    if batch is None or batch.account_id != work.actor.account_id:
        raise NotFound
    return batch


def let_go(work: Work, batch_id: str) -> None:
    """Throw a table away that was not sent.

    :raises Forbidden: while it is being sent.
    """
    batch = _held(work, batch_id)
    if is_at_work(work.house, batch_id):
        raise Forbidden("batch:being_sent")
    _delete(work, batch)


def left_lying(work: Work) -> list[str]:
    """Return the ids of the tables that nobody sent or threw away for `KEPT_FOR`."""
    return unsent_before(work.session, work.now - KEPT_FOR)


def throw_away(work: Work, batch_id: str) -> bool:
    """Throw a table away that was left lying, whosever it is; return False where it is gone, or sent meanwhile."""
    batch = work.session.get(FilingBatch, batch_id, with_for_update=True)
    if batch is None or batch.filed_at is not None or is_at_work(work.house, batch_id):
        return False
    _delete(work, batch)
    return True


def _delete(work: Work, batch: FilingBatch) -> None:
    work.session.delete(batch)
    work.record("batch:let_go", batch=batch.id)


def sent(work: Work, batch_id: str) -> tuple[FilingBatch, list[tuple[int, str]]]:
    """Return a table that was sent, and which receipt number each of its rows became.

    :raises NotFound: if there is none, or it is somebody else's.
    """
    batch = batch_of(work.session, _municipality(work), batch_id)
    if batch is None or batch.filed_at is None:
        raise NotFound
    pairs = (entry.partition(":") for entry in batch.numbers)
    return batch, [(int(line), number) for line, _, number in pairs]


def _held(work: Work, batch_id: str) -> FilingBatch:
    batch = own(work, batch_id)
    if batch.filed_at is not None:
        raise NotFound
    return batch


def _check_outage(work: Work) -> Outage:
    outage = outages.in_force(work)
    if outage is None:
        raise Forbidden("batch:no_outage")
    return outage


def _municipality(work: Work) -> str:
    return work.actor.municipality_code or ""
