"""How far differences have come: seen by everybody of the insurer while they are taken over, and gone afterwards."""

import copy
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.store import engine as engines
from inquiry.store.engine import connect
from inquiry.store.ledger import LedgerEntry
from inquiry.workflow import daily, roster_changes, roster_progress
from inquiry.workflow.daily import Part
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_loading import Watch
from inquiry.workflow.roster_progress import changes_under_way
from inquiry.workflow.roster_switching import alone_at, remove
from inquiry.workflow.work import sessions_on
from tests.workflow.roster_table import (
    PATIENCE,
    found,
    imported,
    killed_changes,
    loaded,
    row,
    somebody,
    stages,
    table,
    taken,
)

PEOPLE = 20


class Meanwhile(Watch):
    """Lets somebody else do something whenever it is told of progress."""

    def __init__(self, do):
        self.do, self.seen = do, []

    def progress(self, _rows, _share):
        with ThreadPoolExecutor(1) as pool:
            self.seen.append(pool.submit(self.do).result(PATIENCE))


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Write down all of the progress, in portions of a few people."""
    monkeypatch.setattr(roster_progress, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr(roster_changes, "BATCH", 5)


@pytest.fixture
def people(world):
    imported(world, *map(somebody, range(PEOPLE)))


def under_way(world):
    return changes_under_way(world.house, world.officer, world.insurer_id)


def moved(world, *, meanwhile, people=PEOPLE, **more):
    """Everybody has moved; somebody does something else whenever there is progress. Return what they saw."""
    watch = Meanwhile(meanwhile)
    taken(world, *(("変更", somebody(number, 住所="灯台町")) for number in range(people)), watch=watch, **more)
    return watch.seen


def test_while_differences_are_taken_over_others_see_by_whom_and_how_far(world, people):
    seen = moved(world, meanwhile=lambda: under_way(world))
    assert {each.is_interrupted for each in seen} == {False}
    far = [(each.rows, each.share) for each in seen]
    assert far == sorted(far)
    assert {rows for rows, _ in far} == set(range(PEOPLE + 1))
    assert (0 < far[0][1] < roster_changes.READ, roster_changes.READ <= far[-1][1] < 1000) == (True, True)
    assert under_way(world) is None


def test_differences_that_an_officer_sends_bear_the_officers_name(world, people):
    as_officer = copy.copy(world)
    as_officer.operator = world.officer
    assert {each.by for each in moved(as_officer, meanwhile=lambda: under_way(world))} == {world.officer.display_name}


def test_progress_is_written_down_now_and_then_and_told_always(world, people, monkeypatch):
    monkeypatch.setattr(roster_progress, "SECONDS_BETWEEN", 3600)
    seen = moved(world, meanwhile=lambda: under_way(world))
    assert {(each.rows, each.share) for each in seen} == {(0, 0)}
    assert len(seen) > PEOPLE


def somebody_files(world):
    with world.house.work(world.operator) as work:
        work.record("roster:searched")


def test_nobody_waits_while_progress_is_written_down(world, people):
    def does():
        somebody_files(world)
        return found(world)

    assert len(moved(world, meanwhile=does)) > PEOPLE


def test_others_of_two_at_once_are_refused_and_disturb_nothing(world, people):
    def sends_too():
        with pytest.raises(Forbidden, match="import_under_way"):
            taken(world, ("削除", {"加入者ID": "000001"}))
        return under_way(world)

    seen = moved(world, meanwhile=sends_too)
    assert None not in seen
    assert stages(world) == [("active", PEOPLE), ("ended", PEOPLE)]


def told(world):
    with world.house.reading() as work:
        return work.session.query(LedgerEntry).count()


def test_the_ledger_and_the_list_of_imports_tell_of_differences_once(world, people):
    before = told(world)
    moved(world, meanwhile=lambda: under_way(world))
    assert told(world) == before + 1
    assert stages(world) == [("active", PEOPLE), ("ended", PEOPLE)]


#  what is sent, and what becomes of it
REFUSED = [
    ("a wrong row", [("追加", somebody(1))]),
    ("a word is missing", [("削除", somebody(number)) for number in range(5)]),
    ("nobody would be left", [("削除", somebody(number)) for number in range(PEOPLE)]),
]


@pytest.mark.parametrize("rows", [rows for _, rows in REFUSED], ids=[why for why, _ in REFUSED])
def test_of_refused_differences_nothing_stays(world, people, rows):
    watch = Meanwhile(lambda: under_way(world))
    try:
        assert taken(world, *rows, watch=watch).generation is None
    except Forbidden:
        assert len(rows) == PEOPLE
    assert (None in watch.seen, under_way(world)) == (False, None)
    assert stages(world) == [("active", PEOPLE)]


def test_of_differences_older_than_the_roster_nothing_stays(world, people):
    with pytest.raises(InvalidValue, match="changes_older"):
        moved(world, meanwhile=lambda: under_way(world), as_of=world.clock.now.date().replace(day=1))
    assert under_way(world) is None


def test_differences_end_to_be_under_way_in_the_moment_they_are_taken_over(world, people, monkeypatch):
    monkeypatch.setattr(roster_progress, "forget_changes", lambda *_of_whom: False)  # as if it was killed just then
    moved(world, meanwhile=lambda: None)
    assert under_way(world) is None


# After a kill


@pytest.fixture
def killed(world, people):
    """Differences were killed when half of them was read."""
    killed_changes(world.house, world.officer, world.insurer_id, rows=10, share=110)


def test_what_was_killed_is_said_to_be_interrupted_and_holds_up_nobody(world, killed):
    seen = under_way(world)
    assert (seen.by, seen.rows, seen.share, seen.is_interrupted) == (world.officer.display_name, 10, 110, True)
    assert found(
        world,
    ) == ("none", "")
    seen = moved(world, meanwhile=lambda: under_way(world))
    assert {each.is_interrupted for each in seen} == {False}
    assert seen[0].rows == 0, "nothing of what was killed is shown with what goes on now"
    assert under_way(world) is None


def test_the_next_import_deletes_what_a_kill_left(world, killed):
    loaded(world, table(row()))
    assert under_way(world) is None


def test_removing_the_rosters_deletes_what_a_kill_left(world, killed):
    with world.house.work(world.operator) as work:
        remove(work, world.insurer_id)
    assert under_way(world) is None


def test_the_daily_run_deletes_what_a_kill_left_and_nothing_that_goes_on(world, killed):
    with alone_at(world.house, world.insurer_id):
        assert interrupted_given_up(world) == 0
        assert not under_way(world).is_interrupted
    assert [interrupted_given_up(world) for _ in range(2)] == [1, 0]
    assert under_way(world) is None


def interrupted_given_up(world):
    return {each.part: each.done for each in daily.run(world.house, world.operator)}[Part.IMPORTS]


# A database that is busy


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_too_busy_to_write_progress_refuses_no_differences(world, people, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0)
    impatient = connect(str(world.house.engine.url))
    other = impatient.connect()
    hurried = copy.copy(world)
    hurried.house = replace(world.house, sessions=sessions_on(impatient))

    class Busy(Watch):
        """Somebody writes from the first row to the last that is sealed."""

        def progress(self, rows, share):
            if rows == 1 and share < roster_changes.READ:
                other.begin()
            elif other.in_transaction() and share > roster_changes.READ:
                other.rollback()

    rows = [("変更", somebody(number, 住所="灯台町")) for number in range(PEOPLE)]
    outcome = taken(hurried, *rows, watch=Busy(), consent=Consent())
    assert outcome.generation.rows == PEOPLE
    assert under_way(world) is None
    other.close()
    impatient.dispose()
