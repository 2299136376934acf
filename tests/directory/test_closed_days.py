import csv
from datetime import date, timedelta

import pytest

from inquiry.directory.closed_days import closed_days, holiday_name
from inquiry.domain.calendar import ClosedReason
from tests.world import ROOT

PUBLISHED = ROOT / "tests" / "vectors" / "cabinet-office-holidays.csv"

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
    assert closed_days({date(2026, 10, 1): "創立記念日"}).reason_on(day) is reason


def test_a_holiday_has_its_name():
    assert closed_days().holiday_name(date(2026, 9, 22)) == "国民の休日"


def published():
    """Return the days of the Cabinet Office's table (国民の祝日・休日)."""
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        _header, *rows = csv.reader(file)
    return {date(*map(int, day.split("/"))) for day, _name in rows}


def test_every_day_from_1955_to_2027_is_as_the_cabinet_office_publishes_it():
    days = [date(1955, 1, 1) + timedelta(days=number) for number in range((date(2028, 1, 1) - date(1955, 1, 1)).days)]
    assert [day for day in days if holiday_name(day)] == sorted(published())


#  moved for the Games      from the day it would have been
MOVED = [
    (date(2020, 7, 23), date(2020, 7, 20)),  # 海の日
    (date(2020, 7, 24), date(2020, 10, 12)),  # スポーツの日
    (date(2020, 8, 10), date(2020, 8, 11)),  # 山の日
    (date(2021, 7, 22), date(2021, 7, 19)),
    (date(2021, 7, 23), date(2021, 10, 11)),
    (date(2021, 8, 9), date(2021, 8, 11)),  # 山の日 on Sunday the 8th, its substitute on Monday
]


@pytest.mark.parametrize(("moved", "usual"), MOVED)
def test_the_holidays_moved_for_the_games_are_where_they_were_moved_to(moved, usual):
    assert holiday_name(moved)
    assert holiday_name(usual) is None
