"""Numbers that resemble a main line: each way of being nearly right is seen, everywhere in the number."""

import pytest

from inquiry.directory.look_alikes import Likeness, differences

MINISTRY = "0352531111"
PLACES = range(len(MINISTRY))


#  heard                 how near it comes          true: 03-5253-1111
LIKENESS = [
    ("03-5253-1111", Likeness.SAME),
    ("０３－５２５３－１１１１", Likeness.SAME),
    ("03-4253-1111", Likeness.ONE_DIGIT),  # the impostors' number
    ("03-2553-1111", Likeness.SWAPPED),
    ("03-5253-111", Likeness.MISSING),
    ("03-5253-11111", Likeness.ADDED),
    ("03-3581-1111", Likeness.SAME_TAIL),
    ("06-1234-1111", Likeness.SAME_TAIL),
    ("5253-1111", Likeness.SAME_TAIL),
    ("1811-123-456", Likeness.OTHER),
    ("", Likeness.OTHER),
]


@pytest.mark.parametrize(("heard", "likeness"), LIKENESS)
def test_a_look_alike_is_recognised(heard, likeness):
    assert differences(heard, MINISTRY).likeness is likeness


def test_the_digit_that_differs_is_marked():
    pairs = differences("03-4253-1111", MINISTRY).pairs
    assert [place for place, (true, heard) in enumerate(pairs) if true != heard] == [2]


#  heard            the pair that is marked: (true, heard)
GAPS = [("03-525-1111", ("3", "")), ("03-5253-91111", ("", "9")), ("03-9253-1111", ("5", "9"))]


@pytest.mark.parametrize(("heard", "marked"), GAPS)
def test_a_missing_or_added_digit_leaves_the_others_beside_each_other(heard, marked):
    assert [pair for pair in differences(heard, MINISTRY).pairs if pair[0] != pair[1]] == [marked]


def changed(place: int, digit: str) -> str:
    return MINISTRY[:place] + digit + MINISTRY[place + 1 :]


def swapped(place: int) -> str:
    return MINISTRY[:place] + MINISTRY[place + 1] + MINISTRY[place] + MINISTRY[place + 2 :]


#  how it differs                            every number that differs so                                    it is called
EVERYWHERE = [
    ("one digit is another", {changed(at, d) for at in PLACES for d in "0123456789"} - {MINISTRY}, "one_digit"),
    ("two neighbours are swapped", {swapped(at) for at in PLACES[:-1]} - {MINISTRY}, "swapped"),
    ("one digit is missing", {MINISTRY[:at] + MINISTRY[at + 1 :] for at in PLACES}, "missing"),
    ("one digit too many", {MINISTRY[:at] + d + MINISTRY[at:] for at in (*PLACES, 10) for d in "0123456789"}, "added"),
    ("another area code, the same tail", {f"{code}2531111" for code in ("011", "092", "072")}, "same_tail"),
]


@pytest.mark.parametrize(("numbers", "likeness"), [row[1:] for row in EVERYWHERE], ids=[row[0] for row in EVERYWHERE])
def test_a_look_alike_is_flagged_wherever_it_differs(numbers, likeness):
    assert {(number, differences(number, MINISTRY).likeness) for number in numbers} == {
        (number, Likeness(likeness)) for number in numbers
    }
    assert all(differences(number, MINISTRY).is_look_alike for number in numbers)


def test_the_same_number_is_no_look_alike_and_neither_is_a_quite_different_one():
    assert not differences("03-5253-1111", MINISTRY).is_look_alike
    assert not differences("06-9876-4321", MINISTRY).is_look_alike


EXTENSIONS = [
    "03-5253-1111 内線3152",
    "03-5253-1111（内）3152",
    "０３－５２５３－１１１１　内線　３１５２",
    "03-5253-1111 ext. 3152",
]


@pytest.mark.parametrize("heard", EXTENSIONS)
def test_an_extension_does_not_hide_the_number_before_it(heard):
    assert differences(heard, MINISTRY).likeness is Likeness.SAME
