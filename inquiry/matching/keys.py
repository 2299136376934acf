"""Blind index keys: how members are found on a sealed roll without a name standing anywhere (検索鍵).

Each key is an HMAC-SHA-256 over normal forms, cut to `SIZE_BYTES`. A key finds, it never decides: whoever is found
is opened and compared, so that two people who share a cut key cannot be taken for one.

    kind              made from                            carried by              asked for
    ────────────────  ───────────────────────────────────  ──────────────────────  ─────────────────────────────────
    NAME              kana folded, birth date, sex         members known in full   decision
    WRITTEN           kanji folded, birth date, sex        members known in full   decision (kana missing), near miss
    INCOMPLETE        kana folded, birth year              members with an         decision
                                                           unknown part
    NAME_YEAR         kana skeleton, birth year            every member            decision, if the inquiry has an
                                                                                   unknown part; near miss
    SURNAME_DATE      first part's skeleton, birth date    members known in full   near miss
    GIVEN_DATE        last part's skeleton, date, sex      members known in full   near miss
    NAME_MONTH_DAY    kana skeleton, month and day         members known in full   near miss

An unknown part does not widen the ordinary search: only inquiries that lack a part, and the few members that do,
meet under a year; all other inquiries meet the whole birth date and sex.

Source    memo annex STEP2 ④.
Secrets   the HMAC key, one for each insurer, is an argument and is not kept. Keys of two insurers do not compare.
"""

import hmac
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from inquiry.domain.member import Member
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import Subject
from inquiry.matching import kana
from inquiry.matching.names import BorneName, names_of

SIZE_BYTES = 8
KEY_BYTES_AT_LEAST = 32
_DOMAIN = b"inquiry/matching/1"


class KeyKind(IntEnum):
    """What a key was made from; the number is stored and never changes its meaning."""

    NAME = 1
    WRITTEN = 2
    INCOMPLETE = 3
    NAME_YEAR = 4
    SURNAME_DATE = 5
    GIVEN_DATE = 6
    NAME_MONTH_DAY = 7


DECIDING = frozenset({KeyKind.NAME, KeyKind.WRITTEN, KeyKind.INCOMPLETE, KeyKind.NAME_YEAR})


class LookupKey(NamedTuple):
    """A key as it is stored and asked for."""

    kind: KeyKind
    value: bytes


_Source = tuple[KeyKind, tuple[str, ...]]


def member_keys(member: Member, key: bytes) -> tuple[LookupKey, ...]:
    """Return every key a member carries, `DECIDING` kinds first; a small insurer may store those alone.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    names = names_of(member)
    return _sealed((*_carried(member, names), *_near(member, names)), key)


def lookup_keys(subject: Subject, key: bytes) -> tuple[LookupKey, ...]:
    """Return the keys under which every member lies about whom `decide` could find more than none.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    names = names_of(subject)
    if not _is_complete(subject):
        return _sealed(_name_year(subject, names), key)
    return _sealed((*_exact(subject, names), *_incomplete(subject, names)), key)


def possible_keys(subject: Subject, key: bytes) -> tuple[LookupKey, ...]:
    """Return the keys under which the members lie whom `possible` may show.

    :raises ValueError: if the HMAC key is shorter than KEY_BYTES_AT_LEAST.
    """
    names = names_of(subject)
    sources = [*_name_year(subject, names)]
    if _is_complete(subject):
        sources += [*_exact(subject, names), *_near(subject, names), *_swapped(subject, names)]
    return _sealed(sources, key)


def _is_complete(person: Subject | Member) -> bool:
    return person.birth_date.is_complete and person.sex.is_known


def _carried(member: Member, names: tuple[BorneName, ...]) -> Iterator[_Source]:
    yield from _exact(member, names) if _is_complete(member) else _incomplete(member, names)
    yield from _name_year(member, names)


def _exact(person: Subject | Member, names: Iterable[BorneName]) -> Iterator[_Source]:
    born_on = person.birth_date.isoformat()
    for name in names:
        for folded in name.kana_keys():
            yield KeyKind.NAME, (folded, born_on, person.sex)
        if name.written.searchable:
            yield KeyKind.WRITTEN, (name.written.searchable, born_on, person.sex)


def _incomplete(person: Subject | Member, names: Iterable[BorneName]) -> Iterator[_Source]:
    for name in names:
        for folded in name.kana_keys():
            yield KeyKind.INCOMPLETE, (folded, _year(person.birth_date))


def _name_year(person: Subject | Member, names: Iterable[BorneName]) -> Iterator[_Source]:
    for name in names:
        for folded in name.kana_keys():
            yield KeyKind.NAME_YEAR, (kana.skeleton(folded), _year(person.birth_date))


def _near(person: Subject | Member, names: Iterable[BorneName]) -> Iterator[_Source]:
    if not _is_complete(person):
        return
    born_on = person.birth_date.isoformat()
    for name in names:
        for folded in name.kana_keys():
            yield KeyKind.NAME_MONTH_DAY, (kana.skeleton(folded), born_on[5:])
        if len(name.kana.parts) > 1:
            yield from _by_part(name.kana.parts[0], name.kana.parts[-1], born_on, person.sex)


def _swapped(person: Subject, names: Iterable[BorneName]) -> Iterator[_Source]:
    for name in names:
        if len(name.kana.parts) > 1:
            yield from _by_part(name.kana.parts[-1], name.kana.parts[0], person.birth_date.isoformat(), person.sex)


def _by_part(first: str, last: str, born_on: str, sex: str) -> Iterator[_Source]:
    yield KeyKind.SURNAME_DATE, (kana.skeleton(kana.fold(first)), born_on)
    yield KeyKind.GIVEN_DATE, (kana.skeleton(kana.fold(last)), born_on, sex)


def _year(born_on: PartialDate) -> str:
    return f"{born_on.year:04d}"


def _sealed(sources: Iterable[_Source], key: bytes) -> tuple[LookupKey, ...]:
    if len(key) < KEY_BYTES_AT_LEAST:
        raise ValueError("the look-up key is too short")
    return tuple(LookupKey(kind, _digest(kind, fields, key)) for kind, fields in dict.fromkeys(sources))


def _digest(kind: KeyKind, fields: tuple[str, ...], key: bytes) -> bytes:
    message = b"\x1f".join((_DOMAIN, b"%d" % kind, *(field.encode() for field in fields)))
    return hmac.digest(key, message, "sha256")[:SIZE_BYTES]
