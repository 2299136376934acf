"""``inquiry escalate``: the steps that are due are taken, each once, by a run of the clock's hour."""

from dataclasses import replace
from datetime import timedelta

import pytest

import inquiry
from inquiry.domain.escalation import Level
from inquiry.domain.item import items
from inquiry.domain.parties import Entrance, Inquirer, Role
from inquiry.domain.reply import Channel
from inquiry.store.escalations import escalations_of
from inquiry.store.insurers import insurer_numbered
from inquiry.workflow import accounts, filing
from tests.cli.conftest import SOCIETY, opened
from tests.world import CHIYODA, PASSWORD, SATO, Clock


@pytest.fixture
def clock(monkeypatch):
    """A Wednesday morning for every command; all else is the installation's own."""
    clock, open_house = Clock(), inquiry.open_house
    monkeypatch.setattr(inquiry, "open_house", lambda settings: replace(open_house(settings), clock=clock))
    return clock


def filed(house):
    """The example society's officer takes in an inquiry by telephone."""
    with house.work(accounts.operator(house)) as work:
        insurer = insurer_numbered(work.session, SOCIETY)
        office = accounts.organisation_for(work, insurer=insurer)
        new = accounts.NewAccount("escalated", "山田 花子", "", Role.OFFICER, PASSWORD)
        officer = accounts.actor_of(accounts.add_account(work, office, new))
    said = filing.Filing(
        inquirer=Inquirer(CHIYODA, "健康推進課", "山田 花子"),
        entrance=Entrance.TELEPHONE,
        insurer_id=insurer.id,
        insurer_evidence="certificate",
        reason="E01",
        error_at=house.clock(),
        network_reference="A-0001",
        subject=SATO,
        relation=None,
        procedure="YOBO-16",
        items=(next(iter(items())).code,),
        channel=Channel.CALL_BACK,
        needed_by=None,
    )
    with house.work(officer) as work:
        return filing.file(work, said).id


def levels(inquiry_id):
    with opened().reading() as work:
        return [step.level for step in escalations_of(work.session, inquiry_id)]


#  days since it was filed      what the run says         who has been told by then
DAYS = [
    (0, "0 steps taken.\n", []),
    (1, "1 steps taken.\n", [Level.SUPERVISOR]),
    (1, "1 steps taken.\n", [Level.SUPERVISOR, Level.PMO]),
    (4, "1 steps taken.\n", [Level.SUPERVISOR, Level.PMO, Level.MINISTRY]),
    (7, "0 steps taken.\n", [Level.SUPERVISOR, Level.PMO, Level.MINISTRY]),
]


def test_a_daily_run_takes_each_step_on_its_day_and_once(command, clock):
    assert command("escalate").out == "0 steps taken.\n"
    inquiry_id = filed(opened())
    for days, said, told in DAYS:
        clock.now += timedelta(days=days)
        done = command("escalate")
        assert (done.code, done.out, done.err, levels(inquiry_id)) == (0, said, "", told)
        assert command("escalate").out == "0 steps taken.\n"


def test_a_run_outside_business_hours_tells_nobody(command, clock):
    command("escalate")
    inquiry_id = filed(opened())
    clock.forward(hours=12)
    assert command("escalate").out == "0 steps taken.\n"
    assert levels(inquiry_id) == []
