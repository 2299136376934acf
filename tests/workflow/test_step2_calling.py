"""STEP2 ⑤ ⅰ: the call back to the main line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inquiry.domain.errors import CallHeld, CallOver, Forbidden, InvalidValue, NotDisclosable, NotFound
from inquiry.domain.parties import Entrance
from inquiry.domain.reply import Channel
from inquiry.workflow import call_history, calling, confirming, filing, suspicions, viewing
from inquiry.workflow.calling import Ending, Outcome
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.suspicions import Kind
from tests.world import SAPPORO


def confirmed(world, **changes):
    with world.house.work(world.officer if "entrance" in changes else world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(**changes)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    return inquiry_id


def started(world, **changes):
    inquiry_id = confirmed(world, **changes)
    with world.house.work(world.officer) as work:
        return inquiry_id, calling.start(work, inquiry_id)


def test_the_number_dialled_is_the_directorys_never_the_inquirys(world):
    _, call = started(world)
    assert call.number_dialled == "0300000001"
    assert call.number_dialled != world.filing().inquirer.telephone


def test_both_sides_get_a_word_of_their_own(world):
    _, call = started(world)
    assert call.municipality_word
    assert call.insurer_word
    assert call.municipality_word != call.insurer_word


def test_nobody_is_called_before_the_inquirer_is_confirmed(world):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with pytest.raises(NotDisclosable, match="inquirer_not_confirmed"), world.house.work(world.officer) as work:
        calling.start(work, inquiry_id)


def test_without_a_main_line_nobody_is_called(world):
    inquirer = replace(world.filing().inquirer, municipality_code=SAPPORO)
    inquiry_id = confirmed(world, inquirer=inquirer, entrance=Entrance.TELEPHONE)
    with pytest.raises(NotDisclosable, match="no_main_line"), world.house.work(world.officer) as work:
        calling.start(work, inquiry_id)


def test_there_is_one_call_at_a_time(world):
    inquiry_id, _ = started(world)
    with pytest.raises(Forbidden, match="call_in_progress"), world.house.work(world.officer) as work:
        calling.start(work, inquiry_id)


def test_the_right_word_and_a_name_confirm_the_call(world):
    inquiry_id, call = started(world)
    with world.house.work(world.officer) as work:
        assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is None
        calling.hear(work, inquiry_id, word=call.municipality_word, reached="健康推進課 山田")
        assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is not None
        assert [past.reached for past in call_history.history(work, work.inquiry(inquiry_id))] == ["健康推進課 山田"]


def test_our_own_word_read_back_to_us_confirms_nothing(world):
    inquiry_id, call = started(world)
    with world.house.work(world.officer) as work:
        assert calling.hear(work, inquiry_id, word=call.insurer_word, reached="だれか").wrong_words == 1
        assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is None


def read_out(world, inquiry_id, words):
    """Read out a right word for each R and a wrong one for each W; return the call."""
    for each in words:
        with world.house.work(world.officer) as work:
            right = calling.in_progress(work, work.inquiry(inquiry_id)).municipality_word
            call = calling.hear(work, inquiry_id, word=right if each == "R" else "ちがう", reached="だれか")
    return call


def signs(world):
    with world.house.reading() as work:
        return [each.note.kind for each in suspicions.listing(work)]


#  read out    the call then       hung up, and noted
ORDERS = [
    ("R", "confirmed", False),
    ("W", "unconfirmed", True),
    ("RW", "unconfirmed", True),
    ("WR", "confirmed", False),
    ("RWR", "confirmed", False),
    ("WRW", "unconfirmed", True),
    ("RRW", "unconfirmed", True),
    ("WWR", "confirmed", False),
    ("WWW", "over", True),
    ("RWWW", "over", True),
    ("WRWW", "over", True),
    ("WWRW", "over", True),
]


@pytest.mark.parametrize(("words", "then", "noted"), ORDERS)
def test_the_last_word_counts_and_the_third_wrong_one_ends_the_call(world, words, then, noted):
    inquiry_id, _ = started(world)
    call = read_out(world, inquiry_id, words)
    with world.house.reading(world.officer) as work:
        inquiry = viewing.listed(work, inquiry_id)
        assert (calling.confirmed_call(work, inquiry) is not None) == (then == "confirmed")
    assert (call.outcome == Outcome.WRONG_WORDS) == (call.ended_at is not None) == (then == "over")
    if then == "over":
        with pytest.raises(CallOver, match="calling:over"):
            read_out(world, inquiry_id, "R")
    else:
        with world.house.work(world.officer) as work:
            calling.end(work, inquiry_id, Ending(Outcome.BUSY))
    assert signs(world) == ([Kind.WRONG_WORDS] if noted else [])


@pytest.mark.parametrize("deed", ["tick", "reached"])
def test_after_a_wrong_word_nothing_is_said_though_the_hour_is_not_over(world, deed):
    inquiry_id, _ = started(world)
    read_out(world, inquiry_id, "RW")
    refused = pytest.raises((NotDisclosable, Forbidden), match="not_confirmed")
    with refused, world.house.work(world.officer) as work:
        if deed == "tick":
            calling.tick(work, work.inquiry(inquiry_id), "password")
        else:
            calling.end(work, inquiry_id, Ending(Outcome.REACHED))


#  words of the calls before, each hung up    wrong words that the next call bears
CALLS = [
    ([], 3),
    (["W"], 2),
    (["WW"], 1),
    (["W", "W"], 1),
    (["WWW"], 1),
    (["WW", "W"], 1),
    (["WWR"], 3),
    (["WW", "R"], 3),
    (["R", "WW"], 1),
]


@pytest.mark.parametrize(("calls", "borne"), CALLS)
def test_hanging_up_in_time_gives_no_further_tries(world, calls, borne):
    inquiry_id = confirmed(world)
    for words in calls:
        world.clock.forward(minutes=1)
        begin(world, inquiry_id)
        if read_out(world, inquiry_id, words).ended_at is None:
            with world.house.work(world.officer) as work:
                calling.end(work, inquiry_id, Ending(Outcome.BUSY))
    world.clock.forward(minutes=1)
    begin(world, inquiry_id)
    for left in reversed(range(borne)):
        call = read_out(world, inquiry_id, "W")
        with world.house.reading() as work:
            assert calling.tries_left(work, call) == left
        assert (call.ended_at is not None) == (left == 0)


def begin(world, inquiry_id):
    with world.house.work(world.officer) as work:
        return calling.start(work, inquiry_id)


def test_whoever_answers_is_named(world):
    inquiry_id, call = started(world)
    with pytest.raises(InvalidValue, match="reached_missing"), world.house.work(world.officer) as work:
        calling.hear(work, inquiry_id, word=call.municipality_word, reached=" ")


def test_a_call_without_the_word_did_not_reach_anybody(world):
    inquiry_id, _ = started(world)
    with pytest.raises(Forbidden, match="not_confirmed"), world.house.work(world.officer) as work:
        calling.end(work, inquiry_id, calling.Ending(Outcome.REACHED))
    with world.house.work(world.officer) as work:
        assert calling.end(work, inquiry_id, calling.Ending(Outcome.NOT_IN)).ended_at == world.clock.now


def test_what_is_said_is_ticked_on_a_confirmed_call_only(world):
    inquiry_id, call = started(world)
    with pytest.raises(NotDisclosable, match="call_not_confirmed"), world.house.work(world.officer) as work:
        calling.tick(work, work.inquiry(inquiry_id), "password")
    with world.house.work(world.officer) as work:
        calling.hear(work, inquiry_id, word=call.municipality_word, reached="山田")
        assert calling.tick(work, work.inquiry(inquiry_id), "password").carried == ["password"]


def test_a_call_that_ended_confirms_nothing_any_more(world):
    inquiry_id, call = started(world)
    with world.house.work(world.officer) as work:
        calling.hear(work, inquiry_id, word=call.municipality_word, reached="山田")
        calling.end(work, inquiry_id, calling.Ending(Outcome.REACHED))
        assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is None


def test_by_telephone_or_paper_two_checks_on_the_main_line_stand_in_for_the_words(world):
    inquiry_id, call = started(world, entrance=Entrance.DOCUMENT)
    assert (call.municipality_word, call.insurer_word) == ("", "")
    for checks in ((), {calling.Check.PUT_THROUGH}, {calling.Check.KNOWS_INQUIRY}):
        refused = pytest.raises(InvalidValue, match="calling:checks_missing")
        with refused, world.house.work(world.officer) as work:
            calling.hear(work, inquiry_id, word="", reached="健康推進課 山田", checks=checks)
    with world.house.work(world.officer) as work:
        call = calling.hear(work, inquiry_id, word="", reached="健康推進課 山田", checks=calling.Check)
        assert call.confirmed_at == world.clock.now


def test_checks_never_stand_in_for_words_that_were_dealt(world):
    inquiry_id, _ = started(world)
    with world.house.work(world.officer) as work:
        call = calling.hear(work, inquiry_id, word="ちがう", reached="健康推進課 山田", checks=calling.Check)
        assert (call.confirmed_at, call.wrong_words) == (None, 1)


#  typed       refused with
NO_WORDS = [
    ("", "word_missing"),
    ("　 ", "word_missing"),
    ("朝顔", "word_not_in_kana"),
    ("あさ顔", "word_not_in_kana"),
    ("asagao", "word_not_in_kana"),
    ("あさがお。", "word_not_in_kana"),
]


@pytest.mark.parametrize(("typed", "code"), NO_WORDS)
def test_what_a_keyboard_made_of_a_word_is_no_wrong_word(world, typed, code):
    inquiry_id, _ = started(world)
    read_out(world, inquiry_id, "R")
    refused = pytest.raises(InvalidValue, match=f"calling:{code}")
    with refused as error, world.house.work(world.officer) as work:
        calling.hear(work, inquiry_id, word=typed, reached="健康推進課 山田", checks=calling.Check)
    assert error.value.field == "word"
    with world.house.reading(world.officer) as work:
        call = calling.confirmed_call(work, viewing.listed(work, inquiry_id))
        assert call is not None
        assert call.wrong_words == 0


# Outcomes and what follows

HALF_AN_HOUR = timedelta(minutes=30)
#  outcome                  tried again after    next to ask for    noted for PMO staff
OUTCOMES = [
    (Outcome.NOT_IN, HALF_AN_HOUR, "係長 鈴木", None),
    (Outcome.BUSY, HALF_AN_HOUR, "", None),
    (Outcome.NO_SUCH_PERSON, None, "係長 鈴木", Kind.NO_SUCH_PERSON),
    (Outcome.WRONG_WORDS, None, "", Kind.WRONG_WORDS),
    (Outcome.REFUSED, None, "係長 鈴木", Kind.CALL_REFUSED),
]


@pytest.mark.parametrize(("outcome", "again", "ask_for", "noted"), OUTCOMES)
def test_each_outcome_has_its_follow_up(world, outcome, again, ask_for, noted):
    inquiry_id, _ = started(world)
    with world.house.work(world.officer) as work:
        call = calling.end(work, inquiry_id, Ending(outcome, ask_for="係長 鈴木"))
        assert call.try_again_at == (world.clock.now + again if again else None)
        assert call_history.history(work, work.inquiry(inquiry_id))[0].ask_for == ask_for
        assert [each.note.kind for each in suspicions.listing(work)] == ([noted] if noted else [])


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.REACHED])
def test_whatever_kept_the_officer_from_speaking_a_time_that_is_named_is_kept(world, outcome):
    inquiry_id, _ = started(world)
    at = world.clock.now + timedelta(hours=3)
    with world.house.work(world.officer) as work:
        calling.end(work, inquiry_id, Ending(outcome, at))
    with world.house.reading(world.officer) as work:
        assert [each.call.try_again_at for each in call_history.pending(work)] == [at]


def test_the_words_are_not_wrong_where_the_last_was_right_or_none_were_dealt(world):
    for changes in ({}, {"entrance": Entrance.TELEPHONE}):
        inquiry_id, call = started(world, **changes)
        if call.municipality_word:
            read_out(world, inquiry_id, "WR")
        refused = pytest.raises(Forbidden, match="calling:words_not_wrong")
        with refused, world.house.work(world.officer) as work:
            calling.end(work, inquiry_id, Ending(Outcome.WRONG_WORDS))


def test_an_hour_after_the_right_word_a_call_may_end_either_way(world):
    inquiry_id, _ = started(world)
    call = read_out(world, inquiry_id, "R")
    world.clock.forward(minutes=61)
    with world.house.reading(world.officer) as work:
        assert calling.possible_outcomes(work, call) == set(Outcome)


SUZUKI, ITO = "係長 鈴木", "課長 伊藤"
#  how the calls before ended, and whom they named    the next asks for
LED_TO = [
    ([], ""),
    ([(Outcome.NOT_IN, "")], ""),
    ([(Outcome.NOT_IN, SUZUKI)], SUZUKI),
    ([(Outcome.NO_SUCH_PERSON, SUZUKI)], SUZUKI),
    ([(Outcome.REFUSED, SUZUKI)], SUZUKI),
    ([(Outcome.NO_SUCH_PERSON, SUZUKI), (Outcome.BUSY, "")], SUZUKI),
    ([(Outcome.NO_SUCH_PERSON, SUZUKI), (Outcome.NOT_IN, "")], SUZUKI),
    ([(Outcome.NO_SUCH_PERSON, SUZUKI), (Outcome.NOT_IN, ITO)], ITO),
    ([(Outcome.NOT_IN, SUZUKI), (Outcome.NO_SUCH_PERSON, "")], ""),
    ([(Outcome.NOT_IN, SUZUKI), (Outcome.WRONG_WORDS, "")], ""),
]


@pytest.mark.parametrize(("calls", "asked_for"), LED_TO)
def test_the_next_call_asks_for_whom_the_calls_before_led_to(world, calls, asked_for):
    inquiry_id = confirmed(world)
    for outcome, named in calls:
        world.clock.forward(minutes=1)
        begin(world, inquiry_id)
        with world.house.work(world.officer) as work:
            calling.end(work, inquiry_id, Ending(outcome, ask_for=named))
    begin(world, inquiry_id)
    with world.house.reading(world.officer) as work:
        past = call_history.history(work, viewing.listed(work, inquiry_id))
        assert call_history.next_asked_for(past) == asked_for


def test_a_time_to_try_again_is_ahead_and_stands_in_the_queue(world):
    inquiry_id, call = started(world)
    with pytest.raises(InvalidValue, match="again_not_ahead"), world.house.work(world.officer) as work:
        calling.end(work, inquiry_id, Ending(Outcome.NOT_IN, world.clock.now))
    at = world.clock.now + timedelta(hours=3)
    with world.house.work(world.officer) as work:
        calling.end(work, inquiry_id, Ending(Outcome.NOT_IN, at))
    with world.house.reading(world.supervisor) as work:
        assert [(each.call.id, each.call.try_again_at) for each in call_history.pending(work)] == [(call.id, at)]
    with world.house.reading(world.other_officer) as work:
        assert call_history.pending(work) == []
    world.clock.forward(minutes=1)
    with world.house.work(world.officer) as work:
        again = calling.start(work, inquiry_id)
    with world.house.reading(world.officer) as work:
        assert [(each.call.id, each.is_mine) for each in call_history.pending(work)] == [(again.id, True)]


def test_three_wrong_words_are_noted_for_pmo_staff_who_look_with_a_reason(world):
    inquiry_id, _ = started(world)
    for _ in range(calling.WRONG_WORDS_END_CALL):
        with world.house.work(world.officer) as work:
            calling.hear(work, inquiry_id, word="ちがう", reached="だれか")
    with world.house.reading(world.pmo) as work:
        (found,) = suspicions.listing(work)
    assert (found.note.kind, found.note.inquiry_id, found.note.looked_at) == (Kind.WRONG_WORDS, inquiry_id, None)
    with pytest.raises(InvalidValue, match="reason_missing"), world.house.work(world.pmo) as work:
        suspicions.look(work, found.note.id, reason=" ")
    with world.house.work(world.pmo) as work:
        suspicions.look(work, found.note.id, reason="市の聞き違いと確かめた")
    with pytest.raises(Forbidden, match="looked_at_already"), world.house.work(world.pmo) as work:
        suspicions.look(work, found.note.id, reason="もう一度")
    with pytest.raises(NotFound, match="suspicion:not_found"), world.house.work(world.pmo) as work:
        suspicions.look(work, inquiry_id, reason="ない")


#  who doubts the caller      is refused with
DOUBTERS = [("officer", Forbidden), ("supervisor", Forbidden), ("other_clerk", NotFound), ("other_officer", NotFound)]


@pytest.mark.parametrize(("by", "error"), DOUBTERS)
def test_the_caller_is_doubted_by_the_clerk_alone(world, by, error):
    inquiry_id, _ = started(world)
    with pytest.raises(error), world.house.work(getattr(world, by)) as work:
        calling.doubt_caller(work, inquiry_id)
    read_out(world, inquiry_id, "R")
    assert signs(world) == []


def test_a_word_passed_on_by_somebody_between_both_lines_confirms_nothing_once_the_clerk_doubts_them(world):
    inquiry_id, call = started(world)
    words = {call.municipality_word, call.insurer_word}
    read_out(world, inquiry_id, "R")
    with world.house.work(world.clerk) as work:
        doubted = calling.doubt_caller(work, inquiry_id)
        assert words.isdisjoint({doubted.municipality_word, doubted.insurer_word})
    with world.house.reading(world.officer) as work:
        assert calling.confirmed_call(work, viewing.listed(work, inquiry_id)) is None
    assert signs(world) == [Kind.CALLER_DOUBTED]


# Who holds the call


def test_a_call_belongs_to_whoever_began_it_until_another_takes_it_over_with_a_reason(world):
    inquiry_id, call = started(world)
    words = call.municipality_word, call.insurer_word
    with world.house.work(world.officer) as work:
        calling.hear(work, inquiry_id, word=words[0], reached="山田")
    for deed in (
        lambda work: calling.hear(work, inquiry_id, word=words[0], reached="山田"),
        lambda work: calling.end(work, inquiry_id, Ending(Outcome.BUSY)),
    ):
        with pytest.raises(CallHeld, match="held_by_another"), world.house.work(world.supervisor) as work:
            deed(work)
    with pytest.raises(InvalidValue, match="takeover_reason_missing"), world.house.work(world.supervisor) as work:
        calling.take_over(work, inquiry_id, reason=" ")
    with pytest.raises(Forbidden, match="yours_already"), world.house.work(world.officer) as work:
        calling.take_over(work, inquiry_id, reason="続けます")
    with world.house.work(world.supervisor) as work:
        taken = calling.take_over(work, inquiry_id, reason="officer が早退したため")
        assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is None
        assert (taken.municipality_word, taken.insurer_word) != words
        calling.hear(work, inquiry_id, word=taken.municipality_word, reached="山田")
        assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is not None
    with world.house.work(world.officer) as work:
        assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is None
        assert not calling.is_held(work, inquiry_id)


def test_a_long_call_goes_on_once_the_words_were_read_out_again(world):
    inquiry_id, call = started(world)
    for _ in range(2):
        with world.house.work(world.officer) as work:
            calling.hear(work, inquiry_id, word=call.municipality_word, reached="山田")
            assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is not None
        world.clock.forward(minutes=61)
        with world.house.work(world.officer) as work:
            assert calling.is_held(work, inquiry_id)
            assert calling.confirmed_call(work, work.inquiry(inquiry_id)) is None
