"""The version that a municipality's forms carry counts what it may follow, at every stage of an inquiry."""

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.workflow import viewing
from inquiry.workflow.sharing import SHARED
from tests.web.stages import answered_by_call, answered_by_letter, confirmed, filed, found, prepare, with_letter


def prepared(world):
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, Channel.CALL_BACK)
    return inquiry_id


STAGES = {
    "filed": filed,
    "confirmed": confirmed,
    "one": lambda world: found(world, Finding.ONE),
    "nobody": lambda world: found(world, Finding.NONE),
    "several": lambda world: found(world, Finding.SEVERAL),
    "prepared": prepared,
    "letter printed": with_letter,
    "answered by telephone": answered_by_call,
    "answered by letter": answered_by_letter,
}


def versions(visitor, inquiry_id):
    page = visitor.open(f"/inquiries/{inquiry_id}")
    return {int(value) for value in page.tree.xpath("//main//input[@name='version']/@value")}


@pytest.mark.parametrize("reach", STAGES.values(), ids=STAGES)
def test_a_clerks_forms_carry_the_last_step_that_the_municipality_may_follow(world, client_as, reach):
    inquiry_id = reach(world)
    with world.house.work(world.officer) as work:
        work.note(work.inquiry(inquiry_id), "roster_brings_person")
    with world.house.reading(world.clerk) as work:
        steps = viewing.listed(work, inquiry_id).steps
        followed = max(step.seq for step in steps if step.event in SHARED)
        assert followed < len(steps)
    assert versions(client_as("clerk"), inquiry_id) == {followed}
    assert versions(client_as("officer"), inquiry_id) == {len(steps)}
