"""Charts: every number lies where its axis says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.web.charts import BOTTOM, LEFT, RIGHT, TOP, Series, Subject, columns, lines, scale_top

SUBJECT = Subject("asked", "月ごとの照会", "件")
MONTHS = ["9月", "10月", "11月"]

#  largest  top of the axis
TOPS = [(0, 4), (4, 4), (5, 8), (9, 20), (100, 100), (101, 200), (124_000, 200_000)]


@pytest.mark.parametrize(("largest", "top"), TOPS)
def test_the_axis_ends_at_a_round_number(largest, top):
    assert scale_top(largest) == top


@given(st.integers(0, 10**7))
def test_the_axis_is_never_too_short_and_never_far_too_long(largest):
    top = scale_top(largest)
    assert largest <= top <= max(4, largest * 2.5)


def test_columns_stand_on_each_other_and_within_the_drawing():
    chart = columns(SUBJECT, MONTHS, [Series("一", [4, 0, 2]), Series("二", [4, 8, None])])
    assert [(bar.series, bar.y, bar.height) for bar in chart.bars] == [
        (0, 110.0, 94.0),
        (1, 16.0, 94.0),
        (1, 16.0, 188.0),
        (0, 157.0, 47.0),
    ]
    assert all(bar.x >= LEFT and bar.x + bar.width <= RIGHT and bar.y >= TOP for bar in chart.bars)
    assert [tick.text for tick in chart.ticks] == ["0", "2", "4", "6", "8"]


def test_a_line_is_broken_where_a_month_has_no_number():
    chart = lines(SUBJECT, MONTHS, [Series("一", [1, None, 4])])
    assert [len(piece) for piece in chart.lines[0].pieces] == [1, 1]
    assert [mark.y for mark in chart.lines[0].marks] == [BOTTOM - 47.0, TOP]


def test_a_chart_says_in_words_what_it_shows():
    chart = lines(SUBJECT, MONTHS, [Series("一", [1200, 3, None]), Series("二", [None, None, None])])
    assert chart.description == "9月から11月まで。一は、最大1,200件（9月）、最後が3件。二の数値はありません。"
