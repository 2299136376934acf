"""Whether work goes on while a roster is replaced: how long a look-up and a filing take idle and meanwhile.

There is a roster before to give up, as there is on every day but the second: the switch ends it, and its people are
deleted afterwards.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.matching.population import Population, about
from benchmarks.speed.house import SEED, Bench
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_loading import RosterFile, load
from inquiry.workflow.roster_search import roster_in_force
from inquiry.workflow.roster_switching import switch

PAUSE = 0.001
BETWEEN_FILINGS = 0.05


@dataclass
class Somebody:
    """Does one thing after the other, each in a unit of its own, until told to stop."""

    do: Callable[[int], None]
    pause: float
    times: list[float] = field(default_factory=list)
    errors: int = 0

    def __enter__(self) -> "Somebody":
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        self._thread.join()

    def _go_on(self) -> None:
        place = 0
        while not self._stop.is_set():
            began = time.perf_counter()
            try:
                self.do(place)
            except Exception:
                self.errors += 1
            self.times.append((time.perf_counter() - began) * 1e3)
            place += 1
            time.sleep(self.pause)

    def percentile(self, share: float) -> float:
        return sorted(self.times)[int(len(self.times) * share)] if self.times else 0.0


def looking(bench: Bench, persons: int) -> Somebody:
    subjects = [about(member) for member in Population(min(persons, 2_000), SEED).members]

    def look(place: int) -> None:
        with bench.house.reading() as work:
            roster = roster_in_force(work, bench.insurer_id)
            next(roster.look([(subjects[place % len(subjects)], None)]))

    return Somebody(look, PAUSE)


def filing(bench: Bench) -> Somebody:
    """Return somebody who writes as whoever files or answers does: a unit of work with its entry in the ledger."""

    def file(_place: int) -> None:
        with bench.house.work(bench.operator) as work:
            work.record("roster:searched")

    return Somebody(file, BETWEEN_FILINGS)


@dataclass(frozen=True)
class Replaced:
    """Milliseconds: a look-up at two percentiles, idle and meanwhile; the slowest look-up and the slowest filing.

    `switch` is of moving the pointer, `clearing` of deleting who was on the roster before.
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
        with file.open("rb") as stream:
            source = RosterFile(stream, file.stat().st_size)
            generation_id = load(bench.house, bench.operator, bench.insurer_id, file=source, processes=2)
        with bench.house.work(bench.operator) as work:
            consent = Consent(skips_bad=True, allows_vanishing=True, allows_others=True)
            began = time.perf_counter()
            switch(work, bench.insurer_id, generation_id, consent)
        switched = time.perf_counter()
        clear(bench.house, bench.operator, bench.insurer_id)
        cleared = time.perf_counter()
        time.sleep(1)
    return Replaced(
        (idle.percentile(0.5), idle.percentile(0.99)),
        (reader.percentile(0.5), reader.percentile(0.99)),
        max(reader.times),
        max(filer.times),
        idle.errors + reader.errors + filer.errors,
        switch=(switched - began) * 1e3,
        clearing=(cleared - switched) * 1e3,
    )
