"""STEP2 ④: which member is it."""

from datetime import date

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.member import CoverDates, Enrolment
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ALL_THREE, Channel, Identifier
from inquiry.domain.subject import PersonName, Sex
from inquiry.workflow import clarifying, confirming, filing, identifying, near_misses
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.identifying import Attestation
from tests.world import member

DOUBTFUL = member(name=PersonName("高橋　●郎", "タカハシ タロウ"))


def confirmed(world):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    return inquiry_id


#  on the roll                                       state after ④        memo annex flowchart
ROLLS = [
    ((member(),), "identified"),                     # 該当者あり YES, 複数名 NO
    ((member(sex=Sex.FEMALE),), "not_found"),        # 該当者あり NO
    ((member("1"), member("2")), "several"),         # 該当者が複数名 YES
]  # fmt: skip


@pytest.mark.parametrize(("roll", "state"), ROLLS)
def test_the_roster_decides_the_branch_of_the_flowchart(world, roll, state):
    world.take_over_roster(*roll)
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        assert identifying.identify(work, inquiry_id, 2).state == state


def test_what_was_found_is_kept_with_the_rules_it_rests_on(world):
    world.take_over_roster(member())
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        inquiry = identifying.identify(work, inquiry_id, 2)
        recorded = identifying.recorded(work, inquiry)
        assert recorded is not None
        assert recorded.member == member()
        assert set(recorded.identification.equal) == ALL_THREE
        assert recorded.identification.rule_version


def test_a_doubtful_person_needs_an_officers_look(world):
    world.take_over_roster(DOUBTFUL)
    inquiry_id = confirmed(world)
    with pytest.raises(Forbidden, match="officer_must_look"), world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, 2)


def test_an_officer_who_looked_says_all_three_are_equal_and_why(world):
    world.take_over_roster(DOUBTFUL)
    inquiry_id = confirmed(world)
    two = frozenset({Identifier.NAME, Identifier.SEX})
    attempts = [
        (Attestation(Finding.ONE, two, reason="見た"), Forbidden, "identifiers_not_equal"),
        (Attestation(Finding.ONE, ALL_THREE, reason=" "), InvalidValue, "reason_missing"),
    ]
    for attested, refusal, code in attempts:
        with pytest.raises(refusal, match=code), world.house.work(world.officer) as work:
            identifying.confirm_candidate(work, inquiry_id, 2, member_id="1001", attested=attested)
    with world.house.work(world.officer) as work:
        attested = Attestation(Finding.ONE, ALL_THREE, reason="原本で確認")
        inquiry = identifying.confirm_candidate(work, inquiry_id, 2, member_id="1001", attested=attested)
        assert inquiry.state == "identified"


def test_somebody_who_is_no_candidate_is_not_confirmed(world):
    world.take_over_roster(DOUBTFUL, member("2", name=PersonName("鈴木　一", "スズキ ハジメ")))
    inquiry_id = confirmed(world)
    attested = Attestation(Finding.ONE, ALL_THREE, reason="見た")
    with pytest.raises(Forbidden, match="nothing_to_confirm"), world.house.work(world.officer) as work:
        identifying.confirm_candidate(work, inquiry_id, 2, member_id="2", attested=attested)


def test_doubtful_people_may_all_be_rejected(world):
    world.take_over_roster(DOUBTFUL)
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        assert identifying.reject_candidates(work, inquiry_id, 2, reason="別人").state == "not_found"


def test_what_the_roster_decides_is_nobodys_to_reject_or_attest(world):
    world.take_over_roster(member())
    inquiry_id = confirmed(world)
    with pytest.raises(Forbidden, match="nothing_to_confirm"), world.house.work(world.officer) as work:
        identifying.reject_candidates(work, inquiry_id, 2, reason="別人")
    with pytest.raises(Forbidden, match="roster_decides"), world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, 2, Attestation(Finding.NONE, frozenset()))


def test_near_people_are_shown_and_recorded_and_never_found(world):
    world.take_over_roster(member(birth_date=PartialDate(1958, 4, 2)))
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        near = near_misses.near_misses(work, work.inquiry(inquiry_id))
        assert [found.member_id for _, found in near] == ["1001"]
    with world.house.work(world.officer) as work:
        assert identifying.identify(work, inquiry_id, 2).state == "not_found"


@pytest.mark.parametrize(
    ("finding", "equal", "state"),
    [
        (Finding.ONE, ALL_THREE, "identified"),
        (Finding.NONE, frozenset(), "not_found"),
        (Finding.SEVERAL, frozenset(), "several"),
    ],
)
def test_without_a_roster_what_the_officer_saw_decides(world, finding, equal, state):
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        assert identifying.attest(work, inquiry_id, 2, Attestation(finding, equal)).state == state


@pytest.mark.parametrize("missing", list(Identifier))
def test_one_identifier_short_is_nobody(world, missing):
    inquiry_id = confirmed(world)
    attested = Attestation(Finding.ONE, ALL_THREE - {missing})
    with pytest.raises(Forbidden, match="identifiers_not_equal"), world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, 2, attested)


def test_without_a_roster_there_is_nothing_to_look_up(world):
    inquiry_id = confirmed(world)
    with pytest.raises(NotFound, match="no_roster"), world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, 2)


def test_several_are_told_apart_by_the_dates_the_municipality_supplies(world):
    world.take_over_roster(member("1"), member("2", enrolments=(Enrolment(acquired_on=date(2021, 10, 1)),)))
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, 2)
        clarifying.ask(work, inquiry_id, 3, channel=Channel.PAGE, question="時期は？")
    with world.house.work(world.clerk) as work:
        clarifying.supply(work, inquiry_id, 4, CoverDates(acquired=PartialDate(2019, 4, 1)))
    with world.house.work(world.officer) as work:
        inquiry = identifying.identify(work, inquiry_id, 5)
        assert inquiry.state == "identified"
        found = identifying.recorded(work, inquiry)
        assert found is not None
        assert found.member is not None
        assert found.member.member_id == "1"


def test_looking_again_sets_the_finding_aside(world):
    world.take_over_roster(member())
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, 2)
    with pytest.raises(InvalidValue, match="reason_missing"), world.house.work(world.officer) as work:
        identifying.again(work, inquiry_id, 3, reason="")
    with world.house.work(world.officer) as work:
        inquiry = identifying.again(work, inquiry_id, 3, reason="別の人を見ていた")
        assert inquiry.state == "confirmed"
        assert identifying.recorded(work, inquiry) is None
