"""One inquiry of which the truth is known: whom it is about, what it claims, and which finding the rules allow.

A family of trouble makes cases out of people; `None` where it cannot arise from a person.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from benchmarks.matching import held
from benchmarks.matching.names import Name
from benchmarks.matching.people import BLOCK, Origin, Person, Whole
from benchmarks.matching.population import Population
from benchmarks.matching.writing import LARGE, new_form
from inquiry.domain.member import CoverDates, Member
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex, Subject

Identity = tuple[str, str, PartialDate, Sex]


class Allowed(Enum):
    """What may follow from an inquiry, by the table of identifiers; ONE is always about the right person."""

    ONE = "one"
    GUARDED = "one ●"  # an officer must look, and the inquiry counts as answerable
    LOOK = "confirm"
    NOBODY = "none"
    ANY = "any"  # the table does not say; only a wrong person is a fault

    @property
    def forbids_one(self) -> bool:
        return self in (Allowed.GUARDED, Allowed.LOOK, Allowed.NOBODY)


@dataclass(frozen=True, slots=True)
class Case:
    """An inquiry; `person` is None if nobody on the roster is meant. `beside` joins the members found."""

    subject: Subject
    person: Person | None
    allowed: Allowed
    dates: CoverDates = field(default_factory=CoverDates)
    beside: tuple[Member, ...] = ()

    @property
    def claim(self) -> Identity:
        """Return the three identifiers as claimed, in one spelling, to tell a namesake from a mistake."""
        return identity(self.subject.name, self.subject.birth_date, self.subject.sex)


def identity(name: PersonName, born_on: PartialDate, sex: Sex) -> Identity:
    written, kana = (text.replace("　", "").replace(" ", "") for text in (new_form(name.written), name.kana))
    return written, kana.translate(LARGE), born_on, sex


def identities(person: Person) -> set[Identity]:
    """Return every identity a person could be taken for."""
    wholes = [whole for whole in (person.name, person.alias, person.former) if whole]
    return {identity(full_name(whole, person), born(person), Sex(person.sex)) for whole in wholes}


def born(person: Person) -> PartialDate:
    return PartialDate.of(date.fromordinal(person.born))


def full_name(whole: Whole, person: Person) -> PersonName:
    """Write a name as a municipality does."""
    space = " " if person.origin is Origin.LATIN and whole[0].written.isupper() else "　"
    return PersonName(f"{whole[0].written}{space}{whole[1].written}", f"{whole[0].kana}　{whole[1].kana}")


def about(person: Person, **changes: object) -> Subject:
    """Return an inquiry as the municipality's register has it."""
    return replace(Subject(full_name(person.name, person), born(person), Sex(person.sex)), **changes)


class Chance:
    """Whom the inquiries are about: members by chance, and people who are not members."""

    def __init__(self, population: Population, seed: int) -> None:
        self.population = population
        self.draw = random.Random(f"inquiries/{seed}")
        self._beyond = population.size + 1_000
        self._walk = self._through_blocks()

    def below(self, number: int) -> int:
        return self.draw.randrange(number)

    def member(self) -> Person:
        """Draw a person whom the roster knows."""
        return next(self._walk)

    def _through_blocks(self) -> Iterator[Person]:
        """Walk through blocks drawn by chance: to draw one person costs as much as to draw a block."""
        while True:
            first = self.below(self.population.size) // BLOCK * BLOCK
            for number in range(first, min(first + BLOCK, self.population.size)):
                person = self.population.person(number)
                if not person.is_late:
                    yield person

    def stranger(self) -> Person:
        """Draw a person whom the roster does not know."""
        self._beyond += 1
        return self.population.person(self._beyond)


Arise = Callable[[Person, Chance], Subject | None]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A family of inquiries; `share` is how many of ten thousand in a believable stream it makes."""

    name: str
    allowed: Allowed
    arise: Callable[[Person, Chance], Subject | Case | None]
    share: int = 0

    def case(self, chance: Chance) -> Case | None:
        """Make a case out of a member drawn by chance."""
        person = chance.member()
        found = self.arise(person, chance)
        if found is None or isinstance(found, Case):
            return found
        return Case(found, person, as_held(person, found, self.allowed))

    def cases(self, chance: Chance, number: int) -> list[Case]:
        """Make so many cases, or as many as come about in a bounded number of tries."""
        found: list[Case] = []
        for _ in range(number * 400):
            case = self.case(chance)
            if case:
                found.append(case)
            if len(found) == number:
                break
        return found


def as_held(person: Person, subject: Subject, allowed: Allowed) -> Allowed:
    """Lower what is allowed where the roster itself has a gap that nothing in the inquiry bears out."""
    if allowed not in (Allowed.ONE, Allowed.GUARDED, Allowed.ANY) or held.is_clear(person):
        return allowed
    if not held.is_guarded(person) or allowed is not Allowed.ONE:
        return Allowed.LOOK
    return Allowed.ANY if subject.address or subject.number else Allowed.GUARDED


def renamed(person: Person, surname: Name, given: Name) -> Subject:
    return about(person, name=full_name((surname, given), person))
