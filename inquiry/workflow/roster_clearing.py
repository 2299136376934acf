"""Deleting the people of rosters that are over (使い終わった名簿の消去).

Decides   that nobody waits for it: a roll is dropped in a unit of work of its own, after its roster has ended. While
          somebody still reads it (a backup holds every table until it ends) it is left for the next time: the next
          import of the insurer, or the daily run.
"""

from inquiry.domain.parties import Actor
from inquiry.store import rolls
from inquiry.store.rosters import RosterGeneration, uncleared
from inquiry.workflow.work import House, Work


def clear(house: House, actor: Actor, insurer_id: str) -> int:
    """Delete the people of an insurer's rosters that are over and return of how many; call it after one has ended."""
    with house.reading(actor) as work:
        waiting_ids = uncleared(work.session, insurer_id)
    cleared = 0
    for generation_id in waiting_ids:
        with house.work(actor) as work:
            cleared += clear_one(work, generation_id)
    return cleared


def due(work: Work) -> list[str]:
    """Return the ids of all imports that are over and whose people are still there."""
    return uncleared(work.session)


def clear_one(work: Work, generation_id: str) -> bool:
    """Delete the people of one import that is over; return False where it was done, or somebody still reads them."""
    generation = work.session.get_one(RosterGeneration, generation_id, with_for_update=True)
    if generation.roll_number is None or not rolls.drop(work.session, generation.roll_number):
        return False
    generation.roll_number = None
    work.record("roster:cleared", insurer=generation.insurer_id, generation=generation_id)
    return True
