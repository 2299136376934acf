"""Postal codes (郵便番号): seven digits, however they were typed."""

import unicodedata

from inquiry.domain.errors import InvalidValue

_DIGITS = 7
_BETWEEN = "‐‑‒–—―−ー"


def read_postal_code(text: str) -> str:
    """Return the seven digits of a postal code, or nothing for an empty text.

    :raises InvalidValue: if it is no postal code.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("〒").strip()
    digits = "".join(sign for sign in plain if sign != "-" and sign not in _BETWEEN)
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) == _DIGITS):
        raise InvalidValue("contact:postal_code_unreadable", field="postal_code")
    return digits
