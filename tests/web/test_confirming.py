"""STEP2 ③ on screen."""

from dataclasses import replace

import pytest

from inquiry.directory.insurers import InsurerKind
from inquiry.domain.parties import Entrance, Inquirer
from inquiry.domain.reply import Channel
from inquiry.workflow import contacts, filing
from tests.world import CHIYODA, SOCIETY, desk


def filed(world, **changes):
    with world.house.work(world.clerk) as work:
        return filing.file(work, world.filing(**changes)).id


def taken_in(world, **changes):
    """Take an inquiry in by telephone."""
    inquirer = replace(Inquirer(CHIYODA, "健康推進課", "山田 花子"), **changes)
    with world.house.work(world.officer) as work:
        return filing.file(work, world.filing(inquirer=inquirer, entrance=Entrance.TELEPHONE)).id


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def test_what_was_said_stands_beside_what_the_directory_says(world, officer):
    page = officer.open(f"/inquiries/{filed(world)}")
    text = page.tree.xpath("string(//table[@id='inquirer'])")
    assert all(
        word in text
        for word in ("131016", "東京都", "健康推進課", "03-0000-0001", "https://www.example.lg.jp/", "令和8年11月2日")
    )


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        ("03-0000-0011", "１桁だけ違います"),
        ("03-0000-0010", "隣り合う"),
        ("03-0000-001", "１桁足りません"),
        ("03-0000-0001", "名簿の代表電話と同じ"),
        ("080-1234-0001", "下４桁だけが"),
        ("03-9876-5432", "別の番号"),
    ],
)
def test_a_number_that_was_told_is_marked_and_never_a_link(world, officer, heard, words):
    page = officer.open(f"/inquiries/{taken_in(world, telephone=heard, mail_address='yamada@example.com')}")
    assert words in page.text
    assert "聞き取った番号・架電しない" in page.text
    assert "聞き取ったアドレス・送信しない" in page.text
    assert page.tree.xpath("//a[starts-with(@href,'tel:') or starts-with(@href,'mailto:')]") == []


def test_the_digits_that_differ_are_marked(world, officer):
    page = officer.open(f"/inquiries/{taken_in(world, telephone='03-0000-0011')}")
    assert page.tree.xpath("//table[@id='inquirer']//mark/text()") == ["1"]


def test_the_inquirer_is_confirmed_with_the_channel_agreed_on(world, officer):
    address = f"/inquiries/{filed(world)}"
    page = officer.send(officer.open(address), f"{address}/confirm", channel="file", note="担当者名を代表電話で確認")
    assert "加入者の確認待ち" in page.text
    assert "担当者名を代表電話で確認" in page.text
    assert "パスワード付きファイル" in page.text


def test_a_letter_needs_its_day_and_nothing_typed_is_lost(world, officer):
    address = f"/inquiries/{filed(world)}"
    page = officer.send(officer.open(address), f"{address}/confirm", channel="letter", note="確認済", status=422)
    assert page.errors == ["文書での回答では、必要な期限を入力してください。"]
    assert page.title.startswith("エラー：")
    assert page.form(f"{address}/confirm").fields["note"].strip() == "確認済"
    page = officer.send(page, f"{address}/confirm", needed_by="R8.12.10")
    assert "令和8年12月10日" in page.text


def test_a_channel_the_desk_does_not_offer_is_said_so(world, officer):
    address = f"/inquiries/{filed(world, channel=Channel.FILE)}"
    with world.house.work(world.operator) as work:
        row = desk(SOCIETY, InsurerKind.SOCIETY, "みほん健康保険組合", "ミホンケンコウホケンクミアイ")
        contacts.save(work, replace(row, channels=frozenset({Channel.CALL_BACK, Channel.LETTER})))
    page = officer.open(address)
    assert "貴団体は対応していません（※3）" in page.text
    form = page.form(f"{address}/confirm")
    assert form.xpath(".//input[@name='channel']/@value") == ["call_back", "letter"]
    assert form.xpath(".//input[@name='channel'][@checked]") == []
    values = [(name, value) for name, value in form.form_values() if name != "channel"]
    page = officer.post(f"{address}/confirm", [*values, ("channel", "file")], status=422)
    assert "選んだ回答方法に対応していません" in page.errors[0]


def test_that_no_answer_can_be_given_is_told_with_its_reason(world, officer, client_as):
    address = f"/inquiries/{filed(world)}"
    page = officer.send(officer.open(address), f"{address}/refuse", reason="other", status=422)
    assert page.errors == ["回答できない理由を入力してください。"]
    page = officer.send(page, f"{address}/refuse", note="所管の組合が異なります")
    assert "回答不能" in page.text
    assert "所管の組合が異なります" in client_as("clerk").open(address).text


def test_a_delay_is_announced_with_a_time_ahead_and_a_reason(world, officer, client_as):
    address = f"/inquiries/{filed(world)}"
    page = officer.open(address)
    page = officer.send(page, f"{address}/delay", expected_at="R8.11.24", reason="書庫で確認", status=422)
    assert "先の日時" in page.errors[0]
    officer.send(page, f"{address}/delay", expected_at="令和8年11月26日", expected_time="15:30")
    text = client_as("clerk").open(address).text
    assert "令和8年11月26日（木） 15:30" in text
    assert "書庫で確認" in text


def test_the_second_of_two_officers_is_told_who_was_first(world, officer):
    address = f"/inquiries/{filed(world)}"
    earlier = officer.open(address)
    officer.send(officer.open(address), f"{address}/confirm", channel="call_back")
    page = officer.send(earlier, f"{address}/confirm", channel="file", status=409)
    assert "officer の担当" in page.text
    assert "照会者を確認（③）" in page.text


def test_the_same_form_sent_twice_counts_once(world, officer):
    address = f"/inquiries/{filed(world)}"
    page = officer.open(address)
    officer.send(page, f"{address}/confirm", channel="call_back")
    again = officer.send(page, f"{address}/confirm", channel="call_back")
    assert again.text.count("照会者を確認（③）") == 1


def test_a_clerk_does_not_confirm_herself(world, client_as):
    inquiry_id = filed(world)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert not any("confirm" in action for action in page.actions)
    token = page.tree.xpath("string(//input[@name='csrf_token']/@value)")
    clerk.post(f"/inquiries/{inquiry_id}/confirm", [("csrf_token", token), ("channel", "file")], status=403)


def test_another_insurer_finds_nothing_to_confirm(world, client_as):
    client_as("other_officer").open(f"/inquiries/{filed(world)}", status=404)


def test_after_a_refusal_neither_delay_nor_refusal_is_offered(world, officer):
    address = f"/inquiries/{filed(world)}"
    page = officer.open(address)
    assert {f"{address}/delay", f"{address}/refuse"} <= set(page.actions)
    page = officer.send(page, f"{address}/refuse", reason="withheld")
    assert not {f"{address}/delay", f"{address}/refuse"} & set(page.actions)


def test_a_number_that_is_another_organisations_is_said_to_be_theirs(client_as, world):
    inquiry_id = taken_in(world, telephone="03-0000-1234")
    page = client_as("officer").open(f"/inquiries/{inquiry_id}")
    assert "告げられた番号は、名簿では「みほん健康保険組合」の番号です" in page.text
