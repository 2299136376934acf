"""memo annex STEP2 ⑤ ⅰ: the number to call back comes from the directory alone."""

import pytest

from inquiry.security.workbook import rows_of
from inquiry.store.municipalities import Municipality
from tests.world import CHIYODA, SAPPORO

LINE = {"main_line": "011-000-2111", "source": "https://www.example.lg.jp/", "checked_on": "R8.11.24"}


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


SEARCHES = [("札幌", 1), ("さっぽろ", 1), ("ｻｯﾎﾟﾛ", 1), ("０１１００２", 1), ("0110", 1), ("区", 1), ("いない", 0)]


@pytest.mark.parametrize(("text", "found"), SEARCHES)
def test_a_municipality_is_found_by_code_name_or_kana(pmo, text, found):
    assert f"{found}件" in pmo.open(f"/municipalities/?text={text}").text


def test_the_directory_is_handed_out_as_csv_and_for_excel_with_the_same_cells(pmo):
    table = pmo.client.get("/municipalities/files/municipalities.csv").data.decode("utf-8-sig").splitlines()
    assert table[0] == "団体コード,名称,名称カナ,都道府県,代表電話番号,確認日"
    assert [line for line in table if line.startswith(CHIYODA)]
    assert [line for line in table if line.startswith(SAPPORO) and line.endswith(",,")]
    rows = rows_of(pmo.client.get("/municipalities/files/municipalities.xlsx").data)
    assert [",".join(row) for row in rows] == table


def test_the_directory_is_narrowed_to_those_without_a_main_line(pmo):
    page = pmo.open("/municipalities/?lacks_main_line=y")
    assert "札幌市" in page.text
    assert "千代田区" not in page.text
    assert "千代田区" in pmo.open("/municipalities/?prefecture=東京都").text


def test_the_whole_country_comes_page_by_page(pmo, world):
    with world.house.work(world.operator) as work:
        work.session.add_all(
            Municipality(code=f"9{number:05}", prefecture="東京都", name=f"第{number}区", kana="ク")
            for number in range(120)
        )
        work.record("municipality:directory_founded")
    page = pmo.open("/municipalities/?prefecture=東京都")
    assert "121件" in page.text
    assert "1 / 3" in page.text
    page = pmo.open(page.links("次のページ")[0])
    assert "2 / 3" in page.text
    assert page.links("前のページ") == ["/municipalities/?prefecture=%E6%9D%B1%E4%BA%AC%E9%83%BD&page=1"]


def test_a_main_line_is_entered_with_its_page_and_its_day_and_holds_once_a_second_person_has_seen_it(pmo, client_as):
    page = pmo.send(
        pmo.open(f"/municipalities/{SAPPORO}"), postal_code="〒060-8611", address="札幌市中央区北１条西２丁目", **LINE
    )
    assert "代表電話なし" in page.text
    shown = pmo.open(page.links("手続を見る")[0])
    assert "あなたが提案した変更です" in shown.text
    other = client_as("other_pmo")
    other.send(other.open(shown.path), shown.path + "/approve")
    page = pmo.open(f"/municipalities/{SAPPORO}")
    assert page.form().fields["main_line"] == "011-000-2111"
    assert page.form().fields["postal_code"] == "060-8611"
    assert "代表電話なし" not in page.text


REFUSED = [
    ({"main_line": "090-0000-0001"}, "携帯電話の番号"),
    ({"main_line": "0120-000-001"}, "フリーダイヤル"),
    ({"main_line": "0570-000-001"}, "ナビダイヤル"),
    ({"main_line": "050-0000-0001"}, "IP電話"),
    ({"main_line": "011-000-211"}, "桁数"),
    ({"main_line": "+81-11-000-2111"}, "国内の番号"),
    ({"main_line": "代表"}, "読み取れません"),
    ({"source": ""}, "ページ"),
    ({"source": "職員から聞いた"}, "https://"),
    ({"checked_on": ""}, "確かめた日"),
    ({"checked_on": "R8.11.26"}, "先の日付"),
    ({"postal_code": "060"}, "７桁"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_a_number_that_is_no_main_line_is_refused_with_what_is_wrong(pmo, change, said):
    page = pmo.send(pmo.open(f"/municipalities/{SAPPORO}"), status=422, **{**LINE, **change})
    assert [line for line in page.errors if said in line]
    assert page.form().fields["source"] == {**LINE, **change}["source"]


def test_a_main_line_is_taken_out_by_emptying_it(pmo):
    page = pmo.send(pmo.open(f"/municipalities/{CHIYODA}"), main_line="", mail_domain="", source="", checked_on="")
    assert "代表電話なし" in page.text


def test_the_second_of_two_who_correct_an_entry_is_told_who_was_first(pmo):
    first, second = (pmo.open(f"/municipalities/{SAPPORO}") for _ in range(2))
    pmo.send(first, address="札幌市中央区")
    assert "pmo の担当" in pmo.send(second, status=409, **LINE).text


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor"])
def test_only_pmo_staff_keep_the_directory(client_as, name):
    client_as(name).open("/municipalities/", status=403)
