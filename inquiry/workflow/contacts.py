"""The insurer contact list, kept by PMO staff (医療保険者照会窓口一覧の管理).

Source    memo 3(2) ※; memo annex STEP1 ※3.
Decides   that every change is a new version with its author.
Not here  changing a desk: workflow/amending.py. Files of the list: workflow/contact_files.py. Reading rows:
          directory/contacts.py. Which version an inquiry was handled under: workflow/filing.py.
"""

import unicodedata
from dataclasses import dataclass, replace

from inquiry.directory.amendments import NOTICE_ADDRESS
from inquiry.directory.contacts import CellChange, ContactRow, changes_between
from inquiry.directory.insurers import InsurerKind
from inquiry.directory.search_words import spellings_of
from inquiry.domain.errors import InvalidValue, NotFound, Superseded
from inquiry.domain.reply import Channel
from inquiry.domain.table_text import one_sign
from inquiry.security import guard
from inquiry.store.amendments import Amendment
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry
from inquiry.store.insurers import (
    ContactEntry,
    Insurer,
    InsurerNumber,
    contact_history,
    contact_in_force,
    contacts_like,
    insurer_numbered,
    padded,
)
from inquiry.store.organisations import display_names
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for in the list; an empty text asks for nothing."""

    text: str = ""
    kind: str = ""
    prefecture: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a desk, who wrote it, and what differs from the one before."""

    entry: ContactEntry
    row: ContactRow
    by_name: str
    changes: tuple[CellChange, ...]


def found(work: Work, sought: Sought, *, limit: int, offset: int = 0) -> tuple[list[ContactEntry], int]:
    """Return desks in force that are looked for, and how many there are in all."""
    return contacts_like(
        work.session,
        spellings_of(sought.text),
        kind=sought.kind,
        prefecture=sought.prefecture,
        limit=limit,
        offset=offset,
    )


def history(work: Work, insurer_id: str) -> list[Edition]:
    """Return every version of a desk, the newest first.

    :raises NotFound: if the insurer has never had one.
    """
    entries = contact_history(work.session, insurer_id)
    if not entries:
        raise NotFound("contact:not_found")
    names = display_names(work.session, {entry.entered_by or "" for entry in entries})
    earlier: list[ContactEntry | None] = [*entries[1:], None]
    return [
        Edition(entry, row_of(entry), names.get(entry.entered_by or "", ""), _changes(before, entry) if before else ())
        for entry, before in zip(entries, earlier, strict=True)
    ]


def _changes(before: ContactEntry, after: ContactEntry) -> tuple[CellChange, ...]:
    of_row = changes_between(row_of(before), row_of(after))
    is_same = before.notice_address == after.notice_address
    return of_row if is_same else (*of_row, CellChange(NOTICE_ADDRESS, before.notice_address, after.notice_address))


def row_of(entry: ContactEntry) -> ContactRow:
    """Return a version of a desk as a row of the list."""
    insurer = entry.insurer
    return ContactRow(
        insurer_number=insurer.numbers[0].number.removeprefix("00"),
        kind=InsurerKind(insurer.kind),
        prefecture=entry.prefecture,
        name=entry.name,
        kana=entry.kana,
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


def pinned_and_in_force(work: Work, inquiry: Inquiry) -> tuple[ContactRow | None, ContactRow | None]:
    """Return an inquiry's desk as it was when it was filed, and as it is now."""
    pinned = work.session.get(ContactEntry, inquiry.contact_entry_id) if inquiry.contact_entry_id else None
    now = contact_in_force(work.session, inquiry.insurer_id)
    return row_of(pinned) if pinned else None, row_of(now) if now else None


def tidied(row: ContactRow) -> ContactRow:
    """Return a row as the list keeps it: six digits without padding, kana in full width, texts as files hold them.

    What would come back from a file as another sign or another line end is brought to one here.
    """
    return replace(
        row,
        insurer_number=row.key.removeprefix("00"),
        name=_plain(row.name),
        kana=_plain(unicodedata.normalize("NFKC", row.kana)),
        section=_plain(row.section),
        hours=_plain(row.hours),
        address=_plain(row.address),
        remarks=_plain(row.remarks),
    )


def _plain(text: str) -> str:
    return one_sign(text.replace("\r\n", "\n"))


def add(work: Work, row: ContactRow) -> ContactEntry:
    """Put an insurer's desk on the list.

    :raises InvalidValue: if it stands there already, comes back under another number, or a My Number stands in a text.
    """
    check_texts(row)
    insurer = insurer_numbered(work.session, row.insurer_number)
    if insurer is not None and contact_in_force(work.session, insurer.id) is not None:
        raise InvalidValue("contact:listed_already", field="insurer_number")
    if not is_under_its_last_number(work, row):
        raise InvalidValue("contact:back_under_another_number", field="telephone")
    return save(work, row)


def is_under_its_last_number(work: Work, row: ContactRow) -> bool:
    """Say whether a desk that comes back has the number it had; ending a desk is no way round changing its number."""
    insurer = insurer_numbered(work.session, row.insurer_number)
    last = contact_history(work.session, insurer.id)[:1] if insurer else []
    return all((each.telephone, each.fax) == (row.telephone, row.fax) for each in last)


def save(work: Work, row: ContactRow, *, amendment: Amendment | None = None) -> ContactEntry:
    """Write a desk as a new version at once; the earlier one stays readable with its end.

    Who may change one, and what a new number waits for: amending.py.
    """
    row = tidied(row)
    insurer = insurer_numbered(work.session, row.insurer_number) or _new_insurer(work, row)
    insurer.kind, insurer.prefecture, insurer.name, insurer.kana = row.kind, row.prefecture, row.name, row.kana
    earlier = contact_in_force(work.session, insurer.id)
    if earlier is not None:
        earlier.valid_to = work.now
    entry = ContactEntry(
        id=new_id(),
        insurer_id=insurer.id,
        version=1 + max((each.version for each in insurer.contacts), default=0),
        prefecture=row.prefecture,
        name=row.name,
        kana=row.kana,
        department=row.section,
        telephone=row.telephone,
        fax=row.fax,
        hours=row.hours,
        postal_code=row.postal_code,
        address=row.address,
        channels=sorted(row.channels),
        note=row.remarks,
        notice_address=_notice_address(earlier, amendment),
        checked_on=row.checked_on,
        valid_from=work.now,
        entered_by=amendment.proposed_by if amendment else work.actor.account_id,
        amendment_id=amendment.id if amendment else None,
    )
    insurer.contacts.append(entry)
    work.session.flush()
    work.record("contact:saved", insurer=insurer.id, version=str(entry.version))
    return entry


def _notice_address(earlier: ContactEntry | None, amendment: Amendment | None) -> str:
    """Return where notices go from now on: files of the list do not hold it, a change of the desk may."""
    changed = [new for column, _, new in amendment.cells if column == NOTICE_ADDRESS] if amendment else []
    kept = earlier.notice_address if earlier else ""
    return changed[0] if changed else kept


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
        raise superseded(work, insurer_id)
    entry.valid_to = work.now
    work.record("contact:ended", insurer=insurer_id, version=str(version))
    return entry


def superseded(work: Work, insurer_id: str) -> Superseded:
    """Return the error that names who wrote the latest version of a desk."""
    latest = contact_history(work.session, insurer_id)[:1]
    names = display_names(work.session, {entry.entered_by or "" for entry in latest})
    return Superseded(by=next(iter(names.values()), ""))


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
