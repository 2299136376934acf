"""Two texts that resemble each other, letter by letter (似た文字列の対照).

Decides   which letter of the one stands beside which of the other.
Not here  whether they resemble each other: directory/like_domains.py, like_names.py. Numbers: look_alikes.py.
"""

from difflib import SequenceMatcher
from itertools import zip_longest


def letters_apart(typed: str, true: str) -> tuple[tuple[str, str], ...]:
    """Return (true, typed) letter by letter, "" where the one has none."""
    pairs: list[tuple[str, str]] = []
    for _operation, *places in SequenceMatcher(None, true, typed, autojunk=False).get_opcodes():
        pairs += zip_longest(true[places[0] : places[1]], typed[places[2] : places[3]], fillvalue="")
    return tuple(pairs)
