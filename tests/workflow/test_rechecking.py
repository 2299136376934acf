"""該当者なし carries the roster's date, and is looked at again when a later roster comes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from inquiry.domain.errors import Forbidden, NotDisclosable, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.domain.subject import PersonName, Sex
from inquiry.store.rosters import Stage, active_generation, generations_at
from inquiry.workflow import (
    answering,
    calling,
    composing,
    confirming,
    filing,
    identifying,
    own_variants,
    rechecking,
    settling,
    viewing,
)
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.identifying import Attestation
from inquiry.workflow.rechecking import Rechecked
from inquiry.workflow.roster_comparing import Consent
from tests.workflow.roster_table import PATIENCE, back
from tests.workflow.test_versions import wait_until_somebody_waits
from tests.world import ALL_READ_BACK, SATO, member

OTHER = member("9", name=PersonName("鈴木　花子", "スズキ ハナコ"), sex=Sex.FEMALE)


def confirmed(world):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    return inquiry_id


def found_nobody(world):
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        assert identifying.identify(work, inquiry_id, 2).state == "not_found"
    return inquiry_id


def answer(world, inquiry_id):
    with world.house.work(world.officer) as work:
        version = work.inquiry(inquiry_id).version
        answering.prepare(work, inquiry_id, version, channel=Channel.CALL_BACK, items={})
        word = calling.start(work, inquiry_id).municipality_word
        calling.hear(work, inquiry_id, word=word, reached="健康推進課 山田様")
        answering.give_by_call(work, inquiry_id, work.inquiry(inquiry_id).version, read_back=ALL_READ_BACK)
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))


def recheck(world):
    return rechecking.recheck(world.house, world.officer, world.insurer_id)


def waiting(world, actor=None):
    with world.house.reading(actor or world.officer) as work:
        return rechecking.waiting(work)


def events(world, actor, inquiry_id):
    with world.house.work(actor) as work:
        return [line.event for line in viewing.page(work, inquiry_id).timeline]


@pytest.fixture
def nobody(world):
    """Two inquiries about whom the roster says nobody: one answered, one not."""
    world.take_over_roster(OTHER)
    answered, unanswered = found_nobody(world), found_nobody(world)
    answer(world, answered)
    world.clock.forward(days=10)
    return answered, unanswered


def test_a_later_roster_that_brings_the_person_is_told_to_the_insurer_alone(world, nobody):
    world.take_over_roster(OTHER, member())
    assert recheck(world) == Rechecked(looked=2, found=2)
    assert {later.inquiry_id for later in waiting(world)} == set(nobody)
    assert {later.finding for later in waiting(world)} == {Finding.ONE}
    assert waiting(world, world.other_officer) == []
    for inquiry_id in nobody:
        assert "roster_brings_person" in events(world, world.officer, inquiry_id)
        assert "roster_brings_person" not in events(world, world.clerk, inquiry_id)


def test_whoever_imports_at_the_console_may_look_again_too(world, nobody):
    world.take_over_roster(member())
    assert rechecking.recheck(world.house, world.operator, world.insurer_id) == Rechecked(2, 2)


@pytest.mark.parametrize(
    ("roll", "found"),
    [
        ((OTHER,), 0),
        ((member(birth_date=PartialDate(1958, 4, 2)),), 0),
        ((member(name=PersonName("高橋　●郎", "タカハシ タロウ")),), 2),
        ((member("1"), member("2")), 2),
    ],
)
def test_only_what_the_later_roster_no_longer_calls_nobody_is_told(world, nobody, roll, found):
    world.take_over_roster(*roll)
    assert recheck(world) == Rechecked(2, found)
    assert len(waiting(world)) == found


def test_looking_twice_tells_once(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    first = waiting(world)
    world.clock.forward(days=1)
    assert recheck(world) == Rechecked(2, 0)
    world.take_over_roster(member(), OTHER)
    assert recheck(world) == Rechecked(2, 0)
    assert [(each.id, each.found_at) for each in waiting(world)] == [(each.id, each.found_at) for each in first]


def test_without_a_later_roster_there_is_nothing_to_look_at(world, nobody):
    assert recheck(world) == Rechecked(0, 0)


def test_ninety_days_after_the_answer_it_rests(world, nobody):
    world.clock.forward(days=81)
    world.take_over_roster(member())
    assert recheck(world) == Rechecked(looked=1, found=1)
    assert [later.inquiry_id for later in waiting(world)] == [nobody[1]]


def test_what_an_officer_attested_is_not_looked_at(world):
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, 2, Attestation(Finding.NONE, frozenset()))
    world.take_over_roster(member())
    assert recheck(world) == Rechecked(0, 0)


def test_an_unanswered_one_goes_again_and_leaves_the_list(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    with world.house.work(world.officer) as work:
        version = work.inquiry(nobody[1]).version
        identifying.again(work, nobody[1], version, reason="新しい名簿で確かめる")
        assert identifying.identify(work, nobody[1], version + 1).state == "identified"
    assert [later.inquiry_id for later in waiting(world)] == [nobody[0]]


def test_nobody_is_told_that_nobody_matched_once_a_later_roster_holds_the_person(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    with pytest.raises(NotDisclosable, match="overtaken"):
        answer(world, nobody[1])


def test_an_answered_one_is_ticked_off_by_a_supervisor_of_the_insurer_and_once(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    later = next(each for each in waiting(world) if each.inquiry_id == nobody[0])
    with pytest.raises(NotFound), world.house.work(world.other_officer) as work:
        rechecking.tick_off(work, later.id)
    with pytest.raises(Forbidden, match="supervisor_only"), world.house.work(world.officer) as work:
        rechecking.tick_off(work, later.id)
    with world.house.work(world.supervisor) as work:
        rechecking.tick_off(work, later.id)
    assert later.id not in {each.id for each in waiting(world)}
    with pytest.raises(Forbidden, match="done_already"), world.house.work(world.supervisor) as work:
        rechecking.tick_off(work, later.id)


def test_nobody_is_said_with_the_date_of_the_roster(world):
    world.take_over_roster(OTHER)
    world.clock.forward(days=3)
    inquiry_id = found_nobody(world)
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        letter = composing.letter_for(work, inquiry, ReplyKind.NOT_FOUND, number="R8-00001")
        recorded = identifying.recorded(work, inquiry)
        assert recorded is not None
        assert letter.roster_on == recorded.roster_on
        assert letter.roster_on.isoformat() == "2026-11-25"
        assert "令和8年11月25日（2026年11月25日）現在の加入者名簿" in work.house.press.wording.of(letter, "file")
        work.record("inquiry:read", inquiry)


def test_what_an_officer_attested_names_no_roster(world):
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, 2, Attestation(Finding.NONE, frozenset()))
        letter = composing.letter_for(work, work.inquiry(inquiry_id), ReplyKind.NOT_FOUND, number="R8-00001")
        assert letter.roster_on is None
        assert "加入者名簿" not in work.house.press.wording.of(letter, "file")


NAMESAKE = member("7", name=PersonName("高橋　●郎", "タカハシ タロウ"))


def tick_off_the_answered(world, nobody):
    for later in waiting(world):
        if later.inquiry_id != nobody[0]:
            continue
        with world.house.work(world.supervisor) as work:
            rechecking.tick_off(work, later.id)


def test_who_was_somebody_else_hides_nobody_whom_a_later_roster_brings(world, nobody):
    world.take_over_roster(OTHER, NAMESAKE)
    assert recheck(world).found == 2
    tick_off_the_answered(world, nobody)
    world.take_over_roster(OTHER, NAMESAKE)
    assert recheck(world).found == 0, "the same namesake is not told twice"
    assert [later.inquiry_id for later in waiting(world)] == [nobody[1]]
    world.take_over_roster(OTHER, NAMESAKE, member())
    recheck(world)
    assert {later.inquiry_id for later in waiting(world)} == set(nobody)


@pytest.mark.parametrize("roll", [[member()], [NAMESAKE], [member("1"), member("2")]], ids=["one", "doubt", "several"])
def test_nobody_ticks_off_one_that_is_not_answered(world, nobody, roll):
    world.take_over_roster(*roll)
    recheck(world)
    unanswered = next(each for each in waiting(world) if each.inquiry_id == nobody[1])
    with pytest.raises(Forbidden, match="later_finding:not_answered"), world.house.work(world.supervisor) as work:
        rechecking.tick_off(work, unanswered.id)
    with pytest.raises(NotDisclosable, match="overtaken"):
        answer(world, nobody[1])


def test_an_unanswered_one_is_answered_once_an_officer_saw_that_it_is_somebody_else(world, nobody):
    world.take_over_roster(OTHER, NAMESAKE)
    recheck(world)
    with world.house.work(world.officer) as work:
        version = work.inquiry(nobody[1]).version
        identifying.again(work, nobody[1], version, reason="新しい名簿で確かめる")
        identifying.reject_candidates(work, nobody[1], version + 1, reason="別人")
    world.take_over_roster(OTHER, NAMESAKE)
    recheck(world)
    answer(world, nobody[1])


def test_a_released_pair_looks_again_at_what_was_answered_too(world):
    world.take_over_roster(member(name=PersonName("高橋　太昴", "タカハシ タロウ")))
    with world.house.work(world.clerk) as work:
        subject = replace(SATO, name=PersonName("高橋　太昂", "タカハシ タロウ"))
        inquiry_id = filing.file(work, world.filing(subject=subject)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
        identifying.identify(work, inquiry_id, 2)
    answer(world, inquiry_id)
    assert recheck(world) == Rechecked(looked=0, found=0)
    with world.house.work(world.officer) as work:
        variant_id = own_variants.propose(work, "昂", "昴", evidence="戸籍の写し").id
    with world.house.work(world.supervisor) as work:
        own_variants.release(work, variant_id)
    assert recheck(world) == Rechecked(looked=1, found=1)
    assert [later.finding for later in waiting(world)] == [Finding.ONE]


def put_back(world):
    """Bring the roster before back into force; it was somebody else's."""
    with world.house.reading(world.operator) as work:
        [previous] = [each.id for each in generations_at(work.session, world.insurer_id, Stage.PREVIOUS)]
    back(world, previous, Consent(allows_vanishing=True, allows_opening=True, allows_others=True))


#  what a mistaken roster brings                     how that is told
MISTAKEN = {
    "one": ([member()], Finding.ONE),
    "withheld": ([member(is_withheld=True)], Finding.ONE),
    "in doubt": ([NAMESAKE], Finding.CONFIRM),
    "several": ([member("1"), member("2")], Finding.SEVERAL),
}


@pytest.mark.parametrize(("roll", "finding"), MISTAKEN.values(), ids=MISTAKEN)
def test_what_a_mistaken_roster_brought_leaves_with_it(world, nobody, roll, finding):
    world.take_over_roster(*roll)
    recheck(world)
    assert {later.finding for later in waiting(world)} == {finding}
    put_back(world)
    assert recheck(world) == Rechecked(looked=2, found=0, gone=2)
    assert waiting(world) == []
    for inquiry_id in nobody:
        assert events(world, world.officer, inquiry_id)[-1] == "roster_takes_person_away"
        assert "roster_takes_person_away" not in events(world, world.clerk, inquiry_id)
    answer(world, nobody[1])


def test_who_comes_again_after_a_mistaken_roster_is_told_again(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    put_back(world)
    recheck(world)
    put_back(world)
    assert recheck(world) == Rechecked(looked=2, found=2, gone=0)
    assert {later.inquiry_id for later in waiting(world)} == set(nobody)


def test_what_a_supervisor_dealt_with_stays_so_when_a_roster_goes_back_and_forth(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    tick_off_the_answered(world, nobody)
    for _ in range(2):
        put_back(world)
        recheck(world)
    assert [later.inquiry_id for later in waiting(world)] == [nobody[1]]


#  what the next roster holds after one in doubt            what the list says then, and how many it tells anew
CORRECTED = {
    "read in full": ([member()], {Finding.ONE}, Rechecked(2, 2)),
    "another name": ([member(name=OTHER.name)], set(), Rechecked(2, 0, 2)),
    "gone": ([OTHER], set(), Rechecked(2, 0, 2)),
    "the same": ([NAMESAKE, OTHER], {Finding.CONFIRM}, Rechecked(2, 0)),
    "another in doubt": ([NAMESAKE, member("8", name=NAMESAKE.name)], {Finding.CONFIRM}, Rechecked(2, 2)),
}


@pytest.mark.parametrize(("roll", "findings", "rechecked"), CORRECTED.values(), ids=CORRECTED)
def test_the_list_says_what_the_latest_roster_says(world, nobody, roll, findings, rechecked):
    world.take_over_roster(NAMESAKE)
    recheck(world)
    world.clock.forward(days=1)
    world.take_over_roster(*roll)
    assert recheck(world) == rechecked
    now = waiting(world)
    assert {later.finding for later in now} == findings
    with world.house.reading(world.officer) as work:
        in_force = active_generation(work.session, world.insurer_id)
    assert {later.generation_id for later in now} <= {in_force.id}
    is_anew = rechecked.found > 0
    assert all((later.found_at == world.clock.now) is is_anew for later in now)


def test_one_answered_long_ago_leaves_the_list_as_well(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    world.clock.forward(days=91)
    put_back(world)
    assert recheck(world).gone == 2


def test_a_rejected_candidates_inquiry_leaves_the_list_when_only_that_candidate_is_left(world):
    world.take_over_roster(NAMESAKE)
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        identifying.reject_candidates(work, inquiry_id, 2, reason="別人")
    for _ in range(2):
        world.take_over_roster(NAMESAKE, member("8"))
        assert recheck(world) == Rechecked(1, 1)
        world.take_over_roster(NAMESAKE)
        assert recheck(world) == Rechecked(1, 0, 1)
    assert waiting(world) == []


def test_looking_again_after_a_roster_was_put_back_is_due_until_it_is_done(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    put_back(world)
    with world.house.reading(world.operator) as work:
        assert rechecking.due(work) == [world.insurer_id]
    recheck(world)
    with world.house.reading(world.operator) as work:
        assert rechecking.due(work) == []


def test_a_line_about_a_roster_that_is_over_is_due_whatever_was_noted_of_the_one_in_force(world, nobody):
    world.take_over_roster(member())
    recheck(world)
    with world.house.reading(world.operator) as work:
        version = active_generation(work.session, world.insurer_id).rechecked_by
    put_back(world)
    with world.house.work(world.operator) as work:
        active_generation(work.session, world.insurer_id).rechecked_by = version
        work.record("roster:put_back")
    with world.house.reading(world.operator) as work:
        assert rechecking.due(work) == [world.insurer_id]
    assert recheck(world).gone == 2
    with world.house.reading(world.operator) as work:
        assert rechecking.due(work) == []


def withdraw(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        settling.withdraw(work, inquiry_id, work.inquiry(inquiry_id).version, reason="不要")


def refuse(world, inquiry_id):
    with world.house.work(world.officer) as work:
        reason = confirming.RefusalReason.NOT_SINGLED_OUT
        confirming.refuse(work, inquiry_id, work.inquiry(inquiry_id).version, reason=reason, note="")


@pytest.mark.parametrize("end", [withdraw, refuse])
def test_one_that_asks_for_nothing_any_more_leaves_the_list(world, nobody, end):
    world.take_over_roster(member())
    recheck(world)
    end(world, nobody[1])
    assert [later.inquiry_id for later in waiting(world)] == [nobody[0]]
    put_back(world)
    assert recheck(world) == Rechecked(1, 0, 1)


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_whoever_waits_for_one_inquiry_holds_no_other(world, nobody):
    older, younger = sorted(nobody)  # filed at one moment
    world.take_over_roster(member())
    with ThreadPoolExecutor(1) as pool:
        with world.house.work(world.officer) as work:
            work.inquiry(younger)
            again = pool.submit(recheck, world)
            wait_until_somebody_waits(world)
            work.inquiry(older)
        assert again.result(PATIENCE) == Rechecked(looked=2, found=2)
