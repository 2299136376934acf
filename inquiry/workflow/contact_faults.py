"""Rows that cannot come onto the contact list beside those that stand there (一覧に加えられない行).

Decides   which rows contradict the list or each other, each with the column and why.
Not here  what is wrong with a row by itself: directory/contacts.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from inquiry.directory.contacts import NUMBER_PERIODS, ContactRow
from inquiry.directory.number_periods import NumberPeriod
from inquiry.domain.check_digits import padded_insurer_number
from inquiry.store.insurers import numbers_ever_held
from inquiry.workflow.contacts import is_under_its_last_number, went_over
from inquiry.workflow.work import Work

Fault = tuple[ContactRow, tuple[str, str]]


def faults(
    work: Work, added: Iterable[ContactRow], rows: Sequence[ContactRow], *, ended: Iterable[ContactRow] = ()
) -> Iterator[Fault]:
    """Yield what is wrong with the rows that would be added, and with the edition of the list that all rows make.

    `ended` are desks that stand on the list and not among the rows; they may stay.
    """
    yield from _coming_back(work, added)
    listed = {row.key: row for row in (*ended, *rows)}
    yield from _held_twice(work, [row for row in listed.values() if not row.desk_name])
    yield from _misplaced(rows, {row.key[0]: row for row in listed.values() if not row.desk_name})


def _coming_back(work: Work, added: Iterable[ContactRow]) -> Iterator[Fault]:
    known = numbers_ever_held(work.session)
    for row in added:
        if row.key[0] not in known:
            continue
        if went_over(work, row):
            yield row, ("保険者番号", "contact:insurer_merged")
        if not is_under_its_last_number(work, row):
            yield row, ("電話番号", "contact:back_under_another_number")


def _held_twice(work: Work, mains: list[ContactRow]) -> Iterator[Fault]:
    """Yield the main desks whose insurer would hold a number that another holds on the same day."""
    held: dict[str, list[NumberPeriod]] = defaultdict(list)
    for row in mains:
        periods = row.periods or (NumberPeriod(row.insurer_number, work.today),)
        if any(period.meets(other) for period in periods for other in held[period.key]):
            yield row, (NUMBER_PERIODS, "number_period:held_by_another")
        for period in periods:
            held[period.key].append(period)


def _misplaced(rows: Iterable[ContactRow], mains: dict[str, ContactRow]) -> Iterator[Fault]:
    """Yield the desks that no insurer stands behind, or that serve what is not theirs."""
    served: set[str] = set()
    for row in rows:
        main = mains.get(row.key[0])
        if main is None:
            yield row, ("窓口名", "contact:no_main_desk")
            continue
        numbers = {padded_insurer_number(number) for number in row.serves_numbers}
        if not numbers <= {each.key for each in main.periods} | {main.key[0]}:
            yield row, ("担当する保険者番号", "contact:serves_foreign_number")
        if numbers & served:
            yield row, ("担当する保険者番号", "contact:number_served_elsewhere")
        served |= numbers
