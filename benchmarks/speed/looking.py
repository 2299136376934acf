"""How long a look-up takes: one decision, the near misses, a list of ten thousand; against the bare indexed query.

The three are asked in turn about each person, so that none of them finds the database busier, or more asleep, than the
others do: a query that follows the last one at once takes half the time of one that follows a little computing.
"""

import csv
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.matching.cases import Chance
from benchmarks.matching.population import Population
from benchmarks.matching.trial import stream
from benchmarks.speed.house import SEED, Bench
from inquiry.domain.roster import INQUIRY_COLUMNS
from inquiry.domain.subject import Subject
from inquiry.matching.keys import lookup_keys
from inquiry.matching.possible import possible
from inquiry.store.rolls import Tables
from inquiry.web.match_words import output_row
from inquiry.workflow.processes import rare_collections
from inquiry.workflow.roster_judging import judge, list_in
from inquiry.workflow.roster_search import RosterInForce, roster_in_force

ASKED = 2_000
LIST = 10_000


@dataclass(frozen=True)
class Looks:
    """Medians in microseconds, and the seconds of a list."""

    bare: float
    decision: float
    near: float
    list_seconds: float


def measured(bench: Bench, persons: int) -> Looks:
    """Measure person by person, so that whatever else runs on the machine hits all alike."""
    population = Population(persons, SEED)
    subjects = [case.subject for case in stream(Chance(population, 1), ASKED)]
    times: dict[str, list[float]] = {"bare": [], "decision": [], "near": []}
    with bench.house.reading() as work, closing(bench.house.engine.raw_connection()) as pooled:
        roster = roster_in_force(work, bench.insurer_id)
        driver = pooled.driver_connection
        looks = {
            "bare": bare_look(bench, roster, subjects, driver=driver),
            "decision": _decide(roster),
            "near": _near(roster),
        }
        for subject in subjects:
            for name, look in looks.items():
                times[name].append(_microseconds(look, subject))
    bare_us, decision, near = (median(times[name]) for name in ("bare", "decision", "near"))
    return Looks(bare_us, decision, near, list_seconds(bench, population))


def _microseconds(look: Callable[[Subject], object], subject: Subject) -> float:
    began = time.perf_counter()
    look(subject)
    return (time.perf_counter() - began) * 1e6


def bare_look(bench: Bench, roster: RosterInForce, subjects: list[Subject], *, driver) -> Callable[[Subject], object]:
    """Return the look-up of key and payload with nothing around it; the keys are made before anything is timed."""
    key_of = {id(subject): roster.sealing.blinding.one(lookup_keys(subject)[0]) for subject in subjects}
    tables = Tables(roster.sealing.roll_number, bench.is_postgres)
    query = f"SELECT m.member_ct FROM {tables.key} k JOIN {tables.member} m ON m.no = k.no WHERE k.key = {tables.mark}"
    cursor = driver.cursor(binary=True) if bench.is_postgres else driver.cursor()
    return lambda subject: cursor.execute(query, (key_of[id(subject)],)).fetchall()


def _decide(roster: RosterInForce) -> Callable[[Subject], object]:
    return lambda subject: next(roster.look([(subject, None)]))


def _near(roster: RosterInForce) -> Callable[[Subject], object]:
    return lambda subject: possible(subject, roster.people_near(subject).values())


def list_file(folder: Path, population: Population, number: int = LIST) -> Path:
    """Write a list of inquiries of the believable mix."""
    target = folder / f"list-{population.size}.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(INQUIRY_COLUMNS)
        for place, case in enumerate(stream(Chance(population, 2), number)):
            subject = case.subject
            name, born_on = subject.name, subject.birth_date.isoformat()
            beside = (subject.address, subject.symbol, subject.number, "", "")
            writer.writerow((place, name.written, name.kana, born_on, subject.sex, *beside))
    return target


def list_seconds(bench: Bench, population: Population) -> float:
    """Return the seconds that a list of ten thousand takes, from the file to the last decision."""
    file = list_file(bench.folder, population)
    began = time.perf_counter()
    with file.open("rb") as source, rare_collections():
        told = judge(bench.house, bench.operator, bench.insurer_id, list_in(source), tell=output_row, processes=2)
        decided = sum(row is not None for row in told)
    took = time.perf_counter() - began
    return took * LIST / max(1, decided)
