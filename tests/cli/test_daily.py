"""``inquiry daily``: what falls due by the clock is done once, and what cannot be done stops nothing else."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

import inquiry
from inquiry.domain.escalation import Level
from inquiry.domain.item import items
from inquiry.domain.parties import Entrance, Inquirer, OrganisationKind, Role
from inquiry.domain.reply import Channel
from inquiry.store.escalations import escalations_of
from inquiry.store.insurers import insurer_numbered
from inquiry.store.organisations import organisation_of_kind
from inquiry.store.rosters import RosterGeneration, Stage, active_generation
from inquiry.workflow import (
    accounts,
    amending,
    confirming,
    contacts,
    daily,
    enacting,
    filing,
    identifying,
    rechecking,
    roster,
)
from inquiry.workflow.amending import DeskEntry, Ground
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.roster_comparing import Consent, before, weighed
from inquiry.workflow.roster_loading import load
from inquiry.workflow.roster_switching import alone_at, put_back, retire_previous
from tests.cli.conftest import SOCIETY, opened
from tests.workflow import roster_table
from tests.world import CHIYODA, PASSWORD, SATO, Clock

NO_ROSTER = (
    "0 interrupted imports given up.\n0 rosters that are over deleted.\n"
    "0 rosters on which findings of nobody were looked at again.\n"
    "0 tables of many inquiries that nobody sent thrown away.\n"
)
NOTHING = f"0 changes of the directories hold now.\n0 steps of escalations taken.\n{NO_ROSTER}"
ONE_STEP = f"0 changes of the directories hold now.\n1 steps of escalations taken.\n{NO_ROSTER}"


@pytest.fixture
def clock(monkeypatch):
    """A Wednesday morning for every command; all else is the installation's own."""
    clock, open_house = Clock(), inquiry.open_house
    monkeypatch.setattr(inquiry, "open_house", lambda settings: replace(open_house(settings), clock=clock))
    return clock


def officer_of(house):
    """An officer of the example society begins."""
    with house.work(accounts.operator(house)) as work:
        office = accounts.organisation_for(work, insurer=insurer_numbered(work.session, SOCIETY))
        new = accounts.NewAccount("escalated", "山田 花子", "", Role.OFFICER, PASSWORD)
        return accounts.actor_of(accounts.add_account(work, office, new))


def filed(house, officer=None):
    """The example society's officer takes in an inquiry by telephone."""
    officer = officer or officer_of(house)
    said = filing.Filing(
        inquirer=Inquirer(CHIYODA, "健康推進課", "山田 花子"),
        entrance=Entrance.TELEPHONE,
        insurer_id=officer.insurer_id,
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
    (0, NOTHING, []),
    (1, ONE_STEP, [Level.SUPERVISOR]),
    (1, ONE_STEP, [Level.SUPERVISOR, Level.PMO]),
    (4, ONE_STEP, [Level.SUPERVISOR, Level.PMO, Level.MINISTRY]),
    (7, NOTHING, [Level.SUPERVISOR, Level.PMO, Level.MINISTRY]),
]


def test_a_daily_run_takes_each_step_on_its_day_and_once(command, clock):
    assert command("daily").out == NOTHING
    inquiry_id = filed(opened())
    for days, said, told in DAYS:
        clock.now += timedelta(days=days)
        done = command("daily")
        assert (done.code, done.out, done.err, levels(inquiry_id)) == (0, said, "", told)
        assert command("daily").out == NOTHING


def test_a_daily_run_deletes_the_people_of_a_roster_that_is_over(command, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_bytes(roster_table.table(roster_table.row()))
    for _ in range(2):
        assert command("roster", "import", "--insurer", SOCIETY, "--allow-vanishing", file).code == 0
    house = opened()
    with house.work(accounts.operator(house)) as work:
        retire_previous(work, roster.insurer_of(work, SOCIETY).id)
        work.record("roster:rebuilt")
    assert "1 rosters that are over deleted." in command("daily").out
    assert NO_ROSTER in command("daily").out


def test_a_run_outside_business_hours_tells_nobody(command, clock):
    command("daily")
    inquiry_id = filed(opened())
    clock.forward(hours=12)
    assert command("daily").out == NOTHING
    assert levels(inquiry_id) == []


def proposed(house, telephone):
    """PMO staff propose and approve another number for the example society, and call the old one."""
    people = [pmo_of(house, name) for name in ("proposes", "approves")]
    with house.work(people[0]) as work:
        insurer = insurer_numbered(work.session, SOCIETY)
        edition = contacts.history(work, insurer.id)[0]
        ground = Ground(evidence="届出", seen_on=work.today)
        row = replace(edition.row, telephone=telephone)
        amendment = amending.amend_desk(work, DeskEntry(row), ground, version=edition.entry.version)
    with house.work(people[1]) as work:
        enacting.approve(work, amendment.id)
        enacting.record_call(work, amendment.id, enacting.Asked.CONFIRMED, note="適用課の係長")
    return amendment.id


def pmo_of(house, name):
    with house.work(accounts.operator(house)) as work:
        office = organisation_of_kind(work.session, OrganisationKind.PMO) or accounts.add_pmo(work, "デジタルＰＭＯ")
        return accounts.actor_of(
            accounts.add_account(work, office, accounts.NewAccount(name, name, "", Role.PMO_STAFF, PASSWORD))
        )


def telephone(house):
    with house.reading() as work:
        return contacts.history(work, insurer_numbered(work.session, SOCIETY).id)[0].row.telephone


def test_a_change_holds_on_the_first_run_after_its_days_of_waiting(command, clock):
    command("daily")
    proposed(opened(), "0300007777")
    assert command("daily").out == NOTHING
    clock.forward(days=3, minutes=1)
    assert command("daily").out.startswith("1 changes of the directories hold now.\n")
    assert telephone(opened()) == "0300007777"
    assert command("daily").out == NOTHING


def test_a_change_that_cannot_hold_is_named_and_the_steps_are_taken_all_the_same(command, clock):
    command("daily")
    amendment_id = proposed(opened(), "0300007777")
    inquiry_id = filed(opened())
    with opened().work(accounts.operator(opened())) as work:
        row = contacts.history(work, insurer_numbered(work.session, SOCIETY).id)[0].row
        contacts.save(work, replace(row, telephone="0300008888"))
    clock.forward(days=5)
    done = command("daily")
    assert done.code == 1
    assert done.out == ONE_STEP
    assert done.err == f"Failed: changes {amendment_id} amendment:stale\n"
    assert levels(inquiry_id) == [Level.SUPERVISOR]


def test_two_runs_at_a_time_take_each_step_once(command, clock):
    command("daily")
    inquiry_id = filed(opened())
    clock.forward(days=1)
    house = opened()
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: daily.run(house, accounts.operator(house)), range(2)))
    assert sum(outcome.done for outcomes in runs for outcome in outcomes) == 1
    assert levels(inquiry_id) == [Level.SUPERVISOR]


def test_an_import_that_was_killed_is_given_up_and_one_that_waits_or_goes_on_is_not(command):
    assert command("daily").out == NOTHING
    house = opened()
    operator = accounts.operator(house)
    with house.reading() as work:
        insurer_id = insurer_numbered(work.session, SOCIETY).id
    waits = load(house, operator, insurer_id, file=roster_table.file_of(roster_table.table(roster_table.row())))
    killed_id = roster_table.killed_import(house, operator, insurer_id)
    with alone_at(house, insurer_id):
        assert NO_ROSTER in command("daily").out
    said = command("daily").out
    assert "1 interrupted imports given up.\n1 rosters that are over deleted.\n" in said
    assert command("daily").out == NOTHING
    with house.reading() as work:
        gone, waiting = (work.session.get_one(RosterGeneration, each) for each in (killed_id, waits))
        assert (gone.stage, gone.roll_number, gone.report) == ("discarded", None, {"stopped_by": "roster:interrupted"})
        assert waiting.stage == "loaded"


def test_looking_again_that_broke_off_is_finished(command):
    assert command("daily").out == NOTHING
    house = opened()
    with house.work(accounts.operator(house)) as work:
        insurer_id = insurer_numbered(work.session, SOCIETY).id
        active_generation(work.session, insurer_id).rechecked_by = ""
        work.record("roster:switched")
    assert "1 rosters on which findings of nobody were looked at again" in command("daily").out
    assert command("daily").out == NOTHING


@pytest.fixture
def mistaken(command, clock, tmp_path):
    """A roster with somebody on it, replaced by one without; return the house and an officer of its insurer."""
    file = tmp_path / "roster.csv"
    for person in (roster_table.row(), roster_table.somebody(1)):
        file.write_bytes(roster_table.table(person))
        assert command("roster", "import", "--insurer", SOCIETY, "--allow-vanishing", file).code == 0
    house = opened()
    yield house, officer_of(house)
    house.engine.dispose()


def find_nobody(house, officer):
    """The officer looks somebody up who is not on the roster in force."""
    inquiry_id = filed(house, officer)
    with house.work(officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
        assert identifying.identify(work, inquiry_id, work.inquiry(inquiry_id).version).state == "not_found"


def go_back(house, officer):
    """Put the roster before back, and be stopped before anything is looked at again on it."""
    anyway = Consent(allows_vanishing=True, allows_opening=True)
    with house.reading(officer) as work:
        earlier = before(work, officer.insurer_id)
        beside = weighed(work, officer.insurer_id, earlier.id, anyway, stage=Stage.PREVIOUS)
    with house.work(officer) as work:
        put_back(work, beside)


def later_findings(house, officer):
    with house.reading(officer) as work:
        return [later.finding for later in rechecking.waiting(work)]


def test_what_was_found_on_a_mistaken_roster_is_looked_at_again_on_the_one_put_back(command, mistaken):
    house, officer = mistaken
    find_nobody(house, officer)
    go_back(house, officer)
    assert later_findings(house, officer) == []
    assert "1 rosters on which findings of nobody were looked at again" in command("daily").out
    assert later_findings(house, officer) == ["one"]
    assert command("daily").out == NOTHING


def test_what_is_found_on_another_roster_while_one_looks_again_is_due_again(command, mistaken, clock, monkeypatch):
    house, officer = mistaken
    go_back(house, officer)
    plain = rechecking.found_nobody

    def others_meanwhile(*arguments, **more):
        listed = plain(*arguments, **more)
        go_back(house, officer)
        find_nobody(house, officer)
        clock.forward(minutes=1)
        go_back(house, officer)
        return listed

    with monkeypatch.context() as patch:
        patch.setattr(rechecking, "found_nobody", others_meanwhile)
        assert rechecking.recheck(house, officer, officer.insurer_id).looked == 0
    assert "1 rosters on which findings of nobody were looked at again" in command("daily").out
    assert later_findings(house, officer) == ["one"]
