"""STEP2 ⑤ several, ※6: what the municipality says of the dates of cover, in one round or in two."""

from datetime import date

import pytest

from inquiry.domain.errors import InvalidValue
from inquiry.domain.member import CoverDates, Enrolment
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.workflow import clarifying, identifying
from tests.workflow.test_step2_gate_holds import do, identified
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


def test_a_round_in_which_nothing_is_said_leaves_the_dates_as_they_are_and_needs_a_remark(world):
    inquiry_id = identified(world, member("1001", enrolments=LEFT), member("1002", enrolments=STAYED))
    assert found_by(world, inquiry_id, "2012-04-01", "") == "several"
    asked(world, inquiry_id)
    with pytest.raises(InvalidValue, match="dates:missing"):
        do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates())
    do(world, world.clerk, clarifying.supply, inquiry_id, CoverDates(), note="ほかにわかることはありません。")
    assert do(world, world.officer, identifying.identify, inquiry_id).state == "several"
