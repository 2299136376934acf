"""Inquiries that fit two persons, asked again with dates of cover (追加情報): the dates must name one, or nobody.

The second person is put beside a member for the purpose: the same name, birth date and sex, another cover and address.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.matching import held
from benchmarks.matching.cases import Allowed, Case, Chance, Trouble, about
from benchmarks.matching.people import Cover, Person
from inquiry.domain.member import CoverDates, Member, MemberId
from inquiry.domain.partial_date import PartialDate

Day = PartialDate | None
Stated = Callable[[Cover, int], tuple[Day, Day]]
_FAR = 62


def again(allowed: Allowed, state: Stated) -> Callable[[Person, Chance], Case | None]:
    """Return what asks about one of two persons who share all three identifiers, with dates as `state` gives them."""

    def arise(person: Person, chance: Chance) -> Case | None:
        other = chance.stranger()
        cover = person.covers[chance.below(len(person.covers))]
        others = [each for each in person.covers if each != cover] + other.covers
        if person.is_unlinked or not held.is_clear(person) or _are_close([cover], others):
            return None
        acquired, lost = state(cover, chance.below(1 << 20))
        if (acquired is None and lost is None) or _touch((acquired, lost), others):
            return None
        return Case(about(person), person, allowed, CoverDates(acquired, lost), (_beside(person, other),))

    return arise


def _beside(person: Person, other: Person) -> Member:
    (member,) = held.members_of(person)
    other_member = held.members_of(replace(other, luck=1))[0]
    return replace(member, member_id=MemberId("Z"), enrolments=other_member.enrolments, address=other_member.address)


def _are_close(covers: list[Cover], others: list[Cover]) -> bool:
    """Say whether a date stated of one could be taken for one of the other."""
    begins = (abs(begin - its) < _FAR for begin, _ in covers for its, _ in others)
    ends = (abs(end - its) < _FAR for _, end in covers for _, its in others if end and its)
    return any(begins) or any(ends)


def _touch(stated: tuple[Day, Day], covers: list[Cover]) -> bool:
    """Say whether dates that should be of nobody happen to lie near somebody else's."""
    pairs = ((day, its) for cover in covers for day, its in zip(stated, cover, strict=True) if day and its)
    return any(abs(date(day.year, day.month or 7, day.day or 1).toordinal() - its) < _FAR for day, its in pairs)


def day_of(ordinal: int | None, *, away: int = 0) -> Day:
    return PartialDate.of(date.fromordinal(ordinal) + timedelta(days=away)) if ordinal else None


def month_of(ordinal: int | None) -> Day:
    day = day_of(ordinal)
    return day and PartialDate(day.year, day.month)


def year_of(ordinal: int | None) -> Day:
    day = day_of(ordinal)
    return day and PartialDate(day.year)


def ended(state: Stated) -> Stated:
    """Apply to covers that have ended."""
    return lambda cover, turn: state(cover, turn) if cover[1] else (None, None)


def dates_of_nobody(cover: Cover, turn: int) -> tuple[Day, Day]:
    away = (7 + turn % 300) * (1 if turn % 2 else -1)
    return day_of(cover[0], away=away), day_of(cover[1], away=away) if cover[1] else None


ONE, LOOK = Allowed.ONE, Allowed.LOOK
SECOND_ROUND = (
    Trouble("no dates yet", LOOK, again(LOOK, lambda *_: (PartialDate(1990), None))),
    Trouble("both dates", ONE, again(ONE, ended(lambda cover, _: (day_of(cover[0]), day_of(cover[1]))))),
    Trouble("acquisition", ONE, again(ONE, lambda cover, _: (day_of(cover[0]), None))),
    Trouble("loss", ONE, again(ONE, ended(lambda cover, _: (None, day_of(cover[1]))))),
    Trouble("both months", ONE, again(ONE, ended(lambda cover, _: (month_of(cover[0]), month_of(cover[1]))))),
    Trouble("month of acquisition", ONE, again(ONE, lambda cover, _: (month_of(cover[0]), None))),
    Trouble("month of loss", ONE, again(ONE, ended(lambda cover, _: (None, month_of(cover[1]))))),
    Trouble("loss, the day before", ONE, again(ONE, ended(
        lambda cover, _: (day_of(cover[0]), day_of(cover[1], away=-1))))),
    Trouble("loss, the day after", ONE, again(ONE, ended(
        lambda cover, _: (None, day_of(cover[1], away=1))))),
    Trouble("years", LOOK, again(LOOK, lambda cover, _: (year_of(cover[0]), year_of(cover[1])))),
    Trouble("acquisition a day off", LOOK, again(LOOK, lambda cover, _: (day_of(cover[0], away=1), None))),
    Trouble("loss two days off", LOOK, again(LOOK, ended(
        lambda cover, _: (day_of(cover[0]), day_of(cover[1], away=2))))),
    Trouble("loss of one who is still a member", LOOK, again(LOOK, lambda cover, turn: (
        (None, None) if cover[1] else (day_of(cover[0]), day_of(cover[0], away=400 + turn % 900))))),
    Trouble("dates of nobody", LOOK, again(LOOK, dates_of_nobody)),
)  # fmt: skip
