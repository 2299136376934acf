"""The list of insurers that are hard to link, as anybody may read it (情報連携困難保険者リストの公開).

Source    memo 3(1) 「情報連携困難保険者リストの公開」.
Decides   what the list says on a day: the latest version published by then, and of it the entries that hold.
Not here  writing the next version: difficult_drafting.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.store.difficult_insurers import (
    DifficultEdition,
    DifficultEntry,
    DifficultLine,
    edition_in_force,
    edition_numbered,
    published_editions,
)
from inquiry.workflow.work import JST, Work

_NEVER: Final = datetime(2017, 1, 1, tzinfo=UTC)  # an empty list has said the same since the memo


class Standing(StrEnum):
    """Whether an entry holds on a day."""

    COMING = "coming"
    HOLDS = "holds"
    ENDED = "ended"


def standing(entry: DifficultEntry, day: date) -> Standing:
    """Return whether an entry holds on a day, will hold, or no longer does."""
    if day < entry.from_on:
        return Standing.COMING
    return Standing.ENDED if entry.until_on is not None and entry.until_on < day else Standing.HOLDS


@dataclass(frozen=True, slots=True)
class Published:
    """The list as anybody may read it on a day: its version, its lines, and when it last came to say something else."""

    on: date
    number: int
    changed_at: datetime
    lines: list[DifficultLine]


def published(work: Work, on: date | None = None) -> Published:
    """Return what the list says on a day, today unless another is given.

    It changes when a version is published, and at midnight in Japan when an entry begins or ceases to hold.
    """
    day = on or work.today
    edition = edition_in_force(work.session, day)
    if edition is None:
        return Published(day, 0, _NEVER, [])
    lines = [line for line in in_order(edition.lines) if standing(line.entry, day) is Standing.HOLDS]
    return Published(day, edition.number, max(_moments(edition, day)), lines)


def _moments(edition: DifficultEdition, day: date) -> Iterable[datetime]:
    assert edition.published_at is not None
    assert edition.published_on is not None
    yield edition.published_at
    days = [edition.published_on]
    for line in edition.lines:
        days.append(line.entry.from_on)
        days += [line.entry.until_on + timedelta(days=1)] if line.entry.until_on else []
    yield from (datetime.combine(each, time(), JST) for each in days if each <= day)


def in_order(lines: Iterable[DifficultLine]) -> list[DifficultLine]:
    """Return lines in the order of the list: by kind, prefecture, name and first day."""
    return sorted(lines, key=lambda line: (
        line.entry.insurer.kind, line.prefecture, line.entry.insurer.kana, line.entry.from_on, line.entry_id
    ))  # fmt: skip


def every_edition(work: Work) -> list[DifficultEdition]:
    """Return every version that was published, the newest first."""
    return published_editions(work.session)


def edition_of(work: Work, number: int) -> DifficultEdition:
    """Return a version as it was published.

    :raises NotFound: if there is none, or it is a draft still.
    """
    edition = edition_numbered(work.session, number)
    if edition is None or edition.published_on is None:
        raise NotFound("difficult_insurer:edition_not_found")
    return edition


def day_before_latest(work: Work) -> date:
    """Return the last day before the version in force was published, today's eve where there is none."""
    edition = edition_in_force(work.session, work.today)
    latest_on = edition.published_on if edition is not None and edition.published_on else work.today
    return latest_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Changes:
    """How one list differs from another: lines that came, lines that went, and lines that say something else now."""

    added: list[DifficultLine]
    ended: list[DifficultLine]
    changed: list[tuple[DifficultLine, DifficultLine]]

    def __bool__(self) -> bool:
        """Say whether there is any difference."""
        return bool(self.added or self.ended or self.changed)


def changes_since(work: Work, since: date) -> Changes:
    """Return what the list says today that it did not say on an earlier day.

    :raises InvalidValue: if the day lies ahead.
    """
    if since > work.today:
        raise InvalidValue("difficult_insurer:since_ahead", field="since")
    return changes_between(published(work, since).lines, published(work).lines)


def changes_between(before: Iterable[DifficultLine], after: Iterable[DifficultLine]) -> Changes:
    """Return how two lists differ; a line is the same one while insurer and category are."""
    old, new = _by_place(before), _by_place(after)
    return Changes(
        added=[line for place, line in new.items() if place not in old],
        ended=[line for place, line in old.items() if place not in new],
        changed=[(old[place], line) for place, line in new.items() if place in old and _differ(old[place], line)],
    )


def _by_place(lines: Iterable[DifficultLine]) -> dict[tuple[str, str, int], DifficultLine]:
    """Return lines by insurer and category; one that is listed again after an end has a second place."""
    places: dict[tuple[str, str, int], DifficultLine] = {}
    for line in in_order(lines):
        again = 0
        while (place := (line.entry.insurer_id, line.entry.category, again)) in places:
            again += 1
        places[place] = line
    return places


def _differ(one: DifficultLine, other: DifficultLine) -> bool:
    return (one.entry.scope, one.entry.from_on, one.entry.until_on) != (
        other.entry.scope, other.entry.from_on, other.entry.until_on,
    )  # fmt: skip
