"""The clerk's list: my turn first, then what is open, with due times; no personal data."""

from dataclasses import replace

from inquiry.domain.findings import Finding
from tests.web.stages import answered_by_call, filed, found
from tests.world import SATO


def numbers(page):
    return [link.text_content() for link in page.tree.xpath("//table[@id='inquiries']//tbody//a")]


def test_an_empty_desk_says_what_to_do(client_as):
    page = client_as("clerk").open("/desk")
    assert "進行中の自分の照会はありません" in page.text
    assert "/filing" in page.links("新しい照会")


def test_my_turn_stands_first_then_the_oldest(client_as, world):
    filed(world)
    world.clock.forward(minutes=5)
    filed(world)
    world.clock.forward(minutes=5)
    answered_by_call(world)
    page = client_as("clerk").open("/desk")
    assert numbers(page) == ["INQ-2026-000003", "INQ-2026-000001", "INQ-2026-000002"]
    assert "課で 1件 あります" in page.text


def test_no_personal_data_and_no_sensitive_procedure_stands_in_the_list(client_as, world):
    filed(world)
    filed(world, procedure="SEIHO", items=("SHIKAKU-06",))
    page = client_as("clerk").open("/desk")
    assert "他の法令による給付との調整" in page.text
    assert "（表示しません）" in page.text
    assert "生活保護" not in page.text
    assert SATO.name.written.split("　", maxsplit=1)[0] not in page.text


def test_a_late_answer_is_marked(client_as, world):
    found(world, Finding.ONE)
    assert "期限超過" not in client_as("clerk").open("/desk").text
    world.clock.forward(days=1)
    assert "期限超過" in client_as("clerk").open("/desk").text


def test_a_colleagues_inquiry_stands_in_the_sections_list_and_another_citys_in_none(client_as, world):
    inquirer = replace(world.filing().inquirer, person="鈴木 一郎")
    filed(world, inquirer=inquirer)
    assert "自分の照会（1件）" in client_as("clerk").open("/desk").text
    page = client_as("other_clerk").open("/desk?view=section")
    assert "課の進行中の照会はありません" in page.text


def test_a_closed_inquiry_stands_under_ended(client_as, world):
    inquiry_id = filed(world)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    clerk.send(page, f"{page.path}/withdraw", **{"withdraw-reason": "重複", "withdraw-is_sure": True})
    assert numbers(clerk.open("/desk")) == []
    assert numbers(clerk.open("/desk?view=ended")) == ["INQ-2026-000001"]


def test_a_long_list_has_pages(client_as, world):
    for _ in range(51):
        filed(world)
        world.clock.forward(seconds=1)
    clerk = client_as("clerk")
    page = clerk.open("/desk")
    assert len(numbers(page)) == 50
    page = clerk.open(page.tree.xpath("//a[@rel='next']/@href")[0])
    assert numbers(page) == ["INQ-2026-000051"]
