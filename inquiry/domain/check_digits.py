"""Check digits of the numbers that municipalities and insurers write (検証番号, 検査用数字).

Source    each public function names the ordinance or notice that defines its number.
Decides   whether a number is written without a slip. Not whether it was ever issued.
Not here  finding such numbers in running text: domain/my_number.py.

Numbers are texts of ASCII digits, never integers: a leading zero is part of the number.
"""

from operator import mul

_MY_NUMBER_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_RESIDENCE_CODE_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LOCAL_GOVERNMENT_WEIGHTS = (6, 5, 4, 3, 2)


def is_my_number(text: str) -> bool:
    """Say whether this is a well-formed My Number (個人番号; ordinance 85 of 2014, article 5)."""
    return _has_digits(text, 12) and _ends_in_modulus_11(text, _MY_NUMBER_WEIGHTS)


def is_residence_code(text: str) -> bool:
    """Say whether this is a well-formed residence record code (住民票コード; notice 436 of 2002)."""
    return _has_digits(text, 11) and _ends_in_modulus_11(text, _RESIDENCE_CODE_WEIGHTS)


def is_corporate_number(text: str) -> bool:
    """Say whether this is a well-formed corporate number (法人番号; finance ordinance 70 of 2014, article 2).

    The check digit comes first and is never 0.
    """
    if not _has_digits(text, 13):
        return False
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text[1:])))
    return int(text[0]) == 9 - total % 9


def is_local_government_code(text: str) -> bool:
    """Say whether this is a well-formed local government code with its check digit (全国地方公共団体コード)."""
    if not _has_digits(text, 6):
        return False
    return int(text[5]) == (11 - _weighted(text, _LOCAL_GOVERNMENT_WEIGHTS) % 11) % 10


def is_insurer_number(text: str) -> bool:
    """Say whether this is a well-formed insurer number of 8 digits, or of 6 for national health insurance (保険者番号).

    Padding six digits with zeros on the left keeps the check digit; see `padded_insurer_number`.
    """
    if not (_has_digits(text, 8) or _has_digits(text, 6)):
        return False
    products = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(text[:-1]))]
    total = sum(product // 10 + product % 10 for product in products)
    return int(text[-1]) == -total % 10


def padded_insurer_number(text: str) -> str:
    """Return the 8-digit form under which two spellings of one insurer number are equal."""
    return text.zfill(8)


def _has_digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()


def _weighted(text: str, weights: tuple[int, ...]) -> int:
    return sum(map(mul, map(int, text), weights))


def _ends_in_modulus_11(text: str, weights: tuple[int, ...]) -> bool:
    # A remainder of 0 or 1 gives the digit 0: eleven less the remainder would need two digits.
    remainder = _weighted(text, weights) % 11
    return int(text[-1]) == (0 if remainder <= 1 else 11 - remainder)
