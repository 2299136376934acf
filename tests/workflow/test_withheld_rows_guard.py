"""不開示 stands in one of a person's rows, and withholds the person: wherever the row stands, whatever is wrong with it."""

from dataclasses import replace

import pytest

from inquiry.domain.errors import Forbidden
from inquiry.matching import keys
from inquiry.store import rolls
from inquiry.store.rosters import RosterGeneration
from inquiry.workflow import roster_loading
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_rebuilding import rebuild
from inquiry.workflow.roster_search import roster_in_force
from tests.workflow.roster_table import (
    ROSTER_COLUMNS,
    back,
    changed,
    found,
    imported,
    loaded,
    person,
    report_of,
    row,
    somebody,
    switched,
    table,
    taken,
)

SKIPPING = Consent(skips_bad=True, allows_vanishing=True, allows_others=True)
PLAIN = row()
EARLIER = row(資格取得年月日="2010-04-01", 資格喪失年月日="2015-04-01")
WITH_COLUMN = (*ROSTER_COLUMNS, "不開示")

#  what stands in the one row that says 不開示     is it left out
FLAGGED = {
    "nothing else": ({}, False),
    "another period": ({"資格取得年月日": "2018-01-01"}, False),
    "full width": ({"不開示": "１"}, False),
    "a word nobody knows": ({"不開示": "開示しない"}, True),
    "an unreadable birth date": ({"生年月日": "S33.2.30"}, True),
    "an unreadable date of cover": ({"資格取得年月日": "去年の春"}, True),
    "another address": ({"住所": "灯台町"}, True),
    "no name": ({"氏名": "", "氏名カナ": ""}, True),
    "a loss before the acquisition": ({"資格喪失年月日": "2001-01-01"}, True),
    "a My Number": ({"住所": "123456789018"}, True),
}


def people_of(world):
    """Open everybody on the roster in force."""
    with world.house.reading() as work:
        roster = roster_in_force(work, world.insurer_id)
        everybody = rolls.people(work.session, roster.sealing.roll_number, behind=0, limit=1_000)
        return {
            member.member_id: member for member in (roster.sealing.open(each.no, each.member_ct) for each in everybody)
        }


def withheld_in(cells):
    return row(**({"不開示": "1"} | cells))


@pytest.mark.parametrize(("cells", "is_left_out"), FLAGGED.values(), ids=FLAGGED)
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("window", [100, 1])
def test_one_row_that_says_so_withholds_the_person(world, monkeypatch, cells, is_left_out, place, window):
    monkeypatch.setattr(roster_loading, "WINDOW", window)
    rows = [PLAIN, EARLIER]
    rows.insert(place, withheld_in(cells))
    generation_id = loaded(world, table(*rows))
    assert (report_of(world, generation_id)["wrong_rows"] > 0) is is_left_out
    switched(world, generation_id, SKIPPING)
    assert found(world) == ("one", "1001")
    assert person(world).is_withheld


def test_nobody_else_is_withheld_by_it(world):
    generation_id = loaded(world, table(PLAIN, row("1002", 不開示="1", 生年月日="S33.2.30"), somebody(3, 不開示="1")))
    switched(world, generation_id, SKIPPING)
    assert not person(world).is_withheld


@pytest.mark.parametrize("word", ["", "0", "０", " "])
def test_what_says_no_withholds_nobody(world, word):
    imported(world, row(不開示=word))
    assert not person(world).is_withheld


@pytest.mark.parametrize(("cells", "is_left_out"), FLAGGED.values(), ids=FLAGGED)
def test_a_difference_that_says_so_withholds_the_person_even_where_it_is_left_out(world, cells, is_left_out):
    imported(world, PLAIN)
    rows = ("変更", PLAIN), ("変更", withheld_in(cells))
    outcome = taken(world, *rows, consent=SKIPPING, columns=WITH_COLUMN)
    assert (outcome.tally.wrong_rows > 0) is is_left_out
    assert person(world).is_withheld


def test_an_addition_of_somebody_who_is_there_withholds_whom_it_says(world):
    imported(world, PLAIN)
    assert taken(world, ("追加", withheld_in({})), consent=SKIPPING, columns=WITH_COLUMN).tally.wrong_rows == 1
    assert person(world).is_withheld


def test_differences_without_the_column_leave_who_is_withheld_as_they_are(world):
    imported(world, withheld_in({}))
    changed(world, ("変更", row(住所="灯台町")))
    assert (person(world).address, person(world).is_withheld) == ("灯台町", True)


def test_differences_with_the_column_end_it_by_saying_so(world):
    imported(world, withheld_in({}))
    taken(world, ("変更", row(不開示="0")), columns=WITH_COLUMN)
    assert not person(world).is_withheld


@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_differences_with_an_empty_cell_leave_who_is_withheld_as_they_are(world, blank):
    imported(world, withheld_in({}), somebody(2))
    taken(world, ("変更", row(住所="灯台町", 不開示=blank)), ("変更", somebody(2, 不開示="0")), columns=WITH_COLUMN)
    assert (person(world).address, person(world).is_withheld) == ("灯台町", True)


def test_differences_that_say_so_in_one_of_several_rows_end_it(world):
    imported(world, withheld_in({}))
    taken(world, ("変更", PLAIN), ("変更", {**EARLIER, "不開示": "0"}), columns=WITH_COLUMN)
    assert not person(world).is_withheld


def test_differences_that_say_it_of_a_stranger_change_nothing(world):
    imported(world, PLAIN)
    rows = ("変更", row("1002", 不開示="1", 生年月日="S33.2.30"))
    assert taken(world, rows, consent=SKIPPING, columns=WITH_COLUMN).generation is None


# Differences that take somebody away

GOING = ("削除", {"加入者ID": "1001"})


def other_than(number, **cells):
    return ("追加", row(number, **cells))


#  what comes back                          is it 不開示
COMING = {
    "somebody else": (other_than("2001", 生年月日="S33.4.2"), False),
    "the same person": (other_than("2001"), True),
    "the same, under the number of before": (other_than("1001"), True),
    "the same number, by a new name": (other_than("1001", 氏名="佐藤　太郎", 氏名カナ="サトウ タロウ"), True),
    "the same number, without kana": (other_than("1001", 氏名カナ=""), True),
    "the same number, born on another day": (other_than("1001", 生年月日="S33.4.21"), True),
    "the same number, of unknown sex": (other_than("1001", 性別="0"), True),
    "the same number, who is said to be open": (other_than("1001", 氏名="佐藤　太郎", 不開示="0"), False),
    "the same, without kana": (other_than("2001", 氏名カナ=""), True),
    "the same, with an old form of a kanji": (other_than("2001", 氏名="高橋　太郎"), True),
    "the same, by a new name and the one of before": (
        other_than("2001", 氏名="佐藤　太郎", 氏名カナ="サトウ タロウ", 旧氏="髙橋", 旧氏カナ="タカハシ"),
        True,
    ),
    "the same, spelled another way": (other_than("2001", 氏名カナ="タカハシ タロウ"), True),
    "the same, who is said to be open": (other_than("2001", 不開示="0"), False),
    "the same, who is said to be 不開示": (other_than("2001", 不開示="1"), True),
}
DAYS = {
    "at once": lambda coming: [[GOING, coming]],
    "the day after": lambda coming: [[GOING], [coming]],
    "after a day without differences": lambda coming: [[GOING], [], [coming]],
    "after a day of others": lambda coming: [[GOING], [("変更", somebody(7, 住所="灯台町"))], [coming]],
}


# One 加入者ID has one 異動区分 in a file.
BACK = [(when, who) for when in DAYS for who in COMING if when != "at once" or COMING[who][0][1]["加入者ID"] != "1001"]


@pytest.mark.parametrize(("when", "who"), BACK)
def test_who_was_withheld_when_they_went_is_withheld_when_they_come_back(world, when, who):
    coming, is_shut = COMING[who]
    imported(world, withheld_in({}), *map(somebody, range(40)))
    for rows in DAYS[when](coming):
        assert taken(world, *rows, columns=WITH_COLUMN).generation
    assert people_of(world)[coming[1]["加入者ID"]].is_withheld is is_shut


#  what the whole file says, after differences took 1001 away or not
WHOLE = {
    "without them": [],
    "with somebody else under their number": [somebody(77) | {"加入者ID": "1001"}],
}


@pytest.mark.parametrize("went", [True, False])
@pytest.mark.parametrize("others", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("name", [{}, {"氏名カナ": "タカハシ　タロウ"}])
def test_a_whole_file_without_them_forgets_nobody(world, went, others, name):
    imported(world, withheld_in({}), somebody(50, 不開示="1"), *map(somebody, range(40)))
    if went:
        taken(world, GOING)
    imported(world, *others, somebody(50, 不開示="1"), *map(somebody, range(40)), consent=SKIPPING)
    taken(world, other_than("2001", **name))
    assert people_of(world)["2001"].is_withheld


def test_who_is_on_a_whole_file_is_what_that_says(world):
    imported(world, withheld_in({}), somebody(50, 不開示="1"), *map(somebody, range(40)))
    taken(world, GOING)
    imported(world, row("2001"), somebody(50, 不開示="1"), *map(somebody, range(40)))
    assert not people_of(world)["2001"].is_withheld
    taken(world, ("変更", row("2001", 住所="灯台町")))
    assert not people_of(world)["2001"].is_withheld


@pytest.mark.parametrize("removal", [{"不開示": "1"}, {"不開示": "開示しない"}])
@pytest.mark.parametrize("anybody_else", ["", "1"])
def test_a_row_that_takes_away_whom_it_says_to_be_withheld_is_heard(world, removal, anybody_else):
    imported(world, PLAIN, somebody(50, 不開示=anybody_else), *map(somebody, range(40)))
    taken(world, ("削除", {"加入者ID": "1001"} | removal), other_than("2001"), columns=WITH_COLUMN)
    assert people_of(world)["2001"].is_withheld
    taken(world, ("削除", {"加入者ID": "2001"}))
    taken(world, other_than("3001"))
    assert people_of(world)["3001"].is_withheld


#  how nobody is 不開示 on the roster in force, and one who left it was
ONLY_GONE = {
    "by a row that took them away": lambda world: (
        imported(world, PLAIN, *map(somebody, range(40))),
        taken(world, ("削除", withheld_in({})), columns=WITH_COLUMN),
    ),
    "by a whole file that says it of nobody": lambda world: (
        imported(world, withheld_in({}), *map(somebody, range(40))),
        imported(world, *map(somebody, range(40)), consent=Consent(allows_opening=True)),
    ),
}


@pytest.mark.parametrize("came", ONLY_GONE.values(), ids=ONLY_GONE)
def test_a_whole_file_that_says_it_of_nobody_opens_nobody_who_left_without_a_word(world, came):
    came(world)
    with pytest.raises(Forbidden, match="opens_withheld"):
        imported(world, row("2001"), *map(somebody, range(40)))


def test_going_back_opens_nobody_who_left_without_a_word(world):
    first = imported(world, PLAIN, *map(somebody, range(40)))
    imported(world, PLAIN, *map(somebody, range(40)))
    taken(world, ("削除", withheld_in({})), columns=WITH_COLUMN)
    with pytest.raises(Forbidden, match="opens_withheld"):
        back(world, first, Consent())


def test_whose_name_was_changed_is_known_by_the_name_of_before(world):
    imported(world, withheld_in({}), *map(somebody, range(40)))
    taken(world, ("変更", somebody(77) | {"加入者ID": "1001"}))
    taken(world, other_than("2001"))
    assert {number for number, member in people_of(world).items() if member.is_withheld} == {"1001", "2001"}


def test_a_roster_that_is_over_keeps_nobody_who_went(world):
    imported(world, withheld_in({}), *map(somebody, range(40)))
    taken(world, GOING)
    for name in ("コウ", "オツ"):
        opening = Consent(allows_vanishing=True, allows_opening=True)
        imported(world, *map(somebody, range(40)), row("2001", 氏名カナ=f"{name} カズ"), consent=opening)
    with world.house.reading() as work:
        kept = {
            generation.stage: len((generation.report or {}).get("gone_shut", ()))
            for generation in work.session.query(RosterGeneration)
        }
    assert kept == {"active": 1, "previous": 1, "ended": 0}


def test_of_two_alike_who_went_each_is_withheld_again(world):
    imported(world, withheld_in({}), row("1002", 不開示="1"), *map(somebody, range(80)))
    taken(world, GOING, ("削除", {"加入者ID": "1002"}), other_than("2001"))
    taken(world, other_than("2002"))
    taken(world, other_than("2003"))
    assert [people_of(world)[number].is_withheld for number in ("2001", "2002", "2003")] == [True, True, False]


def test_one_who_stays_is_not_taken_for_the_one_alike_who_went(world):
    imported(world, withheld_in({}), row("1002", 不開示="1"), *map(somebody, range(40)))
    taken(world, ("削除", {"加入者ID": "1002"}))
    taken(world, ("変更", row(住所="灯台町")))
    taken(world, other_than("2002"))
    assert people_of(world)["2002"].is_withheld


def test_a_rebuilt_roster_still_knows_who_was_withheld_when_they_went(world, monkeypatch):
    imported(world, withheld_in({}), *map(somebody, range(40)))
    taken(world, GOING)
    monkeypatch.setattr(keys, "VERSION", "other forms")
    rebuild(world.house, world.operator, world.insurer_id, progress=lambda _: None)
    taken(world, other_than("2001"))
    assert people_of(world)["2001"].is_withheld


def test_somebody_with_an_unknown_part_comes_back_under_their_own_number(world):
    imported(world, withheld_in({"生年月日": "S33.4.00"}), *map(somebody, range(40)))
    taken(world, GOING)
    taken(world, other_than("1001", 生年月日="S33.4.00"))
    assert people_of(world)["1001"].is_withheld


@pytest.mark.parametrize(
    "unknown",
    [
        {"氏名カナ": ""},
        {"性別": "0"},
        {"氏名カナ": "", "性別": "0"},
        {"氏名カナ": "", "生年月日": "S33.4.00", "性別": "0"},
    ],
)
def test_somebody_with_unknown_parts_comes_back_under_another_number(world, unknown):
    imported(world, withheld_in(unknown), *map(somebody, range(40)))
    taken(world, ("変更", row(住所="灯台町", **unknown)))
    taken(world, GOING)
    taken(world, other_than("2001", **unknown))
    taken(world, other_than("3001", **unknown))
    assert [people_of(world)[number].is_withheld for number in ("2001", "3001")] == [True, False]


#  what the file says of the numbers           whom it leaves 不開示
RENUMBERED = {
    "the number goes to another, and the person to a new one": (
        [("変更", somebody(7) | {"加入者ID": "1001"}), other_than("2001")],
        {"1001", "2001"},
    ),
    "two change their numbers with each other": (
        [("変更", somebody(7) | {"加入者ID": "1001"}), ("変更", row("000007"))],
        {"1001", "000007"},
    ),
    "a number too many is given up": ([GOING, ("変更", row("000007"))], {"000007"}),
    "and of the one that stays it is said that it is open": ([GOING, ("変更", row("000007", 不開示="0"))], set()),
}


@pytest.mark.parametrize(("rows", "shut"), RENUMBERED.values(), ids=RENUMBERED)
def test_whoever_is_withheld_stays_so_under_every_number_of_the_same_file(world, rows, shut):
    imported(world, withheld_in({}), *map(somebody, range(40)))
    assert taken(world, *rows, columns=WITH_COLUMN).lacks == ()
    assert {number for number, member in people_of(world).items() if member.is_withheld} == shut


@pytest.mark.parametrize("cells", [{}, {"不開示": "0"}])
def test_nothing_tells_whoever_takes_somebody_away_whether_they_are_withheld(world, cells):
    imported(world, withheld_in(cells))
    asked = taken(world, GOING, other_than("2001", 生年月日="S33.4.2"))
    assert (asked.generation, asked.lacks, asked.compared.opens) == (None, ("roster:many_removed",), False)


def test_who_is_not_withheld_goes_without_a_word(world):
    imported(world, PLAIN, *map(somebody, range(40)))
    assert taken(world, GOING).generation.persons == 40


# A whole file that does not say who is


def without_the_column(world, consent):
    return switched(world, loaded(world, table(PLAIN, columns=ROSTER_COLUMNS)), consent)


def with_an_empty_column(world, consent):
    return imported(world, PLAIN, consent=consent)


def with_noughts(world, consent):
    return imported(world, row(不開示="0"), consent=consent)


SAYS_IT_OF_NOBODY = [without_the_column, with_an_empty_column, with_noughts]


HOW_SOMEBODY_CAME_TO_BE = {
    "by a whole file": lambda world: imported(world, withheld_in({})),
    "by a row that was left out": lambda world: imported(
        world, PLAIN, withheld_in({"生年月日": "S33.2.30"}), consent=SKIPPING
    ),
    "by a difference": lambda world: (
        imported(world, PLAIN),
        taken(world, ("変更", withheld_in({})), columns=WITH_COLUMN),
    ),
    "before a difference": lambda world: (
        imported(world, withheld_in({}), somebody(2)),
        changed(world, ("変更", somebody(2, 住所="灯台町"))),
    ),
    "before the keys were made anew": lambda world: (
        imported(world, withheld_in({})),
        rebuild(world.house, world.operator, world.insurer_id, progress=lambda _: None),
    ),
}


HOW_SOMEBODY_CAME_TO_BE_LATER = {
    "by a whole file": lambda world: imported(world, withheld_in({}), somebody(2)),
    "by a difference": lambda world: (
        imported(world, PLAIN, somebody(2)),
        taken(world, ("変更", withheld_in({})), columns=WITH_COLUMN),
    ),
    "before a difference": lambda world: (
        imported(world, withheld_in({}), somebody(2)),
        changed(world, ("変更", somebody(2, 住所="灯台町"))),
    ),
}


@pytest.mark.parametrize("came", HOW_SOMEBODY_CAME_TO_BE.values(), ids=HOW_SOMEBODY_CAME_TO_BE)
@pytest.mark.parametrize("whole", SAYS_IT_OF_NOBODY)
def test_a_whole_file_that_says_it_of_nobody_opens_nobody_without_a_word(world, came, whole):
    came(world)
    with pytest.raises(Forbidden, match="opens_withheld"):
        whole(world, SKIPPING)
    assert person(world).is_withheld
    whole(world, replace(SKIPPING, allows_opening=True))
    assert not person(world).is_withheld


@pytest.mark.parametrize("came", HOW_SOMEBODY_CAME_TO_BE_LATER.values(), ids=HOW_SOMEBODY_CAME_TO_BE_LATER)
def test_going_back_to_before_somebody_was_withheld_opens_nobody_without_a_word(world, came):
    first = imported(world, PLAIN, somebody(2))
    came(world)
    with pytest.raises(Forbidden, match="opens_withheld"):
        back(world, first, SKIPPING)
    assert person(world).is_withheld
    back(world, first, replace(SKIPPING, allows_opening=True))
    assert not person(world).is_withheld


def test_going_back_opens_nobody_where_nobody_is_withheld(world):
    first = imported(world, PLAIN)
    imported(world, PLAIN)
    back(world, first, Consent())
    assert found(world) == ("one", "1001")


def test_where_nobody_is_withheld_a_file_without_the_column_needs_no_word(world):
    without_the_column(world, Consent())
    without_the_column(world, Consent())


def test_where_an_import_did_not_write_down_whether_somebody_is_a_word_is_needed(world):
    generation_id = imported(world, PLAIN)
    with world.house.work(world.operator) as work:
        work.session.get_one(RosterGeneration, generation_id).report = {}
        work.record("roster:looked_again")
    with pytest.raises(Forbidden, match="opens_withheld"):
        without_the_column(world, SKIPPING)
