"""The small world on a migrated database, founded once on each engine; every test works on a copy."""

import copy
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from inquiry.store import schema
from inquiry.store.engine import connect
from tests.postgres import PostgresServer
from tests.world import ROOT, World, found, open_house

# Each folder that borrows these fixtures has a database of its own.
FOUNDED = (f"founded_{number}" for number in count(1))


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


@pytest.fixture
def world(database_url: str, request: pytest.FixtureRequest) -> Iterator[World]:
    is_postgres = database_url.startswith("postgresql")
    founded: World = request.getfixturevalue("on_postgres" if is_postgres else "on_sqlite")[1]
    engine = connect(database_url)
    world = copy.copy(founded)
    world.house, world.clock = open_house(engine)
    yield world
    engine.dispose()
