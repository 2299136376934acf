"""The insurer contact list as a file: preview, import and export (照会窓口一覧の取込・書き出し).

Decides   that an import is whole or leaves no trace, and does what its preview showed or nothing at all.
Not here  one desk at a time: workflow/contacts.py. The format: directory/contacts.py.
"""

import hashlib
import io
from dataclasses import dataclass, replace

from inquiry.directory.amendments import DIALLED
from inquiry.directory.contacts import (
    COLUMNS,
    FIELDS,
    NUMBER_COLUMNS,
    ChangedContact,
    ContactDifference,
    ContactRow,
    ContactSheet,
    cells_of,
    changes_between,
    difference,
    read_contacts,
)
from inquiry.documents.table_workbook import write_table_workbook
from inquiry.domain.check_digits import padded_insurer_number
from inquiry.domain.errors import Forbidden, MyNumberFound, NotFound, Superseded
from inquiry.domain.parties import Role
from inquiry.domain.table_text import RowProblem, Table, unwritable, write_table
from inquiry.security import guard
from inquiry.security.table_file import open_table
from inquiry.store.base import new_id
from inquiry.store.insurers import ContactEntry, contact_in_force, contacts_in_force, insurer_numbered
from inquiry.store.paperwork import Draft, draft_of
from inquiry.workflow import amending, enacting
from inquiry.workflow.amending import Ground
from inquiry.workflow.contacts import end, is_under_its_last_number, row_of, save, tidied
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do, and what is wrong with it; nothing is changed yet."""

    sheet: ContactSheet
    difference: ContactDifference
    under_way: frozenset[str] = frozenset()

    @property
    def waiting(self) -> frozenset[str]:
        """Return the insurers whose number changes: a second person looks at these before they hold."""
        return frozenset(each.new.insurer_number for each in self.difference.changed if _changes_number(each))

    @property
    def mark(self) -> str:
        """Return what differs when the import would do something else than was shown."""
        return hashlib.sha256(repr((self.difference, sorted(self.under_way))).encode()).hexdigest()


def _changes_number(changed: ChangedContact) -> bool:
    return any(cell.column in DIALLED for cell in changes_between(changed.old, changed.new))


def preview(work: Work, content: bytes) -> Preview:
    """Read a file of contacts and compare it with the list in force.

    A desk whose line cannot be read is not taken for ended. One whose number is being changed already is left alone.
    :raises InvalidValue: if the content is no such table at all.
    """
    named, problems = _look_through(content)
    blocked = {problem.line for problem in problems}
    sheet = read_contacts(_table(content))
    sound = tuple(tidied(row) for row in sheet.rows if named[row.key] not in blocked)
    others = (problem for problem in sheet.problems if problem.line not in blocked)
    found = difference(_rows(work), sound)
    returning = [
        RowProblem(named[row.key], "電話番号", "contact:back_under_another_number")
        for row in found.added
        if not is_under_its_last_number(work, row)
    ]
    ordered = sorted([*problems, *others, *returning], key=lambda problem: problem.line)
    found = replace(found, ended=tuple(row for row in found.ended if row.key not in named))
    return _without_those_under_way(work, replace(sheet, rows=sound, problems=tuple(ordered)), found)


def _without_those_under_way(work: Work, sheet: ContactSheet, found: ContactDifference) -> Preview:
    numbered = amending.numbers_under_way(work)
    left = [each for each in found.changed if each.new.insurer_number in numbered and _changes_number(each)]
    changed = tuple(each for each in found.changed if each not in left)
    return Preview(sheet, replace(found, changed=changed), frozenset(each.new.insurer_number for each in left))


def _table(content: bytes) -> Table:
    return open_table(io.BytesIO(content), COLUMNS)


def _rows(work: Work) -> list[ContactRow]:
    """Return the list in force in the order of the numbers, which is that of kind and prefecture."""
    return sorted((tidied(row_of(entry)) for entry in contacts_in_force(work.session)), key=lambda row: row.key)


def _look_through(content: bytes) -> tuple[dict[str, int], list[RowProblem]]:
    """Return the first line of each insurer's number, and the lines in which a My Number stands."""
    named: dict[str, int] = {}
    problems: list[RowProblem] = []
    for line, cells in _table(content).rows:
        named.setdefault(padded_insurer_number(cells["保険者番号"].strip()), line)
        try:
            guard.enforce({column: text for column, text in cells.items() if column not in NUMBER_COLUMNS})
        except MyNumberFound as error:
            problems.append(RowProblem(line, error.field, error.code))
    return named, problems


def take_over(work: Work, changes: ContactDifference, *, ends_missing: bool, evidence: str = "") -> None:
    """Apply what a preview showed: new desks, new versions, and where wanted the end of those no longer listed.

    Changed numbers wait for a second person, with `evidence` as their ground, unless the operator founds the list.
    """
    for row in changes.added:
        save(work, row)
    for changed in changes.changed:
        if work.actor.role is Role.OPERATOR:
            save(work, changed.new)
        else:
            _amend(work, changed.new, evidence)
    ended = changes.ended if ends_missing else ()
    for row in ended:
        _end(work, row.insurer_number)
    work.record(
        "contacts:imported", added=str(len(changes.added)), changed=str(len(changes.changed)), ended=str(len(ended))
    )


def _amend(work: Work, row: ContactRow, evidence: str) -> None:
    ground = Ground(evidence=evidence, seen_on=row.checked_on or work.today)
    proposed = amending.amend_desk(work, row, ground, version=_entry(work, row.insurer_number).version)
    enacting.enact_if_ready(work, proposed)


def _end(work: Work, number: str) -> None:
    entry = _entry(work, number)
    end(work, entry.insurer_id, entry.version)


def _entry(work: Work, number: str) -> ContactEntry:
    insurer = insurer_numbered(work.session, number)
    entry = contact_in_force(work.session, insurer.id) if insurer else None
    if entry is None:
        raise NotFound("contact:not_found")
    return entry


def keep(work: Work, name: str, content: bytes) -> Draft:
    """Keep an uploaded file, sealed, until its preview is confirmed.

    :raises InvalidValue: if its name or a cell holds a My Number, or it is no such table at all.
    """
    guard.enforce({"file": name})
    if any(problem.code == "my_number:found" for problem in preview(work, content).sheet.problems):
        raise MyNumberFound("cell", field="file")
    draft = Draft(id=new_id(), account_id=work.actor.account_id, updated_at=work.now)
    draft.form_ct = work.seal_bytes(content, "draft.contacts", draft.id)
    work.session.add(draft)
    return draft


def kept(work: Work, draft_id: str) -> Preview:
    """Return what importing a kept file would do now.

    :raises NotFound: if it is not kept, or somebody else's.
    """
    return preview(work, _content(work, _draft(work, draft_id)))


def take_over_kept(work: Work, draft_id: str, mark: str, *, ends_missing: bool, evidence: str) -> Preview:
    """Import a kept file as its preview showed it, and let go of the file.

    :raises Forbidden: if a line of it cannot be taken over.
    :raises Superseded: if the list has changed since the preview.
    """
    draft = _draft(work, draft_id)
    shown = preview(work, _content(work, draft))
    if shown.sheet.problems:
        raise Forbidden("contacts:bad_rows")
    if shown.mark != mark:
        raise Superseded
    take_over(work, shown.difference, ends_missing=ends_missing, evidence=evidence)
    work.session.delete(draft)
    return shown


def let_go(work: Work, draft_id: str) -> None:
    """Let go of a kept file without importing it."""
    work.session.delete(_draft(work, draft_id))


def _draft(work: Work, draft_id: str) -> Draft:
    draft = draft_of(work.session, work.actor.account_id, draft_id)
    if draft is None:
        raise NotFound("draft:not_found")
    return draft


def _content(work: Work, draft: Draft) -> bytes:
    return work.open_bytes(draft.form_ct, "draft.contacts", draft.id)


@dataclass(frozen=True, slots=True)
class Unwritable:
    """A cell that an encoding cannot hold, and the characters it lacks."""

    insurer_number: str
    field: str
    characters: str


def export(work: Work, encoding: str) -> bytes:
    """Return the list in force as CSV that `preview` finds unchanged.

    :raises InvalidValue: if a cell has a character that the encoding lacks; `unwritable_cells` names them.
    """
    rows = [cells_of(row) for row in _rows(work)]
    return write_table(rows, COLUMNS, numbers=NUMBER_COLUMNS, encoding=encoding)


def export_workbook(work: Work) -> bytes:
    """Return the list in force as an Excel workbook that `preview` finds unchanged; the same list gives the same bytes.

    :raises InvalidValue: if a cell holds what no workbook may hold.
    """
    return write_table_workbook("照会窓口一覧", COLUMNS, [list(cells_of(row).values()) for row in _rows(work)])


def unwritable_cells(work: Work, encoding: str) -> list[Unwritable]:
    """Return every cell of the list that an encoding cannot hold."""
    rows = [cells_of(row) for row in _rows(work)]
    return [
        Unwritable(cells["保険者番号"], FIELDS[column], lacking)
        for cells in rows
        for column, text in cells.items()
        if (lacking := unwritable(text, encoding=encoding))
    ]
