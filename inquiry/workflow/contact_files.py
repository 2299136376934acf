"""The insurer contact list as a file: preview, import and export (照会窓口一覧の取込・書き出し).

Decides   that an import is whole or leaves no trace, and does what its preview showed or nothing at all.
Not here  one desk at a time: workflow/contacts.py. The format: directory/contacts.py.
"""

import hashlib
import io
from dataclasses import dataclass, replace

from inquiry.directory.amendments import ONE_AT_A_TIME
from inquiry.directory.contacts import (
    ALL_COLUMNS,
    COLUMNS,
    FIELDS,
    NUMBER_COLUMNS,
    OPTIONAL,
    ChangedContact,
    ContactDifference,
    ContactRow,
    ContactSheet,
    DeskKey,
    cells_of,
    changes_between,
    completed,
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
from inquiry.store.insurers import ContactEntry
from inquiry.store.paperwork import Draft, draft_of
from inquiry.workflow import adding, amending, enacting, ending, entering
from inquiry.workflow.amending import DeskEntry, Ground
from inquiry.workflow.contact_faults import faults
from inquiry.workflow.contacts import desk_named, end, rows_in_force, save, tidied
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do, and what is wrong with it; nothing is changed yet."""

    sheet: ContactSheet
    difference: ContactDifference
    under_way: frozenset[DeskKey] = frozenset()

    @property
    def waiting(self) -> frozenset[DeskKey]:
        """Return the desks whose number or name changes: a second person looks at these before they hold."""
        return frozenset(each.new.key for each in self.difference.changed if _changes_number(each))

    @property
    def mark(self) -> str:
        """Return what differs when the import would do something else than was shown."""
        return hashlib.sha256(repr((self.difference, sorted(self.under_way))).encode()).hexdigest()


def _changes_number(changed: ChangedContact) -> bool:
    return any(cell.column in ONE_AT_A_TIME for cell in changes_between(changed.old, changed.new))


def preview(work: Work, content: bytes) -> Preview:
    """Read a file of contacts and compare it with the list in force.

    A desk whose line cannot be read is not taken for ended. One whose number is being changed already is left alone.
    :raises InvalidValue: if the content is no such table at all.
    """
    sheet, named, blocked = _read(work, content)
    found = difference(rows_in_force(work), sheet.rows)
    wrong = list(faults(work, found.added, sheet.rows, ended=found.ended))
    problems = [*sheet.problems, *(RowProblem(named[row.key], *fault) for row, fault in wrong)]
    ordered = tuple(sorted((each for each in problems if each.line not in blocked), key=lambda each: each.line))
    sheet = replace(sheet, problems=tuple(sorted((*blocked.values(), *ordered), key=lambda each: each.line)))
    found = _without({row.key for row, _fault in wrong}, found)
    found = replace(found, ended=tuple(row for row in found.ended if row.key not in named))
    return _without_those_under_way(work, sheet, found)


def _read(work: Work, content: bytes) -> tuple[ContactSheet, dict[DeskKey, int], dict[int, RowProblem]]:
    """Return what a file holds, each row as its insurer is named today and with what it leaves open; the first line of
    each desk; and the lines in which a My Number stands.
    """
    lines, blocked = _look_through(content)
    sheet = read_contacts(_table(content))
    standing = {row.key: row for row in rows_in_force(work)}
    today = {each.key: row for row in standing.values() for each in row.periods}
    named = {_key_today(key, today): line for key, line in reversed(lines.items())}
    rows: dict[DeskKey, ContactRow] = {}
    repeated = []
    for row in sheet.rows:
        if lines[row.key] in blocked:
            continue
        key = _key_today(row.key, today)
        if key in rows:
            repeated.append(RowProblem(lines[row.key], "保険者番号", "contact:number_repeated"))
        number = row.insurer_number if key == row.key else key[0]
        rows.setdefault(key, completed(tidied(replace(row, insurer_number=number)), standing.get(key), sheet.absent))
    return replace(sheet, rows=tuple(rows.values()), problems=(*sheet.problems, *repeated)), named, blocked


def _key_today(key: DeskKey, today: dict[str, ContactRow]) -> DeskKey:
    """Return how a desk is named today: a file may name its insurer by one that ended, or by another of its numbers."""
    number, name = key
    return (today[number].key[0] if number in today else number), name


def _without_those_under_way(work: Work, sheet: ContactSheet, found: ContactDifference) -> Preview:
    changing, coming = amending.desks_under_way(work), adding.keys_under_way(work)
    # Without its main desk no further one can be added either.
    insurers = {number for number, desk_name in coming if not desk_name}
    left = {each.new.key for each in found.changed if each.new.key in changing and _changes_number(each)}
    left |= {row.key for row in found.added if row.key in coming or row.key[0] in insurers}
    return Preview(sheet, _without(left, found), frozenset(left))


def _without(keys: set[DeskKey], found: ContactDifference) -> ContactDifference:
    """Leave desks out, and with a main desk that would be added the others of its insurer."""
    changed = tuple(each for each in found.changed if each.new.key not in keys)
    added = tuple(row for row in found.added if not {row.key, (row.key[0], "")} & keys)
    return replace(found, changed=changed, added=added)


def _table(content: bytes) -> Table:
    return open_table(io.BytesIO(content), COLUMNS, optional=OPTIONAL)


def _look_through(content: bytes) -> tuple[dict[DeskKey, int], dict[int, RowProblem]]:
    """Return the first line of each desk, and the lines in which a My Number stands."""
    named: dict[DeskKey, int] = {}
    problems: dict[int, RowProblem] = {}
    for line, cells in _table(content).rows:
        named.setdefault((padded_insurer_number(cells["保険者番号"].strip()), cells["窓口名"].strip()), line)
        try:
            guard.enforce({column: text for column, text in cells.items() if column not in NUMBER_COLUMNS})
        except MyNumberFound as error:
            problems[line] = RowProblem(line, error.field, error.code)
    return named, problems


def take_over(work: Work, changes: ContactDifference, *, ends_missing: bool, ground: Ground | None = None) -> None:
    """Apply what a preview showed: new desks, new versions, and where wanted the end of those no longer listed.

    New desks, changed numbers and names wait for a second person, on this ground; without one, the operator founds the
    list and waits for nobody.
    :raises InvalidValue: if the ground is missing where desks are proposed.
    """
    if ground is None:
        _found(work, changes)
    else:
        adding.propose_rows(work, changes.added, ground)
        for changed in changes.changed:
            _amend(work, changed.new, ground)
    ended = changes.ended if ends_missing else ()
    for row in sorted(ended, key=lambda row: row.desk_name, reverse=True):
        _end(work, row, ground)
    work.record(
        "contacts:imported", added=str(len(changes.added)), changed=str(len(changes.changed)), ended=str(len(ended))
    )


def _found(work: Work, changes: ContactDifference) -> None:
    if work.actor.role is not Role.OPERATOR:
        raise Forbidden("amendment:second_person")
    entering.enter(work, changes.added)
    for changed in changes.changed:
        save(work, changed.new)


def _amend(work: Work, row: ContactRow, ground: Ground) -> None:
    entry = _entry(work, row)
    proposed = amending.amend_desk(work, DeskEntry(row), ground, version=entry.version, desk=entry.desk)
    enacting.enact_if_ready(work, proposed)


def _end(work: Work, row: ContactRow, ground: Ground | None) -> None:
    entry = _entry(work, row)
    if ground is None:
        end(work, entry.insurer_id, entry.version, desk=entry.desk)
        return
    # At once, whatever day the file's changes hold from: a main desk cannot end before those beside it have.
    today = replace(ground, from_on=None)
    enacting.enact_if_ready(work, ending.propose(work, entry.insurer_id, today, version=entry.version, desk=entry.desk))


def _entry(work: Work, row: ContactRow) -> ContactEntry:
    entry = desk_named(work, row)
    if entry is None:
        raise NotFound("contact:not_found")
    return entry


def refused_cells(content: bytes) -> list[RowProblem]:
    """Return each line in which a My Number stands, and in which column.

    :raises InvalidValue: if the content is no such table at all.
    """
    _named, blocked = _look_through(content)
    return list(blocked.values())


def keep(work: Work, name: str, content: bytes) -> Draft:
    """Keep an uploaded file, sealed, until its preview is confirmed.

    :raises InvalidValue: if its name or a cell holds a My Number, or it is no such table at all.
    """
    guard.enforce({"file": name})
    if refused_cells(content):
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


def take_over_kept(work: Work, draft_id: str, mark: str, *, ends_missing: bool, ground: Ground) -> Preview:
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
    take_over(work, shown.difference, ends_missing=ends_missing, ground=ground)
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
    rows = [cells_of(row) for row in rows_in_force(work)]
    return write_table(rows, ALL_COLUMNS, numbers=NUMBER_COLUMNS, encoding=encoding)


def export_workbook(work: Work) -> bytes:
    """Return the list in force as an Excel workbook that `preview` finds unchanged; the same list gives the same bytes.

    :raises InvalidValue: if a cell holds what no workbook may hold.
    """
    return write_table_workbook(
        "照会窓口一覧", ALL_COLUMNS, [list(cells_of(row).values()) for row in rows_in_force(work)]
    )


def unwritable_cells(work: Work, encoding: str) -> list[Unwritable]:
    """Return every cell of the list that an encoding cannot hold."""
    rows = [cells_of(row) for row in rows_in_force(work)]
    return [
        Unwritable(cells["保険者番号"], FIELDS[column], lacking)
        for cells in rows
        for column, text in cells.items()
        if (lacking := unwritable(text, encoding=encoding))
    ]
