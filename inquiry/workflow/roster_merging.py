"""Bringing together what stood far apart in a file about one person (離れた行の併合).

Within a window of the file it is done before sealing; beyond it, here: memory does not grow with the file.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from inquiry.domain.member import Member
from inquiry.domain.table_text import RowProblem
from inquiry.security.blinding import BlindKey
from inquiry.store import rolls
from inquiry.store.rolls import SealedMember
from inquiry.workflow.roster_sealing import Entry, RollSealing
from inquiry.workflow.work import Work

PORTION = 20_000

Opened = tuple[SealedMember, Member]


@dataclass(slots=True)
class Merging:
    """How many entries became one with another, how many periods they repeated, and how many contradict.

    Each row that contradicts is told at once: in a bad file there are as many as people.
    """

    tell: Callable[[Sequence[RowProblem]], None]
    merged: int = 0
    repeated: int = 0
    contradicting: int = 0

    def person(self, people: Sequence[Opened]) -> Member:
        """Return the one person of several entries; what contradicts the first is left out but for its 不開示."""
        kept = people[0][1]
        for each, member in people[1:]:
            if not member.is_same_person_as(kept):
                self.tell([RowProblem(each.line, "加入者ID", "roster:person_contradicts_earlier_row")])
                self.contradicting += 1
                continue
            more = tuple(period for period in member.enrolments if period not in kept.enrolments)
            kept = replace(kept, enrolments=kept.enrolments + more)
            self.merged += 1
            self.repeated += len(member.enrolments) - len(more)
        return replace(kept, is_withheld=any(member.is_withheld for _, member in people))


def merge_scattered(work: Work, sealing: RollSealing, tell: Callable[[Sequence[RowProblem]], None]) -> Merging:
    """Make one person of those who share a 加入者ID, and tell of each row that contradicts.

    It contradicts the first of its person, and is taken away, as it would have been within a window.
    """
    merging = Merging(tell)
    while scattered := rolls.scattered(work.session, sealing.roll_number, PORTION):
        for sealed in scattered:
            people = _opened(sealing, sealed)
            _replace(work, sealing, people, by=[merging.person(people)])
    return merging


def withhold(work: Work, sealing: RollSealing, persons: Sequence[BlindKey]) -> int:
    """Mark people of a roll as 不開示 and return how many were not; whoever is not on it is passed over.

    A row that cannot be taken over takes nobody's protection away.
    """
    known = rolls.persons_known(work.session, sealing.roll_number, list(dict.fromkeys(persons)))
    people = [(each, member) for each, member in _opened(sealing, known.values()) if not member.is_withheld]
    if people:
        _replace(work, sealing, people, by=[replace(member, is_withheld=True) for _, member in people])
    return len(people)


def _opened(sealing: RollSealing, sealed: Iterable[SealedMember]) -> list[Opened]:
    return [(each, sealing.open(each.no, each.member_ct)) for each in sealed]


def _replace(work: Work, sealing: RollSealing, people: Sequence[Opened], *, by: Sequence[Member]) -> None:
    """Take entries from a roll and lay others in the places of the first of them."""
    gone = sealing.keys_of([Entry(each.no, each.line, member) for each, member in people])
    rolls.remove(work.session, sealing.roll_number, [each.no for each, _ in people], gone)
    entries = [Entry(each.no, each.line, member) for (each, _), member in zip(people, by, strict=False)]
    rolls.add(work.session, sealing.roll_number, *sealing.seal(entries))
