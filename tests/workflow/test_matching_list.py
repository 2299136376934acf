"""STEP2 ④ for many inquiries at once: what needs nobody's look is recorded, everything else is left for one."""

from dataclasses import replace

import pytest

from inquiry.domain.errors import NotFound
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex
from inquiry.store import ledger
from inquiry.workflow import confirming, filing, matching_list, viewing
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.matching_list import Choice, Standing
from tests.world import SATO, member

NAKAMURA = PersonName("中村　洋子", "ナカムラ　ヨウコ")


def person(name, **known):
    return replace(SATO, name=name, **known)


#  asked about                                                                        stands as
ASKED = {
    Standing.ONE: SATO,
    Standing.NONE: person(PersonName("鈴木　一郎", "スズキ　イチロウ")),
    Standing.SEVERAL: person(PersonName("田中　実", "タナカ　ミノル")),
    Standing.CONFIRM: person(PersonName("伊藤　進一", "イトウ　シンイチ")),
    Standing.NAMESAKE: person(NAKAMURA, sex=Sex.FEMALE),
}
ROLL = (
    member("1"),
    member("2", name=PersonName("田中　実", "タナカ ミノル")),
    member("3", name=PersonName("田中　実", "タナカ ミノル")),
    member("4", name=PersonName("伊藤　●一", "イトウ シンイチ")),
    *(
        member(f"{year}{month}", name=NAKAMURA, sex=Sex.FEMALE, birth_date=PartialDate(year, month, 1))
        for year, month in ((1958, 4), (1956, 2), (1957, 3), (1958, 5), (1959, 6), (1960, 7))
    ),
)


def confirmed(world, subject=SATO):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(subject=subject)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    world.clock.forward(minutes=1)
    return inquiry_id


@pytest.fixture
def asked(world):
    """One inquiry of each standing, by it."""
    world.take_over_roster(*ROLL)
    return {standing: confirmed(world, subject) for standing, subject in ASKED.items()}


def lines(world, *, offset=0):
    with world.house.work(world.officer) as work:
        return matching_list.lines(work, offset=offset)


def state(world, inquiry_id):
    with world.house.reading(world.officer) as work:
        return viewing.listed(work, inquiry_id).state


def tick(world, *inquiry_ids, key="a form", **changes):
    chosen = [
        replace(Choice(line.inquiry.id, line.inquiry.version, line.standing), **changes)
        for line in lines(world)
        if line.inquiry.id in inquiry_ids
    ]
    return matching_list.record(world.house, world.officer, chosen, form_key=key)


def portion(world, *standings, after="", key="a form"):
    return matching_list.record_portion(
        world.house, world.officer, after=after, standings=standings or (Standing.ONE,), form_key=key
    )


def test_each_inquiry_stands_as_the_roster_decides_now_the_oldest_first(world, asked):
    shown = lines(world)
    assert [line.standing for line in shown] == list(asked)
    assert [line.inquiry.id for line in shown] == list(asked.values())
    assert [line.is_recordable for line in shown] == [True, True, False, False, False]


def test_only_one_and_none_are_recorded_and_the_others_are_named(world, asked):
    outcome = tick(world, *asked.values())
    assert outcome.recorded == {Standing.ONE: 1, Standing.NONE: 1}
    with world.house.reading(world.officer) as work:
        numbers = [viewing.listed(work, asked[each]).number for each in list(Standing)[2:]]
    assert outcome.to_look_at == numbers
    states = {standing: state(world, inquiry_id) for standing, inquiry_id in asked.items()}
    assert states == {
        Standing.ONE: "identified",
        Standing.NONE: "not_found",
        Standing.SEVERAL: "confirmed",
        Standing.CONFIRM: "confirmed",
        Standing.NAMESAKE: "confirmed",
    }


def test_what_the_roster_no_longer_says_as_shown_is_left(world, asked):
    outcome = tick(world, asked[Standing.NONE], standing=Standing.ONE)
    assert (outcome.total, len(outcome.to_look_at)) == (0, 1)
    assert state(world, asked[Standing.NONE]) == "confirmed"


def test_the_same_form_twice_counts_once(world, asked):
    chosen = [Choice(line.inquiry.id, line.inquiry.version, line.standing) for line in lines(world)][:1]
    for _ in range(2):
        outcome = matching_list.record(world.house, world.officer, chosen, form_key="the form")
        assert (outcome.total, outcome.to_look_at) == (1, [])
    with world.house.reading() as work:
        found = [entry for entry in ledger.entries(work.session) if b"inquiry:find_one" in bytes(entry.body)]
    assert len(found) == 1


def test_somebody_elses_inquiry_is_neither_recorded_nor_named(world, asked):
    chosen = [Choice(asked[Standing.ONE], 2, Standing.ONE)]
    outcome = matching_list.record(world.house, world.other_officer, chosen, form_key="k")
    assert (outcome.total, outcome.to_look_at) == (0, [])
    assert state(world, asked[Standing.ONE]) == "confirmed"


@pytest.mark.parametrize(
    ("standings", "recorded"),
    [((Standing.ONE,), [Standing.ONE]), ((Standing.ONE, Standing.NONE), [Standing.ONE, Standing.NONE])],
)
def test_going_through_all_records_nobody_only_where_it_was_ticked(world, asked, standings, recorded):
    run = portion(world, *standings)
    assert (run.looked, run.last) == (5, "")
    assert [each for each in asked if state(world, asked[each]) != "confirmed"] == recorded


def test_going_through_all_goes_on_behind_the_last_one_looked_at(world, asked, monkeypatch):
    monkeypatch.setattr(matching_list, "PORTION", 2)
    looked, after = 0, ""
    for _ in range(3):
        run = portion(world, Standing.ONE, Standing.NONE, after=after)
        looked, after = looked + run.looked, run.last
    assert (looked, after) == (5, "")
    assert state(world, asked[Standing.NONE]) == "not_found"


def test_pages_follow_each_other(world, asked, monkeypatch):
    monkeypatch.setattr(matching_list, "PORTION", 3)
    assert [line.standing for line in lines(world, offset=3)] == [Standing.CONFIRM, Standing.NAMESAKE]


def test_one_look_at_a_page_is_one_entry_in_the_ledger(world, asked):
    lines(world)
    with world.house.reading() as work:
        entries = [bytes(entry.body) for entry in ledger.entries(work.session)]
    assert [b'"lines":"5"' in body for body in entries if b"roster:list_judged" in body] == [True]


def test_without_a_roster_nothing_is_decided(world):
    confirmed(world)
    with pytest.raises(NotFound, match="no_roster"):
        lines(world)
