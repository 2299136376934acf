"""An answer taken back, on both sides' pages: what is said, what is gone, and what is still to be done."""

import pytest

from inquiry.domain.correction import Cause
from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.workflow import answering, correcting
from inquiry.workflow.settling import fetch
from tests.web.stages import (
    BY_TELEPHONE,
    TOLD,
    answered_by_call,
    answered_by_letter,
    events_of,
    found,
    heard,
    in_call,
    state_of,
    version_of,
)
from tests.world import ALL_READ_BACK, PASSWORD

REASON = "転記の誤り。別の加入者の番号だった"


def taken_back(world, inquiry_id, cause=Cause.WRONG_CONTENT):
    with world.house.work(world.officer) as work:
        version = version_of(world, inquiry_id)
        correcting.retract(work, inquiry_id, version, cause=cause, reason=REASON)
    return inquiry_id


def told_by_telephone(world):
    """Bring an inquiry that came by telephone to its answer."""
    inquiry_id = found(world, Finding.ONE, **BY_TELEPHONE)
    with world.house.work(world.officer) as work:
        version = version_of(world, inquiry_id)
        answering.prepare(work, inquiry_id, version, channel=Channel.CALL_BACK, items=TOLD)
    in_call(world, inquiry_id)
    heard(world, inquiry_id, "")
    with world.house.work(world.officer) as work:
        answering.give_by_call(work, inquiry_id, version_of(world, inquiry_id), read_back=ALL_READ_BACK)
    return inquiry_id


def test_an_officer_takes_an_answer_back_with_cause_reason_and_tick(client_as, world):
    inquiry_id = answered_by_call(world)
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    page = officer.send(page, f"{page.path}/retract", status=422, **{"retract-reason": REASON})
    assert page.errors == ["理由の区分を選んでください。", "取り消すときは、確認の欄に印を付けてください。"]
    assert REASON in page.text
    fields = {"retract-cause": "wrong_content", "retract-reason": REASON, "retract-is_sure": True}
    page = officer.send(page, f"/inquiries/{inquiry_id}/retract", **fields)
    assert "回答を取り消しました。" in page.text
    assert "この回答は取り消されました（回答した事項に誤りがあった・令和8年11月25日（水） 10:00）" in page.text
    assert REASON in page.text
    assert "取り消された時（令和8年11月25日（水） 10:00）から数えています" in page.text
    assert state_of(world, inquiry_id) == "identified"


def test_a_reason_of_blanks_is_none(client_as, world):
    inquiry_id = answered_by_call(world)
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    fields = {"retract-cause": "other", "retract-reason": "　", "retract-is_sure": True}
    page = officer.send(page, f"{page.path}/retract", status=422, **fields)
    assert page.errors == ["取り消す理由を入力してください。"]


def test_two_officers_at_once_take_one_answer_back_once(client_as, world):
    inquiry_id = answered_by_call(world)
    first, second = client_as("officer"), client_as("supervisor")
    fields = {"retract-cause": "wrong_content", "retract-reason": REASON, "retract-is_sure": True}
    pages = [each.open(f"/inquiries/{inquiry_id}") for each in (first, second)]
    first.send(pages[0], f"/inquiries/{inquiry_id}/retract", **fields)
    second.send(pages[1], f"/inquiries/{inquiry_id}/retract", status=409, **fields)
    assert events_of(world, inquiry_id).count("retract_answer") == 1


def test_the_municipality_reads_that_it_is_taken_back_and_nothing_of_it(client_as, world):
    page = client_as("clerk").open(f"/inquiries/{taken_back(world, answered_by_call(world))}")
    assert "この回答は取り消されました（回答した事項に誤りがあった" in page.text
    assert "電話で伝えられた内容の記録です" not in page.text
    for gone in (TOLD["SHIKAKU-06"], TOLD["SHIKAKU-02"], REASON):
        assert gone not in page.response.get_data(as_text=True)
    assert "正しい回答は、改めて届きます。" in page.text


@pytest.mark.documents
def test_no_address_gives_the_letter_any_more(client_as, world):
    inquiry_id = answered_by_letter(world)
    clerk, officer = client_as("clerk"), client_as("officer")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    clerk.send(page, f"{page.path}/answer", password=PASSWORD)
    page = clerk.open(f"/inquiries/{inquiry_id}")
    taken_back(world, inquiry_id)
    gone = clerk.send(page, f"{page.path}/answer", status=404, password=PASSWORD)
    assert "この回答は取り消されました。" in gone.text
    now = clerk.open(f"/inquiries/{inquiry_id}")
    assert f"/inquiries/{inquiry_id}/answer" not in now.actions
    assert "取消し（1回受け取られています）" in now.text
    assert "取消し（1回受け取られています）" in officer.open(f"/inquiries/{inquiry_id}").text
    officer.open(f"/inquiries/{inquiry_id}/letter/preview", status=404)
    clerk.open(f"/inquiries/{inquiry_id}/letter/preview", status=403)


def test_the_municipality_takes_note_and_only_then_settles(client_as, world):
    inquiry_id = taken_back(world, answered_by_call(world))
    clerk = client_as("clerk")
    assert "取り消された回答が1件あります。" in clerk.open("/desk").text
    page = clerk.open(f"/inquiries/{inquiry_id}")
    page = clerk.send(page, f"{page.path}/acknowledge", status=422, **{"acknowledge-note": "課内に周知"})
    assert page.errors == ["確かめたら、確認の欄に印を付けてください。"]
    page = clerk.send(page, f"/inquiries/{inquiry_id}/acknowledge", **{"acknowledge-is_seen": True})
    assert "回答の取消しを確認したことを記録しました。" in page.text
    assert f"/inquiries/{inquiry_id}/acknowledge" not in page.actions
    assert "取り消された回答が" not in clerk.open("/desk").text
    assert events_of(world, inquiry_id)[-1] == "acknowledge"


def test_an_officer_cannot_take_note_for_a_municipality_that_has_its_own_page(client_as, world):
    inquiry_id = taken_back(world, answered_by_call(world))
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    assert f"/inquiries/{inquiry_id}/told" not in page.actions
    assert "市町村等がまだ取消しを確認していません。" in officer.open("/queue").text
    assert "回答の取消し後" in officer.open("/queue").text


def test_a_municipality_outside_the_system_is_told_and_the_officer_writes_down_whom(client_as, world):
    inquiry_id = taken_back(world, told_by_telephone(world))
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    page = officer.send(page, f"{page.path}/told", status=422, **{"tell-note": ""})
    assert page.errors == ["伝えた相手・日時・方法を入力してください。"]
    page = officer.send(page, f"/inquiries/{inquiry_id}/told", **{"tell-note": "代表電話で山田さんに伝えた"})
    assert "回答の取消しを市町村等に伝えたことを記録しました。" in page.text


@pytest.mark.documents
def test_the_replacement_says_on_both_pages_what_it_replaces(client_as, world):
    inquiry_id = taken_back(world, answered_by_letter(world))
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    items = {code: f"{text}（訂正）" for code, text in TOLD.items()}
    page = officer.send(page, f"{page.path}/prepare", **items, channel="letter")
    page = officer.send(page, f"/inquiries/{inquiry_id}/letter/release")
    page = officer.send(page, f"/inquiries/{inquiry_id}/letter/give")
    said = "令和8年11月25日付け（文書番号 R8-00001）の回答を差し替えます。"
    assert said in page.text
    seen = client_as("clerk").open(f"/inquiries/{inquiry_id}")
    assert said in seen.text
    assert "差し替えの回答が届いています。" in seen.text
    with world.house.work(world.clerk) as work:
        assert fetch(work, inquiry_id).name == "INQ-2026-000001-2.pdf"


def test_nothing_is_offered_for_taking_back_before_an_answer(client_as, world):
    inquiry_id = found(world, Finding.ONE)
    page = client_as("officer").open(f"/inquiries/{inquiry_id}")
    assert f"/inquiries/{inquiry_id}/retract" not in page.actions
    assert "取り消された回答" not in page.text


def test_a_settled_inquiry_offers_it_still(client_as, world):
    inquiry_id = answered_by_call(world)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    clerk.send(page, f"{page.path}/settle", **{"settle-note": ""})
    page = client_as("officer").open(f"/inquiries/{inquiry_id}")
    assert f"/inquiries/{inquiry_id}/retract" in page.actions
