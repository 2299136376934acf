"""What a decision is made of, and what the least of it would be: the parts of a look-up, one by one.

    python -m benchmarks.speed.parts --persons 20000 --engine sqlite postgresql

The bare query asks for one key; a decision must ask for what the rules name: the keys of the person, and those of the
namesakes (docs/decisions/0033-what-a-look-up-is-measured-against.md). *Least* is that statement alone, its hits opened
and nothing said about them; what comes above it is reading names, comparing and giving reasons. All are asked in turn
about each person.
"""

import argparse
import time
from collections.abc import Callable
from contextlib import closing
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.matching.cases import Chance
from benchmarks.matching.population import Population
from benchmarks.matching.trial import stream
from benchmarks.speed.house import POSTGRES, SEED, SQLITE, Bench, bench_on, roster_file
from benchmarks.speed.looking import ASKED, bare_look
from inquiry.domain.subject import Subject
from inquiry.matching.keys import lookup_keys, namesake_keys
from inquiry.matching.names import names_of
from inquiry.workflow.deciding import Evidence
from inquiry.workflow.roster_search import RosterInForce, roster_in_force

Parts = dict[str, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--engine", nargs="+", choices=(SQLITE, POSTGRES), default=[SQLITE, POSTGRES])
    parser.add_argument("--files", type=Path, default=Path("var/benchmarks"), help="where the rosters are kept")
    asked = parser.parse_args()
    asked.files.mkdir(parents=True, exist_ok=True)
    for engine in asked.engine:
        with bench_on(engine) as bench:
            bench.take_over(roster_file(asked.files, asked.persons), processes=2)
            told(engine, parts_of(bench, asked.persons))


def told(engine: str, parts: Parts) -> None:
    """Print each part in microseconds and in bare queries, and what may be compared with what."""
    middle = {name: median(times) for name, times in parts.items()}
    least = sum(middle[name] for name in ("blind keys", "ask", "open"))
    print(f"{engine}\n{'':14}{'µs':>8}{'bare':>7}")
    for name, taken in [*middle.items(), ("least", least)]:
        print(f"{name:<14}{taken:8.1f}{taken / middle['bare']:7.1f}")
    print(f"whole decision ÷ least: {middle['whole'] / least:.2f}\n", flush=True)


def parts_of(bench: Bench, persons: int) -> Parts:
    """Measure part by part about as many people as `looking` asks about, after as many that warm everything up."""
    subjects = [case.subject for case in stream(Chance(Population(persons, SEED), 1), 2 * ASKED)]
    parts: Parts = {}
    with bench.house.reading() as work, closing(bench.house.engine.raw_connection()) as pooled:
        roster = roster_in_force(work, bench.insurer_id)
        bare = bare_look(bench, roster, subjects, driver=pooled.driver_connection)
        for place, subject in enumerate(subjects):
            taken = _one(roster, subject, bare)
            if place >= ASKED:
                for name, microseconds in taken.items():
                    parts.setdefault(name, []).append(microseconds)
    return parts


def _one(roster: RosterInForce, subject: Subject, bare: Callable[[Subject], object]) -> dict[str, float]:
    taken: dict[str, float] = {}

    def timed(name: str, part: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        result = part()
        taken[name] = (time.perf_counter() - began) * 1e6
        return result

    timed("bare", lambda: bare(subject))
    timed("read names", lambda: names_of(subject))
    keys = timed("plain keys", lambda: [*lookup_keys(subject), *chain.from_iterable(namesake_keys(subject))])
    blind = timed("blind keys", lambda: list(roster.sealing.blinding.of(keys).values()))
    hits = timed("ask", lambda: roster.reader.find(blind))
    people = timed("open", lambda: {no: roster.sealing.open(no, token) for _, no, token in hits if token is not None})
    timed("decide", Evidence(subject, None, tuple(people.values()), roster.rules).decide)
    timed("whole", lambda: next(roster.look([(subject, None)])))
    return taken


if __name__ == "__main__":
    main()
