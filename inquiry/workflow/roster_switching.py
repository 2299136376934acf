"""Switching from one roster to the next, and back (加入者名簿の切替え).

Decides   when a loaded roster may come into force: bad rows and people who would vanish need a word from whoever
          imports. The pointer moves in one row; the roster before stays until the next one, so that a mistake can be
          undone at once. What ends is only marked here, since look-ups wait for whoever moves the pointer.
Not here  loading: workflow/roster_loading.py. Deleting what ended: workflow/roster_clearing.py. Looking again at
          該当者なし afterwards: workflow/rechecking.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from inquiry.domain.errors import Forbidden, NotFound, Superseded
from inquiry.domain.parties import Actor
from inquiry.store import rolls
from inquiry.store.rosters import (
    ActiveRoster,
    Roll,
    RosterGeneration,
    Stage,
    active_generation,
    generations_at,
    hold_moves,
    pointer_of,
    unfinished_of,
)
from inquiry.store.single import is_nobody_at_work, only_one
from inquiry.workflow.matching_rules import settings_of
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_sealing import current_forms
from inquiry.workflow.work import House, Work

PAST_WORDS: Final = frozenset({"roster:nobody", "roster:loaded_before_changes"})  # refusals that no word lifts


@dataclass(frozen=True, slots=True)
class Comparison:
    """What switching over would change: how many people are on the roster in force, and how many of them would go.

    `opens` says that people may be 不開示 now who would not be any more, because the file does not say who is;
    `loses_changes` that differences were taken over since the file was loaded, and would be undone.
    """

    generation_id: str  # of the roster in force; empty where there is none
    persons: int
    vanishing: int
    allowed_percent: int
    opens: bool = False
    loses_changes: bool = False

    @property
    def is_striking(self) -> bool:
        """Say whether more would vanish than may without a word; a cut-off file looks like people who left."""
        return self.vanishing * 100 > self.persons * self.allowed_percent


def comparison(work: Work, insurer_id: str, generation_id: str) -> Comparison:
    """Compare a loaded roster with the one in force; nobody is opened for it.

    It was compared when it was loaded; only if another roster came into force since, everybody is gone through again.

    :raises NotFound: if there is no such import of this insurer, or it is not loaded.
    """
    newer = loaded(work, insurer_id, generation_id)
    allowed = settings_of(work, insurer_id).vanish_percent
    active = active_generation(work.session, insurer_id)
    if active is None:
        return Comparison("", 0, 0, allowed)
    made = (newer.report or {}).get("compared") or {}
    is_another = made.get("with") != active.id
    if is_another:
        made = compared(work, active, newer)
    opens = not (newer.report or {}).get("tells_withheld", True) and may_withhold(active)
    loses_changes = is_another and active.is_difference and active.imported_at >= newer.imported_at
    return Comparison(active.id, made["persons"], made["vanishing"], allowed, opens, loses_changes)


def may_withhold(generation: RosterGeneration) -> bool:
    """Say whether somebody on a roster may be 不開示; of an import that did not write it down nobody knows."""
    return bool((generation.report or {}).get("withholds", True))


def compared(work: Work, active: RosterGeneration | None, newer: RosterGeneration) -> dict[str, Any]:
    """Return what a report keeps of a comparison with the roster in force, empty where there is none."""
    if active is None or active.roll_number is None or newer.roll_number is None:
        return {}
    persons = rolls.how_many(work.session, active.roll_number)
    vanishing = rolls.missing_from(work.session, active.roll_number, newer.roll_number)
    return {"with": active.id, "persons": persons, "vanishing": vanishing}


def loaded(work: Work, insurer_id: str, generation_id: str) -> RosterGeneration:
    """Return an import that waits to be switched to.

    :raises NotFound: if there is no such import of this insurer, or it is not loaded.
    """
    generation = work.session.get(RosterGeneration, generation_id)
    if generation is None or generation.insurer_id != insurer_id or generation.stage != Stage.LOADED:
        raise NotFound("roster:not_loaded")
    return generation


@dataclass(frozen=True, slots=True)
class Consent:
    """What whoever imports has seen and accepts: bad rows left out, people vanishing, 不開示 ending.

    `compared_with` is the id of the roster beside which it was shown, None if nothing was shown to anybody.
    """

    skips_bad: bool = False
    allows_vanishing: bool = False
    allows_opening: bool = False
    compared_with: str | None = None


def lacking(generation: RosterGeneration, compared: Comparison, consent: Consent) -> tuple[str, ...]:
    """Return the code of everything that keeps a loaded roster from coming into force, each of which is refused."""
    asked = {
        "roster:bad_rows": bool((generation.report or {}).get("wrong_rows")) and not consent.skips_bad,
        "roster:nobody": generation.persons == 0,
        "roster:loaded_before_changes": compared.loses_changes,
        "roster:vanishing": compared.is_striking and not consent.allows_vanishing,
        "roster:opens_withheld": compared.opens and not consent.allows_opening,
    }
    return tuple(code for code, keeps_it in asked.items() if keeps_it)


def switch(work: Work, insurer_id: str, generation_id: str, consent: Consent) -> RosterGeneration:
    """Bring a loaded roster into force; look-ups see the old one or the new one. `clear` is called afterwards.

    :raises NotFound: as `loaded`.
    :raises Superseded: if another roster came into force since the comparison was shown.
    :raises Forbidden: if nobody is on it, or differences came after it, or rows are bad, people would vanish or 不開示
        would end without consent.
    """
    # Of two who switch the second finds it done. While people are compared the pointer is held as a look-up holds it;
    # against look-ups, only to move it.
    hold_moves(work.session, insurer_id)
    work.session.get(RosterGeneration, generation_id, with_for_update=True)
    generation = loaded(work, insurer_id, generation_id)
    compared = comparison(work, insurer_id, generation_id)
    if consent.compared_with is not None and consent.compared_with != compared.generation_id:
        raise Superseded
    for code in lacking(generation, compared, consent):
        raise Forbidden(code)
    retire_previous(work, insurer_id)
    _point_to(work, generation)
    persons, vanished = str(generation.persons), str(compared.vanishing)
    work.record("roster:imported", insurer=insurer_id, generation=generation.id, persons=persons, vanished=vanished)
    return generation


def put_back(work: Work, insurer_id: str, generation_id: str) -> RosterGeneration:
    """Bring the roster before back into force; the one it replaces takes its place and can be put back as well.

    :raises NotFound: if this is not the roster before.
    :raises Forbidden: if its keys were made by another version of the normal forms, so that nobody would be found.
    """
    hold_moves(work.session, insurer_id)
    earlier = work.session.get(RosterGeneration, generation_id)
    if earlier is None or earlier.insurer_id != insurer_id or earlier.stage != Stage.PREVIOUS:
        raise NotFound("roster:not_previous")
    if work.session.get_one(Roll, earlier.roll_number).forms != current_forms():
        raise Forbidden("roster:made_before_update")
    _point_to(work, earlier)
    work.record("roster:put_back", insurer=insurer_id, generation=earlier.id)
    return earlier


def discard(work: Work, insurer_id: str, generation_id: str) -> None:
    """Give up an import that was loaded; `clear` deletes its people afterwards.

    :raises NotFound: as `loaded`.
    """
    work.session.get(RosterGeneration, generation_id, with_for_update=True)
    loaded(work, insurer_id, generation_id).stage = Stage.DISCARDED
    work.record("roster:discarded", insurer=insurer_id, generation=generation_id)


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


def retire_previous(work: Work, insurer_id: str) -> None:
    """Give up the roster before the one in force; nothing can be put back then."""
    for generation in generations_at(work.session, insurer_id, Stage.PREVIOUS):
        generation.stage = Stage.ENDED


def _point_to(work: Work, generation: RosterGeneration) -> None:
    active = pointer_of(work.session, generation.insurer_id)
    if active is None:
        work.session.add(ActiveRoster(insurer_id=generation.insurer_id, generation_id=generation.id))
    else:
        earlier = work.session.get_one(RosterGeneration, active.generation_id)
        earlier.stage = Stage.PREVIOUS
        active.generation_id = generation.id
    generation.stage, generation.in_force_at = Stage.ACTIVE, work.now
    work.session.flush()
