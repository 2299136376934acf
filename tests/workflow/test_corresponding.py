"""What an insurer outside the system says by telephone or paper is written down as it came (保険者との電話・文書)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inquiry.domain.correspondence import Way, Word
from inquiry.domain.errors import Forbidden, ForbiddenTransition, InvalidValue, NotFound
from inquiry.domain.inquiry import State
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.store.inquiries import Page
from inquiry.workflow import (
    clarifying,
    confirming,
    corresponding,
    desk,
    filing,
    joining,
    settling,
    timing,
    viewing,
)
from inquiry.workflow.confirming import RefusalReason
from inquiry.workflow.corresponding import Exchange
from tests.outside import insurer_joins, insurer_outside

TOLD = {"SHIKAKU-02": "12", "SHIKAKU-06": "令和2年4月1日"}


def asked(world):
    """File with an insurer outside; return it and the inquiry."""
    insurer_id = insurer_outside(world)
    with world.house.work(world.clerk) as work:
        return insurer_id, filing.file(work, world.filing(insurer_id=insurer_id)).id


def heard(world, word=Word.ANSWER, **changes):
    told = TOLD if word is Word.ANSWER else {}
    plain = Exchange(word, Way.CALLED_BACK, world.clock.now, speaker="適用課　鈴木", items=told)
    return replace(plain, **changes)


def record(world, inquiry_id, exchange):
    with world.house.work(world.clerk) as work:
        return corresponding.record(work, inquiry_id, work.inquiry(inquiry_id).version, exchange)


def test_an_answer_by_telephone_is_kept_as_it_was_heard_with_who_called_which_number_when(world):
    _, inquiry_id = asked(world)
    world.clock.forward(minutes=30)
    assert record(world, inquiry_id, heard(world)).state == State.ANSWERED
    with world.house.work(world.clerk) as work:
        said = corresponding.answer_heard(work, work.inquiry(inquiry_id))
    assert said is not None
    assert (said.items, said.speaker) == (TOLD, "適用課　鈴木")
    # They called back on our own main line, as the directory has it.
    assert (said.row.number, said.row.at) == ("0300000001", world.clock.now)
    assert b"12" not in bytes(said.row.said_ct)


#  what was said   how it came   where that leads
SAID = [
    (Word.SENT, Way.LETTER, State.FILED),
    (Word.NOT_REACHED, Way.CALLED, State.FILED),
    (Word.ACCEPTED, Way.CALLED, State.FILED),
    (Word.NOT_FOUND, Way.LETTER, State.ANSWERED),
    (Word.SEVERAL, Way.CALLED, State.CLARIFYING),
    (Word.DELAY, Way.CALLED_BACK, State.FILED),
    (Word.REFUSED, Way.CALLED_BACK, State.REFUSED),
]


@pytest.mark.parametrize(("word", "way", "state"), SAID)
def test_each_word_of_the_insurer_leads_where_the_insurers_own_button_would(world, word, way, state):
    _, inquiry_id = asked(world)
    later = world.clock.now + timedelta(days=1)
    more = {"expected_at": later} if word is Word.DELAY else {}
    more |= {"refusal": RefusalReason.OTHER} if word is Word.REFUSED else {}
    assert record(world, inquiry_id, heard(world, word, way=way, **more)).state == state


def test_the_number_called_is_the_contact_lists_and_a_fax_without_one_is_refused(world):
    _, inquiry_id = asked(world)
    record(world, inquiry_id, heard(world, Word.NOT_REACHED, way=Way.CALLED))
    with world.house.work(world.clerk) as work:
        work.record("inquiry:read", work.inquiry(inquiry_id))
        assert [said.row.number for said in corresponding.history(work, work.inquiry(inquiry_id))] == ["0300001234"]
    with pytest.raises(InvalidValue, match="corresponding:no_fax"):
        record(world, inquiry_id, heard(world, Word.SENT, way=Way.FAX))


def refused():
    return [
        ("corresponding:nothing_told", {"items": {"SHIKAKU-02": " "}}),
        ("gate:item_not_asked", {"items": {"KYUFU-01": "10,000"}}),
        ("corresponding:speaker_missing", {"speaker": " "}),
        ("corresponding:ahead", {"minutes": 5}),
        ("corresponding:before_filing", {"minutes": -600}),
        ("corresponding:way_not_for_word", {"word": Word.SENT, "items": {}}),
        ("corresponding:items_without_answer", {"word": Word.NOT_FOUND, "items": TOLD}),
        ("corresponding:expected_missing", {"word": Word.DELAY, "items": {}}),
        ("corresponding:refusal_missing", {"word": Word.REFUSED, "items": {}}),
    ]


@pytest.mark.parametrize(("code", "changes"), refused())
def test_what_cannot_have_been_said_so_is_refused_and_moves_nothing(world, code, changes):
    _, inquiry_id = asked(world)
    at = world.clock.now + timedelta(minutes=changes.get("minutes", 0))
    exchange = heard(world, **{name: value for name, value in changes.items() if name != "minutes"}, at=at)
    with pytest.raises(InvalidValue, match=code):
        record(world, inquiry_id, exchange)
    with world.house.reading(world.clerk) as work:
        assert viewing.listed(work, inquiry_id).state == State.FILED


def test_a_correction_is_another_record_and_the_latest_stands(world):
    _, inquiry_id = asked(world)
    record(world, inquiry_id, heard(world))
    world.clock.forward(minutes=5)
    record(world, inquiry_id, heard(world, items={"SHIKAKU-02": "13"}))
    with world.house.work(world.clerk) as work:
        said = corresponding.answer_heard(work, work.inquiry(inquiry_id))
        assert said is not None
        assert said.items == {"SHIKAKU-02": "13"}
        assert len(corresponding.history(work, work.inquiry(inquiry_id))) == 2


def test_several_then_dates_then_the_answer_stop_the_clock_meanwhile(world):
    _, inquiry_id = asked(world)
    record(world, inquiry_id, heard(world, Word.SEVERAL))
    world.clock.forward(hours=1)
    with world.house.work(world.clerk) as work:
        version = work.inquiry(inquiry_id).version
        clarifying.supply(work, inquiry_id, version, CoverDates(PartialDate(2020, 4)))
        # An hour after closing time is half past nine on the next day of business.
        assert timing.due_of(work, work.inquiry(inquiry_id)) == datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
    assert record(world, inquiry_id, heard(world)).state == State.ANSWERED


def test_it_is_the_clerks_turn_while_nobody_at_the_insurer_sees_the_inquiry(world):
    insurer_id, inquiry_id = asked(world)
    with world.house.reading(world.clerk) as work:
        lines, _ = desk.listing(work, desk.View.MINE, Page(10))
        assert ([line.is_my_turn for line in lines], desk.my_turn(work)) == ([True], 1)
    officer = insurer_joins(world, insurer_id)
    with world.house.work(officer) as work:
        joining.take_up(work, inquiry_id, work.inquiry(inquiry_id).version)
    with world.house.reading(world.clerk) as work:
        lines, _ = desk.listing(work, desk.View.MINE, Page(10))
        assert ([line.is_my_turn for line in lines], desk.my_turn(work)) == ([False], 0)


def test_nobody_else_writes_down_what_an_insurer_said(world):
    insurer_id, inquiry_id = asked(world)
    with pytest.raises(NotFound), world.house.work(world.other_clerk) as work:
        corresponding.record(work, inquiry_id, 1, heard(world))
    officer = insurer_joins(world, insurer_id)
    with pytest.raises(Forbidden, match="corresponding:insurer_is_here"), world.house.work(officer) as work:
        corresponding.record(work, inquiry_id, 1, heard(world))


def test_a_letter_on_its_way_when_the_insurer_joined_is_still_written_down(world):
    insurer_id, inquiry_id = asked(world)
    insurer_joins(world, insurer_id)
    exchange = heard(world, way=Way.LETTER, document_number="そと第1号")
    assert record(world, inquiry_id, exchange).state == State.ANSWERED


def test_once_the_insurer_took_it_up_its_own_answer_is_awaited(world):
    insurer_id, inquiry_id = asked(world)
    record(world, inquiry_id, heard(world, Word.ACCEPTED, way=Way.CALLED))
    officer = insurer_joins(world, insurer_id)
    with world.house.work(officer) as work:
        joining.take_up(work, inquiry_id, work.inquiry(inquiry_id).version)
        assert [said.speaker for said in corresponding.history(work, work.inquiry(inquiry_id))] == ["適用課　鈴木"]
    with pytest.raises(Forbidden, match="corresponding:insurer_is_here"):
        record(world, inquiry_id, heard(world))


def test_an_insurer_that_joins_after_the_dates_still_looks_at_who_asks(world):
    insurer_id, inquiry_id = asked(world)
    record(world, inquiry_id, heard(world, Word.SEVERAL))
    with world.house.work(world.clerk) as work:
        clarifying.supply(work, inquiry_id, work.inquiry(inquiry_id).version, CoverDates(PartialDate(2020, 4)))
    officer = insurer_joins(world, insurer_id)
    agreed = confirming.Agreement(Channel.CALL_BACK)
    with world.house.work(officer) as work:
        inquiry = confirming.confirm(work, inquiry_id, work.inquiry(inquiry_id).version, agreed)
        assert (inquiry.state, inquiry.confirmed_at) == (State.CONFIRMED, work.now)
    with pytest.raises(ForbiddenTransition), world.house.work(officer) as work:
        confirming.confirm(work, inquiry_id, work.inquiry(inquiry_id).version, agreed)


def test_a_settled_inquiry_takes_no_more_words(world):
    _, inquiry_id = asked(world)
    record(world, inquiry_id, heard(world))
    with world.house.work(world.clerk) as work:
        settling.settle(work, inquiry_id, work.inquiry(inquiry_id).version)
    for word, way in ((Word.ANSWER, Way.CALLED_BACK), (Word.NOT_REACHED, Way.CALLED)):
        with pytest.raises(ForbiddenTransition):
            record(world, inquiry_id, heard(world, word, way=way))
