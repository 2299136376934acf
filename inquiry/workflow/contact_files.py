"""The insurer contact list as a file: preview, import and export (照会窓口一覧の取込・書き出し).

Decides   that an import is whole or leaves no trace, and does what its preview showed or nothing at all.
Not here  one desk at a time: workflow/contacts.py. The format: directory/contacts.py.
"""

import hashlib
from dataclasses import dataclass, replace

from inquiry.directory.contacts import (
    COLUMNS,
    FIELDS,
    NUMBER_COLUMNS,
    ContactDifference,
    ContactSheet,
    cells_of,
    difference,
    read_contacts,
)
from inquiry.domain.check_digits import padded_insurer_number
from inquiry.domain.errors import Forbidden, MyNumberFound, NotFound, Superseded
from inquiry.domain.table_text import RowProblem, read_table, unwritable, write_table
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.insurers import contact_in_force, contacts_in_force, insurer_numbered
from inquiry.store.paperwork import Draft, draft_of
from inquiry.workflow.contacts import end, row_of, save, tidied
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do, and what is wrong with it; nothing is changed yet."""

    sheet: ContactSheet
    difference: ContactDifference

    @property
    def mark(self) -> str:
        """Return what differs when the import would do something else than was shown."""
        return hashlib.sha256(repr(self.difference).encode()).hexdigest()


def preview(work: Work, content: bytes) -> Preview:
    """Read a file of contacts and compare it with the list in force.

    A desk whose line cannot be read is not taken for ended.
    :raises InvalidValue: if the content is no such table at all.
    """
    named, problems = _look_through(content)
    blocked = {problem.line for problem in problems}
    sheet = read_contacts(content)
    sound = tuple(tidied(row) for row in sheet.rows if named[row.key] not in blocked)
    others = (problem for problem in sheet.problems if problem.line not in blocked)
    sheet = replace(sheet, rows=sound, problems=tuple(sorted([*problems, *others], key=lambda problem: problem.line)))
    found = difference([row_of(entry) for entry in contacts_in_force(work.session)], sound)
    return Preview(sheet, replace(found, ended=tuple(row for row in found.ended if row.key not in named)))


def _look_through(content: bytes) -> tuple[dict[str, int], list[RowProblem]]:
    """Return the first line of each insurer's number, and the lines in which a My Number stands."""
    named: dict[str, int] = {}
    problems: list[RowProblem] = []
    for line, cells in read_table(content, COLUMNS).rows:
        named.setdefault(padded_insurer_number(cells["保険者番号"].strip()), line)
        try:
            guard.enforce({column: text for column, text in cells.items() if column not in NUMBER_COLUMNS})
        except MyNumberFound as error:
            problems.append(RowProblem(line, error.field, error.code))
    return named, problems


def take_over(work: Work, changes: ContactDifference, *, ends_missing: bool) -> None:
    """Apply what a preview showed: new desks, new versions, and where wanted the end of those no longer listed."""
    for row in (*changes.added, *(changed.new for changed in changes.changed)):
        save(work, row)
    ended = changes.ended if ends_missing else ()
    for row in ended:
        _end(work, row.insurer_number)
    work.record(
        "contacts:imported", added=str(len(changes.added)), changed=str(len(changes.changed)), ended=str(len(ended))
    )


def _end(work: Work, number: str) -> None:
    insurer = insurer_numbered(work.session, number)
    entry = contact_in_force(work.session, insurer.id) if insurer else None
    if entry is None:
        raise NotFound("contact:not_found")
    end(work, entry.insurer_id, entry.version)


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


def take_over_kept(work: Work, draft_id: str, mark: str, *, ends_missing: bool) -> ContactDifference:
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
    take_over(work, shown.difference, ends_missing=ends_missing)
    work.session.delete(draft)
    return shown.difference


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
    """Return the list in force as a file that `preview` finds unchanged.

    :raises InvalidValue: if a cell has a character that the encoding lacks; `unwritable_cells` names them.
    """
    rows = [cells_of(row_of(entry)) for entry in contacts_in_force(work.session)]
    return write_table(rows, COLUMNS, numbers=NUMBER_COLUMNS, encoding=encoding)


def unwritable_cells(work: Work, encoding: str) -> list[Unwritable]:
    """Return every cell of the list that an encoding cannot hold."""
    rows = [cells_of(row_of(entry)) for entry in contacts_in_force(work.session)]
    return [
        Unwritable(cells["保険者番号"], FIELDS[column], lacking)
        for cells in rows
        for column, text in cells.items()
        if (lacking := unwritable(text, encoding=encoding))
    ]
