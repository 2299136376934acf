import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.jp import in_

from inquiry.domain.check_digits import is_my_number
from inquiry.domain.my_number import ALLOWED, Level, Verdict, examine

FOLDER = Path(__file__).parents[1] / "vectors"
CASES = json.loads((FOLDER / "guard-cases.json").read_text("utf-8"))
VECTORS = json.loads((FOLDER / "my_number-and-other-check-digits.json").read_text("utf-8"))["my_number"]

ALPHABETS = {
    "full-width": "０１２３４５６７８９",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "negative circled": "⓿❶❷❸❹❺❻❼❽❾",
    "dingbat circled": "🄋➀➁➂➃➄➅➆➇➈",
    "negative dingbat": "🄌➊➋➌➍➎➏➐➑➒",
    "superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "subscript": "₀₁₂₃₄₅₆₇₈₉",
    "kanji": "〇一二三四五六七八九",
    "kanji with a circle": "○一二三四五六七八九",
    "formal kanji": "零壱弐参肆伍陸漆捌玖",
    "old formal kanji": "零壹貳參四五六七八九",
    "mathematical": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "devanagari": "०१२३४५६७८९",
    "bracketed": ["0", *"⑴⑵⑶⑷⑸⑹⑺⑻⑼"],
    "full stop": "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐",
    "bracketed kanji": "〇㈠㈡㈢㈣㈤㈥㈦㈧㈨",
    "circled kanji": "〇㊀㊁㊂㊃㊄㊅㊆㊇㊈",
    "keycap": [f"{digit}\ufe0f\u20e3" for digit in "0123456789"],
}
UNSEEN = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\ufe0f",
    "\U000e0041",
    "\u3164",
    "\u034f",
]
SEPARATORS = [
    *" \t\n\u3000\u00a0\u2009\u2028-‐‑‒–—―−－ーｰ・･·.．。｡,，、､_＿/／|｜:：~～〜*＊",
    *("\r\n", " - ", "','", '","', "、 ", "\n\n"),
]
KEYWORDS = [
    *(
        "マイナンバー",
        "ﾏｲﾅﾝﾊﾞｰ",
        "まいなんばー",
        "マイ ナンバー",
        "個人番号",
        "個 人 番 号",
        "個人番號",
        "通知カード",
        "通知ｶｰﾄﾞ",
    ),
    *("my number", "MyNumber", "MY-NUMBER", "ＭＹ　ＮＵＭＢＥＲ", "my_number"),
]


def last_digit(base):
    return next(digit for digit in "0123456789" if is_my_number(base + digit))


def slip(number):
    return number[:11] + str((int(number[11]) + 1) % 10)


NUMBERS = st.text("0123456789", min_size=11, max_size=11).map(lambda base: base + last_digit(base))
# Numbers that could not be a minute, so that the rule for timestamps stays out of the way.
PLAIN = NUMBERS.filter(lambda number: not number.startswith("20") and set(number) != {"0"})


@pytest.mark.parametrize("number", VECTORS["valid"])
def test_a_well_formed_my_number_is_recognised(number):
    assert is_my_number(number)


@pytest.mark.parametrize("number", VECTORS["invalid"])
def test_anything_else_is_not_a_well_formed_my_number(number):
    assert not is_my_number(number)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_my_numbers_are_judged_as_by_stdnum(number):
    assert is_my_number(number) == in_.is_valid(number)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_case_of_the_specification(case):
    assert examine(case["text"]).level == case["expect"]


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
@given(number=PLAIN, data=st.data())
def test_digits_of_any_script_are_digits(alphabet, number, data):
    assume(set(number) - {"0"})
    written = "".join(alphabet[int(digit)] for digit in number)
    assert examine(f"番号は{written}です").level is Level.BLOCK


@given(number=PLAIN, data=st.data())
def test_scripts_may_be_mixed(number, data):
    alphabets = st.sampled_from(["0123456789", *ALPHABETS.values()])
    written = "".join(data.draw(alphabets)[int(digit)] for digit in number)
    assume(not set(written) <= set("○〇"))
    assert examine(written).level is Level.BLOCK


@given(number=PLAIN, data=st.data())
def test_what_cannot_be_seen_does_not_hide_a_number(number, data):
    unseen = st.text(st.sampled_from(UNSEEN), max_size=4)
    assert examine("".join(digit + data.draw(unseen) for digit in number)).level is Level.BLOCK


@pytest.mark.parametrize("sizes", [(4, 4, 4), (3, 3, 3, 3), (1,) * 12], ids=str)
@given(number=PLAIN, data=st.data())
def test_the_usual_groupings_are_blocked_whatever_separates_them(sizes, number, data):
    groups, rest = [], number
    for size in sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    written = groups[0] + "".join(data.draw(st.sampled_from(SEPARATORS)) + group for group in groups[1:])
    assert examine(written).level is Level.BLOCK


@pytest.mark.parametrize("sizes", [(8, 4), (6, 6), (2, 2, 4, 4), (4, 8), (11, 1), (5, 7)], ids=str)
@given(number=PLAIN)
def test_other_groupings_are_warned_of(sizes, number):
    groups, rest = [], number
    for size in sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    verdict = examine(" ".join(groups))
    assert verdict.level is Level.WARN
    assert verdict.rule in ("other_grouping", "residence_code")


@given(number=PLAIN)
def test_four_separators_and_any_letter_end_a_row(number):
    assert examine(f"{number[:4]}    {number[4:8]}    {number[8:]}") == ALLOWED
    assert examine(f"{number[:4]}丁目{number[4:8]}番（{number[8:]}）") == ALLOWED


@given(number=PLAIN)
def test_a_bullet_or_a_footnote_mark_does_not_hide_a_number(number):
    for text in (f"○{number}", f"①{number}", f"{number}²", f"一{number[:4]}-{number[4:8]}-{number[8:]}"):
        assert examine(text).level is Level.BLOCK


@given(number=PLAIN)
def test_entities_and_percent_escapes_are_decoded_once(number):
    entities = "".join(f"&#{ord(digit)};" for digit in number)
    hexadecimal = "".join(f"&#x{ord(digit):x};" for digit in number)
    escapes = "".join(f"%{ord(digit):02X}" for digit in number)
    full_width = "".join(f"%EF%BC%{0x90 + int(digit):X}" for digit in number)
    for written in (entities, hexadecimal, escapes, full_width, f"{number[:4]}&nbsp;{number[4:8]}&#x2d;{number[8:]}"):
        assert examine(written).level is Level.BLOCK
    assert examine(entities.replace("&", "&amp;")) == ALLOWED


@given(number=PLAIN)
def test_decoding_does_not_swallow_a_number_in_plain_sight(number):
    assert examine(f"100%{number}").level is Level.BLOCK


@pytest.mark.parametrize("keyword", KEYWORDS)
@given(number=PLAIN.map(slip))
def test_beside_the_keyword_a_mistyped_number_is_blocked(keyword, number):
    written = [number, f"{number[:4]}-{number[4:8]}-{number[8:]}", f"{number[:4]}あ{number[4:8]}い{number[8:]}"]
    for text in (*written, " ".join(number), f"{number[:8]} {number[8:]}"):
        assert examine(f"{keyword}：{text}").level is Level.BLOCK
        assert examine(f"{text}（{keyword}）").level is Level.BLOCK


@given(number=PLAIN.map(slip))
def test_the_keyword_reaches_forty_characters(number):
    assert examine(f"個人番号{'あ' * 40}{number}") == ALLOWED
    assert examine(f"個人番号{'あ' * 39}{number}") == Verdict(Level.BLOCK, "keyword")
    assert examine(f"{number}{'あ' * 40}個人番号") == ALLOWED
    assert examine(f"{number}{'あ' * 39}個人番号") == Verdict(Level.BLOCK, "keyword")


@pytest.mark.parametrize(
    "text",
    [
        "個人番号は書かないでください。電話 03-5253-1111（内線3137）、FAX 03-3595-1111",
        "マイナンバーは不要です。携帯 090-1234-5678、050-1234-5678",
        "マイナンバーは不要です。連絡先 0120-123-456 / 03(5253)1111",
        "個人番号の記載なし 2026-11-22 10:30 受付",
        "令和8年11月22日 個人番号の記載なし 照会番号 INQ-2026-000123 電話 03-5253-1111",
        "マイナンバー制度は2013年に成立し、2015年に通知、2016年に利用が始まった",
        "個人番号ではなく法人番号 7000012050002 を書いてください",
        "個人番号は照会しない。保険者番号 39131016、被保険者番号 12345678",
        "個人番号（○○○○ ○○○○ ○○○○）",
        "dummy number 123456789019",
    ],
)
def test_the_keyword_may_stand_beside_telephones_dates_and_corporate_numbers(text):
    assert examine(text) == ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        "7000012050002",
        "T7000012050002",
        "03-5253-1111（内線3137）",
        "〒100-8916 東京都千代田区霞が関1-2-2",
        "39131016 12345678",
        "2026-11-22 10:30",
        "昭和33年4月1日、平成元年1月8日",
        "090-1234-5678 / 050-1234-5678",
        "○○○○○○○○○○○○",
        "************",
        "",
    ],
)
def test_ordinary_numbers_are_allowed(text):
    assert examine(text) == ALLOWED


#  text                       level         rule
RULES = [
    ("123456789018", Level.BLOCK, "contiguous"),
    ("1234 5678 9018", Level.BLOCK, "grouped"),
    ("1,2,3,4,5,6,7,8,9,0,1,8", Level.BLOCK, "singles"),
    ("⑫③④⑤⑥⑦⑧⑨⓪①⑧", Level.BLOCK, "contiguous"),
    ("マイナンバー 123456789019", Level.BLOCK, "keyword"),
    ("マイナンバー 0123456789018", Level.BLOCK, "keyword"),
    ("21700023 0005", Level.WARN, "other_grouping"),
    ("202611220903", Level.WARN, "timestamp"),
    ("+81 90-1234-5606", Level.WARN, "country_code"),
    ("＋819012345606", Level.WARN, "country_code"),
    ("+81 1234 5678 9018", Level.BLOCK, "grouped"),
    ("0123456789018", Level.WARN, "long_run"),
    ("12345678903", Level.WARN, "residence_code"),
    ("03216549870", Level.ALLOW, "none"),
    ("21700023 0005, 123456789018", Level.BLOCK, "contiguous"),
]


@pytest.mark.parametrize(("text", "level", "rule"), RULES)
def test_the_verdict_names_the_rule(text, level, rule):
    assert examine(text) == Verdict(level, rule)


def test_a_minute_outside_the_years_given_is_no_timestamp():
    assert examine("202611220903", years=range(2030, 2037)).level is Level.BLOCK


@pytest.mark.parametrize("base", ["20261322090", "20261232090", "20260229090", "20261122240", "20261122096"])
def test_digits_that_are_no_minute_are_no_timestamp(base):
    assert examine(base + last_digit(base)) == Verdict(Level.BLOCK, "contiguous")


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_breaks_the_guard(text):
    assert examine(text).level in Level


@pytest.mark.parametrize("text", ["\ud800", "&#" + "9" * 5000 + ";", "%", "%zz%31", "&#xD800;", "&#0;", "\0", "1" * 50])
def test_awkward_texts_do_not_break_the_guard(text):
    assert examine(text).level in Level


@given(number=PLAIN, before=st.text(max_size=5), after=st.text(max_size=5))
def test_letters_around_a_number_do_not_hide_it(number, before, after):
    assume(not any(unicodedata.numeric(character, None) is not None for character in before + after))
    assume("%" not in before + after and "&" not in before + after and "+" not in before)
    assert examine(before + number + after).level is Level.BLOCK


def test_a_verdict_holds_no_digits():
    assert not any(character.isdigit() for character in repr(examine("1234 5678 9018")))
