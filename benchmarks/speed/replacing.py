"""Whether work goes on while a roster is replaced: how long a look-up and a filing take idle and meanwhile.

There is a roster before to give up, as there is on every day but the second: the switch ends it, and its people are
deleted afterwards.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from benchmarks.matching.population import Population, about
from benchmarks.speed.house import SEED, Bench
from inquiry.domain.subject import Subject
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_loading import RosterFile, load
from inquiry.workflow.roster_search import roster_in_force

PAUSE = 0.001
BETWEEN_FILINGS = 0.05
REPLACEMENTS = 3

Deed = Callable[[Bench, int], None]
_SPAWN = get_context("spawn")  # a forked process would share what SQLite remembers of its locks


class Somebody:
    """Does one thing after the other in a process of their own, each in a unit of its own, until told to stop."""

    def __init__(self, bench: Bench, do: Deed, pause: float) -> None:
        self.times: list[float] = []
        self.errors = 0
        self._end, end = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_go_on, args=(bench, do, pause, end))

    def __enter__(self) -> "Somebody":
        self._process.start()
        self._end.recv()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._end.send(None)
        self.times, self.errors = self._end.recv()
        self._process.join()

    def percentile(self, share: float) -> float:
        return sorted(self.times)[int(len(self.times) * share)] if self.times else 0.0


def _go_on(bench: Bench, do: Deed, pause: float, end: Connection) -> None:
    times, errors, place = [], 0, 0
    do(bench, place)  # and be warm
    end.send(None)
    while not end.poll():
        began = time.perf_counter()
        try:
            do(bench, place)
        except Exception:
            errors += 1
        times.append((time.perf_counter() - began) * 1e3)
        place += 1
        time.sleep(pause)
    end.send((times, errors))


def looking(bench: Bench, persons: int) -> Somebody:
    members = Population(min(persons, 2_000), SEED).members
    return Somebody(bench, partial(_look, [about(member) for member in members]), PAUSE)


def _look(subjects: list[Subject], bench: Bench, place: int) -> None:
    with bench.house.reading() as work:
        roster = roster_in_force(work, bench.insurer_id)
        next(roster.look([(subjects[place % len(subjects)], None)]))


def filing(bench: Bench) -> Somebody:
    """Return somebody who writes as whoever files or answers does: a unit of work with its entry in the ledger."""
    return Somebody(bench, _file, BETWEEN_FILINGS)


def _file(bench: Bench, _place: int) -> None:
    with bench.house.work(bench.operator) as work:
        work.record("roster:searched")


@dataclass(frozen=True)
class Replaced:
    """Milliseconds: a look-up at two percentiles, idle and meanwhile; the slowest look-up and the slowest filing.

    `switch` is the median of moving the pointer, `clearing` of deleting who was on the roster before.
    """

    idle: tuple[float, float]
    meanwhile: tuple[float, float]
    slowest_look: float
    slowest_filing: float
    errors: int
    switch: float
    clearing: float


def replaced(bench: Bench, file: Path, persons: int) -> Replaced:
    """Replace the roster by another file, and again, while somebody looks people up and somebody files."""
    bench.take_over(file, processes=2)
    with looking(bench, persons) as idle:
        time.sleep(3)
    with looking(bench, persons) as reader, filing(bench) as filer:
        taken = [_once(bench, file) for _ in range(REPLACEMENTS)]
        time.sleep(1)
    return Replaced(
        (idle.percentile(0.5), idle.percentile(0.99)),
        (reader.percentile(0.5), reader.percentile(0.99)),
        max(reader.times),
        max(filer.times),
        idle.errors + reader.errors + filer.errors,
        switch=median(switching for switching, _ in taken),
        clearing=median(clearing for _, clearing in taken),
    )


def _once(bench: Bench, file: Path) -> tuple[float, float]:
    """Replace the roster and return the milliseconds of the switch and of deleting who was on the one before."""
    with file.open("rb") as stream:
        source = RosterFile(stream, file.stat().st_size)
        generation_id = load(bench.house, bench.operator, bench.insurer_id, file=source, processes=2)
    began = time.perf_counter()
    bench.switch(generation_id)
    switched = time.perf_counter()
    clear(bench.house, bench.operator, bench.insurer_id)
    return (switched - began) * 1e3, (time.perf_counter() - switched) * 1e3
