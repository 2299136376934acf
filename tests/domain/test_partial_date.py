"""Dates with unknown parts."""

from datetime import date

import pytest

from inquiry.domain.errors import InvalidValue
from inquiry.domain.partial_date import PartialDate


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (PartialDate(1958, 4, 1), "1958-04-01"),
        (PartialDate(1958, 4), "1958-04-00"),
        (PartialDate(1958), "1958-00-00"),
    ],
)
def test_what_is_written_is_read_back(day, text):
    assert day.isoformat() == text
    assert PartialDate.fromisoformat(text) == day


@pytest.mark.parametrize("parts", [(1958, 2, 30), (1958, 13), (2023, 2, 29), (1958, None, 5), (0, 1, 1)])
def test_a_day_that_the_calendar_does_not_have_is_refused(parts):
    with pytest.raises(InvalidValue):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["", "1958", "1958-4-1", "1958-04-01-", "１９５８-04-01", "abcd-ef-gh", "1958-00-05"])
def test_only_the_stored_form_is_read_back(text):
    with pytest.raises(InvalidValue):
        PartialDate.fromisoformat(text)


def test_an_unknown_part_has_no_calendar_day():
    assert PartialDate(1958, 4, 1).as_date() == date(1958, 4, 1)
    with pytest.raises(InvalidValue):
        PartialDate(1958, 4).as_date()
