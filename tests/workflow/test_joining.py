"""An inquiry moves into the system when the other side joins, with its history and without loss (本システムへの引き取り)."""

import pytest

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import State
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Entrance, Side
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.store.inquiries import Page
from inquiry.workflow import (
    accounts,
    answering,
    calling,
    clarifying,
    confirming,
    desk,
    filing,
    identifying,
    joining,
    locking,
    settling,
    viewing,
)
from tests.outside import FROM_YOKOHAMA, insurer_joins, insurer_outside, municipality_joins, municipality_outside
from tests.web.stages import TOLD

BY_TELEPHONE = {"entrance": Entrance.TELEPHONE, "inquirer": FROM_YOKOHAMA}


def version(work, inquiry_id):
    return work.inquiry(inquiry_id).version


def taken_in(world, **changes):
    """Take Yokohama's call in at the society, which has accounts."""
    municipality_outside(world)
    with world.house.work(world.officer) as work:
        return filing.file(work, world.filing(**BY_TELEPHONE, **changes)).id


def identified(world, inquiry_id):
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, version(work, inquiry_id), confirming.Agreement(Channel.FILE))
    attested = identifying.Attestation(Finding.ONE, ALL_THREE, reason="自システムで確認")
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, version(work, inquiry_id), attested)


def outside(world, actor, inquiry_id):
    with world.house.work(actor) as work:
        work.record("inquiry:read", work.inquiry(inquiry_id))
        return work.outside(work.inquiry(inquiry_id))


def test_who_asked_by_telephone_is_outside_until_one_of_its_clerks_takes_the_inquiry_up(world):
    inquiry_id = taken_in(world)
    assert outside(world, world.officer, inquiry_id) == {Side.MUNICIPALITY}
    clerk = municipality_joins(world)
    assert outside(world, world.officer, inquiry_id) == {Side.MUNICIPALITY}
    with world.house.work(clerk) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))
    assert outside(world, world.officer, inquiry_id) == set()


def test_a_municipality_that_joins_finds_its_open_inquiries_with_their_history(world):
    inquiry_id = taken_in(world)
    identified(world, inquiry_id)
    clerk = municipality_joins(world)
    with world.house.reading(clerk) as work:
        assert [inquiry.id for inquiry in joining.waiting(work)] == [inquiry_id]
        lines, total = desk.listing(work, desk.View.SECTION, Page(10))
        assert ([line.inquiry.id for line in lines], total) == ([inquiry_id], 1)
    with world.house.work(clerk) as work:
        page = viewing.page(work, inquiry_id)
    # What was found stays the insurer's alone until it is answered.
    assert [line.event for line in page.timeline] == ["filed", "confirm_inquirer"]


def test_past_inquiries_appear_among_the_closed_ones_and_are_not_to_be_taken_up(world):
    inquiry_id = taken_in(world)
    with world.house.work(world.officer) as work:
        settling.withdraw(work, inquiry_id, version(work, inquiry_id), reason="電話で取下げの連絡")
    clerk = municipality_joins(world)
    with world.house.reading(clerk) as work:
        assert joining.waiting(work) == []
        lines, _ = desk.listing(work, desk.View.ENDED, Page(10))
        assert [line.inquiry.id for line in lines] == [inquiry_id]
    with pytest.raises(Forbidden, match="joining:taken_up_already"), world.house.work(clerk) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))


def test_the_clerk_who_takes_it_up_is_asked_for_from_then_on_and_who_asked_stays_on_record(world):
    inquiry_id = taken_in(world)
    clerk = municipality_joins(world)
    with world.house.work(clerk) as work:
        taken = joining.take_up(work, inquiry_id, version(work, inquiry_id))
        assert (taken.section, taken.person, taken.taken_up_by) == (clerk.section, clerk.display_name, clerk.account_id)
    with world.house.work(world.officer) as work:
        line = viewing.page(work, inquiry_id).timeline[-1]
    assert (line.event, line.note) == ("taken_up", "健康推進課　大川 一子")
    with world.house.reading(clerk) as work:
        assert desk.counts(work)[desk.View.MINE] == 1


def test_nobody_takes_up_twice_or_what_is_somebody_elses(world):
    inquiry_id = taken_in(world)
    clerk = municipality_joins(world)
    with world.house.work(clerk) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))
    with pytest.raises(Forbidden, match="joining:taken_up_already"), world.house.work(clerk) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))
    with pytest.raises(NotFound), world.house.work(world.other_clerk) as work:
        joining.take_up(work, inquiry_id, 1)


def test_check_words_are_dealt_once_somebody_can_read_them(world):
    inquiry_id = taken_in(world)
    identified(world, inquiry_id)
    with world.house.work(world.officer) as work:
        assert calling.start(work, inquiry_id).municipality_word == ""
    with world.house.work(world.officer) as work:
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.NOT_IN))
    clerk = municipality_joins(world)
    with world.house.work(clerk) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))
    with world.house.work(world.officer) as work:
        assert calling.start(work, inquiry_id).municipality_word != ""


@pytest.mark.documents
def test_what_was_prepared_before_the_municipality_joined_is_given_in_the_system_after(world):
    inquiry_id = taken_in(world, channel=Channel.FILE)
    identified(world, inquiry_id)
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version(work, inquiry_id), channel=Channel.FILE, items=TOLD)
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version(work, inquiry_id))
    with pytest.raises(Forbidden, match="answer:nobody_fetches"), world.house.work(world.officer) as work:
        locking.give_by_download(work, inquiry_id, version(work, inquiry_id))
    clerk = municipality_joins(world)
    with world.house.work(clerk) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))
    with world.house.work(world.officer) as work:
        answered = locking.give_by_download(work, inquiry_id, version(work, inquiry_id))
        assert answered.state == State.ANSWERED


def test_dates_told_by_telephone_are_the_officers_to_write_down_only_until_the_municipality_is_here(world):
    inquiry_id = taken_in(world)
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, version(work, inquiry_id), confirming.Agreement(Channel.CALL_BACK))
    attested = identifying.Attestation(Finding.SEVERAL, frozenset(), reason="二人いる")
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, version(work, inquiry_id), attested)
    with world.house.work(world.officer) as work:
        calling.start(work, inquiry_id)
    with world.house.work(world.officer) as work:
        calling.hear(work, inquiry_id, word="", reached="健康推進課 大川", checks=calling.Check)
    with world.house.work(world.officer) as work:
        clarifying.ask(work, inquiry_id, version(work, inquiry_id), channel=Channel.CALL_BACK, question="時期は")
    clerk = municipality_joins(world)
    with world.house.work(clerk) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))
    dates = CoverDates(PartialDate(2020, 4))
    refused = pytest.raises(Forbidden, match="inquiry:municipality_decides")
    with refused, world.house.work(world.officer) as work:
        clarifying.supply(work, inquiry_id, version(work, inquiry_id), dates)
    with world.house.work(clerk) as work:
        assert clarifying.supply(work, inquiry_id, version(work, inquiry_id), dates).state == State.CONFIRMED


def test_when_its_last_account_is_closed_a_municipality_is_outside_again(world):
    inquiry_id = taken_in(world)
    clerk = municipality_joins(world)
    with world.house.work(clerk) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))
    with world.house.work(world.operator) as work:
        work.session.get_one(accounts.Account, clerk.account_id).disabled_at = work.now
        work.record("account:disabled", account=clerk.account_id)
    assert outside(world, world.officer, inquiry_id) == {Side.MUNICIPALITY}


def test_an_insurer_that_joins_takes_up_by_its_first_step_what_was_filed_before(world):
    insurer_id = insurer_outside(world)
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(insurer_id=insurer_id)).id
    assert outside(world, world.clerk, inquiry_id) == {Side.INSURER}
    officer = insurer_joins(world, insurer_id)
    with world.house.reading(officer) as work:
        assert [inquiry.id for inquiry in joining.waiting(work)] == [inquiry_id]
    with world.house.work(officer) as work:
        agreed = confirming.Agreement(Channel.CALL_BACK)
        inquiry = confirming.confirm(work, inquiry_id, version(work, inquiry_id), agreed)
        assert [step.event for step in inquiry.steps] == ["filed", "taken_up", "confirm_inquirer"]
    assert outside(world, world.clerk, inquiry_id) == set()


def test_a_refusal_told_by_an_insurer_outside_is_the_clerks_to_write_down_until_it_is_here(world):
    insurer_id = insurer_outside(world)
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(insurer_id=insurer_id)).id
    officer = insurer_joins(world, insurer_id)
    reason = confirming.RefusalReason.OUT_OF_SCOPE
    with world.house.work(officer) as work:
        joining.take_up(work, inquiry_id, version(work, inquiry_id))
    refused = pytest.raises(Forbidden, match="inquiry:insurer_decides")
    with refused, world.house.work(world.clerk) as work:
        confirming.refuse(work, inquiry_id, version(work, inquiry_id), reason=reason, note="電話で聞いた")
