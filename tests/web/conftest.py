"""The whole product over HTTP: an application on a migrated database with the small world in it.

The application is made once, as it is for a server, and so are its templates and its routes; what is fresh for every
test is the folder with the database and the keys, and the house with its clock.
"""

import copy
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask

from inquiry.workflow.work import House
from tests.founded import quick_locks
from tests.installed import closed, opened
from tests.web.visitor import Visitor
from tests.world import PASSWORD, Clock, World, found

__all__ = ["quick_locks"]


@dataclass(frozen=True)
class Installation:
    """The application that serves every test of a run, the folder it lives in, and what that folder is filled from."""

    app: Flask
    house: House
    folder: Path
    template: Path
    world: World

    def begin_afresh(self) -> None:
        """Fill the folder with the small world again, where it is Wednesday morning."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.template, self.folder)
        self.app.extensions["house"] = replace(self.house, clock=Clock())


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Open the product and found the small world in it, once."""
    place = tmp_path_factory.mktemp("web")
    app, clock = opened(place / "installation")
    house: House = app.extensions["house"]
    world = found(house, clock)
    closed(app)
    shutil.copytree(place / "installation", place / "template")
    return Installation(app, house, place / "installation", place / "template", world)


@pytest.fixture
def app(installation: Installation) -> Iterator[Flask]:
    """Return the application, in which nothing has happened yet."""
    before = threading.enumerate()
    installation.begin_afresh()
    yield installation.app
    for thread in set(threading.enumerate()).difference(before):
        # What works behind a page would go on in the next test's database.
        thread.join(timeout=10)
    closed(installation.app)


@pytest.fixture
def world(app: Flask, installation: Installation) -> World:
    """The people of the small world, in the house of this test's application."""
    world = copy.copy(installation.world)
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
