"""The clerk's list: my turn first, then what is open, with due times; no personal data."""

from dataclasses import replace

from inquiry.domain.findings import Finding
from inquiry.workflow import corrected_desks
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


MARK = "窓口の変更"


def correct_desk(world, client_as):
    """PMO staff give the insurer's desk another section; a correction without a number holds at once."""
    pmo = client_as("pmo")
    page = pmo.open(f"/contacts/{world.insurer_id}/change")
    world.clock.forward(minutes=5)
    pmo.send(page, section="資格課", evidence="届出", checked_on="2026-11-24")


def test_an_inquiry_whose_desk_was_corrected_is_marked_until_its_clerk_looks_at_it(client_as, world):
    inquiry_id = filed(world)
    filed(world, insurer_id=world.branch_id)
    clerk = client_as("clerk")
    assert MARK not in clerk.open("/desk").text
    correct_desk(world, client_as)
    page = clerk.open("/desk")
    assert "窓口が変わった照会が 1件 あります" in page.text
    marked = page.tree.xpath(f"//table[@id='inquiries']//tr[.//span[contains(., '{MARK}')]]//a/@href")
    assert marked == [f"/inquiries/{inquiry_id}"]
    assert "窓口の変更" in clerk.open("/desk?view=section").text
    assert "照会先の窓口が変わりました" in clerk.open(f"/inquiries/{inquiry_id}").text
    assert MARK not in clerk.open("/desk").text


def test_neither_the_insurer_nor_a_colleague_takes_the_mark_away(client_as, world):
    inquiry_id = filed(world)
    correct_desk(world, client_as)
    client_as("officer").open(f"/inquiries/{inquiry_id}")
    with world.house.work(replace(world.clerk, account_id="colleague")) as work:
        corrected_desks.see(work, work.inquiry(inquiry_id))
        work.record("inquiry:read", work.inquiry(inquiry_id))
    assert MARK in client_as("clerk").open("/desk").text


def test_a_second_correction_marks_it_again_and_an_answered_one_is_not_marked(client_as, world):
    inquiry_id = filed(world)
    answered_by_call(world)
    for hours in ("平日 9:00～12:00", "平日 9:00～15:00"):
        world.clock.forward(minutes=5)
        pmo = client_as("pmo")
        page = pmo.open(f"/contacts/{world.insurer_id}/change")
        pmo.send(page, hours=hours, evidence="届出", checked_on="2026-11-24")
        clerk = client_as("clerk")
        assert "窓口が変わった照会が 1件 あります" in clerk.open("/desk").text
        world.clock.forward(minutes=1)
        clerk.open(f"/inquiries/{inquiry_id}")
        assert MARK not in clerk.open("/desk").text
