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
    forget_changes,
    generations_at,
    held_generation,
    hold_moves,
    pointer_of,
    under_way,
    unfinished_of,
)
from inquiry.store.single import is_nobody_at_work, only_one
from inquiry.workflow.roster_comparing import Weighed, at_stage
from inquiry.workflow.work import House, Work


def switch(work: Work, weighed: Weighed) -> RosterGeneration:
    """Bring a loaded roster into force; look-ups see the old one or the new one. `clear` is called afterwards.

    :raises NotFound: as `at_stage`.
    :raises Superseded: if another roster came into force since they were compared.
    :raises Forbidden: if nobody is on it, or differences came after it, or rows are bad, people would vanish or be
        somebody else, 不開示 would end or the file is older, without consent.
    """
    generation, insurer_id = _agreed(work, weighed, Stage.LOADED), weighed.insurer_id
    retire_previous(work, insurer_id)
    _point_to(work, generation, beside=weighed.compared.generation_id)
    persons, vanished = str(generation.persons), str(weighed.compared.vanishing)
    work.record("roster:imported", insurer=insurer_id, generation=generation.id, persons=persons, vanished=vanished)
    return generation


def put_back(work: Work, weighed: Weighed) -> RosterGeneration:
    """Bring the roster before back into force; the one it replaces takes its place and can be put back as well.

    :raises NotFound: as `at_stage`.
    :raises Superseded: if another roster came into force since they were compared.
    :raises Forbidden: if its keys were made by another version of the normal forms, so that nobody would be found; or
        if people would vanish or be somebody else, or 不開示 would end, without consent.
    """
    earlier = _agreed(work, weighed, Stage.PREVIOUS)
    _point_to(work, earlier, beside=weighed.compared.generation_id)
    vanished = str(weighed.compared.vanishing)
    work.record("roster:put_back", insurer=earlier.insurer_id, generation=earlier.id, vanished=vanished)
    return earlier


def _agreed(work: Work, weighed: Weighed, stage: Stage) -> RosterGeneration:
    """Return a roster once every word it needs is given, held as it stands now; of two who move the second waits."""
    for code in weighed.missing:
        raise Forbidden(code)
    hold_moves(work.session, weighed.insurer_id)
    return _held(work, weighed.insurer_id, weighed.generation_id, stage=stage)


def remove(work: Work, insurer_id: str) -> RosterGeneration:
    """End the roster in force and every other of an insurer, which answers by attestation from then on.

    What waits, or was left by an import that was killed, is given up. Who is on all of them is deleted afterwards: see
    roster_clearing.py. The caller holds the lock of the insurer's imports.

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
    _discard_all(work, insurer_id, reason="roster:interrupted")
    work.record("roster:removed", insurer=insurer_id, generation=ended.id, persons=str(ended.persons))
    return ended


def discard(work: Work, insurer_id: str, generation_id: str) -> None:
    """Give up an import that was loaded; `clear` deletes its people afterwards.

    :raises NotFound: as `at_stage`.
    """
    _held(work, insurer_id, generation_id, stage=Stage.LOADED).stage = Stage.DISCARDED
    work.record("roster:discarded", insurer=insurer_id, generation=generation_id)


def _held(work: Work, insurer_id: str, generation_id: str, *, stage: Stage) -> RosterGeneration:
    """Return an import that has come so far, held against whoever switches to it, puts it back or discards it."""
    return at_stage(stage, held_generation(work.session, generation_id), insurer_id)


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


def discard_unfinished(
    house: House, actor: Actor, insurer_id: str, *, reason: str = "roster:interrupted", given_up_by: str = ""
) -> None:
    """Discard what an interrupted import left behind, and what was loaded and never switched to; `clear` afterwards.

    `reason` is the code of what stopped it, `given_up_by` of what ended the waiting of one that was loaded; both are
    kept for its page. The caller holds the lock of the insurer's imports, so that nobody is at work on it.
    """
    with house.work(actor) as work:
        _discard_all(work, insurer_id, reason=reason, given_up_by=given_up_by)


def _discard_all(work: Work, insurer_id: str, *, reason: str, given_up_by: str = "") -> None:
    forget_changes(work.session, insurer_id)
    # Whoever switches holds no lock of the imports: what they switch to in this moment is loaded no longer.
    _discard_each(work, unfinished_of(work.session, insurer_id), reason=reason, given_up_by=given_up_by)


def _discard_each(work: Work, generations: list[RosterGeneration], *, reason: str, given_up_by: str = "") -> None:
    for generation in generations:
        if generation.stage == Stage.LOADING:
            generation.report = {"stopped_by": reason}
        elif given_up_by:
            generation.report = {**(generation.report or {}), "given_up_by": given_up_by}
        generation.stage = Stage.DISCARDED
        work.record("roster:discarded", insurer=generation.insurer_id, generation=generation.id)


def discard_interrupted(house: House, actor: Actor, insurer_id: str) -> bool:
    """Give up an import, or differences, that were killed; return False while somebody is at work on an insurer's."""
    try:
        with alone_at(house, insurer_id), house.work(actor) as work:
            loading = generations_at(work.session, insurer_id, Stage.LOADING)
            _discard_each(work, loading, reason="roster:interrupted")
            return forget_changes(work.session, insurer_id) or bool(loading)
    except Forbidden:
        return False


def killed(work: Work) -> list[str]:
    """Return the ids of all insurers of whom an import says that it goes on; whoever is at work on one keeps it."""
    return under_way(work.session)


def retire_previous(work: Work, insurer_id: str) -> None:
    """Give up the roster before the one in force; nothing can be put back then."""
    for generation in generations_at(work.session, insurer_id, Stage.PREVIOUS):
        generation.stage = Stage.ENDED


def _point_to(work: Work, generation: RosterGeneration, *, beside: str) -> None:
    """Move the pointer, if it still names what the roster was compared with; empty where there was none."""
    active = pointer_of(work.session, generation.insurer_id)
    if (active.generation_id if active else "") != beside:
        raise Superseded
    in_force = generations_at(work.session, generation.insurer_id, Stage.ACTIVE)
    if active is None:
        work.session.add(ActiveRoster(insurer_id=generation.insurer_id, generation_id=generation.id))
    else:
        active.generation_id = generation.id
    for earlier in in_force:
        earlier.stage = Stage.PREVIOUS
    generation.stage, generation.in_force_at = Stage.ACTIVE, work.now
    generation.rechecked_by = ""  # what was found on the other one was not looked at again on this
    work.session.flush()
