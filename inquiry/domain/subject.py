"""Who is asked about: the three identifiers and what may stand beside them (照会対象者, ３情報).

Source    memo annex STEP1 ② ＜照会時に必要な情報＞ ⅰ.
Decides   what an inquiry must and may say about a person. There is no place for a My Number.
Not here  comparing two people: matching/.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from inquiry.domain.errors import InvalidValue
from inquiry.domain.partial_date import PartialDate

LONGEST_NAME = 100
LONGEST_ADDRESS = 300
LONGEST_SIGN = 40

_UNPRINTABLE = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
# Kana, the long mark and what may stand between the parts of a name; looked at after widths are made one.
_KANA = re.compile(r"[ぁ-ゖァ-ヺー゛゜\u3099\u309Aゝゞヽヾ\s・.,'’=＝‐‑‒–—―−-]+")


class Sex(StrEnum):
    """Sex (性別) as the insurers' systems code it: 1 男, 2 女; 0 and 9 are not known (不明・適用不能)."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_APPLICABLE = "9"

    @property
    def is_known(self) -> bool:
        """Say whether this is 男 or 女; nothing else may count as equal."""
        return self in (Sex.MALE, Sex.FEMALE)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it arrived, never normalised: written form (氏名) and kana (フリガナ); either may be empty."""

    written: str = ""
    kana: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether neither form is given."""
        return not (self.written or self.kana)


@dataclass(frozen=True, slots=True)
class Subject:
    """The person an inquiry is about (照会対象者), exactly as typed.

    `name`, `birth_date` and `sex` are the three identifiers; the rest is optional (任意項目): 通称 `alias`,
    旧氏 `former_name`, 住所 `address`, 記号 `symbol`, 番号 `number`.
    """

    name: PersonName
    birth_date: PartialDate
    sex: Sex
    alias: PersonName = field(default_factory=PersonName)
    former_name: PersonName = field(default_factory=PersonName)
    address: str = ""
    symbol: str = ""
    number: str = ""


def subject_faults(subject: Subject) -> tuple[InvalidValue, ...]:
    """Return what an inquiry may not say about a person, or must and does not; each names its field."""
    return tuple(_faults_of(subject))


def _faults_of(subject: Subject) -> Iterator[InvalidValue]:
    if not subject.name.written.strip():
        yield InvalidValue("subject:written_missing", field="written")
    if not subject.name.kana.strip():
        yield InvalidValue("subject:kana_missing", field="kana")
    if not subject.sex.is_known:
        yield InvalidValue("subject:sex_missing", field="sex")
    for prefix, name in (("", subject.name), ("alias_", subject.alias), ("former_", subject.former_name)):
        yield from _faults_of_name(name, prefix)
    for column, text, longest in (
        ("address", subject.address, LONGEST_ADDRESS),
        ("symbol", subject.symbol, LONGEST_SIGN),
        ("number", subject.number, LONGEST_SIGN),
    ):
        if len(text) > longest:
            yield InvalidValue("subject:too_long", field=column)


def _faults_of_name(name: PersonName, prefix: str) -> Iterator[InvalidValue]:
    if name.kana.strip() and not is_kana(name.kana):
        yield InvalidValue("subject:kana_unreadable", field=f"{prefix}kana")
    if has_unprintable(name.written):
        yield InvalidValue("subject:unprintable_character", field=f"{prefix}written")
    if len(name.written) > LONGEST_NAME:
        yield InvalidValue("subject:too_long", field=f"{prefix}written")
    if len(name.kana) > LONGEST_NAME:
        yield InvalidValue("subject:too_long", field=f"{prefix}kana")


def is_kana(text: str) -> bool:
    """Say whether a reading is written in kana of either script and any width."""
    return _KANA.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def has_unprintable(text: str) -> bool:
    """Say whether a text holds what no font shows: controls, invisible signs, private characters (外字).

    Variation selectors are none of these: they belong to the character before them.
    """
    return any(unicodedata.category(character) in _UNPRINTABLE for character in text)
