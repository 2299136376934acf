"""Looking people up on the roster in force (名簿の検索).

Decides   which keys are asked for together: one inquiry costs one statement, a list of a thousand a few.
Not here  what a look means: workflow/identifying.py records it. Deciding: matching/decide.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.member import CoverDates, Member, MemberId
from inquiry.domain.subject import Subject
from inquiry.matching import keys
from inquiry.matching.decide import Decision
from inquiry.matching.keys import LookupKey, lookup_keys, namesake_keys, possible_keys
from inquiry.matching.rules import Rules
from inquiry.store.rolls import Hit, RollReader
from inquiry.store.rosters import Roll, RosterGeneration, active_generation
from inquiry.workflow.deciding import Evidence
from inquiry.workflow.matching_rules import rules_of
from inquiry.workflow.roster_sealing import RollSealing, sealing_of
from inquiry.workflow.work import Work

Asked = tuple[Subject, CoverDates | None]


@dataclass(frozen=True, slots=True)
class Look:
    """What a look into the roster gives: the decision, what it was made of, and its people by their 加入者ID."""

    decision: Decision
    evidence: Evidence
    people: dict[MemberId, Member]


@dataclass(frozen=True, slots=True)
class RosterInForce:
    """An insurer's roster, held as it is until the unit of work ends."""

    generation: RosterGeneration
    sealing: RollSealing
    rules: Rules
    reader: RollReader

    def look(self, asked: Sequence[Asked]) -> Iterator[Look]:
        """Decide about people, in their order; the caller records the search."""
        key = self.sealing.matching_key
        wanted = [lookup_keys(subject, key) for subject, _ in asked]
        counted = [namesake_keys(subject, key) for subject, _ in asked]
        hits, counts = self.reader.find(_every(wanted), _every(counted))
        under = self._opened(hits)
        for (subject, dates), keys_of_one, of_namesakes in zip(asked, wanted, counted, strict=True):
            members = {member.member_id: member for key in keys_of_one for member in under.get(key, ())}
            namesakes = sum([counts.get(key, 0) for key in of_namesakes])
            evidence = Evidence(subject, dates, tuple(members.values()), self.rules, namesakes)
            yield Look(evidence.decide(), evidence, members)

    def people_near(self, subject: Subject) -> dict[MemberId, Member]:
        """Open everybody whom `possible` may show beside a subject; the caller records the search."""
        hits, _ = self.reader.find(possible_keys(subject, self.sealing.matching_key))
        return {member.member_id: member for members in self._opened(hits).values() for member in members}

    def _opened(self, hits: Iterable[Hit]) -> dict[int, list[Member]]:
        """Open whom the keys found, each person once, by key."""
        under: dict[int, list[Member]] = {}
        opened: dict[int, Member] = {}
        for key, no, token in hits:
            if no not in opened:
                opened[no] = self.sealing.open(no, token)
            under.setdefault(key, []).append(opened[no])
        return under


def _every(keys: Iterable[Iterable[LookupKey]]) -> list[LookupKey]:
    return list(dict.fromkeys(chain.from_iterable(keys)))


def roster_in_force(work: Work, insurer_id: str) -> RosterInForce:
    """Return an insurer's roster for looking up.

    :raises NotFound: if the insurer keeps none here.
    :raises Forbidden: if its keys were made by another version of the normal forms and find nobody until rebuilt.
    """
    generation = active_generation(work.session, insurer_id)
    if generation is None or generation.roll_number is None:
        raise NotFound("identifying:no_roster")
    roll = work.session.get_one(Roll, generation.roll_number)
    if roll.forms != keys.VERSION:
        raise Forbidden("roster:rebuild_needed")
    reader = RollReader(work.session, roll.number)
    return RosterInForce(generation, sealing_of(work.house, roll), rules_of(work, insurer_id), reader)
