"""What all tests share: the programs they need, and an empty database of each kind.

A program that is missing skips the test that asks for it, and says so; with CI=true it fails it. What the tests write
lies in memory where there is room for it: they make some thousand databases, and would wait for the disk most of their
time.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import EMPTY, PostgresServer, postgres_programs, running_postgres

MEMORY = Path("/dev/shm")
ROOM_BYTES = 2 * 1024**3
# What takes long to start or to install is asked on demand; other readers of the formats answer each time.
ON_DEMAND = {
    "office": "run what asks LibreOffice itself, and nothing else",
    "standards": "run what asks validators of PDF/UA and PDF/A, and nothing else",
}

# Few examples each time, many times a day; HYPOTHESIS_PROFILE=thorough for a long look.
settings.register_profile("quick", max_examples=25, deadline=None)
settings.register_profile("thorough", max_examples=1_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_configure() -> None:
    """Let temporary files of the tests, and of the programs they start, lie in memory, unless TMPDIR names a place."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM_BYTES:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let each kind be asked for that does not run by itself."""
    for marker, said in ON_DEMAND.items():
        parser.addoption(f"--{marker}", action="store_true", help=said)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the options do not ask for."""
    asked = {marker for marker in ON_DEMAND if config.getoption(f"--{marker}")}
    wanted = [item for item in items if _on_demand(item) & asked or (not asked and not _on_demand(item))]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted


def _on_demand(item: pytest.Item) -> set[str]:
    return {marker for marker in ON_DEMAND if item.get_closest_marker(marker) is not None}


def missing(what: str) -> None:
    """Skip the test for want of something, or fail it where everything ought to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; ./run test installs it")
    pytest.skip(f"{what} is missing; ./run test installs it")


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """Return the path of a program, by the first of its names that is found."""

    def find(*names: str) -> str:
        found = next(filter(None, map(shutil.which, names)), None)
        if found is None:
            missing(names[0])
        return str(found)

    return find


@pytest.fixture(scope="session")
def chromium(program: Callable[..., str]) -> str:
    """Return the browser's path; CHROMIUM names another than the system's."""
    return os.environ.get("CHROMIUM") or program("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def libreoffice(program: Callable[..., str]) -> str:
    """Return LibreOffice's path."""
    return program("soffice", "libreoffice")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Start one PostgreSQL for the whole run."""
    programs = postgres_programs()
    if programs is None:
        missing("PostgreSQL")
    else:
        with running_postgres(programs) as server:
            yield server


@pytest.fixture(scope="session")
def postgres_template() -> str:
    """Name the database that `database_url` copies; a folder's own conftest may name a migrated one."""
    return EMPTY


@pytest.fixture(scope="session")
def sqlite_template() -> Path | None:
    """Name the file that `database_url` copies; a folder's own conftest may name a migrated one."""
    return None


@pytest.fixture(scope="session")
def sqlite_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file in which the tests of a run find their SQLite database, one after the other."""
    return tmp_path_factory.mktemp("sqlite") / "inquiry.db"


@pytest.fixture
def sqlite_url(sqlite_place: Path, sqlite_template: Path | None) -> str:
    """Return the address of a fresh SQLite database, with nothing left beside it."""
    shutil.rmtree(sqlite_place.parent)
    sqlite_place.parent.mkdir()
    if sqlite_template is not None:
        shutil.copyfile(sqlite_template, sqlite_place)
    return f"sqlite:///{sqlite_place}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """Return the address of a fresh PostgreSQL database, dropped after the test."""
    yield postgres_server.create("inquiry", template=postgres_template)
    postgres_server.drop("inquiry")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a fresh database, once of each kind; all of a kind have the same address."""
    return request.getfixturevalue(f"{request.param}_url")
