"""The servers that journeys go to, and whoever is at a browser there.

One has the example files in it, its clock goes on, and everybody is logged in once for all journeys. On the other it
is Wednesday morning whenever a journey begins, with the small world and the country's municipalities in it; its clock
stands still until the journey lets time pass.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inquiry.cli.walkthrough.stage import EXAMPLES, Stage, served, staged
from inquiry.workflow import founding
from inquiry.workflow.work import House
from tests.founded import quick_locks
from tests.installed import Installation, installed
from tests.journeys.everybody import Everybody
from tests.journeys.journey import Cast, Journey, cast, journey
from tests.world import PASSWORD, Clock, World, found

__all__ = ["quick_locks"]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The walkthrough's stage, with those persons of the roster who play."""
    examples = tmp_path_factory.mktemp("examples")
    examples.joinpath("contacts.csv").write_bytes((EXAMPLES / "contacts.csv").read_bytes())
    rows = (EXAMPLES / "roster.csv").read_text("utf-8-sig").splitlines()[:100]
    examples.joinpath("roster.csv").write_text("\n".join([*rows, ""]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("inquiry.cli.walkthrough.stage.EXAMPLES", examples)
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


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return installed(tmp_path_factory.mktemp("country"), _country)


def _country(house: House, clock: Clock) -> World:
    founding.found(house)
    return found(house, clock)


@pytest.fixture(scope="session")
def base(installation: Installation) -> Iterator[str]:
    with served(installation.app) as address:
        yield address


@pytest.fixture
def world(installation: Installation) -> Iterator[World]:
    """The small world on Wednesday morning."""
    with installation.begun_afresh() as world:
        yield world


@pytest.fixture
def everybody(world: World, base: str) -> Everybody:
    """The people of the small world, each at a browser."""
    return Everybody(Stage(world.house, base, PASSWORD), world.clock)


@pytest.fixture
def asks(everybody: Everybody, tmp_path: Path) -> Callable[[], Journey]:
    """Let a clerk of the small world begin to ask."""
    return lambda: Journey(everybody.stage, tmp_path).of(everybody)
