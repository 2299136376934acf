"""Why two records agree or differ is said with what differs, so that whoever knows them can follow."""

import pytest

from inquiry.matching.decide import decide
from inquiry.matching.grades import Comparison, Grade, Identifier, Reason
from inquiry.web.match_words import explained, reasons_of
from inquiry.web.sentences.matching import REASONS
from tests.world import SATO, member

#  reason                           inquiry            roster             said beside it
DETAILS = [
    (Reason.KANJI_VARIANT,          "髙橋　太郎",      "高橋 太郎",       "髙→高"),
    (Reason.KANJI_VARIANT,          "渡邊　齋",        "渡邉 斎",         "邊→邉、齋→斎"),
    (Reason.KANJI_CONTESTED,        "島田　一",        "嶋田　一",        "島→嶋"),
    (Reason.KANJI_DIFFERS,          "高橋　京子",      "高橋　恭子",      "照会「京」／名簿「恭」"),
    (Reason.KANJI_PLACEHOLDER,      "高橋　太郎",      "高橋　●郎",      "照会「太」／名簿「●」"),
    (Reason.KANA_SMALL_LARGE,       "キョウコ",        "ｷﾖｳｺ",            "ョ→ヨ"),
    (Reason.KANA_LONG_VOWEL,        "オオノ ケイコ",   "オーノ　ケーコ",  "オ→ー、イ→ー"),
    (Reason.KANA_SAME_SOUND,        "みづほ",          "ミズホ",          "ヅ→ズ"),
    (Reason.KANA_VOICED_MARK,       "ﾀｶﾊｼ ﾊﾞﾝ",         "タカハシ ハン",   "照会「バ」／名簿「ハ」"),
    (Reason.KANA_LENGTH,            "オノ",            "オオノ",          "照会「なし」／名簿「オ」"),
    (Reason.KANA_ONE_CHARACTER,     "ヒロシ",          "ヒロキ",          "照会「シ」／名簿「キ」"),
    (Reason.KANA_SURNAME_DIFFERS,   "ｽｽﾞｷ ハナコ",      "タカハシ ハナコ", "照会「スズキ」／名簿「タカハシ」"),
    (Reason.KANA_GIVEN_NAME_DIFFERS, "タナカ ハナコ",  "タナカ ハナエ",   "照会「ハナコ」／名簿「ハナエ」"),
    (Reason.BIRTH_DATE_DAY,         "1958-04-12",      "1958-04-21",      "照会 12日／名簿 21日"),
    (Reason.BIRTH_DATE_MONTH,       "1958-04-12",      "1958-05-12",      "照会 4月／名簿 5月"),
    (Reason.BIRTH_DATE_YEAR,        "1958-04-12",      "1985-04-12",      "照会 1958年／名簿 1985年"),
    (Reason.BIRTH_DATE_SWAPPED,     "1958-04-01",      "1958-01-04",      "照会 4月1日／名簿 1月4日"),
    (Reason.SEX_DIFFERS,            "男",              "女",              "照会 男／名簿 女"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "asked", "found", "detail"), DETAILS)
def test_what_differs_stands_in_the_sentence(reason, asked, found, detail):
    said = explained(Comparison(Identifier.NAME, Grade.CONFIRM, (reason,)), asked, found)
    assert f"（{detail}）。" in said
    assert said.replace(f"（{detail}）", "", 1) == REASONS[reason]


@pytest.mark.parametrize("reason", [Reason.KANA_SURNAME_DIFFERS, Reason.KANJI_VARIANT, Reason.KANA_LENGTH])
def test_where_nothing_can_be_named_the_sentence_stands_alone(reason):
    said = explained(Comparison(Identifier.NAME, Grade.CONFIRM, (reason,)), "", "タナカ")
    assert said == REASONS[reason]


def test_every_reason_has_a_sentence():
    assert set(REASONS) == set(Reason)


def test_a_list_of_reasons_quotes_nobody():
    said = reasons_of(decide(SATO, [member()]))
    assert "異体字（新旧字体など）を同一とみなしました。" in said
    assert "髙" not in said
