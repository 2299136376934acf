"""STEP2 ④: people who are near are looked at seldom, counted, and never when somebody can be answered about."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from inquiry.domain.errors import Forbidden
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.store import ledger
from inquiry.workflow import confirming, filing, identifying, near_misses
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.near_misses import Left
from inquiry.workflow.roster_comparing import Consent
from tests.workflow.roster_table import PATIENCE, imported, loaded, row, switched, table
from tests.workflow.test_versions import wait_until_somebody_waits
from tests.world import member

NEAR = member(birth_date=PartialDate(1958, 4, 2))
on_postgres = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def confirmed(world):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    return inquiry_id


def look(world, inquiry_id):
    with world.house.work(world.officer) as work:
        return near_misses.near_misses(work, work.inquiry(inquiry_id))


def left(world, inquiry_id):
    with world.house.reading(world.officer) as work:
        return near_misses.left(work, work.inquiry(inquiry_id))


def test_three_looks_at_one_inquiry_and_no_more(world):
    world.take_over_roster(NEAR)
    inquiry_id = confirmed(world)
    assert left(world, inquiry_id) == Left(3, 50)
    for _ in range(3):
        assert [found.member_id for _, found in look(world, inquiry_id)] == ["1001"]
    assert left(world, inquiry_id) == Left(0, 47)
    with pytest.raises(Forbidden, match="inquiry_used_up"):
        look(world, inquiry_id)


def test_fifty_looks_of_an_insurer_in_one_day_of_japan_and_again_tomorrow(world, monkeypatch):
    monkeypatch.setattr(near_misses, "settings_of", lambda _work, _insurer_id: Few)
    world.take_over_roster(NEAR)
    one, other = confirmed(world), confirmed(world)
    look(world, one)
    with pytest.raises(Forbidden, match="day_used_up"):
        look(world, other)
    world.clock.forward(hours=13.9)
    with pytest.raises(Forbidden, match="day_used_up"):
        look(world, other)
    world.clock.forward(hours=0.2)
    assert len(look(world, other)) == 1


class Few:
    near_miss_per_inquiry = 3
    near_miss_per_day = 1


def test_at_most_five_are_shown(world):
    world.take_over_roster(*(member(str(day), birth_date=PartialDate(1958, 4, day)) for day in range(2, 10)))
    assert len(look(world, confirmed(world))) == 5


def test_where_one_person_is_found_nobody_else_is_shown_and_no_look_is_used(world):
    world.take_over_roster(member(), member("2", birth_date=PartialDate(1958, 4, 2)))
    inquiry_id = confirmed(world)
    with pytest.raises(Forbidden, match="one_is_found"):
        look(world, inquiry_id)
    assert left(world, inquiry_id) == Left(3, 50)


def test_every_look_is_in_the_ledger(world):
    world.take_over_roster(NEAR)
    look(world, confirmed(world))
    with world.house.reading() as work:
        bodies = [bytes(entry.body).decode() for entry in ledger.entries(work.session)]
    (entry,) = [body for body in bodies if "near_misses_shown" in body]
    assert '"persons":"1"' in entry


@on_postgres
def test_whoever_looks_while_a_roster_waits_to_come_into_force_sees_the_old_one_and_it_comes(world):
    imported(world, row("1001", 生年月日="S33.4.2"))
    generation_id, inquiry_id = loaded(world, table(row("2002"))), confirmed(world)
    with ThreadPoolExecutor(1) as pool:
        with world.house.work(world.officer) as work:
            inquiry = work.inquiry(inquiry_id)
            identifying.look_up(work, inquiry)
            switching = pool.submit(switched, world, generation_id, Consent(allows_vanishing=True))
            wait_until_somebody_waits(world)
            assert [found.member_id for _, found in near_misses.near_misses(work, inquiry)] == ["1001"]
        switching.result(PATIENCE)
    with pytest.raises(Forbidden, match="one_is_found"):
        look(world, inquiry_id)


@on_postgres
def test_of_two_who_look_at_once_the_second_is_counted_after_the_first(world, monkeypatch):
    monkeypatch.setattr(near_misses, "settings_of", lambda _work, _insurer_id: Few)
    world.take_over_roster(NEAR)
    one, other = confirmed(world), confirmed(world)
    with ThreadPoolExecutor(1) as pool:
        with world.house.work(world.officer) as work:
            assert len(near_misses.near_misses(work, work.inquiry(one))) == 1
            second = pool.submit(look, world, other)
            wait_until_somebody_waits(world)
        error = second.exception(PATIENCE)
    assert isinstance(error, Forbidden), error
    assert "day_used_up" in str(error)
