"""Names of organisations that resemble another's without being it (似た名称).

Source    memo annex STEP2 ⑤ ⅰ (なりすまし防止).
Decides   how near a name comes to a true one: the same written otherwise, the same to the eye, one letter off, or the
          same but for the kind of organisation. Measured by benchmarks/like_names.py.
Not here  whose names these are: workflow/resembling.py. What tells true organisations apart is no sign: numerals,
          directions, sizes, prefectures, and one letter of a name too short to be mistaken.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from inquiry.directory.prefectures import PREFECTURES

_SHORT_FORMS: Final = (
    (re.compile("健保(?=組合|$)"), "健康保険"),
    (re.compile("国保(?=組合|$)"), "国民健康保険"),
    (re.compile("^協会けんぽ"), "全国健康保険協会"),
    (re.compile("高齢者広域連合$"), "高齢者医療広域連合"),
)
_OFFICES: Final = re.compile(r"(?<=[都道府県市区町村])(?:役所|役場|庁)$")
# Kana and the signs of another script that the eye takes for them.
_HOMOGLYPHS: Final = str.maketrans("ロカエニハトタ一", "口力工二八卜夕ー")
_KINDS: Final = re.compile(
    "全国健康保険協会|後期高齢者医療広域連合|国民健康保険組合|国民健康保険|健康保険組合|健康保険協会|健康保険連合会"
    "|健康保険|共済組合|共済会|広域連合|連合会|組合|協会|支部|本部|(?<=.)[市区町村]$"
)
# 「ー」 stands for 「一」 among them, since the eye takes the one for the other.
_DISTINGUISHING: Final = frozenset("0123456789二三四五六七八九十ー東西南北上中下大小新")
_PLACES: Final = (*PREFECTURES, *(name[:-1] for name in PREFECTURES if name != "北海道"))
_SHORTEST_STEM: Final = 3
_ANY_KIND: Final = "\0"  # before a key that leaves out which kind of organisation bears the name


class NameLikeness(StrEnum):
    """How near a name comes to the true one."""

    SAME = "same"
    SAME_LOOK = "same_look"
    ONE_LETTER = "one_letter"  # another, missing, too many, or two neighbours swapped
    OTHER_KIND = "other_kind"
    OTHER = "other"


IMITATIONS: Final = frozenset({NameLikeness.SAME_LOOK, NameLikeness.ONE_LETTER, NameLikeness.OTHER_KIND})


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """A name as it is compared: written out, as the eye sees it, without its kind, and its place at the beginning."""

    written: str
    seen: str
    stem: str
    place: str

    @classmethod
    def of(cls, text: str, *, folded: Callable[[str], str]) -> "OrganisationName":
        """Read a name; `folded` gives one form to the variants of a character."""
        written = _written(text)
        folds = folded(written)
        stem = _KINDS.sub("", folds)
        place = next((place for place in _PLACES if stem.startswith(place)), "")
        return cls(written, folds.translate(_HOMOGLYPHS), stem, place)

    @property
    def rest(self) -> str:
        """Return what tells the name from others of its kind and place."""
        return self.stem.removeprefix(self.place)

    @property
    def keys(self) -> frozenset[str]:
        """Return keys of which any two names share one that come near each other: many are compared at once by them.

        Names that share one need not be near: likeness_of() has the last word.
        """
        without_one = {self.seen[:at] + self.seen[at + 1 :] for at in range(len(self.seen))}
        return frozenset({self.seen, *without_one, _ANY_KIND + self.stem})


def likeness_of(typed: OrganisationName, true: OrganisationName) -> NameLikeness:
    """Return how near a name comes to the true one."""
    if typed.written == true.written:
        return NameLikeness.SAME
    if typed.seen == true.seen:
        return NameLikeness.SAME_LOOK
    if typed.place and true.place and typed.place[:2] != true.place[:2]:
        return NameLikeness.OTHER
    if _is_of_other_kind(typed, true):
        return NameLikeness.OTHER_KIND
    return NameLikeness.ONE_LETTER if _is_one_off(typed, true) else NameLikeness.OTHER


def _written(text: str) -> str:
    """Return a name written out: one width, no spaces and marks, no short forms, no town hall behind its town."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum() or sign == "ー")
    plain = _OFFICES.sub("", plain)
    for short, whole in _SHORT_FORMS:
        plain = short.sub(whole, plain)
    return plain


def _is_of_other_kind(typed: OrganisationName, true: OrganisationName) -> bool:
    return typed.stem == true.stem and len(true.rest) >= _SHORTEST_STEM - 1


def _is_one_off(typed: OrganisationName, true: OrganisationName) -> bool:
    letters = _letters_off(typed.seen, true.seen)
    if not letters:
        return False
    # A kind that is misspelt stays in what is left of the typed name, behind the whole of the true one.
    if true.stem in typed.stem and len(typed.stem) > len(true.stem) + 1:
        return True
    return len(true.rest) >= _SHORTEST_STEM and not letters <= _DISTINGUISHING


def _letters_off(one: str, other: str) -> frozenset[str]:
    """Return the letters in which two texts differ, none unless they are one letter or one swap of neighbours apart."""
    shorter, longer = sorted((one, other), key=len)
    start = next((at for at, sign in enumerate(shorter) if sign != longer[at]), len(shorter))
    if len(longer) == len(shorter) + 1:
        return frozenset(longer[start]) if shorter[start:] == longer[start + 1 :] else frozenset()
    if len(longer) != len(shorter) or start == len(shorter):
        return frozenset()
    if shorter[start + 1 :] == longer[start + 1 :]:
        return frozenset((shorter[start], longer[start]))
    is_swapped = shorter[start : start + 2] == longer[start : start + 2][::-1]
    is_all = is_swapped and shorter[start + 2 :] == longer[start + 2 :]
    return frozenset(shorter[start : start + 2]) if is_all else frozenset()
