"""memo 3(2) ※: an address that reaches nobody becomes a task of PMO staff at once, and one task."""

import pytest

from inquiry.store.outbox import MailState
from inquiry.workflow import amending, auditing, bounces, contacts, enacting, number_reports, outbox
from inquiry.workflow.amending import DeskEntry
from tests.workflow.test_noticing import (
    EVIDENCE,
    MINISTRY,
    PMO,
    SECTION,
    SUPERVISOR,
    empty_outbox,
    late,
    register_desk,
    register_offices,
    register_section,
    step,
)
from tests.workflow.test_outbox import ADDRESS, after_hold, heard_address, mail_of, post
from tests.world import CHIYODA


@pytest.fixture
def addressed(world, receiver):
    """Everybody whom a step may be told to has an address."""
    register_desk(world, SUPERVISOR)
    register_section(world, SECTION)
    register_offices(world)
    empty_outbox(world)


def came_back(world, mail_id):
    with world.house.work(world.operator) as work:
        return bounces.came_back(work, mail_id, "5.1.1")


def notices(world):
    """Return the notices of steps that have left, in the order in which they left."""
    with world.house.reading(world.pmo) as work:
        sent = [mail for mail, _, _ in outbox.listing(work) if mail.escalation_id and mail.state == MailState.SENT]
        return [mail.id for mail in sorted(sent, key=lambda mail: (mail.written_at, mail.left_at))]


def tasks(world):
    with world.house.reading(world.pmo) as work:
        found = number_reports.chores(work, limit=50).reports
        return [(each.number, each.insurer_id, each.municipality_code, each.kind) for each in found]


def test_a_notice_that_comes_back_is_a_task_about_whose_address_it_was_and_one_task(world, addressed):
    late(world)
    for days in (0, 1, 4):
        world.clock.forward(days=days)
        step(world)
        empty_outbox(world)
    sent = notices(world)
    assert [came_back(world, each) for each in sent] == [True] * 4
    assert [came_back(world, each) for each in sent] == [False] * 4
    assert set(tasks(world)) == {
        (SUPERVISOR, world.insurer_id, None, "bounced"),
        (SECTION, None, CHIYODA, "bounced"),
        (PMO, None, None, "bounced"),
        (MINISTRY, None, None, "bounced"),
    }
    assert len(tasks(world)) == 4


def test_a_second_mail_that_comes_back_from_an_address_adds_no_task_until_the_first_is_dealt_with(world, addressed):
    for _ in range(2):
        late(world)
    step(world)
    empty_outbox(world)
    first, second = notices(world)
    assert came_back(world, first)
    assert came_back(world, second)
    assert len(tasks(world)) == 1


def test_an_address_that_no_entry_names_any_more_is_no_task(world, addressed):
    late(world)
    step(world)
    empty_outbox(world)
    (sent,) = notices(world)
    with world.house.work(world.pmo) as work:
        edition = contacts.history(work, world.insurer_id)[0]
        taken_out = DeskEntry(edition.row, notice_address="")
        proposed = amending.amend_desk(work, taken_out, EVIDENCE, version=edition.entry.version)
        enacting.enact_if_ready(work, proposed)
    assert came_back(world, sent)
    assert tasks(world) == []


def test_of_an_answers_address_pmo_staff_see_the_domain_alone(world, receiver):
    mail_id = post(world, heard_address(world))
    after_hold(world)
    assert came_back(world, mail_id)
    assert tasks(world) == [(ADDRESS.partition("@")[2], None, CHIYODA, "bounced")]
    with world.house.reading() as work:
        assert auditing.verify(work).is_sound


def test_an_address_that_the_server_refuses_at_once_is_a_task_too(world, receiver):
    receiver.at_recipient.append("550 5.1.1 no such user")
    mail_id = post(world, heard_address(world))
    after_hold(world)
    assert mail_of(world, mail_id).state == MailState.FAILED
    assert [each[0] for each in tasks(world)] == ["example.lg.jp"]


@pytest.mark.parametrize("answer", ["552 5.3.4 too large", "554 5.7.1 not wanted"])
def test_a_mail_that_is_refused_for_what_it_is_says_nothing_of_its_address(world, receiver, answer):
    receiver.at_content.append(answer)
    mail_id = post(world, heard_address(world))
    after_hold(world)
    assert mail_of(world, mail_id).state == MailState.FAILED
    assert tasks(world) == []
