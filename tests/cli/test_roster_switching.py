"""``inquiry roster switch`` and ``put-back``: while everybody is compared, nobody waits, and two at once do not meet."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS
from inquiry.store.engine import connect
from inquiry.store.rosters import Stage
from inquiry.workflow import accounts, roster, roster_comparing
from inquiry.workflow.roster_comparing import Consent, before, weighed
from inquiry.workflow.roster_switching import put_back
from inquiry.workflow.work import sessions_on
from tests.cli.conftest import SOCIETY, opened
from tests.workflow.roster_table import PATIENCE, meanwhile, somebody, table
from tests.workflow.test_versions import wait_until_somebody_waits

ANYWAY = Consent(allows_vanishing=True, allows_opening=True, allows_others=True)
WORDS = ("--allow-vanishing", "--allow-opening", "--allow-others")
on_postgres = pytest.mark.parametrize(
    "on_each_engine", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def importing(command, tmp_path, *numbers, words=WORDS):
    file = tmp_path / "roster.csv"
    file.write_bytes(table(*map(somebody, numbers)))
    return command("roster", "import", "--insurer", SOCIETY, *words, file)


def a_day_without_differences(command, tmp_path):
    """Bring a roster into force that was compared with none before."""
    file = tmp_path / "changes.csv"
    file.write_bytes(table(columns=(CHANGE, *ROSTER_COLUMNS)))
    assert command("roster", "import", "--insurer", SOCIETY, "--changes", file).code == 0


def files():
    """Take the place of whoever files while a command runs."""
    with opened().work(accounts.operator(opened())) as work:
        work.record("roster:searched")


def test_while_people_are_compared_to_go_back_others_file(on_each_engine, tmp_path, monkeypatch):
    importing(on_each_engine, tmp_path, 1, 2)
    a_day_without_differences(on_each_engine, tmp_path)
    filed = meanwhile(monkeypatch, roster_comparing, "compared", files)
    done = on_each_engine("roster", "put-back", "--insurer", SOCIETY, *WORDS)
    assert (done.code, filed) == (0, ["compared"]), "everybody is gone through once"


def test_while_what_waits_is_compared_with_a_roster_put_back_others_file(on_each_engine, tmp_path, monkeypatch):
    importing(on_each_engine, tmp_path, 1, 2)
    assert importing(on_each_engine, tmp_path, 3, words=()).code == 1
    assert on_each_engine("roster", "put-back", "--insurer", SOCIETY, *WORDS).code == 0
    filed = meanwhile(monkeypatch, roster_comparing, "compared", files)
    done = on_each_engine("roster", "switch", "--insurer", SOCIETY, *WORDS)
    assert (done.code, done.out, filed) == (0, "1 persons from 1 rows.\n", ["compared"])


class OnScreen:
    """Somebody who puts the roster before back from a page while a command has compared it and holds the pointer."""

    def __init__(self, monkeypatch, pool, engine):
        self._plain, self._pool, self._patch = roster_comparing.compared, pool, monkeypatch
        self._sessions, self.house, self.outcome = sessions_on(engine), None, None
        monkeypatch.setattr(roster_comparing, "compared", self._compared)

    def _compared(self, *arguments):
        self._patch.setattr(roster_comparing, "compared", self._plain)
        self.house = replace(opened(), sessions=self._sessions)
        self.outcome = self._pool.submit(self._put_back)
        wait_until_somebody_waits(self)
        return self._plain(*arguments)

    def _put_back(self):
        operator = accounts.operator(self.house)
        with self.house.reading(operator) as work:
            insurer_id = roster.insurer_of(work, SOCIETY).id
            earlier = before(work, insurer_id)
            beside = weighed(work, insurer_id, earlier.id, ANYWAY, stage=Stage.PREVIOUS)
        with self.house.work(operator) as work:
            put_back(work, beside)


@on_postgres
def test_a_command_that_compared_and_a_page_that_moves_do_not_wait_for_each_other(
    on_each_engine, tmp_path, monkeypatch
):
    importing(on_each_engine, tmp_path, 1, 2)
    a_day_without_differences(on_each_engine, tmp_path)
    engine = connect(os.environ["DATABASE_URL"])
    with ThreadPoolExecutor(1) as pool:
        page = OnScreen(monkeypatch, pool, engine)
        refused = on_each_engine("roster", "put-back", "--insurer", SOCIETY, *WORDS)
        page.outcome.result(PATIENCE)
    assert (refused.code, refused.out, refused.err.strip()[-1]) == (1, "", "。"), "it is told that it came second"
    with engine.connect() as connection:
        stages = connection.scalars(text("SELECT stage FROM roster_generation ORDER BY stage")).all()
    engine.dispose()
    assert stages == ["active", "ended", "previous"]
