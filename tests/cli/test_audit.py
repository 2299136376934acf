"""``inquiry audit export`` and ``verify``: the database and an export, and every way to tamper with them."""

import json
import sqlite3

import pytest
from sqlalchemy import create_engine, text

from tests.cli.conftest import EXAMPLES


@pytest.fixture
def exported(command, tmp_path):
    file = tmp_path / "ledger.jsonl"
    assert command("directory", "import", EXAMPLES / "contacts.csv").code == 0
    done = command("audit", "export", file)
    assert done.code == 0
    assert f"{len(file.read_text().splitlines()) - 1:,} entries and the head statement" in done.err
    return file


def test_the_ledger_of_each_engine_verifies_and_so_does_its_export(on_each_engine, tmp_path):
    assert "chains verify." in on_each_engine("audit", "verify").out
    assert on_each_engine("audit", "export", tmp_path / "ledger.jsonl").code == 0
    sound = on_each_engine("audit", "verify", tmp_path / "ledger.jsonl")
    assert sound.code == 0
    assert sound.out == f"{len((tmp_path / 'ledger.jsonl').read_text().splitlines()) - 1} entries in 1 chains verify.\n"


def test_an_export_is_verified_without_any_database(exported, fresh, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@/nowhere?host=/nonexistent")
    assert fresh("audit", "verify", exported).code == 0


def altered(lines):
    entry = json.loads(lines[1])
    entry["body"] = entry["body"].replace("municipality", "municipalitz", 1).replace("contact", "kontact", 1)
    body = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    return [lines[0], body, *lines[2:]]


#   what was done                      what is said
MANIPULATIONS = {
    "one word changed": (altered, "altered"),
    "a line dropped": (lambda lines: [lines[0], *lines[2:]], "removed"),
    "a line twice": (lambda lines: [lines[0], lines[0], *lines[1:]], "inserted"),
    "two lines swapped": (lambda lines: [lines[1], lines[0], *lines[2:]], "reordered"),
    "the last entry cut off": (lambda lines: [*lines[:-2], lines[-1]], "cut_off"),
    "an unreadable line": (lambda lines: [lines[0], "{}", *lines[2:]], "line 2: unreadable"),
    "the last line dropped": (lambda lines: lines[:-1], "最後の行"),
    "the head's count changed": (
        lambda lines: [*lines[:-1], lines[-1].replace('"entries":', '"entries":1')],
        "最後の行",
    ),
}


@pytest.mark.parametrize("done", MANIPULATIONS)
def test_a_tampered_export_is_named(exported, fresh, done):
    manipulate, said = MANIPULATIONS[done]
    lines = manipulate(exported.read_text().splitlines())
    exported.write_text("".join(f"{line}\n" for line in lines))
    found = fresh("audit", "verify", exported)
    assert found.code == 1
    assert said in found.err
    assert "Traceback" not in found.err


def test_an_empty_file_is_no_ledger(fresh, tmp_path):
    (tmp_path / "empty.jsonl").touch()
    assert fresh("audit", "verify", tmp_path / "empty.jsonl").code == 1


#   what somebody with the file does to it                                  what is said
ATTACKS = {
    "UPDATE ledger_entry SET body = CAST(body AS TEXT) || ' ' WHERE seq = 3": "entry 3: altered",
    "DELETE FROM ledger_entry WHERE seq = 2": "entry 2: removed",
    "DELETE FROM ledger_entry WHERE seq = (SELECT max(seq) FROM ledger_entry)": "cut_off",
    "UPDATE organisation SET ledger_seq = ledger_seq - 1 WHERE ledger_seq > 0": "inserted",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_tampered_database_is_named(command, tmp_path, attack):
    with sqlite3.connect(tmp_path / "var" / "inquiry.sqlite3") as connection:
        drop_triggers(connection)
        connection.execute(attack)
    connection.close()
    found = command("audit", "verify")
    assert found.code == 1
    assert ATTACKS[attack] in found.err
    assert found.err.endswith("The ledger does NOT verify.\n")


def drop_triggers(connection):
    """Whoever owns the file owns its triggers."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


@pytest.mark.postgres
def test_a_tampered_postgres_database_is_named(fresh, monkeypatch, postgres_url):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert fresh("directory", "import", EXAMPLES / "contacts.csv").code == 0
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE ledger_entry DISABLE TRIGGER USER"))
        connection.execute(text("DELETE FROM ledger_entry WHERE seq = 2"))
    engine.dispose()
    found = fresh("audit", "verify")
    assert found.code == 1
    assert "entry 2: removed" in found.err
