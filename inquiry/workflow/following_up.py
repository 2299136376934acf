"""STEP2 ※5: the registered copy is brought up to date after an answer (副本の登録・更新).

Decides   that a follow-up is ticked off by its own insurer, once, and may be taken back for some days; how old what
          is left has become, and how many inquiries it has cost. After a merger the successor's are those that were
          open, as old as they were; the inquiries stay with whoever answered them.
"""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.store.answering import CopyRefresh, asked_again, open_refreshes, refresh_of, refreshes_done_since
from inquiry.store.outbox import held_inquiry
from inquiry.workflow.work import JST, Work

UNDONE_WITHIN: Final = timedelta(days=7)
COUNTED_OVER: Final = timedelta(days=90)
# The last day of each band of age but the oldest, in days since the answer.
BANDS: Final = (7, 30)


@dataclass(frozen=True, slots=True)
class Statistics:
    """How an insurer stands: `by_age` counts what is open by `BANDS` and beyond; times are in days."""

    by_age: tuple[int, ...]
    oldest: int
    done: int
    median_days: float
    asked_again: int

    @property
    def open(self) -> int:
        """Return how many are still to be refreshed."""
        return sum(self.by_age)


def waiting(work: Work) -> list[CopyRefresh]:
    """Return what the acting insurer still has to refresh, the oldest first; no personal data."""
    return open_refreshes(work.session, work.actor.insurer_id) if work.actor.insurer_id else []


def chosen(work: Work, refresh_ids: list[str]) -> list[CopyRefresh]:
    """Return those of the acting insurer's open follow-ups that are named."""
    return [refresh for refresh in waiting(work) if refresh.id in set(refresh_ids)]


def done_lately(work: Work) -> list[CopyRefresh]:
    """Return what may still be taken back, the latest first."""
    return refreshes_done_since(work.session, work.actor.insurer_id or "", work.now - UNDONE_WITHIN)


def age_of(work: Work, refresh: CopyRefresh) -> int:
    """Return how many days in Japan have passed since the answer."""
    return (work.today - refresh.created_at.astimezone(JST).date()).days


def answered_by_another(refresh: CopyRefresh) -> str:
    """Return the name of the insurer that answered and went over into the one whose follow-up it is, else ""."""
    return refresh.inquiry.insurer.name if refresh.inquiry.insurer_id != refresh.insurer_id else ""


def statistics(work: Work) -> Statistics:
    """Count what is open by age, what was done, and what the open ones cost, over the last months."""
    ages = [age_of(work, refresh) for refresh in waiting(work)]
    insurer_id, since = work.actor.insurer_id or "", work.now - COUNTED_OVER
    took = [
        (refresh.done_at - refresh.created_at) / timedelta(days=1)
        for refresh in refreshes_done_since(work.session, insurer_id, since)
        if refresh.done_at
    ]
    return Statistics(
        by_age=tuple(sum(_band(age) == band for age in ages) for band in range(len(BANDS) + 1)),
        oldest=max(ages, default=0),
        done=len(took),
        median_days=median(took) if took else 0.0,
        asked_again=asked_again(work.session, insurer_id, since),
    )


def _band(age: int) -> int:
    return sum(age > last for last in BANDS)


def tick_off(work: Work, refresh_id: str) -> CopyRefresh:
    """Record that the copy was registered or updated.

    :raises NotFound: if it is absent, or another insurer's.
    :raises Forbidden: if it is ticked off already.
    """
    refresh = _own(work, refresh_id)
    inquiry = held_inquiry(work.session, refresh.inquiry_id)
    if refresh.done_at is not None:
        raise Forbidden("refresh:done_already")
    refresh.done_at, refresh.done_by = work.now, work.actor.account_id
    work.note(inquiry, "copy_refreshed", refresh=refresh.id)
    return refresh


def take_back(work: Work, refresh_id: str) -> CopyRefresh:
    """Take back that the copy was registered or updated; it is to be done again.

    :raises NotFound: if it is absent, or another insurer's.
    :raises Forbidden: if it is open, or was ticked off too long ago.
    """
    refresh = _own(work, refresh_id)
    inquiry = held_inquiry(work.session, refresh.inquiry_id)
    if refresh.done_at is None or refresh.done_at < work.now - UNDONE_WITHIN:
        raise Forbidden("refresh:not_to_take_back")
    refresh.done_at = refresh.done_by = None
    work.note(inquiry, "copy_refresh_taken_back", refresh=refresh.id)
    return refresh


def _own(work: Work, refresh_id: str) -> CopyRefresh:
    refresh = refresh_of(work.session, work.actor.insurer_id or "", refresh_id)
    if refresh is None:
        raise NotFound("refresh:not_found")
    return refresh
