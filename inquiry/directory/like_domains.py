"""Mail domains that resemble a true one without being it (似たメールドメイン).

Source    memo annex STEP2 ⑤ ⅱ (なりすまし防止).
Decides   how near a domain comes to a true one: letters that look alike, one letter off, the true name with something
          before, behind or between. A name below the true domain belongs to whoever holds the true one.
Not here  numbers: directory/look_alikes.py. Which domain is an organisation's: directory/mail_domain.py.
"""

from enum import StrEnum
from typing import Final

# What the eye takes for the other; the longer signs first. Cyrillic and Greek letters stand for the Latin ones.
_ALIKE: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"))
_FOREIGN: Final = str.maketrans("аеорсухіјѕԁһɡαοργτυνκι", "aeopcyxijsdhgaopytuvkl")
_MARKS: Final = frozenset(".-_")
_SHORTEST_NAME: Final = 6


class DomainLikeness(StrEnum):
    """How near a domain comes to the true one."""

    SAME = "same"
    BELOW = "below"  # mail.city.example.lg.jp
    SAME_LOOK = "same_look"  # homoglyphs
    ONE_LETTER = "one_letter"
    ADDED_LABEL = "added_label"
    OTHER = "other"


IMITATIONS: Final = frozenset({DomainLikeness.SAME_LOOK, DomainLikeness.ONE_LETTER, DomainLikeness.ADDED_LABEL})


def likeness_of(domain: str, true: str) -> DomainLikeness:
    """Return how near a domain comes to the true one; both in small letters."""
    if domain == true:
        return DomainLikeness.SAME
    if domain.endswith("." + true):
        return DomainLikeness.BELOW
    if _look(domain) == _look(true):
        return DomainLikeness.SAME_LOOK
    if _is_one_off(domain, true):
        return DomainLikeness.ONE_LETTER
    name = _bare(true)
    if len(name) >= _SHORTEST_NAME and name in _bare(domain):
        return DomainLikeness.ADDED_LABEL
    return DomainLikeness.OTHER


def _look(domain: str) -> str:
    text = as_seen(domain).translate(_FOREIGN)
    for seen, taken_for in _ALIKE:
        text = text.replace(seen, taken_for)
    return text


def as_seen(domain: str) -> str:
    """Return a domain as a mail program shows it: ``xn--`` labels in their letters."""
    try:
        return domain.encode("ascii").decode("idna") if "xn--" in domain else domain
    except UnicodeError:
        return domain


def _bare(domain: str) -> str:
    return "".join(sign for sign in _look(domain) if sign not in _MARKS)


def _is_one_off(domain: str, true: str) -> bool:
    """Say whether one letter is another, missing or too many, or two neighbours are swapped."""
    if abs(len(domain) - len(true)) > 1:
        return False
    shorter, longer = sorted((domain, true), key=len)
    start = next((at for at, sign in enumerate(shorter) if sign != longer[at]), len(shorter))
    if len(shorter) != len(longer):
        return shorter[start:] == longer[start + 1 :]
    is_swapped = shorter[start : start + 2] == longer[start : start + 2][::-1]
    return shorter[start + 1 :] == longer[start + 1 :] or (is_swapped and shorter[start + 2 :] == longer[start + 2 :])
