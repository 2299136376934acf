"""memo 3(1): the numbers that a month of inquiries comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.directory.difficulty import SIDES, Asked, Evidence, Gathering, Measure, measured, percentile


def asked(reason="E01", minutes=30, *, is_same_day=True, is_late=False, is_refused=False):
    return Asked(reason, minutes, is_same_day, is_late, is_refused)


def test_a_month_is_counted_by_error_and_by_outcome():
    gathering = Gathering()
    for each in (
        asked(),
        asked("E03", 90),
        asked("E06", 600, is_same_day=False, is_late=True),
        asked("L01", None, is_same_day=False, is_refused=True),
    ):
        gathering.add(each)
    assert gathering.evidence(copies_open=2, oldest_copy_days=40) == Evidence(
        inquiries=4,
        by_reason={"E01": 1, "E03": 1, "E06": 1, "L01": 1},
        answered=3,
        same_day=2,
        late=1,
        refused=1,
        median_minutes=90,
        ninth_decile_minutes=600,
        copies_open=2,
        oldest_copy_days=40,
    )


#  ordered values          percent   nearest rank
RANKS = [
    ([], 50, None),
    ([7], 50, 7),
    ([7], 90, 7),
    ([1, 2], 50, 1),
    ([1, 2, 3], 50, 2),
    (list(range(1, 11)), 90, 9),
    (list(range(1, 12)), 90, 10),
]


@pytest.mark.parametrize(("ordered", "percent", "value"), RANKS)
def test_a_percentile_is_a_value_that_was_measured(ordered, percent, value):
    assert percentile(ordered, percent) == value


@given(st.lists(st.integers(0, 5000), min_size=1), st.integers(1, 100))
def test_so_many_percent_do_not_exceed_a_percentile(values, percent):
    value = percentile(sorted(values), percent)
    assert value in values
    assert sum(each <= value for each in values) * 100 >= percent * len(values)


def test_only_errors_of_registration_speak_for_late_registration():
    month = Evidence(inquiries=6, by_reason={"E01": 1, "E02": 1, "E03": 1, "E04": 1, "E06": 1, "L01": 1})
    assert measured(month)[Measure.UNREGISTERED] == 4


def test_a_month_without_inquiries_measures_nothing():
    assert set(measured(Evidence()).values()) == {0}


def test_every_measure_stands_on_one_side_of_the_memos_condition():
    assert sorted(measure for side in SIDES.values() for measure in side) == sorted(Measure)
