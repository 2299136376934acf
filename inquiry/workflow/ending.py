"""Ending a desk of the contact list, on evidence and from a day on (照会窓口の終了).

Source    memo annex STEP1 ※3.
Decides   that an end is a change like others, with who ended it, why, and from when; nobody is dialled for it, so it
          waits for no second person and no call.
Not here  what an end brings with it: contacts.py.
"""

from datetime import datetime

from inquiry.directory.amendments import DESK_ENDED
from inquiry.directory.contacts import CellChange
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.store.amendments import Amendment, amendments_of, open_amendments_of
from inquiry.store.insurers import MAIN_DESK, contact_in_force
from inquiry.workflow import amending, contacts
from inquiry.workflow.amending import Ground
from inquiry.workflow.work import Work


def propose(work: Work, insurer_id: str, ground: Ground, *, version: int, desk: int = MAIN_DESK) -> Amendment:
    """Propose that a desk ends, on the day of the ground.

    :raises NotFound: if the insurer has no such desk.
    :raises Superseded: if another version is in force by now.
    :raises Forbidden: if it is the main desk, and others still stand beside it.
    :raises InvalidValue: if the ground is missing, or the desk is to end already.
    """
    insurer = amending.held_insurer(work, insurer_id)
    entry = contacts.that_may_end(work, insurer_id, version, desk=desk)
    amending.check_ground(work, ground)
    waiting = open_amendments_of(work.session, insurer_id=insurer_id)
    if any(is_end(each) and each.desk == desk for each in waiting):
        raise InvalidValue("desk_end:under_way", field="evidence")
    cells = (CellChange(DESK_ENDED, entry.desk_name or entry.name, ""),)
    return amending.propose(work, Amendment(insurer_id=insurer.id, desk=desk), cells, ground=ground)


def is_end(amendment: Amendment) -> bool:
    """Say whether a change ends a desk."""
    return any(cell.column == DESK_ENDED for cell in amending.cells_of(amendment))


def carry_out(work: Work, amendment: Amendment) -> None:
    """End the desk, whatever was changed of it meanwhile.

    :raises Forbidden: if it ended meanwhile, or others still stand beside the main desk.
    """
    desk, insurer_id = amendment.desk or MAIN_DESK, amendment.insurer_id or ""
    entry = contact_in_force(work.session, insurer_id, desk)
    if entry is None:
        raise Forbidden("amendment:stale")
    contacts.end(work, insurer_id, entry.version, desk=desk)


def ends_of(work: Work, insurer_id: str, *, desk: int) -> dict[datetime, Amendment]:
    """Return by their moments the changes by which a desk ended; it may have come back in between."""
    found = amendments_of(work.session, insurer_id=insurer_id)
    return {each.took_effect_at: each for each in found if each.took_effect_at and each.desk == desk and is_end(each)}
