"""STEP2 ④ over HTTP, day by day: rosters come and go, and what they say of an inquiry follows the one in force."""

import json
import urllib.parse

import pytest

from inquiry.cli.walkthrough.person import StepFailed
from inquiry.domain.inquiry import State
from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS, WITHHELD
from inquiry.workflow import roster_changes, roster_progress
from tests.journeys.everybody import SATO
from tests.journeys.forms import finished, items_of, links_in, offers, uploads
from tests.workflow.roster_table import meanwhile

TARO = "1001,12,345,01,高橋　太郎,ﾀｶﾊｼ ﾀﾛｳ,,,,,S33.4.1,1,本人,2019-04-01,,,東京都千代田区,1"
HANAKO = "2002,12,346,01,佐藤　花子,ｻﾄｳ ﾊﾅｺ,,,,,S40.5.6,2,本人,2019-04-01,,,東京都千代田区,0"
LATER = "/later-findings"


def table(*rows, columns=ROSTER_COLUMNS):
    return ("\r\n".join([",".join(columns), *rows]) + "\r\n").encode()


def loaded(officer, *rows, columns=ROSTER_COLUMNS):
    """Hand in a whole file and wait until it is read; nothing is in force yet."""
    officer.goes_to("/rosters")
    url, answer = uploads(officer, "/load", "名簿.csv", table(*rows, columns=columns))
    assert answer.status == 303
    page = officer.goes_to(urllib.parse.urljoin(url, answer.headers["Location"]))
    return finished(officer, page)


def switched(officer, *rows, columns=ROSTER_COLUMNS):
    loaded(officer, *rows, columns=columns)
    assert "加入者名簿を切り替えました" in officer.sends("/switch").text


def taken_over(officer, *rows):
    """Hand in the differences of a day."""
    officer.goes_to("/rosters")
    content = table(*rows, columns=(CHANGE, *ROSTER_COLUMNS))
    _, answer = uploads(officer, "/load", "差分.csv", content, kind="changes")
    assert answer.status == 303


def told_by_call(path):
    return path.prepared("call_back").called().told_by_call()


def later(person):
    """Return the receipt numbers under which a later roster brought somebody."""
    return items_of(person.goes_to(LATER), "//main//tbody//a[contains(@href, '/inquiries/')]")


def said_on(person, path):
    """Return what the page of an inquiry says to somebody, without the day on which it is printed."""
    return items_of(person.goes_to(path.inquiry), "//main")


def test_an_inquiry_is_answered_from_the_roster_that_an_officer_switched_to(everybody, asks):
    page = loaded(everybody.officer, TARO, HANAKO)
    assert "取り込む人 2人" in page.text
    everybody.officer.sends("/switch")
    told_by_call(asks().files(SATO).confirmed().identified(State.IDENTIFIED)).expects(State.ANSWERED)


def test_whom_the_next_roster_brings_is_told_to_the_insurer_and_not_to_the_municipality(everybody, asks, world):
    switched(everybody.officer, HANAKO)
    path = told_by_call(asks().files(SATO).confirmed().identified(State.NOT_FOUND))
    shown = said_on(everybody.clerk, path)
    assert later(everybody.supervisor) == []

    world.clock.forward(days=1)
    switched(everybody.officer, HANAKO, TARO)
    assert later(everybody.supervisor) == [path.number]
    assert said_on(everybody.clerk, path) == shown, "nothing on the page of the municipality"
    assert not offers(everybody.officer.goes_to(LATER), "/done"), "a supervisor decides"
    everybody.supervisor.goes_to(LATER)
    everybody.supervisor.sends("/done")
    assert later(everybody.supervisor) == []


def test_a_finding_does_not_leave_once_the_differences_of_a_day_took_the_person_away(everybody, asks):
    switched(everybody.officer, TARO, *(HANAKO.replace("2002", f"2{no:03}") for no in range(40)))
    path = asks().files(SATO).confirmed().identified(State.IDENTIFIED).prepared("call_back")
    taken_over(everybody.officer, f"削除,{TARO}")
    path.called()
    with pytest.raises(StepFailed):
        path.told_by_call()
    path.rung_off().officer_does("/identify-again", State.CONFIRMED, reason="名簿が変わったため")
    path.identified(State.NOT_FOUND).expects(State.NOT_FOUND)


def test_while_the_rows_of_differences_are_read_colleagues_see_how_far_they_are(everybody, monkeypatch):
    switched(everybody.officer, TARO, HANAKO)
    seen = []

    def looks():
        everybody.supervisor.goes_to("/rosters/changes/progress")
        now = json.loads(everybody.supervisor.page.content)
        page = everybody.supervisor.goes_to("/rosters").text
        seen.append((now["is_loading"], now["share"], now["said"], "差分を取り込んでいます" in page))

    monkeypatch.setattr(roster_progress, "SECONDS_BETWEEN", 0)
    meanwhile(monkeypatch, roster_changes, "_read_person", looks)
    changed = [f"変更,{each.replace('東京都千代田区', '灯台町')}" for each in (TARO, HANAKO)]
    taken_over(everybody.officer, *changed, f"追加,{HANAKO.replace('2002', '2003')}")
    looks()
    assert seen == [
        (True, 0, "ファイルを読んでいます", True),
        (True, 93, "1行　残り およそ1分", True),
        (True, 156, "2行　残り およそ1分", True),
        (False, 0, "", False),
    ]


def test_a_mistaken_roster_asks_for_a_word_and_can_be_put_back(everybody, asks):
    switched(everybody.officer, TARO)
    page = loaded(everybody.officer, HANAKO)
    assert "1人のうち1人がいなくなります" in page.text
    refused = everybody.officer.sends("/switch")
    assert refused.status == 422
    everybody.officer.sends("/switch", allows_vanishing="y")
    asks().files(SATO).confirmed().identified(State.NOT_FOUND)

    (back,) = links_in(everybody.officer.goes_to("/rosters"), "この名簿に戻す")
    assert "1人のうち1人がいなくなります" in everybody.officer.goes_to(back).text
    everybody.officer.sends("/put-back", allows_vanishing="y")
    asks().files(SATO).confirmed().identified(State.IDENTIFIED)


def test_a_withheld_person_is_told_once_a_supervisor_opened_the_record(everybody, asks):
    switched(everybody.officer, f"{TARO},1", columns=(*ROSTER_COLUMNS, WITHHELD))
    path = asks().files(SATO).confirmed().identified(State.IDENTIFIED)
    assert "不開示" not in everybody.clerk.goes_to(path.inquiry).text
    with pytest.raises(StepFailed):
        path.prepared("call_back")
    assert not offers(everybody.officer.goes_to(path.inquiry), "/open-withheld")
    everybody.supervisor.goes_to(path.inquiry)
    everybody.supervisor.sends("/open-withheld", reason="本人の同意を電話で確かめた")
    everybody.officer.goes_to(path.inquiry)
    told_by_call(path).expects(State.ANSWERED)


def test_near_misses_stand_on_the_officers_page_and_answer_nothing(everybody, asks):
    switched(everybody.officer, TARO.replace("S33.4.1", "S33.4.2"))
    path = asks().files(SATO).confirmed()
    path.officer_does("/near-misses", None)
    assert "生年月日の日が異なります（照会 1日／名簿 2日）" in everybody.officer.page.text
    assert not offers(everybody.officer.page, "/candidate"), "this is nobody to answer about"
    assert "4月2日" not in everybody.clerk.goes_to(path.inquiry).text
    path.identified(State.NOT_FOUND).expects(State.NOT_FOUND)


def test_two_people_make_two_kanji_one_name_and_the_inquiry_is_matched_again(everybody, asks):
    """昂 and 昴 are two characters; no table of the product takes them for one."""
    switched(everybody.officer, TARO.replace("高橋　太郎,ﾀｶﾊｼ ﾀﾛｳ", "佐藤　昴,ｻﾄｳ ｽﾊﾞﾙ"))
    subaru = {**SATO, "written": "佐藤　昂", "kana": "サトウ　スバル"}
    path = asks().files(subaru).confirmed()
    everybody.officer.goes_to("/matching-rules")
    everybody.officer.sends("/variants", one="昂", other="昴", evidence="戸籍の写し（適用課 文書第12号）")
    path.identified(State.NOT_FOUND)

    everybody.supervisor.goes_to("/matching-rules")
    page = everybody.supervisor.sends("/release")
    assert "異体字の登録を有効にしました" in page.text
    everybody.officer.goes_to(path.inquiry)
    path.officer_does("/identify-again", State.CONFIRMED, reason="異体字を登録したため")
    told_by_call(path.identified(State.IDENTIFIED)).expects(State.ANSWERED)
