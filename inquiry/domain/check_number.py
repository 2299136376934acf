"""The short number on a letter by which anybody may ask whether it is genuine (確認番号).

Decides   which letters are used, and whether a number is written without a slip.
Not here  drawing one at random: workflow/issuing.py. Whether it was ever given out: workflow/verifying.py.

Fifteen letters drawn from 23 are 67 bits: nobody finds a number by trying, however long. The number has no digits, so
that it is never taken for a My Number and nobody asks whether a sign is 0 or O, 1 or I, 2 or Z. The sixteenth letter
checks the others: 23 is a prime and every place has a weight of its own, so one wrong letter, or two that changed
places, are always noticed.
"""

import unicodedata
from collections.abc import Callable
from typing import Final

from inquiry.domain.errors import InvalidValue

ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 16
GROUP: Final = 4


def new_check_number(choose: Callable[[str], str]) -> str:
    """Return a number of letters that `choose` draws one by one, with its check letter."""
    drawn = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return drawn + ALPHABET[-_weighed(drawn) % len(ALPHABET)]


def read_check_number(text: str) -> str:
    """Return the number in its plain form, however it was typed: full width, small letters, any grouping.

    :raises InvalidValue: if it has another length, a sign that no number has, or a slip.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    number = "".join(sign for sign in folded if sign.isalnum())
    if not number:
        raise InvalidValue("check_number:empty", field="number")
    if any(sign not in ALPHABET for sign in number):
        raise InvalidValue("check_number:other_sign", field="number")
    if len(number) != LENGTH:
        raise InvalidValue("check_number:length", field="number")
    if _weighed(number) % len(ALPHABET):
        raise InvalidValue("check_number:slip", field="number")
    return number


def in_groups(number: str) -> str:
    """Return the number as it is printed, in groups of four."""
    return "-".join(number[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _weighed(signs: str) -> int:
    """Add the values of the letters by weight; the last place of a whole number weighs one."""
    return sum((LENGTH - place) * ALPHABET.index(sign) for place, sign in enumerate(signs))
