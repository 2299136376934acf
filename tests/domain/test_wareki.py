import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.domain.errors import InvalidValue
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.wareki import Era, EraCoding, both_calendars, era_text, from_parts, parse_date, suggest

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "my_number-and-other-check-digits.json").read_text("utf-8")
)
SEVEN_DIGITS = [(PartialDate.fromisoformat(iso), seven) for iso, seven in VECTORS["wareki7"].items()]
APRIL_1958 = PartialDate(1958, 4, 1)
ANY_DAY = st.dates(date(1873, 1, 1), date(2099, 12, 31)).map(PartialDate.of)


@pytest.mark.parametrize(("day", "seven"), SEVEN_DIGITS)
def test_seven_digits_are_read(day, seven):
    assert parse_date(seven) == day


@pytest.mark.parametrize("seven", VECTORS["wareki7_invalid"])
def test_seven_digits_outside_the_era_or_the_calendar_are_refused(seven):
    with pytest.raises(InvalidValue):
        parse_date(seven)


@pytest.mark.parametrize(
    "text",
    [
        *("1958-04-01", "1958/4/1", "1958.4.1", "19580401", "1958年4月1日", "西暦1958年4月1日"),
        *("S33.4.1", "s33/4/1", "S33-4-1", "昭33.4.1", "昭和33年4月1日", "昭和33.4.1", "S330401", "3330401"),
        *("１９５８年４月１日", "Ｓ３３．４．１", "㍼33年4月1日", "３３３０４０１", "1958−04−01", "1958ー4ー1"),
        *("昭和三十三年四月一日", "昭和三三年四月一日", "一九五八年四月一日", " 昭和 33年　4月 1日 "),
    ],
)
def test_every_usual_spelling_means_the_same_day(text):
    assert parse_date(text) == APRIL_1958


@pytest.mark.parametrize(
    "text", ["令和元年5月1日", "令和1年5月1日", "R1.5.1", "r1/5/1", "㋿元年5月1日", "令元.5.1", "5010501"]
)
def test_the_first_year_of_an_era_may_be_called_gannen(text):
    assert parse_date(text) == PartialDate(2019, 5, 1)


#  as written   by the claims' digits        by the pension's digits
CODINGS = [
    ("1400101", PartialDate(1907, 1, 1),      PartialDate(1907, 1, 1)),     # 明治 in both
    ("3020101", PartialDate(1927, 1, 1),      PartialDate(1913, 1, 1)),     # 昭和2年, 大正2年
    ("5050307", PartialDate(2023, 3, 7),      PartialDate(1930, 3, 7)),     # 令和5年, 昭和5年
    ("5550307", PartialDate(2073, 3, 7),      PartialDate(1980, 3, 7)),     # 令和55年 is still to come
    ("5640100", PartialDate(2082, 1),         PartialDate(1989, 1)),
    ("2020101", PartialDate(1913, 1, 1),      "date:era_digit_unknown"),
    ("4010108", PartialDate(1989, 1, 8),      "date:era_digit_unknown"),
    ("7010108", "date:era_digit_unknown",     PartialDate(1989, 1, 8)),
    ("9010501", "date:era_digit_unknown",     PartialDate(2019, 5, 1)),
    ("0010101", "date:era_digit_unknown",     "date:era_digit_unknown"),
    ("8010101", "date:era_digit_unknown",     "date:era_digit_unknown"),
    ("3640101", PartialDate(1989, 1, 1),      "date:after_era"),            # 大正64年 never was
    ("7010107", "date:era_digit_unknown",     "date:before_era"),
    ("S330401", APRIL_1958,                   APRIL_1958),                  # a letter is no digit
    ("19580401", APRIL_1958,                  APRIL_1958),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claims", "pension"), CODINGS)
def test_the_first_of_seven_digits_means_the_era_that_the_coding_says(text, claims, pension):
    for coding, expected in ((EraCoding.CLAIMS, claims), (EraCoding.PENSION, pension)):
        if isinstance(expected, PartialDate):
            assert parse_date(text, coding) == expected
            continue
        with pytest.raises(InvalidValue) as refusal:
            parse_date(text, coding)
        assert refusal.value.code == expected


def test_nobody_who_names_no_coding_is_read_by_the_pensions():
    assert parse_date("5010501") == parse_date("5010501", EraCoding.CLAIMS)


#  as written                            what is known
UNKNOWN_PARTS = [
    ("1960-00-00", PartialDate(1960)),
    ("1960年00月00日", PartialDate(1960)),
    ("19600000", PartialDate(1960)),
    ("3330400", PartialDate(1958, 4)),
    ("S33.4.0", PartialDate(1958, 4)),
    ("S33.4", PartialDate(1958, 4)),
    ("昭和33年4月", PartialDate(1958, 4)),
    ("昭和33年4月不詳", PartialDate(1958, 4)),
    ("昭和33年4月日不詳", PartialDate(1958, 4)),
    ("昭和33年4月不詳日", PartialDate(1958, 4)),
    ("昭和33年不詳", PartialDate(1958)),
    ("昭和33年月日不詳", PartialDate(1958)),
    ("昭和33年不明月不明日", PartialDate(1958)),
    ("昭和64年1月不詳", PartialDate(1989, 1)),
    ("平成元年1月不詳", PartialDate(1989, 1)),
    ("昭和64年不詳", PartialDate(1989)),
]


@pytest.mark.parametrize(("text", "known"), UNKNOWN_PARTS)
def test_an_unknown_part_stays_unknown(text, known):
    assert parse_date(text) == known


#  as written            why not
REFUSALS = [
    ("", "date:empty"),
    ("　", "date:empty"),
    ("不詳", "date:unreadable"),
    ("58.4.1", "date:unreadable"),
    ("昭和1958年4月1日", "date:unreadable"),
    ("1958-4/1", "date:unreadable"),
    ("6010101", "date:era_digit_unknown"),
    ("0330401", "date:era_digit_unknown"),
    ("十十年", "date:unreadable"),
    ("昭和0年4月1日", "date:no_such_day"),
    ("4000101", "date:no_such_day"),
    ("3330230", "date:no_such_day"),
    ("1958-13-01", "date:no_such_day"),
    ("令和9999年1月1日", "date:unreadable"),
    ("S33.0.1", "date:day_without_month"),
    ("1872-12-31", "date:too_early"),
    ("明治5年12月2日", "date:too_early"),
    ("昭和64年1月8日", "date:after_era"),
    ("昭和64年2月不詳", "date:after_era"),
    ("明治45年7月30日", "date:after_era"),
    ("平成元年1月7日", "date:before_era"),
    ("令和元年4月不詳", "date:before_era"),
]


@pytest.mark.parametrize(("text", "code"), REFUSALS)
def test_a_date_that_cannot_be_is_refused_with_the_reason(text, code):
    with pytest.raises(InvalidValue) as refusal:
        parse_date(text)
    assert refusal.value.code == code


#  as written             offered
OFFERS = [
    ("昭和64年5月1日", PartialDate(1989, 5, 1)),
    ("平成31年5月", PartialDate(2019, 5)),
    ("明治45年7月30日", PartialDate(1912, 7, 30)),
    ("昭和33年4月1日", None),
    ("昭和33年2月30日", None),
    ("明治元年1月1日", None),
    ("むかし", None),
]


@pytest.mark.parametrize(("text", "offer"), OFFERS)
def test_a_date_outside_its_era_is_offered_in_the_right_one(text, offer):
    assert suggest(text) == offer


def test_the_three_fields_are_read_like_the_text():
    assert from_parts(Era.SHOWA, 33, month=4, day=1) == APRIL_1958
    assert from_parts(Era.GREGORIAN, 1958, month=4, day=None) == PartialDate(1958, 4)


#  known                       by era                        in both calendars
PRINTED = [
    (APRIL_1958, "昭和33年4月1日", "昭和33年4月1日（1958年4月1日）"),
    (PartialDate(2019, 5, 1), "令和元年5月1日", "令和元年5月1日（2019年5月1日）"),
    (PartialDate(1958, 4), "昭和33年4月不詳", "昭和33年4月不詳（1958年4月不詳）"),
    (PartialDate(1958), "昭和33年不詳", "昭和33年不詳（1958年不詳）"),
    (PartialDate(1989, 1), "昭和64年・平成元年1月不詳", "昭和64年・平成元年1月不詳（1989年1月不詳）"),
    (PartialDate(1989, 2), "平成元年2月不詳", "平成元年2月不詳（1989年2月不詳）"),
]


@pytest.mark.parametrize(("day", "by_era", "both"), PRINTED)
def test_a_letter_shows_both_calendars_and_what_is_unknown(day, by_era, both):
    assert era_text(day) == by_era
    assert both_calendars(day) == both


def test_a_full_date_prints_like_its_parts():
    assert both_calendars(date(1958, 4, 1)) == both_calendars(APRIL_1958)


@given(ANY_DAY)
def test_whatever_is_printed_can_be_typed_in_again(day):
    assert parse_date(era_text(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text())
def test_no_text_breaks_the_reader(text):
    with suppress(InvalidValue):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "1985/04/12 00:00:00",
        "1985-04-12 00:00",
        "1985/4/12 0:00",
        "1985/4/12 0:00:00",
        "1985-04-12T00:00:00+09:00",
        "1985-04-12T00:00:00.000",
        "昭和60年4月12日生",
        "昭和60年4月12日生まれ",
    ],
)
def test_what_spreadsheets_and_forms_add_to_a_date_is_read_over(text):
    assert parse_date(text) == PartialDate(1985, 4, 12)


@pytest.mark.parametrize("text", ["1985-04-12 09:30", "1985-04-12 00:00:01", "生", "00:00"])
def test_a_time_of_day_is_no_part_of_a_date(text):
    with pytest.raises(InvalidValue, match="unreadable"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2010 8 12", (2010, 8, 12)),
        ("1985 04 12", (1985, 4, 12)),
        ("2011　1　12", (2011, 1, 12)),
        ("昭和 60 4 12", (1985, 4, 12)),
    ],
)
def test_a_space_between_numbers_separates_them_and_makes_no_era_of_a_year(text, day):
    assert parse_date(text) == PartialDate(*day)
