"""Words said over the telephone: many, harmless to mix up, and read alike however they are typed."""

import random
from itertools import combinations, pairwise

import pytest

from inquiry.security.check_words import WORDS, is_in_kana, new_pair, same_word

HEARD_IN_TWO_WAYS = set("しちつふじぢづずをんっゃゅょぁぃぅぇぉーぱぴぷぺぽ")
UNVOICED = str.maketrans("がぎぐげござぜぞだでどばびぶべぼ", "かきくけこさせそたてとはひふへほ")
VOWEL_ROWS = {
    "あ": "あかがさざただなはばまやらわ",
    "い": "いきぎにひびみり",
    "う": "うくぐすぬぶむゆる",
    "え": "えけげせぜてでねへべめれ",
    "お": "おこごそぞとどのほぼもよろ",
}
LONG = {"ああ", "いい", "うう", "ええ", "おお", "おう", "えい"}


def vowel(kana):
    return next(vowel for vowel, row in VOWEL_ROWS.items() if kana in row)


def at_most_one_sound_apart(one, other):
    """Say whether one sound changed, dropped or added makes one word the other."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == len(longer):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def test_there_are_many_and_each_once():
    assert len(WORDS) == len(set(WORDS)) >= 400
    assert all(3 <= len(word) <= 4 for word in WORDS)


def test_no_word_has_a_sound_that_is_heard_or_spelt_in_two_ways():
    assert [word for word in WORDS if set(word) & HEARD_IN_TWO_WAYS] == []


def test_no_word_has_a_long_vowel():
    assert [
        word
        for word in WORDS
        for first, second in pairwise(word)
        if second in VOWEL_ROWS and vowel(first) + second in LONG
    ] == []


def test_no_word_becomes_another_by_one_sound_even_with_voicing_unheard():
    heard = [word.translate(UNVOICED) for word in WORDS]
    assert [pair for pair in combinations(heard, 2) if at_most_one_sound_apart(*pair)] == []


def test_the_pair_is_two_different_words():
    choose = random.Random(1).choice
    pairs = [new_pair(choose) for _ in range(3000)]
    assert all(first != second for first, second in pairs)
    assert {word for pair in pairs for word in pair} == set(WORDS)


@pytest.mark.parametrize("said", ["やまねこ", "ヤマネコ", "ﾔﾏﾈｺ", " やま ねこ　"])
def test_a_word_is_the_same_however_it_is_typed(said):
    assert same_word(said, "やまねこ")


def test_voiced_marks_survive_half_width():
    assert same_word("ﾀﾏｺﾞ", "たまご")


@pytest.mark.parametrize("said", ["", "やまいぬ", "やまね", "たまこ"])
def test_another_word_is_another_word(said):
    assert not same_word(said, "やまねこ")
    assert not same_word(said, "たまご")


@pytest.mark.parametrize(
    ("typed", "is_word"),
    [("あさがお", True), ("アサガオ", True), ("ｱｻｶﾞｵ", True), (" あさ がお ", True)]
    + [(typed, False) for typed in ("", "　", "朝顔", "あさ顔", "asagao", "あさがお。", "あさがー", "1")],
)
def test_a_word_is_typed_in_kana_of_any_kind_and_nothing_else(typed, is_word):
    assert is_in_kana(typed) is is_word
