from datetime import timedelta

import pytest

from inquiry.domain.escalation import Level, next_level

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
