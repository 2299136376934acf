"""Bringing together what stood far apart in a file about one person (離れた行の併合).

Within a window of the file it is done before sealing; beyond it, here: memory does not grow with the file.

Decides   that whoever files or answers waits for a portion being written, never for the reading, opening and sealing
          before it. Nobody looks up the roll yet; what is interrupted goes with its import.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from inquiry.domain.member import Member
from inquiry.domain.parties import Actor
from inquiry.domain.table_text import RowProblem
from inquiry.security.blinding import BlindKey
from inquiry.store import rolls
from inquiry.store.rolls import Exchange, SealedMember, exchanged
from inquiry.workflow.roster_sealing import Entry, RollSealing
from inquiry.workflow.work import House

PORTION = 1_000  # people written in one unit of work

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


def merge_scattered(
    house: House, actor: Actor, sealing: RollSealing, tell: Callable[[Sequence[RowProblem]], None]
) -> Merging:
    """Make one person of those who share a 加入者ID, and tell of each row that contradicts.

    It contradicts the first of its person, and is taken away, as it would have been within a window.
    """
    merging = Merging(tell)
    for scattered in _scattered(house, sealing.roll_number):
        people = [opened(sealing, sealed) for sealed in scattered]
        merged = [Entry(some[0][0].no, some[0][0].line, merging.person(some)) for some in people]
        _write(house, actor, sealing, exchange_of(sealing, list(chain.from_iterable(people)), merged))
    return merging


def _scattered(house: House, roll_number: int) -> Iterator[list[list[SealedMember]]]:
    behind: int | None = None
    while True:
        with house.reading() as work:
            portion = rolls.scattered(work.session, roll_number, behind=behind, limit=PORTION)
        if not portion:
            return
        yield portion
        behind = portion[-1][0].person


def withhold(house: House, actor: Actor, sealing: RollSealing, persons: Sequence[BlindKey]) -> int:
    """Mark people of a roll as 不開示 and return how many were not; whoever is not on it is passed over.

    A row that cannot be taken over takes nobody's protection away.
    """
    marked = 0
    wanted = list(dict.fromkeys(persons))
    for start in range(0, len(wanted), PORTION):
        with house.reading() as work:
            known = rolls.persons_known(work.session, sealing.roll_number, wanted[start : start + PORTION])
        people = open_to_all(sealing, known.values())
        if people:
            _write(house, actor, sealing, exchange_of(sealing, people, map(withheld, people)))
        marked += len(people)
    return marked


def open_to_all(sealing: RollSealing, people: Iterable[SealedMember]) -> list[Opened]:
    """Return those of some people who are not 不開示."""
    return [(each, member) for each, member in opened(sealing, people) if not member.is_withheld]


def withheld(person: Opened) -> Entry:
    """Return somebody as 不開示, in their place."""
    sealed, member = person
    return Entry(sealed.no, sealed.line, replace(member, is_withheld=True))


def exchange_of(sealing: RollSealing, people: Sequence[Opened], by: Iterable[Entry]) -> Exchange:
    """Return what makes entries of a roll into others."""
    lying = sealing.keys_of([Entry(each.no, each.line, member) for each, member in people])
    return exchanged(([each.no for each, _ in people], lying), sealing.seal(list(by)))


def opened(sealing: RollSealing, sealed: Iterable[SealedMember]) -> list[Opened]:
    """Open people of a roll; whoever calls this records the reading."""
    return [(each, sealing.open(each.no, each.member_ct)) for each in sealed]


def _write(house: House, actor: Actor, sealing: RollSealing, exchange: Exchange) -> None:
    with house.work(actor) as work:
        rolls.exchange(work.session, sealing.roll_number, exchange)
