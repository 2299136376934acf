"""Names of organisations that resemble another's without being it (似た名称).

Decides   when two names are one to the eye: width, spaces, marks and old forms of a few signs apart; or when a long
          name is one character off. 第一 and 第二 tell true organisations apart, so a numeral never counts as one off.
"""

import unicodedata
from typing import Final

_ALIKE: Final = str.maketrans("ヶヵ髙﨑濵邉邊澤廣國口力工ー−‐", "ケカ高崎浜辺辺沢広国ロカエーーー")
_NUMERALS: Final = frozenset("0123456789一二三四五六七八九十東西南北")
_LONG_NAME: Final = 8


def are_alike(name: str, other: str) -> bool:
    """Say whether somebody might take one name for the other; the same name under two owners is alike too."""
    one, two = _look(name), _look(other)
    if one == two:
        return True
    if len(one) != len(two) or len(one) < _LONG_NAME:
        return False
    pairs = [(mine, theirs) for mine, theirs in zip(one, two, strict=True) if mine != theirs]
    return len(pairs) == 1 and not _NUMERALS & set(pairs[0])


def _look(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_ALIKE)
    return "".join(sign for sign in folded if sign.isalnum() or sign == "ー")
