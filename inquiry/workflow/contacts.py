"""The insurer contact list, kept by PMO staff (医療保険者照会窓口一覧の管理).

Source    memo 3(2) ※; memo annex STEP1 ※3.
Decides   that every change is a new version with its author; what an import would change, before it changes it.
Not here  reading rows: directory/contacts.py. Which version an inquiry was handled under: workflow/filing.py.
"""

from dataclasses import dataclass, replace

from inquiry.directory.contacts import ContactDifference, ContactRow, ContactSheet, difference, read_contacts
from inquiry.directory.insurers import InsurerKind
from inquiry.domain.errors import MyNumberFound, NotFound, Superseded
from inquiry.domain.reply import Channel
from inquiry.domain.table_text import RowProblem
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.insurers import (
    ContactEntry,
    Insurer,
    InsurerNumber,
    contact_in_force,
    contacts_in_force,
    insurer_numbered,
    padded,
)
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do, and what is wrong with it; nothing is changed yet."""

    sheet: ContactSheet
    difference: ContactDifference


def row_of(entry: ContactEntry) -> ContactRow:
    """Return a version of a desk as a row of the list."""
    insurer = entry.insurer
    return ContactRow(
        insurer_number=insurer.numbers[0].number.removeprefix("00"),
        kind=InsurerKind(insurer.kind),
        prefecture=insurer.prefecture,
        name=insurer.name,
        kana=insurer.kana,
        section=entry.department,
        telephone=entry.telephone,
        fax=entry.fax,
        hours=entry.hours,
        postal_code=entry.postal_code,
        address=entry.address,
        channels=frozenset(Channel(channel) for channel in entry.channels),
        remarks=entry.note,
        checked_on=entry.checked_on,
    )


def preview(work: Work, content: bytes) -> Preview:
    """Read a file of contacts and compare it with the list in force.

    :raises InvalidValue: if the content is no such table at all.
    """
    sheet = _guarded(read_contacts(content))
    return Preview(sheet, difference([row_of(entry) for entry in contacts_in_force(work.session)], sheet.rows))


def _guarded(sheet: ContactSheet) -> ContactSheet:
    sound, problems = [], list(sheet.problems)
    for row in sheet.rows:
        try:
            check_texts(row)
            sound.append(row)
        except MyNumberFound as error:
            problems.append(RowProblem(0, row.insurer_number, error.code))
    return replace(sheet, rows=tuple(sound), problems=tuple(problems))


def take_over(work: Work, changes: ContactDifference, *, ends_missing: bool) -> None:
    """Apply what a preview showed: new desks, new versions, and where wanted the end of those no longer listed."""
    for row in changes.added:
        save(work, row)
    for changed in changes.changed:
        save(work, changed.new)
    ended = changes.ended if ends_missing else ()
    for row in ended:
        entry = _entry_numbered(work, row.insurer_number)
        end(work, entry.insurer_id, entry.version)
    work.record(
        "contacts:imported", added=str(len(changes.added)), changed=str(len(changes.changed)), ended=str(len(ended))
    )


def _entry_numbered(work: Work, number: str) -> ContactEntry:
    insurer = insurer_numbered(work.session, number)
    entry = contact_in_force(work.session, insurer.id) if insurer else None
    if entry is None:
        raise NotFound("contact:not_found")
    return entry


def save(work: Work, row: ContactRow, *, version: int | None = None) -> ContactEntry:
    """Write a desk as a new version; the earlier one stays readable with its end.

    :raises Superseded: if `version` is given and is no longer the one in force.
    """
    insurer = insurer_numbered(work.session, row.insurer_number) or _new_insurer(work, row)
    insurer.kind, insurer.prefecture, insurer.name, insurer.kana = row.kind, row.prefecture, row.name, row.kana
    earlier = contact_in_force(work.session, insurer.id)
    if version is not None and (earlier.version if earlier else 0) != version:
        raise Superseded
    if earlier is not None:
        earlier.valid_to = work.now
    entry = ContactEntry(
        id=new_id(),
        insurer_id=insurer.id,
        version=1 + max((each.version for each in insurer.contacts), default=0),
        department=row.section,
        telephone=row.telephone,
        fax=row.fax,
        hours=row.hours,
        postal_code=row.postal_code,
        address=row.address,
        channels=sorted(row.channels),
        note=row.remarks,
        checked_on=row.checked_on,
        valid_from=work.now,
        entered_by=work.actor.account_id,
    )
    insurer.contacts.append(entry)
    work.session.flush()
    work.record("contact:saved", insurer=insurer.id, version=str(entry.version))
    return entry


def _new_insurer(work: Work, row: ContactRow) -> Insurer:
    insurer = Insurer(id=new_id(), kind=row.kind, prefecture=row.prefecture, name=row.name, kana=row.kana)
    insurer.numbers.append(InsurerNumber(id=new_id(), number=padded(row.insurer_number), valid_from=work.today))
    work.session.add(insurer)
    work.session.flush()
    return insurer


def end(work: Work, insurer_id: str, version: int) -> ContactEntry:
    """End a desk; its insurer can no longer be asked until it has one again.

    :raises NotFound: if it has none.
    :raises Superseded: if another version is in force by now.
    """
    entry = contact_in_force(work.session, insurer_id)
    if entry is None:
        raise NotFound("contact:not_found")
    if entry.version != version:
        raise Superseded
    entry.valid_to = work.now
    work.record("contact:ended", insurer=insurer_id, version=str(version))
    return entry


def check_texts(row: ContactRow) -> None:
    """Refuse a My Number in what was typed freely.

    :raises InvalidValue: naming the field.
    """
    guard.enforce(
        {
            "name": row.name,
            "kana": row.kana,
            "section": row.section,
            "hours": row.hours,
            "address": row.address,
            "remarks": row.remarks,
        }
    )
