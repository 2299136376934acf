"""How each family of trouble is decided: one right, one wrong, several, confirm, none, and who is shown as possible.

Run with ``python -m benchmarks.matching.accuracy [--members N] [--inquiries N] [--seed N]``. Members are found by
their look-up keys, as on a sealed roll. Exits with 1 if an inquiry was answered that the rules forbid to answer.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable

from benchmarks.matching.population import TROUBLES, Population, Trouble, inquiries
from inquiry.domain.findings import Finding
from inquiry.domain.member import Member
from inquiry.domain.subject import Subject
from inquiry.matching.decide import decide
from inquiry.matching.keys import LookupKey, lookup_keys, member_keys, possible_keys
from inquiry.matching.possible import possible

KEY = b"benchmark: not a key of anybody."
COLUMNS = ("one right", "one wrong", "several", "confirm", "none", "possible")


class Roll:
    """Members under their keys, as the store keeps them."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._under: defaultdict[LookupKey, list[Member]] = defaultdict(list)
        for member in members:
            for key in member_keys(member, KEY):
                self._under[key].append(member)

    def under(self, keys: Iterable[LookupKey]) -> list[Member]:
        return list({member.member_id: member for key in keys for member in self._under.get(key, ())}.values())


def outcome(roll: Roll, subject: Subject, member: Member) -> str:
    decision = decide(subject, roll.under(lookup_keys(subject, KEY)))
    if decision.finding is Finding.ONE:
        return "one right" if decision.member_id == member.member_id else "one wrong"
    return decision.finding.value


def shown(roll: Roll, subject: Subject, member: Member) -> bool:
    return member.member_id in {
        person.member_id for person in possible(subject, roll.under(possible_keys(subject, KEY)))
    }


def measure(roll: Roll, population: Population, trouble: Trouble, number: int) -> Counter[str]:
    counted: Counter[str] = Counter()
    for subject, member in inquiries(population, trouble, number):
        found = outcome(roll, subject, member)
        counted[found] += 1
        counted["possible"] += found == "none" and shown(roll, subject, member)
    return counted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--inquiries", type=int, default=400)
    parser.add_argument("--seed", type=int, default=2017)
    asked = parser.parse_args()
    start = time.perf_counter()
    population = Population(asked.members, asked.seed)
    roll = Roll(population.members)
    print(f"{asked.members} members under their keys in {time.perf_counter() - start:.1f} s\n")
    print(f"| {'family':<24} | expected | {'n':>4} | " + " | ".join(COLUMNS) + " |")
    print("|---|---|---:|" + "---:|" * len(COLUMNS))
    forbidden = wrong = 0
    for trouble in TROUBLES:
        counted = measure(roll, population, trouble, asked.inquiries)
        number = sum(counted[column] for column in COLUMNS[:-1])
        cells = " | ".join(f"{counted[column]:>{len(column)}}" for column in COLUMNS)
        print(f"| {trouble.name:<24} | {trouble.expected:<8} | {number:>4} | {cells} |")
        forbidden += counted["one right"] if trouble.expected != "one" else 0
        wrong += counted["one wrong"]
    print(f"\nanswered although the rules forbid it: {forbidden}, about somebody else: {wrong}")
    print(f"{time.perf_counter() - start:.1f} s in all")
    return 1 if forbidden else 0


if __name__ == "__main__":
    sys.exit(main())
