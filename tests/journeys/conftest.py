"""A server of its own with the example files in it, and everybody logged in, once for all journeys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inquiry.cli.walkthrough.stage import EXAMPLES, Stage, staged
from tests.journeys.journey import Cast, Journey, cast, journey


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
