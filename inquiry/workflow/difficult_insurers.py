"""The list of insurers that are hard to link, kept by PMO staff (情報連携困難保険者リストの管理).

Source    memo 3(1).
Decides   that every change is recorded, and that no entry says what the memo does not allow.
"""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from inquiry.directory.difficult_insurers import Category, DifficultInsurer, Scope
from inquiry.directory.insurers import check_in_scope, check_insurer_number, kind_from_number
from inquiry.domain.errors import InvalidValue, NotFound, Superseded
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.difficult_insurers import DifficultEntry, all_entries, entries_of, entries_on
from inquiry.store.insurers import Insurer, insurer_numbered
from inquiry.store.organisations import display_names
from inquiry.workflow.work import JST, Work

_NEVER: Final = datetime(2017, 1, 1, tzinfo=UTC)  # an empty list has said the same since the memo


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
    entry = entry_of(work, entry_id)
    work.session.refresh(entry, with_for_update=True)
    if entry.insurer_id != listing.insurer_id:
        raise NotFound("difficult_insurer:not_found")
    if entry.version != version:
        names = display_names(work.session, {entry.entered_by or ""})
        raise Superseded(by=next(iter(names.values()), ""))
    _check(work, listing, besides=entry)
    _write(work, entry, listing)
    work.record("difficult_insurer:changed", entry=entry.id, insurer=listing.insurer_id)
    return entry


def entry_of(work: Work, entry_id: str) -> DifficultEntry:
    """Return an entry of the list.

    :raises NotFound: if there is none.
    """
    entry = work.session.get(DifficultEntry, entry_id)
    if entry is None:
        raise NotFound("difficult_insurer:not_found")
    return entry


class Standing(StrEnum):
    """Whether an entry holds today."""

    COMING = "coming"
    HOLDS = "holds"
    ENDED = "ended"


def standing(work: Work, entry: DifficultEntry) -> Standing:
    """Return whether an entry holds today, will hold, or no longer does."""
    if work.today < entry.from_on:
        return Standing.COMING
    return Standing.ENDED if entry.until_on is not None and entry.until_on < work.today else Standing.HOLDS


def insurer_to_list(work: Work, number: str) -> Insurer:
    """Return the insurer that has this number.

    :raises InvalidValue: if it is no insurer number, or the contact list does not know it.
    """
    plain = unicodedata.normalize("NFKC", number).strip()
    check_insurer_number(plain)
    insurer = insurer_numbered(work.session, plain)
    if insurer is None:
        check_in_scope(kind_from_number(plain))
        raise InvalidValue("difficult_insurer:insurer_unknown", field="insurer_number")
    return insurer


def every_entry(work: Work) -> list[DifficultEntry]:
    """Return every entry, past and future ones too, the newest first."""
    return all_entries(work.session)


@dataclass(frozen=True, slots=True)
class Published:
    """The list as anybody may read it, and when it last came to say something else."""

    on: date
    changed_at: datetime
    entries: list[DifficultEntry]


def published(work: Work) -> Published:
    """Return what the list says today.

    It changes when an entry is written, and at midnight in Japan when one begins or ceases to hold.
    """
    entries = all_entries(work.session)
    days = [entry.from_on for entry in entries]
    days += [entry.until_on + timedelta(days=1) for entry in entries if entry.until_on is not None]
    midnights = [datetime.combine(day, time(), JST) for day in days if day <= work.today]
    moments = [*midnights, *(entry.updated_at for entry in entries)]
    return Published(work.today, max(moments, default=_NEVER), entries_on(work.session, work.today))


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
