"""The small world on a migrated database, founded once on each engine; every test works on a copy."""

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest

from inquiry.store import schema
from inquiry.store.engine import connect
from tests.postgres import PostgresServer
from tests.world import ROOT, World, found, open_house

FOUNDED = "founded"


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
def on_postgres(postgres_server: PostgresServer) -> World:
    return founded_on(postgres_server.create(FOUNDED))


@pytest.fixture(scope="session")
def sqlite_template(on_sqlite: tuple[Path, World]) -> Path:
    return on_sqlite[0]


@pytest.fixture(scope="session")
def postgres_template(on_postgres: World) -> str:
    return FOUNDED


@pytest.fixture
def world(database_url: str, request: pytest.FixtureRequest) -> Iterator[World]:
    is_postgres = database_url.startswith("postgresql")
    founded = request.getfixturevalue("on_postgres") if is_postgres else request.getfixturevalue("on_sqlite")[1]
    engine = connect(database_url)
    world = copy.copy(founded)
    world.house, world.clock = open_house(engine)
    yield world
    engine.dispose()
