import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.matching.kana import (
    KanaClass,
    KanaName,
    fold,
    search_form,
    skeleton,
    strict_parts,
    unvoiced,
)
from inquiry.matching.spelling import Spelling, classes_between, is_stretched, spelling_between

ONE_READING = [
    ("キョウコ", "ｷｮｳｺ", {"width"}),
    ("キョウコ", "キヨウコ", {"small_large"}),
    ("ハットリ", "ﾊﾂﾄﾘ", {"width", "small_large"}),
    ("キョウコ", "きょうこ", {"hiragana"}),
    ("サトウ タロウ", "サトウ　タロウ", set()),
    ("サトウ タロウ", "サトウ・タロウ", {"separators"}),
    ("サトウ タロウ", "サトウタロウ", {"separators"}),
    ("ガク", "カ\u3099ク", {"dakuten_encoding"}),
    ("ガク", "カ\u309bク", {"dakuten_encoding"}),
    ("ガク", "カ \u3099ク", {"dakuten_encoding"}),
    ("ガク", "ｶﾞｸ", {"width"}),
    ("パク", "ﾊﾟｸ", {"width"}),
    ("ミヅホ", "ミズホ", {"same_sound"}),
    ("カヲル", "カオル", {"same_sound"}),
    ("ヂロウ", "ジロウ", {"same_sound"}),
    ("ヱミ", "エミ", {"same_sound"}),
    ("ヰチ", "イチ", {"same_sound"}),
    ("ヴァン", "バン", {"small_large", "same_sound"}),
    ("ヴァン", "ヴアン", {"small_large"}),
    ("ヴュー", "ビュー", {"small_large", "same_sound"}),
    ("ジェーン", "ジエーン", {"small_large"}),
    ("オオノ", "オーノ", {"long_vowel"}),
    ("オオノ", "オウノ", {"long_vowel"}),
    ("ケイコ", "ケーコ", {"long_vowel"}),
    ("ケイコ", "ケエコ", {"long_vowel"}),
    ("ユウキ", "ユーキ", {"long_vowel"}),
    ("イイダ", "イーダ", {"long_vowel"}),
    ("オーノ", "オ-ノ", {"hyphen"}),
    ("オーノ", "オ－ノ", {"hyphen"}),
    ("オーノ", "オ―ノ", {"hyphen"}),
    ("キョウコ", "キョウ\u200bコ", set()),
    ("トオオカ", "トーオカ", {"long_vowel"}),
    ("オオウチ", "オオーチ", {"long_vowel"}),
    ("ホオオカ", "ホウオカ", {"long_vowel"}),
    ("ケエイ", "ケエー", {"long_vowel"}),
    ("イノウエ エイコ", "イノウエ エーコ", {"long_vowel"}),
    ("イノウエ エイコ", "イノウエエーコ", {"separators", "long_vowel"}),
    ("ｲﾉｳｴ ｴｰｺ", "イノウエエイコ", {"width", "separators", "long_vowel"}),
    ("マツオ オウスケ", "マツヲ・オースケ", {"separators", "same_sound", "long_vowel"}),
]

TWO_READINGS = [
    ("ユウキ", "ユキ"),
    ("タナカ", "タナガ"),
    ("ハルコ", "パルコ"),
    ("バルコ", "パルコ"),
    ("ヒロシ", "ヒロキ"),
    ("サトウ", "サト"),
    ("オオノ", "オノ"),
    ("ショウタ", "ソウタ"),
    ("イトウ", "イトイ"),
    ("キ●ウコ", "キウコ"),
    ("ミキ", "メキ"),
    ("リョウ", "リュウ"),
    ("カア", "カ"),
    ("シュンイチ", "シュニチ"),
    ("サト オサム", "サトウ サム"),
    ("サト オサム", "サト ウサム"),
    ("サトオ サム", "サト ウサム"),
    ("イノウエ エイコ", "イノウエ イイコ"),
    ("トウオ", "トオウ"),
    ("オウウチ", "オオオチ"),
    ("ケイエ", "ケエイ"),
    ("グエン ト オサム", "グエン トウ サム"),
    ("グエン ト ウサム", "グエン トオ サム"),
]


@pytest.mark.parametrize(("one", "other", "classes"), ONE_READING)
def test_two_spellings_of_one_reading_agree_and_the_reason_says_why(one, other, classes):
    assert KanaName.of(one).reads_as(KanaName.of(other))
    assert KanaName.of(other).reads_as(KanaName.of(one))
    assert set(classes_between(one, other)) == {KanaClass(each) for each in classes}


@pytest.mark.parametrize(("one", "other"), TWO_READINGS)
def test_another_reading_never_agrees(one, other):
    assert not KanaName.of(one).reads_as(KanaName.of(other))
    assert not KanaName.of(other).reads_as(KanaName.of(one))


#  one           other          reads as one only where a small vowel is taken for a long one
STRETCHED = [
    ("ティナ", "テーナ", True),
    ("ティナ", "テエナ", True),
    ("ディナ", "デーナ", True),
    ("グエン ティ ホア", "グエン テー ホア", True),
    ("ドゥック", "ドーツク", True),
    ("トゥイ", "トーイ", True),
    ("ヴァン トゥイ", "バン トーイ", True),
    ("ティナ", "テイナ", False),
    ("テイナ", "テーナ", False),
    ("ヴィーナ", "ビイナ", False),
    ("ジェーン", "ジエエン", False),
    ("キョウコ", "キヨーコ", False),
]


@pytest.mark.parametrize(("one", "other", "only_stretched"), STRETCHED)
def test_a_small_vowel_on_one_side_is_no_long_vowel_on_the_other(one, other, only_stretched):
    for name, its in ((KanaName.of(one), KanaName.of(other)), (KanaName.of(other), KanaName.of(one))):
        assert name.reads_as(its)
        assert is_stretched(name, its) is only_stretched


@pytest.mark.parametrize("mark", "●○◯〇□〓?？")
def test_kana_with_a_mark_in_place_of_one_kana_is_missing(mark):
    assert KanaName.of(f"タカ{mark}シ キョウコ").is_missing


#  one           other          reads as one only by a long vowel across a boundary that one side states
ACROSS = [
    ("ヤマモトウト", "ヤマモト オト", True),
    ("ヤマモトウメ", "ヤマモト オメ", True),
    ("ヤマモトーメ", "ヤマモト オメ", True),
    ("ヤマモトーメ", "ヤマモト ウメ", True),
    ("イノウエエイコ", "イノウエ イイコ", True),
    ("サトウサム", "サト オサム", True),
    ("サトウサム", "サト ヲサム", True),
    ("グエン トウエ", "グエン ト オエ", True),
    ("グエン トオエ", "グエン ト ウエ", True),
    ("サト・オサム タロウ", "サトウサム タロウ", True),
    ("ヤマモトオト", "ヤマモト オト", False),
    ("ヤマモトヲト", "ヤマモト オト", False),
    ("サトオサム", "サト ヲサム", False),
    ("サトオ サム", "サト オサム", False),
    ("オーノタロウ", "オオノ タロウ", False),
    ("サトーオサム", "サトウ オサム", False),
    ("ﾔﾏﾓﾄｵﾄ", "ヤマモト オト", False),
    ("ヤマモト オト", "ヤマモト オト", False),
]


@pytest.mark.parametrize(("one", "other", "reaches"), ACROSS)
def test_a_long_vowel_across_a_boundary_that_one_side_states_is_supposed_and_not_known(one, other, reaches):
    for name, its in ((KanaName.of(one), KanaName.of(other)), (KanaName.of(other), KanaName.of(one))):
        assert name.reads_as(its)
        assert name.reaches_across(its) is reaches
        assert spelling_between(name, its).is_certain is not reaches


PLAIN = st.text(
    "アイウエオカキクケコサシスセソタチツテトナハヒフヘホマミムヤユヨラリルロワガギグゲゴザジズダドバビパピ",
    min_size=1,
    max_size=8,
)
ANY_KANA = st.lists(
    st.sampled_from([*"アイウエオカキクケコガョュッァーヴヲヂヅヱヰンがきょ ・-ｶｮ", "カ゛", "ｶﾞ", "か\u3099", "ウ゛"]),
    max_size=10,
).map("".join)


@given(ANY_KANA)
def test_folding_twice_changes_nothing(text):
    folded = KanaName.of(text).folded
    assert fold(folded) == folded
    assert KanaName.of(folded).folded == folded


@given(ANY_KANA, ANY_KANA)
def test_reading_alike_is_mutual(one, other):
    assert KanaName.of(one).reads_as(KanaName.of(other)) == KanaName.of(other).reads_as(KanaName.of(one))


@given(PLAIN, st.data())
def test_a_voiced_mark_more_is_always_another_name(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    voiced = dict(zip("カキクケコサシスセソタトハヒフヘホ", "ガギグゲゴザジズゼゾダドバビブベボ", strict=True))
    other = text[:place] + voiced.get(text[place], text[place]) + text[place + 1 :]
    assert (fold(text) == fold(other)) == (text == other)


@given(PLAIN, st.data())
def test_another_vowel_is_another_name_unless_it_spells_a_length(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    rows = ("アイウエオ", "カキクケコ", "サシスセソ", "ナニヌネノ", "マミムメモ", "ラリルレロ")
    row = next((row for row in rows if text[place] in row), text[place])
    other = text[:place] + data.draw(st.sampled_from(row)) + text[place + 1 :]
    if text != other and row != "アイウエオ" and (text + "ア")[place + 1] not in "アイウエオ":
        assert fold(text) != fold(other)


@given(PLAIN)
def test_the_fold_keeps_the_length(text):
    assert len(fold(text)) == len(text)


def test_the_skeleton_drops_voice_and_length_alone():
    assert skeleton(fold("オオガワ")) == skeleton(fold("オカワ")) == "オカワ"
    assert skeleton(fold("ケイコ")) == "ケコ"
    assert unvoiced("ガパ") == "カハ"


@pytest.mark.parametrize(
    ("marked", "written_out"),
    [
        ("サヽキ", "ササキ"),
        ("さゝき", "ササキ"),
        ("ミスヾ", "ミスズ"),
        ("ツヾキ", "ツズキ"),
        ("バヽ", "バハ"),
        ("サヾナミ", "サザナミ"),
    ],
)
def test_an_iteration_mark_reads_as_the_kana_before_it(marked, written_out):
    assert KanaName.of(marked).reads_as(KanaName.of(written_out))


@pytest.mark.parametrize(("marked", "other"), [("サヽキ", "サザキ"), ("ミスヾ", "ミスス")])
def test_an_iteration_mark_says_itself_whether_it_is_voiced(marked, other):
    assert not KanaName.of(marked).reads_as(KanaName.of(other))


@pytest.mark.parametrize(
    ("one", "other"), [("ワタナベ エー", "ワタナベ エエ"), ("オオーカ", "オオオカ"), ("オーオカ", "オオオカ")]
)
def test_a_long_vowel_beside_another_is_one_reading_however_it_is_spelled(one, other):
    assert KanaName.of(one).reads_as(KanaName.of(other))


# Everything that reaches over a space, or could: long vowels, small kana, marks of sound, iteration and length.
REACHING = st.text("アイウエオカコトヨガダヴヲヂァォッョーヽヾ゛゜\u3099ｱｵﾄﾞｰ一-・ \u3000あおゝゞ\u200b", max_size=8)


@given(REACHING)
def test_a_name_reads_the_same_word_by_word_and_as_a_whole(text):
    parts = strict_parts(text) if re.search("[ァ-ヺ]", "".join(strict_parts(text))) else ()
    assert (KanaName.of(text).parts, KanaName.of(text).folded) == (parts, fold("".join(parts)))


@pytest.mark.parametrize(
    "text", ["サト ヽキ", "イヴヾ エー", "サト オサム", "サト ーノ", "ヴ アン", "カ ゛ク", "ト ォノ"]
)
def test_a_word_that_leans_on_its_neighbour_is_read_with_it(text):
    assert KanaName.of(text).folded == fold("".join(strict_parts(text)))


@given(ANY_KANA)
def test_a_search_form_keeps_length_and_skeleton_and_is_found_again(text):
    name = KanaName.of(text)
    assert search_form(name.searchable) == name.searchable == search_form(name.folded)
    assert len(name.searchable) == len(name.folded)
    assert skeleton(name.searchable) == name.skeleton == skeleton(name.folded)


@given(REACHING, REACHING)
def test_who_reads_alike_is_searched_alike(text, other):
    one, its = KanaName.of(text), KanaName.of(other)
    if one.reads_as(its):
        assert one.searchable == its.searchable


def spelling_of_whole(one, its):
    return Spelling(classes_between(one.text, its.text), is_stretched(one, its), one.reaches_across(its))


@given(REACHING, REACHING)
def test_two_spellings_differ_the_same_word_by_word_and_as_a_whole(text, other):
    one, its = KanaName.of(text), KanaName.of(other)
    if one.parts and one.reads_as(its):
        assert spelling_between(one, its) == spelling_of_whole(one, its)


RESPELLED = st.tuples(
    REACHING, st.sampled_from([("オ", "ヲ"), ("ー", "オ"), ("ガ", "ｶﾞ"), ("ョ", "ヨ"), (" ", "\u3000"), ("あ", "ア")])
)


@given(RESPELLED)
def test_a_name_spelled_in_another_custom_differs_the_same_either_way(drawn):
    text, (old, new) = drawn
    one, its = KanaName.of(text), KanaName.of(text.replace(old, new))
    if one.parts and one.reads_as(its):
        assert spelling_between(one, its) == spelling_of_whole(one, its)
