"""Blind index keys: how members are found on a sealed roster without a name standing anywhere (検索鍵).

Each key is an HMAC-SHA-256 over normal forms, cut to 64 bits. A key finds, it never decides: whoever is found is
opened and compared, so that two people who share a cut key cannot be taken for one.

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
    NAMESAKE          kanji folded, sex, birth year        every member            counting namesakes
    PERSON            加入者ID                             every member, apart     taking over changes
    ALIKE             kana and kanji folded, date, sex     members known in full,  the report of an import
                                                           apart

An unknown part does not widen the ordinary search: only inquiries that lack a part, and the few members that do,
meet under a year; all other inquiries meet the whole birth date and sex.

Source    memo annex STEP2 ④.
Secrets   the HMAC key, one for each insurer, is an argument; what is made from the last few of them stays in memory.
          Keys of two insurers do not compare.
"""

import hashlib
from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import lru_cache
from typing import NewType

from inquiry.domain.member import Member
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import Subject
from inquiry.matching import kana, kanji
from inquiry.matching.names import BorneName, names_of

VERSION = f"keys-2/{kana.VERSION}/{kanji.VERSION}"  # of what is stored: another version finds nobody until rebuilt
KEY_BYTES_AT_LEAST = 32
NAMESAKE_YEARS = 2  # before and after the year of birth
_SIZE_BYTES = 8
_BLOCK_BYTES = 64
_DOMAIN = b"inquiry/matching/2\x1f"
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))

LookupKey = NewType("LookupKey", int)  # 64 bits with sign, as databases keep an integer
_Mac = Callable[[bytes], LookupKey]


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


def member_keys(member: Member, key: bytes) -> tuple[LookupKey, ...]:
    """Return every key a member carries.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    return _sealed(_carried(member, names_of(member)), key)


def lookup_keys(subject: Subject, key: bytes) -> tuple[LookupKey, ...]:
    """Return the keys under which every member lies about whom `decide` could find more than none.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    names, year = names_of(subject), _year(subject.birth_date)
    if not _is_complete(subject):
        return _sealed(_name_year(names, year), key)
    return _sealed(_asked(names, _born_and_sex(subject)) + _incomplete(names, year), key)


def possible_keys(subject: Subject, key: bytes) -> tuple[LookupKey, ...]:
    """Return the keys under which the members lie whom `possible` may show.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    names = names_of(subject)
    sources = _name_year(names, _year(subject.birth_date))
    if _is_complete(subject):
        sources += _exact(names, _born_and_sex(subject)) + _near(subject, names) + _swapped(subject, names)
    return _sealed(sources, key)


def namesake_keys(subject: Subject, key: bytes) -> tuple[LookupKey, ...]:
    """Return the keys that the subject's namesakes carry: equal name and sex, born at most two years apart.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    born = subject.birth_date.year
    years = [b"\x1f%04d" % year for year in range(born - NAMESAKE_YEARS, born + NAMESAKE_YEARS + 1)]
    return _sealed(_namesake(subject, names_of(subject), years), key)


def person_key(member_id: str, key: bytes) -> LookupKey:
    """Return the key under which an insurer's own number for a person is kept; it finds nobody from an inquiry.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    return _sealed([_PREFIX[KeyKind.PERSON] + member_id.encode()], key)[0]


def alike_key(member: Member, key: bytes) -> LookupKey | None:
    """Return the key that people share whom nothing but the 加入者ID tells apart; None where a part is unknown.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    names = names_of(member)
    if not names or names[0].kana.is_missing or not _is_complete(member):
        return None
    name = f"{names[0].kana.folded}\x1f{names[0].written.searchable or names[0].written.strict}"
    return _sealed([_PREFIX[KeyKind.ALIKE] + name.encode() + _born_and_sex(member)], key)[0]


def _is_complete(person: Subject | Member) -> bool:
    return person.birth_date.is_complete and person.sex.is_known


# What follows builds the messages that are hashed: the kind, then each field, with a separator before every one.


def _born_and_sex(person: Subject | Member) -> bytes:
    return f"\x1f{person.birth_date.isoformat()}\x1f{person.sex}".encode()


def _year(born_on: PartialDate) -> bytes:
    return b"\x1f%04d" % born_on.year


def _carried(member: Member, names: tuple[BorneName, ...]) -> list[bytes]:
    year = _year(member.birth_date)
    if _is_complete(member):
        sources = _exact(names, _born_and_sex(member)) + _near(member, names)
    else:
        sources = _incomplete(names, year)
    return sources + _name_year(names, year) + _namesake(member, names, [year])


def _exact(names: Iterable[BorneName], born_and_sex: bytes) -> list[bytes]:
    sources = []
    for name in names:
        sources += [_NAME + folded.encode() + born_and_sex for folded in name.kana_keys()]
        searchable = name.written.searchable.encode()
        if searchable:
            sources.append(_WRITTEN + searchable + born_and_sex)
            if name.kana.is_missing:
                sources.append(_WRITTEN_ALONE + searchable + born_and_sex)
    return sources


def _asked(names: Iterable[BorneName], born_and_sex: bytes) -> list[bytes]:
    """Ask by kana; by the written form for those without kana, and for all if the inquiry has none, or is Latin.

    The kana of a Latin name that are not split cannot be brought into another order.
    """
    sources = []
    for name in names:
        sources += [_NAME + folded.encode() + born_and_sex for folded in name.kana_keys()]
        searchable = name.written.searchable.encode()
        if searchable:
            asks_all = name.kana.is_missing or name.is_latin
            sources.append((_WRITTEN if asks_all else _WRITTEN_ALONE) + searchable + born_and_sex)
    return sources


def _incomplete(names: Iterable[BorneName], year: bytes) -> list[bytes]:
    return [_INCOMPLETE + folded.encode() + year for name in names for folded in name.kana_keys()]


def _name_year(names: Iterable[BorneName], year: bytes) -> list[bytes]:
    return [_NAME_YEAR + kana.skeleton(folded).encode() + year for name in names for folded in name.kana_keys()]


def _near(person: Subject | Member, names: Iterable[BorneName]) -> list[bytes]:
    born_on, sex = f"\x1f{person.birth_date.isoformat()}".encode(), f"\x1f{person.sex}".encode()
    month_and_day = b"\x1f" + born_on[6:]
    sources: list[bytes] = []
    for name in names:
        sources += [_NAME_MONTH_DAY + kana.skeleton(folded).encode() + month_and_day for folded in name.kana_keys()]
        if len(name.kana.parts) > 1:
            sources += _by_part(name.kana.parts[0], name.kana.parts[-1], born_on, sex)
    return sources


def _swapped(person: Subject, names: Iterable[BorneName]) -> list[bytes]:
    born_on, sex = f"\x1f{person.birth_date.isoformat()}".encode(), f"\x1f{person.sex}".encode()
    sources: list[bytes] = []
    for name in names:
        if len(name.kana.parts) > 1:
            sources += _by_part(name.kana.parts[-1], name.kana.parts[0], born_on, sex)
    return sources


def _by_part(first: str, last: str, born_on: bytes, sex: bytes) -> tuple[bytes, bytes]:
    return _SURNAME_DATE + _skeleton_of_part(first) + born_on, _GIVEN_DATE + _skeleton_of_part(last) + born_on + sex


@lru_cache(maxsize=kana.WORDS_KEPT)
def _skeleton_of_part(part: str) -> bytes:
    return kana.skeleton(kana.fold(part)).encode()


def _namesake(person: Subject | Member, names: tuple[BorneName, ...], years: list[bytes]) -> list[bytes]:
    """Count by the registered name alone; an alias or a former name makes nobody a namesake."""
    if not names:
        return []
    name = names[0].written.searchable or names[0].kana.folded
    name_and_sex = _NAMESAKE + f"{name}\x1f{person.sex}".encode()
    return [name_and_sex + year for year in years]


def _sealed(sources: list[bytes], key: bytes) -> tuple[LookupKey, ...]:
    if len(key) < KEY_BYTES_AT_LEAST:
        raise ValueError("the look-up key is too short")
    return tuple(map(_mac(key), dict.fromkeys(sources)))


@lru_cache(maxsize=64)
def _mac(key: bytes) -> _Mac:
    """Return HMAC-SHA-256 under a key whose two blocks are hashed once: `hmac.digest` would do so for every message."""
    block = (key if len(key) <= _BLOCK_BYTES else hashlib.sha256(key).digest()).ljust(_BLOCK_BYTES, b"\0")
    inner, outer = hashlib.sha256(block.translate(_INNER) + _DOMAIN), hashlib.sha256(block.translate(_OUTER))

    def mac(source: bytes) -> LookupKey:
        inside, outside = inner.copy(), outer.copy()
        inside.update(source)
        outside.update(inside.digest())
        return LookupKey(int.from_bytes(outside.digest()[:_SIZE_BYTES], "big", signed=True))

    return mac
