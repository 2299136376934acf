"""STEP2 ⑤ ⅰ on screen: the one page of a call."""

import uuid
from datetime import date

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.parties import Entrance, Inquirer
from inquiry.domain.reply import Channel
from inquiry.workflow import municipalities
from tests.web.stages import TOLD, found, heard, in_call, prepare, state_of
from tests.world import CHIYODA

MAIN_LINE = "03-0000-0001"


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def calling(world, **changes):
    """Bring an inquiry to its call; return the address of the call's page."""
    inquiry_id = found(world, Finding.ONE, **changes)
    in_call(world, inquiry_id)
    return f"/inquiries/{inquiry_id}/call"


def inquirer(telephone, mail_address=""):
    return Inquirer(CHIYODA, "健康推進課", "山田 花子", telephone=telephone, mail_address=mail_address)


# The dial card


def test_the_card_says_whom_to_dial_where_it_was_seen_when_and_by_whom_and_whom_to_ask_for(world, officer):
    with world.house.work(world.pmo) as work:
        seen = municipalities.MainLineEntry(MAIN_LINE, "https://www.example.lg.jp/", date(2026, 11, 2))
        municipalities.enter_main_line(work, CHIYODA, seen)
    page = officer.open(calling(world))
    assert page.tree.xpath("//p[@class='c-dial__number']/span[not(@class)]/text()") == MAIN_LINE.split("-")
    for words in (
        "https://www.example.lg.jp/",
        "確認日 令和8年11月2日",
        "確認者 pmo の担当",
        "健康推進課 山田 花子さん",
        "お願いします",
    ):
        assert words in page.text


def test_what_came_with_the_inquiry_is_text_that_is_not_to_be_dialled(world, officer):
    told = inquirer("03-0000-0007 内線 12", "yamada@example.jp")
    page = officer.open(calling(world, inquirer=told))
    section = page.tree.xpath("//section[contains(@class,'c-heard')]")[0]
    assert "照会書に書かれた番号（かけてはいけません）" in section.text_content()
    assert "03-0000-0007 内線 12" in section.text_content()
    assert "yamada@example.jp" in section.text_content()
    assert section.xpath(".//a | .//button") == []
    assert page.tree.xpath("//a[starts-with(@href,'tel:')]/@href") == ["tel:0300000001"]


#  heard             said to those who listen                             digits marked in the true number and the heard
LOOK_ALIKES = [
    ("03-0000-0007", "10桁目は名簿が「1」、照会書は「7」", ["1", "7"]),
    ("03-0000-0010", "9桁目は名簿が「0」、照会書は「1」、10桁目は名簿が「1」、照会書は「0」", ["0", "1", "1", "0"]),
    ("03-0000-001", "がありません", ["0", "＿"]),
    ("03-0000-00015", "11桁目に「5」が余分にあります", ["＿", "5"]),
    ("011-000-0001", "なりすましに注意", ["3", "0", "1", "1"]),
]


@pytest.mark.parametrize(("said", "words", "marks"), LOOK_ALIKES)
def test_a_look_alike_is_marked_digit_by_digit_and_said_in_words(world, officer, said, words, marks):
    page = officer.open(calling(world, inquirer=inquirer(said)))
    section = page.tree.xpath("//section[contains(@class,'c-heard--alike')]")[0]
    assert words in section.text_content()
    assert sorted(section.xpath(".//mark/text()")) == sorted(marks)


def test_a_number_that_resembles_nothing_is_not_called_a_look_alike(world, officer):
    page = officer.open(calling(world, inquirer=inquirer("06-9876-5432")))
    assert page.tree.xpath("//section[contains(@class,'c-heard--alike')]") == []
    assert "別の番号" in page.text


def test_without_a_call_the_page_of_the_call_is_the_inquirys(world, officer):
    inquiry_id = found(world, Finding.ONE)
    assert "折り返し" not in officer.open(f"/inquiries/{inquiry_id}/call").title
    officer.open(f"/inquiries/{uuid.UUID(int=0)}/call", status=404)


def test_from_the_inquiry_a_link_leads_back_to_the_call(world, officer):
    address = calling(world)
    page = officer.open(address.removesuffix("/call"))
    assert page.links("通話の画面に戻る") == [address]
    assert page.tree.xpath("//a[starts-with(@href,'tel:')]") == []


def test_by_telephone_there_are_no_words_to_type(world, officer):
    page = officer.open(calling(world, entrance=Entrance.TELEPHONE))
    assert "word" not in page.form("", holding="reached").fields


# Outcomes, and who holds the call


def test_a_closed_browser_finds_its_call_again_in_the_queue_and_on_the_inquiry(world, officer, client_as):
    address = calling(world)
    assert officer.open("/queue").links("通話の画面に戻る") == [address]
    other = client_as("supervisor")
    assert "officer の担当" in other.open("/queue").text
    page = other.open(address)
    assert "officer の担当さんが受け持っています" in page.text
    page = other.send(page, f"{address}/take-over", status=422)
    assert page.errors == ["通話を引き継ぐ理由を入力してください。"]
    page = other.send(page, f"{address}/take-over", reason="officer が早退したため")
    assert page.path == address
    assert "もう一度、相手を確認してください" in page.text
    assert "supervisor の担当さんが受け持っています" in officer.open(address).text


def test_a_time_to_try_again_is_shown_in_the_queue(world, officer):
    address = calling(world)
    page = officer.open(address)
    page = officer.send(page, f"{address}/end", outcome="not_in", again_time="9:00", status=422)
    assert page.errors == ["かけ直す時刻は、今より先にしてください。"]
    page = officer.send(page, f"{address}/end", outcome="not_in", again_time="15:30", ask_for="係長 鈴木")
    assert "15:30にかけ直す" in page.text
    assert "次に頼む人：係長 鈴木" in page.text
    assert "かけ直し 11/25（水）15:30" in officer.open("/queue").text


def test_that_nobody_knows_the_inquirer_is_noted_for_pmo_staff(world, officer, client_as):
    address = calling(world)
    page = officer.send(officer.open(address), f"{address}/end", outcome="no_such_person")
    assert "ＰＭＯに知らせました" in page.text
    assert page.links("回答できないことを連絡する") == ["#exit-1"]
    pmo = client_as("pmo")
    page = pmo.open("/suspicions")
    assert "その担当者はいないと言われた" in page.text
    assert "INQ-2026-000001" in page.text
    assert "髙橋" not in page.response.get_data(as_text=True)
    action = next(each for each in page.actions if each.startswith("/suspicions/"))
    reason = f"{action.split('/')[2]}-reason"
    page = pmo.send(page, action, status=422)
    assert page.errors == ["確かめた内容と、そう判断した理由を入力してください。"]
    page = pmo.send(page, action, **{reason: "異動していたことを市に確かめた"})
    assert "異動していたことを市に確かめた" in page.text
    assert "確認済み" in page.text


# Reading aloud


def test_the_answer_counts_as_told_only_when_every_line_was_read_back(world, officer):
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, Channel.CALL_BACK)
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    address = f"/inquiries/{inquiry_id}/call"
    page = officer.open(address)
    form = page.form(f"{address}/answer")
    codes = form.xpath(".//input[@name='read_back']/@value")
    assert codes == list(TOLD)
    assert "平成31年4月1日（2019年4月1日）" in page.text
    three = [*form.form_values(), *(("read_back", code) for code in codes[:3])]
    page = officer.post(f"{address}/answer", three, status=422)
    assert "復唱を確かめていない項目があります。" in page.errors[0]
    form = page.form(f"{address}/answer")
    assert form.xpath(".//input[@name='read_back'][@checked]/@value") == codes[:3]
    page = officer.post(f"{address}/answer", [*form.form_values(), ("read_back", codes[3])])
    assert "この通話で伝えた・聞いたこと：回答" in page.text.replace("： ", "：")
    assert state_of(world, inquiry_id) == "answered"


def test_the_same_call_carries_the_request_for_dates(world, officer):
    inquiry_id = found(world, Finding.SEVERAL)
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    address = f"/inquiries/{inquiry_id}"
    page = officer.send(officer.open(f"{address}/call"), f"{address}/question")
    assert page.links("通話の画面に戻る") == [f"{address}/call"]
    assert state_of(world, inquiry_id) == "clarifying"
    assert "聞いたこと：追加情報の依頼" in officer.open(f"{address}/call").text.replace("： ", "：")
