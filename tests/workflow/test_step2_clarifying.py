"""STEP2 ⑤ several, ※6: what the municipality says of the dates of cover, in one round or in two."""

from datetime import date

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.findings import Finding
from inquiry.domain.member import CoverDates, Enrolment
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.domain.subject import PersonName, Sex
from inquiry.workflow import clarifying, deciding, identifying
from inquiry.workflow.deciding import Replayed
from inquiry.workflow.identifying import Attestation
from tests.workflow.test_step2_gate_holds import do, identified
from tests.workflow.test_step2_identifying import confirmed
from tests.world import member

LEFT = (Enrolment(date(2015, 4, 1), date(2020, 3, 31)),)
STAYED = (Enrolment(date(2018, 4, 1)),)
RETURNED = (Enrolment(date(2012, 4, 1), date(2020, 3, 31)),)


def asked(world, inquiry_id):
    do(world, world.officer, clarifying.ask, inquiry_id, channel=Channel.PAGE, question="時期を教えてください。")


def day(text):
    return PartialDate.fromisoformat(text) if text else None


def found_by(world, inquiry_id, acquired, lost, **more):
    """Ask, let the municipality say these dates, and identify again; return the state."""
    asked(world, inquiry_id)
    do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(day(acquired), day(lost)), **more)
    return do(world, world.officer, identifying.identify, inquiry_id).state


#  cover of the two    first round           second round          both together
TWO = [
    ((LEFT, STAYED),   ("2012-04-01", ""),   ("", "2020-03-31"),   "several"),     # fits nobody; then the loss one
    ((LEFT, STAYED),   ("2012-00-00", ""),   ("", "2020-03-00"),   "several"),
    ((LEFT, RETURNED), ("", "2020-03-31"),   ("2012-04-01", ""),   "identified"),  # fits both; then one
    ((LEFT, RETURNED), ("", "2020-03-31"),   ("2018-04-01", ""),   "several"),     # fits both; then nobody
    ((LEFT, RETURNED), ("", "2019-03-31"),   ("2012-04-01", ""),   "several"),     # fits nobody; then one
    ((LEFT, RETURNED), ("", "2020-00-00"),   ("2012-04-00", ""),   "several"),     # a year alone singles nobody out
]  # fmt: skip


@pytest.mark.parametrize(("covers", "first", "second", "state"), TWO)
def test_two_rounds_say_what_one_says(world, covers, first, second, state):
    people = [member(number, enrolments=cover) for number, cover in zip(("1001", "1002"), covers, strict=True)]
    in_two, at_once = identified(world, *people), identified(world, *people)
    assert found_by(world, in_two, *first) == "several"
    assert found_by(world, in_two, *second) == state
    assert found_by(world, at_once, *(one or other for one, other in zip(first, second, strict=True))) == state


def test_whom_a_date_excluded_is_found_once_that_date_was_cleared(world):
    inquiry_id = identified(world, member("1001", enrolments=LEFT), member("1002", enrolments=STAYED))
    assert found_by(world, inquiry_id, "2012-04-01", "") == "several"
    assert found_by(world, inquiry_id, "", "2020-03-31", cleared=["acquired"]) == "identified"


def test_to_take_a_wrong_date_back_is_to_say_something(world):
    inquiry_id = identified(world, member("1001", enrolments=LEFT), member("1002", enrolments=STAYED))
    assert found_by(world, inquiry_id, "2030-04-01", "2031-04-01") == "several"
    assert found_by(world, inquiry_id, "", "", cleared=["acquired"]) == "several"
    asked(world, inquiry_id)
    with pytest.raises(InvalidValue, match="dates:missing"):
        do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(), cleared=["acquired"])


def test_a_round_in_which_nothing_is_said_leaves_the_dates_as_they_are_and_needs_a_remark(world):
    inquiry_id = identified(world, member("1001", enrolments=LEFT), member("1002", enrolments=STAYED))
    assert found_by(world, inquiry_id, "2012-04-01", "") == "several"
    asked(world, inquiry_id)
    with pytest.raises(InvalidValue, match="dates:missing"):
        do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates())
    do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(), note="ほかにわかることはありません。")
    assert do(world, world.officer, identifying.identify, inquiry_id).state == "several"


# Two candidates of whom one is in doubt, or both: nobody but the dates can tell which is meant


def starred(member_id, cover, name="高橋　●郎"):
    return member(member_id, name=PersonName(name, "タカハシ タロウ"), enrolments=cover)


WHOLE, STARRED = member("1001", enrolments=LEFT), starred("1002", STAYED)
OTHER_STAR = starred("1001", LEFT, "高●　太郎")


def left_open(world, *people):
    """Let an officer say that the candidates cannot be told apart; return the inquiry's id."""
    world.take_over_roster(*people)
    inquiry_id = confirmed(world)
    assert do(world, world.officer, identifying.find_several, inquiry_id, reason="●の字がわからない").state == "several"
    return inquiry_id


#  on the roll             acquired      lost          by these dates
SINGLED_OUT = [
    ((WHOLE, STARRED),      "2015-04-01", "2020-03-31", "one"),      # who is equal, and nobody else
    ((WHOLE, STARRED),      "2018-04-01", "",           "confirm"),  # who is in doubt stays so
    ((WHOLE, STARRED),      "2012-04-01", "",           "confirm"),  # they fit nobody
    ((WHOLE, STARRED),      "",           "",           "confirm"),  # nothing is known
    ((OTHER_STAR, STARRED), "2015-04-01", "",           "confirm"),
]  # fmt: skip


@pytest.mark.parametrize(("people", "acquired", "lost", "finding"), SINGLED_OUT)
def test_by_dates_the_roster_decides_anew_between_candidates_in_doubt(world, people, acquired, lost, finding):
    inquiry_id = left_open(world, *people)
    asked(world, inquiry_id)
    do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(day(acquired), day(lost)), note="わかる範囲")
    with world.house.work(world.officer) as work:
        assert identifying.look_up(work, work.inquiry(inquiry_id)).decision.finding == finding
    if finding == "one":
        assert do(world, world.officer, identifying.identify, inquiry_id).state == "identified"
        return
    with pytest.raises(Forbidden, match="officer_must_look"):
        do(world, world.officer, identifying.identify, inquiry_id)
    assert do(world, world.officer, identifying.find_several, inquiry_id, reason="まだ決められない").state == "several"


def test_whom_the_dates_single_out_in_doubt_an_officer_may_take(world):
    inquiry_id = left_open(world, WHOLE, STARRED)
    asked(world, inquiry_id)
    do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(day("2018-04-01")))
    attested = Attestation(Finding.ONE, ALL_THREE, reason="取得の時期が一致し、原本で字を確認")
    taken = do(world, world.officer, identifying.confirm_candidate, inquiry_id, member_id="1002", attested=attested)
    assert taken.state == "identified"


#  on the roll                                      why nobody is to be told apart
NOT_OPEN = [
    (member("2", sex=Sex.FEMALE),),                 # nobody
    (member(),),                                    # one
    (STARRED,),                                     # one in doubt
    (member("1001"), member("1002")),               # several already
    (member("1001"), member("1003"), STARRED),      # and the one in doubt beside them
    (member(), member("2", sex=Sex.FEMALE)),
]  # fmt: skip


@pytest.mark.parametrize("people", NOT_OPEN)
def test_only_of_two_candidates_in_doubt_it_is_left_open_which_is_meant(world, people):
    world.take_over_roster(*people)
    inquiry_id = confirmed(world)
    with pytest.raises(Forbidden, match="nothing_to_tell_apart"):
        do(world, world.officer, identifying.find_several, inquiry_id, reason="決められない")


def test_why_it_is_left_open_is_on_record_and_the_decision_can_be_replayed(world):
    world.take_over_roster(WHOLE, STARRED)
    inquiry_id = confirmed(world)
    with pytest.raises(InvalidValue, match="reason_missing"):
        do(world, world.officer, identifying.find_several, inquiry_id, reason=" ")
    do(world, world.officer, identifying.find_several, inquiry_id, reason="●の字がわからない")
    with world.house.work(world.officer) as work:
        recorded = identifying.recorded(work, work.inquiry(inquiry_id))
        assert (recorded.identification.basis, recorded.identification.finding) == ("officer", "several")
        assert (recorded.reason, recorded.member) == ("●の字がわからない", None)
        assert deciding.replay(work, recorded.identification.id) is Replayed.EQUAL
        work.record("inquiry:read", work.inquiry(inquiry_id))
