"""Loading a roster: as insurers write them, whole or not at all, and beside the one in force."""

import io
import json

import openpyxl
import pytest

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.roster import ROSTER_COLUMNS, seems_of_another_coding
from inquiry.domain.wareki import EraCoding
from inquiry.store import rolls
from inquiry.store.ledger import LedgerEntry
from inquiry.store.rosters import Roll, RosterGeneration
from inquiry.workflow import roster_loading, roster_search
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_sealing import sealing_of
from inquiry.workflow.roster_switching import alone_at
from tests.workflow.roster_table import (
    found,
    imported,
    loaded,
    person,
    report_of,
    roll_tables,
    row,
    somebody,
    stages,
    switched,
    table,
)

CONTRADICTION = ["加入者ID", "roster:person_contradicts_earlier_row"]


def persons_of(world, generation_id):
    with world.house.reading() as work:
        return work.session.get_one(RosterGeneration, generation_id).persons


def everybody(world, generation_id):
    """Open everybody on a loaded roster, in the order of their ids."""
    with world.house.reading() as work:
        roll = work.session.get_one(Roll, work.session.get_one(RosterGeneration, generation_id).roll_number)
        sealing = sealing_of(world.house, roll)
        people = [
            sealing.open(each.no, each.member_ct)
            for each in rolls.people(work.session, roll.number, behind=0, limit=1_000)
        ]
    return sorted(people, key=lambda member: member.member_id)


# As insurers write them


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_is_read_in_either_encoding(world, encoding):
    switched(world, loaded(world, table(row(), encoding=encoding)))
    assert found(world) == ("one", "1001")
    assert person(world).name.written == "髙橋　太郎", "what is stored is what arrived"


def test_a_workbook_is_read_like_a_file_of_text(world):
    book = openpyxl.Workbook()
    book.active.append(list(ROSTER_COLUMNS))
    book.active.append([row().get(column, "") for column in ROSTER_COLUMNS])
    content = io.BytesIO()
    book.save(content)
    switched(world, loaded(world, content.getvalue()))
    assert found(world) == ("one", "1001")


@pytest.mark.parametrize(("coding", "born_on"), [(EraCoding.CLAIMS, "3330401"), (EraCoding.PENSION, "5330401")])
def test_seven_digits_are_a_date_under_the_coding_that_the_file_uses(world, coding, born_on):
    switched(world, loaded(world, table(row(生年月日=born_on)), coding=coding))
    assert found(world) == ("one", "1001")


#  written          under             is refused because, from a file of 2026-11-20
OTHER_CODING = [
    ("生年月日", "5330401", EraCoding.CLAIMS, "roster:born_after_file"),  # 昭和33年, read as 令和33年
    ("生年月日", "5081121", EraCoding.CLAIMS, "roster:born_after_file"),  # the day after
    ("生年月日", "5081120", EraCoding.CLAIMS, None),  # the day itself
    ("生年月日", "5081200", EraCoding.CLAIMS, "roster:born_after_file"),  # some day of the next month
    ("生年月日", "5081100", EraCoding.CLAIMS, None),
    ("生年月日", "7010401", EraCoding.CLAIMS, "date:era_digit_unknown"),
    ("生年月日", "3330401", EraCoding.PENSION, "date:after_era"),  # 昭和33年, read as 大正33年
    ("生年月日", "5010501", EraCoding.PENSION, "date:before_era"),  # 令和元年, read as 昭和元年
    ("生年月日", "2073-03-07", EraCoding.CLAIMS, "roster:born_after_file"),
    ("資格取得年月日", "5560401", EraCoding.CLAIMS, "roster:acquired_long_after_file"),
    ("資格取得年月日", "2027-04-01", EraCoding.CLAIMS, None),  # entered before it begins
    ("資格取得年月日", "2027-11-21", EraCoding.CLAIMS, None),
    ("資格取得年月日", "2027-11-22", EraCoding.CLAIMS, "roster:acquired_long_after_file"),
    ("資格喪失年月日", "5560401", EraCoding.CLAIMS, "roster:lost_long_after_file"),
    ("資格喪失年月日", "2036-12-30", EraCoding.CLAIMS, None),  # cover that is granted for years
    ("資格喪失年月日", "2037-01-01", EraCoding.CLAIMS, "roster:lost_long_after_file"),
]


@pytest.mark.parametrize(("column", "written", "coding", "code"), OTHER_CODING)
def test_a_day_that_cannot_be_is_refused_and_names_the_coding(world, column, written, coding, code):
    report = report_of(world, loaded(world, table(row(**{column: written})), coding=coding))
    assert report["by_reason"] == ({f"{column}:{code}": 1} if code else {})


STILL_INSURED = [
    *(
        "9999-12-31",
        "9999/12/31",
        "99991231",
        "9999年12月31日",
        "9999-99-99",
        "99999999",
        "9999999",
        "２９９９－１２－３１",
    ),
    *("9999-12-31 00:00:00", "9999/12/31 0:00", "9999-12-31T00:00:00", "9999-12-31T00:00:00+09:00"),
    *("令和99年12月31日", "R99.12.31", "5991231", "0000-00-00", "0000/00/00", "00000000", "0"),
]


@pytest.mark.parametrize("written", STILL_INSURED)
def test_what_systems_write_for_who_is_still_insured_is_no_day_of_loss(world, written):
    generation_id = loaded(world, table(row(資格喪失年月日=written)))
    assert report_of(world, generation_id)["by_reason"] == {}
    assert [period.lost_on for member in everybody(world, generation_id) for period in member.enrolments] == [None]


@pytest.mark.parametrize(("wrong", "seems_so"), [(1, False), (2, True), (20, True)])
def test_many_births_that_cannot_be_say_that_the_file_counts_eras_the_other_way(world, wrong, seems_so):
    born = [{"生年月日": "5330401"} if number < wrong else {} for number in range(20)]
    generation_id = loaded(world, table(*(somebody(number, **cells) for number, cells in enumerate(born))))
    assert seems_of_another_coding(report_of(world, generation_id)["by_reason"], 20) is seems_so


def test_a_file_without_a_fault_says_nothing_of_eras():
    assert not seems_of_another_coding({}, 0)
    assert not seems_of_another_coding({"氏名:roster:cell_missing": 9}, 9)


def test_a_withheld_person_is_marked_as_such(world):
    imported(world, row(不開示="1"))
    assert person(world).is_withheld
    imported(world, row(不開示="0"), consent=Consent(allows_opening=True))
    assert not person(world).is_withheld


# Whole or not at all


def test_a_bad_row_is_named_by_line_column_and_reason_and_needs_consent(world):
    generation_id = loaded(world, table(row(), row("1002", 生年月日="S33.2.30")))
    report = report_of(world, generation_id)
    assert report["wrong_rows"] == 1
    assert [problem[:2] for problem in report["problems"]] == [[3, "生年月日"]]
    with pytest.raises(Forbidden, match="bad_rows"):
        switched(world, generation_id)
    switched(world, generation_id, Consent(skips_bad=True))
    assert stages(world) == [("active", 1)]


def test_a_file_of_nobody_never_comes_into_force(world):
    imported(world, row())
    for content in (table(), table(row("1002", 生年月日="S33.2.30"))):
        with pytest.raises(Forbidden, match="nobody"):
            switched(world, loaded(world, content), Consent(skips_bad=True, allows_vanishing=True))
    assert found(world) == ("one", "1001")


def test_the_report_and_the_ledger_hold_no_personal_data(world):
    generation_id = loaded(world, table(row(), row("1002", 生年月日="S33.2.30"), row(住所="灯台町")))
    switched(world, generation_id, Consent(skips_bad=True))
    with world.house.reading() as work:
        told = json.dumps(report_of(world, generation_id), ensure_ascii=False)
        told += " ".join(entry.body.decode() for entry in work.session.query(LedgerEntry) if b"roster:" in entry.body)
    assert "roster:imported" in told
    assert not [cell for cell in ("髙橋", "ﾀｶﾊｼ", "S33", "1958", "1001", "1002", "灯台町") if cell in told]


def test_an_interrupted_import_is_discarded_by_the_next_and_leaves_no_tables(world, monkeypatch):
    imported(world, row())
    before = roll_tables(world)

    def power_cut(*_arguments, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(roster_loading, "discard_unfinished", lambda *_arguments, **_more: None)
        patch.setattr(roster_loading, "finish", power_cut)
        with pytest.raises(KeyboardInterrupt):
            loaded(world, table(somebody(1)))
    assert stages(world) == [("loading", 1), ("active", 1)]
    assert len(roll_tables(world)) == 4
    assert found(world) == ("one", "1001")
    loaded(world, table(somebody(2)))
    assert stages(world) == [("loaded", 1), ("discarded", 1), ("active", 1)]
    assert len(roll_tables(world)) == len(before) + 2


def test_an_import_that_fails_leaves_no_tables_and_says_what_stopped_it(world, monkeypatch):
    def refuse(*_arguments, **_more):
        raise InvalidValue("table:error_value")

    monkeypatch.setattr(roster_loading, "sealed_batch", refuse)
    with pytest.raises(InvalidValue):
        loaded(world, table(row()))
    assert (stages(world), roll_tables(world)) == ([("discarded", 0)], [])
    with world.house.reading() as work:
        assert work.session.query(RosterGeneration).one().report == {"stopped_by": "table:error_value"}


def test_a_file_that_is_no_roster_leaves_what_waits(world):
    loaded(world, table(row()))
    with pytest.raises(InvalidValue):
        loaded(world, b"")
    assert stages(world) == [("loaded", 1)]


def test_of_two_imports_at_once_the_second_is_refused(world):
    with alone_at(world.house, world.insurer_id):
        with pytest.raises(Forbidden, match="under_way"):
            loaded(world, table(row()))
        # Another insurer's import is nobody's business.
        loaded(world, table(row()), insurer_id=world.branch_id)
    loaded(world, table(row()))


# One person, however far apart the rows stand


SCATTERED = [
    row(),
    somebody(1),
    somebody(2),
    somebody(3),
    row(資格取得年月日="2010-04-01", 資格喪失年月日="2015-04-01"),
    somebody(4),
    row(住所="灯台町"),
    somebody(5),
    somebody(6),
    row(資格取得年月日="2016-04-01", 資格喪失年月日="2018-04-01"),
]


@pytest.mark.parametrize("window", [2, 3, 100])
def test_rows_of_one_person_are_one_person_and_a_contradiction_is_named_with_its_line(world, monkeypatch, window):
    monkeypatch.setattr(roster_loading, "WINDOW", window)
    generation_id = loaded(world, table(*SCATTERED))
    assert [problem[1:] for problem in report_of(world, generation_id)["problems"]] == [CONTRADICTION]
    assert report_of(world, generation_id)["problems"][0][0] == 8
    assert persons_of(world, generation_id) == 7
    switched(world, generation_id, Consent(skips_bad=True))
    assert found(world) == ("one", "1001")
    assert [period.acquired_on.year for period in person(world).enrolments] == [2019, 2010, 2016]


def test_everybody_whom_a_bad_row_withholds_is_withheld_however_many_they_are(world, monkeypatch):
    monkeypatch.setattr(roster_loading, "WINDOW", 1)
    monkeypatch.setattr(roster_loading, "BATCH", 2)
    said = [somebody(number, 不開示="1", 生年月日="S33.2.30") for number in range(5)]
    generation_id = loaded(world, table(*said, *map(somebody, range(6))))
    assert [member.is_withheld for member in everybody(world, generation_id)] == [True] * 5 + [False]


def test_several_processes_make_the_same_roster_as_one(world, monkeypatch):
    monkeypatch.setattr(roster_loading, "BATCH", 7)
    content = table(*map(somebody, range(100)), *SCATTERED)
    alone = everybody(world, loaded(world, content))
    together = loaded(world, content, processes=2)
    assert everybody(world, together) == alone
    assert len(alone) == persons_of(world, together) == 101


# Each insurer by itself


def test_the_same_person_at_two_insurers_has_no_key_in_common(world):
    for insurer_id in (world.insurer_id, world.branch_id):
        switched(world, loaded(world, table(row()), insurer_id=insurer_id), insurer_id=insurer_id)
    with world.house.reading() as work:
        keys = [
            {key for (key,) in work.session.connection().exec_driver_sql(f"SELECT key FROM {name}")}
            for name in roll_tables(world)
            if name.endswith("_key")
        ]
    assert len(keys) == 2
    assert all(keys)
    assert keys[0].isdisjoint(keys[1])
    assert found(world) == found(world, insurer_id=world.branch_id) == ("one", "1001")


def test_a_token_moved_to_another_roll_or_row_does_not_open(world):
    for insurer_id in (world.insurer_id, world.branch_id):
        switched(world, loaded(world, table(row()), insurer_id=insurer_id), insurer_id=insurer_id)
    with world.house.reading() as work:
        one, other = (roster_search.roster_in_force(work, each).sealing for each in (world.insurer_id, world.branch_id))
        (sealed,) = rolls.people(work.session, one.roll_number, behind=0, limit=2)
    assert one.open(sealed.no, sealed.member_ct).member_id == "1001"
    with pytest.raises(InvalidValue, match="seal:broken"):
        other.open(sealed.no, sealed.member_ct)
    with pytest.raises(InvalidValue, match="seal:broken"):
        one.open(sealed.no + 1, sealed.member_ct)


# What is there twice


def test_a_row_that_repeats_another_counts_once_and_is_reported(world):
    again = row(資格取得年月日="2021-10-01")
    generation_id = loaded(world, table(row(), row(), again, again))
    assert report_of(world, generation_id)["repeated"] == 2
    (only,) = everybody(world, generation_id)
    assert [period.acquired_on.isoformat() for period in only.enrolments] == ["2019-04-01", "2021-10-01"]


ALIKE = [
    ({}, True),
    ({"氏名": "高橋　太郎", "氏名カナ": "タカハシ　タロウ", "生年月日": "1958/4/1", "住所": "東京都見本区"}, True),
    ({"氏名": "高橋　太朗"}, False),
    ({"生年月日": "S33.4.2"}, False),
    ({"性別": "2"}, False),
    ({"氏名カナ": "ﾀｶﾊﾞｼ ﾀﾛｳ"}, False),
    ({"生年月日": "1958-04-00"}, False),
]


@pytest.mark.parametrize("window", [2, 100])
def test_a_period_is_one_however_far_apart_its_rows_stand(world, monkeypatch, window):
    monkeypatch.setattr(roster_loading, "WINDOW", window)
    again = row(資格取得年月日="2021-10-01")
    generation_id = loaded(world, table(row(), again, somebody(1), somebody(2), again, row(), row()))
    assert report_of(world, generation_id)["repeated"] == 3
    assert [len(member.enrolments) for member in everybody(world, generation_id)] == [1, 1, 2]


@pytest.mark.parametrize(("cells", "is_alike"), ALIKE)
def test_people_whom_only_the_number_tells_apart_are_reported_by_their_lines(world, cells, is_alike):
    report = report_of(world, loaded(world, table(row(), somebody(1), row("2002", **cells))))
    assert (report["alike_persons"], report["alike"]) == ((2, [[2, 4]]) if is_alike else (0, []))


def test_people_who_look_alike_are_told_group_by_group_in_the_order_of_the_file(world, monkeypatch):
    monkeypatch.setattr(roster_loading, "ALIKE_KEPT", 2)
    kana = {"愛": "アイ", "舞": "マイ", "唯": "ユイ"}
    twins = [
        row(str(number), 氏名=f"佐藤 {name}", 氏名カナ=f"サトウ {kana[name]}")
        for number, name in enumerate("愛舞舞愛唯愛唯")
    ]
    report = report_of(world, loaded(world, table(*twins)))
    assert (report["alike_persons"], report["alike"]) == (7, [[2, 5, 7], [3, 4]])
