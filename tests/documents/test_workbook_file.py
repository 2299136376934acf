"""The workbook, read back with openpyxl: the words of the letter, and benefits as tables."""

import io
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from openpyxl import load_workbook

from inquiry.documents.letter import Item
from inquiry.documents.office_encryption import SMALLEST_PACKAGE_BYTES
from inquiry.documents.wording import Wording
from inquiry.documents.workbook_file import write_xlsx
from inquiry.domain.errors import InvalidValue
from tests.documents.letters import ANSWER, NOT_FOUND, RARE_NAME, TEMPLATES, asking_about

pytestmark = pytest.mark.documents

WORDING = Wording(TEMPLATES)
BENEFITS = "令和7年4月　57,600円　令和7年7月25日\n令和7年5月 ５７６００ 令和7年8月25日 再計算\n不明　支給なし"
TABLED = replace(
    ANSWER,
    items=(
        Item("被保険者証番号", "0045", "SHIKAKU-03"),
        Item("資格取得年月日", "平成31年4月1日（2019年4月1日）", "SHIKAKU-06"),
        Item("資格喪失年月日", "加入中", "SHIKAKU-07"),
        Item("高額療養費", BENEFITS, "KYUFU-01"),
        Item("保険料", "12,300円", "HOKEN-01"),
    ),
)


def midnight(*day):
    return datetime.combine(date(*day), time())


def opened(letter):
    return load_workbook(io.BytesIO(write_xlsx(letter, WORDING)))


def told(letter):
    """Return what stands beside each item."""
    sheet = opened(letter)["回答書"]
    return {row[0].value: row[1] for row in sheet.iter_rows(max_col=2) if row[1].value is not None}


def test_the_words_are_those_of_the_letter():
    sheet = opened(ANSWER)["回答書"]
    texts = [str(row[0].value) for row in sheet.iter_rows(max_col=1)]
    assert "架空健発第42号" in texts
    assert any("照会のありました事項を下記のとおり回答します。" in text for text in texts)
    assert told(ANSWER)["氏名"].value == RARE_NAME


def test_dates_and_amounts_are_dates_and_numbers_and_digits_with_a_zero_stay_text():
    cells = told(TABLED)
    assert (cells["資格取得年月日"].value, cells["資格取得年月日"].is_date) == (midnight(2019, 4, 1), True)
    assert (cells["保険料"].value, cells["保険料"].number_format) == (12300, '#,##0"円"')
    assert (cells["被保険者証番号"].value, cells["被保険者証番号"].data_type) == ("0045", "s")
    assert cells["資格喪失年月日"].value == "加入中"


def test_benefits_are_a_table_with_a_row_for_each():
    book = opened(TABLED)
    sheet = book["給付1"]
    assert told(TABLED)["高額療養費"].value == "次のシートのとおり（3件）"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [
        ["診療年月", "支給額", "支給決定年月日", "備考"],
        [midnight(2025, 4, 1), 57600, midnight(2025, 7, 25), None],
        [midnight(2025, 5, 1), 57600, midnight(2025, 8, 25), "再計算"],
        ["不明", "支給なし", None, None],
    ]
    [table] = sheet.tables.values()
    assert table.ref == "A2:D5"
    assert book.sheetnames == ["回答書", "給付1"]


def test_nothing_that_comes_from_outside_becomes_a_formula():
    items = (Item("項目", "=HYPERLINK(1)", "SHIKAKU-02"), Item("給付", "=1+1　=2　@3", "KYUFU-01"))
    book = opened(replace(asking_about("=cmd|'/c calc'!A0"), items=items))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "f" not in kinds


def test_a_date_before_a_workbook_can_count_stays_text():
    letter = replace(ANSWER, items=(Item("資格取得年月日", "明治30年4月1日", "SHIKAKU-06"),))
    assert told(letter)["資格取得年月日"].value == "明治30年4月1日（1897年4月1日）"


def test_not_found_is_said_and_the_file_is_large_enough_to_be_locked():
    assert told(NOT_FOUND)["確認の結果"].value == "該当者なし"
    assert len(write_xlsx(NOT_FOUND, WORDING)) > SMALLEST_PACKAGE_BYTES + 1000


def test_properties_name_the_letter_and_nobody():
    properties = opened(ANSWER).properties
    assert (properties.title, properties.creator, properties.lastModifiedBy) == ("架空健発第42号", None, None)


def test_a_character_that_no_file_may_hold_is_refused():
    with pytest.raises(InvalidValue, match="unwritable"):
        write_xlsx(replace(ANSWER, items=(Item("給付", "秘密\x01", "KYUFU-01"),)), WORDING)
