"""An answer waits in the system for one named person, on screen (受渡し)."""

import pytest

from inquiry.domain.parties import Role
from inquiry.store.organisations import Organisation
from inquiry.workflow import accounts
from tests.web.stages import answered_by_letter
from tests.world import PASSWORD


@pytest.fixture
def address(world):
    return f"/inquiries/{answered_by_letter(world)}"


@pytest.fixture
def colleague(world, client_as):
    with world.house.work(world.operator) as work:
        office = work.session.get_one(Organisation, world.clerk.organisation_id)
        accounts.add_account(
            work, office, accounts.NewAccount("colleague", "同僚の担当", "健康推進課", Role.CLERK, PASSWORD, False)
        )
    return client_as("colleague")


def test_the_password_is_asked_and_a_wrong_one_hands_nothing_out(client_as, address):
    clerk = client_as("clerk")
    page = clerk.open(address)
    assert "令和8年12月4日まで、あと5回" in page.text
    page = clerk.send(page, f"{address}/answer", status=422)
    assert page.errors == ["ログインのパスワードを入力してください。"]
    page = clerk.send(page, f"{address}/answer", status=422, password="まちがった言葉")
    assert page.errors == ["ログインのパスワードが違います。もう一度入力してください。"]
    assert "まだ受け取っていません。" in page.text
    file = clerk.send(page, f"{address}/answer", password=PASSWORD).response
    assert file.data.startswith(b"%PDF")


def test_after_several_wrong_passwords_even_the_right_one_waits(client_as, address):
    clerk = client_as("clerk")
    page = clerk.open(address)
    for _ in range(4):
        page = clerk.send(page, f"{address}/answer", status=422, password="まちがった言葉")
    page = clerk.send(page, f"{address}/answer", status=422, password=PASSWORD)
    assert page.errors == ["パスワードの間違いが続きました。時間をおいて、もう一度入力してください。"]


def test_a_colleague_reads_who_may_and_takes_the_inquiry_over(client_as, colleague, address):
    stale = client_as("clerk")
    held = stale.open(address)
    page = colleague.open(address)
    assert "この回答を受け取れるのは、健康推進課 clerk の担当だけです。" in page.text
    assert f"{address}/answer" not in page.actions
    page = colleague.send(page, f"{address}/take-over", status=422)
    assert page.errors == ["引き継ぐ理由を入力してください。"]
    page = colleague.send(page, f"{address}/take-over", **{"take-over-reason": "担当者が出張のため"})
    assert "この照会を引き継ぎました。" in page.response.get_data(as_text=True)
    assert colleague.send(page, f"{address}/answer", password=PASSWORD).response.data.startswith(b"%PDF")
    refused = stale.send(held, f"{address}/answer", status=422, password=PASSWORD)
    assert "回答を受け取れるのは" in refused.text
    officer = client_as("officer").open(address)
    assert "照会の担当を引き継ぎ" in officer.text
    assert "担当者が出張のため" in officer.text
    assert "健康推進課 同僚の担当" in officer.text


def test_the_officer_sees_the_receipts_and_offers_it_again_when_its_days_are_over(client_as, world, address):
    clerk, officer = client_as("clerk"), client_as("officer")
    page = officer.open(address)
    assert "まだ受け取られていません" in page.text
    assert f"{address}/offer-again" not in page.actions
    clerk.send(clerk.open(address), f"{address}/answer", password=PASSWORD)
    assert "1回目 令和8年11月25日（水） 10:00 clerk の担当" in officer.open(address).text
    world.clock.forward(days=10)
    clerk, officer = client_as("clerk"), client_as("officer")
    page = clerk.open(address)
    assert "受け取れる期限（令和8年12月4日まで）を過ぎました。" in page.text
    assert f"{address}/answer" not in page.actions
    page = officer.send(officer.open(address), f"{address}/offer-again")
    assert "もう一度受け取れるようにしました。" in page.response.get_data(as_text=True)
    clerk.send(clerk.open(address), f"{address}/answer", password=PASSWORD)


def test_after_the_last_time_the_page_says_so(client_as, address):
    officer, clerk = client_as("officer"), client_as("clerk")
    officer.send(officer.open("/file-settings"), "/file-settings", days="3", times="1")
    assert officer.open("/file-settings").form("/file-settings").fields["times"] == "1"
    clerk.send(clerk.open(address), f"{address}/answer", password=PASSWORD)
    assert "受け取れる回数（1回）に達しました。" in clerk.open(address).text
    assert f"{address}/offer-again" in officer.open(address).actions
