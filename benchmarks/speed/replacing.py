"""Whether look-ups go on while a roster is replaced: how long they take idle and meanwhile, how long the switch is.

There is a roster before to give up, as there is on every day but the second: the switch ends it, and its people are
deleted afterwards.
"""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.matching.population import Population, about
from benchmarks.speed.house import SEED, Bench
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_loading import RosterFile, load
from inquiry.workflow.roster_search import roster_in_force
from inquiry.workflow.roster_switching import Consent, switch

PAUSE = 0.001


@dataclass
class Reader:
    """Looks people up one after the other, each in a unit of its own, until told to stop."""

    bench: Bench
    persons: int
    times: list[float] = field(default_factory=list)
    errors: int = 0

    def __enter__(self) -> "Reader":
        self._subjects = [about(member) for member in Population(min(self.persons, 2_000), SEED).members]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        place = 0
        while not self._stop.is_set():
            began = time.perf_counter()
            try:
                with self.bench.house.reading() as work:
                    roster = roster_in_force(work, self.bench.insurer_id)
                    next(roster.look([(self._subjects[place % len(self._subjects)], None)]))
            except Exception:
                self.errors += 1
            self.times.append((time.perf_counter() - began) * 1e3)
            place += 1
            time.sleep(PAUSE)

    def percentile(self, share: float) -> float:
        return sorted(self.times)[int(len(self.times) * share)] if self.times else 0.0

    def percentiles(self) -> tuple[float, float, float]:
        return self.percentile(0.5), self.percentile(0.99), max(self.times, default=0.0)


@dataclass(frozen=True)
class Replaced:
    """Milliseconds of a look-up at two percentiles and the slowest, idle and during the import; errors.

    `switch` and `clearing` are milliseconds too: of moving the pointer, and of deleting who was on the roster before.
    """

    idle: tuple[float, float, float]
    meanwhile: tuple[float, float, float]
    errors: int
    switch: float
    clearing: float


def replaced(bench: Bench, file: Path, persons: int) -> Replaced:
    """Replace the roster by another file, and again, while somebody looks people up."""
    bench.take_over(file, processes=2)
    with Reader(bench, persons) as idle:
        time.sleep(3)
    with Reader(bench, persons) as reader:
        with file.open("rb") as stream:
            source = RosterFile(stream, file.stat().st_size)
            generation_id = load(bench.house, bench.operator, bench.insurer_id, file=source, processes=2)
        with bench.house.work(bench.operator) as work:
            consent = Consent(skips_bad=True, allows_vanishing=True)
            began = time.perf_counter()
            switch(work, bench.insurer_id, generation_id, consent)
        switched = time.perf_counter()
        clear(bench.house, bench.operator, bench.insurer_id)
        cleared = time.perf_counter()
        time.sleep(1)
    return Replaced(
        idle.percentiles(),
        reader.percentiles(),
        idle.errors + reader.errors,
        switch=(switched - began) * 1e3,
        clearing=(cleared - switched) * 1e3,
    )
