"""The commands together: help, the schema, and the console program as a process of its own."""

import os
import stat
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, inspect

from tests.cli.conftest import EXAMPLES
from tests.world import ROOT

COMMANDS = [
    (),
    ("audit",),
    ("audit", "export"),
    ("audit", "verify"),
    ("db",),
    ("db", "upgrade"),
    ("demo",),
    ("directory",),
    ("directory", "import"),
    ("guard",),
    ("match",),
    ("roster",),
    ("roster", "import"),
    ("user",),
    ("user", "add"),
    ("walkthrough",),
]
PROGRAM = [sys.executable, "-c", "from inquiry.cli import main; main()"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_command_explains_itself_without_touching_anything(fresh, tmp_path, words):
    shown = fresh(*words, "--help")
    assert shown.code == 0
    assert shown.out.startswith(f"Usage: inquiry{''.join(f' {word}' for word in words)}")
    assert not (tmp_path / "var").exists()


def test_an_unknown_command_is_a_usage_error(fresh):
    assert fresh("answer").code == 2


def test_the_first_start_makes_database_keys_and_secret_for_the_owner_alone(fresh, tmp_path):
    assert fresh("db", "upgrade").code == 0
    var = tmp_path / "var"
    assert stat.S_IMODE(var.stat().st_mode) == 0o700
    for name in ("keyring.json", "secret-key"):
        assert stat.S_IMODE((var / name).stat().st_mode) == 0o600
    assert (var / "inquiry.sqlite3").exists()
    assert fresh("db", "upgrade").code == 0


def test_database_url_names_the_database(fresh, tmp_path, monkeypatch, database_url):
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert fresh("db", "upgrade").code == 0
    engine = create_engine(database_url)
    assert {"inquiry", "ledger_entry", "alembic_version"} <= set(inspect(engine).get_table_names())
    engine.dispose()
    assert not (tmp_path / "var" / "inquiry.sqlite3").exists()


def program(tmp_path, *arguments):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"INQUIRY_VAR": str(tmp_path / "var"), "PYTHONPATH": str(ROOT)}
    command = [*PROGRAM, *map(str, arguments)]
    settings = {"cwd": tmp_path, "env": environment, "capture_output": True, "text": True, "timeout": 120}
    return subprocess.run(command, check=False, **settings)


def test_the_program_imports_from_any_folder(tmp_path):
    done = program(tmp_path, "directory", "import", EXAMPLES / "contacts.csv")
    assert (done.returncode, done.stdout) == (0, "41 added, 0 changed, 0 unchanged, 0 ended.\n")
    assert done.stderr == ""


def test_the_program_says_a_refusal_in_one_sentence_on_stderr(tmp_path):
    (tmp_path / "ledger.jsonl").write_text("{}\n")
    done = program(tmp_path, "audit", "verify", tmp_path / "ledger.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
