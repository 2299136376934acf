"""The list of insurers that are hard to link, kept by PMO staff (情報連携困難保険者リストの管理).

Source    memo 3(1).
Decides   that every change is recorded, and that no entry says what the memo does not allow.
"""

from dataclasses import dataclass
from datetime import date

from inquiry.directory.difficult_insurers import Category, DifficultInsurer, Scope
from inquiry.domain.errors import InvalidValue, NotFound, Superseded
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.difficult_insurers import DifficultEntry, entries_of
from inquiry.store.insurers import Insurer
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Listing:
    """What an entry says, as typed by PMO staff; `reason` stays inside the PMO."""

    insurer_id: str
    scope: Scope
    category: Category
    from_on: date
    until_on: date | None = None
    reason: str = ""


def add(work: Work, listing: Listing) -> DifficultEntry:
    """Put an insurer on the list.

    :raises InvalidValue: if the memo lets no such entry stand, or the insurer is listed already in that time.
    """
    _check(work, listing, besides=None)
    entry = DifficultEntry(id=new_id(), insurer_id=listing.insurer_id, entered_at=work.now, version=0)
    work.session.add(entry)
    _write(work, entry, listing)
    work.record("difficult_insurer:listed", entry=entry.id, insurer=listing.insurer_id)
    return entry


def change(work: Work, entry_id: str, version: int, listing: Listing) -> DifficultEntry:
    """Correct an entry or set its end.

    :raises NotFound: if there is none.
    :raises Superseded: if somebody else changed it first.
    """
    entry = work.session.get(DifficultEntry, entry_id)
    if entry is None or entry.insurer_id != listing.insurer_id:
        raise NotFound("difficult_insurer:not_found")
    if entry.version != version:
        raise Superseded
    _check(work, listing, besides=entry)
    _write(work, entry, listing)
    work.record("difficult_insurer:changed", entry=entry.id, insurer=listing.insurer_id)
    return entry


def _check(work: Work, listing: Listing, *, besides: DifficultEntry | None) -> None:
    guard.enforce({"reason": listing.reason})
    insurer = work.session.get(Insurer, listing.insurer_id)
    if insurer is None:
        raise InvalidValue("filing:insurer_missing", field="insurer")
    DifficultInsurer(
        insurer_number=insurer.numbers[0].number,
        scope=listing.scope,
        category=listing.category,
        from_on=listing.from_on,
        until_on=listing.until_on,
    )
    for other in entries_of(work.session, insurer.id):
        if other is not besides and other.category == listing.category and _overlap(other, listing):
            raise InvalidValue("difficult_insurer:listed_already", field="from_on")


def _overlap(entry: DifficultEntry, listing: Listing) -> bool:
    ends_before = entry.until_on is not None and entry.until_on < listing.from_on
    begins_after = listing.until_on is not None and listing.until_on < entry.from_on
    return not (ends_before or begins_after)


def _write(work: Work, entry: DifficultEntry, listing: Listing) -> None:
    entry.scope, entry.category, entry.reason = listing.scope, listing.category, listing.reason
    entry.from_on, entry.until_on = listing.from_on, listing.until_on
    entry.entered_by, entry.updated_at = work.actor.account_id, work.now
    entry.version += 1
    work.session.flush()
