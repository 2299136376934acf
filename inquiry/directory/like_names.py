"""Names of organisations that resemble another's without being it (似た名称).

Decides   when two names are one to the eye: width, spaces, marks and old forms of a few signs apart; or when a long
          name is one character off. 第一 and 第二 tell true organisations apart, so a numeral never counts as one off.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_ALIKE: Final = str.maketrans("ヶヵ髙﨑濵邉邊澤廣國口力工ー−‐", "ケカ高崎浜辺辺沢広国ロカエーーー")
_NUMERALS: Final = frozenset("0123456789一二三四五六七八九十東西南北")
_LONG_NAME: Final = 8
# Each name of a list is looked at once, however often it is compared.
_NAMES_OF_A_COUNTRY: Final = 4096


def are_alike(name: str, other: str) -> bool:
    """Say whether somebody might take one name for the other; the same name under two owners is alike too."""
    one, two = _look(name), _look(other)
    if one == two:
        return True
    if len(one) != len(two) or len(one) < _LONG_NAME:
        return False
    pairs = [(mine, theirs) for mine, theirs in zip(one, two, strict=True) if mine != theirs]
    return len(pairs) == 1 and not _NUMERALS & set(pairs[0])


def keys_alike(name: str) -> frozenset[str]:
    """Return keys of which two names share one if they are alike, so that many names are compared at once.

    Names that share one may differ in a numeral: are_alike() has the last word.
    """
    look = _look(name)
    masked = {f"{look[:at]}\0{look[at + 1 :]}" for at in range(len(look))} if len(look) >= _LONG_NAME else set()
    return frozenset({look, *masked})


@lru_cache(maxsize=_NAMES_OF_A_COUNTRY)
def _look(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_ALIKE)
    return "".join(sign for sign in folded if sign.isalnum() or sign == "ー")
