"""STEP2 ④ for many inquiries at once, on screen."""

import csv
import io

import pytest

from inquiry.domain.roster import INQUIRY_COLUMNS
from inquiry.domain.subject import PersonName, Sex
from inquiry.workflow import matching_list
from tests.web.test_identifying import confirmed
from tests.workflow.test_matching_list import ASKED, ROLL
from tests.world import SATO, member

LIST = "\r\n".join(
    [
        ",".join(INQUIRY_COLUMNS),
        "A1,髙橋　太郎,タカハシ　タロウ,1958-04-01,1,,,,,",
        "A2,鈴木　一,スズキ　ハジメ,1960-01-01,1,,,,,",
        "",
    ]
)


@pytest.fixture
def officer(client_as):
    return client_as("officer")


@pytest.fixture
def asked(world):
    """One inquiry of each standing, by it."""
    world.take_over_roster(*ROLL)
    addresses = {}
    for standing, subject in ASKED.items():
        addresses[standing] = confirmed(world, subject=subject)
        world.clock.forward(minutes=1)
    return addresses


def standings(page):
    return [row.xpath("string(./td[2]/span)") for row in page.tree.xpath("//table[@id='matching']/tbody/tr")]


def ticks(page, state=""):
    return page.tree.xpath(f"//input[@name='line']{state}/@value")


def test_what_waits_is_listed_with_what_the_roster_says_now(asked, officer):
    page = officer.open("/matching")
    assert standings(page) == ["一人", "なし", "複数", "要確認", "同姓同名に注意"]
    assert "異体字（新旧字体など）を同一とみなしました。" in page.text
    assert "髙橋" not in page.text
    assert len(ticks(page)) == 2
    assert ticks(page, "[@checked]") == []


@pytest.mark.parametrize(("words", "standing"), [("「一人」をすべて選ぶ", "one"), ("「なし」をすべて選ぶ", "none")])
def test_all_of_one_standing_are_ticked_on_request(asked, officer, words, standing):
    page = officer.open("/matching")
    page = officer.open(next(link for link in page.links(words)))
    assert [value.rpartition(":")[2] for value in ticks(page, "[@checked]")] == [standing]


def test_what_was_ticked_is_recorded_and_the_rest_stays(asked, officer):
    page = officer.open("/matching?tick=both")
    page = officer.send(page, "/matching/record")
    assert "2件を記録しました（一人 1件、なし 1件）。" in page.text
    assert standings(page) == ["複数", "要確認", "同姓同名に注意"]


def test_nothing_ticked_is_said_so(asked, officer):
    page = officer.send(officer.open("/matching"), "/matching/record")
    assert "照会が選ばれていません" in page.text


def test_what_changed_since_is_named_and_left(world, asked, officer):
    page = officer.open("/matching?tick=one")
    world.take_over_roster(member(sex=Sex.FEMALE))
    page = officer.send(page, "/matching/record")
    assert "1件は記録していません。開いて確かめてください：INQ-2026-000001" in page.text


def test_going_through_all_goes_on_portion_by_portion(asked, officer, monkeypatch):
    monkeypatch.setattr(matching_list, "PORTION", 2)
    page = officer.open("/matching/run")
    assert "加入者の確認を待っている照会は5件です。" in page.text
    page = officer.send(page, "/matching/run")
    assert "2 / 5 件" in page.text
    assert "「なし」の照会は記録していません。" in page.text
    page = officer.send(page, "/matching/run")
    page = officer.send(page, "/matching/run")
    assert "5件を判定し、1件を記録しました。残りの4件は" in page.text
    assert officer.open(asked["none"]).text.count("回答待ち（該当者なし）") == 0


def test_nobody_is_recorded_in_bulk_where_the_officer_ticked_it(asked, officer):
    page = officer.send(officer.open("/matching/run"), "/matching/run", none=True)
    assert "5件を判定し、2件を記録しました。" in page.text
    assert "回答待ち（該当者なし）" in officer.open(asked["none"]).text


def test_without_a_roster_the_page_says_what_to_do(officer):
    assert "加入者名簿が取り込まれていません" in officer.open("/matching").text
    assert "加入者名簿が取り込まれていません" in officer.open("/matching/run").text


def test_with_nothing_waiting_the_page_says_so(world, officer):
    world.take_over_roster(member())
    assert "加入者の確認を待っている照会はありません" in officer.open("/matching").text


def posted(officer, content, status=200, coding="claims"):
    page = officer.open("/matching/file")
    token = page.tree.xpath("string(//input[@name='csrf_token']/@value)")
    key = page.tree.xpath("string(//input[@name='idempotency_key']/@value)")
    sent = {"csrf_token": token, "idempotency_key": key, "coding": coding, "file": (io.BytesIO(content), "list.csv")}
    response = officer.client.post("/matching/file", data=sent)
    assert response.status_code == status
    return response


def test_a_list_counts_eras_as_the_officer_says(world, officer):
    world.take_over_roster(member())
    content = LIST.replace("1958-04-01", "5330401").encode("utf-8-sig")
    assert ",one," not in posted(officer, content).get_data(as_text=True)
    assert "A1,one,1001," in posted(officer, content, coding="pension").get_data(as_text=True)


def test_a_list_comes_back_decided_in_its_order(world, officer):
    world.take_over_roster(member())
    response = posted(officer, LIST.encode("utf-8-sig"))
    rows = list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert rows[0] == ["照会ID", "判定", "加入者ID", "理由"]
    assert [row[:3] for row in rows[1:]] == [["A1", "one", "1001"], ["A2", "none", ""]]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@A1"])
def test_no_number_of_a_list_that_comes_back_is_run_by_a_spreadsheet_program(world, officer, formula):
    world.take_over_roster(member(formula))
    content = LIST.replace("A1", f"'{formula}").replace("A2", formula)
    told = posted(officer, content.encode("utf-8-sig")).get_data(as_text=True).splitlines()
    assert told[1].startswith(f"'{formula},one,'{formula},")
    assert told[2].startswith(f"'{formula},none,,")


def test_a_line_that_cannot_be_read_says_why_in_its_place(world, officer):
    world.take_over_roster(member())
    content = LIST.replace("1960-01-01", "1960-13-01")
    rows = posted(officer, content.encode()).get_data().decode("utf-8-sig").splitlines()
    assert rows[2].startswith("A2,,,3行目 生年月日")


def test_every_line_behind_a_stray_quote_says_why(world, officer):
    world.take_over_roster(member())
    content = LIST.replace("鈴木", '"鈴木') + "A3,,ナゾ ノヒト,1960-01-01,1,,,,,\r\n"
    rows = posted(officer, content.encode()).get_data().decode("utf-8-sig").splitlines()
    assert [row.partition("：")[0] for row in rows[2:]] == [',,,"3行目', ',,,"4行目']


@pytest.mark.parametrize(("content", "says"), [(b"", "選んでください"), (b"a,b\r\n1,2\r\n", "＊")])
def test_what_is_no_list_is_refused_at_its_field(world, officer, content, says):
    world.take_over_roster(member())
    assert says in posted(officer, content, status=422).get_data(as_text=True)


def test_another_insurers_officer_sees_nothing_of_it(asked, client_as):
    assert "髙橋" not in client_as("other_officer").open("/matching").text
    assert SATO.name == PersonName("髙橋　太郎", "タカハシ　タロウ")
