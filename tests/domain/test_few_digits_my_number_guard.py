"""The glance before the guard: a cell that it passes over is one that the guard would not have refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inquiry.domain.digits import has_few
from inquiry.domain.my_number import Level, examine
from tests.domain.test_my_number_guard import ALPHABETS, CASES, KEYWORDS, NUMBERS, SEPARATORS, UNSEEN

ESCAPES = [lambda sign: f"&#{ord(sign)};", lambda sign: f"&#x{ord(sign):x};", lambda sign: f"%{ord(sign):02X}"]
DIGITS = [sign for alphabet in ALPHABETS.values() for sign in alphabet]
PIECES = st.one_of(
    st.sampled_from([*DIGITS, *"0123456789０１２３４５６７８９"]),
    st.sampled_from(DIGITS),
    st.sampled_from([*SEPARATORS, *UNSEEN, *KEYWORDS]),
    st.builds(lambda escape, sign: escape(sign), st.sampled_from(ESCAPES), st.sampled_from("0123456789")),
    st.text(max_size=3),
)


def passes_over(text):
    return has_few(text) and examine(text).level is Level.BLOCK


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_no_case_of_the_specification_is_passed_over(case):
    assert not passes_over(case["text"])


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
@given(number=NUMBERS, data=st.data())
def test_no_number_is_passed_over_in_whatever_script_it_is_written(alphabet, number, data):
    place = data.draw(st.integers(0, 11))
    between = data.draw(st.sampled_from(["", *SEPARATORS, *UNSEEN]))
    written = [alphabet[int(digit)] for digit in number[:place]] + list(number[place:])
    assert not has_few(between.join(written))


@given(number=NUMBERS, data=st.data())
def test_no_number_is_passed_over_when_digits_are_escaped(number, data):
    written = [data.draw(st.sampled_from([str, *ESCAPES]))(digit) for digit in number]
    assert not has_few("".join(written))


@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_text_of_digits_and_whatever_hides_them_is_passed_over(text):
    assert not passes_over(text)


@given(st.text())
def test_no_text_at_all_is_passed_over(text):
    assert not passes_over(text)


@given(st.integers(0x20, 0x10FFFF), st.integers(1, 11))
def test_no_single_character_stands_for_more_digits_than_the_glance_counts(code_point, count):
    assume(not 0xD800 <= code_point < 0xE000)
    assert not passes_over(chr(code_point) * count + "9")


@pytest.mark.parametrize(
    "cell", ["", "髙橋　太郎", "ﾀｶﾊｼ ﾀﾛｳ", "S33.4.1", "東京都見本区1-2-3", "06130017", "12345678901"]
)
def test_what_usually_stands_in_a_row_is_passed_over(cell):
    assert has_few(cell)
