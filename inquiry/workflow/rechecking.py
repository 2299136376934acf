"""Looking again where a roster said that nobody matched, once a later one, or other rules, may know better (見直し).

Source    memo annex STEP2 ④-⑤; memo annex flowchart 「該当者なし」.
Decides   which findings are looked at again, and for how long after the answer: cover is often entered weeks after it
          began, and an answer 該当者なし then was true of the roster and not of the person. Where an officer rejected
          every candidate, or dealt with what a roster brought, they are told once somebody else may be meant. What a
          roster brought that was put back or corrected leaves the list again. Nothing is told to the municipality by
          itself: whether to turn to it about what is answered is a supervisor's matter, as who is found may be 不開示.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import GIVEN, State
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
BRINGS_PERSON: Final = "roster_brings_person"
TAKES_PERSON_AWAY: Final = "roster_takes_person_away"
LATER_FINDING_DONE: Final = "later_finding_done"


@dataclass(frozen=True, slots=True)
class Rechecked:
    """How many inquiries were looked at again, and what of how many the roster says otherwise now than was told.

    `found` no longer say that nobody matches, or say somebody else; `gone` say again that nobody does.
    """

    looked: int
    found: int
    gone: int = 0


class _Seen(Enum):
    """What looking again at one inquiry gave, beside what the insurer was told before."""

    GONE_ON = auto()  # it is found anew already, or another's
    AS_BEFORE = auto()
    BROUGHT = auto()
    TAKEN_AWAY = auto()


def recheck(house: House, actor: Actor, insurer_id: str) -> Rechecked:
    """Look again at every inquiry of an insurer that found nobody; call it after an import, and once rules changed.

    An inquiry is a unit of work of its own, so that nobody waits; what is broken off, `inquiry daily` begins again.
    """
    with house.reading(actor) as work:
        generation = active_generation(work.session, insurer_id)
        version, since = version_of(rules_of(work, insurer_id)), work.now - LOOKED_AGAIN_FOR
        waiting_ids = (
            found_nobody(work.session, insurer_id, generation_id=generation.id, rule_version=version, since=since)
            if generation
            else []
        )
    seen: Counter[_Seen] = Counter()
    for inquiry_id in waiting_ids:
        with house.work(actor) as work:
            seen[_look_again(work, insurer_id, inquiry_id)] += 1
    found, gone = seen[_Seen.BROUGHT], seen[_Seen.TAKEN_AWAY]
    if generation is not None:
        with house.work(actor) as work:
            _mark_asked(work, generation, version)
            counted = {"found": str(found), "gone": str(gone)}
            work.record("roster:rechecked", None, insurer=insurer_id, generation=generation.id, **counted)
    return Rechecked(seen.total() - seen[_Seen.GONE_ON], found, gone)


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
        if not _is_done(work, each) and work.session.get_one(Roll, each.roll_number).forms == current_forms()
    ]


def _is_done(work: Work, roster: RosterGeneration) -> bool:
    """Say whether everybody was looked at on a roster, and the list says nothing of another."""
    if roster.rechecked_by != version_of(rules_of(work, roster.insurer_id)):
        return False
    return all(later.generation_id == roster.id for later in later_findings(work.session, roster.insurer_id))


def finish(house: House, actor: Actor, insurer_id: str) -> bool:
    """Look again at what is due for an insurer."""
    recheck(house, actor, insurer_id)
    return True


def _look_again(work: Work, insurer_id: str, inquiry_id: str) -> _Seen:
    """Look again at one inquiry, and put it on the list or take it off."""
    inquiry = locked_within(work.session, Scope(insurer_id=insurer_id), inquiry_id)
    row = identification_in_force(work.session, inquiry_id)
    if inquiry is None or row is None or row.finding != Finding.NONE:
        return _Seen.GONE_ON
    found = look_again(work, inquiry, row)
    later = later_finding_about(work.session, row.id)
    if still_holds(work, row, found):
        return _taken_away(work, inquiry, later, found)
    later = later or LaterFinding(
        id=new_id(), insurer_id=insurer_id, inquiry_id=inquiry.id, identification_id=row.id, finding=""
    )
    return _brought(work, inquiry, later, found)


def _taken_away(work: Work, inquiry: Inquiry, later: LaterFinding | None, found: Found) -> _Seen:
    """Take an inquiry off the list: a roster was put back, or corrected, and what was told is so no longer."""
    if later is None or later.done_at is not None:
        return _Seen.AS_BEFORE
    _write(later, inquiry, found)
    later.done_at = work.now
    work.note(inquiry, TAKES_PERSON_AWAY, generation=later.generation_id)
    return _Seen.TAKEN_AWAY


def _brought(work: Work, inquiry: Inquiry, later: LaterFinding, found: Found) -> _Seen:
    """Put an inquiry on the list, unless whoever dealt with it, or waits there, was told the very same."""
    finding, said = later.finding, later.said
    _write(later, inquiry, found)
    if finding == later.finding and said in ("", later.said):
        return _Seen.AS_BEFORE
    later.found_at, later.done_at, later.done_by = work.now, None, None
    work.session.add(later)
    work.note(inquiry, BRINGS_PERSON, generation=later.generation_id)
    return _Seen.BROUGHT


def _write(later: LaterFinding, inquiry: Inquiry, found: Found) -> None:
    later.finding, later.generation_id = found.decision.finding, found.generation.id
    later.said = commitment(inquiry.salt, canonical(found.decision))


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

    It is about an answer that was given. Nobody overrules what the roster says of one that is owed.

    :raises NotFound: if it is absent, or another insurer's.
    :raises Forbidden: if the actor is no supervisor, it is not answered, or it is ticked off already.
    """
    later = later_finding_of(work.session, work.actor.insurer_id or "", later_id)
    if later is None:
        raise NotFound("later_finding:not_found")
    inquiry = work.inquiry(later.inquiry_id)
    if not work.actor.is_supervisor:
        raise Forbidden("later_finding:supervisor_only")
    if State(inquiry.state) not in GIVEN:
        raise Forbidden("later_finding:not_answered")
    if later.done_at is not None:
        raise Forbidden("later_finding:done_already")
    later.done_at, later.done_by = work.now, work.actor.account_id
    work.note(inquiry, LATER_FINDING_DONE)
    return later
