"""Looking people up on the roster in force (名簿の検索).

Decides   which keys are asked for together: one inquiry costs one statement, a list of a thousand a few. A second one
          counts namesakes only where somebody was found under another spelling than was asked about.
Not here  what a look means: workflow/identifying.py records it. Deciding: matching/decide.py.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from inquiry.domain.errors import NotFound
from inquiry.domain.member import CoverDates, Member, MemberId
from inquiry.domain.subject import Subject
from inquiry.matching.decide import Decision
from inquiry.matching.keys import (
    NamesakeKeys,
    PlainKey,
    further_namesake_keys,
    lookup_keys,
    namesake_keys,
    possible_keys,
)
from inquiry.matching.rules import Rules
from inquiry.store.rolls import RollReader
from inquiry.store.rosters import Roll, RosterGeneration, active_generation
from inquiry.workflow.deciding import Evidence
from inquiry.workflow.matching_rules import rules_of
from inquiry.workflow.roster_sealing import RollSealing, check_forms, sealing_of
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
        wanted = [lookup_keys(subject) for subject, _ in asked]
        counted = [namesake_keys(subject) for subject, _ in asked]
        found = self._found(chain(chain.from_iterable(wanted), _flat(counted)))
        people = [
            {member.member_id: member for key in keys for member in found.members.get(key, ())} for keys in wanted
        ]
        further = [_further(subject, members) for (subject, _), members in zip(asked, people, strict=True)]
        counts = found.counts | self._counted(_flat(further))
        for (subject, dates), members, names, more in zip(asked, people, counted, further, strict=True):
            namesakes = max([sum([counts.get(key, 0) for key in keys]) for keys in (*names, *more)], default=0)
            evidence = Evidence(subject, dates, tuple(members.values()), self.rules, namesakes)
            yield Look(evidence.decide(), evidence, members)

    def people_near(self, subject: Subject) -> dict[MemberId, Member]:
        """Open everybody whom `possible` may show beside a subject; the caller records the search."""
        found = self._found(possible_keys(subject))
        return {member.member_id: member for members in found.members.values() for member in members}

    def _counted(self, keys: Iterable[PlainKey]) -> Counter[PlainKey]:
        """Count who lies under each of the keys, without opening anybody."""
        blind = self.sealing.blinding.of(keys)
        if not blind:
            return Counter()
        plain_of = dict(zip(blind.values(), blind, strict=True))
        return Counter(plain_of[key] for key, _, _ in self.reader.find(list(blind.values())))

    def _found(self, keys: Iterable[PlainKey]) -> "_Found":
        """Ask for many keys at once, and open whom they find, each person once."""
        blind = self.sealing.blinding.of(keys)
        plain_of = dict(zip(blind.values(), blind, strict=True))
        members: dict[PlainKey, list[Member]] = {}
        counts: dict[PlainKey, int] = {}
        opened: dict[int, Member] = {}
        for key, no, token in self.reader.find(list(blind.values())):
            plain = plain_of[key]
            if token is None:
                counts[plain] = counts.get(plain, 0) + 1
                continue
            if no not in opened:
                opened[no] = self.sealing.open(no, token)
            members.setdefault(plain, []).append(opened[no])
        return _Found(members, counts)


@dataclass(frozen=True, slots=True)
class _Found:
    """Who lies under a key, and how many are counted under it."""

    members: dict[PlainKey, list[Member]]
    counts: dict[PlainKey, int]


def _further(subject: Subject, people: dict[MemberId, Member]) -> list[NamesakeKeys]:
    return [keys for member in people.values() for keys in further_namesake_keys(subject, member)]


def _flat(counted: Iterable[Iterable[NamesakeKeys]]) -> Iterator[PlainKey]:
    return chain.from_iterable(chain.from_iterable(counted))


def roster_in_force(work: Work, insurer_id: str) -> RosterInForce:
    """Return an insurer's roster for looking up.

    :raises NotFound: if the insurer keeps none here.
    :raises Forbidden: if its keys were made by another version of the normal forms and find nobody until rebuilt.
    """
    generation = active_generation(work.session, insurer_id)
    if generation is None or generation.roll_number is None:
        raise NotFound("identifying:no_roster")
    roll = work.session.get_one(Roll, generation.roll_number)
    check_forms(roll)
    reader = RollReader(work.session, roll.number)
    return RosterInForce(generation, sealing_of(work.house, roll), rules_of(work, insurer_id), reader)
