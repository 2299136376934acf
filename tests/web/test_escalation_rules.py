"""The page on which PMO staff keep the desks of the ministry and the waiting times, over HTTP."""

import io

from pypdf import PdfReader

from tests.web.stages import filed

PAGE = "/escalation-rules"
MOVED = {
    "society_division": "厚生労働省保険局みほん課",
    "society_telephone": "03-0000-5555",
    "society_checked_on": "R8.11.20",
    "reason": "組織の改正",
}


def test_a_desk_that_moved_is_on_the_clerks_page_and_on_the_letter(client_as, world):
    pmo = client_as("pmo")
    assert PAGE in pmo.open("/settings").links("所管課・待ち時間")
    page = pmo.send(pmo.open(PAGE), **MOVED, pmo="４：３０", ministry="10:00")
    for told in ("第1版", "pmo の担当", "組織の改正", "4時間30分後", "初期値", "厚生労働省保険局保険課"):
        assert told in page.text
    assert "4時間30分後にＰＭＯ、10時間後に市町村等" in pmo.open("/reminders").text
    inquiry_id = filed(world)
    world.clock.forward(days=1)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    for told in ("厚生労働省保険局みほん課", "03-0000-5555", "ＰＭＯが令和8年11月20日に確かめた番号です"):
        assert told in page.text
    page = clerk.send(page, f"/inquiries/{inquiry_id}/letters/ministry")
    letter = clerk.client.get(page.links("協力の要請（PDF")[0])
    assert "みほん課" in PdfReader(io.BytesIO(letter.data)).pages[0].extract_text()


def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(client_as):
    pmo = client_as("pmo")
    page = pmo.send(pmo.open(PAGE), status=422, **{**MOVED, "society_checked_on": ""})
    assert page.errors == ["通知に掲載された照会先から変えるときは、確かめた日を入力してください。"]
    assert page.form().fields["society_division"] == "厚生労働省保険局みほん課"
    page = pmo.send(page, status=422, society_checked_on="R8.11.20", pmo="9時間")
    assert page.errors == ["業務時間を「8:45」（8時間45分）の形で入力してください。"]
    page = pmo.send(page, status=422, pmo="8:45", ministry="8:00")
    assert page.errors == ["前の段階より先に知らせることになります。前の段階の待ち時間以上にしてください。"]
    page = pmo.send(page, status=422, ministry="9:00", reason="")
    assert page.errors == ["変更の理由を入力してください。"]


def test_the_second_of_two_who_change_it_is_told(client_as):
    first, second = client_as("pmo"), client_as("other_pmo")
    old = second.open(PAGE)
    first.send(first.open(PAGE), **MOVED)
    second.send(old, status=409, **MOVED)
