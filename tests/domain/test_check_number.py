"""確認番号: short enough to type, long enough that nobody finds one, and a slip is always noticed."""

import math
import random

import pytest

from inquiry.domain.check_digits import is_my_number
from inquiry.domain.check_number import ALPHABET, LENGTH, in_groups, new_check_number, read_check_number
from inquiry.domain.errors import InvalidValue

NUMBER = new_check_number(random.Random(7).choice)


def refused(text):
    with pytest.raises(InvalidValue) as error:
        read_check_number(text)
    return error.value.code


def test_nobody_finds_a_number_by_trying():
    assert (LENGTH - 1) * math.log2(len(ALPHABET)) > 60


def test_a_number_is_never_taken_for_a_my_number():
    assert not any(sign.isdigit() for sign in ALPHABET)
    assert not is_my_number(NUMBER)


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        NUMBER.lower(),
        in_groups(NUMBER),
        f" {in_groups(NUMBER).replace('-', ' ')}　",
        "".join(chr(ord(sign) + 0xFEE0) for sign in NUMBER),
        in_groups(NUMBER).replace("-", "－"),
        in_groups(NUMBER).replace("-", "‐"),
    ],
)
def test_however_it_is_typed_it_is_the_same_number(typed):
    assert read_check_number(typed) == NUMBER


def test_every_wrong_letter_is_noticed():
    for place in range(LENGTH):
        for other in set(ALPHABET) - {NUMBER[place]}:
            assert refused(NUMBER[:place] + other + NUMBER[place + 1 :]) == "check_number:slip"


def test_any_two_letters_that_changed_places_are_noticed():
    for first in range(LENGTH):
        for second in range(first):
            signs = list(NUMBER)
            signs[first], signs[second] = signs[second], signs[first]
            if "".join(signs) != NUMBER:
                assert refused("".join(signs)) == "check_number:slip"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "check_number:empty"),
        (" - ", "check_number:empty"),
        (NUMBER[:-1], "check_number:length"),
        (NUMBER + "A", "check_number:length"),
        (NUMBER[:-1] + "0", "check_number:other_sign"),
        (NUMBER[:-1] + "O", "check_number:other_sign"),
        (NUMBER[:-1] + "番", "check_number:other_sign"),
    ],
)
def test_what_no_number_can_be_is_refused_with_its_reason(text, code):
    assert refused(text) == code
