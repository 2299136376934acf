"""STEP2 ※5: the registered copy is brought up to date after an answer (副本の登録・更新)."""

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.store.answering import CopyRefresh, open_refreshes, refresh_of
from inquiry.workflow.work import Work


def waiting(work: Work) -> list[CopyRefresh]:
    """Return what the acting insurer still has to refresh, the oldest first; no personal data."""
    return open_refreshes(work.session, work.actor.insurer_id) if work.actor.insurer_id else []


def tick_off(work: Work, refresh_id: str) -> CopyRefresh:
    """Record that the copy was registered or updated.

    :raises NotFound: if it is absent, or another insurer's.
    :raises Forbidden: if it is ticked off already.
    """
    refresh = refresh_of(work.session, work.actor.insurer_id or "", refresh_id)
    if refresh is None:
        raise NotFound("refresh:not_found")
    inquiry = work.inquiry(refresh.inquiry_id)
    if refresh.done_at is not None:
        raise Forbidden("refresh:done_already")
    refresh.done_at, refresh.done_by = work.now, work.actor.account_id
    work.note(inquiry, "copy_refreshed", refresh=refresh.id)
    return refresh
