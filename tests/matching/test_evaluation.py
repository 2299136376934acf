"""A small draw of the evaluation in benchmarks/matching: enough to see that nothing forbidden is ever answered."""

import csv
import hashlib
from datetime import date
from itertools import groupby

import pytest

from benchmarks.matching.bars import bars
from benchmarks.matching.cases import Allowed, Chance
from benchmarks.matching.population import Population
from benchmarks.matching.roll import Roll
from benchmarks.matching.second_round import SECOND_ROUND
from benchmarks.matching.tally import NAMESAKE, RIGHT, WRONG, wilson
from benchmarks.matching.trial import TROUBLES, answer, stream
from inquiry.domain.roster import ROSTER_COLUMNS, Writing, member_in
from inquiry.domain.wareki import EraCoding

PERSONS, SEED = 3_000, 2017
EVERY = (*TROUBLES, *SECOND_ROUND)


@pytest.fixture(scope="module")
def roll():
    return Roll(Population(PERSONS, SEED))


@pytest.fixture(scope="module")
def by_family(roll):
    chance = Chance(roll.population, SEED)
    return {trouble.name: [answer(roll, case) for case in trouble.cases(chance, 6)] for trouble in EVERY}


@pytest.mark.parametrize("family", [trouble.name for trouble in EVERY])
def test_nothing_forbidden_is_answered_and_nobody_wrong_is_named(by_family, family):
    assert by_family[family]
    assert not [result.case for result in by_family[family] if result.is_fault]


@pytest.mark.parametrize("family", [trouble.name for trouble in EVERY if trouble.allowed is Allowed.ONE])
def test_who_says_the_truth_in_another_spelling_is_not_missed(by_family, family):
    assert RIGHT in {result.outcome for result in by_family[family]}


def test_a_namesake_is_somebody_else_and_the_rule_cannot_see_it(by_family):
    outcomes = {result.outcome for result in by_family["namesake of a member"]}
    assert NAMESAKE in outcomes
    assert WRONG not in outcomes


def test_the_mixed_stream_keeps_the_bars_that_allow_nobody(roll):
    mixed = [answer(roll, case) for case in stream(Chance(roll.population, 1), 600)]
    assert [bar.name for bar in bars(mixed, [], second=[]) if bar.limit == "0" and not bar.is_met] == []


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(tmp_path):
    digests = []
    for seed in (SEED, SEED, SEED + 1):
        target = tmp_path / "roster.csv"
        Population(1_000, seed).write(target)
        digests.append(hashlib.sha256(target.read_bytes()).hexdigest())
    assert digests[0] == digests[1] != digests[2]


def test_a_larger_roster_begins_with_the_smaller_one(tmp_path):
    for size in (100, 500):
        Population(size, SEED).write(tmp_path / f"{size}.csv")
    assert (tmp_path / "500.csv").read_bytes().startswith((tmp_path / "100.csv").read_bytes())


def test_reading_the_file_gives_the_very_members_that_are_measured(tmp_path):
    population = Population(1_000, SEED)
    population.write(tmp_path / "roster.csv")
    with (tmp_path / "roster.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(ROSTER_COLUMNS)
    lines = ((line, (*cells, "")) for line, cells in enumerate(rows[1:], start=2))
    writing = Writing(EraCoding.CLAIMS, date.max)
    read = [member_in(list(its), writing) for _, its in groupby(lines, key=lambda row: row[1][0])]
    assert [problem for _, problems in read for problem in problems] == []
    assert [member for member, _ in read] == population.members


def test_the_interval_holds_the_share_and_never_leaves_nought_to_one():
    assert wilson(0, 50_000) == pytest.approx((0, 7.68e-5), abs=1e-6)
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(10, 10)[1] == pytest.approx(1)
