"""A server of its own with the example files in it, and everybody logged in, once for all journeys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inquiry.cli.walkthrough.stage import Stage, staged
from tests.journeys.journey import Cast, Journey, cast, journey


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("stage")) as built:
        yield built
        built.house.sessions.kw["bind"].dispose()


@pytest.fixture(scope="session")
def people(stage: Stage) -> Cast:
    return cast(stage)


@pytest.fixture
def begin(stage: Stage, people: Cast, tmp_path: Path) -> Callable[[], Journey]:
    """Begin a journey; each has its own inquiry."""
    return lambda: journey(stage, people, tmp_path)
