from datetime import timedelta

import pytest

from inquiry.domain.errors import InvalidValue
from inquiry.domain.escalation import AFTER, Level, check_waits, next_level

HOUR = timedelta(hours=1)
#  waited           taken already                       who is told next
STEPS = [
    (timedelta(), [], Level.SUPERVISOR),
    (8 * HOUR, [Level.SUPERVISOR], None),
    (8.75 * HOUR, [Level.SUPERVISOR], Level.PMO),
    (26 * HOUR, [Level.SUPERVISOR, Level.PMO], None),
    (26.25 * HOUR, [Level.SUPERVISOR, Level.PMO], Level.MINISTRY),
    (99 * HOUR, [], Level.SUPERVISOR),  # nobody is passed over
    (99 * HOUR, list(Level), None),
]


@pytest.mark.parametrize(("waited", "taken", "level"), STEPS)
def test_each_step_follows_the_one_before_after_its_time(waited, taken, level):
    assert next_level(waited, taken) is level


#  before the PMO     before the ministry    why it cannot be
REFUSED = [
    (9 * HOUR, 8 * HOUR, "escalation_rules:out_of_order"),
    (9 * HOUR, 201 * HOUR, "escalation_rules:wait_too_long"),
    (-HOUR, 8 * HOUR, "escalation_rules:wait_too_long"),
]


@pytest.mark.parametrize(("to_pmo", "to_ministry", "code"), REFUSED)
def test_nobody_is_told_before_those_who_come_first(to_pmo, to_ministry, code):
    with pytest.raises(InvalidValue, match=code):
        check_waits({**AFTER, Level.PMO: to_pmo, Level.MINISTRY: to_ministry})


def test_the_waiting_times_to_begin_with_can_be():
    check_waits(AFTER)
