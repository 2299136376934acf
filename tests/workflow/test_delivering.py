"""An answer waits in the system for one named person: each refusal, and each way on (受渡し)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inquiry.domain.correction import Cause
from inquiry.domain.delivery import Standing, Terms
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.parties import Entrance, Role
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.store.ledger import LedgerEntry
from inquiry.store.organisations import Organisation
from inquiry.workflow import (
    accounts,
    answering,
    confirming,
    correcting,
    delivering,
    file_settings,
    filing,
    identifying,
    joining,
    locking,
    settling,
    viewing,
)
from tests.outside import FROM_YOKOHAMA, municipality_joins, municipality_outside
from tests.web.stages import TOLD, answered_by_call, found, prepare, version_of
from tests.world import PASSWORD

WRONG = "別の合言葉をここに打ちました"


def do(world, actor, use_case, inquiry_id, **named):
    with world.house.work(actor) as work:
        return use_case(work, inquiry_id, work.inquiry(inquiry_id).version, **named)


@pytest.fixture
def waiting(world):
    """The locked file of an answer waits for the clerk."""
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, Channel.FILE)
    do(world, world.officer, locking.make_file, inquiry_id)
    do(world, world.officer, locking.give_by_download, inquiry_id)
    return inquiry_id


@pytest.fixture
def colleague(world):
    """Another clerk of the same municipality."""
    with world.house.work(world.operator) as work:
        office = work.session.get_one(Organisation, world.clerk.organisation_id)
        new = accounts.NewAccount("colleague", "同僚の担当", "健康推進課", Role.CLERK, PASSWORD, False)
        account = accounts.add_account(work, office, new)
        work.session.flush()
        return accounts.actor_of(account)


def fetched(world, inquiry_id, by=None):
    with world.house.work(by or world.clerk) as work:
        return settling.fetch(work, inquiry_id)


def state(world, inquiry_id):
    with world.house.reading(world.officer) as work:
        inquiry = viewing.listed(work, inquiry_id)
        return delivering.waiting(work, inquiry, delivering.given(work, inquiry))


def events(world, inquiry_id):
    with world.house.reading(world.officer) as work:
        query = select(LedgerEntry.body).where(LedgerEntry.chain_id == inquiry_id).order_by(LedgerEntry.seq)
        return [str(body) for body in work.session.scalars(query)]


# Who


def test_the_clerk_who_filed_it_fetches_it_and_a_receipt_says_when_and_by_whom(world, waiting):
    fetched(world, waiting)
    world.clock.forward(hours=1)
    fetched(world, waiting)
    receipts = state(world, waiting).receipts
    assert [(each.number, each.fetched_by, each.fetched_at) for each in receipts] == [
        (2, world.clerk.account_id, world.clock.now),
        (1, world.clerk.account_id, world.clock.now - timedelta(hours=1)),
    ]
    assert len({each.file_sha256 for each in receipts}) == 1
    assert len([body for body in events(world, waiting) if "answer:fetched" in body]) == 2


def test_a_colleague_is_refused_and_nothing_is_counted(world, waiting, colleague):
    with pytest.raises(Forbidden, match="delivery:another_fetches"):
        fetched(world, waiting, by=colleague)
    assert state(world, waiting).fetched == 0


def test_for_another_municipality_and_for_an_officer_nothing_is_there(world, waiting):
    with pytest.raises(NotFound):
        fetched(world, waiting, by=world.other_clerk)
    with pytest.raises(Forbidden, match="municipality_decides"):
        fetched(world, waiting, by=world.officer)


def test_a_colleague_who_takes_the_inquiry_over_fetches_it_and_the_first_one_no_longer(world, waiting, colleague):
    do(world, colleague, joining.take_over, waiting, reason="担当者が出張のため")
    assert fetched(world, waiting, by=colleague).content
    with pytest.raises(Forbidden, match="delivery:another_fetches"):
        fetched(world, waiting)
    with world.house.work(world.officer) as work:
        page = viewing.page(work, waiting)
    [line] = [line for line in page.timeline if line.event == "taken_over"]
    assert (line.by_name, page.inquiry.person) == ("同僚の担当", "同僚の担当")
    assert line.note.endswith("：担当者が出張のため")
    assert "山田 花子" in line.note
    assert [body for body in events(world, waiting) if "出張" in body] == []


def test_taking_over_wants_a_reason_and_a_colleague(world, waiting, colleague):
    with pytest.raises(InvalidValue, match="joining:reason_missing"):
        do(world, colleague, joining.take_over, waiting, reason="　")
    for actor in (world.clerk, world.officer):
        with pytest.raises(Forbidden, match="joining:not_to_take_over"):
            do(world, actor, joining.take_over, waiting, reason="不在のため")
    with pytest.raises(NotFound):
        do(world, world.other_clerk, joining.take_over, waiting, reason="不在のため")


def test_what_is_closed_is_not_taken_over(world, waiting, colleague):
    do(world, world.clerk, settling.settle, waiting)
    with pytest.raises(Forbidden, match="joining:not_to_take_over"):
        do(world, colleague, joining.take_over, waiting, reason="不在のため")


def test_who_took_up_what_came_by_telephone_is_the_named_person(world):
    municipality_outside(world)
    said = world.filing(channel=Channel.FILE, entrance=Entrance.TELEPHONE, inquirer=FROM_YOKOHAMA)
    with world.house.work(world.officer) as work:
        inquiry_id = filing.file(work, said).id
    agreed = confirming.Agreement(Channel.FILE)
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, work.inquiry(inquiry_id).version, agreed)
    attested = identifying.Attestation(Finding.ONE, ALL_THREE, reason="自システムで確認")
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, work.inquiry(inquiry_id).version, attested)
    do(world, world.officer, answering.prepare, inquiry_id, channel=Channel.FILE, items=TOLD)
    clerk = municipality_joins(world)
    with pytest.raises(Forbidden, match="joining:not_to_take_over"):
        do(world, clerk, joining.take_over, inquiry_id, reason="不在のため")
    do(world, clerk, joining.take_up, inquiry_id)
    do(world, world.officer, locking.make_file, inquiry_id)
    do(world, world.officer, locking.give_by_download, inquiry_id)
    assert fetched(world, inquiry_id, by=clerk).content


# Until when, and how often


def test_it_is_fetched_until_its_last_day_and_then_only_once_it_was_offered_again(world, waiting):
    world.clock.forward(days=9)
    assert fetched(world, waiting).content
    world.clock.forward(days=1)
    with pytest.raises(Forbidden, match="delivery:expired"):
        fetched(world, waiting)
    do(world, world.officer, delivering.offer_again, waiting)
    assert fetched(world, waiting).content
    assert (state(world, waiting).fetched, len(state(world, waiting).receipts)) == (1, 2)


def test_it_is_fetched_five_times_and_then_only_once_it_was_offered_again(world, waiting):
    for _ in range(5):
        fetched(world, waiting)
    assert state(world, waiting).standing is Standing.USED_UP
    with pytest.raises(Forbidden, match="delivery:used_up"):
        fetched(world, waiting)
    do(world, world.officer, delivering.offer_again, waiting)
    assert fetched(world, waiting).content


def test_the_insurer_sets_days_and_times(world, waiting):
    with world.house.work(world.officer) as work:
        file_settings.change(work, file_settings.Settings(terms=Terms(days=1, times=1)), number=0)
    fetched(world, waiting)
    with pytest.raises(Forbidden, match="delivery:used_up"):
        fetched(world, waiting)
    world.clock.forward(days=2)
    with pytest.raises(Forbidden, match="delivery:expired"):
        fetched(world, waiting)


def test_what_may_still_be_fetched_is_not_offered_again_nor_by_the_municipality(world, waiting):
    with pytest.raises(Forbidden, match="delivery:open_still"):
        do(world, world.officer, delivering.offer_again, waiting)
    world.clock.forward(days=30)
    with pytest.raises(Forbidden, match="insurer_decides"):
        do(world, world.clerk, delivering.offer_again, waiting)
    with pytest.raises(NotFound):
        do(world, world.other_officer, delivering.offer_again, waiting)


def test_what_was_told_by_telephone_is_neither_fetched_nor_offered_again(world):
    inquiry_id = answered_by_call(world)
    with pytest.raises(NotFound, match="answer:no_file"):
        fetched(world, inquiry_id)
    with pytest.raises(NotFound, match="answer:no_file"):
        do(world, world.officer, delivering.offer_again, inquiry_id)


def test_a_file_made_again_for_a_lost_password_is_counted_anew(world, waiting):
    for _ in range(5):
        fetched(world, waiting)
    do(world, world.officer, locking.make_again, waiting)
    assert fetched(world, waiting).content
    assert len({each.file_sha256 for each in state(world, waiting).receipts}) == 2


def test_what_was_taken_back_is_never_fetched_nor_offered_again(world, waiting):
    do(world, world.officer, correcting.retract, waiting, cause=Cause.WRONG_CONTENT, reason="誤り")
    with pytest.raises(NotFound, match="answer:taken_back"):
        fetched(world, waiting)
    world.clock.forward(days=30)
    with pytest.raises(NotFound, match="answer:taken_back"):
        do(world, world.officer, delivering.offer_again, waiting)


# The password again


def test_one_s_own_password_is_asked_again_with_the_delay_of_the_login(world):
    accounts.confirm(world.house, world.clerk, PASSWORD)
    for _ in range(4):
        with pytest.raises(InvalidValue, match="password:not_yours"):
            accounts.confirm(world.house, world.clerk, WRONG)
    with pytest.raises(InvalidValue, match="password:wait"):
        accounts.confirm(world.house, world.clerk, PASSWORD)
    with pytest.raises(Forbidden, match="login:wait"):
        accounts.log_in(world.house, "clerk", PASSWORD)
    world.clock.forward(minutes=15)
    accounts.confirm(world.house, world.clerk, PASSWORD)
    with pytest.raises(InvalidValue, match="password:not_yours"):
        accounts.confirm(world.house, world.clerk, WRONG)
    accounts.confirm(world.house, world.clerk, PASSWORD)


def test_a_wrong_password_stands_in_the_ledger_and_the_version_stays(world, waiting):
    before = version_of(world, waiting)
    with pytest.raises(InvalidValue):
        accounts.confirm(world.house, world.clerk, WRONG)
    assert version_of(world, waiting) == before
    with world.house.reading() as work:
        bodies = [str(body) for body in work.session.scalars(select(LedgerEntry.body))]
    assert len([body for body in bodies if "account:confirmation_refused" in body]) == 1
    assert [body for body in bodies if WRONG in body] == []
