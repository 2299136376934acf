"""Invented people as they are, before any office wrote them down: families, periods of cover, foreigners.

Person number i follows from the seed alone: people are drawn in blocks of BLOCK, each from its own generator, so that
nobody has to be kept. Numbers below the size of a roster are on it; whoever has a higher number is not a member.
"""

import random
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache

from benchmarks.matching import names
from benchmarks.matching.names import FEMALE, MALE, Name, Random

BLOCK = 24
TODAY = date(2026, 11, 1).toordinal()
TOWNS = (
    "東京都杉並区荻窪", "岐阜県大垣市青墓町", "岩手県盛岡市本町通", "埼玉県川越市脇田町", "大阪府堺市北区長曽根町",
    "北海道札幌市北区麻生町", "福岡県北九州市小倉北区魚町", "愛知県名古屋市千種区今池", "宮城県仙台市青葉区国分町",
    "広島県福山市三之丸町", "長野県松本市大手", "京都府宇治市広野町", "高知県高知市帯屋町", "新潟県長岡市大手通",
)  # fmt: skip


class Origin(Enum):
    """Whose custom of writing a name is."""

    JAPANESE = 1
    LATIN = 2
    CHINESE = 3


Whole = tuple[Name, Name]
Cover = tuple[int, int | None]  # acquired and lost, as ordinals


@dataclass(slots=True)
class Person:
    """The truth about one person; days are ordinals. `luck` decides how offices write the person down."""

    number: int
    sex: str
    born: int
    origin: Origin
    name: Whole
    address: str
    household: int
    branch: int
    luck: int
    covers: list[Cover] = field(default_factory=list)
    former: Whole | None = None
    alias: Whole | None = None

    @property
    def is_late(self) -> bool:
        """Say whether the person joined, and the roster does not know it yet."""
        return self.luck % 331 == 0

    @property
    def is_unlinked(self) -> bool:
        """Say whether the roster holds later periods under another 加入者ID, as if of somebody else."""
        return len(self.covers) > 1 and self.luck % 37 == 0


def block(seed: int, number: int) -> tuple[Person, ...]:
    """Draw a block of people, family by family; the last family may be cut."""
    draw = random.Random(f"{seed}/{number}").random
    people: list[Person] = []
    while len(people) < BLOCK:
        _Family(number * BLOCK + len(people), draw).add_to(people)
    return tuple(people[:BLOCK])


_block_again = lru_cache(maxsize=4096)(block)


def person(seed: int, number: int) -> Person:
    return _block_again(seed, number // BLOCK)[number % BLOCK]


class _Family:
    """One household, drawn person by person."""

    def __init__(self, number: int, draw: Random) -> None:
        self.number, self.draw = number, draw
        self.origin = Origin.JAPANESE
        if draw() < 0.025:
            self.origin = Origin.LATIN if draw() < 0.6 else Origin.CHINESE
        self.surname = names.surname(draw)
        town = TOWNS[int(draw() * len(TOWNS))]
        house = int(draw() * 60_000)
        self.address = f"{town}{house % 5 + 1}-{house // 5 % 40 + 1}-{house // 200 % 30 + 1}"
        self.branches = 0

    def add_to(self, people: list[Person]) -> None:
        draw = self.draw
        age = 20 + draw() * 46 if draw() < 0.88 else 66 + draw() * 30
        sex = MALE if draw() < 0.6 else FEMALE
        people.append(self.member(age, sex))
        if age > 26 and draw() < 0.5:
            people.append(self.member(max(20.0, age - 5 + draw() * 10), FEMALE if sex == MALE else MALE))
        if 26 < age < 62:
            self.add_children(people, age)

    def add_children(self, people: list[Person], age: float) -> None:
        draw = self.draw
        chance, child_age = draw(), 0.0
        for enough in (0.45, 0.72, 0.94):
            if chance < enough:
                return
            is_twin = child_age > 0 and draw() < 0.012
            elder = people[-1]
            child_age = draw() * min(22.0, age - 22)
            child = self.member(child_age, MALE if draw() < 0.51 else FEMALE)
            if is_twin:
                child.born, child.covers = elder.born, elder.covers
            people.append(child)

    def member(self, age: float, sex: str) -> Person:
        draw = self.draw
        born = TODAY - int(age * 365.2425)
        who = Person(
            self.number + self.branches, sex, born, self.origin, self.name(sex, born), self.address, self.number,
            self.branches, int(draw() * 1_000_000_007),
        )  # fmt: skip
        self.branches += 1
        who.covers = self.covers(born, age)
        if self.origin is not Origin.JAPANESE and draw() < 0.45:
            who.alias = self.surname, names.given_name(sex, _year(born), draw)
        elif sex == FEMALE and age > 25 and draw() < 0.2:
            who.former = names.surname(draw), who.name[1]
        return who

    def name(self, sex: str, born: int) -> Whole:
        if self.origin is Origin.LATIN:
            return names.latin_name(sex, self.draw)
        if self.origin is Origin.CHINESE:
            return names.chinese_name(sex, self.draw)
        return self.surname, names.given_name(sex, _year(born), self.draw)

    def covers(self, born: int, age: float) -> list[Cover]:
        """Draw periods in a row: about 1.39 of them a person, the last one mostly open."""
        draw = self.draw
        begin = born if age < 20 else TODAY - int(draw() * (age - 19.5) * 365)
        found: list[Cover] = []
        while draw() < 0.32 and TODAY - begin > 200:
            end = begin + 1 + int(draw() * (TODAY - begin - 100))
            found.append((begin, end))
            begin = end if draw() < 0.4 else end + 1 + int(draw() * (TODAY - end))
        end = begin + 1 + int(draw() * (TODAY - begin)) if draw() < 0.12 and begin < TODAY else None
        return [*found, (begin, end)]


def _year(born: int) -> int:
    return 1970 + int((born - 719_163) / 365.2425)
