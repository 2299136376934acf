"""The page of one step: the letter and the record lie ready for the clerk and for whoever was told."""

import pytest

from inquiry.workflow import daily
from tests.web.stages import filed

#  level            who was told         days, until then      the letter that lies ready
STEPS = [
    ("supervisor", "officer", 1, "保険者の責任者への督促"),
    ("pmo", "pmo", 2, "ＰＭＯへの協力の要請"),
]


def told(world, days):
    """File on Wednesday, and let every step be taken on its day."""
    inquiry_id = filed(world, note="髙橋さんの件")
    for _ in range(days):
        world.clock.forward(days=1)
        daily.press(world.house, world.operator)
    return inquiry_id


def step_page(visitor):
    return visitor.open(visitor.open("/reminders").links("文書と経過を開く")[-1])


def page_of(clerk, inquiry_id, whom):
    return clerk.open(clerk.open(f"/inquiries/{inquiry_id}").links(whom)[0])


@pytest.mark.parametrize(("level", "receiver", "days", "letter"), STEPS)
def test_the_clerk_makes_the_letter_and_whoever_was_told_opens_it(client_as, world, level, receiver, days, letter):
    inquiry_id = told(world, days)
    whom = {"supervisor": "保険者の責任者に知らせました", "pmo": "ＰＭＯに知らせました"}[level]
    clerk, other = client_as("clerk"), client_as(receiver)
    assert f"{letter}は、まだ作成されていません。" in step_page(other).text
    page = page_of(clerk, inquiry_id, whom)
    page = clerk.send(page, f"{page.path}/letter")
    assert "文書を作成しました" in page.text
    for visitor in (clerk, other):
        address = visitor.open(page.path).links("PDF、記録されます")[0]
        response = visitor.client.get(address)
        assert response.mimetype == "application/pdf"
        assert response.data.startswith(b"%PDF")
    assert "2件" in client_as("auditor").open("/ledger/?event=letter:opened").text


@pytest.mark.parametrize(("level", "receiver", "days", "letter"), STEPS)
def test_the_record_tells_how_it_went_and_names_nobody_asked_about(client_as, world, level, receiver, days, letter):
    told(world, days)
    page = step_page(client_as(receiver))
    for known in ("保険者の責任者に知らせました", "千代田区", "みほん健康保険組合"):
        assert known in page.text
    assert "髙橋" not in page.response.get_data(as_text=True)
    assert page.actions == []


def test_for_the_ministry_the_desk_stands_on_the_page_and_its_letter_is_not_the_pmos(client_as, world):
    inquiry_id = told(world, 6)
    clerk = client_as("clerk")
    page = step_page(clerk)
    assert "厚生労働省保険局保険課" in page.text
    page = clerk.send(page, f"{page.path}/letter")
    assert len(page.links("協力の要請（PDF")) == 1
    assert page_of(clerk, inquiry_id, "ＰＭＯに知らせました").links("協力の要請（PDF") == []


def test_nobody_opens_a_step_that_did_not_come_to_them(client_as, world):
    inquiry_id = told(world, 2)
    clerk, officer = client_as("clerk"), client_as("officer")
    to_pmo = page_of(clerk, inquiry_id, "ＰＭＯに知らせました").path
    to_insurer = step_page(officer).path
    officer.open(to_pmo, status=404)
    assert len(officer.open(f"/inquiries/{inquiry_id}").links("文書と経過を開く")) == 1
    client_as("pmo").open(to_insurer, status=404)
    for name in ("other_clerk", "other_officer"):
        client_as(name).open(to_insurer, status=404)


def test_only_the_clerk_makes_the_letter(client_as, world):
    told(world, 1)
    officer = client_as("officer")
    page = step_page(officer)
    settings = officer.open("/account/settings").form().form_values()
    token = [pair for pair in settings if pair[0] in ("csrf_token", "idempotency_key")]
    officer.post(f"{page.path}/letter", token, status=403)
