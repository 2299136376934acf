"""Proposed desks as a file with the columns of the list, to check or to correct (追加する窓口の書き出し)."""

from collections.abc import Iterable

from inquiry.directory.contacts import ALL_COLUMNS
from inquiry.documents.table_workbook import write_table_workbook
from inquiry.store.additions import AddedDesk, desks_of_addition
from inquiry.workflow import enacting
from inquiry.workflow.work import Work


def proposed(work: Work, amendment_id: str) -> bytes:
    """Return every desk of an addition that was not sent back.

    :raises NotFound: if there is no such addition.
    """
    return _workbook(desk for desk in _desks(work, amendment_id) if desk.rejected_at is None)


def rejected(work: Work, amendment_id: str) -> bytes:
    """Return the desks that were sent back: corrected, the file is imported once more.

    :raises NotFound: if there is no such addition.
    """
    return _workbook(desk for desk in _desks(work, amendment_id) if desk.rejected_at is not None)


def _desks(work: Work, amendment_id: str) -> list[AddedDesk]:
    amendment = enacting.found(work, amendment_id)
    work.record("amendment:read", amendment=amendment.id)
    return desks_of_addition(work.session, amendment.id)


def _workbook(desks: Iterable[AddedDesk]) -> bytes:
    rows = [[desk.cells[column] for column in ALL_COLUMNS] for desk in desks]
    return write_table_workbook("追加する窓口", ALL_COLUMNS, rows)
