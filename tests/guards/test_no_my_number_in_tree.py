"""No My Number (個人番号) stands in the repository, not even an invented one that happens to be valid.

The rule is written out here once more, apart from the product's own, so that neither can hide a fault of the other.
"""

import re
import unicodedata
from collections.abc import Iterator

import pytest

from tests.guards.tree import tracked_texts

# Files whose subject is the number itself.
SUBJECT_IS_THE_NUMBER = re.compile(r"guard|my_number")

NOT_IN_A_WORD = r"(?<![0-9A-Za-z])(?<!\d\.)"  # hashes and decimal fractions are full of digits
SEPARATOR = r"[ \t\-\u2010-\u2015\u2212\u30fb./_]"
GROUPED = rf"(?<!\d{SEPARATOR})\d{{4}}{SEPARATOR}\d{{4}}{SEPARATOR}\d{{4}}(?!{SEPARATOR}\d)"  # but no long list
TWELVE_DIGITS = re.compile(rf"{NOT_IN_A_WORD}(?:\d{{12}}|{GROUPED})(?![0-9A-Za-z])", re.ASCII)


def is_my_number(digits: str) -> bool:
    """Check the last digit as 平成26年総務省令第85号第5条 computes it."""
    weighted = sum(int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:11]), start=1))
    remainder = weighted % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def my_numbers(name: str, text: str) -> Iterator[str]:
    """Yield the places of valid numbers, never the numbers."""
    if SUBJECT_IS_THE_NUMBER.search(name):
        return
    for line, content in enumerate(text.splitlines(), start=1):
        for found in TWELVE_DIGITS.findall(unicodedata.normalize("NFKC", content)):
            if is_my_number(re.sub(r"\D", "", found)):
                yield f"{name}:{line}"


def test_no_tracked_file_holds_a_my_number():
    assert [place for name, text in tracked_texts() for place in my_numbers(name, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "番号は123456789018です",
        "first line\n１２３４５６７８９０１８",
        "1234-5678-9018",
        "1234　5678　9018",
        '{"id": 900000000060}',
    ],
)
def test_a_valid_number_is_seen(text):
    assert len(list(my_numbers("examples/roster.csv", text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "123456789019",
        "0.123456789018",
        "e123456789018f",
        "7000012050002",
        "90001234567890182",
        "090-1234-5678",
        "1233 1234 5678 9018 9019",
    ],
)
def test_other_digits_pass(text):
    assert list(my_numbers("examples/roster.csv", text)) == []


def test_only_files_about_the_number_may_hold_one():
    assert list(my_numbers("tests/security/test_guard.py", "123456789018")) == []
    assert list(my_numbers("tests/vectors/my_number-and-other-check-digits.json", "123456789018")) == []
    assert list(my_numbers("docs/check-digits.json", "123456789018")) != []
