"""PLACEHOLDER so that others can import; the documents helper overwrites this file."""

from collections.abc import Callable, Sequence

WORDS = ("さくら", "みかん", "たぬき", "やまびこ", "けやき", "ひまわり")


def new_pair(choose: Callable[[Sequence[str]], str]) -> tuple[str, str]:
    """Return two different words."""
    first = choose(WORDS)
    return first, choose([word for word in WORDS if word != first])


def same_word(said: str, expected: str) -> bool:
    """Say whether the word heard is the one expected."""
    return said.strip() == expected
