"""Letters beside the answer, over HTTP: what may be made is offered, and what was made can be opened by its office."""

from inquiry.domain.reply import Channel
from inquiry.workflow import confirming
from tests.web import stages


def test_a_clerk_makes_a_sheet_for_post_and_opens_it(world, client_as):
    inquiry_id = stages.filed(world, channel=Channel.LETTER, needed_by=world.clock.now.date())
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert f"/inquiries/{inquiry_id}/letters/reminder" not in page.actions
    page = clerk.send(page, f"/inquiries/{inquiry_id}/letters/sheet")
    assert "文書を作成しました" in page.text
    letter = clerk.client.get(page.links("照会書（PDF")[0])
    assert letter.mimetype == "application/pdf"
    assert letter.headers["Content-Disposition"] == 'attachment; filename="inquiry_sheet-20261125.pdf"'
    assert client_as("officer").client.get(page.links("照会書（PDF")[0]).status_code == 404


def test_an_insurer_without_a_fax_number_is_asked_by_post(world, client_as):
    inquiry_id = stages.filed(world)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert f"/inquiries/{inquiry_id}/letters/fax" not in page.actions
    form = page.form(f"/inquiries/{inquiry_id}/letters/sheet")
    refused = clerk.post(f"/inquiries/{inquiry_id}/letters/fax", form.form_values(), status=422)
    assert "ＦＡＸ番号が一覧に登録されていません" in refused.text


def test_a_late_insurer_may_be_reminded(world, client_as):
    inquiry_id = stages.filed(world)
    world.clock.forward(days=1)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    for name in ("reminder", "ministry", "pmo"):
        page = clerk.send(page, f"/inquiries/{inquiry_id}/letters/{name}")
    assert len(page.links("協力の要請（PDF")) == 2
    assert len(page.links("督促（PDF")) == 1


def test_an_officer_prints_a_delay_that_was_announced(world, client_as):
    inquiry_id = stages.confirmed(world)
    with world.house.work(world.officer) as work:
        version = work.inquiry(inquiry_id).version
        expected = world.clock.now.replace(hour=7)
        confirming.announce_delay(work, inquiry_id, version, expected_at=expected, reason="確認中")
    officer = client_as("officer")
    page = officer.send(officer.open(f"/inquiries/{inquiry_id}"), f"/inquiries/{inquiry_id}/letters/delay")
    assert len(page.links("回答遅延の連絡（PDF")) == 1


def test_a_letter_that_nobody_knows_is_not_made(world, client_as):
    inquiry_id = stages.filed(world)
    clerk = client_as("clerk")
    form = clerk.open(f"/inquiries/{inquiry_id}").form(f"/inquiries/{inquiry_id}/letters/sheet")
    clerk.post(f"/inquiries/{inquiry_id}/letters/answer", form.form_values(), status=404)
