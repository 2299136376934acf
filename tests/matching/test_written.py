import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.matching.grades import Grade, Reason
from inquiry.matching.kanji import WrittenName
from inquiry.matching.rules import Rules
from inquiry.matching.written import compare_written

EQUAL, CONFIRM, DIFFERENT = Grade.EQUAL, Grade.CONFIRM, Grade.DIFFERENT

#  inquiry          roll             grade      reason                              kanji row of the table
WRITTEN = [
    ("高橋 京子", "高橋 京子", EQUAL, None),
    ("高橋 京子", "髙橋　京子", EQUAL, "kanji:variant"),
    ("高橋 京子", "高橋京子", EQUAL, "kanji:separators"),
    ("佐々木 京子", "佐佐木 京子", EQUAL, "kanji:iteration_mark"),
    ("葛城 京子", "葛\U000e0100城 京子", EQUAL, "kanji:encoding"),
    ("神田 京子", "\ufa19田 京子", EQUAL, "kanji:encoding"),
    ("島田 京子", "嶋田 京子", EQUAL, "kanji:contested_variant"),
    ("", "", EQUAL, "kanji:absent_both"),
    ("鶴ヶ谷 京子", "鶴ケ谷 京子", EQUAL, "kanji:variant"),
    ("SMITH JOHN", "Smith, John", EQUAL, "latin:spelling"),
    ("SMITH JOHN", "ＪＯＨＮ　ＳＭＩＴＨ", EQUAL, "latin:order"),
    ("O'NEIL ANNE-MARIE", "ONEIL ANNE MARIE", EQUAL, "latin:spelling"),
    ("NGUYỄN VĂN ĐẠT", "NGUYEN VAN DAT", EQUAL, "latin:spelling"),
    ("SMITHJOHN", "SMITH JOHN", EQUAL, "latin:spelling"),
    ("ANNA BELL", "ANN ABELL", CONFIRM, "latin:spelling"),
    ("JEAN＝PIERRE DUPONT", "JEAN-PIERRE DUPONT", EQUAL, "latin:spelling"),
    ("ジャン＝ピエール デュポン", "ジャン・ピエール デュポン", EQUAL, "kanji:absent_both"),
    ("ジャン゠ピエール デュポン", "ｼﾞｬﾝ=ﾋﾟｴｰﾙ ﾃﾞｭﾎﾟﾝ", EQUAL, "kanji:absent_both"),
    ("ジャン＝ピエール 田中", "ジャン ピエール 田中", EQUAL, "kanji:encoding"),
    ("김철수", "김 철수", EQUAL, "kanji:separators"),
    ("김철수", "임영희", CONFIRM, "kanji:absent"),
    ("김철수", "", CONFIRM, "kanji:absent"),
    ("김철수", "ハナコ", CONFIRM, "kanji:absent"),
    ("ヤマモトオト", "ヤマモト オト", EQUAL, "kanji:absent_both"),
    ("ヤマモトウト", "ヤマモト オト", CONFIRM, "kanji:absent_both"),
    ("", "タカハシ キョウコ", CONFIRM, "kanji:absent"),
    ("山本 花子", "山_ 花子", CONFIRM, "kanji:placeholder"),
    ("山本 花子", "山＝ 花子", CONFIRM, "kanji:placeholder"),
    ("山本 花子", "○本 花子", CONFIRM, "kanji:placeholder"),
    ("斎藤 京子", "斉藤 京子", CONFIRM, "kanji:doubtful_variant"),
    ("高橋 京子", "●橋 京子", CONFIRM, "kanji:placeholder"),
    ("高橋 京子", "〓橋 京子", CONFIRM, "kanji:placeholder"),
    ("高橋 京子", "\ue000橋 京子", CONFIRM, "kanji:placeholder"),
    ("高橋 京子", "?橋 京子", CONFIRM, "kanji:placeholder"),
    ("高橋 京子", "●橋 ●子", CONFIRM, "kanji:placeholder"),
    ("●橋 京子", "●橋 京子", CONFIRM, "kanji:placeholder"),
    ("高橋 京子", "●橋京子", CONFIRM, "kanji:placeholder"),
    ("高橋京子", "●橋京子", CONFIRM, "kanji:placeholder_unsplit"),
    ("高橋 京子", "", CONFIRM, "kanji:absent"),
    ("高橋 京子", "タカハシ キョウコ", CONFIRM, "kanji:absent"),
    ("高橋 京子", "タカハシ 京子", CONFIRM, "kanji:absent"),
    ("王 偉", "WANG WEI", CONFIRM, "kanji:absent"),
    ("高橋 みどり", "高橋 ミドリ", CONFIRM, "kanji:kana_script"),
    ("高橋 京子", "高橋 恭子", DIFFERENT, "kanji:differs"),
    ("高橋 京子", "高橋 京", DIFFERENT, "kanji:differs"),
    ("山 花子", "山_ 花子", DIFFERENT, "kanji:differs"),
    ("山 花子", "山= 花子", DIFFERENT, "kanji:differs"),
    ("山 花子", "山/ 花子", DIFFERENT, "kanji:differs"),
    ("林 京子", "● 京子", DIFFERENT, "kanji:too_many_placeholders"),
    ("林 京子", "●京子", DIFFERENT, "kanji:too_many_placeholders"),
    ("五十嵐 京子", "●十● 京子", DIFFERENT, "kanji:too_many_placeholders"),
    ("高橋 京子", "●● ●●", DIFFERENT, "kanji:too_many_placeholders"),
    ("●橋 京子", "高● 京子", DIFFERENT, "kanji:too_many_placeholders"),
    ("高橋 みゆき", "高橋 み●き", DIFFERENT, "kanji:differs"),
    ("五十嵐 京子", "●嵐 京子", DIFFERENT, "kanji:differs"),
    ("SMITH JOHN", "SMITH JANE", DIFFERENT, "kanji:differs"),
    ("秦 京子", "奏 京子", DIFFERENT, "kanji:differs"),
]


@pytest.mark.parametrize(("ours", "theirs", "grade", "reason"), WRITTEN)
def test_written_names_are_graded_by_the_table_whichever_side_they_stand_on(ours, theirs, grade, reason):
    expected = (grade, (Reason(reason),) if reason else ())
    assert compare_written(WrittenName.of(ours), WrittenName.of(theirs), Rules()) == expected
    assert compare_written(WrittenName.of(theirs), WrittenName.of(ours), Rules()) == expected


def test_an_insurer_may_leave_contested_forms_to_an_officer():
    careful = Rules(contested_variants=Grade.CONFIRM)
    assert compare_written(WrittenName.of("島田"), WrittenName.of("嶋田"), careful)[0] is CONFIRM
    assert compare_written(WrittenName.of("高田"), WrittenName.of("髙田"), careful)[0] is EQUAL


def test_a_pair_the_insurer_released_counts_as_one_name_in_either_order():
    own = Rules(own_variants=frozenset({("崎", "碕")}))
    for one, other in (("崎田", "碕田"), ("碕田", "崎田")):
        assert compare_written(WrittenName.of(one), WrittenName.of(other), own) == (
            EQUAL,
            (Reason.KANJI_OWN_VARIANT,),
        )


@pytest.mark.parametrize(
    ("marked", "written_out"),
    [("金子　みすゞ", "金子　みすず"), ("さゝ木　すゞ子", "ささ木　すず子"), ("山田　タヾシ", "山田　タダシ")],
)
def test_a_mark_of_iteration_is_read_as_what_it_repeats(marked, written_out):
    assert WrittenName.of(marked).strict == WrittenName.of(written_out).strict


@given(st.text("高佐々木〻ゝゞかガカ子 \u3000・●A花\U000e0100\u200b゛ｶﾞー-神", max_size=8))
def test_a_written_name_reads_the_same_word_by_word_and_as_a_whole(text):
    assert WrittenName.of(text) == WrittenName._of_whole(text)
