"""memo 3(2) なお書き: who is told that an answer does not come; on both engines."""

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.workflow import confirming, daily, reminding
from inquiry.workflow.confirming import RefusalReason
from tests.web.stages import answered_by_call, confirmed, filed, version_of


def run(world):
    return daily.press(world.house, world.operator).done


def reasons(world, actor):
    with world.house.reading(actor) as work:
        return [(step.inquiry_id, step.reason) for step in reminding.tasks(work)]


def late(world):
    """File on Wednesday, and let Thursday morning come."""
    inquiry_id = filed(world)
    world.clock.forward(days=1)
    return inquiry_id


def test_while_the_answer_is_in_time_nobody_is_told(world):
    filed(world)
    world.clock.forward(hours=7)
    assert run(world) == 0


def test_the_steps_go_from_the_supervisor_over_pmo_to_the_desk_of_the_ministry(world):
    inquiry_id = late(world)
    assert run(world) == 1
    assert reasons(world, world.supervisor) == [(inquiry_id, "no_contact")]
    assert reasons(world, world.pmo) == reasons(world, world.clerk) == []
    world.clock.forward(days=1)  # Friday: a day of business has passed
    assert run(world) == 1
    assert reasons(world, world.pmo) == [(inquiry_id, "no_contact")]
    world.clock.forward(days=4)  # Tuesday
    assert run(world) == 1
    assert reasons(world, world.clerk) == [(inquiry_id, "no_contact")]


def test_each_step_is_taken_once_however_often_it_is_asked(world):
    late(world)
    assert [run(world), run(world)] == [1, 0]


def test_nobody_is_told_outside_business_hours(world):
    filed(world)
    world.clock.forward(hours=9)  # 19:00 on the day it was due
    assert run(world) == 0
    world.clock.forward(days=3)  # Saturday
    assert run(world) == 0


def test_who_announced_a_delay_is_left_in_peace_until_it_has_passed(world):
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        expected = world.clock.now.replace(day=26, hour=6)
        version = version_of(world, inquiry_id)
        confirming.announce_delay(work, inquiry_id, version, expected_at=expected, reason="書庫で確かめる")
    world.clock.forward(days=1)
    assert run(world) == 0
    world.clock.forward(hours=6)  # 16:00, an hour after it was promised
    assert run(world) == 1
    assert reasons(world, world.officer) == [(inquiry_id, "delay_passed")]


def test_a_refusal_is_raised_at_once(world):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work:
        version = version_of(world, inquiry_id)
        confirming.refuse(work, inquiry_id, version, reason=RefusalReason.OTHER, note="対応できない")
    world.clock.forward(minutes=5)
    assert run(world) == 1
    assert reasons(world, world.officer) == [(inquiry_id, "refused")]


def test_what_is_withdrawn_goes_no_further(world):
    inquiry_id = late(world)
    run(world)
    with pytest.raises(InvalidValue, match="reminding:note_missing"), world.house.work(world.clerk) as work:
        reminding.withdraw(work, inquiry_id, version_of(world, inquiry_id), note=" ")
    with world.house.work(world.clerk) as work:
        reminding.withdraw(work, inquiry_id, version_of(world, inquiry_id), note="電話で見込みを聞いた")
    assert reasons(world, world.officer) == []
    world.clock.forward(days=7)
    assert run(world) == 0
    with pytest.raises(Forbidden, match="reminding:nothing_stands"), world.house.work(world.clerk) as work:
        reminding.withdraw(work, inquiry_id, version_of(world, inquiry_id), note="もう一度")


def test_an_answer_clears_the_pages_by_itself(world):
    late(world)
    run(world)
    answered = answered_by_call(world)
    assert answered not in [inquiry_id for inquiry_id, _ in reasons(world, world.officer)]


def test_nobody_elses_insurer_learns_of_it(world):
    late(world)
    run(world)
    assert reasons(world, world.other_officer) == []
