"""Making a roster's keys and seals anew (検索鍵の作り直し).

Decides   that what is stored follows the product's normal forms and the newest key: after a new version of the forms
          nobody is found until the keys are rebuilt, and after a rotation the old key is needed no longer. The
          roster before goes as well: it has the old forms or the old key too.
"""

from collections.abc import Callable, Iterator

from inquiry.domain.errors import NotFound
from inquiry.domain.member import Member
from inquiry.domain.parties import Actor
from inquiry.store import rolls
from inquiry.store.base import new_id
from inquiry.store.roll_writing import roll_writer
from inquiry.store.rosters import Roll, RosterGeneration, Stage, active_generation, active_generations
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_comparing import Comparison, Weighed, gone_shut, may_withhold
from inquiry.workflow.roster_loading import BATCH, import_of, new_roll
from inquiry.workflow.roster_sealing import RollSealing, current_forms, resealed_batch, sealing_of
from inquiry.workflow.roster_switching import retire_previous, switch
from inquiry.workflow.work import House


def needing_rebuild(house: House) -> list[str]:
    """Return the insurers whose roster was made by other forms, or under an older key."""
    with house.reading() as work:
        rolls_in_force = [
            work.session.get_one(Roll, generation.roll_number)
            for generation in active_generations(work.session)
            if generation.roll_number is not None
        ]
        current = (current_forms(), house.sealer.ring.current)
        return [roll.insurer_id for roll in rolls_in_force if (roll.forms, roll.key_generation) != current]


def rebuild(house: House, actor: Actor, insurer_id: str, *, progress: Callable[[int], None]) -> int:
    """Open everybody on the roster in force, seal them anew under the newest key, and switch over.

    Return how many people were rebuilt.

    :raises NotFound: if the insurer keeps no roster here.
    :raises Forbidden: if an import of this insurer is under way.
    :raises Superseded: if another roster came into force meanwhile.
    """
    with import_of(house, actor, insurer_id, given_up_by="roster:given_up_by_rebuild"):
        source_id, generation_id, sealing = _begun(house, actor, insurer_id)
        persons = _resealed(house, source_id, sealing, progress=progress)
        with house.work(actor) as work:
            generation = work.session.get_one(RosterGeneration, generation_id)
            generation.stage, generation.persons, generation.share = Stage.LOADED, persons, 1000
            # Compared under another key, everybody would seem new. If another roster was put back meanwhile, this one
            # is not wanted.
            as_it_was = Comparison(source_id, persons, vanishing=0, allowed_percent=0)
            switch(work, Weighed(insurer_id, generation_id, as_it_was))
            retire_previous(work, insurer_id)
            work.record("roster:rebuilt", insurer=insurer_id, generation=generation_id, persons=str(persons))
        clear(house, actor, insurer_id)
    return persons


def _begun(house: House, actor: Actor, insurer_id: str) -> tuple[str, str, RollSealing]:
    with house.work(actor) as work:
        active = active_generation(work.session, insurer_id)
        if active is None:
            raise NotFound("identifying:no_roster")
        generation = RosterGeneration(
            id=new_id(),
            insurer_id=insurer_id,
            stage=Stage.LOADING,
            as_of=active.as_of,
            imported_at=work.now,
            imported_by=actor.account_id,
            seen_at=work.now,
            rows=active.rows,
        )
        older = sealing_of(house, work.session.get_one(Roll, active.roll_number))
        sealing = new_roll(work, generation, key_generation=house.sealer.ring.current)
        gone = sealing.seal_gone(older.open_gone(gone_shut(active)))
        generation.report = {"withholds": may_withhold(active), "gone_shut": gone}
        work.record("roster:loading", insurer=insurer_id, generation=generation.id)
        return active.id, generation.id, sealing


def _resealed(house: House, source_id: str, sealing: RollSealing, *, progress: Callable[[int], None]) -> int:
    first = 1
    writer = roll_writer(house.engine, sealing.roll_number)
    try:
        writer.begin()
        for people in _opened(house, source_id):
            writer.append(resealed_batch(sealing, first, people).people)
            first += len(people)
            progress(first - 1)
        writer.finish()
    finally:
        writer.close()
    return first - 1


def _opened(house: House, source_id: str) -> Iterator[list[tuple[int, Member]]]:
    """Open everybody on a roster, each with the line they came from.

    Differences would be turned away, so each portion is read by itself and nobody waits for a whole rebuild.
    """
    with house.reading() as work:
        source = work.session.get_one(RosterGeneration, source_id)
        older = sealing_of(house, work.session.get_one(Roll, source.roll_number))
    behind = 0
    while True:
        with house.reading() as work:
            portion = rolls.people(work.session, older.roll_number, behind=behind, limit=BATCH)
        if not portion:
            return
        yield [(sealed.line, older.open(sealed.no, sealed.member_ct)) for sealed in portion]
        behind = portion[-1].no
