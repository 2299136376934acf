"""The network is down, over HTTP: declared, filed from one table, matched and answered in lists, and over again."""

import urllib.parse
from random import Random

import pytest

from inquiry.workflow.filing_sheet import COLUMNS
from tests.journeys.forms import finished, items_of, links_in, offers, uploads
from tests.walk.plausible import a_my_number
from tests.web.test_outages import excel_of, row
from tests.world import CHIYODA, member

BY_LETTER = {"回答方法": "文書", "必要な期限": "R8.12.4"}
KNOWN = row(氏名="髙橋　太郎", フリガナ="タカハシ　タロウ", **BY_LETTER)
UNKNOWN = row(氏名="存在　しない", フリガナ="ソンザイ　シナイ", **BY_LETTER)
SAID = "健康推進課の山田さん。2件の受付番号を読み上げてもらった"
ALL_DONE = "2件（済み2件、できない0件）"
DOWN = "情報連携に障害があります 回線の故障"


@pytest.fixture
def down(everybody):
    """PMO staff have declared that the network is down."""
    everybody.pmo.goes_to("/outage")
    everybody.pmo.sends("/outage/declare", from_on="2026-11-25", from_time="09:00", reason="回線の故障")


def uploaded(clerk, *rows):
    """Upload an Excel table; return the address it went to and the answer."""
    clerk.goes_to("/batches")
    return uploads(clerk, "/batches", "照会.xlsx", excel_of(rows, (*COLUMNS, "必要な期限", "連絡事項")))


def handed_in(clerk, *rows):
    """Upload a table that is kept, and return the page of what would come of it."""
    url, answer = uploaded(clerk, *rows)
    return clerk.goes_to(urllib.parse.urljoin(url, answer.headers["Location"]))


def faults(page):
    """Return what is wrong with which row of a table that was handed in."""
    return items_of(page, "//table[@id='problems']/tbody/tr")


def done(officer, task, **typed):
    """Take one step for all that wait for it, and return the page of the run."""
    officer.goes_to(f"/bulk/{task}")
    return finished(officer, officer.sends(f"/bulk/{task}", **typed))


@pytest.mark.usefixtures("down")
def test_everybody_learns_of_it_and_of_the_load_until_it_is_over(everybody):
    for who in (everybody.clerk, everybody.officer, everybody.stranger()):
        assert DOWN in who.goes_to("/login").text + who.goes_to("/").text
    for who in (everybody.clerk, everybody.officer, everybody.pmo):
        page = who.goes_to("/outage")
        assert "約12万4千件" in page.text
        assert "健康保険組合 1 28,200,000 38,839" in " ".join(items_of(page, "//table//tr[2]/*"))
    assert "貴団体の見込み" in everybody.officer.page.text
    everybody.pmo.sends("/end")
    assert "宣言されている障害はありません" in everybody.clerk.goes_to("/outage").text
    assert DOWN not in everybody.stranger().goes_to("/login").text


@pytest.mark.usefixtures("down")
def test_a_dry_run_says_row_by_row_what_is_wrong_and_nothing_is_sent(everybody):
    page = handed_in(everybody.clerk, KNOWN, row(保険者番号="06999999"), row(性別=""))
    wrong_insurer, no_sex = faults(page)
    assert wrong_insurer.startswith("3保険者番号照会先の医療保険者を選んでください。")
    assert no_sex.startswith("4性別セルが空です。")
    assert "送信できる行 1行" in page.text
    assert not offers(page, "/send")
    assert "回答待ち（0件）" in everybody.officer.goes_to("/queue").text


@pytest.mark.usefixtures("down")
def test_a_my_number_in_any_cell_keeps_the_table_out_and_names_the_cell(everybody):
    number = a_my_number(Random(1))
    _, answer = uploaded(everybody.clerk, KNOWN, row(連絡事項=f"番号は{number}"))
    said = answer.content.decode()
    assert answer.status == 422
    assert '<td class="c-table__number">3</td>' in said
    assert "<td>連絡事項</td>" in said
    assert "表は保存していません" in said
    assert "".join(filter(str.isdigit, number)) not in "".join(said.split())


@pytest.mark.documents
@pytest.mark.usefixtures("down")
def test_a_table_is_filed_matched_and_answered_in_lists(everybody, world):
    world.take_over_roster(member())
    clerk, officer = everybody.clerk, everybody.officer
    preview = handed_in(clerk, KNOWN, UNKNOWN)
    assert faults(preview) == []
    clerk.sends("/send")
    page = finished(clerk, preview)
    assert "2件を送信しました。" in page.text
    known, unknown = links_in(page, "INQ-2026-")

    assert ALL_DONE in done(officer, f"confirm/{CHIYODA}", said=SAID).text
    officer.goes_to("/matching/run")
    officer.sends("/matching/run", none="yes")
    assert "１人に特定しました" in officer.goes_to(known).text
    assert "該当者なし" in officer.goes_to(unknown).text
    assert ALL_DONE in done(officer, "prepare").text
    assert ALL_DONE in done(officer, "hand_over").text
    for inquiry in (known, unknown):
        page = clerk.goes_to(inquiry)
        assert "回答済" in page.text
        assert offers(page, "/answer")
