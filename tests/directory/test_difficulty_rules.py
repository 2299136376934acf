"""memo 3(1): who is proposed for the list, and nobody comes and goes with every month."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.directory.difficulty import SIDES, Evidence, Measure, measured
from inquiry.directory.difficulty_rules import (
    STANDARD,
    DifficultyRules,
    Direction,
    Threshold,
    Verdict,
    proposed,
    verdict,
)
from inquiry.domain.errors import InvalidValue

RULES = DifficultyRules(STANDARD)


def month(*, inquiries=100, unregistered=0, late=0, refused=0, same_day=100, hours=1, copies=0, days=0):
    return Evidence(
        inquiries=inquiries,
        by_reason={"E01": unregistered, "E06": inquiries - unregistered},
        answered=inquiries,
        same_day=same_day,
        late=late,
        refused=refused,
        median_minutes=0,
        ninth_decile_minutes=hours * 60,
        copies_open=copies,
        oldest_copy_days=days,
    )


HEAVY = month(unregistered=20, late=30)
BETWEEN = month(unregistered=15, late=20)
LIGHT = month()
UNKNOWN = month(inquiries=9, unregistered=9, same_day=0, copies=999)

#  a month                                  what it says                       memo 3(1) 「遅延が著しく、かつ、…対応することができない」
MONTHS = [
    (month(unregistered=20, late=30), Verdict.HEAVY),  # both sides
    (month(copies=50, refused=10), Verdict.HEAVY),  # one measure of each side is enough
    (month(days=60, hours=16), Verdict.HEAVY),
    (month(unregistered=20, same_day=50), Verdict.HEAVY),
    (month(unregistered=19, late=30), Verdict.BETWEEN),
    (month(unregistered=20, late=29), Verdict.BETWEEN),
    (month(unregistered=10, late=15), Verdict.BETWEEN),
    (month(unregistered=99, copies=999, days=999), Verdict.LIGHT),  # late to register, but answers well
    (month(late=99, refused=99, same_day=0, hours=99), Verdict.LIGHT),  # answers badly, but registers
    (month(unregistered=9, late=99), Verdict.LIGHT),
    (UNKNOWN, Verdict.UNKNOWN),
]


@pytest.mark.parametrize(("evidence", "said"), MONTHS)
def test_a_month_is_heavy_when_both_sides_are_and_light_when_either_is(evidence, said):
    assert verdict(evidence, RULES) is said


#  months, the oldest first           listed   proposal
STANDINGS = [
    ([HEAVY, HEAVY], False, Direction.ENTER),
    ([LIGHT, HEAVY, HEAVY], False, Direction.ENTER),
    ([HEAVY, BETWEEN], False, None),
    ([HEAVY, UNKNOWN], False, None),
    ([HEAVY], False, None),
    ([], False, None),
    ([HEAVY, HEAVY], True, None),
    ([LIGHT, LIGHT, LIGHT], True, Direction.LEAVE),
    ([LIGHT, BETWEEN, LIGHT], True, None),
    ([LIGHT, LIGHT], True, None),
    ([UNKNOWN, UNKNOWN, UNKNOWN], True, None),
    ([LIGHT, LIGHT, LIGHT], False, None),
]


@pytest.mark.parametrize(("months", "is_listed", "direction"), STANDINGS)
def test_the_last_months_propose_a_change_of_standing_or_none(months, is_listed, direction):
    assert proposed(months, RULES, is_listed=is_listed) is direction


REFUSED = [
    ({"thresholds": {**STANDARD, Measure.LATE_PERCENT: Threshold(30, 30)}}, "leave_not_below_enter"),
    ({"thresholds": {**STANDARD, Measure.LATE_PERCENT: Threshold(30, 0)}}, "leave_not_below_enter"),
    ({"thresholds": {Measure.LATE_PERCENT: Threshold(30, 15)}}, "nothing_about_registration"),
    ({"thresholds": {Measure.COPIES_OPEN: Threshold(30, 15)}}, "nothing_about_answering"),
    ({"months_to_enter": 0}, "difficulty_rules:months"),
    ({"months_to_leave": 13}, "difficulty_rules:months"),
    ({"least_inquiries": 0}, "least_inquiries"),
    ({"days_to_object": 0}, "days_to_object"),
]


@pytest.mark.parametrize(("change", "code"), REFUSED)
def test_rules_that_could_not_tell_anything_are_refused(change, code):
    with pytest.raises(InvalidValue, match=code):
        DifficultyRules(**{"thresholds": STANDARD, **change})


@st.composite
def rules(draw):
    thresholds = {}
    for side in SIDES.values():
        for measure in draw(st.sets(st.sampled_from(side), min_size=1)):
            leave = draw(st.integers(1, 60))
            thresholds[measure] = Threshold(draw(st.integers(leave + 1, 120)), leave)
    needed = st.integers(1, 4)
    return DifficultyRules(thresholds, draw(st.integers(1, 30)), draw(needed), draw(needed))


@st.composite
def evidence(draw):
    inquiries = draw(st.integers(0, 150))
    part = st.integers(0, inquiries)
    return month(
        inquiries=inquiries,
        unregistered=draw(part),
        late=draw(part),
        refused=draw(part),
        same_day=draw(part),
        hours=draw(st.integers(0, 130)),
        copies=draw(st.integers(0, 130)),
        days=draw(st.integers(0, 130)),
    )


HISTORIES = st.lists(evidence(), max_size=8)


@given(rules(), HISTORIES)
def test_the_same_months_never_propose_both_ways(rules, months):
    assert None in {proposed(months, rules, is_listed=listed) for listed in (True, False)}


@given(rules(), st.lists(evidence(), min_size=1, max_size=24), st.booleans())
def test_who_stays_between_the_thresholds_keeps_their_standing(rules, months, is_listed):
    between = [each for each in months if verdict(each, rules) is Verdict.BETWEEN]
    standing = is_listed
    for number in range(len(between) + 1):
        if proposed(between[:number], rules, is_listed=standing) is not None:
            standing = not standing
    assert standing is is_listed


@given(rules(), st.lists(evidence(), max_size=36), st.booleans())
def test_nobody_changes_their_standing_twice_within_the_months_that_a_change_needs(rules, months, is_listed):
    standing, changed_at = is_listed, []
    for number in range(len(months) + 1):
        direction = proposed(months[:number], rules, is_listed=standing)
        if direction is not None:
            standing = not standing
            changed_at.append((number, direction))
    for (earlier, _first), (later, direction) in pairwise(changed_at):
        needed = rules.months_to_leave if direction is Direction.LEAVE else rules.months_to_enter
        assert later - earlier >= needed


RANK = {Verdict.LIGHT: 0, Verdict.BETWEEN: 1, Verdict.HEAVY: 2}


@given(rules(), evidence(), st.data())
def test_a_worse_month_never_says_less(rules, one, drawn):
    names = ("late", "refused", "hours", "copies", "days", "unregistered")
    more = {name: drawn.draw(st.integers(0, 50)) for name in names}
    part = {name: min(one.inquiries, value) for name, value in more.items()}
    worse = month(
        inquiries=one.inquiries,
        unregistered=min(one.inquiries, one.by_reason["E01"] + part["unregistered"]),
        late=min(one.inquiries, one.late + part["late"]),
        refused=min(one.inquiries, one.refused + part["refused"]),
        same_day=drawn.draw(st.integers(0, one.same_day)),
        hours=one.ninth_decile_minutes // 60 + more["hours"],
        copies=one.copies_open + more["copies"],
        days=one.oldest_copy_days + more["days"],
    )
    assert all(value >= measured(one)[measure] for measure, value in measured(worse).items())
    if one.inquiries >= rules.least_inquiries:
        assert RANK[verdict(worse, rules)] >= RANK[verdict(one, rules)]
    for listed, kept in ((False, Direction.ENTER), (True, None)):
        if proposed([one] * 4, rules, is_listed=listed) is kept:
            assert proposed([worse] * 4, rules, is_listed=listed) is kept
