"""STEP2 ⑤ ⅱ afterwards: an answer that was mailed and did not arrive is an officer's task, and no answer."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.reply import Channel
from inquiry.store.municipalities import Municipality
from inquiry.store.organisations import Account
from inquiry.store.outbox import MailState
from inquiry.workflow import (
    answering,
    auditing,
    bounces,
    correcting,
    daily,
    escalating,
    locking,
    outbox,
    reminding,
    settling,
    timing,
    undelivered,
)
from inquiry.workflow.dispatching import send_one
from inquiry.workflow.viewing import listed
from tests.mail_server import free_port
from tests.web.stages import BY_TELEPHONE, TOLD, events_of, state_of, version_of
from tests.workflow.test_outbox import after_hold, heard_address, mail_of, post
from tests.world import CHIYODA, WEDNESDAY_MORNING

NEXT_MONDAY = WEDNESDAY_MORNING + timedelta(days=5)
ARRIVED = "健康推進課 山田 花子、11月20日、電話"


@pytest.fixture
def posted(world, receiver):
    """A locked file in the outbox: (inquiry, mail)."""
    inquiry_id = heard_address(world)
    return inquiry_id, post(world, inquiry_id)


def waiting(world, hand=None):
    with world.house.reading(hand or world.officer) as work:
        return [inquiry.id for inquiry in undelivered.waiting(work)]


def answered_at(world, inquiry_id):
    with world.house.reading(world.officer) as work:
        return listed(work, inquiry_id).answered_at


def is_late(world, inquiry_id):
    with world.house.reading(world.officer) as work:
        return timing.is_late(work, listed(work, inquiry_id))


# How a mail comes to nothing: whether the answer had left with it


def refused_at_the_recipient(world, receiver, mail_id):
    receiver.at_recipient.append("550 5.1.1 no such user")
    after_hold(world)


def refused_as_a_mail(world, receiver, mail_id):
    receiver.at_content.append("554 5.7.1 not wanted")
    after_hold(world)


def sent_back(world, receiver, mail_id):
    after_hold(world)
    with world.house.work(world.operator) as work:
        assert bounces.came_back(work, mail_id, "5.1.1")


def given_up_before_it_left(world, receiver, mail_id):
    world.clock.forward(hours=24, minutes=6)
    send_one(world.house, world.operator)


def given_up_after_it_left(world, receiver, mail_id):
    receiver.at_content.append("451 4.3.0 later")
    after_hold(world)
    post_office, nowhere = world.house, free_port()
    down = replace(post_office.post, server=replace(post_office.post.server, port=nowhere))
    world.house = replace(post_office, post=down)
    world.clock.forward(hours=24)
    send_one(world.house, world.operator)
    world.house = post_office


def writer_gone_between_two_tries(world, receiver, mail_id):
    receiver.at_content.append("451 4.3.0 later")
    after_hold(world)
    with world.house.work(world.operator) as work:
        work.session.get_one(Account, world.officer.account_id).disabled_at = work.now
        work.record("account:disabled")
    world.clock.now = mail_of(world, mail_id).next_try_at
    assert send_one(world.house, world.operator) is MailState.STOPPED


def stopped_since_the_file_was_made_anew(world, receiver, mail_id):
    with world.house.work(world.officer) as work:
        inquiry_id = mail_of(world, mail_id).inquiry_id
        locking.make_file(work, inquiry_id, version_of(world, inquiry_id))
    assert after_hold(world) is MailState.STOPPED


LEFT = [refused_as_a_mail, sent_back, given_up_after_it_left, writer_gone_between_two_tries]
STAYED = [refused_at_the_recipient, given_up_before_it_left, stopped_since_the_file_was_made_anew]


@pytest.mark.parametrize("fate", LEFT)
def test_an_answer_that_left_and_did_not_arrive_waits_and_is_no_answer(world, receiver, posted, fate):
    inquiry_id, mail_id = posted
    fate(world, receiver, mail_id)
    assert waiting(world) == [inquiry_id]
    assert (state_of(world, inquiry_id), answered_at(world, inquiry_id)) == ("answered", None)
    world.clock.forward(days=3)
    assert is_late(world, inquiry_id)


def reminded(world):
    """Take every step that is due, and return what came to the page of the insurer's supervisor."""
    daily.press(world.house, world.operator)
    with world.house.reading(world.supervisor) as work:
        return [step.inquiry_id for step in reminding.tasks(work)]


def escalated(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        escalating.escalate(work, inquiry_id, version_of(world, inquiry_id), note="メールが届かない")


@pytest.mark.parametrize("fate", LEFT)
def test_once_it_is_late_both_sides_press_for_it(world, receiver, posted, fate):
    inquiry_id, mail_id = posted
    fate(world, receiver, mail_id)
    world.clock.now = NEXT_MONDAY
    assert reminded(world) == [inquiry_id]
    escalated(world, inquiry_id)
    assert events_of(world, inquiry_id)[-1] == "escalate"
    confirm_arrival(world, inquiry_id)
    assert reminded(world) == []
    with pytest.raises(Forbidden, match="not_late"):
        escalated(world, inquiry_id)


def test_nobody_presses_before_it_is_late(world, receiver, posted):
    sent_back(world, receiver, posted[1])
    assert reminded(world) == []
    with pytest.raises(Forbidden, match="not_late"):
        escalated(world, posted[0])


def test_nobody_presses_for_an_answer_that_arrived(world, receiver, posted):
    after_hold(world)
    world.clock.now = NEXT_MONDAY
    assert reminded(world) == []
    with pytest.raises(Forbidden, match="not_late"):
        escalated(world, posted[0])


@pytest.mark.parametrize("fate", STAYED)
def test_a_mail_that_never_left_waits_until_the_file_goes_out_otherwise(world, receiver, posted, fate):
    inquiry_id, mail_id = posted
    fate(world, receiver, mail_id)
    assert waiting(world) == [inquiry_id]
    assert state_of(world, inquiry_id) == "identified"
    with world.house.work(world.officer) as work:
        locking.give_by_download(work, inquiry_id, version_of(world, inquiry_id))
    assert waiting(world) == []


def test_one_that_arrived_waits_for_nobody(world, receiver, posted):
    assert after_hold(world) is MailState.SENT
    assert waiting(world) == []
    assert answered_at(world, posted[0]) == world.clock.now


def test_it_is_the_insurers_own_officers_who_see_it(world, receiver, posted):
    sent_back(world, receiver, posted[1])
    assert waiting(world, world.other_officer) == []
    with pytest.raises(NotFound), world.house.work(world.other_officer) as work:
        undelivered.confirm_arrival(work, posted[0], version_of(world, posted[0]), note=ARRIVED)


# What ends it


def confirm_arrival(world, inquiry_id, note=ARRIVED):
    with world.house.work(world.officer) as work:
        undelivered.confirm_arrival(work, inquiry_id, version_of(world, inquiry_id), note=note)


@pytest.mark.parametrize("fate", [sent_back, refused_as_a_mail])
def test_somebody_says_that_it_arrived_after_all_and_it_counts_from_when_it_left(world, receiver, posted, fate):
    inquiry_id, mail_id = posted
    fate(world, receiver, mail_id)
    left_at = mail_of(world, mail_id).left_at
    world.clock.forward(days=3)
    confirm_arrival(world, inquiry_id)
    assert waiting(world) == []
    assert answered_at(world, inquiry_id) == left_at
    assert not is_late(world, inquiry_id)
    assert mail_of(world, mail_id).noticed_by == world.officer.account_id
    assert events_of(world, inquiry_id)[-1] == "arrival_confirmed"
    with pytest.raises(Forbidden, match="undelivered:nothing_waits"):
        confirm_arrival(world, inquiry_id)
    with world.house.reading() as work:
        assert auditing.verify(work).is_sound


def test_who_said_so_is_written_down(world, receiver, posted):
    sent_back(world, receiver, posted[1])
    with pytest.raises(InvalidValue, match="undelivered:told_missing"):
        confirm_arrival(world, posted[0], "  ")
    assert waiting(world) == [posted[0]]


def test_nobody_says_of_a_mail_that_never_left_that_it_arrived(world, receiver, posted):
    refused_at_the_recipient(world, receiver, posted[1])
    with pytest.raises(Forbidden, match="undelivered:nothing_waits"):
        confirm_arrival(world, posted[0])


def test_it_is_taken_back_as_not_arrived_and_answered_anew(world, receiver, posted):
    inquiry_id, mail_id = posted
    sent_back(world, receiver, mail_id)
    with world.house.work(world.officer) as work:
        cause = correcting.Cause.RETURNED
        correcting.retract(work, inquiry_id, version_of(world, inquiry_id), cause=cause, reason="メールの不達")
    assert waiting(world) == []
    assert state_of(world, inquiry_id) == "identified"


def test_the_municipality_used_it(world, receiver, posted):
    inquiry_id, mail_id = posted
    sent_back(world, receiver, mail_id)
    with world.house.work(world.clerk) as work:
        settling.settle(work, inquiry_id, version_of(world, inquiry_id))
    assert waiting(world) == []
    assert answered_at(world, inquiry_id) == mail_of(world, mail_id).left_at


def test_another_mail_is_another_try(world, receiver, posted):
    inquiry_id, mail_id = posted
    refused_at_the_recipient(world, receiver, mail_id)
    world.clock.forward(minutes=1)
    again = post(world, inquiry_id)
    assert waiting(world) == []
    assert after_hold(world) is MailState.SENT
    with world.house.work(world.operator) as work:
        bounces.came_back(work, again, "5.1.1")
    assert waiting(world) == [inquiry_id]


def test_what_is_prepared_for_another_way_or_withdrawn_waits_no_more(world, receiver, posted):
    inquiry_id, mail_id = posted
    refused_at_the_recipient(world, receiver, mail_id)
    with world.house.work(world.officer) as work:
        version = version_of(world, inquiry_id)
        answering.prepare(work, inquiry_id, version, channel=Channel.CALL_BACK, items=TOLD)
    assert waiting(world) == []
    with world.house.work(world.clerk) as work:
        settling.withdraw(work, inquiry_id, version_of(world, inquiry_id), reason="不要になったため")
    assert waiting(world) == []


def test_a_report_about_an_answer_that_was_taken_back_or_used_changes_nothing(world, receiver, posted):
    inquiry_id, mail_id = posted
    after_hold(world)
    with world.house.work(world.clerk) as work:
        settling.settle(work, inquiry_id, version_of(world, inquiry_id))
    with world.house.work(world.operator) as work:
        assert outbox.came_back(work, mail_id, "5.1.1")
    assert waiting(world) == []
    assert answered_at(world, inquiry_id) is not None


def test_an_officer_does_not_settle_what_has_not_reached_a_municipality_outside_the_system(world, receiver):
    inquiry_id = heard_address(world, **BY_TELEPHONE)
    sent_back(world, receiver, post(world, inquiry_id))
    for refused in (True, False):
        with pytest.raises(Forbidden, match="undelivered:ask_first") if refused else nullcontext():
            settle(world, inquiry_id)
        if refused:
            confirm_arrival(world, inquiry_id)
    assert state_of(world, inquiry_id) == "settled"


def settle(world, inquiry_id):
    with world.house.work(world.officer) as work:
        settling.settle(work, inquiry_id, version_of(world, inquiry_id))


def test_a_report_after_somebody_said_that_it_arrived_changes_nothing(world, receiver, posted):
    inquiry_id, mail_id = posted
    refused_as_a_mail(world, receiver, mail_id)
    confirm_arrival(world, inquiry_id)
    with world.house.work(world.operator) as work:
        bounces.came_back(work, mail_id, "5.1.1")
    assert waiting(world) == []
    assert answered_at(world, inquiry_id) == mail_of(world, mail_id).left_at


def test_a_domain_that_changed_between_two_tries_keeps_the_mail(world, receiver, posted):
    inquiry_id, mail_id = posted
    receiver.at_content.append("451 4.3.0 later")
    after_hold(world)
    with world.house.work(world.operator) as work:
        work.session.get_one(Municipality, CHIYODA).mail_domain = "city.example.lg.jp"
        work.record("municipality:main_line_entered")
    world.clock.now = mail_of(world, mail_id).next_try_at
    assert send_one(world.house, world.operator) is MailState.STOPPED
    assert receiver.arrived == []
    assert waiting(world) == [inquiry_id]


def test_nothing_sent_cannot_be_said_to_have_come_back(world, receiver, posted):
    inquiry_id, _ = posted
    with world.house.work(world.officer) as work:
        locking.give_by_download(work, inquiry_id, version_of(world, inquiry_id))
    cause = correcting.Cause.RETURNED
    with pytest.raises(InvalidValue, match="correction:not_posted"), world.house.work(world.officer) as work:
        correcting.retract(work, inquiry_id, version_of(world, inquiry_id), cause=cause, reason="メールの不達")
