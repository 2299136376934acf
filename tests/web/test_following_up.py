"""STEP2 ※5 on screen."""

import pytest

from inquiry.domain.errors import Forbidden
from inquiry.domain.reply import Channel
from inquiry.workflow import answering, calling, confirming, filing, following_up, identifying
from inquiry.workflow.confirming import Agreement
from tests.world import ALL_READ_BACK, member


def answered(world, *members):
    """Answer an inquiry by telephone; return it."""
    world.take_over_roster(*(members or (member(),)))
    with world.house.work(world.clerk) as work:
        inquiry = filing.file(work, world.filing())
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.CALL_BACK))
        identifying.identify(work, inquiry.id, 2)
        answering.prepare(
            work, inquiry.id, 3, channel=Channel.CALL_BACK, items=dict.fromkeys(inquiry.items, "確認できない")
        )
        word = calling.start(work, inquiry.id).municipality_word
        calling.hear(work, inquiry.id, word=word, reached="健康推進課 山田")
        answering.give_by_call(work, inquiry.id, work.inquiry(inquiry.id).version, read_back=ALL_READ_BACK)
        calling.end(work, inquiry.id, calling.Ending(calling.Outcome.REACHED))
    return inquiry


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def test_an_answer_about_a_registered_member_asks_for_its_copy_to_be_refreshed(world, officer):
    inquiry = answered(world)
    world.clock.forward(minutes=20)
    page = officer.open("/copies")
    assert inquiry.number in page.text
    assert "髙橋" not in page.text
    page = officer.send(page, "/copies/check", refresh=[page.tree.xpath("string(//input[@name='refresh']/@value)")])
    assert inquiry.number in page.text
    page = officer.send(page, "/copies/done")
    assert "副本の登録・更新1件を済みにしました。" in page.text
    assert "登録・更新を待っている副本はありません" in page.text
    assert "副本を登録・更新（※5）" in officer.open(f"/inquiries/{inquiry.id}").text


def test_its_age_is_counted_in_days_in_japan(world, client_as):
    answered(world)
    world.clock.forward(days=2, hours=14)
    assert "3日" in client_as("officer").open("/copies").text


def test_an_answer_about_a_member_without_a_number_asks_for_nothing(world, officer):
    answered(world, member(is_number_registered=False))
    assert "登録・更新を待っている副本はありません" in officer.open("/copies").text


def test_several_are_ticked_off_at_once(world, officer):
    answered(world)
    answered(world)
    page = officer.open("/copies")
    every = page.tree.xpath("//input[@name='refresh']/@value")
    assert len(every) == 2
    page = officer.send(officer.open("/copies?tick=page"), "/copies/check")
    assert "次の2件を済みにします。" in page.text
    page = officer.send(page, "/copies/done")
    assert "2件を済みにしました" in page.text
    assert "最も古いもの —" in " ".join(page.text.split())


def test_ticking_nothing_says_what_to_do(world, officer):
    answered(world)
    page = officer.open("/copies")
    assert "済んだものが選ばれていません" in officer.send(page, "/copies/check").text


def test_another_insurers_copy_is_not_there(world, officer, client_as):
    answered(world)
    mine = officer.open("/copies").tree.xpath("string(//input[@name='refresh']/@value)")
    other = client_as("other_officer")
    page = other.open("/copies")
    token = page.tree.xpath("string(//input[@name='csrf_token']/@value)")
    other.post("/copies/done", [("csrf_token", token), ("idempotency_key", "k"), ("refresh", mine)], status=404)
    with world.house.reading(world.officer) as work:
        assert len(following_up.waiting(work)) == 1


def test_what_was_ticked_by_mistake_is_taken_back_within_a_week(world, officer):
    inquiry = answered(world)
    page = officer.send(officer.open("/copies?tick=page"), "/copies/check")
    page = officer.send(page, "/copies/done")
    refresh = page.tree.xpath("string(//input[starts-with(@id, 'done-')]/@value)")
    page = officer.send(page, "/copies/taken-back", refresh=[refresh])
    assert "済んでいないものに戻しました。" in page.text
    assert inquiry.number in page.text
    with world.house.work(world.officer) as work:
        following_up.tick_off(work, refresh)
    world.clock.forward(days=8)
    with pytest.raises(Forbidden, match="refresh:not_to_take_back"), world.house.work(world.officer) as work:
        following_up.take_back(work, refresh)


def test_the_page_counts_by_age_and_shows_what_waiting_costs(world, client_as):
    answered(world)
    world.clock.forward(days=10)
    answered(world)
    officer = client_as("officer")
    assert "副本の登録・更新が2件残っています" in officer.open("/queue").text
    page = officer.open("/copies")
    assert "2件（7日以内 1件、8〜30日 1件、31日以上 0件）" in page.text
    assert "90日間に1件" in page.text
    assert "90日間に済んだ 0件" in page.text


def test_the_list_is_taken_out_as_csv(world, officer):
    inquiry = answered(world)
    lines = officer.client.get("/copies/waiting.csv").get_data().decode("utf-8-sig").splitlines()
    assert lines == ["受付番号,回答日,経過日数,回答した保険者（合併前）", f"{inquiry.number},2026-11-25,0,"]
