"""The whole product over HTTP: an application on a migrated database with the small world in it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.founded import quick_locks
from tests.installed import Installation, installed
from tests.web.visitor import Visitor
from tests.world import PASSWORD, World, found

__all__ = ["quick_locks"]


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Open the product and found the small world in it, once."""
    return installed(tmp_path_factory.mktemp("web"), found)


@pytest.fixture
def world(installation: Installation) -> Iterator[World]:
    """The people of the small world, in the house of this test's application."""
    with installation.begun_afresh() as world:
        yield world


@pytest.fixture
def app(installation: Installation, world: World) -> Flask:
    """Return the application, in which nothing has happened yet."""
    return installation.app


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
