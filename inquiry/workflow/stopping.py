"""Changes of the contact list that will not hold, and how that came (名簿の変更の取りやめ).

Decides   that what waits for a desk ends with it, and what waits for an insurer once it went over into another: nobody
          is called about a desk that is gone.
Not here  who may stop a change: enacting.py.
"""

from enum import StrEnum

from inquiry.directory.amendments import LEADING_ELSEWHERE, Adds
from inquiry.store.amendments import Amendment, open_amendments_of
from inquiry.store.insurers import MAIN_DESK
from inquiry.workflow.work import Work


class Stopped(StrEnum):
    """How a change was stopped."""

    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    DENIED = "denied"
    DESK_ENDED = "desk_ended"
    MERGED = "merged"


def stop(work: Work, amendment: Amendment, how: Stopped) -> None:
    """Let a change come to nothing."""
    amendment.stopped_at, amendment.stopped_by, amendment.stopped_how = work.now, work.actor.account_id, how
    work.record("amendment:stopped", amendment=amendment.id, outcome=how)


def stop_with_desk(work: Work, insurer_id: str, desk: int) -> None:
    """Stop what waits for a desk that ended, and with the main desk the desks that were to stand beside it."""
    for each in open_amendments_of(work.session, insurer_id=insurer_id):
        is_beside_it = desk == MAIN_DESK and each.adds == Adds.DESKS
        if is_beside_it or (each.desk == desk and not _is_of_insurer(each)):
            stop(work, each, Stopped.DESK_ENDED)


def stop_with_insurer(work: Work, insurer_id: str) -> None:
    """Stop what waits for an insurer that went over into another."""
    for each in open_amendments_of(work.session, insurer_id=insurer_id):
        stop(work, each, Stopped.MERGED)


def _is_of_insurer(amendment: Amendment) -> bool:
    """Say whether a change is one of the insurer itself, which is written down under its main desk."""
    return any(column in LEADING_ELSEWHERE for column, *_cells in amendment.cells)
