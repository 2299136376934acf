"""No side state goes round the gate: re-opened findings, old calls, old papers, withheld records, the other side's page."""

from datetime import date

import pytest

from inquiry.domain.errors import Forbidden, NotDisclosable, NotFound
from inquiry.domain.inquiry import State, shown_to
from inquiry.domain.member import CoverDates, Enrolment
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Entrance, Role
from inquiry.domain.reply import Channel
from inquiry.workflow import (
    answering,
    calling,
    clarifying,
    confirming,
    filing,
    identifying,
    lettering,
    locking,
    viewing,
)
from tests.world import ALL_READ_BACK, member

TOLD = {"SHIKAKU-02": "12", "SHIKAKU-03": "345", "SHIKAKU-06": "平成31年4月1日", "SHIKAKU-07": "加入中"}


def do(world, actor, use_case, inquiry_id, *args, **named):
    with world.house.work(actor) as work:
        version = work.inquiry(inquiry_id).version
        return use_case(work, inquiry_id, version, *args, **named)


def identified(world, *members, channel=Channel.CALL_BACK, **changes):
    """File, confirm and identify; return the inquiry's id."""
    world.take_over_roster(*members)
    actor = world.clerk if changes.get("entrance", Entrance.SYSTEM) is Entrance.SYSTEM else world.officer
    with world.house.work(actor) as work:
        inquiry_id = filing.file(work, world.filing(channel=channel, **changes)).id
    do(world, world.officer, confirming.confirm, inquiry_id, confirming.Agreement(channel, date(2026, 12, 1)))
    do(world, world.officer, identifying.identify, inquiry_id)
    return inquiry_id


def confirmed_call(world, inquiry_id):
    with world.house.work(world.officer) as work:
        word = calling.start(work, inquiry_id).municipality_word
    with world.house.work(world.officer) as work:
        calling.hear(work, inquiry_id, word=word, reached="健康推進課 山田様")


def test_what_was_prepared_about_one_person_never_leaves_under_a_finding_about_another(world):
    inquiry_id = identified(world, member("1001"), channel=Channel.FILE)
    do(world, world.officer, answering.prepare, inquiry_id, channel=Channel.FILE, items=TOLD)
    do(world, world.officer, locking.make_file, inquiry_id)
    do(world, world.officer, identifying.again, inquiry_id, reason="別の人でした")
    world.take_over_roster(member("2002", enrolments=(Enrolment(symbol="9", number="777"),)))
    do(world, world.officer, identifying.identify, inquiry_id)
    with pytest.raises(NotFound, match="not_prepared"):
        do(world, world.officer, locking.give_by_download, inquiry_id)


def test_nothing_is_shown_for_reading_out_while_nobody_is_identified(world):
    inquiry_id = identified(world, member())
    do(world, world.officer, answering.prepare, inquiry_id, channel=Channel.CALL_BACK, items=TOLD)
    confirmed_call(world, inquiry_id)
    with world.house.work(world.officer) as work:
        assert answering.to_read_out(work, work.inquiry(inquiry_id)) == TOLD
        work.record("inquiry:read", work.inquiry(inquiry_id))
    do(world, world.officer, identifying.again, inquiry_id, reason="確かめ直します")
    with world.house.work(world.officer) as work:
        assert answering.to_read_out(work, work.inquiry(inquiry_id)) is None


def test_a_confirmed_call_is_its_officer_s_own_and_does_not_last_for_ever(world):
    inquiry_id = identified(world, member())
    do(world, world.officer, answering.prepare, inquiry_id, channel=Channel.CALL_BACK, items=TOLD)
    confirmed_call(world, inquiry_id)
    world.clock.forward(minutes=61)
    with pytest.raises(NotDisclosable, match="call_not_confirmed"):
        do(world, world.officer, answering.give_by_call, inquiry_id, read_back=ALL_READ_BACK)


def test_a_withheld_record_is_not_told(world):
    inquiry_id = identified(world, member(is_withheld=True))
    with pytest.raises(NotDisclosable, match="withheld"):
        do(world, world.officer, answering.prepare, inquiry_id, channel=Channel.CALL_BACK, items=TOLD)


def test_a_question_printed_for_an_earlier_round_is_no_question_of_this_one(world):
    twins = (member("1001"), member("1002"))
    inquiry_id = identified(world, *twins, entrance=Entrance.DOCUMENT)
    do(world, world.officer, lettering.print_question, inquiry_id)
    do(world, world.officer, clarifying.ask, inquiry_id, channel=Channel.LETTER, question="時期を教えてください。")
    do(world, world.officer, clarifying.supply, inquiry_id, CoverDates(acquired=PartialDate(2001)))
    do(world, world.officer, identifying.identify, inquiry_id)
    with pytest.raises(NotDisclosable, match="letter_not_released"):
        do(
            world,
            world.officer,
            clarifying.ask,
            inquiry_id,
            channel=Channel.LETTER,
            question="もう一度教えてください。",
        )


@pytest.mark.parametrize("give", [locking.give_by_download, lettering.give_by_download])
def test_nothing_is_left_in_the_system_for_somebody_who_asked_from_outside_it(world, give):
    channel = Channel.FILE if give is locking.give_by_download else Channel.LETTER
    inquiry_id = identified(world, member(), channel=channel, entrance=Entrance.TELEPHONE, needed_by=date(2026, 12, 1))
    do(world, world.officer, answering.prepare, inquiry_id, channel=channel, items=TOLD)
    make = locking.make_file if channel is Channel.FILE else lettering.release
    do(world, world.officer, make, inquiry_id)
    with pytest.raises(Forbidden, match="nobody_fetches"):
        do(world, world.officer, give, inquiry_id)


def test_a_lost_password_means_a_new_file_while_it_waits_in_the_system(world):
    inquiry_id = identified(world, member(), channel=Channel.FILE)
    do(world, world.officer, answering.prepare, inquiry_id, channel=Channel.FILE, items=TOLD)
    first = do(world, world.officer, locking.make_file, inquiry_id).password
    do(world, world.officer, locking.give_by_download, inquiry_id)
    assert do(world, world.officer, locking.make_again, inquiry_id).password != first


@pytest.mark.parametrize("state", State)
def test_only_the_insurer_sees_what_was_found_before_the_answer(state):
    found = state in (State.SEVERAL, State.IDENTIFIED, State.NOT_FOUND)
    assert shown_to(Role.OFFICER, state) is state
    for role in (Role.CLERK, Role.PMO_STAFF, Role.AUDITOR):
        assert shown_to(role, state) is (State.CONFIRMED if found else state)


@pytest.mark.parametrize("members", [(), (member("1001"),), (member("1001"), member("1002"))])
def test_the_municipality_s_timeline_is_the_same_whatever_was_found(world, members):
    inquiry_id = identified(world, *(members or (member("9", sex=member().sex.FEMALE),)))
    with world.house.work(world.clerk) as work:
        page = viewing.page(work, inquiry_id)
    assert [line.event for line in page.timeline] == ["filed", "confirm_inquirer"]


@pytest.mark.parametrize(
    ("acquired", "lost", "is_taken"),
    [
        (PartialDate(2020, 4, 1), PartialDate(2020), True),
        (PartialDate(2020, 4, 1), PartialDate(2020, 4), True),
        (PartialDate(2020, 4), PartialDate(2020, 3), False),
        (PartialDate(2020), PartialDate(2019, 12, 31), False),
    ],
)
def test_dates_known_in_part_are_compared_in_the_parts_that_both_have(world, acquired, lost, is_taken):
    inquiry_id = identified(world, member("1001"), member("1002"))
    do(world, world.officer, clarifying.ask, inquiry_id, channel=Channel.PAGE, question="時期を教えてください。")
    if is_taken:
        do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(acquired, lost))
    else:
        with pytest.raises(ValueError, match="loss_before"):
            do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(acquired, lost))
