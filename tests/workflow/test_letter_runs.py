"""A day's letters made in one go: each through the gate by itself, and none holds up another."""

import multiprocessing
import threading
import time

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Subject
from inquiry.store.letter_runs import Outcome
from inquiry.workflow import letter_runs, lettering, releasing
from inquiry.workflow.letter_runs import Standing
from tests.web.stages import answered_by_call, found, prepare, state_of, version_of
from tests.workflow.runs import (
    LEFT,
    NUMBERS,
    as_other_insurer,
    ask_for_second_look,
    begun,
    carry_on,
    found_on_roster,
    identified,
    lines,
    made,
    made_anew,
    merged,
    outcomes,
    posted,
    prepared_letter,
    read,
    retract,
    standings,
    together,
    waiting,
)
from tests.world import SATO

pytestmark = pytest.mark.documents
PATIENCE_SECONDS = 120


def test_what_waits_for_a_letter_is_listed_and_nothing_else(world):
    letter = prepared_letter(world)
    by_call = found(world, Finding.ONE)
    prepare(world, by_call, Channel.CALL_BACK)
    assert waiting(world) == [letter]
    made(world, [letter])
    assert waiting(world) == []


def test_every_letter_is_made_numbered_and_still_unanswered(world):
    picked = [prepared_letter(world) for _ in range(3)]
    run_id = made(world, picked)
    assert outcomes(world, run_id) == [(Outcome.READY, "")] * 3
    assert len({line.letter.document_number for line in lines(world, run_id)}) == 3
    assert [content[:5] for content in read(world, run_id).values()] == [b"%PDF-"] * 3
    assert {state_of(world, inquiry_id) for inquiry_id in picked} == {"identified"}


def test_a_letter_that_no_font_draws_holds_up_no_other(world):
    odd = Subject(PersonName("葛\U000e01ef　太郎", "タカハシ"), SATO.birth_date, SATO.sex)
    run_id = made(world, [prepared_letter(world, subject=odd), prepared_letter(world)])
    assert sorted(outcomes(world, run_id)) == [(Outcome.READY, ""), (Outcome.REFUSED, "letter:undrawable_character")]
    assert len(read(world, run_id)) == 1


def test_an_answer_from_a_roster_that_says_otherwise_now_is_not_made_in_one_go(world):
    inquiry_id = found_on_roster(world)
    world.take_over_roster(LEFT)
    assert outcomes(world, made(world, [inquiry_id])) == [(Outcome.REFUSED, "answer:roster_changed")]
    world.clock.forward(minutes=1)
    prepare(world, inquiry_id, Channel.LETTER)
    assert outcomes(world, made(world, [inquiry_id])) == [(Outcome.READY, "")]


def test_an_answer_from_a_roster_that_says_otherwise_now_is_not_put_into_the_letter_of_another(world):
    first, other = found_on_roster(world), found_on_roster(world)
    world.take_over_roster(LEFT)
    with pytest.raises(Forbidden, match="roster_changed"):
        together(world, first, other)


def test_a_letter_is_not_ready_in_which_another_inquiry_is_told_what_the_roster_does_not_say(world):
    numbers = ("SHIKAKU-02", "SHIKAKU-03")
    first, other = found_on_roster(world, numbers), found_on_roster(world)
    together(world, first, other)
    world.take_over_roster(LEFT)
    assert outcomes(world, made(world, [first])) == [(Outcome.REFUSED, "answer:roster_changed")]


def test_an_answer_that_waits_for_a_second_person_does_not_leave_and_is_made_for_them_to_see(world):
    ask_for_second_look(world)
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    (line,) = lines(world, run_id)
    assert (line.letter.outcome, line.letter.code) == (Outcome.REFUSED, "gate:not_released")
    with pytest.raises(NotFound, match="letter_run:nothing_ready"):
        read(world, run_id)
    sha256 = line.answer.file_sha256
    with world.house.work(world.supervisor) as work:
        releasing.release(work, inquiry_id, version_of(world, inquiry_id))
    with world.house.work(world.officer) as work:
        letter_runs.try_again(work, run_id)
    carry_on(world)
    (line,) = lines(world, run_id)
    # The very letter that was looked at leaves, not another print of it.
    assert (line.letter.outcome, line.answer.file_sha256) == (Outcome.READY, sha256)


@pytest.mark.parametrize(
    ("picked", "code"),
    [([], "letter_run:nothing_picked"), (["x"], "letter_run:not_waiting"), (["x"] * 501, "letter_run:too_many")],
)
def test_a_choice_that_cannot_be_made_is_refused(world, picked, code):
    with pytest.raises(InvalidValue, match=code):
        begun(world, picked)


def test_another_insurers_run_is_not_there(world):
    run_id = made(world, [prepared_letter(world)])
    with pytest.raises(NotFound):
        lines(world, run_id, world.other_officer)


# What becomes of a letter, on its own page or elsewhere, stands on the list


def test_a_letter_prepared_anew_leaves_the_run_and_waits_again(world):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    prepare(world, inquiry_id, Channel.LETTER)
    assert standings(world, run_id) == [Standing.MADE_ANEW]
    assert waiting(world) == [inquiry_id]


def test_a_letter_printed_anew_on_its_own_page_waits_again_and_is_not_printed_a_third_time(world):
    inquiry_id = prepared_letter(world)
    first_run = made(world, [inquiry_id])
    made_anew(world, inquiry_id)
    assert standings(world, first_run) == [Standing.MADE_ANEW]
    assert waiting(world) == [inquiry_id]
    second_run = made(world, [inquiry_id])
    (first,), (second,) = lines(world, first_run), lines(world, second_run)
    assert (second.standing, second.letter.file_sha256) == (Standing.READY, second.answer.file_sha256)
    assert first.letter.file_sha256 != second.letter.file_sha256


def test_the_list_says_what_was_posted_handed_over_and_taken_back_elsewhere(world):
    by_post, in_the_system, wrong = (prepared_letter(world) for _ in range(3))
    run_id = made(world, [by_post, in_the_system, wrong])
    with world.house.work(world.officer) as work:
        lettering.give_by_post(
            work, by_post, version_of(world, by_post), lettering.Posting(world.clock.now.date(), NUMBERS[0])
        )
    for each in (in_the_system, wrong):
        with world.house.work(world.officer) as work:
            lettering.give_by_download(work, each, version_of(world, each))
    retract(world, wrong)
    assert standings(world, run_id) == [Standing.POSTED, Standing.ANSWERED, Standing.TAKEN_BACK]


def test_an_answer_taken_back_that_was_no_letter_takes_none_of_the_letters_with_it(world):
    retract(world, answered_by_call(world))
    run_id = made(world, [prepared_letter(world)])
    assert standings(world, run_id) == [Standing.READY]


def test_a_letter_shared_with_an_answer_that_may_not_leave_is_not_made_ready_for_the_other(world):
    first, second = (prepared_letter(world) for _ in range(2))
    together(world, first, second)
    prepare(world, second, Channel.LETTER)
    run_id = made(world, [first])
    assert outcomes(world, run_id) == [(Outcome.REFUSED, "letter:joint_changed")]


# Interrupted, broken, at the same time


def interrupted_at(world, monkeypatch, *, place, error):
    """Make a run's letters and break off at one of them, as if by a fault that nobody foresaw."""
    release_as_ever, seen = lettering.release, []

    def stopped(work, inquiry_id, version):
        seen.append(inquiry_id)
        if len(seen) == place:
            raise error
        return release_as_ever(work, inquiry_id, version)

    with monkeypatch.context() as patched:
        patched.setattr(lettering, "release", stopped)
        with pytest.raises(type(error)):
            carry_on(world)


def test_what_was_interrupted_goes_on_where_it_stopped(world, monkeypatch):
    run_id = begun(world, [prepared_letter(world) for _ in range(3)])
    interrupted_at(world, monkeypatch, place=2, error=KeyboardInterrupt())
    assert standings(world, run_id) == [Standing.READY, Standing.WAITING, Standing.WAITING]
    first = lines(world, run_id)[0].letter.file_sha256
    carry_on(world)
    assert outcomes(world, run_id) == [(Outcome.READY, "")] * 3
    assert lines(world, run_id)[0].letter.file_sha256 == first


def test_a_letter_that_breaks_every_time_lets_the_others_be_made(world, monkeypatch):
    run_id = begun(world, [prepared_letter(world) for _ in range(3)])
    broken = ZeroDivisionError()
    interrupted_at(world, monkeypatch, place=1, error=broken)
    assert outcomes(world, run_id) == [
        (Outcome.REFUSED, "letter_run:broke_off"),
        (Outcome.WAITING, ""),
        (Outcome.WAITING, ""),
    ]
    # 「続きを作成する」 does not put the broken one before the others once more.
    with world.house.work(world.officer) as work:
        letter_runs.try_again(work, run_id)
    carry_on(world)
    assert standings(world, run_id) == [Standing.REFUSED, Standing.READY, Standing.READY]
    with world.house.work(world.officer) as work:
        letter_runs.try_again(work, run_id)
    carry_on(world)
    assert standings(world, run_id) == [Standing.READY] * 3


def in_a_process_of_its_own(world):
    """Begin to make the letters as another web process would, on connections of its own."""

    def work():
        world.house.engine.dispose(close=False)
        carry_on(world)

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    return process


def until(happened):
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_a_process_that_is_killed_leaves_nobody_at_work_and_the_next_goes_on(world):
    run_id = begun(world, [prepared_letter(world) for _ in range(4)])
    process = in_a_process_of_its_own(world)
    until(lambda: Standing.READY in standings(world, run_id))
    process.kill()
    process.join(PATIENCE_SECONDS)
    left = standings(world, run_id)
    until(lambda: not letter_runs.is_at_work(world.house, world.officer))
    carry_on(world)
    assert Standing.WAITING in left
    assert standings(world, run_id) == [Standing.READY] * 4
    assert len({line.letter.document_number for line in lines(world, run_id)}) == 4


def test_two_insurers_make_their_letters_at_the_same_time(world):
    houses = [world, as_other_insurer(world)]
    runs = [begun(each, [prepared_letter(each) for _ in range(3)]) for each in houses]
    threads = [threading.Thread(target=carry_on, args=(each,)) for each in houses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert [standings(*pair) for pair in zip(houses, runs, strict=True)] == [[Standing.READY] * 3] * 2


# An insurer that went over into another


def test_what_waited_in_a_run_of_an_insurer_that_is_gone_waits_with_its_successor(world):
    inquiry_id = prepared_letter(world)
    before = begun(world, [inquiry_id])
    successor = merged(world)
    identified(successor, inquiry_id)
    prepare(successor, inquiry_id, Channel.LETTER)
    assert waiting(successor) == [inquiry_id]
    run_id = made(successor, [inquiry_id])
    assert posted(successor, run_id, NUMBERS[:1]) == {}
    assert standings(successor, run_id) == [Standing.POSTED]
    assert standings(world, before) == [Standing.WAITING]
    carry_on(world)
    assert outcomes(world, before) == [(Outcome.REFUSED, "inquiry:not_found")]


def test_the_number_of_an_insurer_that_is_gone_stands_on_no_letter_of_its_successor(world):
    numbers = [f"R8-{count:05d}" for count in (1, 2)]
    with_draft = [prepared_letter(world) for _ in range(2)]
    run_id = made(world, with_draft)
    assert [line.letter.document_number for line in lines(world, run_id)] == numbers
    successor = merged(world)
    own = prepared_letter(successor)
    for inquiry_id in with_draft:
        identified(successor, inquiry_id)
        prepare(successor, inquiry_id, Channel.LETTER)
    runs = made(successor, [own]), made(successor, with_draft)
    given = [line.letter.document_number for run_id in runs for line in lines(successor, run_id)]
    assert given == [f"R8-{count:05d}" for count in (1, 2, 3)]
    # What the gone insurer had made is still what its people see, and is nobody's answer.
    assert [(line.letter.document_number, line.standing) for line in lines(world, run_id)] == [
        (number, Standing.MADE_ANEW) for number in numbers
    ]
