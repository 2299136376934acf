"""A roster of invented people, of any size: as members, as a CSV, or one person by number.

    python -m benchmarks.matching.population roster.csv --persons 1000000 [--seed 2017]

Nothing is kept: the file is written as people are drawn, and the same seed gives the same bytes, however many
processes draw.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import TypeVar

from benchmarks.matching import people
from benchmarks.matching.held import members_of, rows_of
from benchmarks.matching.people import BLOCK, Person
from inquiry.domain.member import Member
from inquiry.domain.roster import ROSTER_COLUMNS
from inquiry.domain.subject import Subject

PART = 200 * BLOCK  # persons drawn in one go
Part = TypeVar("Part")


class Population:
    """The people on one insurer's roster, by number from 0."""

    def __init__(self, size: int, seed: int) -> None:
        self.size, self.seed = size, seed

    def person(self, number: int) -> Person:
        return people.person(self.seed, number)

    def persons(self, start: int = 0, stop: int | None = None) -> Iterator[Person]:
        """Yield the people from one number to before another; both are multiples of BLOCK, or the end."""
        end = min(self.size, stop or self.size)
        for first in range(start, end, BLOCK):
            yield from people.block(self.seed, first // BLOCK)[: end - first]

    @property
    def members(self) -> list[Member]:
        """Everybody at once, which a small roster allows."""
        return [member for person in self.persons() for member in members_of(person)]

    def in_parts(self, work: Callable[[int], Part], processes: int = 1) -> Iterator[Part]:
        """Yield what `work` makes of each PART persons, given the number of the first; in order."""
        firsts = range(0, self.size, PART)
        if processes == 1:
            yield from map(work, firsts)
            return
        with Pool(processes) as pool:
            yield from pool.imap(work, firsts)

    def write(self, target: Path, *, processes: int = 1) -> int:
        """Write the roster as CSV and return how many rows it has."""
        rows = 0
        with target.open("w", encoding="utf-8", newline="") as file:
            file.write(",".join(ROSTER_COLUMNS) + "\n")
            for part in self.in_parts(self.rows, processes):
                file.write(part)
                rows += part.count("\n")
        return rows

    def rows(self, first: int) -> str:
        """Return the rows of PART persons, as they stand in the file."""
        return "".join(row for person in self.persons(first, first + PART) for row in rows_of(person))


def about(member: Member) -> Subject:
    """Return an inquiry that says just what the roster says."""
    return Subject(member.name, member.birth_date, member.sex)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    started = time.perf_counter()
    rows = Population(asked.persons, asked.seed).write(asked.target, processes=asked.processes)
    took = time.perf_counter() - started
    print(f"{asked.persons:,} persons, {rows:,} rows in {took:.1f} s, {rows / took:,.0f} rows/s")


if __name__ == "__main__":
    main()
