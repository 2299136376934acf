"""Kana as it arrives, and the normal forms in which it is compared and found (フリガナの正規化).

Strict form   the same kana whatever machine typed it: width, hiragana, separators, encoding of the voiced mark.
Folded form   the same reading whatever custom spelled it: キヨウコ/キョウコ, ヲ/オ, オーノ/オオノ. Never two lengths,
              never another voiced mark: ユウキ and ユキ, タナカ and タナガ stay apart.
Search form   the same reading wherever a long vowel is taken to begin; finds, and grades nobody.
Skeleton      no voiced marks, no long vowels; finds near misses and answers nothing.

Source    memo annex STEP1 ② ⅰ 「氏名（フリガナ）」.
Decides   which customs of spelling are one reading, each with a name of its own so that a reason can state it.
"""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from inquiry.matching.characters import DASHES, INVISIBLE, parts_of

VERSION = "kana-4"
WORDS_KEPT = 1 << 16  # surnames and given names recur: most of the work is done once for each of them


class KanaClass(StrEnum):
    """A custom of spelling that makes no other name, in the order in which the customs are undone."""

    WIDTH = "width"
    DAKUTEN_ENCODING = "dakuten_encoding"
    HIRAGANA = "hiragana"
    HYPHEN = "hyphen"
    SEPARATORS = "separators"
    SMALL_LARGE = "small_large"
    SAME_SOUND = "same_sound"  # ヲヂヅヱヰヴ, and ヽヾ written out
    LONG_VOWEL = "long_vowel"


_ROWS = {
    "ア": "アカサタナハマヤラワガザダバパ",
    "イ": "イキシチニヒミリギジビピ",
    "ウ": "ウクスツヌフムユルグズブプ",
    "エ": "エケセテネヘメレゲゼデベペ",
    "オ": "オコソトノホモヨロゴゾドボポ",
}
_VOWEL_OF = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_LENGTHENED_BY = {"ア": "ア", "イ": "イ", "ウ": "ウ", "エ": "イ", "オ": "ウ"}
_SPELL_ONE_LENGTH = {vowel: {vowel, other} for vowel, other in _LENGTHENED_BY.items() if vowel != other}
_LENGTH_MARKS = re.compile(f"[{''.join(_ROWS.values())}]ー+")
_LONG_O_OR_E = re.compile(f"[{_ROWS['オ']}]オ|[{_ROWS['エ']}]エ")

_LENGTHENED = re.compile("|".join(f"[{row}][{vowel}{_LENGTHENED_BY[vowel]}ー]+" for vowel, row in _ROWS.items()))

SAYS_NOTHING = re.compile(f"{INVISIBLE.pattern}|['’‘`´ʼ＇]")  # オ'ブライエン is オブライエン
_READABLE = re.compile("[ァ-ヺ]")
_COMPATIBLE = re.compile("[\u3000\u32d0-\u32fe\u3300-\u3357\uff00-\uffef]+")
_SPACING_MARK = {ord("\u309b"): "\u3099", ord("\u309c"): "\u309a"}
_LOOSE_MARK = re.compile("\\s+(?=[\u3099\u309a])")
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
# After ン, ッ or another ー nothing can be lengthened, so a dash there separates.
_TYPED_LENGTH = re.compile(f"(?<=[ァ-ヰヱヲヴ])(?<![ッ])[{re.escape(DASHES)}一]")
_DASH = re.compile(f"[{re.escape(DASHES)}]")
_SMALL = "ァィゥェォッャュョヮヵヶ"
_TO_LARGE = str.maketrans(_SMALL, "アイウエオツヤユヨワカケ")
_V_VOWEL = re.compile("ヴ([アイエオ])")
V_ROW = {"ア": "バ", "イ": "ビ", "エ": "ベ", "オ": "ボ"}
_SAME_SOUND = str.maketrans("ヲヂヅヰヱヷヸヹヺ", "オジズイエバビベボ") | str.maketrans({"ヴ": "ブ"})
_ITERATED = re.compile("([ァ-ヺ])([ヽヾ])")
_PUNCTUATION = re.compile("[|｜,、，.．。｡=＝゠/／＿_]+")
_UNREADABLE = re.compile("[●○◯〇〓□■?？*＊\ufffd\ue000-\uf8ff]")
_TO_UNVOICED = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in range(0x30A1, 0x30FF)
    if unicodedata.normalize("NFD", chr(code))[1:] in ("\u3099", "\u309a")
}
_BEGINS_WITH_MARK = re.compile(f"(?:{INVISIBLE.pattern})*[\u3099\u309a\u309b\u309c\uff9e\uff9f]")
# What folding rests on, for the digest that a decision keeps.
TABLES = repr((_ROWS, _LENGTHENED_BY, _SMALL, V_ROW, _SAME_SOUND, _SPACING_MARK, _TO_KATAKANA, _TO_UNVOICED, DASHES))
_LENGTHENERS = "オエー"
_LENGTHENING = frozenset("アイウエオー")  # what a skeleton may drop behind another kana
_LEANS_BACK = f"{_SMALL}ヽヾ"
_LEANS_ON = "ヴヽヾ"


def _width(text: str) -> str:
    return _COMPATIBLE.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text).upper()


def _dakuten(text: str) -> str:
    return unicodedata.normalize("NFC", _LOOSE_MARK.sub("", text.translate(_SPACING_MARK)))


def _hiragana(text: str) -> str:
    return text.translate(_TO_KATAKANA)


def _hyphen(text: str) -> str:
    return _DASH.sub(" ", _TYPED_LENGTH.sub("ー", text))


def _separators(text: str) -> str:
    return "".join(parts_of(_PUNCTUATION.sub(" ", text)))


def _small(text: str) -> str:
    return text.translate(_TO_LARGE)


def _same_sound(text: str) -> str:
    if "ヽ" in text or "ヾ" in text:
        text = _ITERATED.sub(_iterate, text)
    if "ヴ" in text:
        text = _V_VOWEL.sub(lambda found: V_ROW[found[1]], text).replace("ヴユ", "ビユ")
    return text.translate(_SAME_SOUND)


def _iterate(found: re.Match[str]) -> str:
    """Write ヽ and ヾ out as the kana before them: サヽキ is ササキ, ミスヾ is ミスズ."""
    kana = unvoiced(found[1])
    voiced = unicodedata.normalize("NFC", kana + "\u3099")
    return found[1] + (voiced if found[2] == "ヾ" and len(voiced) == 1 else kana)


def _long_vowel(text: str) -> str:
    """Spell every ー as its vowel, then a long o as オ段+ウ and a long e as エ段+イ; the length stays."""
    return _LONG_O_OR_E.sub(lambda found: found.group()[0] + _LENGTHENED_BY[found.group()[1]], _without_marks(text))


def _without_marks(text: str) -> str:
    return _LENGTH_MARKS.sub(_spell_out, text) if "ー" in text else text


def _is_one_length(one: str, its: str) -> bool:
    """Say whether two sounded forms of one search form differ only in how the length of the same kana is spelled.

    Of three vowels in a row each may be the length of the one before: オオーチ is オオウチ, and トウオ is no トオウ.
    """
    one, its = _without_marks(one), _without_marks(its)
    return all(
        kana == other or (before == its_before and {kana, other} == _SPELL_ONE_LENGTH.get(_VOWEL_OF.get(before, "")))
        for before, its_before, kana, other in zip(f" {one}", f" {its}", one, its, strict=False)
    )


def search_form(sounded: str) -> str:
    """Return the widest form of a reading: each long vowel in one spelling, wherever it begins; it grades nobody.

    The fold of a whole name begins a long vowel at the first kana that can bear one, and that may be the last of the
    surname: イノウエ エイコ and イノウエ エーコ fold to two forms, and have one here.
    """
    return _LENGTHENED.sub(_evened, sounded)


def _evened(found: re.Match[str]) -> str:
    kana, length = found.group()[0], len(found.group()) - 1
    return kana + _LENGTHENED_BY[_VOWEL_OF[kana]] * length


def _spell_out(found: re.Match[str]) -> str:
    kana, length = found.group()[0], len(found.group()) - 1
    return kana + _VOWEL_OF[kana] * length


CUSTOMS: dict[KanaClass, Callable[[str], str]] = {
    KanaClass.WIDTH: _width,
    KanaClass.DAKUTEN_ENCODING: _dakuten,
    KanaClass.HIRAGANA: _hiragana,
    KanaClass.HYPHEN: _hyphen,
    KanaClass.SEPARATORS: _separators,
    KanaClass.SMALL_LARGE: _small,
    KanaClass.SAME_SOUND: _same_sound,
    KanaClass.LONG_VOWEL: search_form,
}


def strict_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a name in strict form."""
    return parts_of(_PUNCTUATION.sub(" ", _hyphen(_hiragana(_dakuten(_width(SAYS_NOTHING.sub("", text)))))))


def fold(strict: str) -> str:
    """Return the folded form of a strict one; folding twice changes nothing."""
    return _long_vowel(_sounded(strict))


def _sounded(strict: str) -> str:
    """Return a strict form with every kana in the spelling of its sound; what is long is left as it was typed."""
    return _same_sound(_small(strict))


def unvoiced(folded: str) -> str:
    """Return a folded form without voiced and half-voiced marks."""
    return folded.translate(_TO_UNVOICED)


def skeleton(folded: str) -> str:
    """Return what a folded form has in common with its near misses: no voiced marks, no long vowels."""
    return _LENGTHENED.sub(_first, unvoiced(folded))


def _first(found: re.Match[str]) -> str:
    return found.group()[0]


class _Word(NamedTuple):
    """What stands between two spaces, read once for all who bear it."""

    parts: tuple[str, ...]
    folded: str
    skeleton: str
    searchable: str
    first: str  # the kana that a word before it could swallow as a long vowel
    vowel: str  # with which it ends
    is_readable: bool  # holds a kana


@lru_cache(maxsize=WORDS_KEPT)
def _word(text: str) -> _Word | None:
    """Read one word; None where it cannot be read without the words around it, or not at all."""
    if _UNREADABLE.search(text) or _BEGINS_WITH_MARK.match(text):
        return None
    parts = strict_parts(text)
    strict = "".join(parts)
    folded = fold(strict)
    if not parts or strict[0] in _LEANS_BACK or strict[-1] in _LEANS_ON:
        return None
    is_readable = _READABLE.search(folded) is not None
    forms = skeleton(folded), search_form(folded)
    return _Word(parts, folded, *forms, folded[0], _VOWEL_OF.get(folded[-1], ""), is_readable)


def _words(text: str) -> list[_Word] | None:
    """Return the words of a name, each read by itself; None where they do not stand apart."""
    apart: list[_Word] = []
    for each in text.split():
        word = _word(each)
        if word is None or (apart and word.first in ("ー", apart[-1].vowel) and word.first in _LENGTHENERS):
            return None
        apart.append(word)
    return apart or None


class KanaName(NamedTuple):
    """A name's kana in every form that comparing and finding need; `text` is what arrived."""

    text: str
    parts: tuple[str, ...]
    folded: str
    skeleton: str  # of the folded form
    searchable: str  # the `search_form` of the folded form
    words: tuple[str, ...]  # what stands between two spaces, where each can be read by itself

    @classmethod
    def of(cls, text: str) -> "KanaName":
        """Read kana as it arrived."""
        words = _words(text)
        if words is None:
            return cls._of_whole(text)
        parts, folded, skeletons, searchable, first, _, is_readable = zip(*words, strict=True)
        # What stands in place of a reading and has no kana, as NGUYEN VAN AN, tells nobody how to read it.
        if True not in is_readable:
            return cls(text, (), "", "", "", ())
        whole = "".join(folded)
        apart = tuple(text.replace("\u3000", " ").split(" "))
        if _LENGTHENING.isdisjoint(first[1:]):
            return cls(text, sum(parts, ()), whole, "".join(skeletons), "".join(searchable), apart)
        return cls(text, sum(parts, ()), whole, skeleton(whole), search_form(whole), apart)

    @classmethod
    def _of_whole(cls, text: str) -> "KanaName":
        parts = () if _UNREADABLE.search(text) else strict_parts(text)
        folded = fold("".join(parts))
        if not _READABLE.search(folded):
            return cls(text, (), "", "", "", ())
        return cls(text, parts, folded, skeleton(folded), search_form(folded), ())

    @property
    def is_missing(self) -> bool:
        """Say whether there is nothing to read, or a mark in place of a kana."""
        return not self.parts

    @property
    def searchable_in_any_order(self) -> str:
        """Return the search form with the parts sorted, for names whose order is no one's custom."""
        return search_form(fold("".join(sorted(self.parts, key=fold))))

    @property
    def in_one_order(self) -> "KanaName":
        """Return the name with its parts sorted, spelled as they arrived where each stands by itself."""
        spelled = self.words if len(self.words) == len(self.parts) else self.parts
        paired = sorted(zip(self.parts, spelled, strict=True), key=lambda each: fold(each[0]))
        return KanaName.of(" ".join(word for _, word in paired))

    def reads_as(self, other: "KanaName") -> bool:
        """Say whether both are one reading: part by part at the boundaries that either states, or as a whole.

        A long vowel does not reach across a boundary that the other side states as well, or states elsewhere:
        サト オサム is neither サト ウサム nor サトウ サム. Of サトウサム nobody can tell; see `reaches_across`.
        """
        if self.searchable != other.searchable:
            return False
        if self.parts == other.parts or not self.reaches_across(other):
            return True
        ours, theirs = _boundaries(self.parts), _boundaries(other.parts)
        return (ours < theirs or theirs < ours) and _is_one_length(_sound_of(self.parts), _sound_of(other.parts))

    def reaches_across(self, other: "KanaName") -> bool:
        """Say whether two names of one search form agree, if at all, only by a long vowel across a stated boundary.

        サトウサム is サト オサム if ウ lengthens ト, and with サトオサム there is nothing to suppose.
        """
        one, its = _sound_of(self.parts), _sound_of(other.parts)
        if one == its:
            return False
        places = sorted({0, len(one)} | _boundaries(self.parts) | _boundaries(other.parts))
        return not all(_is_one_length(one[begin:end], its[begin:end]) for begin, end in pairwise(places))


def _boundaries(parts: tuple[str, ...]) -> frozenset[int]:
    """Return after how many kana of its sound, as many as the folded form has, a part of a name ends before another."""
    return frozenset(len(_sound_of(parts[:count])) for count in range(1, len(parts)))


def _sound_of(parts: tuple[str, ...]) -> str:
    return _sounded("".join(parts))
