"""The main line of a municipality (代表電話番号).

Source    memo annex STEP2 ⑤ ⅰ (なりすまし防止: call the main line found on the municipality's own site).
Decides   which texts can be a main line at all, and how a number is shown.
Not here  which number belongs to whom: the directory's rows alone say so, never the inquiry. Numbers that resemble
          one: directory/look_alikes.py.
"""

import unicodedata
from typing import NewType

from inquiry.directory.area_codes import area_code_of
from inquiry.domain.errors import InvalidValue

MainLine = NewType("MainLine", str)

# Longest first: 0800 is free of charge while 080 is a mobile telephone.
_NOT_MAIN_LINES = {
    "0120": "toll_free",
    "0800": "toll_free",
    "0570": "shared_charge",
    "0170": "not_a_line",
    "0180": "not_a_line",
    "0910": "not_a_line",
    "0990": "not_a_line",
    "020": "not_a_line",
    "050": "ip_telephone",
    "060": "mobile",
    "070": "mobile",
    "080": "mobile",
    "090": "mobile",
}
_GROUPS = {"0120": (4, 3), "0570": (4, 3), "0800": (4, 3)}
_LENGTHS = {"050": 11, "060": 11, "070": 11, "080": 11, "090": 11, "0800": 11}
_FIXED_LENGTH = 10
_SUBSCRIBER_DIGITS = 4
_BETWEEN_GROUPS = frozenset("()[] \t・./‐‑‒–—―−ー")  # besides the ASCII hyphen


def read_main_line(text: str) -> MainLine:
    """Return the ten digits of a fixed line.

    :raises InvalidValue: if the text is no such number, with what it is instead.
    """
    number = _digits(text, "main_line")
    if reason := _kind_of(number):
        raise InvalidValue(f"main_line:{reason}", field="main_line")
    if len(number) != _FIXED_LENGTH:
        raise InvalidValue("main_line:wrong_length", field="main_line")
    return MainLine(number)


def read_telephone(text: str) -> str:
    """Return the digits of a telephone number of any kind that a desk may publish.

    :raises InvalidValue: if the text is no telephone number.
    """
    number = _digits(text, "telephone")
    if len(number) != _LENGTHS.get(number[:4], _LENGTHS.get(number[:3], _FIXED_LENGTH)):
        raise InvalidValue("main_line:wrong_length", field="telephone")
    return number


def grouped(number: str) -> str:
    """Return the digits of a number in the groups people know, such as ``03-5253-1111``."""
    if len(number) == _FIXED_LENGTH + 1 and number[:4] not in _GROUPS:
        first, second = 3, 4
    elif number[:4] in _GROUPS:
        first, second = _GROUPS[number[:4]]
    else:
        first = len(area_code_of(number))
        second = len(number) - _SUBSCRIBER_DIGITS - first
    parts = number[:first], number[first : first + second], number[first + second :]
    return "-".join(part for part in parts if part)


def _digits(text: str, field: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.startswith("+"):
        raise InvalidValue("main_line:international", field=field)
    number = "".join(character for character in plain if character != "-" and character not in _BETWEEN_GROUPS)
    if not (number.isascii() and number.isdigit()):
        raise InvalidValue("main_line:unreadable", field=field)
    if not number.startswith("0") or number.startswith("00"):
        raise InvalidValue("main_line:no_area_code", field=field)
    return number


def _kind_of(number: str) -> str:
    return _NOT_MAIN_LINES.get(number[:4]) or _NOT_MAIN_LINES.get(number[:3], "")
