"""An import that is killed leaves no trace, and of two at once the second is turned away: real processes, real kills."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import inspect, text

from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS
from inquiry.store.engine import connect
from tests.cli.conftest import SOCIETY
from tests.world import ROOT

ROWS = 20_000
PATIENCE = 120  # seconds, on a machine that has other things to do
OLD_MEMBER = "Q,髙﨑　𠮷彦,タカサキ　ヨシヒコ,1966-02-28,1,,,,,"
NEW_MEMBER = "Q,新名　太郎,シンメイ　タロウ,1966-02-28,1,,,,,"
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"


def row(number, name="", kana=""):
    """Return a row of somebody; each number has a reading of its own."""
    reading = "".join(KANA[number // len(KANA) ** place % len(KANA)] for place in range(4))
    cells = {
        "加入者ID": f"N{number:06d}",
        "記号": "1",
        "番号": str(number),
        "氏名": name,
        "氏名カナ": kana or f"{reading} タロウ",
        "生年月日": "1966-02-28",
        "性別": "1",
        "本人家族区分": "1",
        "資格取得年月日": "2019-04-01",
        "個人番号登録済": "1",
    }
    return ",".join(cells.get(column, "") for column in ROSTER_COLUMNS)


def table(file, rows):
    """Write a roster of so many people, the last of whom is looked for."""
    lines = [",".join(ROSTER_COLUMNS), *map(row, range(rows)), row(rows, "新名　太郎", "シンメイ　タロウ"), ""]
    file.write_text("\n".join(lines))
    return file


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return table(tmp_path_factory.mktemp("large") / "large.csv", ROWS)


@pytest.fixture
def small(tmp_path):
    return table(tmp_path / "small.csv", 10)


@pytest.fixture
def database(on_each_engine, tmp_path):
    """Look at the database from beside."""
    engine = connect(os.environ.get("DATABASE_URL", f"sqlite:///{tmp_path / 'var' / 'inquiry.sqlite3'}"))
    yield engine
    engine.dispose()


def begin(file, database, *more, is_there):
    """Start an import in a process of its own, and return when so much of it is there."""
    arguments = ("roster", "import", "--insurer", SOCIETY, "--allow-vanishing", *more, str(file))
    importing = subprocess.Popen(
        [sys.executable, "-c", "from inquiry.cli import main; main()", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    give_up = time.monotonic() + PATIENCE
    while not is_there(database):
        assert importing.poll() is None, importing.stderr.read()
        assert time.monotonic() < give_up
        time.sleep(0.01)
    return importing


def loading(database):
    with database.connect() as connection:
        return connection.scalar(text("SELECT rows FROM roster_generation WHERE stage = 'loading' AND rows > 0"))


def changing(database):
    """Return how many rows of differences are read; None while none are being taken over."""
    with database.connect() as connection:
        return connection.scalar(text("SELECT rows FROM changes_under_way"))


def rolls(database):
    return [name for name in inspect(database).get_table_names() if name.startswith("roll_")]


def judged(command, tmp_path, line):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    head = "照会ID,氏名,氏名カナ,生年月日,性別,住所,記号,番号,資格取得年月日,資格喪失年月日"
    source.write_text(f"{head}\n{line}\n")
    assert command("match", "--insurer", SOCIETY, source, target).code == 0
    return target.read_text().splitlines()[1].split(",")[1]


def test_an_import_killed_in_the_middle_leaves_the_old_roster_and_no_trace(
    on_each_engine, database, tmp_path, large, small
):
    importing = begin(large, database, "--processes", "2", is_there=loading)
    os.kill(importing.pid, signal.SIGKILL)
    # Its workers end with it: the pipe that they share is closed only then.
    importing.communicate(timeout=PATIENCE)
    assert loading(database) < ROWS
    assert len({name.split("_")[1] for name in rolls(database)}) == 2, "the roster in force, and what is left"
    assert judged(on_each_engine, tmp_path, OLD_MEMBER) == "one"
    assert judged(on_each_engine, tmp_path, NEW_MEMBER) == "none"
    done = on_each_engine("roster", "import", "--insurer", SOCIETY, "--allow-vanishing", small)
    assert (done.code, done.out.split(" persons")[0]) == (0, "11"), done.err
    assert len(rolls(database)) == 4, "the roster in force and the one before; nothing of the killed one"
    assert judged(on_each_engine, tmp_path, OLD_MEMBER) == "none"
    assert judged(on_each_engine, tmp_path, NEW_MEMBER) == "one"


@pytest.fixture(scope="module")
def very_large(tmp_path_factory):
    """A roster that is still being loaded when two commands have been given beside it."""
    return table(tmp_path_factory.mktemp("very_large") / "very_large.csv", 4 * ROWS)


def test_of_two_imports_at_once_the_second_is_refused_and_the_first_is_whole(
    on_each_engine, database, tmp_path, very_large, small
):
    first = begin(very_large, database, "--processes", "1", is_there=loading)
    second = on_each_engine("roster", "import", "--insurer", SOCIETY, "--allow-vanishing", small)
    assert judged(on_each_engine, tmp_path, OLD_MEMBER) == "one", "look-ups go on meanwhile"
    said, complained = first.communicate(timeout=PATIENCE)
    assert (second.code, second.out) == (1, "")
    assert second.err.strip().endswith("。")
    assert (first.returncode, said.split(" from ")[0]) == (0, f"{4 * ROWS + 1:,} persons"), complained
    assert judged(on_each_engine, tmp_path, NEW_MEMBER) == "one"


@pytest.fixture(scope="module")
def large_changes(tmp_path_factory):
    return changes(tmp_path_factory.mktemp("changes") / "large.csv", 2 * ROWS)


def changes(file, rows):
    """Write differences by which so many people come, and somebody who is looked for."""
    coming = [f"追加,{line}" for line in (*map(row, range(rows)), row(rows, "新名　太郎", "シンメイ　タロウ"))]
    file.write_text("\n".join([",".join((CHANGE, *ROSTER_COLUMNS)), *coming, ""]))
    return file


def begun(database):
    return changing(database) is not None


@pytest.mark.parametrize("moment", [begun, changing], ids=["as they begin", "in the middle"])
def test_differences_killed_leave_the_roster_as_it_was_and_hold_up_nobody(
    on_each_engine, database, tmp_path, large_changes, moment
):
    changing_it = begin(large_changes, database, "--changes", is_there=moment)
    os.kill(changing_it.pid, signal.SIGKILL)
    changing_it.communicate(timeout=PATIENCE)
    assert begun(database), "how far they had come, which nobody is at work on"
    assert len(rolls(database)) == 2
    assert judged(on_each_engine, tmp_path, OLD_MEMBER) == "one"
    assert judged(on_each_engine, tmp_path, NEW_MEMBER) == "none"
    few = changes(tmp_path / "few.csv", 1)
    done = on_each_engine("roster", "import", "--insurer", SOCIETY, "--changes", few)
    assert (done.code, done.out.split(" rows")[0]) == (0, "2"), done.err
    assert (begun(database), len(rolls(database))) == (False, 2)
    assert judged(on_each_engine, tmp_path, OLD_MEMBER) == "one"
    assert judged(on_each_engine, tmp_path, NEW_MEMBER) == "one"
