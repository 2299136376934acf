from datetime import date

import pytest

from inquiry.directory.closed_days import closed_days
from inquiry.domain.calendar import ClosedReason

#  day                  closed because
DAYS = [
    (date(2026, 4, 28), None),
    (date(2026, 4, 29), ClosedReason.HOLIDAY),
    (date(2026, 4, 30), None),
    (date(2026, 5, 4), ClosedReason.HOLIDAY),
    (date(2026, 5, 6), ClosedReason.HOLIDAY),  # substitute for a Sunday
    (date(2026, 5, 7), None),
    (date(2026, 9, 22), ClosedReason.HOLIDAY),  # between two holidays
    (date(2026, 9, 24), None),
    (date(2026, 12, 28), None),
    (date(2026, 12, 29), ClosedReason.YEAR_END),
    (date(2027, 1, 4), None),
    (date(2026, 10, 1), ClosedReason.CLOSURE),
]


@pytest.mark.parametrize(("day", "reason"), DAYS)
def test_the_office_is_closed_as_in_japan(day, reason):
    assert closed_days([date(2026, 10, 1)]).reason_on(day) is reason


def test_a_holiday_has_its_name():
    assert closed_days().holiday_name(date(2026, 9, 22)) == "国民の休日"
