"""Nobody who looks up, files or answers waits for a roster: not for a backup, a switch, differences or an import."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from inquiry.domain.errors import Superseded
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName
from inquiry.store import rolls
from inquiry.store.ledger import LedgerEntry
from inquiry.store.roll_writing import roll_writer
from inquiry.store.rosters import Stage
from inquiry.workflow import (
    daily,
    roster,
    roster_changes,
    roster_clearing,
    roster_comparing,
    roster_loading,
    roster_merging,
)
from inquiry.workflow.daily import Part
from inquiry.workflow.roster_clearing import clear, clear_one
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_loading import Watch
from inquiry.workflow.roster_search import roster_in_force
from inquiry.workflow.roster_switching import switch
from tests.workflow.roster_table import (
    PATIENCE,
    back,
    changed,
    found,
    imported,
    loaded,
    meanwhile,
    roll_tables,
    row,
    somebody,
    stages,
    subject,
    switched,
    table,
    taken,
    weighed_beside,
)
from tests.workflow.test_versions import wait_until_somebody_waits

LOOKS = 100
BREATH = 0.002  # whoever waits for SQLite's one place to write only looks now and then whether it is free
HANAKO = subject(name=PersonName("佐藤　花子", "サトウ　ハナコ"), birth_date=PartialDate(1990, 5, 6))
HER_ROW = {"氏名": "佐藤　花子", "氏名カナ": "サトウ ハナコ", "生年月日": "1990-05-06"}


# A backup of an SQLite file holds nothing, and its one place to write serves one after the other.
on_postgres = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@contextmanager
def backup(world):
    """Hold every table as a backup does, until the block ends."""
    with world.house.engine.connect() as connection:
        for name in roll_tables(world):
            connection.execute(text(f"LOCK TABLE {name} IN ACCESS SHARE MODE"))
        connection.execute(text("LOCK TABLE active_roster, roster_generation IN ACCESS SHARE MODE"))
        yield


class Pause:
    """Stops whoever has done this, until the test lets them go on."""

    def __init__(self, monkeypatch, module, name):
        self.reached, self._may_go = threading.Event(), threading.Event()
        plain = getattr(module, name)

        def paused(*arguments, **more):
            outcome = plain(*arguments, **more)
            self.reached.set()
            assert self._may_go.wait(PATIENCE)
            return outcome

        monkeypatch.setattr(module, name, paused)

    def wait(self):
        assert self.reached.wait(PATIENCE)

    def go_on(self):
        self._may_go.set()


def somebody_files(world):
    """Take the place of whoever files: a unit of work that writes."""
    with world.house.work(world.operator) as work:
        work.record("roster:searched")


def put_back_the_one_before(world, generation_id):
    back(world, generation_id, Consent(allows_vanishing=True, allows_opening=True))


def switched_alone(world, generation_id):
    """Switch as somebody who is killed before the people of what ended are deleted."""
    beside = weighed_beside(world, generation_id, Consent(allows_vanishing=True))
    with world.house.work(world.operator) as work:
        switch(work, beside)


# A backup


@on_postgres
def test_a_backup_keeps_neither_a_switch_nor_a_look_up_waiting(world, monkeypatch):
    monkeypatch.setattr(rolls, "DROP_MILLISECONDS", 100)
    imported(world, row("1001"))
    imported(world, row("2002"))
    generation_id = loaded(world, table(row("3003")))
    with ThreadPoolExecutor(1) as pool, backup(world):
        pool.submit(switched, world, generation_id, Consent(allows_vanishing=True)).result(PATIENCE)
        assert pool.submit(found, world).result(PATIENCE) == ("one", "3003")
        assert stages(world) == [("active", 1), ("previous", 1), ("ended", 1)]
        # The next import goes on as well, and can be given up.
        again = pool.submit(loaded, world, table(row("4004"))).result(PATIENCE)
        assert len(roll_tables(world)) == 8, "who is in the backup stays until it is over"
    switched(world, again, Consent(allows_vanishing=True))
    assert len(roll_tables(world)) == 4


@on_postgres
def test_a_backup_does_not_keep_an_import_waiting_for_its_indexes(world):
    writer = roll_writer(world.house.engine, 77)
    writer.begin()
    with ThreadPoolExecutor(1) as pool, backup(world):
        pool.submit(writer.finish).result(PATIENCE)
    writer.close()


def test_what_ended_and_was_not_deleted_is_deleted_by_the_next_import(world):
    imported(world, row("1001"))
    imported(world, row("2002"))
    switched_alone(world, loaded(world, table(row("3003"))))
    assert len(roll_tables(world)) == 6
    loaded(world, table(row("4004")))
    assert len(roll_tables(world)) == 6, "of those in force, before, and loaded"


def test_what_ended_and_was_not_deleted_is_deleted_by_the_daily_run_and_recorded_once(world):
    imported(world, row("1001"))
    imported(world, row("2002"))
    switched_alone(world, loaded(world, table(row("3003"))))
    done = [{each.part: each.done for each in daily.run(world.house, world.operator)}[Part.ROSTERS] for _ in range(2)]
    assert done == [1, 0]
    assert len(roll_tables(world)) == 4
    with world.house.reading() as work:
        told = [entry.body for entry in work.session.query(LedgerEntry) if b"roster:cleared" in entry.body]
    assert len(told) == 1


def test_a_deletion_that_breaks_off_is_finished_by_the_next(world, monkeypatch):
    imported(world, row("1001"))
    imported(world, row("2002"))
    switched_alone(world, loaded(world, table(row("3003"))))

    def power_cut(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rolls, "drop", power_cut)
        with pytest.raises(KeyboardInterrupt):
            clear(world.house, world.operator, world.insurer_id)
    assert clear(world.house, world.operator, world.insurer_id) == 1
    assert len(roll_tables(world)) == 4


def test_of_two_who_delete_at_once_one_does(world):
    imported(world, row("1001"))
    imported(world, row("2002"))
    switched_alone(world, loaded(world, table(row("3003"))))
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(clear, world.house, world.operator, world.insurer_id) for _ in range(2)]
        assert sorted(each.result(PATIENCE) for each in done) == [0, 1]
    assert len(roll_tables(world)) == 4


def generations(world):
    with world.house.reading() as work:
        return roster.imports(work, world.insurer_id)[0]


def test_nobody_is_deleted_who_is_on_a_roster_that_is_not_over(world):
    imported(world, row("1001"))
    imported(world, row("2002"))
    loaded(world, table(row("3003")))
    for generation in generations(world):
        assert not clear_one(world.house, world.operator, generation.id)
    assert len(roll_tables(world)) == 6
    assert found(world) == ("one", "2002")


def test_a_roster_that_is_no_longer_over_once_it_is_held_is_not_dropped(world, monkeypatch):
    imported(world, row("1001"))
    imported(world, row("2002"))
    switched_alone(world, loaded(world, table(row("3003"))))
    ended = next(each.id for each in generations(world) if each.stage == Stage.ENDED)

    def comes_back(engine, _number):
        with engine.begin() as connection:
            connection.execute(text("UPDATE roster_generation SET stage = 'previous' WHERE id = :id"), {"id": ended})

    monkeypatch.setattr(roster_clearing, "empty", comes_back)
    assert not clear_one(world.house, world.operator, ended)
    assert len(roll_tables(world)) == 6


def test_the_daily_run_leaves_what_waits_to_be_switched_to(world):
    imported(world, row("1001"))
    generation_id = loaded(world, table(row("2002")))
    daily.run(world.house, world.operator)
    switched(world, generation_id, Consent(allows_vanishing=True))
    assert found(world) == ("one", "2002")


# A switch


@on_postgres
def test_while_a_switch_waits_for_a_long_look_up_others_look_up(world):
    imported(world, row("1001"))
    generation_id = loaded(world, table(row("2002")))
    with ThreadPoolExecutor(2) as pool:
        with world.house.reading() as work:
            roster_in_force(work, world.insurer_id)
            switching = pool.submit(switched, world, generation_id, Consent(allows_vanishing=True))
            wait_until_somebody_waits(world)
            assert pool.submit(found, world).result(PATIENCE) == ("one", "1001")
        switching.result(PATIENCE)
    assert found(world) == ("one", "2002")


@on_postgres
def test_while_a_switch_goes_through_everybody_others_look_up(world, monkeypatch):
    first = imported(world, row("1001"))
    imported(world, row("2002"))
    generation_id = loaded(world, table(row("3003")))
    put_back_the_one_before(world, first)
    pause = Pause(monkeypatch, roster_comparing, "compared")
    with ThreadPoolExecutor(2) as pool:
        switching = pool.submit(switched, world, generation_id, Consent(allows_vanishing=True))
        pause.wait()
        try:
            assert pool.submit(found, world).result(PATIENCE) == ("one", "1001")
        finally:
            pause.go_on()
        switching.result(PATIENCE)
    assert found(world) == ("one", "3003")


# Differences of a day


def test_while_differences_are_sealed_others_look_up_and_file(world, monkeypatch):
    imported(world, row("1001"))
    pause = Pause(monkeypatch, roster_changes, "exchange_of")
    with ThreadPoolExecutor(2) as pool:
        changing = pool.submit(changed, world, ("変更", row("1001", **HER_ROW)))
        pause.wait()
        try:
            assert pool.submit(found, world).result(PATIENCE) == ("one", "1001")
            pool.submit(somebody_files, world).result(PATIENCE)
        finally:
            pause.go_on()
        changing.result(PATIENCE)
    assert (found(world), found(world, HANAKO)) == (("none", ""), ("one", "1001"))


@on_postgres
def test_while_differences_are_written_others_look_up_what_was(world, monkeypatch):
    imported(world, row("1001"))
    pause = Pause(monkeypatch, rolls, "exchange")
    with ThreadPoolExecutor(2) as pool:
        changing = pool.submit(changed, world, ("変更", row("1001", **HER_ROW)))
        pause.wait()
        try:
            assert pool.submit(found, world).result(PATIENCE) == ("one", "1001")
            assert pool.submit(found, world, HANAKO).result(PATIENCE) == ("none", "")
        finally:
            pause.go_on()
        changing.result(PATIENCE)
    assert (found(world), found(world, HANAKO)) == (("none", ""), ("one", "1001"))


def test_differences_for_a_roster_that_was_replaced_meanwhile_change_nothing(world, monkeypatch):
    first = imported(world, row("1001"))
    imported(world, row("2002"))
    pause = Pause(monkeypatch, roster_changes, "exchange_of")
    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(changed, world, ("変更", row("2002", **HER_ROW)))
        pause.wait()
        try:
            put_back_the_one_before(world, first)
        finally:
            pause.go_on()
        with pytest.raises(Superseded):
            changing.result(PATIENCE)
    assert sorted(stages(world)) == [("active", 1), ("previous", 1)]
    assert (found(world), found(world, HANAKO)) == (("one", "1001"), ("none", ""))


def test_whoever_looks_up_meanwhile_sees_all_of_the_differences_or_nothing(world):
    """A person is one or the other; both are looked up in one unit of work, while the differences turn them about."""
    imported(world, row("1001"), *map(somebody, range(30)))
    seen, broken, is_over = set(), [], threading.Event()

    def look():
        try:
            for _ in range(LOOKS):
                with world.house.work(world.operator) as work:
                    roster = roster_in_force(work, world.insurer_id)
                    he, she = (next(roster.look([(whom, None)])) for whom in (subject(), HANAKO))
                    seen.add((len(he.people), len(she.people)))
                    work.record("roster:searched")
                time.sleep(BREATH)
        except Exception as error:
            broken.append(error)
        finally:
            is_over.set()

    reader = threading.Thread(target=look)
    reader.start()
    turns = 0
    while not is_over.is_set():
        turns += 1
        others = [("変更", somebody(number, 住所=f"灯台町{turns}")) for number in range(30)]
        changed(world, *others, ("変更", row("1001", **(HER_ROW if turns % 2 else {}))))
        time.sleep(BREATH)
    reader.join()
    assert broken == []
    assert seen == {(1, 0), (0, 1)}
    assert turns > 2


class Heard(Watch):
    """Keeps what it is told."""

    def __init__(self):
        self.said = []

    def progress(self, rows, share):
        self.said.append((rows, share))


def test_differences_say_how_far_they_have_come(world, monkeypatch):
    monkeypatch.setattr(roster_changes, "BATCH", 5)
    imported(world, *map(somebody, range(20)))
    heard = Heard()
    taken(world, *(("変更", somebody(number, 住所="灯台町")) for number in range(20)), watch=heard)
    assert heard.said == sorted(heard.said)
    assert {rows for rows, _ in heard.said} == set(range(21)), "none while they are fetched, then one after the other"
    assert len({share for _, share in heard.said}) > 20
    assert 0 < heard.said[0][1] < heard.said[-1][1] < 1000


# An import


def pairs(people):
    """Return rows of so many people, who all come a second time, far from the first."""
    periods = ({"資格取得年月日": "2010-04-01", "資格喪失年月日": "2015-04-01"}, {"資格取得年月日": "2016-04-01"})
    return [somebody(number, **period) for period in periods for number in range(people)]


@pytest.mark.parametrize(
    "step", [(roster_merging, "exchange_of"), (rolls, "alike"), (roster_loading, "compared_there_and_back")]
)
def test_while_rows_of_one_person_are_brought_together_others_file(world, monkeypatch, step):
    imported(world, row("1001"))
    monkeypatch.setattr(roster_loading, "WINDOW", 5)
    filed = meanwhile(monkeypatch, *step, lambda: somebody_files(world))
    generation_id = loaded(world, table(*pairs(12)))
    assert filed
    switched(world, generation_id, Consent(allows_vanishing=True))
    assert stages(world)[0] == ("active", 12)


@pytest.mark.parametrize("portion", [1, 5, 12, 100])
def test_rows_of_one_person_are_brought_together_portion_by_portion(world, monkeypatch, portion):
    monkeypatch.setattr(roster_loading, "WINDOW", 5)
    monkeypatch.setattr(roster_merging, "PORTION", portion)
    plain, written = rolls.exchange, []

    def counted(session, number, change):
        written.append(len(change.changed))
        plain(session, number, change)

    monkeypatch.setattr(rolls, "exchange", counted)
    switched(world, loaded(world, table(*pairs(12))))
    assert (sum(written), max(written)) == (12, min(portion, 12)), "each once, and never more at a time"
    assert stages(world) == [("active", 12)]
