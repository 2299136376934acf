"""Whoever comes second is told so, and finds on that page what they typed."""

import pytest

from tests.web.stages import confirmed


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def test_what_was_typed_stands_on_the_page_of_the_conflict_to_be_copied(world, client_as, officer):
    address = f"/inquiries/{confirmed(world)}"
    clerk = client_as("clerk")
    page = clerk.open(address)
    officer.send(officer.open(address), f"{address}/delay", expected_at="令和8年12月1日", reason="書庫を確認する")
    page = clerk.send(
        page,
        f"{address}/withdraw",
        **{"withdraw-reason": "本人が資格確認書を持参", "withdraw-is_sure": True},
        status=409,
    )
    assert "officer の担当が先に更新しました" in page.text
    assert "本人が資格確認書を持参" in page.text


def test_a_setting_that_a_colleague_changed_meanwhile_names_them_and_keeps_the_reason_typed(client_as):
    supervisor, meanwhile = client_as("supervisor"), client_as("supervisor")
    page = supervisor.open("/four-eyes")
    meanwhile.send(meanwhile.open("/four-eyes"), "/four-eyes", requirement="always")
    page = supervisor.send(page, "/four-eyes", requirement="never", reason="担当者が一人になるため", status=409)
    assert "supervisor の担当が先に更新しました" in page.text
    assert "担当者が一人になるため" in page.text
