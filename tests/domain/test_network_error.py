import pytest

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.network_error import (
    Retry,
    check_may_fall_back,
    filing_reason,
    filing_reasons,
    may_fall_back,
)

#  reason   by itself   insurer listed   supervisor agreed        memo annex STEP1 ①
TABLE = [
    ("E01", True, True, True),
    ("E02", True, True, True),
    ("E03", True, True, True),
    ("E04", True, True, True),
    ("E05", False, False, True),
    ("E06", True, True, True),
    ("E07", False, False, False),
    ("E08", False, False, False),
    ("E09", True, True, True),
    ("E10", False, False, False),
    ("L01", False, True, False),
]


@pytest.mark.parametrize(("code", "alone", "listed", "supervised"), TABLE)
def test_the_reason_opens_the_manual_way_or_not(code, alone, listed, supervised):
    assert may_fall_back(code) is alone
    assert may_fall_back(code, is_listed=True) is listed
    assert may_fall_back(code, is_supervised=True) is supervised


def test_the_table_above_is_complete():
    assert [row[0] for row in TABLE] == [reason.code for reason in filing_reasons()]


#  what the clerk is told to do instead
REFUSALS = [
    ("E05", "network_error:supervisor_needed"),
    ("E07", "network_error:correct_and_resend"),
    ("E08", "network_error:not_permitted"),
    ("E10", "network_error:wait_for_recovery"),
    ("L01", "network_error:not_listed"),
]


@pytest.mark.parametrize(("code", "refusal"), REFUSALS)
def test_a_shut_way_says_what_to_do_instead(code, refusal):
    with pytest.raises(Forbidden) as caught:
        check_may_fall_back(code)
    assert caught.value.code == refusal


def test_every_reason_that_can_stay_shut_has_its_sentence():
    assert {reason.code for reason in filing_reasons() if reason.refusal} == {code for code, _ in REFUSALS}


def test_an_open_way_is_not_refused():
    check_may_fall_back("E01")


def test_a_listed_insurer_needs_no_error():
    assert [reason.code for reason in filing_reasons() if not reason.needs_error] == ["L01"]


def test_an_error_of_the_provider_may_be_tried_once_more_but_need_not():
    assert filing_reason("E02").retry is Retry.ONCE
    assert may_fall_back("E02")


def test_an_unknown_reason_is_refused():
    with pytest.raises(InvalidValue, match="network_error:unknown"):
        may_fall_back("E99")
