"""Plain keys: what a person is looked up by, before it is blinded (検索鍵).

A plain key is a few normal forms side by side; security/blinding.py makes of it what is stored and asked for, so that
no name stands anywhere. A key finds, it never decides: whoever is found is opened and compared, so that two people who
share a blind key cannot be taken for one.

    kind              made from                            carried by              asked for
    ────────────────  ───────────────────────────────────  ──────────────────────  ─────────────────────────────────
    NAME              kana folded, birth date, sex         members known in full   decision
    WRITTEN           kanji folded, birth date, sex        members known in full   decision (inquiry without kana, or
                                                                                   a Latin name); near miss
    WRITTEN_ALONE     kanji folded, birth date, sex        those without kana      decision
    INCOMPLETE        kana folded, birth year              members with an         decision
                                                           unknown part
    NAME_YEAR         kana skeleton, birth year            every member            decision, if the inquiry has an
                                                                                   unknown part; near miss
    SURNAME_DATE      first part's skeleton, birth date    members known in full   near miss
    GIVEN_DATE        last part's skeleton, date, sex      members known in full   near miss
    NAME_MONTH_DAY    kana skeleton, month and day         members known in full   near miss
    NAMESAKE          kanji folded, sex, birth year        every member, apart     counting namesakes (of somebody
                                                                                   without kanji by NAME_YEAR, too)
    PERSON            加入者ID                             every member, apart     taking over changes
    ALIKE             kana and kanji folded, date, sex,    every member, apart     comparing rosters; the report of
                      as far as they are known                                     an import

An unknown part does not widen the ordinary search: only inquiries that lack a part, and the few members that do,
meet under a year; all other inquiries meet the whole birth date and sex.

Source    memo annex STEP2 ④.
Secrets   a plain key is personal data: it is blinded at once and kept nowhere.
"""

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from inquiry.domain.member import Member
from inquiry.domain.subject import Sex, Subject
from inquiry.matching import kana, kanji
from inquiry.matching.names import BorneName, names_of

VERSION = f"keys-4/{kana.VERSION}/{kanji.VERSION}"  # of what is stored: another version finds nobody until rebuilt
NAMESAKE_YEARS = 2  # before and after the year of birth

PlainKey = bytes
NamesakeKeys = tuple[PlainKey, ...]  # of one name, for each year of birth


class KeyKind(IntEnum):
    """What a key was made from; part of what is hashed, and never changes its meaning."""

    NAME = 1
    WRITTEN = 2
    INCOMPLETE = 3
    NAME_YEAR = 4
    SURNAME_DATE = 5
    GIVEN_DATE = 6
    NAME_MONTH_DAY = 7
    WRITTEN_ALONE = 8
    NAMESAKE = 9
    PERSON = 10
    ALIKE = 11


_PREFIX = {kind: b"%d\x1f" % kind for kind in KeyKind}
_NAME, _WRITTEN, _WRITTEN_ALONE = (_PREFIX[kind] for kind in (KeyKind.NAME, KeyKind.WRITTEN, KeyKind.WRITTEN_ALONE))
_INCOMPLETE, _NAME_YEAR, _NAMESAKE = (
    _PREFIX[kind] for kind in (KeyKind.INCOMPLETE, KeyKind.NAME_YEAR, KeyKind.NAMESAKE)
)
_SURNAME_DATE, _GIVEN_DATE, _NAME_MONTH_DAY = (
    _PREFIX[kind] for kind in (KeyKind.SURNAME_DATE, KeyKind.GIVEN_DATE, KeyKind.NAME_MONTH_DAY)
)


def member_keys(member: Member) -> list[PlainKey]:
    """Return every key by which a member is found."""
    names, year = names_of(member), _year(member.birth_date.year)
    if not _is_complete(member):
        return _incomplete(names, year) + _name_year(names, year)
    born_on, sex = _born_on(member), _sex(member)
    return _exact(names, born_on + sex) + _near(names, born_on, sex) + _name_year(names, year)


def lookup_keys(subject: Subject) -> list[PlainKey]:
    """Return the keys under which every member lies about whom `decide` could find more than none."""
    names, year = names_of(subject), _year(subject.birth_date.year)
    if not _is_complete(subject):
        return _name_year(names, year)
    return _asked(names, _born_on(subject) + _sex(subject)) + _incomplete(names, year)


def possible_keys(subject: Subject) -> list[PlainKey]:
    """Return the keys under which the members lie whom `possible` may show."""
    names, born_on, sex = names_of(subject), _born_on(subject), _sex(subject)
    by_year = _name_year(names, _year(subject.birth_date.year))
    if not _is_complete(subject):
        return by_year
    return by_year + _exact(names, born_on + sex) + _near(names, born_on, sex) + _swapped(names, born_on, sex)


def namesake_key(member: Member) -> PlainKey:
    """Return the key under which a member is counted among namesakes: by the registered name alone."""
    names = names_of(member)
    name = _counted_as(names[0]) if names else ""
    return _NAMESAKE + name.encode() + _sex(member) + _year(member.birth_date.year)


def namesake_keys(subject: Subject) -> list[NamesakeKeys]:
    """Return, for each name the subject bears, what its namesakes carry: equal name and sex, born two years apart."""
    return list(dict.fromkeys(_namesakes_of(name, subject) for name in names_of(subject)))


def further_namesake_keys(subject: Subject, member: Member) -> list[NamesakeKeys]:
    """Return the same for the names by which a member was found, as far as the subject's own count others.

    An insurer's own pair makes one name of two written forms. Who shows no kanji that can be read is counted by the
    reading as well, since other members of that name may show theirs.
    """
    names = names_of(subject)
    counted = set(map(_counted_as, names))
    others = [name for name in names_of(member) if not name.searchable or name.searchable not in counted]
    readings = {folded for name in names for folded in name.kana_keys} if others else set()
    shared = [name for name in others if not readings.isdisjoint(name.kana_keys)]
    spelled = dict.fromkeys(_namesakes_of(name, subject) for name in shared if name.searchable)
    read = dict.fromkeys(each for name in shared if not name.searchable for each in name.skeletons)
    return [*spelled, *(_in_years(_NAME_YEAR + each.encode(), subject.birth_date.year) for each in read)]


def person_key(member_id: str) -> PlainKey:
    """Return the key under which an insurer's own number for a person is kept; it finds nobody from an inquiry."""
    return _PREFIX[KeyKind.PERSON] + member_id.encode()


def alike_key(member: Member) -> PlainKey:
    """Return the key that people share whom nothing that is known but the 加入者ID tells apart."""
    names = names_of(member)
    name = f"{names[0].kana.searchable}\x1f{names[0].searchable or names[0].written.strict}" if names else ""
    return _PREFIX[KeyKind.ALIKE] + name.encode() + _born_on(member) + _sex(member)


def _is_complete(person: Subject | Member) -> bool:
    return person.birth_date.is_complete and person.sex.is_known


# What follows builds the keys: the kind, then each field, with a separator before every one.


def _born_on(person: Subject | Member) -> bytes:
    day = person.birth_date
    return b"\x1f%04d-%02d-%02d" % (day.year, day.month or 0, day.day or 0)


def _sex(person: Subject | Member) -> bytes:
    return _SEX[person.sex]


_SEX = {sex: f"\x1f{sex}".encode() for sex in Sex}


def _year(year: int) -> bytes:
    return b"\x1f%04d" % year


def _exact(names: Iterable[BorneName], born_and_sex: bytes) -> list[PlainKey]:
    keys = []
    for name in names:
        keys += [_NAME + folded.encode() + born_and_sex for folded in name.kana_keys]
        searchable = name.searchable.encode()
        if searchable:
            keys.append(_WRITTEN + searchable + born_and_sex)
            if name.kana.is_missing:
                keys.append(_WRITTEN_ALONE + searchable + born_and_sex)
    return keys


def _asked(names: Iterable[BorneName], born_and_sex: bytes) -> list[PlainKey]:
    """Ask by kana; by the written form for those without kana, and for all if the inquiry has none, or is Latin.

    The kana of a Latin name that are not split cannot be brought into another order.
    """
    keys = []
    for name in names:
        keys += [_NAME + folded.encode() + born_and_sex for folded in name.kana_keys]
        searchable = name.searchable.encode()
        if searchable:
            asks_all = name.kana.is_missing or name.is_latin
            keys.append((_WRITTEN if asks_all else _WRITTEN_ALONE) + searchable + born_and_sex)
    return keys


def _incomplete(names: Iterable[BorneName], year: bytes) -> list[PlainKey]:
    return [_INCOMPLETE + folded.encode() + year for name in names for folded in name.kana_keys]


def _name_year(names: Iterable[BorneName], year: bytes) -> list[PlainKey]:
    return [_NAME_YEAR + each.encode() + year for name in names for each in name.skeletons]


def _near(names: Iterable[BorneName], born_on: bytes, sex: bytes) -> list[PlainKey]:
    month_and_day = b"\x1f" + born_on[6:]
    keys = []
    for name in names:
        keys += [_NAME_MONTH_DAY + each.encode() + month_and_day for each in name.skeletons]
        if len(name.kana.parts) > 1:
            keys += _by_part(name.kana.parts[0], name.kana.parts[-1], born_on, sex)
    return keys


def _swapped(names: Iterable[BorneName], born_on: bytes, sex: bytes) -> list[PlainKey]:
    parts = [name.kana.parts for name in names if len(name.kana.parts) > 1]
    return [key for each in parts for key in _by_part(each[-1], each[0], born_on, sex)]


def _by_part(first: str, last: str, born_on: bytes, sex: bytes) -> tuple[PlainKey, PlainKey]:
    return _SURNAME_DATE + _skeleton_of_part(first) + born_on, _GIVEN_DATE + _skeleton_of_part(last) + born_on + sex


@lru_cache(maxsize=kana.WORDS_KEPT)
def _skeleton_of_part(part: str) -> bytes:
    return kana.skeleton(kana.fold(part)).encode()


def _namesakes_of(name: BorneName, subject: Subject) -> NamesakeKeys:
    return _in_years(_NAMESAKE + _counted_as(name).encode() + _sex(subject), subject.birth_date.year)


def _counted_as(name: BorneName) -> str:
    return name.searchable or name.kana.searchable


def _in_years(key: PlainKey, born: int) -> NamesakeKeys:
    return tuple([key + year for year in _years_around(born)])


@lru_cache(maxsize=256)
def _years_around(born: int) -> list[bytes]:
    return [_year(year) for year in range(born - NAMESAKE_YEARS, born + NAMESAKE_YEARS + 1)]
