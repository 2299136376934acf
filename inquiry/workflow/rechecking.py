"""Looking again where a roster said that nobody matched, once a later one, or other rules, may know better (見直し).

Source    memo annex STEP2 ④-⑤; memo annex flowchart 「該当者なし」.
Decides   which findings are looked at again, and for how long after the answer: cover is often entered weeks after it
          began, and an answer 該当者なし then was true of the roster and not of the person. Where an officer rejected
          every candidate, or dealt with what a roster brought, they are told once somebody else may be meant. Nothing
          is told to the municipality by itself: whether to turn to it about what is answered is a supervisor's matter,
          as who is found may be 不開示.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.parties import Actor
from inquiry.matching.record import canonical
from inquiry.security.sealing import commitment
from inquiry.store.answering import identification_in_force
from inquiry.store.base import new_id
from inquiry.store.identifying import LaterFinding, found_nobody, later_finding_about, later_finding_of, later_findings
from inquiry.store.inquiries import Inquiry, Scope, locked_within
from inquiry.store.rosters import Roll, RosterGeneration, active_generation, active_generations
from inquiry.workflow.deciding import version_of
from inquiry.workflow.identifying import Found
from inquiry.workflow.matching_rules import rules_of
from inquiry.workflow.reconsidering import look_again, still_holds
from inquiry.workflow.roster_sealing import current_forms
from inquiry.workflow.work import House, Work

LOOKED_AGAIN_FOR: Final = timedelta(days=90)
PORTION: Final = 20
BRINGS_PERSON: Final = "roster_brings_person"
LATER_FINDING_DONE: Final = "later_finding_done"


@dataclass(frozen=True, slots=True)
class Rechecked:
    """How many inquiries were looked at again, and of how many the new roster no longer says that nobody matches."""

    looked: int
    found: int


def recheck(house: House, actor: Actor, insurer_id: str) -> Rechecked:
    """Look again at every inquiry of an insurer that found nobody; call it after an import, and once rules changed.

    A portion is a unit of work of its own, so that nobody waits; what is broken off, `inquiry daily` begins again.
    """
    with house.reading(actor) as work:
        generation = active_generation(work.session, insurer_id)
        version, since = version_of(rules_of(work, insurer_id)), work.now - LOOKED_AGAIN_FOR
        waiting_ids = (
            found_nobody(work.session, insurer_id, generation_id=generation.id, rule_version=version, since=since)
            if generation
            else []
        )
    looked = found = 0
    for portion in _portions(waiting_ids):
        with house.work(actor) as work:
            outcomes = [_look_again(work, insurer_id, inquiry_id) for inquiry_id in portion]
        looked += sum(outcome is not None for outcome in outcomes)
        found += sum(outcome is True for outcome in outcomes)
    if generation is not None:
        with house.work(actor) as work:
            _mark_asked(work, generation, version)
            work.record("roster:rechecked", insurer=insurer_id, generation=generation.id, found=str(found))
    return Rechecked(looked, found)


def _mark_asked(work: Work, asked: RosterGeneration, version: str) -> None:
    """Write down that everything was asked of a roster, unless others were in force meanwhile: it is due again then."""
    active = active_generation(work.session, asked.insurer_id)
    if active is not None and (active.id, active.in_force_at) == (asked.id, asked.in_force_at):
        active.rechecked_by = version


def due(work: Work) -> list[str]:
    """Return the insurers on whose roster, or by whose rules, not every finding of nobody was looked at again."""
    rosters = [each for each in active_generations(work.session) if each.roll_number is not None]
    return [
        each.insurer_id
        for each in rosters
        if each.rechecked_by != version_of(rules_of(work, each.insurer_id))
        and work.session.get_one(Roll, each.roll_number).forms == current_forms()
    ]


def finish(house: House, actor: Actor, insurer_id: str) -> bool:
    """Look again at what is due for an insurer."""
    recheck(house, actor, insurer_id)
    return True


def _portions(inquiry_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(inquiry_ids), PORTION):
        yield inquiry_ids[start : start + PORTION]


def _look_again(work: Work, insurer_id: str, inquiry_id: str) -> bool | None:
    """Look again at one inquiry: is somebody found now? None where it has gone on since."""
    inquiry = locked_within(work.session, Scope(insurer_id=insurer_id), inquiry_id)
    row = identification_in_force(work.session, inquiry_id)
    if inquiry is None or row is None or row.finding != Finding.NONE:
        return None
    later = later_finding_about(work.session, row.id)
    if later is not None and later.done_at is None:
        return None
    found = look_again(work, inquiry, row)
    if still_holds(work, row, found):
        return False
    later = later or LaterFinding(
        id=new_id(), insurer_id=insurer_id, inquiry_id=inquiry.id, identification_id=row.id, finding=""
    )
    return _told(work, inquiry, later, found)


def _told(work: Work, inquiry: Inquiry, later: LaterFinding, found: Found) -> bool:
    """Put an inquiry on the list, unless whoever dealt with it has seen the very same."""
    finding, said = found.decision.finding, commitment(inquiry.salt, canonical(found.decision))
    later.generation_id = found.generation.id
    is_known = later.finding == finding and later.said in ("", said)
    later.finding, later.said = finding, said
    if is_known:
        return False
    later.found_at, later.done_at, later.done_by = work.now, None, None
    work.session.add(later)
    work.note(inquiry, BRINGS_PERSON, generation=later.generation_id)
    return True


def waiting(work: Work) -> list[LaterFinding]:
    """Return the inquiries of which a later roster no longer says that nobody matches; no personal data."""
    return later_findings(work.session, work.actor.insurer_id) if work.actor.insurer_id else []


def brought(work: Work, inquiry: Inquiry) -> LaterFinding | None:
    """Return what a later roster says about the finding in force, unless it was dealt with."""
    row = identification_in_force(work.session, inquiry.id)
    later = later_finding_about(work.session, row.id) if row else None
    return later if later is not None and later.done_at is None else None


def tick_off(work: Work, later_id: str) -> LaterFinding:
    """Record that a supervisor has dealt with it: had the municipality told, or not, or saw that it is another person.

    :raises NotFound: if it is absent, or another insurer's.
    :raises Forbidden: if the actor is no supervisor, or it is ticked off already.
    """
    later = later_finding_of(work.session, work.actor.insurer_id or "", later_id)
    if later is None:
        raise NotFound("later_finding:not_found")
    inquiry = work.inquiry(later.inquiry_id)
    if not work.actor.is_supervisor:
        raise Forbidden("later_finding:supervisor_only")
    if later.done_at is not None:
        raise Forbidden("later_finding:done_already")
    later.done_at, later.done_by = work.now, work.actor.account_id
    work.note(inquiry, LATER_FINDING_DONE)
    return later
