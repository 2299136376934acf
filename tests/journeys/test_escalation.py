"""memo 3(2) なお書き over HTTP: who is told that an answer does not come, step by step, and a mail server that is down."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from inquiry.domain.inquiry import State
from inquiry.mail.message import Post
from inquiry.mail.server import MailServer
from inquiry.mail.wording import MailWording
from inquiry.workflow.dispatching import send_one
from tests.journeys.everybody import SATO
from tests.journeys.forms import links_in
from tests.mail_server import HOST, free_port, running_mail_server
from tests.world import CHIYODA, ROOT

SUPERVISOR, PMO = "sekinin@society.example.jp", "pmo@pmo.example.jp"
SECTION, MINISTRY = "kenko@example.lg.jp", "hoken@ministry.example.jp"
SEEN = {"source": "https://www.example.lg.jp/", "checked_on": "2026-11-24"}
# The ministry has moved the desk of one kind of insurer; the others are where the memo has them.
DESK = {"society_division": "厚生労働省保険局保険課", "society_section": "組合指導係", "society_extension": "3246",
        "society_notice_address": MINISTRY, "society_checked_on": "R8.11.24"}  # fmt: skip


@pytest.fixture
def receiver(installation, world, everybody, tmp_path):
    """A mail server that takes what the application sends; everybody whom a step may be told to has an address."""
    with running_mail_server(tmp_path) as (server, receiver):
        connected(installation, world, server)
        ground = {"evidence": "届出の写し", "checked_on": "R8.11.24"}
        registered(everybody, f"/contacts/{world.insurer_id}/change", notice_address=SUPERVISOR, **ground)
        registered(everybody, f"/municipalities/{CHIYODA}", notice_address=SECTION, **SEEN)
        everybody.pmo.goes_to("/escalation-rules")
        everybody.pmo.sends("/escalation-rules", pmo_notice_address=PMO, reason="通知先の登録", **DESK)
        delivered(world)
        receiver.to.clear()
        yield receiver


def connected(installation, world, server):
    """Let the application send by a mail server; return the one that it sent by before."""
    before = world.house.post
    world.house = replace(world.house, post=Post(server, MailWording(ROOT / "templates")))
    installation.app.extensions["house"] = world.house
    return before and before.server


def registered(everybody, path, **typed):
    """One of the PMO proposes an address, another one looks at the ground."""
    everybody.pmo.goes_to(path)
    (steps,) = links_in(everybody.pmo.sends(path, **typed), "手続を見る")
    everybody.other_pmo.goes_to(steps)
    assert "反映済み" in everybody.other_pmo.sends("/approve").text


def delivered(world):
    """Let the worker of the outbox go through it."""
    world.clock.forward(minutes=5)
    while send_one(world.house, world.operator) is not None:
        pass


def looks(pmo):
    """Let PMO staff look for what is due, as the timer does; return how many steps are taken."""
    pmo.goes_to("/reminders")
    (said,) = re.findall("新しい督促は([0-9]+)件です。", pmo.sends("/reminders/run").text)
    return int(said)


def letter_of(clerk, step):
    """Make the letter of a step, and return what stands in it."""
    clerk.goes_to(step)
    (letter,) = links_in(clerk.sends("/letter"), "PDF、記録されます")
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(clerk.goes_to(letter).content)).pages)


def test_each_step_is_told_once_in_business_hours(everybody, asks, world, receiver):
    asks().files(SATO)
    world.clock.forward(hours=8)  # Wednesday 18:05, late and after hours
    assert looks(everybody.pmo) == 0
    told = [SUPERVISOR], [SUPERVISOR, PMO], [SUPERVISOR, PMO, SECTION, MINISTRY]
    for hours, addressees in zip((15, 24, 96), told, strict=True):  # Thursday, Friday, Tuesday, in the morning
        world.clock.forward(hours=hours)
        assert (looks(everybody.pmo), looks(everybody.pmo)) == (1, 0)
        delivered(world)
        assert receiver.to == addressees


@pytest.mark.documents
def test_each_step_has_its_letter_and_the_record_ready(everybody, asks, world):
    path = asks().files(SATO)
    for hours in (23, 24, 96):
        world.clock.forward(hours=hours)
        assert looks(everybody.pmo) == 1

    # The supervisor's lies ready for both sides, and nobody asked about is named.
    (step,) = links_in(path.seen_by(everybody.clerk), "保険者の責任者に知らせました")
    letter = letter_of(everybody.clerk, step)
    assert path.number in letter
    page = everybody.officer.goes_to(step)
    assert links_in(page, "PDF、記録されます")
    assert "経過 照会 令和8年11月25日（水）" in page.text
    assert "髙橋" not in page.text + letter

    # The ministry's goes to the desk that oversees this kind of insurer, as PMO staff have set it by now.
    everybody.pmo.goes_to("/escalation-rules")
    everybody.pmo.sends("/escalation-rules", reason="担当係の変更", **DESK)
    (step,) = links_in(everybody.clerk.goes_to("/reminders"), "文書と経過を開く")
    assert "組合指導係" in letter_of(everybody.clerk, step)
    path.of(everybody).clerk_does("/escalate", State.FILED, **{"escalate-note": "電話で伝え、文書を送った"})
    assert path.deeds()[-1] == "escalate"


def test_what_is_settled_goes_no_further_and_its_unsent_notice_is_taken_back(everybody, asks, world, receiver):
    path = asks().files(SATO)
    world.clock.forward(days=1)
    assert looks(everybody.pmo) == 1
    path.of(everybody).clerk_does("/withdraw-reminders", State.FILED, **{"reminder-note": "電話で見込みを聞いた"})
    delivered(world)
    assert receiver.to == []
    assert "取り戻し" in everybody.pmo.goes_to("/mails").text
    world.clock.forward(days=7)
    assert looks(everybody.pmo) == 0


def test_a_mail_server_that_is_down_loses_no_notice(installation, everybody, asks, world, receiver):
    asks().files(SATO)
    world.clock.forward(days=1)
    nobody_there = MailServer(host=HOST, port=free_port(), sender="inquiry@pmo.example.jp", timeout_seconds=2)
    server = connected(installation, world, nobody_there)
    assert looks(everybody.pmo) == 1
    for _ in range(3):
        delivered(world)
    assert "送信待ち" in everybody.pmo.goes_to("/mails").text
    connected(installation, world, server)
    world.clock.forward(hours=3)
    delivered(world)
    assert receiver.to == [SUPERVISOR]
    assert "送信済み" in everybody.pmo.goes_to("/mails").text
    delivered(world)
    assert receiver.to == [SUPERVISOR]
