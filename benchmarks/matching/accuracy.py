"""How each family of trouble is decided, and whether the bars are met, on an invented roster of any size.

    python -m benchmarks.matching.accuracy [--persons 20000] [--inquiries 50000] [--each 300] [--seed 2017]

Every inquiry knows its truth. `one right` is the person meant; `namesake` is somebody who bears the very three
identifiers that were claimed, which the rule cannot tell from the person; `one wrong` is anybody else. Exits with 1 if
a bar is missed.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable

from benchmarks.matching.bars import bars, guard
from benchmarks.matching.cases import Chance, Trouble
from benchmarks.matching.population import Population
from benchmarks.matching.roll import Roll
from benchmarks.matching.second_round import SECOND_ROUND
from benchmarks.matching.tally import OUTCOMES, RIGHT
from benchmarks.matching.trial import TROUBLES, Result, answer, stream, tally_of

Families = dict[Trouble, list[Result]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--inquiries", type=int, default=50_000, help="in the mixed stream")
    parser.add_argument("--each", type=int, default=300, help="of every family")
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="that make the keys")
    parser.add_argument("--show", type=int, default=0, help="so many faults, spelled out")
    asked = parser.parse_args()
    started = time.perf_counter()
    roll = Roll(Population(asked.persons, asked.seed), processes=asked.processes)
    print(f"{asked.persons:,} persons under their keys in {time.perf_counter() - started:,.0f} s, seed {asked.seed}\n")
    chance = Chance(roll.population, asked.seed)
    mixed = [answer(roll, case) for case in stream(chance, asked.inquiries)]
    families = {trouble: put(roll, trouble, chance, number=asked.each) for trouble in TROUBLES}
    second = {trouble: put(roll, trouble, chance, number=asked.each) for trouble in SECOND_ROUND}
    print_table("By family of trouble", families)
    print_table("Second round, with dates of cover", second)
    is_met = print_bars(mixed, list(all_of(families)), list(all_of(second)))
    print_faults([*mixed, *all_of(families), *all_of(second)], asked.show)
    print(f"\n{time.perf_counter() - started:,.0f} s in all")
    return 0 if is_met else 1


def put(roll: Roll, trouble: Trouble, chance: Chance, *, number: int) -> list[Result]:
    return [answer(roll, case) for case in trouble.cases(chance, number)]


def all_of(families: Families) -> Iterable[Result]:
    return (result for results in families.values() for result in results)


def print_table(title: str, families: Families) -> None:
    print(f"### {title}\n")
    print("| family | allowed | n | " + " | ".join(OUTCOMES) + " | shown as possible | one right, 95 % |")
    print("|---|---|--:|" + "--:|" * (len(OUTCOMES) + 2))
    for trouble, results in families.items():
        tally = tally_of(results)
        cells = " | ".join(str(tally.outcomes[outcome] or "") for outcome in OUTCOMES)
        shown = f"{tally.shown} of {tally.listed}" if tally.listed else ""
        right = tally.share(RIGHT)
        print(f"| {trouble.name} | {trouble.allowed.value} | {tally.number} | {cells} | {shown} | {right} |")
    print()


def print_bars(mixed: list[Result], families: list[Result], second: list[Result]) -> bool:
    print("### Bars\n\n| | measured (95 %) | bar | |\n|---|---|---|---|")
    found = list(bars(mixed, families, second=second))
    for bar in found:
        print(f"| {bar.name} | {bar.measured} | {bar.limit} | {'PASS' if bar.is_met else 'FAIL'} |")
    print("\n### The namesake guard, in the mixed stream\n\n| | measured (95 %) |\n|---|---|")
    for name, measured in guard(mixed):
        print(f"| {name} | {measured} |")
    return all(bar.is_met for bar in found)


def print_faults(results: list[Result], number: int) -> None:
    for result in [result for result in results if result.is_fault][:number]:
        print(f"\n{result.outcome}: allowed {result.case.allowed.value}\n  {result.case.subject}\n  {result.decision}")


if __name__ == "__main__":
    sys.exit(main())
