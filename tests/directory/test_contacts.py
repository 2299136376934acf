from dataclasses import replace
from datetime import date

import pytest

from inquiry.directory.contacts import COLUMNS, OPTIONAL, difference, read_contacts
from inquiry.directory.insurers import InsurerKind
from inquiry.domain.reply import Channel
from inquiry.domain.table_text import RowProblem, read_table

GOOD = {
    "保険者番号": "06130017",
    "保険者種別": "健保組合",
    "都道府県": "東京都",
    "保険者名称": "みほん健康保険組合",
    "保険者名称カナ": "ミホンケンコウホケンクミアイ",
    "担当部署": "業務課",
    "電話番号": "03-0000-1001",
    "FAX": "",
    "受付時間": "平日 9:00～17:00",
    "郵便番号": "100-0000",
    "住所": "東京都千代田区",
    "回答方法": "電話;文書",
    "備考": "",
    "確認日": "2026-10-01",
}


def sheet(*changes, encoding="utf-8"):
    lines = [",".join(COLUMNS), *(",".join((GOOD | change).values()) for change in changes)]
    return read_contacts(read_table("\n".join(lines).encode(encoding), COLUMNS, optional=OPTIONAL))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_row_is_read(encoding):
    (row,) = sheet({}, encoding=encoding).rows
    assert (row.insurer_number, row.kind, row.telephone) == ("06130017", InsurerKind.SOCIETY, "0300001001")
    assert (row.postal_code, row.checked_on) == ("1000000", date(2026, 10, 1))
    assert row.channels == {Channel.CALL_BACK, Channel.LETTER}


#  column          cell                    what is wrong
REFUSED = [
    ("保険者番号", "06130018", "insurer_number:check_digit"),
    ("保険者番号", "6130017", "insurer_number:shape"),
    ("保険者番号", "138016", "insurer:out_of_scope_municipal"),
    ("保険者番号", "33120015", "insurer:out_of_scope_mutual_aid"),
    ("保険者種別", "国保組合", "contact:kind_contradicts_number"),
    ("保険者種別", "組合", "insurer:unknown_kind"),
    ("都道府県", "東京", "contact:prefecture_unknown"),
    ("保険者名称", "", "contact:cell_missing"),
    ("電話番号", "", "contact:cell_missing"),
    ("電話番号", "0000-1001", "main_line:no_area_code"),
    ("FAX", "03-0000-100", "main_line:wrong_length"),
    ("郵便番号", "100-000", "contact:postal_code_unreadable"),
    ("回答方法", "", "contact:cell_missing"),
    ("回答方法", "電話;メール", "contact:channel_unknown"),
    ("確認日", "2026-02-30", "contact:date_unreadable"),
    ("確認日", "先月", "contact:date_unreadable"),
]


@pytest.mark.parametrize(("column", "cell", "code"), REFUSED)
def test_a_bad_cell_is_reported_with_its_line_and_column(column, cell, code):
    read = sheet({"保険者番号": "06270011"}, {column: cell})
    assert read.problems == (RowProblem(3, column, code),)
    assert [row.insurer_number for row in read.rows] == ["06270011"]


def test_every_bad_cell_of_a_line_is_reported_at_once():
    assert len(sheet({"都道府県": "東京", "確認日": "先月", "回答方法": "伝書鳩"}).problems) == 3


def test_a_number_that_stands_twice_is_taken_over_once():
    first, second = (
        {"保険者番号": "133033", "保険者種別": "国保組合"},
        {
            "保険者番号": "00133033",
            "保険者種別": "国保組合",
        },
    )
    read = sheet(first, second)
    assert [row.insurer_number for row in read.rows] == ["133033"]
    assert read.problems == (RowProblem(3, "保険者番号", "contact:number_repeated"),)


def test_an_empty_day_of_checking_is_allowed():
    assert sheet({"確認日": ""}).rows[0].checked_on is None


CHECKED = ["2026-10-01", "2026/10/01", "2026/10/1"]


@pytest.mark.parametrize("text", CHECKED)
def test_the_day_of_checking_is_read_as_spreadsheets_write_it(text):
    assert sheet({"確認日": text}).rows[0].checked_on == date(2026, 10, 1)


def test_two_editions_differ_by_what_came_changed_and_went():
    (kept,) = sheet({}).rows
    moved = replace(kept, telephone="0300002002", section="給付課")
    gone, come = replace(kept, insurer_number="06270011"), replace(kept, insurer_number="06140016")
    still = replace(kept, insurer_number="06230015")
    change = difference([kept, gone, still], [moved, come, still])
    assert (change.added, change.ended, change.unchanged) == ((come,), (gone,), (still,))
    assert [(each.old, each.new, each.columns) for each in change.changed] == [(kept, moved, ("section", "telephone"))]


def test_padding_a_number_with_zeros_is_a_change_and_not_another_insurer():
    (short,) = sheet({"保険者番号": "133033", "保険者種別": "国保組合"}).rows
    change = difference([short], [replace(short, insurer_number="00133033")])
    assert [each.columns for each in change.changed] == [("insurer_number",)]
