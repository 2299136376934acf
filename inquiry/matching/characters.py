"""What both written forms of a name share: separators between its parts, and characters nobody sees.

Not here  reading kana: matching/kana.py. Reading kanji: matching/kanji.py.
"""

import re

# Zero-width characters, direction marks and variation selectors (異体字セレクタ) say nothing about who is meant.
INVISIBLE = re.compile(
    "[\u00ad\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
SEPARATORS = re.compile("[\\s・·•‧･,、，.．。｡=＝゠/／＿_]+")
DASHES = "-‐‑‒–—―−－─━﹣〜~～"


def parts_of(text: str) -> tuple[str, ...]:
    """Split a name where its parts are separated."""
    return tuple(part for part in SEPARATORS.split(text) if part)
