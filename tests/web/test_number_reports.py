"""memo 3(2) ※: the lists do not rot: who dials a number that does not work says so, and entries are checked again."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from inquiry.workflow import filing, municipalities, number_reports
from inquiry.workflow.number_reports import Told, Trouble
from tests.web.stages import filed
from tests.world import SAPPORO


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


def report(visitor, inquiry_id, trouble="not_in_use", status=200):
    path = f"/inquiries/{inquiry_id}/number-trouble"
    return visitor.send(visitor.open(f"/inquiries/{inquiry_id}"), path, status=status, trouble=trouble)


def test_a_clerk_who_reaches_nobody_raises_a_chore_at_once_and_twice_is_one(world, client_as, pmo):
    inquiry_id, clerk = filed(world), client_as("clerk")
    assert "ＰＭＯに知らせました" in report(clerk, inquiry_id).text
    report(clerk, inquiry_id)
    page = pmo.open("/directory-chores")
    assert page.text.count("使われていない番号である") == 1
    assert "03-0000-1234" in page.text
    page = pmo.send(page, "/directory-chores/", **{_outcome(page): "公式サイトで新しい番号を確かめた"})
    assert "使われていない番号である" not in page.text


def _outcome(page):
    return next(name for name in page.form("/directory-chores/").fields if name.endswith("outcome"))


def test_an_officer_reports_the_main_line_and_not_what_was_heard(world, client_as, pmo):
    report(client_as("officer"), filed(world), "wrong_party")
    page = pmo.open("/directory-chores")
    assert "千代田区" in page.text
    assert "03-0000-0001" in page.text


def test_a_report_without_a_kind_is_refused_at_its_field(world, client_as):
    page = report(client_as("clerk"), filed(world), trouble=None, status=422)
    assert "不具合の内容を選んでください" in page.errors[0]


def test_a_municipality_without_a_main_line_is_a_chore_while_its_inquiries_are_open(world, pmo):
    assert "札幌市" not in pmo.open("/directory-chores").text
    asks = world.filing().inquirer
    with world.house.work(world.other_clerk) as work:
        filing.file(work, world.filing(inquirer=type(asks)(SAPPORO, "保健予防課", "鈴木 次郎")))
    page = pmo.open("/directory-chores")
    assert "北海道　札幌市" in page.text or "北海道 札幌市" in page.text
    assert "1件" in page.text


def test_an_entry_is_due_after_ninety_days(world, client_as):
    assert "みほん健康保険組合" not in client_as("pmo").open("/directory-chores").text
    world.clock.forward(days=91 - 24)
    page = client_as("pmo").open("/directory-chores")
    assert "みほん健康保険組合" in page.text
    with world.house.reading() as work:
        assert municipalities.entry_of(work, SAPPORO).main_line == ""
    assert "札幌市" not in page.text


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor"])
def test_the_chores_are_pmo_staffs(client_as, name):
    client_as(name).open("/directory-chores", status=403)


def test_mail_that_came_back_is_a_chore_with_the_entry_that_names_the_address(world, pmo):
    with world.house.work(world.operator) as work:
        for told in (Told("sekinin@example.jp", world.insurer_id, 1), Told("pmo@example.jp")):
            number_reports.open_task(work, told, Trouble.BOUNCED, inquiry=None)
    page = pmo.open("/directory-chores")
    assert page.text.count("メールが届かずに戻ってくる") == 2
    assert "sekinin@example.jp" in page.text
    assert f"/contacts/{world.insurer_id}?desk=1" in page.links("みほん健康保険組合")
    assert "/escalation-rules" in page.links("所管課・待ち時間（通知用メールアドレス）")


def test_mail_reported_to_come_back_is_about_the_address_of_the_entry(world, client_as, pmo):
    inquiry_id = filed(world)
    report(client_as("officer"), inquiry_id, "bounced")
    assert "example.lg.jp" in pmo.open("/directory-chores").text
    report(client_as("clerk"), inquiry_id, "bounced")  # the desk has no address for notices
    page = pmo.open("/directory-chores")
    assert page.text.count("メールが届かずに戻ってくる") == 2
    assert "03-0000-1234" in page.text


def test_every_entry_to_check_again_is_handed_out_as_a_workbook(world, client_as):
    world.clock.forward(days=100)
    pmo = client_as("pmo")
    assert "/directory-chores/rechecks.xlsx" in pmo.open("/directory-chores").links("再確認する記載のExcel")
    sheet = load_workbook(BytesIO(pmo.client.get("/directory-chores/rechecks.xlsx").data)).worksheets[0]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0][:5] == ("名簿", "都道府県", "名称", "電話番号", "確認日")
    assert ("照会窓口一覧", "みほん健康保険組合", "03-0000-1234") in [(row[0], row[2], row[3]) for row in rows]
    assert ("市町村等名簿", "千代田区", "03-0000-0001") in [(row[0], row[2], row[3]) for row in rows]
    client_as("officer").open("/directory-chores/rechecks.xlsx", status=403)
