"""The application on a migrated SQLite file, with a clock that stands still (試験用の導入).

It is made once for many tests, as it is for a server, and so are its templates and its routes; what is fresh for every
test is the folder with the database and the keys, and the house with its clock.
"""

import copy
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from inquiry import Settings, create_app
from inquiry.workflow.work import House
from tests.world import ROOT, Clock, World


@dataclass(frozen=True, slots=True)
class Installation:
    """The application that serves every test of a run, the folder it lives in, and what that folder is filled from."""

    app: Flask
    house: House
    folder: Path
    template: Path
    founded: World

    @contextmanager
    def begun_afresh(self) -> Iterator[World]:
        """Fill the folder with the small world again, where it is Wednesday morning; what works there ends there."""
        before = threading.enumerate()
        shutil.rmtree(self.folder)
        shutil.copytree(self.template, self.folder)
        clock = Clock()
        self.app.extensions["house"] = replace(self.house, clock=clock)
        world = copy.copy(self.founded)
        world.house, world.clock = self.app.extensions["house"], clock
        yield world
        for thread in set(threading.enumerate()).difference(before):
            # What works behind a page would go on in the next test's database.
            thread.join(timeout=10)
        closed(self.app)


def installed(place: Path, founded: Callable[[House, Clock], World]) -> Installation:
    """Open the product in an empty folder and found a world in it, once for all who begin there."""
    folder, template = place / "installation", place / "template"
    app, clock = opened(folder)
    house: House = app.extensions["house"]
    world = founded(house, clock)
    closed(app)
    shutil.copytree(folder, template)
    return Installation(app, house, folder, template, world)


def opened(folder: Path) -> tuple[Flask, Clock]:
    """Open the product on the database of a folder, with a clock that stands still."""
    app = create_app(
        Settings(
            root=ROOT,
            var=folder,
            database_url=f"sqlite:///{folder / 'inquiry.db'}",
            keyring_path=folder / "keyring.json",
            secret_key="for tests alone",
        )
    )
    app.testing = True
    app.register_error_handler(Exception, _raised)
    clock = Clock()
    app.extensions["house"] = replace(app.extensions["house"], clock=clock)
    return app, clock


def _raised(error: Exception) -> None:
    """Let what is broken fail the test with its own words; the page for users is tests/web/test_shell.py's matter."""
    raise error


def closed(app: Flask) -> None:
    """Let go of the database."""
    app.extensions["house"].sessions.kw["bind"].dispose()
