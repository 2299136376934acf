"""The console command as its users run it, in this process: its words, its exit code, and a database of its own.

An installation is made and filled once; every test works on a copy of it.
"""

import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inquiry.cli import main
from inquiry.workflow.work import House
from tests.postgres import PostgresServer
from tests.world import ROOT

EXAMPLES = ROOT / "examples"
SOCIETY = "06130017"


@dataclass(frozen=True)
class Outcome:
    """What came back: exit code, what was said, and what was said beside it."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Outcome:
    """Run the command as the shell does; the application is loaded afresh from the environment."""
    sys.modules.pop("wsgi", None)
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["inquiry", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
    if "wsgi" in sys.modules:
        opened().sessions.kw["bind"].dispose()
    return Outcome(int(ended.value.code or 0), said.out, said.err)


def opened() -> House:
    """Return the house of the command that ran last."""
    house: House = sys.modules["wsgi"].app.extensions["house"]
    return house


@pytest.fixture
def weak_draw(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the first digits drawn make a password that the rules refuse; return those not drawn yet."""
    left, choose = list("8008881182182281"), secrets.choice
    monkeypatch.setattr(
        "secrets.choice", lambda among: left.pop(0) if left and among == "0123456789" else choose(among)
    )
    return left


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the example contact list and roster in it, made by the commands themselves."""
    var = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        settle_in(patch, var)
        fill(patch)
    return var


@pytest.fixture(scope="session")
def filled_postgres(postgres_server: PostgresServer, filled: Path) -> str:
    """The same on PostgreSQL, with the same keys; return the database's name."""
    with pytest.MonkeyPatch.context() as patch:
        settle_in(patch, filled)
        patch.setenv("DATABASE_URL", postgres_server.create("filled_by_commands"))
        fill(patch)
    return "filled_by_commands"


def fill(patch: pytest.MonkeyPatch) -> None:
    for arguments in (
        ("directory", "import", EXAMPLES / "contacts.csv"),
        ("roster", "import", "--insurer", SOCIETY, EXAMPLES / "roster.csv"),
    ):
        patch.setattr(sys, "argv", ["inquiry", *map(str, arguments)])
        sys.modules.pop("wsgi", None)
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        opened().sessions.kw["bind"].dispose()


def settle_in(patch: pytest.MonkeyPatch, var: Path) -> None:
    """Point the environment to a folder, and to nothing else of ours."""
    for name in ("DATABASE_URL", "INQUIRY_KEYRING", "INQUIRY_SECRET_KEY_FILE"):
        patch.delenv(name, raising=False)
    patch.setenv("INQUIRY_VAR", str(var))


@pytest.fixture(autouse=True)
def _leave_no_application() -> Iterator[None]:
    yield
    sys.modules.pop("wsgi", None)


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command on an installation where nothing was done yet."""
    settle_in(monkeypatch, tmp_path / "var")
    return lambda *arguments: run(capsys, *arguments)


@pytest.fixture
def command(fresh: Command, filled: Path, tmp_path: Path) -> Command:
    """The command on a filled installation."""
    shutil.copytree(filled, tmp_path / "var")
    return fresh


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def on_each_engine(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, command: Command
) -> Iterator[Command]:
    """The command on a filled database of each kind."""
    if request.param == "sqlite":
        yield command
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres_server", "filled_postgres"))
    monkeypatch.setenv("DATABASE_URL", server.create("for_one_command", template=template))
    yield command
    server.drop("for_one_command")
