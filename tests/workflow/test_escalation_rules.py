"""memo 3(2) なお書き: desks and waiting times are the PMO's to keep; on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inquiry.directory.insurers import InsurerKind
from inquiry.directory.supervisors import FOUNDING
from inquiry.domain.errors import InvalidValue, Superseded
from inquiry.domain.escalation import AFTER, Level
from inquiry.workflow import daily, escalating, escalation_rules, viewing
from inquiry.workflow.escalation_rules import Setting
from tests.web.stages import filed

MOVED = replace(
    FOUNDING[InsurerKind.SOCIETY],
    division="厚生労働省保険局みほん課",
    telephone="03-0000-5555",
    extension="９９",
    checked_on=date(2026, 11, 20),
)
DESKS = {**FOUNDING, InsurerKind.SOCIETY: MOVED}
HASTY = {**AFTER, Level.PMO: timedelta(hours=1), Level.MINISTRY: timedelta(hours=2)}


def change(world, desks=FOUNDING, after=AFTER, *, number=0, reason="組織の改正"):
    with world.house.work(world.pmo) as work:
        escalation_rules.change(work, Setting(desks, after), number=number, reason=reason)


def test_until_somebody_changes_them_the_memos_are_in_force(world):
    with world.house.reading() as work:
        assert escalation_rules.in_force(work) == escalation_rules.FOUNDING


def test_a_change_is_the_next_version_and_the_memos_stays_to_be_read(world):
    change(world, DESKS, HASTY)
    with world.house.reading() as work:
        now, before = escalation_rules.editions(work)
    assert before == escalation_rules.FOUNDING
    assert (now.number, now.reason, now.set_at, now.set_by_name) == (1, "組織の改正", world.clock.now, "pmo の担当")
    assert now.after == HASTY
    assert now.desks == {**FOUNDING, InsurerKind.SOCIETY: replace(MOVED, telephone="0300005555", extension="99")}


def test_the_desk_of_an_inquirys_insurer_is_the_one_in_force(world):
    inquiry_id = filed(world)
    change(world, DESKS)
    with world.house.reading(world.clerk) as work:
        assert escalating.desk_for(work, viewing.listed(work, inquiry_id)).division == MOVED.division


def test_steps_wait_as_long_as_is_set(world):
    filed(world)
    world.clock.forward(days=1)
    assert daily.press(world.house, world.operator).done == 1
    world.clock.forward(hours=2)
    assert daily.press(world.house, world.operator).done == 0
    change(world, after=HASTY)
    assert [daily.press(world.house, world.operator).done for _ in range(3)] == [1, 1, 0]


def test_the_second_of_two_who_change_them_is_told(world):
    change(world, DESKS)
    with pytest.raises(Superseded):
        change(world, FOUNDING)


#  what is wrong                                                      code, and the field it stands at
REFUSED = [
    ({"desks": {**DESKS, InsurerKind.SOCIETY: replace(MOVED, checked_on=None)}}, "supervisor:unchecked", "checked_on"),
    (
        {"desks": {**DESKS, InsurerKind.SOCIETY: replace(MOVED, checked_on=date(2026, 11, 26))}},
        "supervisor:checked_ahead",
        "checked_on",
    ),
    (
        {"desks": {**DESKS, InsurerKind.SOCIETY: replace(MOVED, telephone="3152")}},
        "main_line:no_area_code",
        "telephone",
    ),
]


@pytest.mark.parametrize(("changes", "code", "part"), REFUSED)
def test_a_desk_that_nobody_can_call_is_refused_at_its_field(world, changes, code, part):
    with pytest.raises(InvalidValue, match=code) as refused:
        change(world, **changes)
    assert refused.value.field == f"society_{part}"


def test_a_change_needs_a_reason(world):
    with pytest.raises(InvalidValue, match="escalation_rules:reason_missing"):
        change(world, DESKS, reason=" ")
