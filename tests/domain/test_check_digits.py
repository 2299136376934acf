import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import cn

from inquiry.domain.check_digits import (
    is_corporate_number,
    is_insurer_number,
    is_local_government_code,
    is_residence_code,
    padded_insurer_number,
)

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "my_number-and-other-check-digits.json").read_text("utf-8")
)


def digits(count):
    return st.text("0123456789", min_size=count, max_size=count)


#  rule                        number                   accepted
TABLE = [
    (is_corporate_number, "corporate_number", "valid"),
    (is_insurer_number, "insurer_number", "valid8"),
    (is_insurer_number, "insurer_number", "valid6"),
    (is_local_government_code, "local_gov_code", "valid"),
    (is_residence_code, "juminhyo_code", "valid"),
]
VALID = [(rule, number) for rule, family, kind in TABLE for number in VECTORS[family][kind]]
INVALID = [(rule, number) for rule, family, _ in TABLE for number in VECTORS[family]["invalid"]]


@pytest.mark.parametrize(("rule", "number"), VALID)
def test_a_number_without_a_slip_is_accepted(rule, number):
    assert rule(number)


@pytest.mark.parametrize(("rule", "number"), INVALID)
def test_a_number_with_a_slip_is_refused(rule, number):
    assert not rule(number)


@pytest.mark.parametrize("rule", [rule for rule, _, _ in TABLE])
@pytest.mark.parametrize("text", ["", "１３８０１６", "138016 ", "+38016", "13801६", "138016\n", "-1380160012"])
def test_only_ascii_digits_make_a_number(rule, text):
    assert not rule(text)


@pytest.mark.parametrize(("short", "padded"), VECTORS["insurer_number"]["zero_padded_equivalent"].items())
def test_six_digits_and_their_padding_are_the_same_insurer(short, padded):
    assert padded_insurer_number(short) == padded_insurer_number(padded) == padded
    assert is_insurer_number(padded)


@given(digits(6))
def test_padding_never_changes_whether_an_insurer_number_is_right(number):
    assert is_insurer_number(number) == is_insurer_number(padded_insurer_number(number))


@given(digits(13))
def test_corporate_numbers_are_judged_as_by_stdnum(number):
    assert is_corporate_number(number) == cn.is_valid(number)


@given(digits(12))
def test_one_first_digit_alone_completes_a_corporate_number(base):
    assert [digit for digit in "0123456789" if is_corporate_number(digit + base)] == [cn.calc_check_digit("0" + base)]


@given(digits(7))
def test_one_last_digit_alone_completes_an_insurer_number(base):
    assert sum(is_insurer_number(base + digit) for digit in "0123456789") == 1
