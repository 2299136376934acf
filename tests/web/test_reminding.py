"""Pressing for an answer that does not come, on screen."""

from inquiry.workflow import daily
from tests.web.stages import events_of, filed


def test_a_late_answer_comes_to_the_supervisors_page_and_pmo_can_look_at_once(client_as, world):
    inquiry_id = filed(world)
    world.clock.forward(days=1)
    pmo = client_as("pmo")
    page = pmo.send(pmo.open("/reminders"), "/reminders/run")
    assert "新しい督促は1件です。" in page.text
    assert "届いている督促はありません" in page.text
    page = client_as("supervisor").open("/reminders")
    assert "期限を過ぎても、保険者から連絡がない" in page.text
    assert f"/inquiries/{inquiry_id}" in page.links("INQ-")
    assert "髙橋" not in page.text


def test_the_clerk_withdraws_what_is_settled(client_as, world):
    inquiry_id = filed(world)
    world.clock.forward(days=1)
    daily.press(world.house, world.operator)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "保険者の責任者に知らせました" in page.text
    action = f"{page.path}/withdraw-reminders"
    page = clerk.send(page, action, **{"reminder-note": ""}, status=422)
    assert page.errors == ["どう解決したかを入力してください。"]
    page = clerk.send(page, action, **{"reminder-note": "電話で見込みを聞いた"})
    assert "督促を取り下げました。" in page.text
    assert events_of(world, inquiry_id)[-1] == "reminder_withdrawn"
    assert "届いている督促はありません" in client_as("officer").open("/reminders").text


def test_the_officer_sees_the_steps_and_cannot_withdraw_them(client_as, world):
    inquiry_id = filed(world)
    world.clock.forward(days=1)
    daily.press(world.house, world.operator)
    page = client_as("officer").open(f"/inquiries/{inquiry_id}")
    assert "保険者の責任者に知らせました" in page.text
    assert f"{page.path}/withdraw-reminders" not in page.actions
