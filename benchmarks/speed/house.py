"""A house on an empty database of either engine, with one insurer whose roster is measured."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from benchmarks.matching.population import Population
from inquiry.domain.parties import Actor
from inquiry.security.keyring import KeyRing
from inquiry.security.sealing import Sealer
from inquiry.store import schema
from inquiry.store.engine import connect
from inquiry.workflow import accounts, contact_files, roster
from inquiry.workflow.roster_comparing import Consent, weighed
from inquiry.workflow.roster_loading import RosterFile, load
from inquiry.workflow.roster_switching import switch
from inquiry.workflow.work import House, sessions_on
from tests.postgres import postgres_programs, running_postgres

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "06130017"
SQLITE, POSTGRES = "sqlite", "postgresql"
SEED = 2017


@dataclass(frozen=True)
class Bench:
    """A house, its operator, and the insurer."""

    house: House
    operator: Actor
    insurer_id: str
    folder: Path
    url: str

    @property
    def is_postgres(self) -> bool:
        return self.house.engine.dialect.name == POSTGRES

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process without the connections: there it is a house on the same database."""
        return _again, (self.url, self.operator, self.insurer_id, self.folder)

    def take_over(self, file: Path, *, processes: int) -> str:
        """Import a roster whole, as the command does, and return the generation's id."""
        with file.open("rb") as stream:
            generation_id = load(
                self.house,
                self.operator,
                self.insurer_id,
                file=RosterFile(stream, file.stat().st_size),
                processes=processes,
            )
        self.switch(generation_id)
        return generation_id

    def switch(self, generation_id: str) -> None:
        """Bring a loaded roster into force, whatever it changes."""
        consent = Consent(skips_bad=True, allows_vanishing=True, allows_others=True)
        with self.house.reading(self.operator) as work:
            beside = weighed(work, self.insurer_id, generation_id, consent)
        with self.house.work(self.operator) as work:
            switch(work, beside)


@contextmanager
def bench_on(engine: str) -> Iterator[Bench]:
    """Open a house on a new database; PostgreSQL runs privately, with the settings of a server that fears no loss."""
    with tempfile.TemporaryDirectory(prefix="inquiry-speed-") as folder:
        if engine == SQLITE:
            yield _opened(f"sqlite:///{folder}/roster.db", Path(folder))
            return
        programs = postgres_programs()
        if programs is None:
            raise SystemExit("PostgreSQL's server programs are not installed")
        with running_postgres(programs) as server:
            yield _opened(server.create("speed"), Path(folder))


def _opened(url: str, folder: Path) -> Bench:
    engine = connect(url)
    schema.upgrade(engine, ROOT / "migrations")
    house = _house(engine)
    operator = accounts.operator(house)
    with house.work(operator) as work:
        preview = contact_files.preview(work, (ROOT / "examples" / "contacts.csv").read_bytes())
        contact_files.take_over(work, preview.difference, ends_missing=False)
        insurer_id = roster.insurer_of(work, NUMBER).id
    return Bench(house, operator, insurer_id, folder, url)


def _again(url: str, operator: Actor, insurer_id: str, folder: Path) -> Bench:
    return Bench(_house(connect(url)), operator, insurer_id, folder, url)


def _house(engine: Engine) -> House:
    return House(sessions_on(engine), Sealer(KeyRing(1, {1: bytes(32)})), lambda: datetime.now(UTC), None)


def roster_file(folder: Path, persons: int, *, seed: int = SEED) -> Path:
    """Write the evaluation's roster of so many people, once."""
    target = folder / f"roster-{persons}-{seed}.csv"
    if not target.exists():
        Population(persons, seed).write(target, processes=2)
    return target
