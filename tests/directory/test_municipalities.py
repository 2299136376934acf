from collections import Counter
from importlib.resources import files

import pytest

from inquiry.directory.municipalities import COLUMNS, MunicipalityRow, inquirer_kind_of, read_municipalities
from inquiry.directory.prefectures import PREFECTURES
from inquiry.domain.procedure import InquirerKind
from inquiry.domain.table_text import RowProblem


def read(*lines):
    return read_municipalities("\n".join([",".join(COLUMNS), *lines]).encode())


@pytest.fixture(scope="module")
def bundled():
    return read_municipalities(files("inquiry.store").joinpath("reference/municipalities.csv").read_bytes())


def test_the_bundled_list_is_whole_and_every_check_digit_is_right(bundled):
    assert bundled.problems == ()
    assert Counter(row.kind for row in bundled.rows) == {InquirerKind.PREFECTURE: 47, InquirerKind.MUNICIPALITY: 1741}


def test_the_bundled_list_has_each_prefecture_in_order(bundled):
    assert tuple(row.name for row in bundled.rows if row.kind is InquirerKind.PREFECTURE) == PREFECTURES


def test_the_bundled_readings_are_full_width_katakana(bundled):
    assert [row.kana for row in bundled.rows if not all("ァ" <= character <= "ヶ" for character in row.kana)] == []


def test_namesakes_are_told_apart_by_their_prefecture(bundled):
    namesakes = [row.full_name for row in bundled.rows if row.name == "池田町"]
    assert len(namesakes) == len(set(namesakes)) == 4


def test_the_bundled_list_names_no_number_to_call(bundled):
    assert {row.main_line for row in bundled.rows} == {None}


def test_a_prefectures_full_name_does_not_repeat_itself():
    assert MunicipalityRow("130001", "東京都", "東京都", "トウキョウト").full_name == "東京都"
    assert MunicipalityRow("131121", "東京都", "世田谷区", "セタガヤク").full_name == "東京都世田谷区"


KINDS = [("010006", InquirerKind.PREFECTURE), ("011002", InquirerKind.MUNICIPALITY)]


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_the_code_tells_a_prefecture_from_a_municipality(code, kind):
    assert inquirer_kind_of(code) is kind


REFUSED = [
    ("012130,北海道,苫小牧市,トマコマイシ", "団体コード", "municipality:check_digit"),
    ("016951,北海道,色丹村,シコタンムラ", "団体コード", "municipality:without_office"),
    ("012131,青森県,苫小牧市,トマコマイシ", "都道府県", "municipality:prefecture_contradicts_code"),
    ("012131,北海道,,トマコマイシ", "名称", "municipality:name_missing"),
    ("012131,北海道", "", "table:wrong_column_count"),
]


@pytest.mark.parametrize(("line", "column", "code"), REFUSED)
def test_a_line_that_is_no_local_government_is_reported(line, column, code):
    sheet = read("010006,北海道,北海道,ホッカイドウ", line)
    assert sheet.problems == (RowProblem(3, column, code),)
    assert [row.code for row in sheet.rows] == ["010006"]


def test_a_code_that_stands_twice_is_reported():
    line = "012131,北海道,苫小牧市,トマコマイシ"
    assert read(line, line).problems == (RowProblem(3, "団体コード", "municipality:code_repeated"),)
