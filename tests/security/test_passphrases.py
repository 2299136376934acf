"""Passwords that are told over the telephone."""

import random
import re

from inquiry.domain.my_number import Level, examine
from inquiry.security.passphrases import new_passphrase

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
