"""Inquiries that found nobody until a later roster came, on screen."""

import pytest

from inquiry.domain.subject import Sex
from inquiry.workflow import rechecking
from tests.web.test_identifying import confirmed
from tests.world import member


@pytest.fixture
def nobody(world, client_as):
    """Record that nobody matched; return officer and address."""
    world.take_over_roster(member(sex=Sex.FEMALE))
    address = confirmed(world)
    officer = client_as("officer")
    officer.send(officer.open(address), f"{address}/identify")
    return officer, address


def bring(world, person=None):
    """Bring the person in a later roster."""
    world.clock.forward(minutes=5)
    world.take_over_roster(person or member())
    rechecking.recheck(world.house, world.officer, world.insurer_id)


@pytest.fixture
def brought(world, nobody):
    """Record that nobody matched, and bring the person; return officer and address."""
    bring(world)
    return nobody


def answered(officer, address):
    """Answer 該当者なし by a letter."""
    page = officer.send(officer.open(address), f"{address}/prepare", channel="letter")
    page = officer.send(page, f"{address}/letter/release")
    officer.send(page, f"{address}/letter/give")


def test_the_insurer_is_told_on_its_list_and_on_the_inquiry(brought):
    officer, address = brought
    page = officer.open("/queue")
    assert "新しい名簿で該当者が見つかった照会が1件あります。" in page.text
    page = officer.open("/later-findings")
    assert "INQ-2026-000001" in page.text
    assert "髙橋" not in page.text
    page = officer.open(address)
    assert "新しい名簿か突合の規則で、該当者か要確認の人が見つかりました。" in page.text
    officer.send(page, f"{address}/identify-again", reason="新しい名簿で照合する")
    assert "該当者が見つかった照会はありません" in officer.open("/later-findings").text


def test_one_whom_a_mistaken_roster_brought_leaves_the_list_and_may_be_answered(world, brought):
    officer, address = brought
    world.clock.forward(minutes=5)
    world.take_over_roster(member(sex=Sex.FEMALE))
    rechecking.recheck(world.house, world.officer, world.insurer_id)
    assert "該当者が見つかった照会はありません" in officer.open("/later-findings").text
    page = officer.open(address)
    assert "新しい名簿か突合の規則で、該当者か要確認の人が見つかりました。" not in page.text
    assert "新しい名簿か規則で、見つかった該当者がいなくなりました" in page.text
    answered(officer, address)


def test_one_that_is_not_answered_yet_is_not_ticked_off(world, brought, client_as):
    supervisor = client_as("supervisor")
    page = supervisor.open("/later-findings")
    assert not [action for action in page.actions if action.startswith("/later-findings/")]
    with world.house.reading(world.supervisor) as work:
        [later] = rechecking.waiting(work)
    token = page.tree.xpath("string(//input[@name='csrf_token']/@value)")
    values = [("csrf_token", token), ("idempotency_key", "once")]
    refused = supervisor.post(f"/later-findings/{later.id}/done", values, status=422)
    assert "まだ回答していない照会は、対応済みにできません。" in refused.text


def test_one_that_is_not_answered_yet_is_not_prepared_with_nobody(brought):
    officer, address = brought
    refused = officer.send(officer.open(address), f"{address}/prepare", status=422, channel="letter")
    assert "新しい名簿で確かめてください" in refused.text


def test_one_that_is_prepared_already_does_not_leave_with_nobody(world, nobody):
    officer, address = nobody
    page = officer.send(officer.open(address), f"{address}/prepare", channel="letter")
    officer.send(page, f"{address}/letter/release")
    bring(world)
    refused = officer.send(officer.open(address), f"{address}/letter/give", status=422)
    assert "新しい名簿で確かめてください" in refused.text


def test_the_municipality_learns_nothing_of_it(brought, client_as):
    _, address = brought
    assert "新しい名簿" not in client_as("clerk").open(address).text
    assert client_as("clerk").open("/later-findings", status=403)
    assert "INQ" not in client_as("other_officer").open("/later-findings").text


@pytest.mark.parametrize("brought_person", [member(), member(is_withheld=True)], ids=["open", "withheld"])
def test_one_that_is_answered_is_ticked_off_by_a_supervisor_whoever_was_found(world, nobody, client_as, brought_person):
    officer, address = nobody
    answered(officer, address)
    bring(world, brought_person)
    page = officer.open("/later-findings")
    assert "責任者が決めるまで、誰も連絡しないでください" in page.text
    assert not [action for action in page.actions if action.startswith("/later-findings/")]
    supervisor = client_as("supervisor")
    page = supervisor.send(supervisor.open("/later-findings"), "/later-findings/")
    assert "INQ-2026-000001を対応済みにしました。" in page.text
    assert "該当者が見つかった照会はありません" in page.text


OVERTAKEN = "「該当者なし」と回答した後に、新しい名簿か突合の規則で、該当者か要確認の人が見つかりました。"


@pytest.mark.parametrize("brought_person", [member(), member(is_withheld=True)], ids=["open", "withheld"])
def test_the_page_of_an_answered_one_tells_the_insurer_and_lets_a_supervisor_deal_with_it(
    world, nobody, client_as, brought_person
):
    officer, address = nobody
    answered(officer, address)
    assert OVERTAKEN not in officer.open(address).text
    bring(world, brought_person)
    page = officer.open(address)
    assert OVERTAKEN in page.text
    assert "照会機関に連絡するかは、責任者が決めます。" in page.text
    assert not [action for action in page.actions if action.startswith("/later-findings/")]
    assert OVERTAKEN not in client_as("clerk").open(address).text
    supervisor = client_as("supervisor")
    page = supervisor.open(address)
    assert OVERTAKEN in page.text
    assert "今の名簿での判定は「一人」です。" in page.text
    page = supervisor.send(page, "/later-findings/")
    assert "INQ-2026-000001を対応済みにしました。" in page.text
    assert OVERTAKEN not in supervisor.open(address).text


def versions(page):
    """Return the versions that the forms of a page are filled in for."""
    return {int(value) for value in page.tree.xpath("//main//input[@name='version']/@value")}


def test_a_clerk_whose_page_is_overtaken_is_told_so_only_where_they_may_follow(world, client_as):
    world.take_over_roster(member(sex=Sex.FEMALE))
    address = confirmed(world)
    clerk, officer = client_as("clerk"), client_as("officer")
    pages = [clerk.open(address), clerk.open(address)]
    officer.send(officer.open(address), f"{address}/identify")
    assert versions(clerk.open(address)) == versions(pages[0]), "the clerk's page counts no finding"
    given = {"withdraw-reason": "照会が不要になったため", "withdraw-is_sure": True}
    assert "取下げ" in clerk.send(pages[0], f"{address}/withdraw", **given).text
    refused = clerk.send(pages[1], f"{address}/withdraw", status=409, **given)
    assert "clerk の担当" in refused.text


@pytest.mark.parametrize("brought_person", [member(), member(is_withheld=True)], ids=["open", "withheld"])
def test_the_clerks_page_is_the_same_before_and_after_a_later_finding(world, nobody, client_as, brought_person):
    officer, address = nobody
    answered(officer, address)
    clerk = client_as("clerk")
    page = clerk.open(address)
    bring(world, brought_person)
    later = clerk.open(address)
    assert (later.text, versions(later)) == (page.text, versions(page))
    supervisor = client_as("supervisor")
    supervisor.send(supervisor.open("/later-findings"), "/later-findings/")
    later = clerk.open(address)
    assert (later.text, versions(later)) == (page.text, versions(page))
    assert "対応終了" in clerk.send(page, f"{address}/settle", **{"settle-note": "申請を受理"}).text
