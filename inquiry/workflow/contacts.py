"""The insurer contact list, kept by PMO staff (医療保険者照会窓口一覧の管理).

Source    memo 3(2) ※; memo annex STEP1 ※3.
Decides   that every change is a new version with its author; that no two desks of an insurer have one name or serve
          one number.
Not here  adding a desk: workflow/adding.py. Changing one: workflow/amending.py. Its insurer's numbers:
          workflow/insurer_numbers.py. Files of the list: workflow/contact_files.py. Reading rows:
          directory/contacts.py. Which version an inquiry was handled under: workflow/filing.py.
"""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from inquiry.directory.amendments import NOTICE_ADDRESS
from inquiry.directory.contacts import NUMBER_PERIODS, CellChange, ContactRow, changes_between
from inquiry.directory.insurers import InsurerKind
from inquiry.directory.number_periods import NumberPeriod
from inquiry.directory.search_words import spellings_of
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.inquiry import OPEN, State
from inquiry.domain.reply import Channel
from inquiry.domain.table_text import one_sign
from inquiry.security import guard
from inquiry.store import insurers
from inquiry.store.amendments import Amendment
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry, desk_of, inquiries_to
from inquiry.store.insurers import (
    MAIN_DESK,
    ContactEntry,
    Insurer,
    contact_history,
    contact_in_force,
    contacts_in_force,
    contacts_like,
    desks_ever,
    desks_in_force,
    gone_like,
    insurer_numbered,
    number_on,
    padded,
)
from inquiry.store.organisations import display_names
from inquiry.workflow import insurer_numbers, stopping
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


def former_names(work: Work, entries: list[ContactEntry]) -> dict[str, list[str]]:
    """Return by their ids the names that the insurers of desks bore before."""
    return insurers.former_names(work.session, {each.insurer_id for each in entries})


def gone(work: Work, sought: Sought, *, limit: int) -> list[Insurer]:
    """Return insurers that are looked for by a text and have no desk any more: ended, or merged into another."""
    spellings = spellings_of(sought.text)
    return gone_like(work.session, spellings, limit=limit) if spellings else []


def desks(work: Work, insurer_id: str) -> list[ContactEntry]:
    """Return the newest version of each desk an insurer has or had, the main desk first."""
    return desks_ever(work.session, insurer_id)


def history(work: Work, insurer_id: str, *, desk: int = MAIN_DESK) -> list[Edition]:
    """Return every version of a desk, the newest first.

    :raises NotFound: if the insurer has never had one.
    """
    entries = contact_history(work.session, insurer_id, desk)
    if not entries:
        raise NotFound("contact:not_found")
    names = display_names(work.session, {entry.entered_by or "" for entry in entries})
    earlier: list[ContactEntry | None] = [*entries[1:], None]
    return [
        Edition(
            entry,
            row_of(entry, work.today),
            names.get(entry.entered_by or "", ""),
            _changes(before, entry, work.today) if before else (),
        )
        for entry, before in zip(entries, earlier, strict=True)
    ]


def _changes(before: ContactEntry, after: ContactEntry, on: date) -> tuple[CellChange, ...]:
    of_row = changes_between(row_of(before, on), row_of(after, on))
    is_same = before.notice_address == after.notice_address
    return of_row if is_same else (*of_row, CellChange(NOTICE_ADDRESS, before.notice_address, after.notice_address))


def row_of(entry: ContactEntry, on: date) -> ContactRow:
    """Return a version of a desk as a row of the list, under the number by which its insurer is named on a day."""
    insurer = entry.insurer
    return ContactRow(
        insurer_number=number_on(insurer, on).removeprefix("00"),
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
        desk_name=entry.desk_name,
        serves_whom=entry.serves_whom,
        serves_numbers=tuple(number.removeprefix("00") for number in entry.serves_numbers),
        periods=insurer_numbers.periods_of(insurer) if entry.desk == MAIN_DESK else (),
    )


def rows_in_force(work: Work) -> list[ContactRow]:
    """Return the list in force in the order of the numbers, which is that of kind and prefecture."""
    return sorted(
        (tidied(row_of(entry, work.today)) for entry in contacts_in_force(work.session)), key=lambda row: row.key
    )


def desk_and_changes(work: Work, inquiry: Inquiry) -> tuple[ContactRow | None, tuple[CellChange, ...]]:
    """Return the desk at which an inquiry is asked today, and what differs from the version it was filed under.

    After a merger nothing is compared: what differs between two insurers would say nothing of the desk.
    """
    pinned = work.session.get(ContactEntry, inquiry.contact_entry_id) if inquiry.contact_entry_id else None
    now = desk_of(work.session, inquiry)
    row = row_of(now, work.today) if now else None
    if row is None or pinned is None or asked_insurer(work, inquiry) is not None:
        return row, ()
    changes = changes_between(row_of(pinned, work.today), row)
    return row, tuple(cell for cell in changes if cell.column != NUMBER_PERIODS)


def is_without_desk(work: Work, inquiry: Inquiry) -> bool:
    """Say whether an inquiry is open and its insurer has no desk any more at which to ask."""
    return State(inquiry.state) in OPEN and desk_of(work.session, inquiry) is None


def asked_insurer(work: Work, inquiry: Inquiry) -> Insurer | None:
    """Return the insurer to which an inquiry was filed, where that went over into another since."""
    pinned = work.session.get(ContactEntry, inquiry.contact_entry_id) if inquiry.contact_entry_id else None
    asked = pinned.insurer if pinned else inquiry.insurer
    return asked if asked.successor_id is not None else None


def tidied(row: ContactRow) -> ContactRow:
    """Return a row as the list keeps it: six digits without padding, kana in full width, texts as files hold them.

    What would come back from a file as another sign or another line end is brought to one here.
    """
    return replace(
        row,
        insurer_number=padded(row.insurer_number).removeprefix("00"),
        desk_name=_plain(row.desk_name),
        serves_whom=_plain(row.serves_whom),
        name=_plain(row.name),
        kana=_plain(unicodedata.normalize("NFKC", row.kana)),
        section=_plain(row.section),
        hours=_plain(row.hours),
        address=_plain(row.address),
        remarks=_plain(row.remarks),
    )


def _plain(text: str) -> str:
    return one_sign(text.replace("\r\n", "\n"))


def desk_named(work: Work, row: ContactRow) -> ContactEntry | None:
    """Return the version in force of the desk that a row is about."""
    insurer = insurer_numbered(work.session, row.insurer_number, on=work.today)
    in_force = desks_in_force(work.session, insurer.id) if insurer else []
    return next((each for each in in_force if each.desk_name == row.desk_name), None)


def went_over(work: Work, row: ContactRow) -> bool:
    """Say whether the insurer of a row went over into another: an older list would bring it back."""
    insurer = insurer_numbered(work.session, row.insurer_number, on=work.today)
    return insurer is not None and insurer.successor_id is not None


def is_under_its_last_number(work: Work, row: ContactRow) -> bool:
    """Say whether a desk that comes back has the number it had; ending a desk is no way round changing its number."""
    insurer = insurer_numbered(work.session, row.insurer_number, on=work.today)
    ever = desks_ever(work.session, insurer.id) if insurer else []
    last = [each for each in ever if each.desk_name == row.desk_name]
    return all((each.telephone, each.fax) == (row.telephone, row.fax) for each in last)


def check_among_desks(work: Work, insurer: Insurer, row: ContactRow, *, desk: int) -> None:
    """Refuse what two desks of an insurer cannot both have.

    :raises InvalidValue: if another has this name or serves one of the numbers, the main desk gets a name or another
        none, or a number is not the insurer's.
    """
    if (desk == MAIN_DESK) != (not row.desk_name):
        raise InvalidValue("contact:main_desk_has_no_name", field="desk_name")
    others = [each for each in desks_in_force(work.session, insurer.id) if each.desk != desk]
    if any(each.desk_name == row.desk_name for each in others):
        raise InvalidValue("contact:desk_name_taken", field="desk_name")
    served = {padded(number) for number in row.serves_numbers}
    if served & {number for each in others for number in each.serves_numbers}:
        raise InvalidValue("contact:number_served_elsewhere", field="serves_numbers")
    if not served <= {each.number for each in insurer.numbers}:
        raise InvalidValue("contact:serves_foreign_number", field="serves_numbers")


def save(work: Work, row: ContactRow, *, amendment: Amendment | None = None) -> ContactEntry:
    """Write a desk as a new version at once; the earlier one stays readable with its end.

    Who may change one, and what a new number waits for: amending.py.
    """
    row = tidied(row)
    insurer = insurer_numbered(work.session, row.insurer_number, on=work.today) or _new_insurer(work, row)
    desk = amendment.desk if amendment is not None and amendment.desk else number_of_desk(work, insurer, row)
    if row.periods:
        insurer_numbers.write(work, insurer, row.periods)
    check_among_desks(work, insurer, row, desk=desk)
    if desk == MAIN_DESK:
        insurer.kind, insurer.prefecture, insurer.name, insurer.kana = row.kind, row.prefecture, row.name, row.kana
    versions = contact_history(work.session, insurer.id, desk)
    for each in versions:
        each.valid_to = each.valid_to or work.now
    entry = entry_from(work, row, amendment)
    entry.insurer, entry.desk, entry.version = insurer, desk, 1 + max((each.version for each in versions), default=0)
    entry.notice_address = _notice_address(next(iter(versions), None), amendment)
    work.session.add(entry)
    work.session.flush()
    work.record("contact:saved", insurer=insurer.id, desk=str(desk), version=str(entry.version))
    return entry


def number_of_desk(work: Work, insurer: Insurer, row: ContactRow) -> int:
    """Return the number that a desk of this name has, had, or would have."""
    ever = desks_ever(work.session, insurer.id)
    beyond = 1 + max((each.desk for each in ever), default=MAIN_DESK)
    known = next((each.desk for each in ever if each.desk_name == row.desk_name), beyond)
    return known if row.desk_name else MAIN_DESK


def entry_from(work: Work, row: ContactRow, amendment: Amendment | None) -> ContactEntry:
    """Return a row as a version of a desk, of which it is not yet said which."""
    return ContactEntry(
        id=new_id(),
        desk_name=row.desk_name,
        serves_whom=row.serves_whom,
        serves_numbers=[padded(number) for number in row.serves_numbers],
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
        checked_on=row.checked_on,
        valid_from=work.now,
        entered_by=amendment.proposed_by if amendment else work.actor.account_id,
        amendment_id=amendment.id if amendment else None,
    )


def _notice_address(earlier: ContactEntry | None, amendment: Amendment | None) -> str:
    """Return where notices go from now on: files of the list do not hold it, a change of the desk may."""
    changed = [new for column, _, new in amendment.cells if column == NOTICE_ADDRESS] if amendment else []
    kept = earlier.notice_address if earlier else ""
    return changed[0] if changed else kept


def _new_insurer(work: Work, row: ContactRow) -> Insurer:
    insurer = Insurer(id=new_id(), kind=row.kind, prefecture=row.prefecture, name=row.name, kana=row.kana)
    work.session.add(insurer)
    work.session.flush()
    insurer_numbers.write(work, insurer, row.periods or (NumberPeriod(row.insurer_number, work.today),))
    return insurer


def end(work: Work, insurer_id: str, version: int, *, desk: int = MAIN_DESK) -> ContactEntry:
    """End a desk; without its main desk an insurer can no longer be asked until it has one again.

    What waits for the desk is stopped, and the clerks of its open inquiries are told.

    :raises NotFound: as that_may_end(); Superseded and Forbidden too.
    """
    entry = that_may_end(work, insurer_id, version, desk=desk)
    asked = inquiries_of_desk(work, entry)
    entry.valid_to = work.now
    work.session.flush()
    stopping.stop_with_desk(work, insurer_id, desk)
    work.record("contact:ended", insurer=insurer_id, desk=str(desk), version=str(version))
    for inquiry in asked:
        work.note(inquiry, "contact_corrected", entry=entry.id)
    return entry


def that_may_end(work: Work, insurer_id: str, version: int, *, desk: int) -> ContactEntry:
    """Return the version of a desk that is in force, if it may end.

    :raises NotFound: if there is none.
    :raises Superseded: if another version is in force by now.
    :raises Forbidden: if it is the main desk, and others still stand beside it.
    """
    entry = contact_in_force(work.session, insurer_id, desk)
    if entry is None:
        raise NotFound("contact:not_found")
    if entry.version != version:
        raise superseded(work, insurer_id, desk=desk)
    if desk == MAIN_DESK and len(desks_in_force(work.session, insurer_id)) > 1:
        raise Forbidden("contact:other_desks_stand")
    return entry


def inquiries_of_desk(work: Work, entry: ContactEntry) -> list[Inquiry]:
    """Return the open inquiries that are asked at a desk, each row held."""
    found = inquiries_to(work.session, entry.insurer_id, [state.value for state in OPEN])
    at_desk = ((inquiry, desk_of(work.session, inquiry)) for inquiry in found)
    return [inquiry for inquiry, desk in at_desk if desk is not None and desk.desk == entry.desk]


def superseded(work: Work, insurer_id: str, *, desk: int) -> Superseded:
    """Return the error that names who wrote the latest version of a desk."""
    latest = contact_history(work.session, insurer_id, desk)[:1]
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
            "desk_name": row.desk_name,
            "serves_whom": row.serves_whom,
        }
    )
