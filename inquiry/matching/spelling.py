"""How two spellings of one reading differ, and whether customs of spelling alone make them one (表記の違い).

Source    memo annex STEP1 ② ⅰ 「氏名（フリガナ）」.
Decides   which customs a reason names, and what an officer must look at because it would have to be supposed.
Not here  the customs, and whether two names are one reading at all: matching/kana.py.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from inquiry.matching.grades import Grade, Reason
from inquiry.matching.kana import CUSTOMS, SAYS_NOTHING, V_ROW, WORDS_KEPT, KanaClass, KanaName, fold, search_form

_V_WITH_VOWEL = re.compile("ヴ([アイエオァィェォ])")
_SMALL_VOWELS = frozenset("ァィゥェォ")
REASON_OF = {kana_class: Reason(f"kana:{kana_class}") for kana_class in KanaClass}
_IN_ORDER = tuple(CUSTOMS.values())
_to_large = CUSTOMS[KanaClass.SMALL_LARGE]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How two spellings of one reading differ, and what must be supposed for them to be one.

    `is_stretched`: a small vowel is a long one. `reaches_across`: a vowel is long across a boundary of one side.
    """

    classes: tuple[KanaClass, ...]
    is_stretched: bool
    reaches_across: bool

    @property
    def is_certain(self) -> bool:
        """Say whether nothing must be supposed: customs of spelling alone make them one."""
        return not (self.is_stretched or self.reaches_across)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return what an officer is told: every custom, and what must be supposed of a boundary."""
        customs = tuple(REASON_OF[each] for each in self.classes)
        return (*customs, Reason.KANA_BOUNDARY) if self.reaches_across else customs

    def grade(self, to_confirm: frozenset[KanaClass]) -> Grade:
        """Grade two names that differ so; an insurer may leave a custom to an officer."""
        return Grade.EQUAL if self.is_certain and to_confirm.isdisjoint(self.classes) else Grade.CONFIRM

    def and_(self, other: "Spelling") -> "Spelling":
        """Return how two words differ that stand side by side."""
        if self == other:
            return self
        classes = tuple(each for each in KanaClass if each in self.classes or each in other.classes)
        return Spelling(classes, self.is_stretched or other.is_stretched, self.reaches_across or other.reaches_across)


def spelling_between(ours: KanaName, theirs: KanaName) -> Spelling:
    """Compare two spellings of one reading, word by word where both have the same words."""
    if len(ours.words) != len(theirs.words) or not ours.words:
        return _spelling_of_whole(ours, theirs)
    found = None
    for mine, its in zip(ours.words, theirs.words, strict=True):
        word = _spelling_of_word(mine, its)
        if word is None:
            return _spelling_of_whole(ours, theirs)
        found = word if found is None else found.and_(word)
    return found or _spelling_of_whole(ours, theirs)


def _spelling_of_whole(ours: KanaName, theirs: KanaName) -> Spelling:
    classes = classes_between(ours.text, theirs.text)
    return Spelling(classes, is_stretched(ours, theirs), ours.reaches_across(theirs))


@lru_cache(maxsize=WORDS_KEPT)
def _spelling_of_word(text: str, other: str) -> Spelling | None:
    """Compare two words; None where they are not one reading by themselves."""
    ours, theirs = KanaName.of(text), KanaName.of(other)
    if not ours.parts or not ours.reads_as(theirs):
        return None
    return _spelling_of_whole(ours, theirs)


def is_stretched(ours: KanaName, theirs: KanaName) -> bool:
    """Say whether two names of one reading agree only where a small vowel is taken for a long one.

    ティ is テイ written small, and テー is テイ written long, but ティナ and テーナ are two names.
    """
    for parts, its_parts in ((ours.parts, theirs.parts), (sorted(ours.parts), sorted(theirs.parts))):
        one, its = _with_v_row("".join(parts)), _with_v_row("".join(its_parts))
        if search_form(fold(one)) == search_form(fold(its)):
            return any(map(_is_stretched_kana, one, its))
    return False


def _with_v_row(strict: str) -> str:
    """Return a strict form in which ヴ and its vowel are one kana, so that equal folded forms stand place by place."""
    return _V_WITH_VOWEL.sub(lambda found: V_ROW[_to_large(found[1])], strict)


def _is_stretched_kana(kana: str, its: str) -> bool:
    return _to_large(kana) != _to_large(its) and not _SMALL_VOWELS.isdisjoint((kana, its))


def classes_between(text: str, other: str) -> tuple[KanaClass, ...]:
    """Return the customs without which two spellings of one reading would not agree."""
    text, other = SAYS_NOTHING.sub("", text), SAYS_NOTHING.sub("", other)
    needed = []
    for place, (kana_class, undo) in enumerate(CUSTOMS.items()):
        if text == other:
            break
        undone, its = undo(text), undo(other)
        if (undone, its) != (text, other) and _after(place, text) != _after(place, other):
            needed.append(kana_class)
        text, other = undone, its
    return tuple(needed)


def _after(place: int, text: str) -> str:
    """Undo every custom that comes after the one at this place, which is left out."""
    for stage in _IN_ORDER[place + 1 :]:
        text = stage(text)
    return text
