"""The written form of a name as it arrives, and its normal forms (氏名の正規化).

Strict form   what was written, whatever the encoding: NFKC, no variation selectors, 々 written out, and one ● for
              every mark that stands for a character somebody could not convert (〓 □ ? _ 外字).
Folded form   each character as its representative, by the star of `variants`; `is_variant` and its neighbours say
              for one pair of characters how far they may be taken as one.

Source    memo annex STEP1 ② ⅰ 「氏名」.
Not here  setting two names side by side: matching/written.py.
"""

import hashlib
import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from inquiry.matching import kana, latin
from inquiry.matching.characters import DASHES, INVISIBLE, PLACEHOLDERS, parts_of
from inquiry.matching.variants import CONTESTED, DOUBTFUL, UNDISPUTED

VERSION = "kanji-4"
PLACEHOLDER = "●"

_KANJI = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_OF_KANA = "ゝゞヽヾ"
_ITERATES = re.compile(f"[々〻{_OF_KANA}]")
# Between kana or Latin letters a double hyphen separates, elsewhere it is what a system prints for a lost character.
_JOINT = re.compile("(?<=[ぁ-ゖァ-ヺーA-Za-z\u00c0-\u024f])[=゠](?=[ぁ-ゖァ-ヺA-Za-z\u00c0-\u024f])")
_DASHES_TO_LENGTH = str.maketrans(dict.fromkeys(DASHES, "ー"))


def star_of(groups: str) -> dict[int, str]:
    """Return the table that points every form of a group to the group's first character."""
    return {ord(form): group[0] for group in groups.split() for form in group[1:]}


_UNDISPUTED = star_of(UNDISPUTED)
_CONTESTED = star_of(CONTESTED)
_DOUBTFUL = star_of(DOUBTFUL)
_TABLES = (kana.VERSION, kana.TABLES, VERSION, UNDISPUTED, CONTESTED, DOUBTFUL)
TABLE_DIGEST = hashlib.sha256(" ".join(_TABLES).encode()).hexdigest()  # kept with each decision


class Script(StrEnum):
    """What a name is written in; two names in different scripts cannot contradict each other."""

    NONE = "none"
    KANJI = "kanji"  # with kana in between, or not
    KANA = "kana"
    LATIN = "latin"
    OTHER = "other"  # Hangul and whatever else nobody here compares


class Kinship(StrEnum):
    """How far two characters may be taken as one, closest first."""

    SAME = "same"
    VARIANT = "variant"
    CONTESTED = "contested"
    DOUBTFUL = "doubtful"
    STRANGERS = "strangers"


@lru_cache(maxsize=4096)
def kinship(one: str, other: str) -> Kinship:
    """Say how far two characters of a strict form are one name character."""
    if one == other:
        return Kinship.SAME
    for table, found in _STEPS:
        one, other = one.translate(table), other.translate(table)
        if one == other:
            return found
    return Kinship.STRANGERS


_STEPS = (
    (_UNDISPUTED, Kinship.VARIANT),
    (_CONTESTED, Kinship.CONTESTED),
    (_DOUBTFUL, Kinship.DOUBTFUL),
)


_WIDEST = {
    form: chr(form).translate(_UNDISPUTED).translate(_CONTESTED).translate(_DOUBTFUL)
    for form in _UNDISPUTED | _CONTESTED | _DOUBTFUL
}


def fold(strict: str) -> str:
    """Return the widest folded form, contested and doubtful forms included; it finds people, it grades nobody."""
    return strict.translate(_WIDEST)


def is_kanji(character: str) -> bool:
    """Say whether this is a kanji that is known, so not ●."""
    return bool(_KANJI.match(character))


def has_kanji(text: str) -> bool:
    """Say whether a known kanji stands in the text."""
    return bool(_KANJI.search(text))


def _strict(text: str) -> str:
    joined = _JOINT.sub("・", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)))
    marked = PLACEHOLDERS.sub(PLACEHOLDER, joined)
    return _write_out(marked) if _ITERATES.search(marked) else marked


def _write_out(text: str) -> str:
    """Write a mark of iteration out as the character before it: 佐々木 is 佐佐木, みすゞ is みすず."""
    written = ""
    for character in text:
        if not written or not _ITERATES.match(character):
            written += character
            continue
        before = unicodedata.normalize("NFD", written[-1])[0] if character in _OF_KANA else written[-1]
        written += unicodedata.normalize("NFC", before + "\u3099") if character in "ゞヾ" else before
    return written


def _script_of(strict: str) -> Script:
    if PLACEHOLDER in strict or has_kanji(strict):
        return Script.KANJI
    if _KANA.search(strict):
        return Script.KANA
    return Script.LATIN if latin.is_latin(strict) else Script.OTHER


class WrittenName(NamedTuple):
    """A written name in every form that comparing needs; `text` is what arrived."""

    text: str
    script: Script
    parts: tuple[str, ...]
    strict: str
    folded: str

    @classmethod
    def of(cls, text: str) -> "WrittenName":
        """Read a written name as it arrived."""
        words: list[WrittenName] = []
        for each in text.split():
            word = _word(each)
            if word is None:
                return cls._of_whole(text)
            words.append(word)
        if not words:
            return _NOTHING
        _, scripts, parts, strict, folded = zip(*words, strict=True)
        script = Script.KANJI if Script.KANJI in scripts else Script.KANA
        return cls(text, script, sum(parts, ()), "".join(strict), "".join(folded))

    @classmethod
    def _of_whole(cls, text: str) -> "WrittenName":
        strict = _strict(text)
        script = _script_of(strict)
        parts = latin.words_of(strict) if script is Script.LATIN else parts_of(strict.translate(_DASHES_TO_LENGTH))
        if not parts:
            return _NOTHING
        joined = "".join(parts)
        return cls(text, script, parts, joined, fold(joined))

    @property
    def has_placeholder(self) -> bool:
        """Say whether a character of the name is not known."""
        return PLACEHOLDER in self.strict

    @property
    def searchable(self) -> str:
        """Return the form under which the name is looked up without its kana, or nothing if it cannot be."""
        if self.script is Script.LATIN:
            return " ".join(sorted(self.parts))
        return self.folded if self.script is Script.KANJI and not self.has_placeholder else ""


@lru_cache(maxsize=kana.WORDS_KEPT)
def _word(text: str) -> WrittenName | None:
    """Read one word; None where it cannot be read without the words around it, as Latin names and 々 cannot."""
    if _ITERATES.match(text) or unicodedata.combining(text[0]) or INVISIBLE.match(text):
        return None
    word = WrittenName._of_whole(text)  # noqa: SLF001 - the other half of `WrittenName.of`
    return word if word.script in (Script.KANJI, Script.KANA) else None


_NOTHING = WrittenName("", Script.NONE, (), "", "")
