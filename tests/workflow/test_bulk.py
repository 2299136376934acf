"""一括処理: what may be done in one go and what may not, each inquiry by itself; on both engines."""

from dataclasses import replace
from datetime import date

import pytest

from inquiry.domain.calendar import day_of
from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.domain.four_eyes import Requirement, Rule
from inquiry.domain.parties import Entrance
from inquiry.domain.reply import Channel
from inquiry.domain.subject import Sex
from inquiry.store.bulk_runs import BulkOutcome
from inquiry.workflow import answering, bulk, confirming, four_eyes, identifying, municipalities, timing
from inquiry.workflow.bulk import Settled, Task
from inquiry.workflow.suspicions import Kind, Sign, open_sign
from tests.web.stages import events_of, filed, state_of, version_of
from tests.workflow.roster_table import row, taken
from tests.world import CHIYODA, SATO, member

SAID = "健康推進課 山田様。照会２件を確かめた"
ASKED = ("SHIKAKU-02", "SHIKAKU-03", "SHIKAKU-06", "SHIKAKU-07")


def letters(world, *subjects, **changes):
    """File an inquiry about each, to be answered by letter."""
    needed_by = world.clock.now.date()
    return [
        filed(world, subject=subject, channel=Channel.LETTER, needed_by=needed_by, items=ASKED, **changes)
        for subject in subjects
    ]


def settled(**changes):
    return replace(Settled(CHIYODA, SAID), **changes)


def run(world, task, picked, call=None):
    """Take a step for these inquiries and return why some were refused, by inquiry."""
    with world.house.work(world.officer) as work:
        made = (
            bulk.begin_confirming(work, picked, call or settled())
            if task is Task.CONFIRM
            else bulk.begin(work, task, picked)
        )
    bulk.carry_on(world.house, world.officer)
    with world.house.reading(world.officer) as work:
        return {
            line.inquiry_id: line.code for line in bulk.run(work, made.id).lines if line.outcome != BulkOutcome.DONE
        }


def test_what_came_by_telephone_is_confirmed_by_itself(world):
    heard = filed(world, entrance=Entrance.TELEPHONE)
    mine = filed(world)
    assert run(world, Task.CONFIRM, [heard, mine]) == {heard: "bulk:not_from_system"}
    assert state_of(world, mine) == "confirmed"


def test_what_changed_since_it_was_picked_is_left_with_its_reason(world):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work:
        made = bulk.begin_confirming(work, [inquiry_id], settled())
        work.note(work.inquiry(inquiry_id), "insurer_contacted")
        work.inquiry(inquiry_id).version += 1
    bulk.carry_on(world.house, world.officer)
    with world.house.reading(world.officer) as work:
        assert bulk.run(work, made.id).lines[0].code == "superseded"
    with world.house.work(world.officer) as work:
        bulk.try_again(work, made.id)
    bulk.carry_on(world.house, world.officer)
    assert state_of(world, inquiry_id) == "confirmed"


def test_an_inquiry_that_breaks_every_time_lets_the_others_take_their_step(world, monkeypatch):
    broken, other = filed(world), filed(world)
    with world.house.work(world.officer) as work:
        made = bulk.begin_confirming(work, [broken, other], settled())
    confirm_as_ever = confirming.confirm

    def confirm(work, inquiry_id, *said):
        if inquiry_id == broken:
            raise ZeroDivisionError
        return confirm_as_ever(work, inquiry_id, *said)

    monkeypatch.setattr(confirming, "confirm", confirm)
    first_of_run(world, made.id, broken)
    with pytest.raises(ZeroDivisionError):
        bulk.carry_on(world.house, world.officer)
    with world.house.work(world.officer) as work:
        bulk.try_again(work, made.id)
    bulk.carry_on(world.house, world.officer)
    with world.house.reading(world.officer) as work:
        codes = {line.inquiry_id: (line.outcome, line.code) for line in bulk.run(work, made.id).lines}
    assert codes == {broken: (BulkOutcome.REFUSED, "bulk:broke_off"), other: (BulkOutcome.DONE, "")}


def first_of_run(world, run_id, inquiry_id):
    """Two inquiries of one moment stand in either order; here the broken one comes first."""
    with world.house.work(world.officer) as work:
        first, second = bulk.run(work, run_id).lines
        if first.inquiry_id != inquiry_id:
            first.inquiry_id, second.inquiry_id = second.inquiry_id, first.inquiry_id
            first.version, second.version = second.version, first.version
        work.record("bulk:tried_again", run=run_id)


def test_a_channel_the_insurer_does_not_offer_is_refused_row_by_row(world):
    inquiry_id = filed(world)
    offered = run(world, Task.CONFIRM, [inquiry_id], settled(channel=Channel.PAGE))
    assert offered == {inquiry_id: "filing:channel_not_offered"}


def test_no_bulk_action_erases_lateness(world):
    late = filed(world)
    world.clock.forward(days=1)
    in_time = filed(world)
    agreed = settled(channel=Channel.LETTER, needed_by=world.clock.now.date().replace(day=30))
    assert run(world, Task.CONFIRM, [late, in_time], agreed) == {}
    with world.house.reading(world.officer) as work:
        assert timing.is_late(work, work.inquiry(late))
        assert day_of(timing.due_of(work, work.inquiry(in_time))) == agreed.needed_by


#  what was typed                               why it is refused
REFUSED = [
    ({"said": " "}, "bulk:said_missing"),
    ({"channel": Channel.LETTER}, "filing:needed_by_missing"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED)
def test_a_call_without_its_record_confirms_nothing(world, changes, code):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work, pytest.raises(InvalidValue, match=code):
        bulk.begin_confirming(work, [inquiry_id], settled(**changes))


def test_another_insurers_run_and_inquiries_are_not_to_be_had(world):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work:
        made = bulk.begin_confirming(work, [inquiry_id], settled())
    with world.house.work(world.other_officer) as work:
        with pytest.raises(NotFound):
            bulk.run(work, made.id)
        with pytest.raises(InvalidValue, match="bulk:not_waiting"):
            bulk.begin_confirming(work, [inquiry_id], settled())


def test_an_answer_is_prepared_from_the_roster_or_not_at_all(world):
    (attested,) = letters(world, SATO)
    run(world, Task.CONFIRM, [attested])
    with world.house.work(world.officer) as work:
        said = identifying.Attestation(identifying.Finding.ONE, frozenset(identifying.Identifier), reason="自システム")
        identifying.attest(work, attested, version_of(world, attested), said)
    assert run(world, Task.PREPARE, [attested]) == {attested: "bulk:not_from_roster"}


def test_an_item_the_roster_does_not_know_leaves_the_answer_to_the_officer(world):
    world.take_over_roster(member(enrolments=(replace(member().enrolments[0], symbol=""),)))
    (inquiry_id,) = letters(world, SATO)
    run(world, Task.CONFIRM, [inquiry_id])
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, version_of(world, inquiry_id))
    assert run(world, Task.PREPARE, [inquiry_id]) == {inquiry_id: "answer:item_empty"}
    assert "answer_prepared" not in events_of(world, inquiry_id)


def test_the_gate_stays_the_only_door(world):
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0)
    world.take_over_roster(member())
    (inquiry_id,) = letters(world, SATO)
    run(world, Task.CONFIRM, [inquiry_id])
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, version_of(world, inquiry_id))
    run(world, Task.PREPARE, [inquiry_id])
    refused = run(world, Task.HAND_OVER, [inquiry_id])
    assert list(refused) == [inquiry_id]
    assert refused[inquiry_id].startswith("gate:")
    assert state_of(world, inquiry_id) == "identified"


def test_two_hands_take_each_step_once(world):
    inquiry_ids = [filed(world), filed(world, procedure="YOBO-16")]
    with world.house.work(world.officer) as work:
        bulk.begin_confirming(work, inquiry_ids, settled())
    bulk.carry_on(world.house, world.officer)
    bulk.carry_on(world.house, world.officer)
    assert [events_of(world, each).count("confirm_inquirer") for each in inquiry_ids] == [1, 1]


def test_what_pmo_staff_were_told_is_suspicious_is_confirmed_by_itself(world):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work:
        open_sign(work, Kind.LOOK_ALIKE, Sign("0300000002", "0300000001", "千代田区"), inquiry=work.inquiry(inquiry_id))
    assert run(world, Task.CONFIRM, [inquiry_id]) == {inquiry_id: "bulk:suspected"}


def test_a_main_line_that_changed_since_the_call_confirms_nothing(world):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work:
        made = bulk.begin_confirming(work, [inquiry_id], settled())
    with world.house.work(world.operator) as work:
        seen = municipalities.MainLineEntry("03-0000-7777", "https://www.example.lg.jp/", work.today)
        municipalities.enter_main_line(work, CHIYODA, seen)
    bulk.carry_on(world.house, world.officer)
    with world.house.reading(world.officer) as work:
        assert bulk.run(work, made.id).lines[0].code == "bulk:main_line_changed"


def test_of_several_periods_the_officer_says_which_one(world):
    period = member().enrolments[0]
    earlier = replace(period, acquired_on=period.acquired_on.replace(year=2010), lost_on=period.acquired_on)
    world.take_over_roster(member(enrolments=(earlier, period)))
    (inquiry_id,) = letters(world, SATO)
    run(world, Task.CONFIRM, [inquiry_id])
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, version_of(world, inquiry_id))
    assert run(world, Task.PREPARE, [inquiry_id]) == {inquiry_id: "bulk:several_periods"}


PERIOD = member().enrolments[0]
LATER = date(2026, 11, 20)
#  the roster the next day says                                              the answer is not prepared, because
CHANGED = [
    (member(enrolments=(replace(PERIOD, lost_on=LATER),)),                   "answer:roster_changed"),
    (member(enrolments=(replace(PERIOD, symbol="77"),)),                     "answer:roster_changed"),
    (member(enrolments=(replace(PERIOD, lost_on=LATER), replace(PERIOD, acquired_on=LATER))), "answer:roster_changed"),
    (member(enrolments=()),                                                  "answer:roster_changed"),
    (member(enrolments=(PERIOD,), is_withheld=True),                         "gate:outdated"),
    (member("9", sex=Sex.FEMALE),                                            "gate:outdated"),
    (member(address="千代田区霞が関"),                                       ""),
]  # fmt: skip


@pytest.mark.parametrize(("now", "code"), CHANGED)
def test_nobody_tells_in_one_go_what_only_yesterdays_roster_said(world, now, code):
    inquiry_id = found_on(world, member())
    world.clock.forward(days=1)
    world.take_over_roster(now)
    assert run(world, Task.PREPARE, [inquiry_id]) == ({inquiry_id: code} if code else {})
    assert ("answer_prepared" in events_of(world, inquiry_id)) is not bool(code)


def test_differences_of_a_day_that_end_cover_are_not_told_past(world):
    inquiry_id = found_on(world, member())
    taken(world, ("変更", row(氏名="高橋　太郎", 資格喪失年月日="2026-11-20")), as_of=world.clock.now.date())
    assert run(world, Task.PREPARE, [inquiry_id]) == {inquiry_id: "answer:roster_changed"}


def test_of_two_periods_of_which_the_roster_kept_one_nothing_is_told_unseen(world):
    inquiry_id = found_on(
        world, member(enrolments=(replace(PERIOD, lost_on=LATER), replace(PERIOD, acquired_on=LATER)))
    )
    world.take_over_roster(member())
    assert run(world, Task.PREPARE, [inquiry_id]) == {inquiry_id: "answer:roster_changed"}


@pytest.mark.documents
def test_what_was_prepared_unseen_leaves_once_somebody_wrote_what_the_roster_says_now(world):
    inquiry_id = found_on(world, member())
    assert run(world, Task.PREPARE, [inquiry_id]) == {}
    world.clock.forward(days=1)
    world.take_over_roster(member(enrolments=(replace(PERIOD, lost_on=LATER),)))
    assert run(world, Task.HAND_OVER, [inquiry_id]) == {inquiry_id: "answer:roster_changed"}
    assert "letter_released" not in events_of(world, inquiry_id)
    told = {"SHIKAKU-02": "12", "SHIKAKU-03": "345", "SHIKAKU-06": "平成31年4月1日", "SHIKAKU-07": "令和8年11月20日"}
    world.clock.forward(minutes=1)
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version_of(world, inquiry_id), channel=Channel.LETTER, items=told)
    assert run(world, Task.HAND_OVER, [inquiry_id]) == {}
    assert state_of(world, inquiry_id) == "answered"


@pytest.mark.documents
def test_what_was_prepared_from_the_roster_in_force_is_told_however_old_the_finding(world):
    inquiry_id = found_on(world, member())
    run(world, Task.PREPARE, [inquiry_id])
    world.clock.forward(days=1)
    world.take_over_roster(member(address="千代田区霞が関"))
    assert run(world, Task.HAND_OVER, [inquiry_id]) == {}


def found_on(world, whom):
    """Let the roster find somebody who is asked about by letter."""
    world.take_over_roster(whom)
    (inquiry_id,) = letters(world, SATO)
    run(world, Task.CONFIRM, [inquiry_id])
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, version_of(world, inquiry_id))
    return inquiry_id


def test_what_nobody_was_found_for_yet_is_not_prepared(world):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work, pytest.raises(InvalidValue, match="bulk:not_waiting"):
        bulk.begin(work, Task.PREPARE, [inquiry_id])
