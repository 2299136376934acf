"""Passwords that are told over the telephone (電話で伝えるパスワード).

Source    memo annex STEP2 ⑤ ⅱ; flowchart (2)②.
Decides   two ways to make one that is said without a mistake, each with more guesses than the file's key derivation
          lets anyone make: sixteen digits in groups of four, or three words of kana with eight digits.
Secrets   whoever draws one shows it once; it is never stored, logged or mailed.

Digits need no spelling. Words are easier to say and to hear; they are typed in the letters of the alphabet, of which
each of these kana has one spelling only, since kana themselves become other bytes on another machine.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from inquiry.domain.my_number import Level, examine
from inquiry.security.check_words import WORDS

Choose = Callable[[Sequence[str]], str]

_GROUPS = 4
_GROUP_DIGITS = 4
_WORDS = 3
_WORD_GROUPS = 2
LONGEST: Final = 32  # what every program reads of a password

_ROWS: Final = (
    ("", "あいうえお"), ("k", "かきくけこ"), ("g", "がぎぐげご"), ("s", "さ　すせそ"), ("z", "ざ　　ぜぞ"),
    ("t", "た　　てと"), ("d", "だ　　でど"), ("n", "なにぬねの"), ("h", "はひ　へほ"), ("b", "ばびぶべぼ"),
    ("m", "まみむめも"), ("y", "や　ゆ　よ"), ("r", "らりるれろ"), ("w", "わ"),
)  # fmt: skip
_LETTERS: Final = {
    kana: consonant + vowel
    for consonant, row in _ROWS
    for kana, vowel in zip(row, "aiueo", strict=False)
    if kana != "　"
}


def _spelt(word: str) -> str:
    return "".join(_LETTERS[kana] for kana in word)


SPELLINGS: Final[Mapping[str, str]] = MappingProxyType({_spelt(word): word for word in WORDS})
# However somebody writes it down: with hyphens, with spaces, or in one; words in letters or in kana.
_WRITTEN = re.compile(r"(?<!\d)\d{4}(?:[-‐－ 　]?\d{4}){3}(?!\d)")
_ANY_WORD = "|".join([*SPELLINGS, *WORDS])
_WORDED = re.compile(rf"(?:(?:{_ANY_WORD})[-‐－ 　・]?){{3}}\d{{4}}[-‐－ 　・]?\d{{4}}(?!\d)", re.IGNORECASE)


def new_passphrase(choose: Choose) -> str:
    """Draw a password of digits with a source of choices such as `secrets.choice`.

    It is drawn again while three of its groups look like a My Number, which nobody may read out or write down.
    """
    while True:
        passphrase = "-".join(_groups(choose, _GROUPS))
        if examine(passphrase).level is Level.ALLOW:
            return passphrase


def new_worded_passphrase(choose: Choose) -> str:
    """Draw a password of words and digits; drawn again where the words are so long that a program would cut it off."""
    spellings = tuple(SPELLINGS)
    while True:
        words = [choose(spellings) for _ in range(_WORDS)]
        passphrase = "-".join([*words, *_groups(choose, _WORD_GROUPS)])
        if len(passphrase) <= LONGEST:
            return passphrase


def said(passphrase: str) -> tuple[str, ...]:
    """Return how a password is read out, part by part: words in kana, digits as they are."""
    return tuple(SPELLINGS.get(part, part) for part in passphrase.split("-"))


def _groups(choose: Choose, groups: int) -> Iterator[str]:
    return ("".join(choose("0123456789") for _ in range(_GROUP_DIGITS)) for _ in range(groups))


def holds_passphrase(text: str) -> bool:
    """Say whether a password of either shape may stand in a text; what is mailed must not hold one."""
    return _WRITTEN.search(text) is not None or _WORDED.search(text) is not None
