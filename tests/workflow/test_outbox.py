"""The outbox: written with its cause, taken back in time, tried until it has left, never lost and never doubled."""

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace

import pytest

from inquiry.domain.errors import Forbidden, NotDisclosable, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.mail.message import Post
from inquiry.mail.wording import MailWording
from inquiry.store.organisations import Account
from inquiry.store.outbox import MailState, OutgoingMail
from inquiry.workflow import answering, auditing, calling, correcting, locking, mailing, outbox, settling
from inquiry.workflow.dispatching import send_one
from tests.mail_server import SILENCE, free_port, running_mail_server
from tests.web.stages import TOLD, events_of, found, heard, in_call, state_of, version_of
from tests.world import ROOT

ADDRESS = "kenko@example.lg.jp"


@pytest.fixture
def posted(world, receiver):
    """A locked file in the outbox: (inquiry, mail)."""
    inquiry_id = heard_address(world)
    return inquiry_id, post(world, inquiry_id)


def heard_address(world, **changes: object) -> str:
    """Bring an inquiry to where a file is made and its address was heard on a call."""
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE, **changes)
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version_of(world, inquiry_id), channel=Channel.FILE, items=TOLD)
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version_of(world, inquiry_id))
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    with world.house.work(world.officer) as work:
        locking.hear_address(work, inquiry_id, address=ADDRESS, repeated=ADDRESS)
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))
    return inquiry_id


def post(world, inquiry_id: str) -> str:
    with world.house.work(world.officer) as work:
        return mailing.post_file(work, inquiry_id, version_of(world, inquiry_id)).id


def mail_of(world, mail_id: str) -> OutgoingMail:
    with world.house.reading() as work:
        return work.session.get_one(OutgoingMail, mail_id)


def after_hold(world) -> MailState | None:
    """Let the time pass in which the mail may be taken back, and the worker look once."""
    world.clock.forward(minutes=5)
    return send_one(world.house, world.operator)


def test_a_mail_waits_while_it_may_be_taken_back_and_the_answer_is_given_when_it_leaves(world, receiver, posted):
    inquiry_id, mail_id = posted
    world.clock.forward(minutes=4)
    assert send_one(world.house, world.operator) is None
    assert state_of(world, inquiry_id) == "identified"
    world.clock.forward(minutes=1)
    assert send_one(world.house, world.operator) is MailState.SENT
    assert state_of(world, inquiry_id) == "answered"
    assert receiver.to == [ADDRESS]
    assert events_of(world, inquiry_id)[-2:] == ["answer", "mail_sent"]
    assert mail_of(world, mail_id).content_ct is None  # what has left is kept no longer than needed
    assert send_one(world.house, world.operator) is None


def test_nothing_personal_stands_in_the_mail_and_its_file_opens_with_the_password_only(world, receiver, posted):
    after_hold(world)
    (mail,) = receiver.arrived
    # Not the bytes as they travel: in base64 and in ids, three digits stand anywhere by chance.
    names = [part.get_filename() for part in mail.iter_attachments()]
    clear = "\n".join([mail["From"], mail["To"], mail["Subject"], mail.get_body().get_content(), *names])
    for personal in ("髙橋", "太郎", "タカハシ", "1958", "記号12", "345", ADDRESS.upper()):
        assert personal not in clear
    (file,) = mail.iter_attachments()
    assert file.get_content().startswith(bytes.fromhex("D0CF11E0"))


def test_a_mail_is_taken_back_before_it_has_left_and_then_stays(world, receiver, posted):
    inquiry_id, mail_id = posted
    with world.house.work(world.officer) as work:
        outbox.recall(work, mail_id)
    assert after_hold(world) is None
    assert (receiver.arrived, state_of(world, inquiry_id)) == ([], "identified")
    # Another try is another mail.
    assert post(world, inquiry_id) != mail_id
    assert after_hold(world) is MailState.SENT


def test_a_mail_that_has_left_is_not_taken_back(world, posted):
    after_hold(world)
    with pytest.raises(Forbidden, match="mail:gone_already"), world.house.work(world.officer) as work:
        outbox.recall(work, posted[1])


@pytest.mark.parametrize("name", ["other_officer", "clerk", "pmo"])
def test_nobody_else_takes_a_mail_back(world, posted, name):
    with pytest.raises(NotFound), world.house.work(getattr(world, name)) as work:
        outbox.recall(work, posted[1])


def prepared_anew(world, inquiry_id):
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version_of(world, inquiry_id), channel=Channel.FILE, items=TOLD)


def file_made_anew(world, inquiry_id):
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version_of(world, inquiry_id))


def withdrawn(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        settling.withdraw(work, inquiry_id, version_of(world, inquiry_id), reason="不要になったため")


def given_otherwise(world, inquiry_id):
    with world.house.work(world.officer) as work:
        locking.give_by_download(work, inquiry_id, version_of(world, inquiry_id))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (prepared_anew, "mail:answer_changed"),
        (file_made_anew, "mail:answer_changed"),
        (given_otherwise, "mail:answer_changed"),
        (withdrawn, "inquiry:forbidden_transition"),
    ],
)
def test_a_mail_that_is_not_the_answer_any_more_does_not_leave(world, receiver, posted, changed, code):
    inquiry_id, mail_id = posted
    changed(world, inquiry_id)
    assert after_hold(world) is MailState.STOPPED
    assert receiver.arrived == []
    assert mail_of(world, mail_id).code == code


def test_a_mail_does_not_leave_once_whoever_said_the_address_does_not_know_the_word(world, receiver):
    inquiry_id = heard_address(world)
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    with world.house.work(world.officer) as work:
        locking.hear_address(work, inquiry_id, address=ADDRESS, repeated=ADDRESS)
    mail_id = post(world, inquiry_id)
    heard(world, inquiry_id, "ちがう")
    assert after_hold(world) is MailState.STOPPED
    assert receiver.arrived == []
    assert mail_of(world, mail_id).code == "mail:answer_changed"


def test_the_gate_is_asked_before_the_mail_is_written(world, receiver):
    inquiry_id = heard_address(world)
    prepared_anew(world, inquiry_id)
    with pytest.raises(Forbidden, match="address_not_heard"):
        post(world, inquiry_id)
    with world.house.work(world.officer) as work:
        calling_word = calling.start(work, inquiry_id).municipality_word
    heard(world, inquiry_id, calling_word)
    with world.house.work(world.officer) as work:
        locking.hear_address(work, inquiry_id, address=ADDRESS, repeated=ADDRESS)
    with pytest.raises(NotDisclosable, match="file_not_locked"):
        post(world, inquiry_id)


def test_a_file_waits_in_the_outbox_once(world, posted):
    with pytest.raises(Forbidden, match="mail:waits_already"):
        post(world, posted[0])


def test_without_a_server_no_mail_is_written_and_with_one_none_is_sent_by_hand(world, tmp_path):
    inquiry_id = heard_address(world)
    with pytest.raises(Forbidden, match="mail:no_server"):
        post(world, inquiry_id)
    with running_mail_server(tmp_path) as (server, _):
        world.house = replace(world.house, post=Post(server, MailWording(ROOT / "templates")))
        with pytest.raises(Forbidden, match="mail:by_system"), world.house.work(world.officer) as work:
            locking.hand_out(work, inquiry_id, version_of(world, inquiry_id))


def test_a_mail_is_written_only_with_what_caused_it(world, receiver):
    inquiry_id = heard_address(world)
    with suppress(NotFound), world.house.work(world.officer) as work:
        mailing.post_file(work, inquiry_id, version_of(world, inquiry_id))
        outbox.recall(work, "another mail")
    assert after_hold(world) is None


def test_a_mail_outlives_a_server_that_is_down_and_is_tried_at_growing_intervals(world, receiver, posted):
    inquiry_id, mail_id = posted
    working = world.house
    down = replace(working.post.server, port=free_port())
    world.house = replace(working, post=replace(working.post, server=down))
    pauses = []
    for _ in range(5):
        mail = mail_of(world, mail_id)
        world.clock.now = mail.next_try_at
        assert send_one(world.house, world.operator) is MailState.WAITING
        pauses.append(mail_of(world, mail_id).next_try_at - world.clock.now)
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1]
    assert state_of(world, inquiry_id) == "identified"  # nothing has left, so nothing was answered
    world.house, world.clock.now = working, mail_of(world, mail_id).next_try_at
    assert send_one(world.house, world.operator) is MailState.SENT
    assert len(receiver.arrived) == 1


def test_a_mail_that_a_server_puts_off_is_the_same_mail_at_the_next_try(world, receiver, posted):
    inquiry_id, mail_id = posted
    receiver.at_content += ["451 4.3.0 later"]
    assert after_hold(world) is MailState.WAITING
    assert mail_of(world, mail_id).code == "451-4.3.0"
    world.clock.now = mail_of(world, mail_id).next_try_at
    assert send_one(world.house, world.operator) is MailState.SENT
    assert receiver.arrived[0]["Message-ID"] == f"<{mail_id}@insurers.example>"
    assert events_of(world, inquiry_id).count("answer") == 1


@pytest.mark.parametrize(("stage", "state"), [("at_recipient", "identified"), ("at_content", "answered")])
def test_a_refusal_for_good_ends_the_mail_and_is_on_the_timeline(world, receiver, posted, stage, state):
    inquiry_id, mail_id = posted
    getattr(receiver, stage).append("550 5.1.1 no such user")
    assert after_hold(world) is MailState.FAILED
    assert mail_of(world, mail_id).code == "550-5.1.1"
    assert events_of(world, inquiry_id)[-1] == "mail_failed"
    assert state_of(world, inquiry_id) == state


def test_a_mail_nobody_could_send_for_too_long_is_given_up(world, receiver, posted):
    inquiry_id, mail_id = posted
    world.clock.forward(hours=24, minutes=6)
    assert send_one(world.house, world.operator) is None
    assert (mail_of(world, mail_id).state, mail_of(world, mail_id).code) == (MailState.FAILED, outbox.GIVEN_UP)
    assert events_of(world, inquiry_id)[-1] == "mail_failed"
    assert receiver.arrived == []


def test_two_workers_never_take_the_same_mail(world, posted):
    world.clock.forward(minutes=5)
    with world.house.work(world.operator) as work:
        assert outbox.claim(work, lambda _work, _mail: None) is not None
    with world.house.work(world.operator) as work:
        assert outbox.claim(work, lambda _work, _mail: None) is None


DYING_WORKER = """
import sys
from datetime import datetime
from dataclasses import replace
from inquiry.mail.message import Post
from inquiry.mail.server import MailServer, Security
from inquiry.mail.wording import MailWording
from inquiry.store.engine import connect
from inquiry.workflow import accounts, outbox
from inquiry.workflow.dispatching import send_one
from tests.world import ROOT, open_house

url, port, now = sys.argv[1:]
house, clock = open_house(connect(url))
clock.now = datetime.fromisoformat(now)
server = MailServer(host="127.0.0.1", port=int(port), sender="answers@insurers.example", security=Security.NONE)
send_one(replace(house, post=Post(server, MailWording(ROOT / "templates"))), accounts.operator(house))
"""


@pytest.mark.parametrize(("dies_at", "state"), [("at_recipient", "identified"), ("at_content", "answered")])
def test_the_mail_of_a_worker_that_was_killed_is_taken_up_by_another(
    world, receiver, posted, dies_at, state, database_url
):
    inquiry_id, mail_id = posted
    world.clock.forward(minutes=5)
    reached = getattr(receiver, dies_at)
    reached.append(SILENCE)
    port, now = str(world.house.post.server.port), world.clock.now.isoformat()
    arguments = [sys.executable, "-c", DYING_WORKER, database_url, port, now]
    worker = subprocess.Popen(arguments, cwd=ROOT)
    assert receiver.is_silent.wait(120)
    worker.kill()
    worker.wait()
    receiver.speaks_again.set()
    assert state_of(world, inquiry_id) == state
    assert send_one(world.house, world.operator) is None  # somebody might still be at it
    world.clock.now += outbox.CLAIMED_FOR
    assert send_one(world.house, world.operator) is MailState.SENT
    assert mail_of(world, mail_id).tries == 2
    assert [mail["Message-ID"] for mail in receiver.arrived] == [f"<{mail_id}@insurers.example>"]
    assert events_of(world, inquiry_id).count("answer") == 1


def test_an_answer_taken_back_between_two_tries_does_not_leave(world, receiver, posted):
    inquiry_id, mail_id = posted
    receiver.at_content += ["451 4.3.0 later"]
    after_hold(world)
    with world.house.work(world.officer) as work:
        cause = correcting.Cause.WRONG_CONTENT
        correcting.retract(work, inquiry_id, version_of(world, inquiry_id), cause=cause, reason="記載の誤り")
    world.clock.now = mail_of(world, mail_id).next_try_at
    assert send_one(world.house, world.operator) is MailState.STOPPED
    assert receiver.arrived == []


def test_who_has_no_account_any_more_sends_no_mail(world, receiver, posted):
    with world.house.work(world.operator) as work:
        work.session.get_one(Account, world.officer.account_id).disabled_at = work.now
        work.record("account:disabled")
    assert after_hold(world) is MailState.STOPPED
    assert receiver.arrived == []


def test_the_ledger_tells_the_way_of_the_mail_and_holds(world, posted):
    after_hold(world)
    with world.house.reading() as work:
        assert auditing.verify(work).is_sound


def test_a_mail_that_came_back_is_told_once_and_marks_its_address(world, posted):
    inquiry_id, mail_id = posted
    after_hold(world)
    for is_news in (True, False):
        with world.house.work(world.operator) as work:
            assert outbox.came_back(work, mail_id, "5.1.1") is is_news
    assert (mail_of(world, mail_id).state, mail_of(world, mail_id).code) == (MailState.BOUNCED, "5.1.1")
    assert events_of(world, inquiry_id)[-1] == "mail_bounced"
    with world.house.reading(world.officer) as work:
        assert outbox.has_come_back_from(work, ADDRESS.upper())
        assert not outbox.has_come_back_from(work, "other@example.lg.jp")


def test_a_report_about_a_mail_that_never_left_changes_nothing(world, posted):
    with world.house.work(world.operator) as work:
        assert not outbox.came_back(work, posted[1], "5.1.1")
        assert not outbox.came_back(work, "0b8e5c1a-6f0d-4c39-9a53-2f1f4b7d9c11", "5.1.1")
    assert mail_of(world, posted[1]).state == MailState.WAITING
