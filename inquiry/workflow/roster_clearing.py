"""Deleting the people of rosters that are over (使い終わった名簿の消去).

Decides   that nobody waits for it: a roll is emptied and dropped after its roster has ended, apart from whatever ended
          it. While somebody still reads it (a backup holds every table until it ends) it is left for the next time:
          the next import of the insurer, or the daily run.
"""

from inquiry.domain.parties import Actor
from inquiry.store import rolls
from inquiry.store.roll_writing import empty
from inquiry.store.rosters import RosterGeneration, held_generation, uncleared
from inquiry.store.single import only_one
from inquiry.workflow.roster_comparing import forgetting_gone
from inquiry.workflow.work import House, Work


def clear(house: House, actor: Actor, insurer_id: str) -> int:
    """Delete the people of an insurer's rosters that are over and return of how many; call it after one has ended."""
    with house.reading(actor) as work:
        waiting_ids = uncleared(work.session, insurer_id)
    return sum([clear_one(house, actor, generation_id) for generation_id in waiting_ids])


def is_clear(work: Work, insurer_id: str) -> bool:
    """Say whether nobody is left of the rosters of an insurer that are over."""
    return not uncleared(work.session, insurer_id)


def due(work: Work) -> list[str]:
    """Return the ids of all imports that are over and whose people are still there."""
    return uncleared(work.session)


def clear_one(house: House, actor: Actor, generation_id: str) -> bool:
    """Delete the people of one import that is over; return False where it was done, or somebody is still at them."""
    with only_one(house.engine, f"clearing of {generation_id}") as is_ours:
        return is_ours and _cleared(house, actor, generation_id)


def _cleared(house: House, actor: Actor, generation_id: str) -> bool:
    with house.reading(actor) as work:
        number = work.session.get_one(RosterGeneration, generation_id).roll_left
    if number is None:
        return False
    empty(house.engine, number)
    with house.work(actor) as work:
        generation = held_generation(work.session, generation_id)
        # What a look-up reads is never dropped, whatever happened since.
        if generation is None or generation.roll_left != number or not rolls.drop(work.session, number):
            return False
        generation.roll_number = None
        generation.report = forgetting_gone(generation)
        work.record("roster:cleared", insurer=generation.insurer_id, generation=generation_id)
        return True
