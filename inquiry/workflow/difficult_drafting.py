"""The next version of the list, drafted by PMO staff and published by a second person (情報連携困難保険者リストの作成).

Source    memo 3(1).
Decides   that there is one draft at a time, that nobody publishes what they wrote, that what was published never
          changes, and that no entry says what the memo does not allow.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date

from inquiry.directory.difficult_insurers import Category, DifficultInsurer, Scope
from inquiry.directory.insurers import check_in_scope, check_insurer_number, kind_from_number
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.difficult_insurers import (
    DifficultEdition,
    DifficultEntry,
    DifficultLine,
    draft_held,
    edition_in_force,
    is_in_no_edition,
    latest_edition,
)
from inquiry.store.insurers import Insurer, insurer_numbered, number_on
from inquiry.workflow.difficult_insurers import Changes, changes_between
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


def draft(work: Work) -> DifficultEdition | None:
    """Return the version that is being written, if there is one."""
    latest = latest_edition(work.session)
    return latest if latest is not None and latest.published_on is None else None


def begin(work: Work) -> DifficultEdition:
    """Begin the next version with what the latest one says.

    :raises Forbidden: if one is being written already.
    """
    if draft(work) is not None:
        raise Forbidden("difficult_insurer:draft_begun")
    latest = latest_edition(work.session)
    edition = DifficultEdition(
        id=new_id(),
        number=latest.number + 1 if latest else 1,
        written_at=work.now,
        written_by_name=work.actor.display_name,
        authors=[],
        version=1,
        lines=[_line(work, line.entry) for line in latest.lines] if latest else [],
    )
    work.session.add(edition)
    work.session.flush()
    work.record("difficult_insurer:draft_begun", version=str(edition.number))
    return edition


def add(work: Work, listing: Listing) -> DifficultEntry:
    """Put an insurer on the draft.

    :raises NotFound: if no version is being written.
    :raises InvalidValue: if the memo lets no such entry stand, or the insurer is listed already in that time.
    """
    edition = _held(work)
    entry = _entered(work, edition, listing)
    _written(work, edition)
    work.record("difficult_insurer:listed", entry=entry.id, insurer=listing.insurer_id)
    return entry


def change(work: Work, entry_id: str, version: int, listing: Listing) -> DifficultEntry:
    """Let an entry of the draft say something else, such as its end; the versions before keep what they said.

    :raises NotFound: if the draft has no such entry of this insurer.
    :raises Superseded: if somebody else changed the draft first.
    """
    edition = _held(work, version)
    line = line_of(edition, entry_id)
    if line.entry.insurer_id != listing.insurer_id:
        raise NotFound("difficult_insurer:not_found")
    _drop(work, edition, line)
    entry = _entered(work, edition, listing)
    _written(work, edition)
    work.record("difficult_insurer:changed", entry=entry.id, insurer=listing.insurer_id)
    return entry


def remove(work: Work, entry_id: str, version: int) -> None:
    """Take an entry out of the draft; the versions before keep it.

    :raises NotFound: if the draft has no such entry.
    :raises Superseded: if somebody else changed the draft first.
    """
    edition = _held(work, version)
    line = line_of(edition, entry_id)
    _drop(work, edition, line)
    _written(work, edition)
    work.record("difficult_insurer:removed", entry=entry_id, insurer=line.entry.insurer_id)


def discard(work: Work, version: int) -> None:
    """Let go of the draft; what is published stays as it is.

    :raises NotFound: if no version is being written.
    :raises Superseded: if somebody else changed the draft first.
    """
    edition = _held(work, version)
    for line in list(edition.lines):
        _drop(work, edition, line)
    work.session.delete(edition)
    work.session.flush()
    work.record("difficult_insurer:draft_discarded", version=str(edition.number))


def publish(work: Work, version: int, *, on: date) -> DifficultEdition:
    """Publish the draft exactly as it was looked at; it is the list from that day on.

    :raises Forbidden: if the actor wrote any of it.
    :raises InvalidValue: if the day is past, or earlier than that of the version before.
    :raises Superseded: if somebody changed the draft since it was looked at.
    """
    edition = _held(work, version)
    if work.actor.account_id in edition.authors:
        raise Forbidden("difficult_insurer:second_person")
    if on < work.today:
        raise InvalidValue("difficult_insurer:publication_past", field="published_on")
    before = edition_in_force(work.session, date.max)
    if before is not None and before.published_on is not None and on < before.published_on:
        raise InvalidValue("difficult_insurer:publication_before_latest", field="published_on")
    for line in edition.lines:
        _print(work, line)
    edition.published_on, edition.published_at = on, work.now
    edition.published_by_name = work.actor.display_name
    work.session.flush()
    work.record("difficult_insurer:published", version=str(edition.number), entries=str(len(edition.lines)))
    return edition


def changes_of(work: Work, edition: DifficultEdition) -> Changes:
    """Return what the draft says that the latest published version does not, and what it no longer says."""
    before = edition_in_force(work.session, date.max)
    return changes_between(before.lines if before else [], edition.lines)


def may_publish(work: Work, edition: DifficultEdition) -> bool:
    """Say whether the actor is a second person for this draft."""
    return work.actor.account_id not in edition.authors


def draft_of(work: Work) -> DifficultEdition:
    """Return the version that is being written.

    :raises NotFound: if there is none.
    """
    edition = draft(work)
    if edition is None:
        raise NotFound("difficult_insurer:no_draft")
    return edition


def check_unchanged(edition: DifficultEdition, version: int) -> None:
    """Refuse what was typed for another state of the draft.

    :raises Superseded: if somebody changed the draft since.
    """
    if edition.version != version:
        raise Superseded(by=edition.written_by_name)


def line_of(edition: DifficultEdition, entry_id: str) -> DifficultLine:
    """Return a line of a version.

    :raises NotFound: if there is none.
    """
    found = next((line for line in edition.lines if line.entry_id == entry_id), None)
    if found is None:
        raise NotFound("difficult_insurer:not_found")
    return found


def insurer_to_list(work: Work, number: str) -> Insurer:
    """Return the insurer that has this number.

    :raises InvalidValue: if it is no insurer number, or the contact list does not know it.
    """
    plain = unicodedata.normalize("NFKC", number).strip()
    check_insurer_number(plain)
    insurer = insurer_numbered(work.session, plain, on=work.today)
    if insurer is None:
        check_in_scope(kind_from_number(plain))
        raise InvalidValue("difficult_insurer:insurer_unknown", field="insurer_number")
    return insurer


def _held(work: Work, version: int | None = None) -> DifficultEdition:
    edition = draft_held(work.session)
    if edition is None:
        raise NotFound("difficult_insurer:no_draft")
    if version is not None:
        check_unchanged(edition, version)
    return edition


def _entered(work: Work, edition: DifficultEdition, listing: Listing) -> DifficultEntry:
    insurer = _checked(work, edition, listing)
    entry = DifficultEntry(
        id=new_id(),
        insurer_id=insurer.id,
        insurer=insurer,
        scope=listing.scope,
        category=listing.category,
        from_on=listing.from_on,
        until_on=listing.until_on,
        reason=listing.reason,
        entered_by=work.actor.account_id,
        entered_at=work.now,
    )
    work.session.add(entry)
    work.session.flush()
    edition.lines.append(_line(work, entry))
    return entry


def _checked(work: Work, edition: DifficultEdition, listing: Listing) -> Insurer:
    guard.enforce({"reason": listing.reason})
    insurer = work.session.get(Insurer, listing.insurer_id)
    if insurer is None:
        raise InvalidValue("filing:insurer_missing", field="insurer")
    DifficultInsurer(
        insurer_number=_number_of(work, insurer),
        scope=listing.scope,
        category=listing.category,
        from_on=listing.from_on,
        until_on=listing.until_on,
    )
    for line in edition.lines:
        other = line.entry
        if (other.insurer_id, other.category) == (insurer.id, listing.category) and _overlap(other, listing):
            raise InvalidValue("difficult_insurer:listed_already", field="from_on")
    return insurer


def _overlap(entry: DifficultEntry, listing: Listing) -> bool:
    ends_before = entry.until_on is not None and entry.until_on < listing.from_on
    begins_after = listing.until_on is not None and listing.until_on < entry.from_on
    return not (ends_before or begins_after)


def _drop(work: Work, edition: DifficultEdition, line: DifficultLine) -> None:
    """Take a line out of the draft, and its entry with it where no version published it."""
    entry = line.entry
    edition.lines.remove(line)
    work.session.flush()
    if is_in_no_edition(work.session, entry.id):
        work.session.delete(entry)
        work.session.flush()


def _written(work: Work, edition: DifficultEdition) -> None:
    edition.authors = sorted({*edition.authors, work.actor.account_id})
    edition.written_at, edition.written_by_name = work.now, work.actor.display_name
    edition.version += 1
    work.session.flush()


def _line(work: Work, entry: DifficultEntry) -> DifficultLine:
    line = DifficultLine(entry_id=entry.id, entry=entry)
    _print(work, line)
    return line


def _print(work: Work, line: DifficultLine) -> None:
    """Write the insurer into a line as it is called today."""
    insurer = line.entry.insurer
    line.insurer_number = _number_of(work, insurer)
    line.insurer_name, line.prefecture = insurer.name, insurer.prefecture


def _number_of(work: Work, insurer: Insurer) -> str:
    return number_on(insurer, work.today)
