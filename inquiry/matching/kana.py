"""Kana as it arrives, and the two normal forms in which it is compared (フリガナの正規化).

Strict form   the same kana whatever machine typed it: width, hiragana, separators, encoding of the voiced mark.
Folded form   the same reading whatever custom spelled it: キヨウコ/キョウコ, ヲ/オ, オーノ/オオノ. Never two lengths,
              never another voiced mark: ユウキ and ユキ, タナカ and タナガ stay apart.
Skeleton      no voiced marks, no long vowels; finds near misses and answers nothing.

Source    memo annex STEP1 ② ⅰ 「氏名（フリガナ）」.
Decides   which customs of spelling are one reading, each with a name of its own so that a reason can state it.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from inquiry.matching.characters import DASHES, INVISIBLE, parts_of

VERSION = "kana-1"


class KanaClass(StrEnum):
    """A custom of spelling that makes no other name, in the order in which the customs are undone."""

    WIDTH = "width"
    DAKUTEN_ENCODING = "dakuten_encoding"
    HIRAGANA = "hiragana"
    HYPHEN = "hyphen"
    SEPARATORS = "separators"
    SMALL_LARGE = "small_large"
    SAME_SOUND = "same_sound"  # ヲヂヅヱヰヴ
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
_LONG = re.compile(f"[{_ROWS['オ']}][オー]ー*|[{_ROWS['エ']}][エー]ー*|[{_ROWS['ア']}{_ROWS['イ']}{_ROWS['ウ']}]ー+")

_SMALL_VOWELS = frozenset("ァィゥェォ")
_COMPATIBLE = re.compile("[\u3000\u32d0-\u32fe\u3300-\u3357\uff00-\uffef]+")
_SPACING_MARK = {ord("\u309b"): "\u3099", ord("\u309c"): "\u309a"}
_LOOSE_MARK = re.compile("\\s+(?=[\u3099\u309a])")
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
# After ン, ッ or another ー nothing can be lengthened, so a dash there separates.
_TYPED_LENGTH = re.compile(f"(?<=[ァ-ヰヱヲヴ])(?<![ッ])[{re.escape(DASHES)}一]")
_DASH = re.compile(f"[{re.escape(DASHES)}]")
_TO_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_V_VOWEL = re.compile("ヴ([アイエオ])")
_V_WITH_VOWEL = re.compile("ヴ([アイエオァィェォ])")
_V_ROW = {"ア": "バ", "イ": "ビ", "エ": "ベ", "オ": "ボ"}
_SAME_SOUND = str.maketrans("ヲヂヅヰヱヷヸヹヺ", "オジズイエバビベボ") | str.maketrans({"ヴ": "ブ"})
_PUNCTUATION = re.compile("[,、，.．。｡=＝゠/／＿_]+")
_UNREADABLE = re.compile("[●○◯〇〓□■?？*＊\ufffd\ue000-\uf8ff]")
_MARKS = re.compile("[\u3099\u309a]")


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
    if "ヴ" in text:
        text = _V_VOWEL.sub(lambda found: _V_ROW[found[1]], text).replace("ヴユ", "ビユ")
    return text.translate(_SAME_SOUND)


def _long_vowel(text: str) -> str:
    """Spell a long o as オ段+ウ, a long e as エ段+イ, any other ー as its vowel; the length stays."""
    return _LONG.sub(_spell_out, text)


def _spell_out(found: re.Match[str]) -> str:
    kana, length = found.group()[0], len(found.group()) - 1
    return kana + _LENGTHENED_BY[_VOWEL_OF[kana]] * length


_STAGES: dict[KanaClass, Callable[[str], str]] = {
    KanaClass.WIDTH: _width,
    KanaClass.DAKUTEN_ENCODING: _dakuten,
    KanaClass.HIRAGANA: _hiragana,
    KanaClass.HYPHEN: _hyphen,
    KanaClass.SEPARATORS: _separators,
    KanaClass.SMALL_LARGE: _small,
    KanaClass.SAME_SOUND: _same_sound,
    KanaClass.LONG_VOWEL: _long_vowel,
}
_IN_ORDER = tuple(_STAGES.values())


def strict_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a name in strict form."""
    return parts_of(_PUNCTUATION.sub(" ", _hyphen(_hiragana(_dakuten(_width(INVISIBLE.sub("", text)))))))


def fold(strict: str) -> str:
    """Return the folded form of a strict one; folding twice changes nothing."""
    return _long_vowel(_same_sound(_small(strict)))


def unvoiced(folded: str) -> str:
    """Return a folded form without voiced and half-voiced marks."""
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", folded)))


def skeleton(folded: str) -> str:
    """Return what a folded form has in common with its near misses: no voiced marks, no long vowels."""
    kept: list[str] = []
    vowel = ""
    for kana in unvoiced(folded):
        if (vowel and kana in (vowel, "ー")) or (vowel, kana) in {("オ", "ウ"), ("エ", "イ")}:
            continue
        kept.append(kana)
        vowel = _VOWEL_OF.get(kana, "")
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class KanaName:
    """A name's kana in every form that comparing needs; `text` is what arrived."""

    text: str
    parts: tuple[str, ...]
    folded: str

    @classmethod
    def of(cls, text: str) -> "KanaName":
        """Read kana as it arrived."""
        parts = strict_parts(text) if text and not _UNREADABLE.search(text) else ()
        return cls(text, parts, fold("".join(parts)))

    @property
    def is_missing(self) -> bool:
        """Say whether there is nothing to read, or a mark in place of a kana."""
        return not self.parts

    @property
    def folded_in_any_order(self) -> str:
        """Return the folded form with the parts sorted, for names whose order is no one's custom."""
        return fold("".join(sorted(self.parts)))

    def reads_as(self, other: "KanaName") -> bool:
        """Say whether both are one reading.

        A long vowel does not reach across a boundary that both sides state: サト オサム is not サトウ サム.
        """
        if self.folded != other.folded:
            return False
        if "".join(self.parts) == "".join(other.parts) or min(len(self.parts), len(other.parts)) < 2:
            return True
        return "".join(map(fold, self.parts)) == "".join(map(fold, other.parts))

    def is_stretched_from(self, other: "KanaName") -> bool:
        """Say whether two names of one reading agree only where a small vowel is taken for a long one.

        ティ is テイ written small, and テー is テイ written long, but ティナ and テーナ are two names.
        """
        for parts, its_parts in ((self.parts, other.parts), (sorted(self.parts), sorted(other.parts))):
            one, its = _with_v_row("".join(parts)), _with_v_row("".join(its_parts))
            if fold(one) == fold(its):
                return any(map(_is_stretched, one, its))
        return False


def _with_v_row(strict: str) -> str:
    """Return a strict form in which ヴ and its vowel are one kana, so that equal folded forms stand place by place."""
    return _V_WITH_VOWEL.sub(lambda found: _V_ROW[_small(found[1])], strict)


def _is_stretched(kana: str, its: str) -> bool:
    return _small(kana) != _small(its) and not _SMALL_VOWELS.isdisjoint((kana, its))


def classes_between(text: str, other: str) -> tuple[KanaClass, ...]:
    """Return the customs without which two spellings of one reading would not agree."""
    before, before_other = _before_each_stage(text), _before_each_stage(other)
    needed = []
    for place, skipped in enumerate(_STAGES):
        if before[place] == before_other[place]:
            break
        has_work = before[place] != before[place + 1] or before_other[place] != before_other[place + 1]
        if has_work and _after(place, before[place]) != _after(place, before_other[place]):
            needed.append(skipped)
    return tuple(needed)


def _before_each_stage(text: str) -> list[str]:
    forms = [INVISIBLE.sub("", text)]
    for stage in _IN_ORDER:
        forms.append(stage(forms[-1]))
    return forms


def _after(place: int, text: str) -> str:
    """Undo every custom that comes after the one at this place, which is left out."""
    for stage in _IN_ORDER[place + 1 :]:
        text = stage(text)
    return text
