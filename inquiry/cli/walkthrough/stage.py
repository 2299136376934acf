"""A server of its own with a fresh database, the example files imported, and an account for everybody (実演の舞台)."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from inquiry import Settings, create_app
from inquiry.cli.walkthrough.person import Person, StepFailed
from inquiry.workflow import account_keeping, accounts, contact_files, demonstration, founding, roster
from inquiry.workflow.work import House

ROOT: Final = Path(__file__).resolve().parents[3]
EXAMPLES: Final = ROOT / "examples"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the play is given: the house, the address of its server, and the people's password."""

    house: House
    base: str
    password: str

    def enters(self, login_name: str, name: str) -> Person:
        """Let somebody log in.

        :raises StepFailed: if the login does not lead in.
        """
        person = Person(name, self.base)
        person.goes_to("/login")
        page = person.sends("/login", login_name=login_name, password=self.password)
        if page.status != 200 or "/login" in page.url:
            raise StepFailed(f"{login_name} cannot log in")
        return person


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_args: object) -> None:
        """Write no line for each request: the transcript says what happened."""


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Build the stage in an empty folder, and take it down again."""
    settings = Settings(
        root=ROOT,
        var=folder,
        database_url=f"sqlite:///{folder / 'inquiry.sqlite3'}",
        keyring_path=folder / "keyring.json",
        secret_key=secrets.token_hex(32),
    )
    app = create_app(settings)
    house: House = app.extensions["house"]
    password = account_keeping.first_password()
    founding.found(house)
    _import_examples(house, password)
    with served(app) as base:
        yield Stage(house, base, password)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of this machine, and return its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def _import_examples(house: House, password: str) -> None:
    operator = accounts.operator(house)
    with house.work(operator) as work:
        preview = contact_files.preview(work, (EXAMPLES / "contacts.csv").read_bytes())
        contact_files.take_over(work, preview.difference, ends_missing=False)
        demonstration.enter_main_lines(work)
        for office in demonstration.OFFICES:
            demonstration.open_account(work, office, password)
    roster.import_whole(house, operator, demonstration.SOCIETY, (EXAMPLES / "roster.csv").read_bytes())
