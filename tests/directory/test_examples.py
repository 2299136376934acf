"""The example files are what examples/README.md says they are."""

import csv
import unicodedata
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from inquiry.directory.contacts import COLUMNS, OPTIONAL, read_contacts
from inquiry.directory.insurers import IN_SCOPE
from inquiry.domain.my_number import Level, examine
from inquiry.domain.reply import ANSWER_CHANNELS
from inquiry.domain.table_text import read_table

EXAMPLES = Path(__file__).parents[2] / "examples"
ROSTER_COLUMNS = (
    "加入者ID,記号,番号,枝番,氏名,氏名カナ,通称,通称カナ,旧氏,旧氏カナ,生年月日,性別,本人家族区分,"
    "資格取得年月日,資格喪失年月日,資格喪失事由,住所,個人番号登録済"
)
INQUIRY_COLUMNS = "照会ID,氏名,氏名カナ,生年月日,性別,住所,記号,番号,資格取得年月日,資格喪失年月日"


def rows_of(name):
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def roster():
    return rows_of("roster.csv")


@pytest.fixture(scope="module")
def contacts():
    return read_contacts(read_table((EXAMPLES / "contacts.csv").read_bytes(), COLUMNS, optional=OPTIONAL))


def test_every_contact_is_sound(contacts):
    assert contacts.problems == ()
    assert len(contacts.rows) == 41


def test_contacts_are_of_every_kind_and_answer_in_every_way(contacts):
    assert {row.kind for row in contacts.rows} == set(IN_SCOPE)
    ways = {row.channels for row in contacts.rows}
    assert ways == {frozenset(some) for size in (1, 2, 3) for some in combinations(ANSWER_CHANNELS, size)}


def test_the_numbers_of_the_examples_ring_nobody(contacts):
    numbers = [number for row in contacts.rows for number in (row.telephone, row.fax) if number]
    assert [number for number in numbers if "000" not in number[2:6]] == []


def test_the_roster_belongs_to_one_of_the_contacts(contacts):
    assert "06130017" in {row.insurer_number for row in contacts.rows}


HEADERS = [("roster.csv", ROSTER_COLUMNS), ("inquiries.csv", INQUIRY_COLUMNS)]


@pytest.mark.parametrize(("name", "columns"), HEADERS)
def test_the_columns_are_those_of_the_format(name, columns):
    assert (EXAMPLES / name).read_text(encoding="utf-8").splitlines()[0] == columns


def test_the_roster_has_three_thousand_persons_some_with_several_periods(roster):
    assert len({row["加入者ID"] for row in roster}) == 3000
    assert len(roster) > 3400


def test_all_rows_of_a_person_say_the_same_about_the_person(roster):
    personal = ("氏名", "氏名カナ", "通称", "旧氏", "生年月日", "性別", "住所", "個人番号登録済")
    said = defaultdict(set)
    for row in roster:
        said[row["加入者ID"]].add(tuple(row[column] for column in personal))
    assert [person for person, variants in said.items() if len(variants) > 1] == []


def test_cover_is_lost_after_it_was_acquired_and_for_a_reason(roster):
    ended = [row for row in roster if row["資格喪失年月日"]]
    assert ended
    assert [row["加入者ID"] for row in ended if row["資格喪失年月日"] <= row["資格取得年月日"]] == []
    assert {bool(row["資格喪失事由"]) for row in ended} == {True}


def test_kana_are_half_width(roster):
    wide = [row["加入者ID"] for row in roster if any(unicodedata.east_asian_width(c) == "W" for c in row["氏名カナ"])]
    assert wide == []


def test_three_pairs_of_persons_are_equal_in_all_three_identifiers(roster):
    persons, acquired = defaultdict(set), defaultdict(set)
    for row in roster:
        identifiers = (row["氏名"], row["氏名カナ"], row["生年月日"], row["性別"])
        persons[identifiers].add(row["加入者ID"])
        acquired[identifiers].add(row["資格取得年月日"])
    pairs = {key: found for key, found in persons.items() if len(found) > 1}
    assert sorted(map(sorted, pairs.values())) == [
        ["M000001", "M000002"],
        ["M000003", "M000004"],
        ["M000005", "M000006"],
    ]
    assert {len(acquired[key]) for key in pairs} == {2}


@pytest.mark.parametrize("name", ["contacts.csv", "roster.csv", "inquiries.csv"])
def test_no_cell_looks_like_a_my_number_and_no_file_is_blocked(name):
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    assert examine(text).level is not Level.BLOCK
    cells = {cell for row in csv.reader(text.splitlines()) for cell in row}
    assert [examine(cell).rule for cell in cells if examine(cell).level is not Level.ALLOW] == []
