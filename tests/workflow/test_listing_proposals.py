"""memo 3(1): the system proposes, the insurer may object in writing, and a person decides with a reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.directory.difficulty import Measure
from inquiry.directory.difficulty_rules import STANDARD, DifficultyRules, Direction, Threshold
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.store.listing_proposals import ListingObjection
from inquiry.workflow import difficult_drafting, difficulty_rules, filing, listing_proposals
from inquiry.workflow.listing_proposals import Decision, Outcome
from tests.workflow.test_difficult_insurers import listing

# One inquiry a month says something, and one that is late says everything.
STRICT = DifficultyRules(
    {Measure.UNREGISTERED: Threshold(2, 1), Measure.LATE_PERCENT: Threshold(50, 10)},
    least_inquiries=1,
    months_to_enter=2,
    months_to_leave=2,
)
OBJECTION = "登録は先月までに終わりました。"


def suffer(world, *months):
    """File two inquiries in each of these months of 2026, and leave them unanswered."""
    now = world.clock.now
    for month in months:
        world.clock.now = datetime(2026, month, 10, 1, 0, tzinfo=UTC)
        for _ in range(2):
            with world.house.work(world.clerk) as work:
                filing.file(work, world.filing())
    world.clock.now = now


def propose(world, direction=Direction.ENTER, *, insurer_id=None, reason="登録と回答が遅れています。"):
    with world.house.work(world.pmo) as work:
        return listing_proposals.open_proposal(work, insurer_id or world.insurer_id, direction, reason=reason)


def decide(world, proposal, by=None, **changes):
    decision = replace(Decision(Outcome.ADOPTED, "根拠のとおりです。", date(2026, 12, 20)), **changes)
    with world.house.work(by or world.pmo) as work:
        return listing_proposals.decide(work, proposal.id, decision)


def object_to(world, proposal, by=None, text=OBJECTION):
    with world.house.work(by or world.officer) as work:
        listing_proposals.object_to(work, proposal.id, text=text)


def reply(world, proposal, text="先月の数値を確かめました。"):
    with world.house.work(world.pmo) as work:
        listing_proposals.reply(work, proposal.id, text=text)


def suggested(world, rules=STRICT):
    with world.house.reading(world.pmo) as work:
        return [(each.insurer.id, each.direction) for each in listing_proposals.suggestions(work, rules)]


def test_whole_months_of_evidence_suggest_who_is_to_be_listed(world):
    suffer(world, 9, 11)
    assert suggested(world) == []  # October is missing, November goes on
    suffer(world, 10)
    assert suggested(world) == [(world.insurer_id, Direction.ENTER)]
    assert suggested(world, DifficultyRules(STANDARD)) == []
    propose(world)
    assert suggested(world) == []


def test_a_listed_insurer_whose_answers_come_in_time_is_suggested_to_leave(world):
    world.publish_list(listing(world.insurer_id, from_on=date(2026, 4, 1), until_on=None))
    now = world.clock.now
    for month in (9, 10):
        world.clock.now = datetime(2026, month, 9, 1, 0, tzinfo=UTC)
        with world.house.work(world.clerk) as work:
            inquiry = filing.file(work, world.filing(reason="E06"))
        with world.house.work(world.officer) as work:
            held = work.inquiry(inquiry.id)
            held.answered_at, held.state = work.now, "answered"
            work.record("inquiry:answer", held)
    world.clock.now = now
    assert suggested(world) == [(world.insurer_id, Direction.LEAVE)]


def test_a_proposal_keeps_the_evidence_as_it_was(world):
    suffer(world, 9, 10)
    proposal = propose(world)
    suffer(world, 9)
    with world.house.reading(world.officer) as work:
        months = listing_proposals.months_of(listing_proposals.proposal_of(work, proposal.id))
    assert [month.evidence.inquiries for month in months[-3:]] == [2, 2, 0]
    assert months[-3].evidence.late == 2
    assert proposal.object_until == date(2026, 12, 9)


def test_nothing_is_decided_before_the_insurer_had_its_time(world):
    proposal = propose(world)
    world.clock.now = datetime(2026, 12, 9, 14, 0, tzinfo=UTC)  # 23:00 of the last day
    with pytest.raises(Forbidden, match="time_to_object"):
        decide(world, proposal)
    world.clock.forward(hours=1)
    assert decide(world, proposal).outcome == "adopted"


def test_an_insurer_without_objection_shortens_the_time(world):
    proposal = propose(world)
    with world.house.work(world.officer) as work:
        listing_proposals.agree(work, proposal.id)
    assert decide(world, proposal).outcome == "adopted"


def test_an_objection_is_sealed_and_answered_before_anything_is_decided(world):
    proposal = propose(world)
    object_to(world, proposal)
    with world.house.reading() as work:
        assert OBJECTION.encode() not in work.session.get(ListingObjection, proposal.id).text_ct
    world.clock.forward(days=30)
    with pytest.raises(Forbidden, match="objection_unanswered"):
        decide(world, proposal)
    reply(world, proposal)
    for person in (world.officer, world.pmo):
        with world.house.work(person) as work:
            said = listing_proposals.read(work, listing_proposals.proposal_of(work, proposal.id))
        assert (said.objection, said.reply) == (OBJECTION, "先月の数値を確かめました。")
    assert decide(world, proposal, outcome=Outcome.DROPPED, on=None).outcome == "dropped"


def test_what_is_adopted_goes_into_the_draft_and_a_second_person_publishes_it(world):
    proposal = propose(world, insurer_id=world.branch_id)
    world.clock.forward(days=15)
    with pytest.raises(InvalidValue, match="association_dependants_only"):
        decide(world, proposal)
    decide(world, proposal, scope=Scope.DEPENDANTS_ONLY, category=Category.VACCINATION)
    with world.house.reading(world.pmo) as work:
        draft = difficult_drafting.draft_of(work)
        entry = draft.lines[0].entry
        assert (entry.scope, entry.category, entry.from_on) == ("dependants_only", "vaccination", date(2026, 12, 20))
        assert not difficult_drafting.may_publish(work, draft)
        assert not listing_proposals.is_listed(work, world.branch_id)


def test_an_insurer_that_leaves_keeps_its_entry_until_its_last_day(world):
    world.publish_list(
        listing(world.insurer_id, from_on=date(2026, 4, 1), until_on=None),
        listing(world.insurer_id, from_on=date(2026, 4, 1), until_on=None, category=Category.VACCINATION),
    )
    proposal = propose(world, Direction.LEAVE)
    world.clock.forward(days=15)
    with pytest.raises(InvalidValue, match="ends_before_it_begins"):
        decide(world, proposal, on=date(2026, 3, 1))
    decide(world, proposal)
    with world.house.reading(world.pmo) as work:
        entries = [line.entry for line in difficult_drafting.draft_of(work).lines]
    assert {(entry.category, entry.until_on) for entry in entries} == {
        ("attachments_needed", date(2026, 12, 20)),
        ("vaccination", date(2026, 12, 20)),
    }


REFUSALS = [
    (lambda world, proposal: decide(world, proposal, reason=" "), InvalidValue, "decision_reason_missing"),
    (lambda world, proposal: decide(world, proposal, on=None), InvalidValue, "day_missing"),
    (object_to, Forbidden, "too_late"),
    (lambda world, proposal: object_to(world, proposal, text=" "), InvalidValue, "objection_missing"),
    (lambda world, proposal: object_to(world, proposal, world.other_officer), NotFound, "not_found"),
    (reply, Forbidden, "nothing_to_answer"),
    (lambda world, proposal: reply(world, proposal, text=""), InvalidValue, "reply_missing"),
    (lambda world, proposal: propose(world), Forbidden, "open_already"),
]


@pytest.mark.parametrize(("deed", "refusal", "code"), REFUSALS)
def test_what_may_not_be_done_after_the_time_to_object(world, deed, refusal, code):
    proposal = propose(world)
    world.clock.forward(days=15)
    with pytest.raises(refusal, match=code):
        deed(world, proposal)


def test_something_is_said_once(world):
    proposal = propose(world)
    object_to(world, proposal)
    with pytest.raises(Forbidden, match="said_already"), world.house.work(world.officer) as work:
        listing_proposals.agree(work, proposal.id)


def test_a_proposal_is_decided_once(world):
    proposal = propose(world)
    world.clock.forward(days=15)
    decide(world, proposal)
    with pytest.raises(Forbidden, match="decided_already"):
        decide(world, proposal, by=world.other_pmo, outcome=Outcome.DROPPED)


def test_a_proposal_leads_somewhere_and_has_a_reason(world):
    with pytest.raises(Forbidden, match="stands_there"):
        propose(world, Direction.LEAVE)
    with pytest.raises(InvalidValue, match="reason_missing"):
        propose(world, reason=" ")
    with pytest.raises(NotFound, match="insurer_not_found"):
        propose(world, insurer_id="nobody")


def test_rules_are_changed_in_versions_with_a_reason(world):
    with world.house.work(world.pmo) as work:
        difficulty_rules.change(work, STRICT, number=0, reason="試行の結果による。")
    with world.house.reading(world.pmo) as work:
        editions = difficulty_rules.editions(work)
        assert [edition.number for edition in editions] == [1, 0]
        assert editions[0].rules == STRICT
        assert difficulty_rules.in_force(work).reason == "試行の結果による。"
    assert propose(world).rules_number == 1
    with pytest.raises(Superseded), world.house.work(world.other_pmo) as work:
        difficulty_rules.change(work, STRICT, number=0, reason="別の理由")
    with pytest.raises(InvalidValue, match="reason_missing"), world.house.work(world.pmo) as work:
        difficulty_rules.change(work, STRICT, number=1, reason=" ")


def test_evidence_of_months_ago_goes_with_the_clock(world):
    suffer(world, 9, 10)
    world.clock.now += timedelta(days=60)
    assert suggested(world) == []  # December has none: nothing is known of it
