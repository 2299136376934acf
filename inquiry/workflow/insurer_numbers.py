"""The numbers an insurer holds, from when to when (保険者番号の追加・終了・移管).

Source    memo annex STEP1 ② ※1: the insurer is named by its number.
Decides   that a number has one holder a day, and that a second person agrees before it gets another.
Not here  the second person: workflow/enacting.py. How periods are written: directory/number_periods.py.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from inquiry.directory.amendments import PASSED_TO
from inquiry.directory.contacts import NUMBER_PERIODS, CellChange
from inquiry.directory.insurers import InsurerKind, kind_from_number
from inquiry.directory.number_periods import NumberPeriod, check_apart, written_periods
from inquiry.domain.errors import InvalidValue
from inquiry.store.base import new_id
from inquiry.store.insurers import Insurer, InsurerNumber, held_by, holds, padded
from inquiry.workflow.work import Work


class Step(StrEnum):
    """What happens to a number."""

    ADDED = "added"
    ENDED = "ended"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number, what happens to it, and the day: its first one, its last one, or the first one with another insurer."""

    step: Step
    number: str
    day: date


def periods_of(insurer: Insurer) -> tuple[NumberPeriod, ...]:
    """Return the numbers an insurer holds and held."""
    return tuple(_period(each) for each in insurer.numbers)


def _period(row: InsurerNumber) -> NumberPeriod:
    return NumberPeriod(row.number.removeprefix("00"), row.valid_from, row.valid_to)


def after(insurer: Insurer, change: NumberChange) -> tuple[NumberPeriod, ...]:
    """Return an insurer's numbers as they are once a change holds.

    :raises InvalidValue: if the number is of another kind of insurer, already or not at all the insurer's, or ends
        before it begins.
    """
    held = periods_of(insurer)
    if change.step is Step.ADDED:
        _check_kind(insurer, change.number)
        return check_apart([*held, NumberPeriod(padded(change.number).removeprefix("00"), change.day)])
    last_on = change.day - timedelta(days=1) if change.step is Step.PASSED else change.day
    ending = [each for each in held if each.key == padded(change.number) and (each.until_on or last_on) >= last_on]
    if not ending:
        raise InvalidValue("number_period:not_held", field="insurer_number")
    return check_apart(replace(each, until_on=last_on) if each is ending[-1] else each for each in held)


def cells_between(insurer: Insurer, periods: tuple[NumberPeriod, ...]) -> tuple[CellChange, ...]:
    """Return what differs between the numbers an insurer has and those it is to have."""
    old, new = written_periods(periods_of(insurer)), written_periods(periods)
    return (CellChange(NUMBER_PERIODS, old, new),) if old != new else ()


def ended_among(work: Work, text: str) -> list[InsurerNumber]:
    """Return the periods of a number that is looked for, if it is one that nobody holds today."""
    number = unicodedata.normalize("NFKC", text).strip()
    periods = held_by(work.session, number) if number.isascii() and number.isdigit() else []
    return [] if any(holds(each, work.today) for each in periods) else periods


def check_free(work: Work, insurer: Insurer, periods: Iterable[NumberPeriod]) -> None:
    """Refuse a number that another insurer holds on a day of its period.

    :raises InvalidValue: if one does.
    """
    for period in periods:
        others = (each for each in held_by(work.session, period.number) if each.insurer_id != insurer.id)
        if any(period.meets(_period(each)) for each in others):
            raise InvalidValue("number_period:held_by_another", field="insurer_number")


def check_may_pass(insurer: Insurer, receiver: Insurer | None, number: str) -> None:
    """Refuse to pass a number to nobody, to its own holder, or to another kind of insurer.

    :raises InvalidValue: naming the field.
    """
    if receiver is None or receiver.id == insurer.id:
        raise InvalidValue("number_period:receiver_unknown", field="receiver_number")
    _check_kind(receiver, number)


def write(work: Work, insurer: Insurer, periods: tuple[NumberPeriod, ...]) -> None:
    """Let an insurer hold these numbers and no others.

    :raises InvalidValue: if another insurer holds one of them on a day of its period.
    """
    if periods == periods_of(insurer):
        return
    check_free(work, insurer, periods)
    standing = {(each.number, each.valid_from): each for each in insurer.numbers}
    wanted = {(each.key, each.from_on): each for each in periods}
    for key in standing.keys() - wanted.keys():
        insurer.numbers.remove(standing[key])
        work.session.delete(standing[key])
    work.session.flush()
    for key, period in wanted.items():
        row = standing.get(key)
        if row is None:
            row = InsurerNumber(id=new_id(), number=period.key, valid_from=period.from_on)
            insurer.numbers.append(row)
        row.valid_to = period.until_on
    insurer.numbers.sort(key=lambda each: (each.number, each.valid_from))
    work.session.flush()
    work.record("insurer:numbers_changed", insurer=insurer.id, numbers=str(len(periods)))


def passed(work: Work, receiver: Insurer, cells: Iterable[CellChange], periods: Iterable[NumberPeriod]) -> None:
    """Give a number that ended with its holder to whom it was passed, from the day after."""
    number = next(cell.old for cell in cells if cell.column == PASSED_TO)
    ended = [each.until_on for each in periods if each.key == padded(number) and each.until_on is not None]
    begun = NumberPeriod(number, max(ended) + timedelta(days=1))
    write(work, receiver, check_apart([*periods_of(receiver), begun]))


def _check_kind(insurer: Insurer, number: str) -> None:
    if kind_from_number(number) != InsurerKind(insurer.kind):
        raise InvalidValue("number_period:other_kind", field="insurer_number")
