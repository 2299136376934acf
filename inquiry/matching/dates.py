"""Birth dates, and when cover began or ended (生年月日, 資格取得・喪失の時期).

Source    memo annex STEP2 ⑤ 「追加情報（喪失や取得時期等）を求め、対象者を特定」; memo annex ※6.
Decides   how two birth dates agree; how well stated dates fit a member's periods of cover.
Not here  reading dates as people type them: domain/wareki.py.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import IntEnum

from inquiry.domain.member import CoverDates, Enrolment
from inquiry.domain.partial_date import PartialDate
from inquiry.matching.grades import SAME, Comparison, Grade, Identifier, Reason


def compare_birth_dates(ours: PartialDate, theirs: PartialDate) -> Comparison:
    """Grade two birth dates; an unknown part is no contradiction, and no equality either."""
    if ours.is_complete and ours == theirs:
        return SAME[Identifier.BIRTH_DATE]
    grade, reasons = _grade_birth_dates(ours, theirs)
    return Comparison(Identifier.BIRTH_DATE, grade, reasons)


def _grade_birth_dates(ours: PartialDate, theirs: PartialDate) -> tuple[Grade, tuple[Reason, ...]]:
    one, other = (ours.year, ours.month, ours.day), (theirs.year, theirs.month, theirs.day)
    unequal = [
        reason
        for reason, part, its in zip(_PARTS, one, other, strict=True)
        if part is not None and its is not None and part != its
    ]
    if not unequal:
        return Grade.CONFIRM, (Reason.BIRTH_DATE_UNKNOWN,)
    if ours.is_complete and one == (theirs.year, theirs.day, theirs.month):
        return Grade.DIFFERENT, (Reason.BIRTH_DATE_SWAPPED,)
    return Grade.DIFFERENT, (unequal[0] if len(unequal) == 1 else Reason.BIRTH_DATE_DIFFERS,)


_PARTS = (Reason.BIRTH_DATE_YEAR, Reason.BIRTH_DATE_MONTH, Reason.BIRTH_DATE_DAY)


class Fit(IntEnum):
    """How well stated dates fit a member's cover, best last; only MONTH and better single a person out."""

    CONTRADICTS = 0
    UNKNOWN = 1  # a period without any date: it bears nothing out, and excludes nobody
    OPEN = 2  # nothing that could be compared, or the year alone
    MONTH = 3
    NEAR = 4  # one of the two dates only, or the loss a day off: 退職日 and 資格喪失日 are both in use
    EXACT = 5


def fit_of(stated: CoverDates, enrolments: Iterable[Enrolment]) -> Fit:
    """Return the best fit of the stated dates to any period, or to periods without a gap by either custom."""
    if stated.is_empty:
        return Fit.OPEN
    spans = list(_spans(sorted(enrolments, key=_begin)))
    return max((_fit_span(stated, *span) for span in spans), default=Fit.OPEN)


def _begin(enrolment: Enrolment) -> date:
    return enrolment.acquired_on or date.min


def _spans(periods: list[Enrolment]) -> Iterator[tuple[date | None, date | None]]:
    for start, first in enumerate(periods):
        lost_on = first.lost_on
        yield first.acquired_on, lost_on
        for following in periods[start + 1 :]:
            if lost_on is None or following.acquired_on not in (lost_on, min(lost_on, date.max - _DAY) + _DAY):
                continue
            lost_on = following.lost_on
            yield first.acquired_on, lost_on


def _fit_span(stated: CoverDates, acquired_on: date | None, lost_on: date | None) -> Fit:
    if acquired_on is None and lost_on is None:
        return Fit.OPEN if stated.lost is None else Fit.UNKNOWN
    fits = []
    if stated.acquired is not None:
        fits.append(Fit.OPEN if acquired_on is None else _fit_date(stated.acquired, acquired_on))
    if stated.lost is not None:
        fits.append(Fit.CONTRADICTS if lost_on is None else _fit_loss(stated.lost, lost_on))
    return min(fits) if len(fits) == 2 else min(fits[0], Fit.NEAR)


def _fit_date(stated: PartialDate, actual: date) -> Fit:
    if stated == PartialDate.of(actual):
        return Fit.EXACT
    if stated.year != actual.year or stated.month not in (None, actual.month) or stated.is_complete:
        return Fit.CONTRADICTS
    return Fit.OPEN if stated.month is None else Fit.MONTH


_DAY = timedelta(days=1)
_DAY_TWO = date.min + _DAY


def _fit_loss(stated: PartialDate, lost_on: date) -> Fit:
    """Fit a date of loss; the day before or after, or its month, may be what the other custom calls the loss."""
    neighbours = {max(lost_on, _DAY_TWO) - _DAY, min(lost_on, date.max - _DAY) + _DAY}  # the calendar ends somewhere
    around = max(_fit_date(stated, day) for day in neighbours)
    return max(_fit_date(stated, lost_on), min(around, Fit.NEAR))
