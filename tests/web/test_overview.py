"""PMO staff see numbers, and no person."""

import pytest

from inquiry.workflow import filing


@pytest.fixture
def number(world):
    with world.house.work(world.clerk) as work:
        return filing.file(work, world.filing()).number


def test_inquiries_are_counted_in_all_per_insurer_and_per_municipality(client_as, number):
    page = client_as("pmo").open("/overview/")
    assert "合計 1件 回答前 1件 うち期限超過 0件" in page.text
    assert "みほん健康保険組合" in page.text
    assert "東京都 千代田区" in page.text


def test_a_late_inquiry_is_named_by_its_number_and_nothing_else(client_as, number, world):
    world.clock.forward(days=2)
    page = client_as("pmo").open("/overview/")
    assert "うち期限超過 1件" in page.text
    assert number in page.text
    for personal in ("髙橋", "タカハシ", "1958", "昭和33年", "山田 花子"):
        assert personal not in page.response.get_data(as_text=True)


def test_of_many_late_ones_those_that_wait_longest_are_named_and_the_others_counted(
    client_as, number, world, monkeypatch
):
    monkeypatch.setattr("inquiry.workflow.overview.LATE_SHOWN", 1)
    world.clock.forward(days=1)
    with world.house.work(world.clerk) as work:
        later = filing.file(work, world.filing()).number
    assert "ほか" not in client_as("pmo").open("/overview/").text
    world.clock.forward(days=2)
    page = client_as("pmo").open("/overview/")
    assert "うち期限超過 2件" in page.text
    assert "古いものから1件を表示しています（ほか1件）。" in page.text
    assert number in page.text
    assert later not in page.text


def test_without_inquiries_the_page_says_so(client_as):
    assert "照会はまだありません" in client_as("pmo").open("/overview/").text


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor"])
def test_only_pmo_staff_see_the_counts(client_as, name):
    client_as(name).open("/overview/", status=403)
