import pytest

from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.matching.dates import Fit, compare_birth_dates, fit_of
from inquiry.matching.grades import Grade
from tests.matching.people import cover


def partial(text):
    return PartialDate.fromisoformat(text) if text else None


BIRTH_DATES = [
    ("1980-05-06", "1980-05-06", "equal", ()),
    ("1980-05-00", "1980-05-06", "confirm", ("birth_date:part_unknown",)),
    ("1980-00-00", "1980-05-06", "confirm", ("birth_date:part_unknown",)),
    ("1980-05-00", "1980-05-00", "confirm", ("birth_date:part_unknown",)),
    ("1980-05-07", "1980-05-06", "different", ("birth_date:day_differs",)),
    ("1980-06-06", "1980-05-06", "different", ("birth_date:month_differs",)),
    ("1981-05-06", "1980-05-06", "different", ("birth_date:year_differs",)),
    ("1980-06-05", "1980-05-06", "different", ("birth_date:month_and_day_swapped",)),
    ("1980-07-09", "1980-05-06", "different", ("birth_date:differs",)),
    ("1980-06-00", "1980-05-06", "different", ("birth_date:month_differs",)),
    ("1981-00-00", "1980-05-06", "different", ("birth_date:year_differs",)),
]


@pytest.mark.parametrize(("ours", "theirs", "grade", "reasons"), BIRTH_DATES)
def test_birth_dates_are_graded_by_the_table_whichever_side_they_stand_on(ours, theirs, grade, reasons):
    for one, other in ((ours, theirs), (theirs, ours)):
        found = compare_birth_dates(partial(one), partial(other))
        assert (found.grade, found.reasons) == (Grade(grade), reasons)


#  stated: acquired, lost        on the roll: acquired, lost                     fit
COVER = [
    ("2020-04-01", "2023-04-01", [("2020-04-01", "2023-04-01")], Fit.EXACT),
    ("2020-04-01", "2023-03-31", [("2020-04-01", "2023-04-01")], Fit.NEAR),
    ("2020-04-01", "2023-04-02", [("2020-04-01", "2023-04-01")], Fit.NEAR),
    ("2020-04-01", "", [("2020-04-01", "2023-04-01")], Fit.NEAR),
    ("", "2023-04-01", [("2020-04-01", "2023-04-01")], Fit.NEAR),
    ("", "2023-03-31", [("2020-04-01", "2023-04-01")], Fit.NEAR),
    ("2020-04-00", "", [("2020-04-01", "")], Fit.MONTH),
    ("2020-04-00", "2023-04-01", [("2020-04-01", "2023-04-01")], Fit.MONTH),
    ("", "2023-03-00", [("2020-04-01", "2023-04-01")], Fit.MONTH),
    ("2020-00-00", "", [("2020-04-01", "")], Fit.OPEN),
    ("", "", [("2020-04-01", "")], Fit.OPEN),
    ("2020-04-01", "", [], Fit.OPEN),
    ("2020-04-02", "", [("2020-04-01", "")], Fit.CONTRADICTS),
    ("2020-04-01", "2023-04-08", [("2020-04-01", "2023-04-01")], Fit.CONTRADICTS),
    ("", "2023-04-01", [("2020-04-01", "")], Fit.CONTRADICTS),
    ("2021-00-00", "", [("2020-04-01", "")], Fit.CONTRADICTS),
    ("2021-07-01", "", [("2020-04-01", "2021-01-01"), ("2021-07-01", "")], Fit.NEAR),
    ("2020-04-01", "2024-04-01", [("2020-04-01", "2022-04-01"), ("2022-04-01", "2024-04-01")], Fit.EXACT),
    ("2020-04-01", "2024-03-31", [("2020-04-01", "2022-03-31"), ("2022-04-01", "2024-03-31")], Fit.EXACT),
    ("2020-04-01", "2024-04-01", [("2020-04-01", "2022-03-31"), ("2022-04-01", "2024-03-31")], Fit.NEAR),
    ("2020-04-01", "2024-03-31", [("2020-04-01", "2022-03-30"), ("2022-04-01", "2024-03-31")], Fit.CONTRADICTS),
    ("2020-04-01", "2024-04-01", [("2020-04-01", "2021-04-01"), ("2022-04-01", "2024-04-01")], Fit.CONTRADICTS),
    ("2020-04-01", "2024-04-01", [("2020-04-01", "9999-12-31")], Fit.CONTRADICTS),
    ("2020-04-01", "2024-04-01", [("2020-04-01", "0001-01-01")], Fit.CONTRADICTS),
    ("2020-04-01", "9999-12-31", [("2020-04-01", "9999-12-31")], Fit.EXACT),
]


@pytest.mark.parametrize(("acquired", "lost", "periods", "fit"), COVER)
def test_stated_dates_fit_a_persons_cover_as_a_whole(acquired, lost, periods, fit):
    stated = CoverDates(partial(acquired), partial(lost))
    assert fit_of(stated, [cover(*period) for period in periods]) is fit
    assert fit_of(stated, [cover(*period) for period in reversed(periods)]) is fit
