"""The whole product over HTTP: an application on a migrated database with the small world in it."""

import copy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.installed import closed, opened
from tests.web.visitor import Visitor
from tests.world import PASSWORD, World, found


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """Found the small world once; every test works on a copy of it."""
    folder = tmp_path_factory.mktemp("founded")
    app, clock = opened(folder)
    world = found(app.extensions["house"], clock)
    closed(app)
    return folder, world


@pytest.fixture
def app(founded: tuple[Path, World], tmp_path: Path) -> Iterator[Flask]:
    folder = tmp_path / "installation"
    shutil.copytree(founded[0], folder)
    app, _clock = opened(folder)
    yield app
    closed(app)


@pytest.fixture
def world(app: Flask, founded: tuple[Path, World]) -> World:
    """The people of the small world, in the house of this test's application."""
    world = copy.copy(founded[1])
    world.house = app.extensions["house"]
    world.clock = world.house.clock  # type: ignore[assignment]
    return world


@pytest.fixture
def anybody(app: Flask) -> Visitor:
    """Somebody who has not logged in."""
    return Visitor(app.test_client())


@pytest.fixture
def client_as(app: Flask, world: World) -> Callable[[str], Visitor]:
    """Log in one of the world's people by name: clerk, other_clerk, officer, other_officer, pmo, auditor."""

    def log_in(name: str) -> Visitor:
        visitor = Visitor(app.test_client())
        page = visitor.open("/login")
        visitor.send(page, "/login", login_name=name, password=PASSWORD, status=303)
        return visitor

    return log_in
