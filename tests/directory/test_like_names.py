"""A name that looks like another organisation's is seen; what tells true organisations apart is no sign."""

import random

import pytest

from benchmarks.like_names import flagged, imitations, municipalities, read, true_names
from inquiry.directory.like_names import NameLikeness, likeness_of

SAME, LOOK, ONE, KIND, OTHER = NameLikeness

#  typed                             true                               how near
NAMES = [
    ("みほん電機健康保険組合", "みほん電機健康保険組合", SAME),
    ("みほん 電機　健康保険組合", "みほん電機健康保険組合", SAME),  # spaces
    ("ﾐﾎﾝ健康保険組合", "ミホン健康保険組合", SAME),  # width
    ("みほん電機健保組合", "みほん電機健康保険組合", SAME),  # as everybody says
    ("東京都千代田区役所", "東京都千代田区", SAME),  # its town hall
    ("みほん髙島屋健康保険組合", "みほん高島屋健康保険組合", LOOK),
    ("エ業健康保険組合", "工業健康保険組合", LOOK),  # kana for kanji
    ("渡邊製薬健康保険組合", "渡辺製薬健康保険組合", LOOK),
    ("みほん電気健康保険組合", "みほん電機健康保険組合", ONE),  # changed
    ("みほん電健康保険組合", "みほん電機健康保険組合", ONE),  # missing
    ("みほん電機器健康保険組合", "みほん電機健康保険組合", ONE),  # added
    ("みほ電ん機健康保険組合", "みほん電機健康保険組合", ONE),  # swapped
    ("日立健庚保険組合", "日立健康保険組合", ONE),  # its kind misspelt, however short the rest
    ("神奈川丸原精機健康保険組合", "神奈川県丸原精機健康保険組合", ONE),
    ("みほん電機健康保険協会", "みほん電機健康保険組合", KIND),
    ("全国健康保険協会東京支部", "全国健康保険協会京都支部", OTHER),
    ("福岡県歯科医師国民健康保険組合", "福島県歯科医師国民健康保険組合", OTHER),
    ("みほん第一健康保険組合", "みほん第二健康保険組合", OTHER),
    ("みほん電機東健康保険組合", "みほん電機西健康保険組合", OTHER),
    ("みほん電機健康保険組合", "みほん電機第２健康保険組合", OTHER),
    ("日立健康保険組合", "日産健康保険組合", OTHER),  # too short to be mistaken
    ("べつの健康保険組合", "みほん電機健康保険組合", OTHER),
    ("埼玉県所沢市", "埼玉県深谷市", OTHER),
    ("東京都千代由区", "東京都千代田区", ONE),
]


@pytest.mark.parametrize(("typed", "true", "near"), NAMES)
def test_how_near_a_name_comes_to_a_true_one(typed, true, near):
    assert likeness_of(read(typed), read(true)) is near


@pytest.mark.parametrize(("typed", "true", "near"), NAMES)
def test_names_that_come_near_each_other_share_a_key(typed, true, near):
    assert near is OTHER or read(typed).keys & read(true).keys


@pytest.fixture(scope="module")
def listed():
    return true_names(random.Random(1), 400)


def test_of_names_long_enough_nearly_every_imitation_is_flagged(listed):
    known, draw = [read(name) for name in listed], random.Random(2)
    tried = [each for name in listed if len(read(name).rest) > 2 for each in imitations(name, draw)]
    missed = [each for each in tried if not flagged(read(each), known)]
    # A numeral, direction or size that is missing or too much tells true organisations apart.
    assert len(missed) < 0.02 * len(tried)


def test_whatever_is_flagged_by_looking_at_all_is_found_by_its_keys(listed):
    known, draw = [read(name) for name in listed], random.Random(3)
    for each in (read(typed) for name in listed[::8] for typed in imitations(name, draw)):
        near = [true for true in known if likeness_of(each, true) is not OTHER]
        assert [true.written for true in near if not each.keys & true.keys] == []


def test_no_name_of_a_directory_is_flagged_whatever_stands_beside_it(listed):
    for names in (listed, municipalities()[::4]):
        known = [read(name) for name in names]
        assert [each.written for each in known if flagged(each, known)] == []


def test_of_true_names_the_directory_lacks_none_is_flagged_but_one_letter_off(listed):
    # One that is a letter off an entry must be flagged: nobody can tell whose it is.
    known = [read(name) for name in listed[:200]]
    found = [sign for name in listed[200:] for sign in flagged(read(name), known)]
    assert set(found) <= {NameLikeness.ONE_LETTER}
