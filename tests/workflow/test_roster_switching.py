"""Switching to a loaded roster, and back: look-ups see the old one or the new one, and nobody vanishes unseen."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName
from inquiry.store.rosters import RosterGeneration, Stage
from inquiry.workflow import roster_comparing
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_comparing import Consent, before, comparison
from inquiry.workflow.roster_search import roster_in_force
from inquiry.workflow.roster_switching import discard, put_back, switch
from tests.workflow.roster_table import (
    PATIENCE,
    back,
    changed,
    found,
    imported,
    loaded,
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

on_postgres = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
LOOKS = 150
BREATH = 0.002  # whoever waits for SQLite's one place to write only looks now and then whether it is free


ANYWAY = Consent(allows_vanishing=True, allows_opening=True, allows_others=True)


def back_to_previous(world, generation_id, consent=ANYWAY):
    back(world, generation_id, consent)


def test_a_roster_is_loaded_while_look_ups_see_the_old_one(world):
    imported(world, row("1001"))
    generation_id = loaded(world, table(row("2002")))
    assert found(world) == ("one", "1001")
    switched(world, generation_id, Consent(allows_vanishing=True))
    assert found(world) == ("one", "2002")
    assert stages(world) == [("active", 1), ("previous", 1)]


def test_a_roster_that_was_loaded_before_differences_does_not_undo_them(world):
    imported(world, row("1001"))
    generation_id = loaded(world, table(row("2002")))
    changed(world, ("追加", row("3003", 氏名="佐藤　花子", 氏名カナ="サトウ ハナコ")))
    with pytest.raises(Forbidden, match="loaded_before_changes"):
        switched(world, generation_id, Consent(allows_vanishing=True))
    switched(world, loaded(world, table(row("2002"))), Consent(allows_vanishing=True))
    assert found(world) == ("one", "2002")


#  what comes after a file was loaded     does switching to it undo anything
AFTERWARDS = [
    ([[]], False),  # a day without differences
    ([[], []], False),
    ([["変更"]], True),
    ([["変更"], []], True),  # the empty one follows a real one
    ([[], ["変更"]], True),
]


@pytest.mark.parametrize(("days", "undoes"), AFTERWARDS)
def test_a_loaded_roster_undoes_only_differences_that_changed_anybody(world, days, undoes):
    imported(world, row("1001"))
    changed(world, ("変更", row("1001", 住所="灯台町")))
    generation_id = loaded(world, table(row("1001")))
    for changes in days:
        world.clock.forward(days=1)
        assert taken(
            world, *((each, row("1001", 住所="岬町")) for each in changes), as_of=world.clock.now.date()
        ).generation
    refused = pytest.raises(Forbidden, match="loaded_before_changes") if undoes else nullcontext()
    with refused:
        switched(world, generation_id, replace(ANYWAY, allows_older=True))


def test_the_roster_before_can_be_put_back_and_forth(world):
    first = imported(world, row("1001"))
    second = imported(world, row("2002"))
    for generation_id, member_id in ((first, "1001"), (second, "2002"), (first, "1001")):
        back_to_previous(world, generation_id)
        assert found(world) == ("one", member_id)
    with pytest.raises(NotFound):
        back_to_previous(world, first)


def test_going_back_people_vanish_only_with_a_word(world):
    first = imported(world, row("1001"))
    imported(world, row("1001"), row("2002", 氏名カナ="ｻﾄｳ ﾊﾅｺ"))
    with pytest.raises(Forbidden, match="vanishing"):
        back_to_previous(world, first, Consent())
    assert stages(world)[0] == ("active", 2)
    back_to_previous(world, first, Consent(allows_vanishing=True))
    assert stages(world) == [("previous", 2), ("active", 1)]


def test_consent_to_go_back_holds_for_the_roster_it_was_given_against(world):
    first = imported(world, row("1001"))
    second = imported(world, row("2002"))
    changed(world, ("追加", row("3003", 氏名="佐藤　花子", 氏名カナ="サトウ ハナコ")))
    with world.house.reading() as work:
        compared = comparison(work, world.insurer_id, first)
    assert (compared.persons, compared.vanishing, compared.loses_changes) == (2, 2, True)
    with pytest.raises(Superseded):
        back_to_previous(world, first, replace(ANYWAY, compared_with=second))
    back_to_previous(world, first, replace(ANYWAY, compared_with=compared.generation_id))
    assert found(world) == ("one", "1001")


def test_a_roster_older_than_the_one_before_is_dropped(world):
    first, *_ = (imported(world, row(member_id)) for member_id in ("1001", "2002", "3003"))
    assert stages(world) == [("active", 1), ("previous", 1), ("ended", 1)]
    assert len(roll_tables(world)) == 4
    with pytest.raises(NotFound, match="not_previous"):
        back_to_previous(world, first)


def test_giving_a_loaded_roster_up_leaves_no_tables(world):
    generation_id = loaded(world, table(row()))
    with world.house.work(world.operator) as work:
        discard(work, world.insurer_id, generation_id)
    assert clear(world.house, world.operator, world.insurer_id) == 1
    assert (stages(world), roll_tables(world)) == ([("discarded", 1)], [])
    with pytest.raises(NotFound):
        switched(world, generation_id)


def test_no_other_insurer_can_switch_to_it_or_give_it_up(world):
    generation_id = loaded(world, table(row()))
    with pytest.raises(NotFound):
        switched(world, generation_id, insurer_id=world.branch_id)
    with world.house.work(world.operator) as work, pytest.raises(NotFound):
        discard(work, world.branch_id, generation_id)


#    before  gone  needs a word, at five in a hundred
STAYING = [
    (20, 0, False),
    (20, 1, False),  # exactly at the threshold
    (20, 2, True),
    (21, 1, False),
    (19, 1, True),
    (1, 1, True),
]


@pytest.mark.parametrize(("before", "gone", "needs_a_word"), STAYING)
def test_people_who_would_vanish_need_a_word_beyond_the_threshold(world, before, gone, needs_a_word):
    imported(world, *map(somebody, range(before)))
    # As many come as go: a roster of the same length may still be another one.
    generation_id = loaded(world, table(*map(somebody, range(gone, before + gone))))
    with world.house.reading() as work:
        compared = comparison(work, world.insurer_id, generation_id)
    assert (compared.persons, compared.vanishing, compared.is_striking) == (before, gone, needs_a_word)
    if needs_a_word:
        with pytest.raises(Forbidden, match="vanishing"):
            switched(world, generation_id)
    switched(world, generation_id, Consent(allows_vanishing=needs_a_word))
    assert stages(world)[0] == ("active", before)


def test_consent_holds_for_the_roster_it_was_given_against(world):
    imported(world, row("1001"), row("1002", 氏名カナ="ｻﾄｳ ﾊﾅｺ"))
    generation_id = loaded(world, table(row("1001")))
    with world.house.reading() as work:
        seen = comparison(work, world.insurer_id, generation_id).generation_id
    changed(world, ("追加", row("1003", 氏名カナ="ｽｽﾞｷ ｲﾁﾛｳ")))
    with pytest.raises(Superseded):
        switched(world, generation_id, Consent(allows_vanishing=True, compared_with=seen))


#    before  other people under the same numbers   needs a word, at five in a hundred
OTHERS = [(20, 0, False), (20, 1, False), (20, 2, True), (19, 1, True)]


@pytest.mark.parametrize(("before", "others", "needs_a_word"), OTHERS)
def test_people_who_would_be_somebody_else_need_a_word_beyond_the_threshold(world, before, others, needs_a_word):
    first = imported(world, *map(somebody, range(before)))
    everybody = [somebody(number) for number in range(before)]
    for place in range(others):
        everybody[place] = {**everybody[place], "生年月日": "1990-05-06"}
    generation_id = loaded(world, table(*everybody))
    with world.house.reading() as work:
        compared = comparison(work, world.insurer_id, generation_id)
    assert (compared.vanishing, compared.others, compared.is_of_others) == (0, others, needs_a_word)
    if needs_a_word:
        with pytest.raises(Forbidden, match="roster:others"):
            switched(world, generation_id)
    switched(world, generation_id, Consent(allows_others=needs_a_word))
    if needs_a_word:
        with pytest.raises(Forbidden, match="roster:others"):
            back_to_previous(world, first, Consent())
    back_to_previous(world, first, Consent(allows_others=needs_a_word))


#  what a whole roster does not know of anybody, before and after
UNKNOWN = {
    "the kana": {"氏名": "髙橋　太郎", "氏名カナ": ""},
    "the sex": {"性別": "0"},
    "the day of birth": {"生年月日": "S33.4.00"},
    "the kanji": {"氏名": ""},
}


@pytest.mark.parametrize("unknown", UNKNOWN.values(), ids=UNKNOWN)
def test_people_with_an_unknown_part_are_somebody_else_by_what_is_known_of_them(world, unknown):
    imported(world, row("1001", **unknown))
    others = {**unknown, "生年月日": "S40.5.00" if "生年月日" in unknown else "S40.5.6"}
    generation_id = loaded(world, table(row("1001", **others)))
    with world.house.reading() as work:
        assert comparison(work, world.insurer_id, generation_id).others == 1
    generation_id = loaded(world, table(row("1001", **unknown, 住所="灯台町")))
    with world.house.reading() as work:
        assert comparison(work, world.insurer_id, generation_id).others == 0


def test_another_address_or_period_makes_nobody_somebody_else(world):
    imported(world, row("1001"))
    switched(
        world, loaded(world, table(row("1001", 住所="灯台町", 番号="346", 資格取得年月日="2018-01-01"))), Consent()
    )


#    the file   the last differences   needs a word          written on which day of the month
WRITTEN_ON = [
    (20, 20, False),
    (19, 20, True),
    (20, 21, True),
    (22, 21, False),
]


@pytest.mark.parametrize(("whole", "differences", "needs_a_word"), WRITTEN_ON)
def test_a_file_older_than_the_roster_in_force_or_its_differences_needs_a_word(world, whole, differences, needs_a_word):
    imported(world, row("1001"))
    taken(world, ("追加", somebody(2)), as_of=date(2026, 11, differences))
    generation_id = loaded(world, table(row("1001"), somebody(2)), as_of=date(2026, 11, whole))
    if needs_a_word:
        with pytest.raises(Forbidden, match="roster:older"):
            switched(world, generation_id, Consent(allows_vanishing=True))
    switched(world, generation_id, Consent(allows_older=needs_a_word))
    assert stages(world)[0] == ("active", 2)


def test_going_back_needs_no_word_for_its_age(world):
    first = imported(world, row("1001"))
    switched(world, loaded(world, table(row("1001")), as_of=date(2026, 11, 21)))
    back_to_previous(world, first, Consent())
    assert stages(world) == [("previous", 1), ("active", 1)]


def test_a_file_of_a_day_that_is_not_yet_is_refused_and_what_waits_goes_on_waiting(world):
    loaded(world, table(row("1001")))
    with pytest.raises(InvalidValue, match="written_in_future"):
        loaded(world, table(row("1001")), as_of=date(2026, 11, 26))
    loaded_today = loaded(world, table(row("1001")), as_of=date(2026, 11, 25))
    assert stages(world) == [("loaded", 1), ("discarded", 1)]
    switched(world, loaded_today)


def test_of_two_who_switch_at_once_the_second_finds_it_done(world):
    imported(world, row("1001"))
    imported(world, row("2002"))
    generation_id = loaded(world, table(row("3003")))
    refused, together = [], threading.Barrier(2)

    def go():
        together.wait()
        try:
            switched(world, generation_id, Consent(allows_vanishing=True))
        except NotFound as error:
            refused.append(error.code)

    people = [threading.Thread(target=go) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert refused == ["roster:not_loaded"]
    assert stages(world) == [("active", 1), ("previous", 1), ("ended", 1)]
    assert found(world) == ("one", "3003")


#    whether everybody is gone through to go back, and forth again     what happens after the switch
KNOWN = {
    "nothing": (False, lambda world: None),
    "a day without differences": (True, changed),
    "differences": (True, lambda world: changed(world, ("変更", somebody(5, 住所="灯台町")))),
}


@pytest.mark.parametrize(("goes_through", "happens"), KNOWN.values(), ids=KNOWN)
def test_what_was_found_when_a_roster_was_loaded_serves_to_go_back_and_forth(world, monkeypatch, goes_through, happens):
    imported(world, *map(somebody, range(20)))
    others = [somebody(number, 生年月日="1990-05-06") for number in range(3)]
    imported(world, *others, *map(somebody, range(5, 27)), consent=ANYWAY)  # two left, seven came, three are others
    happens(world)
    plain, gone = roster_comparing.compared, []
    monkeypatch.setattr(roster_comparing, "compared", lambda *those: gone.append(those) or plain(*those))
    for there in ((25, 7, 3), (20, 2, 3)):
        with world.house.reading() as work:
            earlier = before(work, world.insurer_id)
            found_out = comparison(work, world.insurer_id, earlier.id)
            counted = plain(work, roster_in_force(work, world.insurer_id).generation, earlier)
        assert (found_out.persons, found_out.vanishing, found_out.others) == there
        assert (counted["persons"], counted["vanishing"], counted["others"]) == there
        back_to_previous(world, earlier.id)
    assert bool(gone) is goes_through


def switching(work, world, beside):
    switch(work, beside)


def putting_back(work, world, beside):
    put_back(work, beside)


def discarding(work, world, beside):
    discard(work, world.insurer_id, beside.generation_id)


def given_up(world, generation_id):
    with world.house.work(world.operator) as work:
        discard(work, world.insurer_id, generation_id)
    clear(world.house, world.operator, world.insurer_id)


#    what is done       to what            and what somebody else does to it meanwhile
OVERTAKEN = {
    "switch": (switching, Stage.LOADED, given_up),
    "discard what was switched to": (discarding, Stage.LOADED, lambda world, one: switched(world, one, ANYWAY)),
    "discard": (discarding, Stage.LOADED, given_up),
    "put back": (putting_back, Stage.PREVIOUS, lambda world, _one: imported(world, row("4004"), consent=ANYWAY)),
}


@on_postgres
@pytest.mark.parametrize(("do", "stage", "meanwhile"), OVERTAKEN.values(), ids=OVERTAKEN)
def test_what_was_read_of_a_roster_before_it_is_held_is_asked_again(world, do, stage, meanwhile):
    """SQLite lets nobody else write then; on PostgreSQL a unit of work may have read what somebody else changes."""
    first = imported(world, row("1001"))
    imported(world, row("2002"))
    generation_id = loaded(world, table(row("3003"))) if stage is Stage.LOADED else first
    beside = weighed_beside(world, generation_id, ANYWAY, stage=stage)
    with world.house.work(world.operator) as work:
        seen = work.session.get_one(RosterGeneration, generation_id)
        meanwhile(world, generation_id)
        assert seen.stage == stage, "as it was read"
        with pytest.raises(NotFound):
            do(work, world, beside)
    assert found(world)[0] == "one", "the roster in force has its people"


@on_postgres
def test_whoever_switches_to_what_somebody_is_discarding_finds_it_discarded(world):
    imported(world, row("1001"))
    generation_id = loaded(world, table(row("2002")))
    with ThreadPoolExecutor(1) as pool:
        with world.house.work(world.operator) as work:
            discard(work, world.insurer_id, generation_id)
            work.session.flush()
            second = pool.submit(switched, world, generation_id, ANYWAY)
            wait_until_somebody_waits(world)
        with pytest.raises(NotFound, match="not_loaded"):
            second.result(PATIENCE)
    assert found(world) == ("one", "1001")


def test_a_roster_that_differences_changed_meanwhile_is_not_replaced_unseen(world):
    imported(world, row("1001"))
    generation_id = loaded(world, table(row("2002")))
    beside = weighed_beside(world, generation_id, ANYWAY)
    changed(world, ("追加", somebody(3)))
    with pytest.raises(Superseded), world.house.work(world.operator) as work:
        switch(work, beside)
    assert sorted(stages(world)) == [("active", 2), ("ended", 1), ("loaded", 1)]


@pytest.mark.parametrize("is_first", [True, False])
def test_an_import_that_begins_while_somebody_switches_leaves_what_they_switch_to(world, is_first):
    if not is_first:
        imported(world, row("1001"))
    generation_id = loaded(world, table(row("2002")))
    begun = []
    importer = threading.Thread(target=lambda: begun.append(loaded(world, table(row("3003")))))
    beside = weighed_beside(world, generation_id, Consent(allows_vanishing=True))
    with world.house.work(world.operator) as work:
        switch(work, beside)
        importer.start()
        if world.house.engine.dialect.name == "postgresql":  # SQLite lets nobody else read what they are to write
            wait_until_somebody_waits(world)
    importer.join()
    assert found(world) == ("one", "2002")
    assert stages(world)[:2] == [("loaded", 1), ("active", 1)]
    assert switched(world, *begun, Consent(allows_vanishing=True))
    assert found(world) == ("one", "3003")


def test_whoever_looks_up_meanwhile_sees_the_old_roster_or_the_new_and_never_both_or_neither(world):
    """One person stands only on the old roster, one only on the new; both are looked up in one unit of work."""
    other = subject(name=PersonName("", "サトウ　ハナコ"), birth_date=PartialDate(1990, 5, 6))
    rosters = {
        "old": imported(world, row("1001")),
        "new": imported(world, row("2002", 氏名="", 氏名カナ="ｻﾄｳ ﾊﾅｺ", 生年月日="1990-05-06")),
    }
    seen, broken, is_over = set(), [], threading.Event()

    def look():
        try:
            for _ in range(LOOKS):
                with world.house.work(world.operator) as work:
                    roster = roster_in_force(work, world.insurer_id)
                    first, second = roster.look([(subject(), None)]), roster.look([(other, None)])
                    seen.add((len(next(first).people), len(next(second).people)))
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
        back_to_previous(world, rosters[("old", "new")[turns % 2]])
        turns += 1
        time.sleep(BREATH)
    reader.join()
    assert broken == []
    assert seen == {(1, 0), (0, 1)}
    assert turns > 2
