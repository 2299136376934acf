"""The small world on a migrated database, founded once on each engine; every test works on a copy.

The copies of a kind have one address and one engine, which is let go of after each test: the statements that it has
compiled serve all of them, as they do in a server that runs for a day.
"""

import copy
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from inquiry.store import schema
from inquiry.store.engine import connect
from tests.postgres import PostgresServer
from tests.world import ROOT, World, found, open_house

# Each folder that borrows these fixtures has a database of its own.
FOUNDED = (f"founded_{number}" for number in count(1))

engine_at = cache(connect)


def founded_on(url: str) -> World:
    """Found the world on an empty database and let go of it."""
    engine = connect(url)
    schema.upgrade(engine, ROOT / "migrations")
    world = found(*open_house(engine))
    engine.dispose()
    return world


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    path = tmp_path_factory.mktemp("founded") / "inquiry.db"
    return path, founded_on(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def on_postgres(postgres_server: PostgresServer) -> tuple[str, World]:
    database = next(FOUNDED)
    return database, founded_on(postgres_server.create(database))


@pytest.fixture(scope="session")
def sqlite_template(on_sqlite: tuple[Path, World]) -> Path:
    return on_sqlite[0]


@pytest.fixture(scope="session")
def postgres_template(on_postgres: tuple[str, World]) -> str:
    return on_postgres[0]


@pytest.fixture(autouse=True)
def quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lock files with few spins; that a guess at a password costs as many as it should is for tests/documents."""
    monkeypatch.setattr("inquiry.documents.office_encryption.SPINS", 1_000)


@pytest.fixture
def world(database_url: str, request: pytest.FixtureRequest) -> Iterator[World]:
    is_postgres = database_url.startswith("postgresql")
    founded: World = request.getfixturevalue("on_postgres" if is_postgres else "on_sqlite")[1]
    engine = engine_at(database_url)
    world = copy.copy(founded)
    world.house, world.clock = open_house(engine)
    yield world
    engine.dispose()
