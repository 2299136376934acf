"""The application on a migrated SQLite file, with a clock that stands still (試験用の導入)."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from inquiry import Settings, create_app
from tests.world import ROOT, Clock


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
