"""How an insurer holds people: half-width kana without small ones, old forms, ●, several formats, several periods.

A person becomes the rows of a CSV, or the members that reading those rows gives; both say the same.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from benchmarks.matching.people import Cover, Origin, Person, Whole
from benchmarks.matching.writing import LARGE, half_width, hidden, hiragana, large_half_width, old_form
from inquiry.domain.member import Enrolment, Member, MemberId, Relation
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex

_ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
)
_SEXES = {"1": ("1", "男", "男性", "１"), "2": ("2", "女", "女性", "２")}
_TO_ANOTHER_INSURER = "03"
_MARKS = "●●●〓□?"


def _turn(person: Person, salt: int, sides: int) -> int:
    """Throw a die for this person; the same throw always falls the same."""
    return (person.luck * (2 * salt + 2_654_435_761) >> 13) % sides


def kana_of(person: Person, whole: Whole) -> str:
    """Write a reading as insurers' systems do: mostly half-width and without small kana."""
    style = _turn(person, 1, 20)
    surname, given = whole[0].kana, whole[1].kana
    space = "" if _turn(person, 2, 20) == 0 else " "
    if style < 17:
        return large_half_width(surname) + space + large_half_width(given)
    if style == 17:
        return half_width(surname) + space + half_width(given)
    kana = f"{surname}{space and '　'}{given}"
    if style == 18:
        return kana
    return hiragana(kana) if _turn(person, 8, 3) == 0 else kana.translate(LARGE)


def written_of(person: Person, whole: Whole) -> str:
    """Write a name; now and then in an old form, with ● for a character, or without a space."""
    surname, given = whole[0].written, whole[1].written
    if person.origin is Origin.LATIN and surname.isupper():
        return f"{surname} {given}"
    if _turn(person, 4, 8) == 0:
        surname, given = old_form(surname, person.luck), old_form(given, person.luck)
    if _hides_character(person):
        surname = hidden(surname, person.luck % len(surname), _MARKS[person.luck % len(_MARKS)])
    style = _turn(person, 3, 20)
    return f"{surname}{'　' if style < 17 else '' if style < 19 else ' '}{given}"


def _hides_character(person: Person) -> bool:
    """Say whether a system on the way could not convert a character of the surname."""
    is_latin = person.origin is Origin.LATIN
    return not is_latin and len(person.name[0].written) > 1 and _turn(person, 5, 250) == 0


def has_no_kana(person: Person) -> bool:
    return _turn(person, 6, 1500) == 0


def born_of(person: Person) -> PartialDate:
    """Return the birth date as the roster has it: of some foreigners the day, or no more than the year, is known."""
    born = date.fromordinal(person.born)
    if _is_birthday_known(person):
        return PartialDate(born.year, born.month, born.day)
    return PartialDate(born.year, born.month if person.luck % 2 else None)


def _is_birthday_known(person: Person) -> bool:
    return _turn(person, 7, 2500 if person.origin is Origin.JAPANESE else 30) > 0


def is_guarded(person: Person) -> bool:
    """Say whether the roster lacks one character, with a known one beside it, and nothing else."""
    return _hides_character(person) and _is_birthday_known(person) and not has_no_kana(person)


def is_clear(person: Person) -> bool:
    """Say whether the roster holds the three identifiers without a gap."""
    return _is_birthday_known(person) and not has_no_kana(person) and not _hides_character(person)


def members_of(person: Person) -> tuple[Member, ...]:
    """Return the person as the roster knows it: nobody, one member, or two who seem to be two persons."""
    if person.is_late:
        return ()
    if not person.is_unlinked:
        return (_member(person, "M", person.covers),)
    return _member(person, "M", person.covers[:-1]), _member(person, "N", person.covers[-1:])


def _member(person: Person, series: str, covers: list[Cover]) -> Member:
    kana = "" if has_no_kana(person) else kana_of(person, person.name)
    return Member(
        MemberId(f"{series}{person.number:08d}"),
        PersonName(written_of(person, person.name), kana),
        born_of(person),
        Sex(person.sex),
        _other_name(person, person.alias),
        _other_name(person, person.former),
        person.address,
        True,
        False,
        tuple(_enrolment(person, cover) for cover in covers),
    )


def _other_name(person: Person, whole: Whole | None) -> PersonName:
    return PersonName(written_of(person, whole), kana_of(person, whole)) if whole else _NO_NAME


_NO_NAME = PersonName()


def _enrolment(person: Person, cover: Cover) -> Enrolment:
    begin, end = cover
    return Enrolment(
        date.fromordinal(begin),
        date.fromordinal(end) if end else None,
        _TO_ANOTHER_INSURER if end else "",
        str(1000 + person.household % 9000),
        str(person.household),
        f"{person.branch:02d}",
        Relation.DEPENDANT if person.branch else Relation.INSURED,
    )


def rows_of(person: Person) -> Iterator[str]:
    """Yield the rows of a person in the order of ROSTER_COLUMNS; no cell needs quotes."""
    if person.is_late:
        return
    throw = _turn(person, 9, 20)
    kana = "" if has_no_kana(person) else kana_of(person, person.name)
    names = f"{written_of(person, person.name)},{kana},{_cells(person, person.alias)},{_cells(person, person.former)}"
    day = _day_text(person.born, throw) if _is_birthday_known(person) else born_of(person).isoformat()
    fixed = f"{names},{day},{_SEXES[person.sex][throw % 4]},{'2' if person.branch else '1'}"
    insured = f"{1000 + person.household % 9000},{person.household},{person.branch:02d}"
    last = len(person.covers) - 1
    for place, (begin, end) in enumerate(person.covers):
        series = "N" if person.is_unlinked and place == last else "M"
        ended = f"{_day_text(end, throw)},{_TO_ANOTHER_INSURER}" if end else ","
        begun = _day_text(begin, throw)
        yield f"{series}{person.number:08d},{insured},{fixed},{begun},{ended},{person.address},1\n"


def _cells(person: Person, whole: Whole | None) -> str:
    return f"{written_of(person, whole)},{kana_of(person, whole)}" if whole else ","


def era_of(day: date) -> tuple[str, str, int]:
    """Return the era of a day, its letter, and the year."""
    began, era, letter = next(each for each in _ERAS if each[0] <= day)
    return era, letter, day.year - began.year + 1


def _day_text(day: int, throw: int) -> str:
    return _texts_of(day)[0 if throw < 12 else throw % 5]


@lru_cache(maxsize=60_000)
def _texts_of(ordinal: int) -> tuple[str, ...]:
    """Return one day in the formats that rosters have."""
    day = date.fromordinal(ordinal)
    era, letter, year = era_of(day)
    return (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日",
        f"{letter}{year:02d}.{day.month:02d}.{day.day:02d}",
        f"{day.year}/{day.month}/{day.day}",
    )
