"""A migrated database and the small world on it, once on each engine."""

from collections.abc import Iterator

import pytest

from inquiry.store import schema
from inquiry.store.engine import connect
from tests.world import ROOT, World, found, open_house


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    engine = connect(database_url)
    schema.upgrade(engine, ROOT / "migrations")
    yield found(*open_house(engine))
    engine.dispose()
