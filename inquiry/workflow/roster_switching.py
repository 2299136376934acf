"""Switching from one roster to the next, and back (加入者名簿の切替え).

Decides   that a roster comes into force, and back into force, only with every word it needs. The pointer moves in one
          row; the roster before stays until the next one, so that a mistake can be undone at once. What ends is only
          marked here, since look-ups wait for whoever moves the pointer.
Not here  which words: workflow/roster_comparing.py. Loading: workflow/roster_loading.py. Deleting what ended:
          workflow/roster_clearing.py. Looking again at 該当者なし afterwards: workflow/rechecking.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from inquiry.domain.errors import Forbidden, NotFound, Superseded
from inquiry.domain.parties import Actor
from inquiry.store.rosters import (
    ActiveRoster,
    RosterGeneration,
    Stage,
    generations_at,
    hold_moves,
    interrupted,
    pointer_of,
    unfinished_of,
)
from inquiry.store.single import is_nobody_at_work, only_one
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_comparing import Comparison, Consent, comparison, lacking, loaded
from inquiry.workflow.work import House, Work


def switch(work: Work, insurer_id: str, generation_id: str, consent: Consent) -> RosterGeneration:
    """Bring a loaded roster into force; look-ups see the old one or the new one. `clear` is called afterwards.

    :raises NotFound: as `loaded`.
    :raises Superseded: if another roster came into force since the comparison was shown.
    :raises Forbidden: if nobody is on it, or differences came after it, or rows are bad, people would vanish,
        不開示 would end or the file is older, without consent.
    """
    # Of two who switch the second finds it done. While people are compared the pointer is held as a look-up holds it;
    # against look-ups, only to move it.
    hold_moves(work.session, insurer_id)
    generation = _held(work, insurer_id, generation_id)
    compared = _agreed(work, generation, consent)
    retire_previous(work, insurer_id)
    _point_to(work, generation)
    persons, vanished = str(generation.persons), str(compared.vanishing)
    work.record("roster:imported", insurer=insurer_id, generation=generation.id, persons=persons, vanished=vanished)
    return generation


def put_back(work: Work, insurer_id: str, generation_id: str, consent: Consent) -> RosterGeneration:
    """Bring the roster before back into force; the one it replaces takes its place and can be put back as well.

    :raises NotFound: if this is not the roster before.
    :raises Superseded: if another roster came into force since the comparison was shown.
    :raises Forbidden: if its keys were made by another version of the normal forms, so that nobody would be found; or
        if people would vanish or 不開示 would end without consent.
    """
    hold_moves(work.session, insurer_id)
    earlier = work.session.get(RosterGeneration, generation_id)
    if earlier is None or earlier.insurer_id != insurer_id or earlier.stage != Stage.PREVIOUS:
        raise NotFound("roster:not_previous")
    compared = _agreed(work, earlier, consent)
    _point_to(work, earlier)
    earlier.rechecked_by = ""  # what the roster between brought is looked at again on this one
    work.record("roster:put_back", insurer=insurer_id, generation=earlier.id, vanished=str(compared.vanishing))
    return earlier


def _agreed(work: Work, generation: RosterGeneration, consent: Consent) -> Comparison:
    """Return what a roster changes, once somebody has given every word that needs."""
    compared = comparison(work, generation.insurer_id, generation.id)
    if consent.compared_with is not None and consent.compared_with != compared.generation_id:
        raise Superseded
    for code in lacking(generation, compared, consent):
        raise Forbidden(code)
    return compared


def remove(work: Work, insurer_id: str) -> RosterGeneration:
    """End the roster in force and every other of an insurer, which answers by attestation from then on.

    Who is on them is deleted afterwards: see roster_clearing.py. The caller holds the lock of the insurer's imports.

    :raises NotFound: if the insurer keeps no roster here.
    """
    hold_moves(work.session, insurer_id)
    pointer = pointer_of(work.session, insurer_id)
    if pointer is None:
        raise NotFound("identifying:no_roster")
    ended = work.session.get_one(RosterGeneration, pointer.generation_id)
    work.session.delete(pointer)
    ended.stage = Stage.ENDED
    retire_previous(work, insurer_id)
    for waiting in generations_at(work.session, insurer_id, Stage.LOADED):
        waiting.stage = Stage.DISCARDED
    work.record("roster:removed", insurer=insurer_id, generation=ended.id, persons=str(ended.persons))
    return ended


def discard(work: Work, insurer_id: str, generation_id: str) -> None:
    """Give up an import that was loaded; `clear` deletes its people afterwards.

    :raises NotFound: as `loaded`.
    """
    _held(work, insurer_id, generation_id).stage = Stage.DISCARDED
    work.record("roster:discarded", insurer=insurer_id, generation=generation_id)


def _held(work: Work, insurer_id: str, generation_id: str) -> RosterGeneration:
    """Return a loaded import, held against whoever switches to it or discards it."""
    held = work.session.get(RosterGeneration, generation_id, with_for_update=True)  # a session forgets what nobody has
    return loaded(work, insurer_id, held.id if held else generation_id)


_ASKED_SECONDS: Final = 0.3  # for as long as somebody may ask whether an import is under way; an import takes longer


@contextmanager
def alone_at(house: House, insurer_id: str) -> Iterator[None]:
    """Hold the lock of an insurer's imports; it goes with whoever holds it, however they end.

    :raises Forbidden: if an import is under way.
    """
    with only_one(house.engine, _lock_of(insurer_id), patience=_ASKED_SECONDS) as is_ours:
        if not is_ours:
            raise Forbidden("roster:import_under_way")
        yield


def is_nobody_at(house: House, insurer_id: str) -> bool:
    """Say whether no import is under way: one that still says it is loading was interrupted."""
    return is_nobody_at_work(house.engine, _lock_of(insurer_id))


def _lock_of(insurer_id: str) -> str:
    return f"roster of {insurer_id}"


def discard_unfinished(house: House, actor: Actor, insurer_id: str, *, reason: str = "roster:interrupted") -> None:
    """Discard what an interrupted import left behind, and what was loaded and never switched to.

    `reason` is the code of what stopped it, kept for its page. The caller holds the lock of the insurer's imports, so
    that nobody is at work on it.
    """
    with house.work(actor) as work:
        # Whoever switches holds no lock of the imports: what they switch to in this moment is loaded no longer.
        for generation in unfinished_of(work.session, insurer_id):
            if generation.stage == Stage.LOADING:
                generation.report = {"stopped_by": reason}
            generation.stage = Stage.DISCARDED
            work.record("roster:discarded", insurer=insurer_id, generation=generation.id)
    clear(house, actor, insurer_id)


def discard_interrupted(house: House, actor: Actor, generation_id: str) -> bool:
    """Give up an import that was killed while it loaded; return False while somebody is at work on it."""
    with house.reading(actor) as work:
        insurer_id = work.session.get_one(RosterGeneration, generation_id).insurer_id
    try:
        with alone_at(house, insurer_id), house.work(actor) as work:
            generation = work.session.get_one(RosterGeneration, generation_id)
            if generation.stage != Stage.LOADING:
                return False
            generation.stage, generation.report = Stage.DISCARDED, {"stopped_by": "roster:interrupted"}
            work.record("roster:discarded", insurer=insurer_id, generation=generation_id)
    except Forbidden:
        return False
    return True


def killed(work: Work) -> list[str]:
    """Return the ids of all imports that say they are loading; whoever is at work on one keeps it."""
    return interrupted(work.session)


def retire_previous(work: Work, insurer_id: str) -> None:
    """Give up the roster before the one in force; nothing can be put back then."""
    for generation in generations_at(work.session, insurer_id, Stage.PREVIOUS):
        generation.stage = Stage.ENDED


def _point_to(work: Work, generation: RosterGeneration) -> None:
    in_force = generations_at(work.session, generation.insurer_id, Stage.ACTIVE)
    active = pointer_of(work.session, generation.insurer_id)
    if active is None:
        work.session.add(ActiveRoster(insurer_id=generation.insurer_id, generation_id=generation.id))
    else:
        active.generation_id = generation.id
    for earlier in in_force:
        earlier.stage = Stage.PREVIOUS
    generation.stage, generation.in_force_at = Stage.ACTIVE, work.now
    work.session.flush()
