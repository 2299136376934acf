"""memo 3(2) なお書き over HTTP: addresses are registered, a late answer is told by mail, and what is settled is not."""

from dataclasses import replace

import pytest

from inquiry.mail.message import Post
from inquiry.mail.wording import MailWording
from inquiry.workflow.dispatching import send_one
from tests.mail_server import running_mail_server
from tests.web.stages import filed
from tests.world import CHIYODA, ROOT

SUPERVISOR = "sekinin@society.example.jp"
SECTION = "kenko@example.lg.jp"
PMO = "pmo@pmo.example.jp"
SEEN = {"source": "https://www.example.lg.jp/", "checked_on": "2026-11-24"}


@pytest.fixture
def receiver(app, world, tmp_path):
    """A mail server that takes what the application sends."""
    with running_mail_server(tmp_path) as (server, receiver):
        world.house = replace(world.house, post=Post(server, MailWording(ROOT / "templates")))
        app.extensions["house"] = world.house
        yield receiver


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


@pytest.fixture
def other_pmo(client_as):
    return client_as("other_pmo")


def registered(pmo, other_pmo, path, **typed):
    """One of the PMO proposes an address, another one looks at the ground."""
    page = pmo.send(pmo.open(path), path, **typed)
    steps = page.links("手続を見る")[0]
    return other_pmo.send(other_pmo.open(steps), steps + "/approve")


def empty_outbox(world):
    world.clock.forward(minutes=5)
    while send_one(world.house, world.operator) is not None:
        pass


def test_from_the_address_over_the_late_answer_to_the_notice_and_the_withdrawal(
    client_as, pmo, other_pmo, world, receiver
):
    desk = f"/contacts/{world.insurer_id}/change"
    done = registered(pmo, other_pmo, desk, notice_address=SUPERVISOR, evidence="届出", checked_on="2026-11-24")
    assert "反映済み" in done.text
    assert SUPERVISOR in client_as("officer").open("/own-entry/desk").text
    rules = pmo.open("/escalation-rules")
    pmo.send(rules, "/escalation-rules", pmo_notice_address=PMO, reason="通知先の登録")
    empty_outbox(world)
    receiver.to.clear()

    inquiry_id = filed(world)
    world.clock.forward(days=1)
    pmo = client_as("pmo")
    pmo.send(pmo.open("/reminders"), "/reminders/run")
    officer = client_as("officer")
    step = officer.open("/reminders").links("文書と経過を開く")[0]
    assert "送信待ち" in officer.open(step).text
    empty_outbox(world)
    assert receiver.to == [SUPERVISOR]
    assert "送信済み" in officer.open(step).text
    assert "督促の通知" in pmo.open("/mails").text

    world.clock.forward(days=1)
    pmo = client_as("pmo")
    pmo.send(pmo.open("/reminders"), "/reminders/run")
    clerk = client_as("clerk")
    clerk.send(
        clerk.open(f"/inquiries/{inquiry_id}"),
        f"/inquiries/{inquiry_id}/withdraw-reminders",
        **{"reminder-note": "電話で解決した"},
    )
    empty_outbox(world)
    assert receiver.to == [SUPERVISOR]
    assert "取り戻し" in client_as("pmo").open("/mails").text


def test_without_an_address_the_page_of_a_step_says_what_to_do(client_as, world):
    filed(world)
    world.clock.forward(days=1)
    pmo = client_as("pmo")
    pmo.send(pmo.open("/reminders"), "/reminders/run")
    officer = client_as("officer")
    page = officer.open(officer.open("/reminders").links("文書と経過を開く")[0])
    assert "メールでは知らせていません" in page.text


#  the page                 what is typed                                     what stands at the field
REFUSED = [
    (
        f"/municipalities/{CHIYODA}",
        {"notice_address": "kenko@other.lg.jp"},
        "メールドメインの外のアドレスは登録できません。",
    ),
    (f"/municipalities/{CHIYODA}", {"notice_address": "kenko"}, "メールアドレスの形になっていません。"),
    ("/escalation-rules", {"pmo_notice_address": "a b", "reason": "変更"}, "メールアドレスの形になっていません。"),
    (
        "/escalation-rules",
        {"society_notice_address": "x@gmail.com", "reason": "変更"},
        "だれでも作れるアドレスは登録できません。",
    ),
]


@pytest.mark.parametrize(("path", "typed", "said"), REFUSED)
def test_an_address_that_cannot_be_is_refused_at_its_field(pmo, path, typed, said):
    assert said in pmo.send(pmo.open(path), path, status=422, **typed).text


def test_a_desk_of_the_ministry_has_its_address_in_the_next_version(pmo):
    typed = {
        "society_notice_address": "hoken@ministry.example.jp",
        "society_checked_on": "2026-11-24",
        "reason": "登録",
    }
    page = pmo.send(pmo.open("/escalation-rules"), "/escalation-rules", **typed)
    assert "通知先 hoken@ministry.example.jp" in page.text


def test_officers_see_that_the_main_line_they_would_call_is_about_to_change(client_as, pmo, other_pmo, world):
    inquiry_id = filed(world)
    registered(pmo, other_pmo, f"/municipalities/{CHIYODA}", main_line="03-0000-7777", **SEEN)
    page = client_as("officer").open(f"/inquiries/{inquiry_id}")
    assert "変更の予定 代表電話番号" in " ".join(page.text.split())


def test_a_municipality_registers_its_own_section(client_as, pmo, other_pmo, world):
    clerk = client_as("clerk")
    page = clerk.send(clerk.open("/own-entry/main-line"), "/own-entry/main-line", notice_address=SECTION, **SEEN)
    assert "もう一人の確認待ち" in page.text
    steps = pmo.open("/amendments").links("千代田区")[0]
    assert "反映済み" in pmo.send(pmo.open(steps), steps + "/approve").text
