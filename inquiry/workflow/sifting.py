"""Sending back single desks of an addition, so that the others can be agreed to (追加する窓口の差戻し).

Decides   that each carries its reason, and that what was typed is kept.
Not here  agreeing to the others: enacting.py.
"""

from collections.abc import Collection

from inquiry.directory.amendments import Stage
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.security import guard
from inquiry.store.additions import desks_of_addition
from inquiry.store.amendments import Amendment
from inquiry.workflow import amending, enacting
from inquiry.workflow.work import Work


def reject(work: Work, amendment_id: str, desk_ids: Collection[str], *, reason: str) -> Amendment:
    """Send desks back with one reason; with the last of them the addition is stopped.

    :raises Forbidden: if the addition holds already, or was stopped.
    :raises InvalidValue: if no desk is chosen, no reason is given, or a My Number stands in it.
    """
    amendment = enacting.found(work, amendment_id)
    guard.enforce({"reason": reason})
    if amending.stage(work, amendment) in (Stage.IN_FORCE, Stage.STOPPED):
        raise Forbidden("amendment:over")
    if not reason.strip():
        raise InvalidValue("addition:reason_missing", field="reason")
    left = [desk for desk in desks_of_addition(work.session, amendment.id) if desk.rejected_at is None]
    chosen = [desk for desk in left if desk.id in desk_ids]
    if not chosen:
        raise InvalidValue("addition:none_chosen", field="reason")
    for desk in chosen:
        desk.rejected_at, desk.rejected_by = work.now, work.actor.account_id
        desk.reason_ct = work.seal(reason.strip(), "added_desk.reason", desk.id)
    work.record("addition:rejected", amendment=amendment.id, desks=str(len(chosen)))
    return enacting.stop(work, amendment_id, reason=reason) if len(chosen) == len(left) else amendment
