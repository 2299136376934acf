"""An answer that was given is never edited: it is taken back with a reason, and another one replaces it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inquiry.domain.correction import Cause
from inquiry.domain.errors import (
    Forbidden,
    ForbiddenTransition,
    InvalidValue,
    NotDisclosable,
    NotFound,
    Superseded,
)
from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import OPEN
from inquiry.domain.locked_file import FileKind
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ALL_THREE, Channel, ReplyKind
from inquiry.domain.subject import Sex
from inquiry.store.answering import CopyRefresh
from inquiry.store.inquiries import Page
from inquiry.store.ledger import LedgerEntry
from inquiry.workflow import (
    answering,
    call_history,
    calling,
    clarifying,
    composing,
    confirming,
    correcting,
    delivering,
    filing,
    following_up,
    identifying,
    lettering,
    locking,
    queue,
    settling,
    timing,
    viewing,
)
from inquiry.workflow.answer_files import file_name
from inquiry.workflow.confirming import Agreement
from tests.web.stages import BY_TELEPHONE
from tests.world import ALL_READ_BACK, member

TOLD = {"SHIKAKU-02": "12", "SHIKAKU-03": "345", "SHIKAKU-06": "平成31年4月1日", "SHIKAKU-07": "加入中"}
RIGHT = TOLD | {"SHIKAKU-03": "346"}
NOBODY = member(sex=Sex.FEMALE)


def version(work, inquiry_id):
    return work.inquiry(inquiry_id).version


def identified(world, who=None, **changes):
    """Bring an inquiry to what the roster says."""
    world.take_over_roster(who or member())
    hand = world.officer if changes else world.clerk
    with world.house.work(hand) as work:
        inquiry_id = filing.file(work, world.filing(**changes)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
        identifying.identify(work, inquiry_id, 2)
    return inquiry_id


def given(world, channel=Channel.CALL_BACK, *, who=None, **changes):
    """Bring an inquiry to its answer."""
    inquiry_id = identified(world, who, **changes)
    answer(world, inquiry_id, channel, {} if who is NOBODY else TOLD)
    return inquiry_id


def attested(world, finding):
    """Bring an inquiry to what the officer saw in the insurer's own system."""
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    attest(world, inquiry_id, finding)
    return inquiry_id


def attest(world, inquiry_id, finding):
    equal = ALL_THREE if finding is Finding.ONE else frozenset()
    seen = identifying.Attestation(finding, equal, reason="自システムで確認")
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, version(work, inquiry_id), seen)


def answer(world, inquiry_id, channel, told):
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version(work, inquiry_id), channel=channel, items=told)
        if channel is Channel.CALL_BACK:
            call = calling.start(work, inquiry_id)
            calling.hear(work, inquiry_id, word=call.municipality_word, reached="健康推進課 山田", checks=calling.Check)
            answering.give_by_call(work, inquiry_id, version(work, inquiry_id), read_back=ALL_READ_BACK)
            calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))
        elif channel is Channel.FILE:
            locking.make_file(work, inquiry_id, version(work, inquiry_id))
            locking.give_by_download(work, inquiry_id, version(work, inquiry_id))
        else:
            lettering.release(work, inquiry_id, version(work, inquiry_id))
            lettering.give_by_download(work, inquiry_id, version(work, inquiry_id))


def retract(world, inquiry_id, cause=Cause.WRONG_CONTENT, reason="番号の転記誤り"):
    with world.house.work(world.officer) as work:
        return correcting.retract(work, inquiry_id, version(work, inquiry_id), cause=cause, reason=reason)


def acknowledge(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        return correcting.acknowledge(work, inquiry_id, version(work, inquiry_id))


def settle(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        return settling.settle(work, inquiry_id, version(work, inquiry_id))


# Taking back


#  why                       where the inquiry stands then
LEADS_TO = [
    (Cause.WRONG_CONTENT, "identified"),
    (Cause.WRONG_DESTINATION, "identified"),
    (Cause.WRONG_PERSON, "confirmed"),
    (Cause.WRONG_FINDING, "confirmed"),
    (Cause.OTHER, "confirmed"),
]


@pytest.mark.parametrize(("cause", "state"), LEADS_TO)
def test_an_answer_taken_back_is_owed_again(world, cause, state):
    inquiry_id = given(world)
    inquiry = retract(world, inquiry_id, cause)
    assert (inquiry.state, inquiry.answered_at, inquiry.received_at) == (state, None, None)
    with world.house.work(world.officer) as work:
        is_kept = identifying.recorded(work, work.inquiry(inquiry_id)) is not None
    assert is_kept is (state == "identified")


def test_nobody_found_is_always_looked_for_again(world):
    inquiry_id = given(world, who=NOBODY)
    assert retract(world, inquiry_id, Cause.WRONG_CONTENT).state == "confirmed"


def test_a_settled_inquiry_is_open_again_because_an_error_is_often_found_later(world):
    inquiry_id = given(world)
    settle(world, inquiry_id)
    inquiry = retract(world, inquiry_id)
    assert (inquiry.state, inquiry.settled_at) == ("identified", None)


def test_what_is_not_answered_is_not_taken_back(world):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with pytest.raises(NotFound, match="answer:not_given"):
        retract(world, inquiry_id)


def test_an_answer_is_taken_back_once(world):
    inquiry_id = given(world)
    retract(world, inquiry_id)
    with pytest.raises(NotFound, match="answer:not_given"):
        retract(world, inquiry_id)


def test_a_reason_is_asked_for(world):
    inquiry_id = given(world)
    with pytest.raises(InvalidValue, match="correction:reason_missing"):
        retract(world, inquiry_id, reason="　")


def test_another_insurer_and_the_municipality_take_nothing_back(world):
    inquiry_id = given(world)
    with pytest.raises(NotFound), world.house.work(world.other_officer) as work:
        correcting.retract(work, inquiry_id, 1, cause=Cause.OTHER, reason="理由")
    with pytest.raises(Forbidden, match="inquiry:insurer_decides"), world.house.work(world.clerk) as work:
        correcting.retract(work, inquiry_id, version(work, inquiry_id), cause=Cause.OTHER, reason="理由")


def test_the_second_of_two_officers_is_told_who_was_first(world):
    inquiry_id = given(world)
    with world.house.work(world.officer) as work:
        before = version(work, inquiry_id)
        correcting.retract(work, inquiry_id, before, cause=Cause.WRONG_CONTENT, reason="誤り")
    with pytest.raises(Superseded) as refused, world.house.work(world.supervisor) as work:
        correcting.retract(work, inquiry_id, before, cause=Cause.WRONG_PERSON, reason="誤り")
    assert (refused.value.by, refused.value.event) == (world.officer.display_name, "retract_answer")


def test_that_the_municipality_received_or_settled_meanwhile_holds_nothing_up(world):
    inquiry_id = given(world, Channel.FILE)
    with world.house.work(world.officer) as work:
        before = version(work, inquiry_id)
    with world.house.work(world.clerk) as work:
        settling.fetch(work, inquiry_id)
    settle(world, inquiry_id)
    with world.house.work(world.officer) as work:
        correcting.retract(work, inquiry_id, before, cause=Cause.WRONG_CONTENT, reason="誤り")
        assert work.inquiry(inquiry_id).state == "identified"


def test_the_reason_is_sealed_and_the_ledger_holds_the_cause_alone(world):
    inquiry_id = given(world)
    retract(world, inquiry_id, Cause.WRONG_PERSON, "別人の記号を見ていた")
    with world.house.work(world.officer) as work:
        [each] = correcting.taken_back(work, work.inquiry(inquiry_id))
        assert "別人".encode() not in each.retraction.reason_ct
        assert correcting.reason_of(work, each.retraction) == "別人の記号を見ていた"
        bodies = [str(vars(row)) for row in work.session.scalars(select(LedgerEntry))]
    assert [body for body in bodies if "別人" in body] == []
    assert len([body for body in bodies if "inquiry:retract_finding" in body and "wrong_person" in body]) == 1


# What may still be read


def test_nothing_of_it_is_read_by_the_municipality_any_more(world):
    for channel in (Channel.FILE, Channel.LETTER):
        inquiry_id = given(world, channel)
        with world.house.work(world.clerk) as work:
            settling.fetch(work, inquiry_id)
        retract(world, inquiry_id)
        with pytest.raises(NotFound, match="answer:taken_back"), world.house.work(world.clerk) as work:
            settling.fetch(work, inquiry_id)
        with world.house.work(world.clerk) as work:
            assert viewing.page(work, inquiry_id).answer is None


def test_the_record_of_a_call_is_gone_with_the_answer(world):
    inquiry_id = given(world)
    retract(world, inquiry_id)
    with world.house.work(world.clerk) as work:
        assert settling.told_by_telephone(work, work.inquiry(inquiry_id)) == {}
        assert viewing.page(work, inquiry_id).timeline[-1].event == "retract_answer"


def test_neither_is_it_read_out_again_nor_its_file_made_again(world):
    inquiry_id = given(world, Channel.FILE)
    retract(world, inquiry_id)
    with world.house.work(world.officer) as work:
        assert answering.to_read_out(work, work.inquiry(inquiry_id)) is None
        with pytest.raises(Forbidden, match="answer:other_channel"):
            locking.make_again(work, inquiry_id, version(work, inquiry_id))
    with pytest.raises(NotFound, match="answer:no_file"), world.house.work(world.officer) as work:
        lettering.preview(work, inquiry_id)


# Taking note


def test_nothing_is_settled_before_the_municipality_has_taken_note(world):
    inquiry_id = given(world)
    retract(world, inquiry_id)
    answer(world, inquiry_id, Channel.CALL_BACK, RIGHT)
    with pytest.raises(Forbidden, match="correction:acknowledge_first"):
        settle(world, inquiry_id)
    acknowledge(world, inquiry_id)
    assert settle(world, inquiry_id).state == "settled"


def test_what_was_not_taken_back_needs_no_note(world):
    inquiry_id = given(world)
    with pytest.raises(Forbidden, match="correction:nothing_to_acknowledge"):
        acknowledge(world, inquiry_id)


def test_a_page_read_before_the_answer_was_taken_back_takes_note_of_nothing(world):
    inquiry_id = given(world)
    with world.house.work(world.clerk) as work:
        before = version(work, inquiry_id)
    retract(world, inquiry_id)
    with pytest.raises(Superseded), world.house.work(world.clerk) as work:
        correcting.acknowledge(work, inquiry_id, before)


def test_an_officer_at_work_does_not_supersede_the_municipalitys_note(world):
    inquiry_id = given(world)
    retract(world, inquiry_id)
    with world.house.work(world.clerk) as work:
        before = version(work, inquiry_id)
    answer(world, inquiry_id, Channel.CALL_BACK, RIGHT)
    with world.house.work(world.clerk) as work:
        correcting.acknowledge(work, inquiry_id, before)


def test_an_officer_takes_note_only_for_a_municipality_outside_the_system_and_says_who_was_told(world):
    inside = given(world)
    retract(world, inside)
    with pytest.raises(Forbidden, match="inquiry:municipality_decides"), world.house.work(world.officer) as w:
        correcting.acknowledge(w, inside, version(w, inside), note="電話で伝えた")
    outside = given(world, **BY_TELEPHONE)
    retract(world, outside)
    with pytest.raises(InvalidValue, match="correction:told_missing"), world.house.work(world.officer) as work:
        correcting.acknowledge(work, outside, version(work, outside))
    with world.house.work(world.officer) as work:
        correcting.acknowledge(work, outside, version(work, outside), note="代表電話で山田さんに伝えた")
        assert not correcting.is_unacknowledged(work, work.inquiry(outside))


def test_both_sides_see_what_waits_for_the_note(world):
    inquiry_id = given(world)
    retract(world, inquiry_id)
    for person, number in ((world.officer, 1), (world.clerk, 1), (world.other_clerk, 0), (world.other_officer, 0)):
        with world.house.reading(person) as work:
            assert len(correcting.waiting(work)) == number
    acknowledge(world, inquiry_id)
    with world.house.reading(world.clerk) as work:
        assert correcting.waiting(work) == []


# Answering again


def test_another_answer_passes_the_same_gate(world):
    inquiry_id = given(world, Channel.LETTER)
    retract(world, inquiry_id)
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version(work, inquiry_id), channel=Channel.LETTER, items=RIGHT)
        with pytest.raises(NotDisclosable, match="gate:letter_not_released"):
            lettering.give_by_download(work, inquiry_id, version(work, inquiry_id))


def test_after_a_wrong_person_there_is_no_answer_without_looking_again(world):
    inquiry_id = given(world)
    retract(world, inquiry_id, Cause.WRONG_PERSON)
    with pytest.raises(ForbiddenTransition), world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version(work, inquiry_id), channel=Channel.CALL_BACK, items=RIGHT)
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, version(work, inquiry_id))
    answer(world, inquiry_id, Channel.CALL_BACK, RIGHT)
    with world.house.work(world.clerk) as work:
        assert settling.told_by_telephone(work, work.inquiry(inquiry_id)) == RIGHT


@pytest.mark.documents
def test_the_replacement_has_its_own_number_and_name_and_says_what_it_replaces(world):
    inquiry_id = given(world, Channel.LETTER)
    world.clock.forward(days=1)
    retract(world, inquiry_id)
    answer(world, inquiry_id, Channel.LETTER, RIGHT)
    with world.house.work(world.clerk) as work:
        fetched = settling.fetch(work, inquiry_id)
        inquiry = work.inquiry(inquiry_id)
        [earlier] = correcting.taken_back(work, inquiry)
        now = delivering.given(work, inquiry)
        letter = composing.letter_for(work, inquiry, ReplyKind.ANSWER, number=now.document_number, told=RIGHT)
    assert fetched.name == "INQ-2026-000001-2.pdf"
    assert (earlier.number, now.document_number) == ("R8-00001", "R8-00002")
    assert letter.replaces is not None
    assert (letter.replaces.number, letter.replaces.dated_on.isoformat()) == ("R8-00001", "2026-11-25")


def test_a_letter_after_a_call_replaces_what_was_told_by_telephone(world):
    inquiry_id = given(world)
    retract(world, inquiry_id)
    with world.house.work(world.officer) as work:
        letter = composing.letter_for(work, work.inquiry(inquiry_id), ReplyKind.ANSWER, number="R8-00001", told=RIGHT)
    assert letter.replaces is not None
    assert letter.replaces.number == ""


def test_a_first_answer_replaces_nothing(world):
    inquiry_id = given(world, Channel.FILE)
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        assert composing.letter_for(work, inquiry, ReplyKind.ANSWER, number="R8-00001", told=TOLD).replaces is None
        assert file_name(work, inquiry, FileKind.WORD) == f"{inquiry.number}.docx"


def test_an_answer_may_be_taken_back_more_than_once_and_each_stays_on_record(world):
    inquiry_id = given(world, Channel.FILE)
    for told in (RIGHT, TOLD):
        world.clock.forward(hours=1)
        retract(world, inquiry_id)
        answer(world, inquiry_id, Channel.FILE, told)
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        latest, first = correcting.taken_back(work, inquiry)
        assert [answering.items_of(work, each.answer) for each in (first, latest)] == [TOLD, RIGHT]
        assert file_name(work, inquiry, FileKind.WORD).endswith("-3.docx")
        bodies = [str(vars(row)) for row in work.session.scalars(select(LedgerEntry))]
    assert [body for body in bodies if "'replaces'" in body or '"replaces"' in body] != []


# Due times and follow-ups


def test_the_replacement_is_due_the_same_day_of_business_and_late_only_after_that(world):
    inquiry_id = given(world)
    world.clock.forward(days=5)
    retract(world, inquiry_id)
    with world.house.reading(world.officer) as work:
        inquiry = viewing.listed(work, inquiry_id)
        assert timing.due_of(work, inquiry) - world.clock.now == timedelta(hours=7, minutes=15)
        assert not timing.is_late(work, inquiry)
        [line] = queue.waiting(work, queue.Tab.WAITING, Page(10)).lines
        assert (line.inquiry.id, line.urgency, line.is_retracted) == (inquiry_id, "today", True)
    world.clock.forward(days=1)
    with world.house.reading(world.officer) as work:
        assert timing.is_late(work, viewing.listed(work, inquiry_id))


def test_a_wait_for_dates_before_the_first_answer_moves_no_due_time_after_it(world):
    inquiry_id = attested(world, Finding.SEVERAL)
    with world.house.work(world.officer) as work:
        clarifying.ask(work, inquiry_id, version(work, inquiry_id), channel=Channel.PAGE, question="")
    world.clock.forward(hours=3)
    with world.house.work(world.clerk) as work:
        dates = CoverDates(acquired=PartialDate(2019, 4, 1))
        clarifying.supply(work, inquiry_id, version(work, inquiry_id), dates)
    attest(world, inquiry_id, Finding.ONE)
    answer(world, inquiry_id, Channel.CALL_BACK, TOLD)
    world.clock.forward(days=1)
    with world.house.reading(world.officer) as work:
        assert len(timing.pauses_of(work, viewing.listed(work, inquiry_id))) == 1
    retract(world, inquiry_id)
    with world.house.reading(world.officer) as work:
        assert timing.pauses_of(work, viewing.listed(work, inquiry_id)) == []


def test_a_list_goes_by_the_same_clock_as_the_inquiry_itself(world):
    asked, told, plain = (attested(world, Finding.SEVERAL) for _ in range(3))
    for each in (asked, told):
        with world.house.work(world.officer) as work:
            clarifying.ask(work, each, version(work, each), channel=Channel.PAGE, question="")
    world.clock.forward(hours=30)
    with world.house.work(world.clerk) as work:
        clarifying.supply(work, told, version(work, told), CoverDates(acquired=PartialDate(2019, 4, 1)))
    taken_back = given(world)
    world.clock.forward(days=5)
    retract(world, taken_back)
    with world.house.reading(world.officer) as work:
        listed = {each.id: timing.due_of(work, each) for each in timing.clocks(work, work.scope, OPEN)}
        assert listed == {
            each: timing.due_of(work, viewing.listed(work, each)) for each in (taken_back, asked, told, plain)
        }
        assert len(set(listed.values())) == 4, "they waited for different times"


def test_the_copy_of_a_wrong_person_is_not_brought_up_to_date(world):
    inquiry_id = given(world)
    retract(world, inquiry_id, Cause.WRONG_PERSON)
    with world.house.reading(world.officer) as work:
        assert following_up.waiting(work) == []


def test_a_copy_brought_up_to_date_is_looked_at_again_after_the_replacement(world):
    inquiry_id = given(world)
    with world.house.work(world.officer) as work:
        [refresh] = following_up.waiting(work)
        following_up.tick_off(work, refresh.id)
    retract(world, inquiry_id)
    answer(world, inquiry_id, Channel.CALL_BACK, RIGHT)
    with world.house.reading(world.officer) as work:
        assert [each.id for each in following_up.waiting(work)] == [refresh.id]
        assert len(list(work.session.scalars(select(CopyRefresh)))) == 1


def test_an_insurer_that_cannot_answer_after_all_says_so(world):
    inquiry_id = given(world)
    retract(world, inquiry_id, Cause.WRONG_PERSON)
    with world.house.work(world.officer) as work:
        reason = confirming.RefusalReason.NOT_SINGLED_OUT
        confirming.refuse(work, inquiry_id, version(work, inquiry_id), reason=reason, note="")
    acknowledge(world, inquiry_id)
    assert settle(world, inquiry_id).state == "settled"


def test_what_was_attested_is_attested_again(world):
    inquiry_id = attested(world, Finding.ONE)
    answer(world, inquiry_id, Channel.CALL_BACK, TOLD)
    assert retract(world, inquiry_id, Cause.WRONG_FINDING).state == "confirmed"
    attest(world, inquiry_id, Finding.ONE)
    answer(world, inquiry_id, Channel.CALL_BACK, RIGHT)


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.FILE])
def test_nobody_tries_a_call_again_once_the_answer_went_another_way_unless_it_was_taken_back(world, channel):
    inquiry_id = identified(world)
    with world.house.work(world.officer) as work:
        call = calling.start(work, inquiry_id)
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.NOT_IN))
    assert to_try_again(world) == [call.id]
    world.clock.forward(minutes=5)
    answer(world, inquiry_id, channel, TOLD)
    assert to_try_again(world) == []
    retract(world, inquiry_id)
    assert to_try_again(world) == [call.id]


def to_try_again(world):
    with world.house.reading(world.officer) as work:
        return [each.call.id for each in call_history.pending(work)]
