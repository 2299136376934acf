"""A day's letters in one go: each through the gate by itself, and none holds up another."""

import io

import pytest

from inquiry.domain.correction import Cause
from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.four_eyes import Requirement, Rule
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Subject
from inquiry.store.letter_runs import Outcome
from inquiry.workflow import answering, correcting, four_eyes, letter_runs, lettering, posting_list, releasing
from tests.web.stages import TOLD, found, prepare, state_of, version_of
from tests.world import SATO

pytestmark = pytest.mark.documents
NUMBERS = ("12345678903", "12345678914", "")


def prepared_letter(world, **changes):
    """An inquiry whose answer is to go as a letter, and is not printed yet."""
    inquiry_id = found(world, Finding.ONE, channel=Channel.LETTER, needed_by=world.clock.now.date(), **changes)
    prepare(world, inquiry_id, Channel.LETTER)
    return inquiry_id


def begun(world, inquiry_ids):
    with world.house.work(world.officer) as work:
        return letter_runs.begin(work, inquiry_ids).id


def made(world, inquiry_ids):
    run_id = begun(world, inquiry_ids)
    letter_runs.carry_on(world.house, world.officer)
    return run_id


def lines(world, run_id, actor=None):
    with world.house.reading(actor or world.officer) as work:
        return letter_runs.lines(work, run_id)


def outcomes(world, run_id):
    return [(line.letter.outcome, line.letter.code) for line in lines(world, run_id)]


def read(world, run_id):
    with world.house.work(world.officer) as work:
        return dict(letter_runs.files(work, run_id))


def waiting(world):
    with world.house.reading(world.officer) as work:
        return [inquiry.id for inquiry in letter_runs.candidates(work)]


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
    assert len({line.answer.document_number for line in lines(world, run_id)}) == 3
    assert [content[:5] for content in read(world, run_id).values()] == [b"%PDF-"] * 3
    assert {state_of(world, inquiry_id) for inquiry_id in picked} == {"identified"}


def test_a_letter_that_no_font_draws_holds_up_no_other(world):
    odd = Subject(PersonName("葛\U000e01ef　太郎", "タカハシ"), SATO.birth_date, SATO.sex)
    run_id = made(world, [prepared_letter(world, subject=odd), prepared_letter(world)])
    assert sorted(outcomes(world, run_id)) == [(Outcome.READY, ""), (Outcome.REFUSED, "letter:undrawable_character")]
    assert len(read(world, run_id)) == 1


def test_an_answer_that_waits_for_a_second_person_does_not_leave_and_is_made_for_them_to_see(world):
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0)
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
    letter_runs.carry_on(world.house, world.officer)
    (line,) = lines(world, run_id)
    # The very letter that was looked at leaves, not another print of it.
    assert (line.letter.outcome, line.answer.file_sha256) == (Outcome.READY, sha256)


def test_what_was_interrupted_goes_on_where_it_stopped(world, monkeypatch):
    picked = [prepared_letter(world) for _ in range(3)]
    run_id = begun(world, picked)
    release, seen = lettering.release, []

    def stopped(work, inquiry_id, version):
        if seen:
            raise KeyboardInterrupt
        seen.append(inquiry_id)
        return release(work, inquiry_id, version)

    monkeypatch.setattr(lettering, "release", stopped)
    with pytest.raises(KeyboardInterrupt):
        letter_runs.carry_on(world.house, world.officer)
    monkeypatch.setattr(lettering, "release", release)
    assert [outcome for outcome, _code in outcomes(world, run_id)] == [Outcome.READY, Outcome.WAITING, Outcome.WAITING]
    first = lines(world, run_id)[0].answer.file_sha256
    letter_runs.carry_on(world.house, world.officer)
    assert outcomes(world, run_id) == [(Outcome.READY, "")] * 3
    assert lines(world, run_id)[0].answer.file_sha256 == first


def test_an_answer_prepared_anew_leaves_the_run_and_waits_again(world):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    prepare(world, inquiry_id, Channel.LETTER)
    assert waiting(world) == [inquiry_id]
    assert read(world, run_id) == {}


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


# Posting


def posted(world, run_id, numbers):
    ids = [line.letter.id for line in lines(world, run_id)]
    picked = dict(zip(ids, numbers, strict=True))
    return letter_runs.post(world.house, world.officer, run_id, posted_on=world.clock.now.date(), numbers=picked)


def test_posting_is_the_answer_letter_by_letter(world):
    picked = [prepared_letter(world) for _ in range(3)]
    run_id = made(world, picked)
    assert posted(world, run_id, NUMBERS) == {}
    assert {state_of(world, inquiry_id) for inquiry_id in picked} == {"answered"}
    assert [line.answer.tracking_number for line in lines(world, run_id)] == list(NUMBERS)
    assert posted(world, run_id, NUMBERS) == {}
    assert len(read(world, run_id)) == 3  # it may be printed once more


def test_a_wrong_number_keeps_back_its_own_letter_alone(world):
    run_id = made(world, [prepared_letter(world) for _ in range(2)])
    wrong = posted(world, run_id, ("12345678904", NUMBERS[1]))
    assert list(wrong.values()) == ["letter:no_tracking_number"]
    states = [state_of(world, line.letter.inquiry_id) for line in lines(world, run_id)]
    assert states == ["identified", "answered"]


def test_a_gate_that_was_shut_meanwhile_keeps_the_letter_back(world):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0)
    assert read(world, run_id) == {}
    assert list(posted(world, run_id, ("",)).values()) == ["gate:not_released"]
    assert state_of(world, inquiry_id) == "identified"


def test_numbers_are_read_from_the_list_by_document(world):
    run_id = made(world, [prepared_letter(world) for _ in range(2)])
    first, second = lines(world, run_id)

    def numbers(text):
        with world.house.reading(world.officer) as work:
            return posting_list.numbers_in(work, run_id, io.BytesIO(text.encode()))

    head = "文書番号,引受番号\r\n"
    one, two = first.answer.document_number, second.answer.document_number
    assert numbers(f"{head}{two},{NUMBERS[1]}\r\n{one},\r\n") == {second.letter.id: NUMBERS[1]}
    for text, code in (
        (f"{head}R8-99999,{NUMBERS[0]}\r\n", "letter_run:unknown_number"),
        (f"{head}{one},{NUMBERS[0]}\r\n{one},{NUMBERS[1]}\r\n", "letter_run:repeated_number"),
        ("何か\r\n1\r\n", "table:"),
    ):
        with pytest.raises(InvalidValue, match=code):
            numbers(text)


def test_the_list_names_offices_and_nobody_asked_about(world):
    run_id = made(world, [prepared_letter(world)])
    with world.house.reading(world.officer) as work:
        (row,) = posting_list.rows(work, run_id)
    assert row["宛先"] == "千代田区　健康推進課"
    assert "髙橋" not in str(row)


# 返戻


def test_a_letter_that_came_back_reopens_the_inquiry_for_another_way(world):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    posted(world, run_id, ("",))
    with world.house.work(world.officer) as work:
        correcting.retract(
            work, inquiry_id, work.inquiry(inquiry_id).version, cause=Cause.RETURNED, reason="宛て所に尋ねあたらず"
        )
    assert state_of(world, inquiry_id) == "identified"
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        answering.prepare(work, inquiry_id, inquiry.version, channel=Channel.CALL_BACK, items=TOLD)


def test_only_a_letter_that_was_posted_can_come_back(world):
    inquiry_id = prepared_letter(world)
    with world.house.work(world.officer) as work:
        lettering.release(work, inquiry_id, version_of(world, inquiry_id))
    with world.house.work(world.officer) as work:
        lettering.give_by_download(work, inquiry_id, version_of(world, inquiry_id))
    with pytest.raises(InvalidValue, match="correction:not_posted"), world.house.work(world.officer) as work:
        correcting.retract(work, inquiry_id, version_of(world, inquiry_id), cause=Cause.RETURNED, reason="返戻")


def test_a_letter_that_tells_two_answers_is_printed_and_posted_once(world):
    first, second = (prepared_letter(world) for _ in range(2))
    with world.house.work(world.officer) as work:
        lettering.release_together(work, first, version_of(world, first), [second])
    run_id = made(world, [first, second])
    assert len(read(world, run_id)) == 1
    assert posted(world, run_id, (NUMBERS[0], NUMBERS[0])) == {}
    assert [state_of(world, each) for each in (first, second)] == ["answered"] * 2
