"""What an office may write into its letters, and what stops it."""

from dataclasses import replace

import pytest

from inquiry.documents.letter import LetterKind, Phrases
from inquiry.documents.phrases import check, fields_of, filled
from inquiry.documents.press import LetterPress
from inquiry.documents.samples import ALL, ANSWER, JOINT, REPORT
from inquiry.domain.errors import InvalidValue, UndrawableCharacter
from tests.documents.letters import TEMPLATES

PLAIN = Phrases("件名", "本文", "備考")
WORDING = LetterPress(TEMPLATES).wording


@pytest.mark.parametrize("kind", LetterKind)
def test_the_product_s_own_wording_of_every_letter_may_be_printed(kind):
    check(kind, WORDING.standard(kind))


@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.form)
def test_every_field_of_a_letter_is_filled_in(letter):
    text = "".join(f"{{{name}}}｛{name}｝" for name in fields_of(letter.form))
    told = filled(Phrases("件名", text, text), letter)
    assert set("{}｛｝") & set(told.body + told.remark) == set()


def test_a_field_says_what_the_letter_says():
    assert filled(Phrases("{件数}件", "{照会日}", ""), JOINT) == Phrases("3件", "令和8年11月20日（2026年11月20日）", "")
    assert filled(Phrases("{保険者}", "{期限}", ""), REPORT) == Phrases(
        "架空健康保険組合", "令和8年11月20日17時15分", ""
    )


@pytest.mark.parametrize(
    ("part", "text", "code"),
    [
        ("subject", " ", "wording:empty"),
        ("body", "", "wording:empty"),
        ("subject", "あ" * 61, "wording:too_long"),
        ("body", "あ" * 601, "wording:too_long"),
        ("remark", "あ" * 401, "wording:too_long"),
        ("body", "{氏名}の件", "wording:unknown_field"),  # nobody is named outside the fixed parts
        ("body", "{照会日", "wording:unknown_field"),
        ("body", "照会日｝", "wording:unknown_field"),
        ("body", "{{照会日}}", "wording:unknown_field"),
        ("remark", "{照会日.__class__}", "wording:unknown_field"),
        ("body", "{件数}", "wording:unknown_field"),  # of a letter about several inquiries alone
        ("remark", "\ue000", "letter:undrawable_character"),
        ("subject", "葛\U000e01ef", "letter:undrawable_character"),
    ],
)
def test_a_wording_that_could_not_be_printed_is_refused_at_its_part(part, text, code):
    with pytest.raises(InvalidValue) as refused:
        check(LetterKind.ANSWER, replace(PLAIN, **{part: text}))
    assert (refused.value.code, refused.value.field) == (code, part)


@pytest.mark.documents
def test_a_wording_that_no_font_draws_stops_the_letter_too():
    with pytest.raises(UndrawableCharacter):
        LetterPress(TEMPLATES).print_pdf(replace(ANSWER, phrases=replace(PLAIN, remark="\ue000")))


def test_no_wording_drops_what_is_fixed():
    for letter in ALL:
        markup = WORDING.of(replace(letter, phrases=Phrases("題", "文", "")), "base")
        fixed = [letter.number, letter.inquiry.number, "マイナンバー（個人番号）は使用していません", "令和8年11月22日"]
        fixed += [item.label for case in letter.cases for item in case.items]
        fixed += ["フリガナ", "氏名", "生年月日", "性別"] if letter.is_personal else []
        assert [text for text in fixed if text not in markup] == [], letter.form


def test_markup_in_a_wording_is_printed_as_it_was_typed():
    markup = WORDING.of(replace(ANSWER, phrases=replace(PLAIN, body="<b>&")), "base")
    assert "&lt;b&gt;&amp;" in markup
