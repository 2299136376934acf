"""Passwords that are told over the telephone."""

import random
import re
from collections import Counter
from itertools import product
from math import log2, prod

import pytest

from inquiry.domain.my_number import Level, examine
from inquiry.security.check_words import WORDS
from inquiry.security.passphrases import (
    LONGEST,
    SPELLINGS,
    holds_passphrase,
    new_passphrase,
    new_worded_passphrase,
    said,
)

WORDED = re.compile(r"([a-z]+-){3}[0-9]{4}-[0-9]{4}")
SHAPE = re.compile(r"\d{4}(-\d{4}){3}")


def drawn(digits):
    """Return a source of choices that gives these digits one after the other."""
    rest = iter(digits)
    return lambda choices: next(digit for digit in rest if digit in choices)


def grouped(digits):
    return "-".join(re.findall("....", digits))


def sixteen_digits(level):
    """Find digits on which the guard passes this verdict, so that none of them need stand here."""
    choose = random.Random(3).choice
    while True:
        digits = "".join(choose("0123456789") for _ in range(16))
        if examine(grouped(digits)).level is level:
            return digits


def test_it_is_sixteen_digits_in_groups_of_four():
    assert SHAPE.fullmatch(new_passphrase(random.Random(1).choice))


def test_the_digits_come_from_the_source_in_order():
    digits = sixteen_digits(Level.ALLOW)
    assert new_passphrase(drawn(digits)) == grouped(digits)


def test_none_of_many_looks_like_a_my_number():
    choose = random.Random(2).choice
    assert {examine(new_passphrase(choose)).level for _ in range(2000)} == {Level.ALLOW}


def test_one_that_looks_like_a_my_number_is_drawn_again():
    allowed = sixteen_digits(Level.ALLOW)
    assert new_passphrase(drawn(sixteen_digits(Level.BLOCK) + allowed)) == grouped(allowed)


def test_every_digit_is_drawn_at_every_place():
    choose = random.Random(4).choice
    columns = zip(*(new_passphrase(choose).replace("-", "") for _ in range(500)), strict=True)
    assert all(set(column) == set("0123456789") for column in columns)


# Words


def test_words_and_digits_fit_what_every_program_reads():
    choose = random.Random(6).choice
    drawn_ones = [new_worded_passphrase(choose) for _ in range(2000)]
    assert all(WORDED.fullmatch(each) and len(each) <= LONGEST for each in drawn_ones)
    assert {examine(each).level for each in drawn_ones} == {Level.ALLOW}


def test_every_word_has_one_spelling_and_is_said_as_it_was_drawn():
    assert len(SPELLINGS) == len(WORDS)
    assert all(spelling.isascii() and spelling.isalpha() and spelling.islower() for spelling in SPELLINGS)
    assert said("yamaneko-akari-wakaba-5619-1440") == ("やまねこ", "あかり", "わかば", "5619", "1440")


def test_either_way_leaves_more_guesses_than_anyone_can_make():
    lengths = Counter(map(len, SPELLINGS))
    fitting = sum(
        prod(lengths[each] for each in three)
        for three in product(lengths, repeat=3)
        if sum(three) + len("---1234-5678") <= LONGEST
    )
    assert log2(fitting) + 8 * log2(10) > 51
    assert 16 * log2(10) > 53


def test_words_too_long_together_are_drawn_again():
    long, short = "hotarubi", "akari"
    answers = iter([long, long, long, *"00000000", short, short, short, *"56191440"])
    assert new_worded_passphrase(lambda _: next(answers)) == "akari-akari-akari-5619-1440"


@pytest.mark.parametrize(
    "text",
    [
        "パスワードは akari-wakaba-yamaneko-5619-1440 です",
        "AKARI wakaba yamaneko 56191440",
        "あかり・わかば・やまねこ・5619・1440",
    ],
)
def test_a_worded_password_is_found_in_a_text(text):
    assert holds_passphrase(text)


def test_a_word_and_a_telephone_number_are_no_password():
    assert not holds_passphrase("あかり保育園 03-1234-5678 yamaneko@example.jp")
