"""The differences of a day: taken over whole, and only onto the roster they fit."""

from datetime import date

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName
from inquiry.matching import keys
from inquiry.store import rolls
from inquiry.store.rosters import active_generation
from inquiry.workflow import roster_changes
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_switching import alone_at
from tests.workflow.roster_table import (
    changed,
    found,
    imported,
    person,
    roll_tables,
    row,
    somebody,
    stages,
    subject,
    taken,
)

HANAKO = subject(name=PersonName("佐藤　花子", "サトウ　ハナコ"), birth_date=PartialDate(1990, 5, 6))
HER_ROW = {"氏名": "佐藤　花子", "氏名カナ": "サトウ ハナコ", "生年月日": "1990-05-06"}


def problems_of(tally):
    return [(each.line, each.column, each.code) for each in tally.problems]


def keys_kept(world):
    """Count the keys on the roster in force: none may stay behind."""
    (name,) = (name for name in roll_tables(world) if name.endswith("_key"))
    with world.house.reading() as work:
        return work.session.connection().exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()


def people_kept(world):
    with world.house.reading() as work:
        return rolls.how_many(work.session, active_generation(work.session, world.insurer_id).roll_number)


def test_who_was_added_is_found(world):
    imported(world, row())
    generation, _ = changed(world, ("追加", row("1002", **HER_ROW)))
    assert (generation.rows, generation.persons, generation.is_difference) == (1, 2, True)
    assert found(world, HANAKO) == ("one", "1002")
    assert found(world) == ("one", "1001")
    assert stages(world) == [("active", 2), ("ended", 1)]


def test_who_was_changed_is_found_by_what_holds_now_alone(world):
    imported(world, row())
    before = keys_kept(world)
    changed(world, ("変更", row("1001", **HER_ROW)))
    assert found(world) == ("none", "")
    assert found(world, HANAKO) == ("one", "1001")
    assert people_kept(world) == 1
    changed(world, ("2", row("1001")))
    assert found(world) == ("one", "1001")
    assert keys_kept(world) == before


def test_who_was_removed_is_found_no_more_and_leaves_no_key(world):
    imported(world, row())
    before = keys_kept(world)
    changed(world, ("追加", row("1002", **HER_ROW)))
    changed(world, ("3", {"加入者ID": "1002"}))
    assert (found(world), found(world, HANAKO)) == (("one", "1001"), ("none", ""))
    assert (people_kept(world), keys_kept(world)) == (1, before)


#    before  gone  needs a word, at five in a hundred
REMOVED = [
    (20, 1, False),  # exactly at the threshold
    (20, 2, True),
    (19, 1, True),
]


@pytest.mark.parametrize(("before", "gone", "needs_a_word"), REMOVED)
def test_people_go_by_differences_as_they_do_by_a_whole_file(world, before, gone, needs_a_word):
    imported(world, *map(somebody, range(before)))
    rows = [("削除", {"加入者ID": f"{number:06d}"}) for number in range(gone)]
    # As many come as go: those who go are no fewer for it.
    rows += [("追加", somebody(before + number)) for number in range(gone)]
    outcome = taken(world, *rows)
    assert (outcome.generation is None) is needs_a_word
    assert (outcome.compared.persons, outcome.compared.vanishing) == (before, gone)
    if needs_a_word:
        assert stages(world) == [("active", before)]
        seen = Consent(allows_vanishing=True, compared_with=outcome.compared.generation_id)
        assert taken(world, *rows, consent=seen).generation.persons == before


#    there  changed  of whom somebody else  needs a word, at five in a hundred
OTHERS = [
    (200, 4, 4, False),  # as many may well marry on one day
    (200, 5, 5, True),
    (200, 9, 5, True),
    (200, 10, 5, False),  # no more than half of those who change
    (200, 30, 10, False),  # exactly at the threshold
    (200, 30, 11, True),
]


@pytest.mark.parametrize(("there", "altered", "others", "needs_a_word"), OTHERS)
def test_differences_that_make_others_of_many_need_a_word(world, there, altered, others, needs_a_word):
    imported(world, *map(somebody, range(there)))
    rows = [("変更", somebody(number, 住所="灯台町")) for number in range(others, altered)]
    rows += [("変更", somebody(number, 生年月日="1990-05-06")) for number in range(others)]
    outcome = taken(world, *rows)
    assert (outcome.compared.changed, outcome.compared.others) == (altered, others)
    assert (outcome.generation is None) is needs_a_word
    if needs_a_word:
        assert outcome.lacks == ("roster:many_others",)
        seen = Consent(allows_others=True, compared_with=outcome.compared.generation_id)
        assert taken(world, *rows, consent=seen).generation.persons == there


@pytest.mark.parametrize(
    "cells", [{"氏名カナ": "ﾀｶﾊｼ ｼﾞﾛｳ"}, {"氏名": "高橋　次郎"}, {"生年月日": "S33.4.2"}, {"性別": "2"}]
)
def test_another_name_birth_date_or_sex_makes_somebody_else(world, cells):
    imported(world, row())
    assert taken(world, ("変更", row(**cells))).compared.others == 1


def test_another_spelling_or_another_period_makes_nobody_else(world):
    imported(world, row())
    outcome = taken(world, ("変更", row(氏名="髙橋　太郎", 氏名カナ="タカハシ タロウ", 資格取得年月日="2020-04-01")))
    assert (outcome.compared.changed, outcome.compared.others, outcome.lacks) == (1, 0, ())


def test_a_word_about_who_goes_holds_for_the_roster_it_was_given_about(world):
    imported(world, row(), row("1002", **HER_ROW))
    removing = ("削除", {"加入者ID": "1002"})
    seen = taken(world, removing).compared.generation_id
    changed(world, ("変更", row(住所="灯台町")))
    with pytest.raises(Superseded):
        taken(world, removing, consent=Consent(allows_vanishing=True, compared_with=seen))
    assert people_kept(world) == 2


def test_nobody_may_consent_to_a_roster_of_nobody(world):
    imported(world, row(), row("1002", **HER_ROW))
    everybody = [("削除", {"加入者ID": member_id}) for member_id in ("1001", "1002")]
    with pytest.raises(Forbidden, match="roster:nobody"):
        changed(world, *everybody)
    assert (people_kept(world), found(world)) == (2, ("one", "1001"))
    changed(world, *everybody, ("追加", row("1003")))
    assert found(world) == ("one", "1003")


def test_a_changed_person_has_the_periods_that_the_file_gives(world):
    imported(world, row())
    changed(
        world,
        ("変更", row(資格取得年月日="2010-04-01", 資格喪失年月日="2015-04-01")),
        ("変更", row(資格取得年月日="2020-04-01")),
    )
    assert [period.acquired_on.year for period in person(world).enrolments] == [2010, 2020]


DIFFERENT = row("1002", **HER_ROW)
REFUSED = [
    ([("追加", row("1001"))], (2, "加入者ID", "roster:added_who_is_there")),
    ([("変更", DIFFERENT)], (2, "加入者ID", "roster:changed_who_is_not_there")),
    ([("削除", {"加入者ID": "1002"})], (2, "加入者ID", "roster:changed_who_is_not_there")),
    ([("削除", {})], (2, "加入者ID", "roster:cell_missing")),
    ([("", DIFFERENT)], (2, "異動区分", "roster:unknown_value")),
    ([("改名", DIFFERENT)], (2, "異動区分", "roster:unknown_value")),
    ([("追加", DIFFERENT), ("削除", DIFFERENT)], (3, "異動区分", "roster:changes_contradict")),
    ([("追加", DIFFERENT | {"生年月日": "1990-02-30"})], (2, "生年月日", "date:no_such_day")),
    (
        [("追加", DIFFERENT), ("追加", DIFFERENT | {"住所": "灯台町"})],
        (3, "加入者ID", "roster:person_contradicts_earlier_row"),
    ),
]


@pytest.mark.parametrize(("rows", "problem"), REFUSED)
def test_what_does_not_fit_is_named_and_nothing_is_taken_over(world, rows, problem):
    imported(world, row())
    fitting = ("追加", row("1009", 氏名カナ="ｽｽﾞｷ ｲﾁﾛｳ", 氏名="鈴木　一郎"))
    generation, tally = changed(world, *rows, fitting)
    assert generation is None
    assert problems_of(tally) == [problem]
    assert stages(world) == [("active", 1)]
    generation, tally = changed(world, *rows, fitting, skips_bad=True)
    assert problems_of(tally) == [problem]
    assert generation.persons == people_kept(world) == 2
    assert found(world) == ("one", "1001")
    assert found(world, HANAKO) == ("none", "")


@pytest.mark.parametrize("rows", [[], [("", {})] * 3], ids=["the header alone", "and blank rows"])
def test_a_day_without_differences_leaves_everybody_and_makes_the_roster_newer(world, rows):
    imported(world, row(不開示="1"), row("1002", **HER_ROW))
    before = keys_kept(world)
    outcome = taken(world, *rows, as_of=None)
    assert (outcome.tally.rows, outcome.compared.vanishing) == (0, 0)
    assert stages(world) == [("active", 2), ("ended", 2)]
    with world.house.reading() as work:
        assert active_generation(work.session, world.insurer_id).as_of == work.today
    assert (found(world, HANAKO), keys_kept(world)) == (("one", "1002"), before)
    assert person(world).is_withheld
    assert outcome.generation.report["withholds"]


#  what stands there
OF_NO_USE = [
    ("追加", row()),  # who is there already
    ("追加,", row("1003")),  # a cell too many
]


@pytest.mark.parametrize("difference", OF_NO_USE)
def test_a_file_of_which_nothing_can_be_taken_over_makes_no_new_roster(world, difference):
    imported(world, row())
    assert changed(world, difference, skips_bad=True)[0] is None
    assert stages(world) == [("active", 1)]


def test_what_breaks_in_the_middle_leaves_the_roster_as_it_was(world, monkeypatch):
    imported(world, row())

    def broken(*_arguments):
        raise InvalidValue("seal:broken")

    with monkeypatch.context() as patch:
        patch.setattr(rolls, "add", broken)
        with pytest.raises(InvalidValue):
            changed(world, ("変更", row(**HER_ROW)))
    assert found(world) == ("one", "1001")
    assert (people_kept(world), stages(world)) == (1, [("active", 1)])


def test_without_a_roster_there_is_nothing_to_change(world):
    with pytest.raises(NotFound, match="no_roster"):
        changed(world, ("追加", row()))


def test_while_a_roster_is_loaded_nothing_is_changed(world):
    imported(world, row())
    with alone_at(world.house, world.insurer_id), pytest.raises(Forbidden, match="under_way"):
        changed(world, ("追加", DIFFERENT))


def test_a_roster_made_by_other_forms_is_rebuilt_before_it_is_changed(world, monkeypatch):
    imported(world, row())
    monkeypatch.setattr(keys, "VERSION", "newer")
    with pytest.raises(Forbidden, match="rebuild_needed"):
        changed(world, ("削除", {"加入者ID": "1001"}))


def test_more_rows_than_differences_ever_have_are_refused(world, monkeypatch):
    imported(world, row())
    monkeypatch.setattr(roster_changes, "MOST_ROWS", 1)
    with pytest.raises(Forbidden, match="too_many_differences"):
        changed(world, ("追加", DIFFERENT), ("追加", row("1003")))


#  written on   in force is of the 20th
@pytest.mark.parametrize(("day", "is_older"), [(19, True), (20, False), (21, False)])
def test_differences_older_than_the_roster_in_force_do_not_undo_it(world, day, is_older):
    imported(world, row(住所="灯台町"))
    if is_older:
        with pytest.raises(InvalidValue, match="changes_older"):
            taken(world, ("変更", row(住所="見本町")), as_of=date(2026, 11, day))
    else:
        taken(world, ("変更", row(住所="見本町")), as_of=date(2026, 11, day))
    assert person(world).address == ("灯台町" if is_older else "見本町")


def test_differences_sent_again_do_not_undo_those_that_came_after_them(world):
    imported(world, row())
    for day, address in ((21, "灯台町"), (22, "見本町")):
        taken(world, ("変更", row(住所=address)), as_of=date(2026, 11, day))
    with pytest.raises(InvalidValue, match="changes_older"):
        taken(world, ("変更", row(住所="灯台町")), as_of=date(2026, 11, 21))
    assert person(world).address == "見本町"


def test_differences_of_a_day_that_is_not_yet_are_refused(world):
    imported(world, row())
    with pytest.raises(InvalidValue, match="written_in_future"):
        taken(world, ("変更", row(住所="見本町")), as_of=date(2026, 11, 26))
