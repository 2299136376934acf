"""STEP3 ⑥: the answer arrives, is used and closed; or the inquiry is taken back."""

from datetime import timedelta

import pytest

from inquiry.domain.findings import Finding
from inquiry.workflow import confirming
from tests.web.stages import (
    BY_TELEPHONE,
    answered_by_call,
    answered_by_letter,
    events_of,
    filed,
    found,
    in_call,
    state_of,
    version_of,
)
from tests.world import PASSWORD


def test_the_page_says_whose_turn_it_is_and_where_the_call_will_come_in(client_as, world):
    page = client_as("clerk").open(f"/inquiries/{filed(world)}")
    assert "保険者の回答を待っています" in page.text
    assert "03-0000-0001" in page.text
    assert page.tree.xpath("//a[starts-with(@href, 'tel:')]") == []


def test_an_announced_delay_stands_on_the_page(client_as, world):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work:
        version = version_of(world, inquiry_id)
        later = world.clock.now + timedelta(days=1)
        confirming.announce_delay(work, inquiry_id, version, expected_at=later, reason="書庫の確認")
    page = client_as("clerk").open(f"/inquiries/{inquiry_id}")
    assert "見込みは 令和8年11月26日（木） 10:00 です" in page.text
    assert "書庫の確認" in page.text


def test_both_words_of_the_call_stand_on_the_municipalitys_page_while_it_lasts(client_as, world):
    inquiry_id = found(world, Finding.ONE)
    clerk = client_as("clerk")
    assert "合言葉を、保険者の担当者に読み上げて" not in clerk.open(f"/inquiries/{inquiry_id}").text
    mine, theirs = in_call(world, inquiry_id)
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "あなたが読み上げる合言葉" in page.text
    assert mine in page.text
    assert theirs in page.text
    assert "直通や携帯にかかってきた電話では、合言葉を読み上げないでください。" in page.text


def test_what_was_read_out_on_the_telephone_is_shown_as_recorded(client_as, world):
    page = client_as("clerk").open(f"/inquiries/{answered_by_call(world)}")
    assert "電話で伝えられた内容の記録です" in page.text
    assert "2019年4月1日" in page.text


@pytest.mark.documents
def test_a_letter_is_fetched_with_a_button_each_time_recorded_and_then_the_inquiry_is_closed(client_as, world):
    inquiry_id = answered_by_letter(world)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "まだ受け取っていません。" in page.text
    letter = clerk.send(page, f"{page.path}/answer", password=PASSWORD).response
    assert letter.data.startswith(b"%PDF")
    assert letter.headers["Content-Disposition"] == 'attachment; filename="INQ-2026-000001.pdf"'
    # The page that the letter was fetched from is still open, and still good to close the inquiry with.
    closed = clerk.send(page, f"{page.path}/settle", **{"settle-note": "申請を受理"})
    assert "対応終了にしました。" in closed.text
    assert "これまでに1回受け取りました。" in closed.text
    assert state_of(world, inquiry_id) == "settled"
    assert events_of(world, inquiry_id)[-2:] == ["receive", "settle"]


@pytest.mark.documents
def test_a_file_is_fetched_by_the_municipality_alone(client_as, world):
    inquiry_id = answered_by_letter(world)
    officer = client_as("officer")
    page = officer.open("/queue")
    officer.post(f"/inquiries/{inquiry_id}/answer", [], status=400)
    assert page.status == 200
    assert "receive" not in events_of(world, inquiry_id)


def test_an_inquiry_is_withdrawn_with_a_reason_and_a_tick(client_as, world):
    inquiry_id = filed(world)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    page = clerk.send(page, f"{page.path}/withdraw", status=422, **{"withdraw-reason": "申請が取り下げられた"})
    assert "取り下げるときは、確認の欄に印を付けてください。" in page.errors
    assert state_of(world, inquiry_id) == "filed"
    page = clerk.send(page, f"/inquiries/{inquiry_id}/withdraw", **{"withdraw-is_sure": True})
    assert "照会を取り下げました。" in page.text
    assert state_of(world, inquiry_id) == "withdrawn"


def test_an_officer_withdraws_what_came_by_telephone_and_nothing_else(client_as, world):
    officer = client_as("officer")
    for changes, is_offered in (({}, False), (BY_TELEPHONE, True)):
        inquiry_id = filed(world, **changes)
        page = officer.open(f"/inquiries/{inquiry_id}")
        assert (f"{page.path}/withdraw" in page.actions) is is_offered


def test_the_second_of_two_clerks_is_told_who_was_first(client_as, world):
    inquiry_id = filed(world)
    first, second = client_as("clerk"), client_as("clerk")
    stale = second.open(f"/inquiries/{inquiry_id}")
    sure = {"withdraw-reason": "重複", "withdraw-is_sure": True}
    first.send(first.open(stale.path), f"{stale.path}/withdraw", **sure)
    page = second.send(stale, f"{stale.path}/withdraw", status=409, **sure)
    assert "clerk の担当" in page.text
