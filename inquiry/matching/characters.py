"""What both written forms of a name share: separators between its parts, characters nobody sees or could convert.

Not here  reading kana: matching/kana.py. Reading kanji: matching/kanji.py.
"""

import re

# Zero-width characters, direction marks and variation selectors (異体字セレクタ) say nothing about who is meant.
INVISIBLE = re.compile(
    "[\u00ad\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
# In place of one character: what a system prints that lacks it, or could not convert it (〓 □ ? 外字).
PLACEHOLDERS = re.compile("[●○◯〇〓□■?？*＊_＿=＝゠\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
SEPARATORS = re.compile("[\\s・·•‧･]+")
DASHES = "-‐‑‒–—―−－─━﹣〜~～"


def parts_of(text: str) -> tuple[str, ...]:
    """Split a name where its parts are separated."""
    return tuple(part for part in SEPARATORS.split(text) if part)
