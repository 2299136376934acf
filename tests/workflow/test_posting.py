"""A day's letters printed as one file and posted in one go: what the run made, and nothing else."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from inquiry.documents.print_file import print_file
from inquiry.domain.correction import Cause
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.store.ledger import entries
from inquiry.workflow import answering, correcting, lettering, posting, posting_list, verifying
from inquiry.workflow.letter_runs import Standing
from inquiry.workflow.lettering import Posting
from inquiry.workflow.posting import Recorded
from inquiry.workflow.verifying import Standing as Said
from tests.web.stages import TOLD, prepare, state_of, version_of
from tests.workflow.runs import (
    LEFT,
    NUMBERS,
    as_other_insurer,
    ask_for_second_look,
    found_on_roster,
    lines,
    made,
    made_anew,
    posted,
    prepared_letter,
    read,
    release,
    retract,
    standings,
    together,
)
from tests.world import member

pytestmark = pytest.mark.documents
HERE = "192.0.2.1"
JIRO = Subject(name=PersonName("田中　次郎", "タナカ　ジロウ"), birth_date=PartialDate(1990, 2, 3), sex=Sex.MALE)


def rows(world, run_id):
    with world.house.reading(world.officer) as work:
        return posting_list.rows(work, run_id)


def text_of(pages):
    return "".join("".join(page.extract_text().split()) for page in pages)


def printed(world, run_id):
    """Return the text of the file for the printer."""
    return text_of(PdfReader(io.BytesIO(print_file(read(world, run_id).values()))).pages)


def post_alone(world, inquiry_id, number="", on=None):
    with world.house.work(world.officer) as work:
        lettering.give_by_post(work, inquiry_id, version_of(world, inquiry_id), Posting(on or work.today, number))


def previewed(world, inquiry_id):
    with world.house.work(world.officer) as work:
        return lettering.preview(work, inquiry_id).content


def readings(world, inquiry_id):
    with world.house.reading() as work:
        found = [bytes(entry.body) for entry in entries(work.session) if entry.chain_id == inquiry_id]
    return sum(b'"inquiry:letter_previewed"' in body for body in found)


def test_posting_is_the_answer_letter_by_letter(world):
    picked = [prepared_letter(world) for _ in range(3)]
    run_id = made(world, picked)
    assert posted(world, run_id, NUMBERS) == {}
    assert {state_of(world, inquiry_id) for inquiry_id in picked} == {"answered"}
    assert [line.answer.tracking_number for line in lines(world, run_id)] == list(NUMBERS)
    assert posted(world, run_id, NUMBERS) == {}
    assert len(read(world, run_id)) == 3  # it may be printed once more


def test_a_letter_that_a_roster_overtook_overnight_is_neither_printed_nor_posted(world):
    run_id = made(world, [found_on_roster(world)])
    world.clock.forward(days=1)
    world.take_over_roster(LEFT)
    with pytest.raises(NotFound, match="letter_run:nothing_ready"):
        read(world, run_id)
    assert rows(world, run_id) == [], "nor does it stand on the posting list"
    assert list(posted(world, run_id, ("",)).values()) == ["answer:roster_changed"]
    assert [state_of(world, line.letter.inquiry_id) for line in lines(world, run_id)] == ["identified"]


def test_a_joint_letter_is_not_posted_where_the_roster_overtook_what_it_tells_another(world):
    first, other = found_on_roster(world, ("SHIKAKU-02", "SHIKAKU-03")), found_on_roster(world)
    together(world, first, other)
    run_id = made(world, [first])
    world.take_over_roster(LEFT)
    assert list(posted(world, run_id, ("",)).values()) == ["answer:roster_changed"]
    assert {state_of(world, inquiry_id) for inquiry_id in (first, other)} == {"identified"}


def test_a_letter_whose_periods_are_on_the_next_roster_too_is_posted(world):
    inquiry_id = found_on_roster(world)
    run_id = made(world, [inquiry_id])
    world.clock.forward(days=1)
    world.take_over_roster(member(address="灯台町"))
    assert posted(world, run_id, ("",)) == {}
    assert state_of(world, inquiry_id) == "answered"


def test_a_wrong_number_keeps_back_its_own_letter_alone(world):
    run_id = made(world, [prepared_letter(world) for _ in range(2)])
    wrong = posted(world, run_id, ("12345678904", NUMBERS[1]))
    assert list(wrong.values()) == ["letter:no_tracking_number"]
    states = [state_of(world, line.letter.inquiry_id) for line in lines(world, run_id)]
    assert states == ["identified", "answered"]


def test_how_many_were_posted_is_counted_from_what_was_recorded(world):
    run_id = made(world, [prepared_letter(world) for _ in range(2)])
    first, second = (line.letter.id for line in lines(world, run_id))
    numbers = {first: "12345678904", second: ""}
    done = posting.post(world.house, world.officer, run_id, posted_on=world.clock.now.date(), numbers=numbers)
    assert done == Recorded(1, {first: "letter:no_tracking_number"})


def test_a_gate_that_was_shut_meanwhile_keeps_the_letter_off_paper_list_and_post(world):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    ask_for_second_look(world)
    with pytest.raises(NotFound, match="letter_run:nothing_ready"):
        read(world, run_id)
    assert rows(world, run_id) == []
    assert list(posted(world, run_id, ("",)).values()) == ["gate:not_released"]
    assert state_of(world, inquiry_id) == "identified"


# The list for the counter


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
    (row,) = rows(world, run_id)
    assert row["宛先"] == "千代田区　健康推進課"
    assert "髙橋" not in str(row)


# 取消し: what was taken back is had in no way any more


@pytest.mark.parametrize("cause", [Cause.WRONG_PERSON, Cause.WRONG_CONTENT, Cause.RETURNED])
def test_a_letter_taken_back_is_neither_printed_nor_on_the_list(world, cause):
    wrong, right = prepared_letter(world), prepared_letter(world, subject=JIRO)
    run_id = made(world, [wrong, right])
    assert posted(world, run_id, NUMBERS[:2]) == {}
    retract(world, wrong, cause)
    assert standings(world, run_id) == [Standing.TAKEN_BACK, Standing.POSTED]
    assert "髙橋太郎" not in printed(world, run_id)
    assert "田中次郎" in printed(world, run_id)
    assert [row["引受番号"] for row in rows(world, run_id)] == [NUMBERS[1]]


def test_a_letter_taken_back_is_not_had_on_its_own_page_until_another_is_made(world):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    assert posted(world, run_id, ("",)) == {}
    retract(world, inquiry_id, Cause.WRONG_CONTENT)
    for look in (lambda: read(world, run_id), lambda: previewed(world, inquiry_id)):
        with pytest.raises(NotFound):
            look()
    made_anew(world, inquiry_id)
    again = made(world, [inquiry_id])
    assert list(read(world, again).values()) == [previewed(world, inquiry_id)]
    with pytest.raises(NotFound, match="letter_run:nothing_ready"):
        read(world, run_id)


def test_a_letter_that_told_two_goes_with_the_first_of_them_that_is_taken_back(world):
    wrong, right = prepared_letter(world), prepared_letter(world, subject=JIRO)
    together(world, wrong, right)
    run_id = made(world, [wrong, right])
    paper = previewed(world, right)
    assert posted(world, run_id, ("", "")) == {}
    retract(world, wrong)
    assert standings(world, run_id) == [Standing.TAKEN_BACK] * 2
    assert rows(world, run_id) == []
    with pytest.raises(NotFound, match="letter_run:nothing_ready"):
        read(world, run_id)
    with pytest.raises(Forbidden, match="letter:taken_back"):
        previewed(world, right)
    assert verifying.by_file(world.house, HERE, paper).standing is Said.WITHDRAWN
    # The other answer stands; to be had on paper again it is taken back too, and answered anew.
    assert state_of(world, right) == "answered"
    retract(world, right, Cause.WRONG_CONTENT)
    made_anew(world, right)
    assert "髙橋太郎" not in text_of(PdfReader(io.BytesIO(previewed(world, right))).pages)


def test_a_letter_that_was_taken_back_while_the_page_lay_open_is_not_posted_again(world):
    run_id = made(world, [inquiry_id := prepared_letter(world)])
    post_alone(world, inquiry_id)
    retract(world, inquiry_id)
    assert list(posted(world, run_id, ("",)).values()) == ["letter:taken_back"]


def test_a_letter_that_came_back_reopens_the_inquiry_for_another_way(world):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    posted(world, run_id, ("",))
    retract(world, inquiry_id, Cause.RETURNED)
    assert state_of(world, inquiry_id) == "identified"
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        answering.prepare(work, inquiry_id, inquiry.version, channel=Channel.CALL_BACK, items=TOLD)


def test_only_a_letter_that_was_posted_can_come_back(world):
    inquiry_id = prepared_letter(world)
    release(world, inquiry_id)
    with world.house.work(world.officer) as work:
        lettering.give_by_download(work, inquiry_id, version_of(world, inquiry_id))
    with pytest.raises(InvalidValue, match="correction:not_posted"), world.house.work(world.officer) as work:
        correcting.retract(work, inquiry_id, version_of(world, inquiry_id), cause=Cause.RETURNED, reason="返戻")


# What is posted is what was printed


@pytest.mark.parametrize("anew", [lambda world, each: prepare(world, each, Channel.LETTER), made_anew])
def test_another_print_than_the_one_on_paper_is_neither_printed_listed_nor_posted(world, anew):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    anew(world, inquiry_id)
    assert standings(world, run_id) == [Standing.MADE_ANEW]
    with pytest.raises(NotFound, match="letter_run:nothing_ready"):
        read(world, run_id)
    assert rows(world, run_id) == []
    assert list(posted(world, run_id, ("",)).values()) == ["letter_run:made_anew"]
    assert state_of(world, inquiry_id) == "identified"


def test_a_letter_made_anew_between_the_page_and_the_button_is_not_posted_for_it(world, monkeypatch):
    inquiry_id = prepared_letter(world)
    run_id = made(world, [inquiry_id])
    faults_as_ever = posting.faults

    def meanwhile(*said):
        found = faults_as_ever(*said)
        made_anew(world, inquiry_id)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(posting, "faults", meanwhile)
        assert list(posted(world, run_id, ("",)).values()) == ["letter_run:made_anew"]
    assert state_of(world, inquiry_id) == "identified"


def test_the_paper_that_was_posted_is_the_one_that_proves_genuine(world):
    inquiry_id = prepared_letter(world)
    first_run = made(world, [inquiry_id])
    (first,) = read(world, first_run).values()
    made_anew(world, inquiry_id)
    second_run = made(world, [inquiry_id])
    (second,) = read(world, second_run).values()
    assert posted(world, second_run, ("",)) == {}
    found = [verifying.by_file(world.house, HERE, content).standing for content in (first, second)]
    assert found == [Said.REPLACED, Said.GENUINE]
    assert standings(world, first_run) == [Standing.MADE_ANEW]


# One letter for several answers


def test_a_letter_that_tells_two_answers_is_printed_listed_and_posted_once(world):
    first, second = (prepared_letter(world) for _ in range(2))
    together(world, first, second)
    run_id = made(world, [first, second])
    assert len(read(world, run_id)) == len(rows(world, run_id)) == 1
    assert posted(world, run_id, (NUMBERS[0], "")) == {}
    assert [state_of(world, each) for each in (first, second)] == ["answered"] * 2
    assert [line.answer.tracking_number for line in lines(world, run_id)] == [NUMBERS[0]] * 2


def test_a_letter_is_not_printed_while_another_answer_in_it_may_not_leave(world):
    first, second = (prepared_letter(world) for _ in range(2))
    together(world, first, second)
    run_id = made(world, [first])
    prepare(world, second, Channel.LETTER)
    with pytest.raises(NotFound, match="letter_run:nothing_ready"):
        read(world, run_id)
    assert list(posted(world, run_id, ("",)).values()) == ["letter:joint_changed"]


def test_everybody_a_letter_tells_of_was_read_when_it_was_opened(world):
    first, second = (prepared_letter(world) for _ in range(2))
    together(world, first, second)
    previewed(world, first)
    assert [readings(world, each) for each in (first, second)] == [1, 1]
    read(world, made(world, [second]))
    assert [readings(world, each) for each in (first, second)] == [2, 2]


def test_a_letter_was_not_posted_before_its_own_date(world):
    run_id = made(world, [inquiry_id := prepared_letter(world)])
    world.clock.forward(days=1)
    with pytest.raises(InvalidValue, match="letter:posted_before_made") as refusal:
        post_alone(world, inquiry_id, on=world.clock.now.date() - timedelta(days=2))
    assert refusal.value.field == "posted_on"
    post_alone(world, inquiry_id, on=world.clock.now.date() - timedelta(days=1))
    assert standings(world, run_id) == [Standing.POSTED]


def test_the_ledger_says_when_it_was_posted_and_under_which_number(world):
    run_id = made(world, [prepared_letter(world)])
    assert posted(world, run_id, NUMBERS[:1]) == {}
    with world.house.reading() as work:
        (body,) = [body for entry in entries(work.session) if b'"inquiry:answer"' in (body := bytes(entry.body))]
    assert b'"posted":"2026-11-25"' in body
    assert b'"tracking":"12345678903"' in body


# 引受番号: one letter each


@pytest.mark.parametrize("again", ["12345678903", "123-45-67890-3", "１２３４５６７８９０３"])
def test_two_letters_of_a_run_with_one_number_are_both_held_back(world, again):
    run_id = made(world, [prepared_letter(world) for _ in range(3)])
    wrong = posted(world, run_id, (NUMBERS[0], again, NUMBERS[1]))
    first, second, _third = (line.letter.id for line in lines(world, run_id))
    assert wrong == dict.fromkeys((first, second), "letter_run:tracking_number_twice")
    assert standings(world, run_id) == [Standing.READY, Standing.READY, Standing.POSTED]


def test_a_number_recorded_for_another_letter_is_refused_wherever_it_is_typed(world):
    post_alone_first = prepared_letter(world)
    release(world, post_alone_first)
    post_alone(world, post_alone_first, NUMBERS[0])
    run_id = made(world, [prepared_letter(world)])
    assert list(posted(world, run_id, (NUMBERS[0],)).values()) == ["letter:tracking_number_known"]
    release(world, single := prepared_letter(world))
    with pytest.raises(InvalidValue, match="letter:tracking_number_known") as refusal:
        post_alone(world, single, NUMBERS[0])
    assert refusal.value.field == "tracking_number"
    post_alone(world, single, NUMBERS[1])


def test_a_number_stays_with_a_letter_that_came_back(world):
    run_id = made(world, [inquiry_id := prepared_letter(world)])
    assert posted(world, run_id, (NUMBERS[0],)) == {}
    retract(world, inquiry_id, Cause.RETURNED)
    made_anew(world, inquiry_id)
    again = made(world, [inquiry_id])
    assert list(posted(world, again, (NUMBERS[0],)).values()) == ["letter:tracking_number_known"]


def test_another_insurers_numbers_are_its_own(world):
    run_id = made(world, [prepared_letter(world)])
    assert posted(world, run_id, (NUMBERS[0],)) == {}
    other = as_other_insurer(world)
    theirs = made(other, [prepared_letter(other)])
    assert posted(other, theirs, (NUMBERS[0],)) == {}


@pytest.mark.parametrize(("days", "codes"), [(365, ["letter:tracking_number_known"]), (366, [])])
def test_the_post_office_gives_a_number_out_again_after_a_year(world, days, codes):
    run_id = made(world, [prepared_letter(world)])
    assert posted(world, run_id, (NUMBERS[0],)) == {}
    world.clock.forward(days=days)
    again = made(world, [prepared_letter(world)])
    assert list(posted(world, again, (NUMBERS[0],)).values()) == codes


def test_numbers_of_a_filled_list_are_looked_at_before_anything_is_recorded(world):
    taken = made(world, [prepared_letter(world)])
    assert posted(world, taken, (NUMBERS[0],)) == {}
    run_id = made(world, [prepared_letter(world) for _ in range(4)])
    ids = [line.letter.id for line in lines(world, run_id)]
    typed = dict(zip(ids, (NUMBERS[0], NUMBERS[1], NUMBERS[1], "12345678904"), strict=True))
    with world.house.reading(world.officer) as work:
        found = posting.faults(work, run_id, typed)
    assert [found[each] for each in ids] == [
        "letter:tracking_number_known",
        "letter_run:tracking_number_twice",
        "letter_run:tracking_number_twice",
        "letter:no_tracking_number",
    ]
