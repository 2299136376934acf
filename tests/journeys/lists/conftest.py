"""Stages on which insurers go, come and are renamed: one for each file, so that no other journey meets what is left."""

from collections.abc import Iterator

import pytest

from inquiry.cli.walkthrough.person import Person
from inquiry.cli.walkthrough.stage import Stage, staged
from tests.journeys.journey import Cast, cast


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("stage")) as built:
        yield built
        built.house.sessions.kw["bind"].dispose()


@pytest.fixture(scope="module")
def people(stage: Stage) -> Cast:
    return cast(stage)


@pytest.fixture
def pmo(stage: Stage) -> Person:
    return stage.enters("pmo", "pmo")


@pytest.fixture
def second(stage: Stage) -> Person:
    """Return the other one of the PMO staff."""
    return stage.enters("pmo2", "pmo2")
