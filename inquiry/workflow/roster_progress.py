"""How far the differences of a day have come, for whoever looks meanwhile (日次差分の進み具合).

Decides   that it is written down apart from the differences, in units of work of a moment: nobody waits for it, and
          every process of the server reads it. It is gone with the unit of work that takes the differences over, or
          once they are refused; what a kill leaves keeps nobody from anything, and the next import deletes it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inquiry.domain.parties import Actor
from inquiry.store.organisations import display_names
from inquiry.store.rosters import ChangesUnderWay, forget_changes
from inquiry.workflow.roster_loading import Watch
from inquiry.workflow.roster_switching import is_nobody_at
from inquiry.workflow.work import DatabaseTrouble, House, Work

SECONDS_BETWEEN: Final = 1.0


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Differences that are being taken over, or were when somebody was killed over them.

    `by` is the name of whoever sent them, empty if it was no account; `share` is in thousandths of the work.
    """

    by: str
    begun_at: datetime
    rows: int
    share: int
    is_interrupted: bool


@contextmanager
def written_down(house: House, actor: Actor, insurer_id: str, *, watch: Watch) -> Iterator[Watch]:
    """Write down how far differences come within the block, and tell `watch` as well.

    The caller holds the lock of the insurer's imports.
    """
    with house.work(actor) as work:
        begun = ChangesUnderWay(insurer_id=insurer_id, begun_at=work.now, begun_by=actor.account_id, rows=0, share=0)
        work.session.merge(begun)
    try:
        yield _WrittenDown(house, actor, insurer_id, watch)
    finally:
        # Where the database is too busy even for that, it stays for the next import, as after a kill.
        with suppress(DatabaseTrouble), house.work(actor) as work:
            forget_changes(work.session, insurer_id)


class _WrittenDown(Watch):
    """Writes what it is told into the database now and then, and hands it on."""

    def __init__(self, house: House, actor: Actor, insurer_id: str, watch: Watch) -> None:
        self._house, self._actor, self._insurer_id, self._watch = house, actor, insurer_id, watch
        self._wrote = time.monotonic()

    def progress(self, rows: int, share: int) -> None:
        if time.monotonic() - self._wrote >= SECONDS_BETWEEN:
            # Nothing is refused because somebody else writes for so long that it could not be said how far it is.
            with suppress(DatabaseTrouble), self._house.work(self._actor) as work:
                changes = work.session.get_one(ChangesUnderWay, self._insurer_id)
                changes.rows, changes.share = rows, share
            self._wrote = time.monotonic()
        self._watch.progress(rows, share)


def changes_under_way(house: House, actor: Actor, insurer_id: str) -> UnderWay | None:
    """Say how far differences of an insurer have come; None while none are being taken over."""
    with house.reading(actor) as work:
        before = work.session.get(ChangesUnderWay, insurer_id)
    if before is None:
        return None
    is_nobody = is_nobody_at(house, insurer_id)
    with house.reading(actor) as work:
        # Read again: they may be done by now, or others may have begun.
        now = work.session.get(ChangesUnderWay, insurer_id)
        return _seen(work, now, is_interrupted=is_nobody and now.begun_at == before.begun_at) if now else None


def _seen(work: Work, changes: ChangesUnderWay, *, is_interrupted: bool) -> UnderWay:
    by = display_names(work.session, {changes.begun_by}).get(changes.begun_by, "")
    return UnderWay(by, changes.begun_at, changes.rows, changes.share, is_interrupted)
