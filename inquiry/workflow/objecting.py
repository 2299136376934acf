"""The insurer that is to take over another objects in writing, and PMO staff decide (承継する保険者の異議).

Source    memo annex STEP1 ② ※1: an inquiry goes to the insurer that is named. Whose the members are is no matter of one
          side's word.
Decides   that a merger waits once its successor objects, until somebody else than its proposer overrules the objection
          with a reason, or stops the merger.
Not here  the insurer that goes over: it stops the merger itself, enacting.py.
"""

from inquiry.directory.amendments import Stage
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.parties import Role
from inquiry.security import guard
from inquiry.store.amendments import Amendment, locked_amendment
from inquiry.workflow import amending, mergers
from inquiry.workflow.enacting import enact_if_ready, found, may_approve
from inquiry.workflow.work import Work

_OVER = (Stage.IN_FORCE, Stage.STOPPED)


def coming(work: Work, amendment_id: str) -> Amendment:
    """Return a merger by which the actor's insurer takes over another, and hold its row.

    :raises NotFound: if there is none.
    """
    amendment = locked_amendment(work.session, amendment_id)
    if amendment is None or work.actor.role is not Role.OFFICER or not _takes_over(work, amendment):
        raise NotFound("amendment:not_found")
    return amendment


def object_to(work: Work, amendment_id: str, *, reason: str) -> Amendment:
    """Object in writing to a merger by which the actor's insurer takes over another; it waits from now on.

    :raises NotFound: if there is no such merger.
    :raises Forbidden: if it holds, was stopped, or was objected to before.
    :raises InvalidValue: if no reason is given, or a My Number stands in it.
    """
    amendment = coming(work, amendment_id)
    _check_reason(reason)
    if amending.stage(work, amendment) in _OVER:
        raise Forbidden("amendment:over")
    if amendment.objected_at is not None:
        raise Forbidden("amendment:objected_already")
    amendment.objected_at, amendment.objected_by = work.now, work.actor.account_id
    amendment.objected_ct = work.seal(reason.strip(), "amendment.objected", amendment.id)
    work.record("amendment:objected", amendment=amendment.id)
    return amendment


def overrule(work: Work, amendment_id: str, *, reason: str) -> Amendment:
    """Let a merger go on in spite of its successor's objection.

    :raises NotFound: if there is none.
    :raises Forbidden: if no objection waits, or the actor proposed the merger.
    :raises InvalidValue: if no reason is given, or a My Number stands in it.
    """
    amendment = found(work, amendment_id)
    if amending.stage(work, amendment) is not Stage.OBJECTED:
        raise Forbidden("amendment:not_now")
    if not may_approve(work, amendment):
        raise Forbidden("amendment:second_person")
    _check_reason(reason)
    amendment.overruled_at, amendment.overruled_by = work.now, work.actor.account_id
    amendment.overruled_ct = work.seal(reason.strip(), "amendment.overruled", amendment.id)
    work.record("amendment:overruled", amendment=amendment.id)
    return enact_if_ready(work, amendment)


def _takes_over(work: Work, amendment: Amendment) -> bool:
    return amendment.successor_id == work.actor.insurer_id and mergers.is_merger(amendment)


def _check_reason(reason: str) -> None:
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("amendment:objection_missing", field="reason")
