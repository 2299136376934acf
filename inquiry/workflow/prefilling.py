"""What the roster already knows of the items asked for (回答欄への初期表示).

Source    memo annex STEP2 ⑤: the requested items are answered.
Decides   which item follows from a member and one period of cover; whatever does not is left to the officer.
Not here  what is told: answering.py takes what the officer left standing in the fields.
"""

from collections.abc import Callable, Iterable
from typing import Final

from inquiry.domain.item import Item, item
from inquiry.domain.member import Enrolment, Member, Relation
from inquiry.domain.wareki import both_calendars
from inquiry.store.inquiries import Inquiry
from inquiry.store.insurers import Insurer

_Known = Callable[[Item, Member, Enrolment], str]


def by_period(inquiry: Inquiry, member: Member) -> list[dict[str, str]]:
    """Return what the roster knows of the items an inquiry asks for, for each of the member's periods of cover."""
    number = number_of(inquiry.insurer)
    return [prefilled(inquiry.items, member, period, insurer_number=number) for period in member.enrolments]


def prefilled(codes: Iterable[str], member: Member, period: Enrolment, *, insurer_number: str = "") -> dict[str, str]:
    """Return the value of every item that follows from the roster; items it says nothing about are not in it."""
    values = {}
    for code in codes:
        value = insurer_number if code == _INSURER_NUMBER else _value(item(code), member, period)
        if value:
            values[code] = value
    return values


def number_of(insurer: Insurer) -> str:
    """Return the insurer's number where it has one only; of several, the roster does not say which is meant."""
    numbers = [each.number for each in insurer.numbers if each.valid_to is None]
    return numbers[0] if len(numbers) == 1 else ""


def _value(asked: Item, member: Member, period: Enrolment) -> str:
    known = _KNOWN.get(asked.code)
    return known(asked, member, period) if known else ""


def _lost_on(asked: Item, _member: Member, period: Enrolment) -> str:
    return both_calendars(period.lost_on) if period.lost_on else asked.when_empty


def _loss_reason(asked: Item, _member: Member, period: Enrolment) -> str:
    if period.lost_on is None:
        return asked.when_empty
    # Rosters carry the code of the layout or the words for it; words stand for themselves.
    return next((value.label for value in asked.values if value.code == period.loss_reason), period.loss_reason)


def _insured_name(_asked: Item, member: Member, period: Enrolment) -> str:
    # Whose dependant somebody is, the roster does not say.
    return member.name.written if period.relation is Relation.INSURED else ""


_INSURER_NUMBER: Final = "SHIKAKU-01"
_KNOWN: Final[dict[str, _Known]] = {
    "SHIKAKU-02": lambda _asked, _member, period: period.symbol,
    "SHIKAKU-03": lambda _asked, _member, period: period.number,
    "SHIKAKU-04": lambda _asked, _member, period: period.branch,
    "SHIKAKU-05": lambda asked, _member, period: asked.label_of(period.relation) if period.relation else "",
    "SHIKAKU-06": lambda _asked, _member, period: both_calendars(period.acquired_on) if period.acquired_on else "",
    "SHIKAKU-07": _lost_on,
    "SHIKAKU-08": _loss_reason,
    "SHIKAKU-10": _insured_name,
}
