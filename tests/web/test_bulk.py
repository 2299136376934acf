"""一括処理 over HTTP: one call for many, answers from the roster, letters handed over."""

import re
import time
from dataclasses import replace

import pytest

from inquiry.domain.errors import InvalidValue, NotDisclosable
from inquiry.domain.subject import PersonName
from inquiry.workflow import bulk
from inquiry.workflow.bulk import Task
from inquiry.workflow.filing_sheet import COLUMNS
from tests.web.stages import filed, state_of
from tests.web.test_outages import csv_of, row, sent, sent_up
from tests.workflow.test_bulk import SAID, letters, run, settled
from tests.world import CHIYODA, SAPPORO, SATO, member

PATIENCE_SECONDS = 120
NOBODY = replace(SATO, name=PersonName("存在　しない", "ソンザイ　シナイ"))


def done(officer, page):
    """Wait, as the page's script does, until the run is over."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while officer.client.get(f"{page.path}/progress").get_json()["is_loading"]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return officer.open(page.path)


def confirmed(officer, **typed):
    path = f"/bulk/confirm/{CHIYODA}"
    return done(officer, officer.send(officer.open(path), path, said=SAID, **typed))


def begun(officer, task):
    return done(officer, officer.send(officer.open(f"/bulk/{task}"), f"/bulk/{task}"))


def test_an_outages_inquiries_go_from_the_call_to_the_letter_in_lists(client_as, world):
    world.take_over_roster(member())
    known, unknown = letters(world, SATO, NOBODY)
    officer = client_as("officer")
    page = confirmed(officer)
    assert "2件（済み2件、できない0件）" in page.text
    assert {state_of(world, each) for each in (known, unknown)} == {"confirmed"}

    officer.send(officer.open("/matching/run"), "/matching/run", none="yes")
    assert (state_of(world, known), state_of(world, unknown)) == ("identified", "not_found")

    assert "2件（済み2件、できない0件）" in begun(officer, "prepare").text
    assert "2件（済み2件、できない0件）" in begun(officer, "hand_over").text
    assert {state_of(world, each) for each in (known, unknown)} == {"answered"}
    clerk = client_as("clerk")
    assert SAID in clerk.open(f"/inquiries/{known}").text


def test_one_waiting_inquiry_is_named_once_and_several_from_the_first_to_the_last(client_as, world):
    world.take_over_roster(member())
    officer, path = client_as("officer"), f"/bulk/confirm/{CHIYODA}"
    letters(world, SATO)
    assert re.search(r"受付番号（INQ-[0-9-]+）を確かめて", officer.open(path).text)
    letters(world, NOBODY)
    assert re.search(r"件数と受付番号（INQ-[0-9-]+からINQ-[0-9-]+まで、2件）を確かめて", officer.open(path).text)


def test_without_a_main_line_there_is_no_call_and_nothing_is_confirmed(client_as, world):
    page = client_as("officer").open(f"/bulk/confirm/{SAPPORO}")
    assert "代表電話が登録されていません" in page.text
    assert page.actions == []
    with world.house.work(world.officer) as work, pytest.raises(NotDisclosable, match="calling:no_main_line"):
        bulk.begin_confirming(work, ["any"], settled(municipality_code=SAPPORO))


def test_nothing_picked_or_something_that_waits_no_longer_begins_no_run(client_as, world):
    inquiry_id = filed(world)
    officer = client_as("officer")
    path = f"/bulk/confirm/{CHIYODA}"
    page = officer.send(officer.open(path), path, said=SAID, picked=[], status=422)
    assert "照会を選んでください。" in page.text
    assert run(world, Task.CONFIRM, [inquiry_id]) == {}
    with world.house.work(world.officer) as work, pytest.raises(InvalidValue, match="bulk:not_waiting"):
        bulk.begin_confirming(work, [inquiry_id], settled())


def test_from_the_declared_outage_to_the_answers_of_one_table(client_as, world):
    world.take_over_roster(member())
    pmo, clerk, officer = client_as("pmo"), client_as("clerk"), client_as("officer")
    declared = {"from_on": "2026-11-25", "from_time": "09:00", "reason": "回線の故障"}
    pmo.send(pmo.open("/outage"), "/outage/declare", **declared)
    for each in (pmo, clerk, officer):
        assert "全国の見込み" in each.open("/outage").text
    known = row(氏名="髙橋　太郎", フリガナ="タカハシ　タロウ", 回答方法="文書", 必要な期限="R8.11.30")
    unknown = row(氏名="存在　しない", フリガナ="ソンザイ　シナイ", 回答方法="文書", 必要な期限="R8.11.30")
    preview = sent_up(clerk, csv_of([known, unknown], columns=(*COLUMNS, "必要な期限")))
    assert "2件を送信しました" in sent(clerk, preview).text

    confirmed(officer)
    officer.send(officer.open("/matching/run"), "/matching/run", none="yes")
    begun(officer, "prepare")
    assert "2件（済み2件、できない0件）" in begun(officer, "hand_over").text
    assert "選べる照会はありません" in officer.open("/bulk/hand_over").text
    assert clerk.open("/desk").text.count("回答済") >= 1
    pmo.send(pmo.open("/outage"), pmo.open("/outage").actions[-1])
    assert "宣言されている障害はありません" in clerk.open("/outage").text
