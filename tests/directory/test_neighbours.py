"""The acceptance of look-alikes: every imitation of every number is flagged, and hardly ever a number of somebody else."""

import random

import pytest

from benchmarks.look_alikes import MINISTRY, area_codes, directory, imitations, is_flagged, must_be_flagged, number
from inquiry.directory.neighbours import copied_tail_of, neighbours_of

SAMPLE = 60
OTHERS = 20_000
AT_MOST_IN_1000 = 1


@pytest.fixture(scope="module")
def known():
    return directory(random.Random(1), area_codes())


@pytest.fixture(scope="module")
def tails(known):
    return {tail for each in known if (tail := copied_tail_of(each))}


def test_the_impostors_number_of_2024_is_flagged(known, tails):
    assert is_flagged("0342531111", known, tails)


def test_every_single_digit_change_and_every_swap_of_neighbours_is_flagged(known, tails):
    for true in random.Random(2).sample(sorted(known), SAMPLE):
        assert [each for each in imitations(true) if each not in known and not is_flagged(each, known, tails)] == []


def test_a_digit_missing_or_added_is_flagged(known, tails):
    for at in range(len(MINISTRY)):
        assert is_flagged(MINISTRY[:at] + MINISTRY[at + 1 :], known, tails)
        assert is_flagged(MINISTRY[:at] + "7" + MINISTRY[at:], known, tails)


def test_the_same_local_number_under_another_area_code_is_flagged(known, tails):
    assert is_flagged("0652531111", known, tails)


def test_a_towns_local_number_under_another_area_code_is_chance():
    assert copied_tail_of("0123221111") == ""


def test_no_true_number_of_another_organisation_of_the_directory_is_flagged_however_round_they_are(known, tails):
    assert [each for each in known if is_flagged(each, known, tails)] == []


@pytest.mark.parametrize("round_share", [0.0, 0.6, 1.0])
def test_of_numbers_the_directory_does_not_know_fewer_than_one_in_a_thousand_besides_those_that_must_be(
    known, tails, round_share
):
    # One that is a digit or a swap away from an entry must be flagged: nobody can tell whose it is.
    draw, codes = random.Random(6), area_codes()
    drawn = [number(draw, codes, round_share=round_share) for _ in range(OTHERS)]
    flagged = [each for each in drawn if is_flagged(each, known, tails) and not must_be_flagged(each, known)]
    assert 1000 * len(flagged) / OTHERS < AT_MOST_IN_1000


def test_fewer_than_one_in_a_thousand_ordinary_numbers_of_others_are_flagged(known, tails):
    draw, codes = random.Random(5), area_codes()
    drawn = [number(draw, codes, round_share=0.0) for _ in range(OTHERS)]
    assert 1000 * sum(is_flagged(each, known, tails) for each in drawn) / OTHERS < AT_MOST_IN_1000


def test_being_a_neighbour_is_mutual_for_whole_numbers():
    draw = random.Random(4)
    for near in draw.sample(sorted(neighbours_of(MINISTRY)), 20):
        assert MINISTRY in neighbours_of(near)
