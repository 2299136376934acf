"""memo 3(1): evidence is counted from the inquiries themselves, as the clock of each counts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.store.answering import CopyRefresh
from inquiry.workflow import clarifying, confirming, difficulty, filing, identifying, settling, timing
from inquiry.workflow.difficulty import WHOLE_COUNTRY
from tests.world import member

MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # 10:00 on a Wednesday in Japan


def file(world, **changes):
    with world.house.work(world.clerk) as work:
        return filing.file(work, world.filing(**changes)).id


def do(world, who, use_case, inquiry_id, **named):
    with world.house.work(who) as work:
        use_case(work, inquiry_id, work.inquiry(inquiry_id).version, **named)


def answered(world, inquiry_id):
    """Write the answer's moment alone: how it is given is other tests' matter."""
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        inquiry.answered_at, inquiry.state = work.now, "answered"
        work.record("inquiry:answer", inquiry)


def this_month(world, insurer_id=None):
    with world.house.reading() as work:
        return difficulty.months_of(work, insurer_id or world.insurer_id, number=2)[-1].evidence


#  asked at (Japan)     answered after      minutes  same day  late
ANSWERS = [
    ((25, 10, 0), {"minutes": 30}, 30, True, False),
    ((25, 10, 0), {"hours": 7, "minutes": 15}, 435, True, False),  # at 17:15 it closes
    ((25, 10, 0), {"hours": 9}, 435, True, True),  # the same evening: after hours, and late
    ((25, 10, 0), {"days": 1}, 525, False, True),
    ((25, 16, 1), {"hours": 17}, 74 + 31, True, False),  # after the cut-off it counts as the next day's
    ((20, 10, 0), {"days": 4}, 525, False, True),  # a weekend and a holiday between
]


@pytest.mark.parametrize(("asked", "after", "minutes", "is_same_day", "is_late"), ANSWERS)
def test_time_to_answer_is_counted_in_business_hours(world, asked, after, minutes, is_same_day, is_late):
    day, hour, minute = asked
    world.clock.now = datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=9)
    inquiry_id = file(world)
    world.clock.forward(**after)
    answered(world, inquiry_id)
    evidence = this_month(world)
    assert (evidence.inquiries, evidence.answered, evidence.by_reason) == (1, 1, {"E01": 1})
    assert evidence.median_minutes == evidence.ninth_decile_minutes == minutes
    assert (evidence.same_day, evidence.late) == (is_same_day, is_late)


def test_the_time_in_which_the_municipality_was_asked_is_not_the_insurers(world):
    world.take_over_roster(member("1"), member("2"))
    inquiry_id = file(world)
    world.clock.forward(minutes=10)
    do(world, world.officer, confirming.confirm, inquiry_id, agreement=confirming.Agreement(Channel.CALL_BACK, None))
    do(world, world.officer, identifying.identify, inquiry_id)
    world.clock.forward(minutes=10)
    do(world, world.officer, clarifying.ask, inquiry_id, channel=Channel.PAGE, question="いつからですか。")
    world.clock.forward(days=1)
    do(world, world.clerk, clarifying.supply, inquiry_id, dates=CoverDates(acquired=PartialDate(2019, 4)))
    world.clock.forward(minutes=10)
    answered(world, inquiry_id)
    evidence = this_month(world)
    assert (evidence.median_minutes, evidence.late, evidence.same_day) == (30, 0, 0)


def test_who_waits_still_and_who_withdrew_in_time(world):
    waiting, withdrawn, too_late = file(world), file(world), file(world)
    do(world, world.clerk, settling.withdraw, withdrawn, reason="重複")
    assert this_month(world).late == 0
    world.clock.forward(days=1)
    do(world, world.clerk, settling.withdraw, too_late, reason="重複")
    evidence = this_month(world)
    assert (evidence.inquiries, evidence.answered, evidence.late) == (3, 0, 2)
    with world.house.reading(world.clerk) as work:
        assert timing.is_late(work, work.inquiry(waiting))


def test_a_refusal_counts_as_one_for_ever(world):
    inquiry_id = file(world)
    do(world, world.officer, confirming.refuse, inquiry_id, reason=confirming.RefusalReason.OTHER, note="対応不可")
    assert this_month(world).refused == 1
    do(world, world.clerk, settling.settle, inquiry_id)
    assert this_month(world).refused == 1


def test_an_inquiry_belongs_to_the_month_of_its_filing_in_japan(world):
    world.clock.now = datetime(2026, 10, 31, 14, 59, tzinfo=UTC)
    file(world)
    world.clock.forward(minutes=1)
    file(world)
    world.clock.now = MORNING
    with world.house.reading() as work:
        months = difficulty.months_of(work, world.insurer_id, number=3)
    assert [(month.first_on, month.evidence.inquiries, month.is_whole) for month in months] == [
        (date(2026, 9, 1), 0, True),
        (date(2026, 10, 1), 1, True),
        (date(2026, 11, 1), 1, False),
    ]


def test_registered_copies_are_counted_as_they_stood_at_the_end_of_each_month(world):
    inquiry_id = file(world)
    with world.house.work(world.officer) as work:
        created_at = datetime(2026, 9, 20, 1, 0, tzinfo=UTC)
        done_at = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
        work.session.add(
            CopyRefresh(inquiry_id=inquiry_id, insurer_id=world.insurer_id, created_at=created_at, done_at=done_at)
        )
        work.record("inquiry:copy_refresh_opened")
    with world.house.reading() as work:
        months = difficulty.months_of(work, world.insurer_id, number=4)
    assert [(month.evidence.copies_open, month.evidence.oldest_copy_days) for month in months] == [
        (0, 0),
        (1, 10),
        (1, 41),
        (0, 0),
    ]


def test_every_insurer_is_counted_by_itself_and_all_of_them_together(world):
    file(world)
    with world.house.work(world.clerk) as work:
        filing.file(work, world.filing(insurer_id=world.branch_id, reason="E03"))
    with world.house.reading() as work:
        counted = difficulty.months_of_all(work, number=2)
        names = [insurer.id for insurer in difficulty.insurers_among(work, counted)]
    assert {key: months[-1].evidence.by_reason for key, months in counted.items()} == {
        world.insurer_id: {"E01": 1},
        world.branch_id: {"E03": 1},
        WHOLE_COUNTRY: {"E01": 1, "E03": 1},
    }
    assert names == [world.branch_id, world.insurer_id]


def test_a_house_without_inquiries_has_empty_months(world):
    with world.house.reading() as work:
        counted = difficulty.months_of_all(work, number=3)
        assert [month.evidence.inquiries for month in counted[WHOLE_COUNTRY]] == [0, 0, 0]
        assert len(difficulty.months_of(work, world.insurer_id, number=3)) == 3
