"""No normalisation joins two names that differ in a voiced mark or in a vowel.

Two names that are spelled in different ways may fold to one form in these cases and in no others, each a custom of
spelling one sound (inquiry/matching/kana.py):

- ヂ and ジ, ヅ and ズ: one sound since 1946.
- ヲ and オ, ヰ and イ, ヱ and エ: one sound.
- A vowel that only lengthens the kana before it: after a kana with the vowel オ, ウ and オ; after one with エ, イ and エ.

The folded form of a whole name knows no boundary, so サト ウエ and サト オエ share it, and a key; reading knows the
boundary and keeps them apart. Where one side runs the parts together, サトウエ may be either: an officer looks, and the
rules make no one person of them. Within one part, the folded forms themselves differ. A custom that spells one length
holds wherever the parts meet: イノウエ エイコ is イノウエ エーコ, with the parts apart or run together on one side.
"""

from hypothesis import assume, given
from hypothesis import strategies as st

from inquiry.domain.findings import Finding
from inquiry.domain.member import Member, MemberId
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.matching.decide import decide
from inquiry.matching.kana import KanaName
from inquiry.matching.keys import lookup_keys, member_keys

ROWS = [
    "アイウエオ", "カキクケコ", "ガギグゲゴ", "サシスセソ", "ザジズゼゾ", "タチツテト", "ダヂヅデド", "ナニヌネノ",
    "ハヒフヘホ", "バビブベボ", "パピプペポ", "マミムメモ", "ラリルレロ",
]  # fmt: skip
ROW_OF = {kana: row for row in ROWS for kana in row}
VOICED = [
    ("カキクケコ", "ガギグゲゴ"),
    ("サシスセソ", "ザジズゼゾ"),
    ("タチツテト", "ダヂヅデド"),
    ("ハヒフヘホ", "バビブベボ"),
]
HALF_VOICED = [("ハヒフヘホ", "パピプペポ"), ("バビブベボ", "パピプペポ")]
MARK_OF = {}
for plain, marked in VOICED + HALF_VOICED:
    for one, other in zip(plain, marked, strict=True):
        MARK_OF.setdefault(one, []).append(other)
        MARK_OF.setdefault(other, []).append(one)
# What the long-vowel spellings allow: after a kana of the first vowel, these two are one.
LENGTHENING = {"オ": {"ウ", "オ"}, "エ": {"イ", "エ"}}

PART = st.text("".join(ROWS) + "ヤユヨワン", min_size=2, max_size=5)
NAMES = st.tuples(PART, PART)


def vowel_of(kana):
    row = ROW_OF.get(kana, "")
    return "アイウエオ"[row.index(kana)] if row else {"ヤ": "ア", "ユ": "ウ", "ヨ": "オ", "ワ": "ア"}.get(kana, "")


def is_one_length(before, one, other):
    """Say whether two vowels after a kana are two spellings of one length."""
    return {one, other} == LENGTHENING.get(vowel_of(before))


def person(reading):
    return Member(MemberId("1"), PersonName("", reading), PartialDate(1958, 4, 1), Sex.MALE)


def asked_about(reading):
    someone = person(reading)
    return Subject(name=someone.name, birth_date=someone.birth_date, sex=someone.sex)


def is_answered(one, other):
    return decide(asked_about(other), [person(one)]).finding is Finding.ONE


def joined(one, other):
    """Say whether anything makes one person of two readings, and whether a look-up of one meets the other at all."""
    assert is_answered(one, one), "it is the reading that decides"
    meets = not set(lookup_keys(asked_about(other))).isdisjoint(member_keys(person(one)))
    reads = KanaName.of(one).reads_as(KanaName.of(other))
    return reads or is_answered(one, other), meets


def part_with(reading, place):
    """Return the part of a name in which a place lies."""
    before = reading[:place].count(" ")
    return reading.split(" ")[before]


def spellings_of(one, other):
    """Return both with their parts apart, and each once run together beside the other."""
    return (one, other), (one.replace(" ", ""), other), (one, other.replace(" ", ""))


def assert_apart(one, other, place):
    assert KanaName.of(part_with(one, place)).folded != KanaName.of(part_with(other, place)).folded
    assert joined(one, other)[0] is False
    assert joined(other, one)[0] is False
    assert not any(is_answered(*spelled) or is_answered(*spelled[::-1]) for spelled in spellings_of(one, other))


@given(NAMES, st.data())
def test_a_voiced_mark_makes_another_name(parts, data):
    reading = " ".join(parts)
    place = data.draw(st.sampled_from([place for place, kana in enumerate(reading) if kana in MARK_OF] or [-1]))
    assume(place >= 0)
    marked = data.draw(st.sampled_from(MARK_OF[reading[place]]))
    assert_apart(reading, reading[:place] + marked + reading[place + 1 :], place)


@given(NAMES, st.data())
def test_another_vowel_makes_another_name_unless_it_spells_the_same_length(parts, data):
    reading = " ".join(parts)
    place = data.draw(st.sampled_from([place for place, kana in enumerate(reading) if kana in ROW_OF] or [-1]))
    assume(place >= 0)
    kana = data.draw(st.sampled_from([each for each in ROW_OF[reading[place]] if each != reading[place]]))
    assume(not is_one_length(reading[place - 1 : place], reading[place], kana))
    assert_apart(reading, reading[:place] + kana + reading[place + 1 :], place)


@given(PART, st.sampled_from([("ヂ", "ジ"), ("ヅ", "ズ"), ("ヲ", "オ"), ("ヰ", "イ"), ("ヱ", "エ")]), PART)
def test_the_kana_of_one_sound_are_one_name(before, pair, after):
    one, other = (f"サトウ {before}{kana}{after}" for kana in pair)
    assert joined(one, other) == (True, True)


@given(PART, st.sampled_from(["コ", "ソ", "ノ", "ケ", "セ", "メ"]), PART)
def test_two_spellings_of_one_length_are_one_name(before, kana, after):
    one, other = sorted(LENGTHENING[vowel_of(kana)])
    assume(after[0] not in "アイウエオー")
    assert joined(f"サトウ {before}{kana}{one}{after}", f"サトウ {before}{kana}{other}{after}") == (True, True)


@given(st.text("オエウイコケトヨ", min_size=2, max_size=6), st.data())
def test_a_length_is_spelled_in_any_custom_wherever_vowels_stand_in_a_row(part, data):
    lengths = [place for place in range(1, len(part)) if part[place] in LENGTHENING.get(vowel_of(part[place - 1]), ())]
    assume(lengths)
    place = data.draw(st.sampled_from(lengths))
    spelled = data.draw(st.sampled_from([*LENGTHENING[vowel_of(part[place - 1])], "ー"]))
    other = f"サトウ {part[:place]}{spelled}{part[place + 1 :]}"
    assert joined(f"サトウ {part}", other) == joined(other, f"サトウ {part}") == (True, True)


MEETING = [
    ("ウエ", "エイコ"),
    ("カケ", "エイジ"),
    ("マツオ", "オウスケ"),
    ("セノ", "オオガ"),
    ("サイトウ", "オウガ"),
    ("キヨセ", "セイコ"),
]
SPELLED = {"エイ": "エイ エエ エー", "オウ": "オウ オオ オー", "オオ": "オウ オオ オー", "セイ": "セイ セエ セー"}


@given(PART, st.sampled_from(MEETING), st.data())
def test_a_long_vowel_at_the_head_of_the_given_name_is_spelled_in_any_custom_behind_a_like_vowel(before, names, data):
    surname, given_name = names
    customs = st.sampled_from(SPELLED[given_name[:2]].split())
    one, other = (f"{before}{surname} {data.draw(customs)}{given_name[2:]}" for _ in "12")
    for spelled in spellings_of(one, other):
        assert joined(*spelled) == joined(*spelled[::-1]) == (True, True)
        assert is_answered(*spelled)


@given(PART, st.sampled_from([("ト", "ウオ"), ("ノ", "ウオ"), ("エ", "イエ"), ("メ", "イエ")]), PART)
def test_a_vowel_that_begins_the_given_name_is_not_taken_for_the_length_of_the_surname(before, reached, after):
    last, vowels = reached
    one, other = (f"{before}{last} {vowel}{after}" for vowel in vowels)
    for spelled in spellings_of(one, other):
        assert not is_answered(*spelled)
        assert not is_answered(*spelled[::-1])


@given(NAMES)
def test_who_runs_the_parts_of_a_name_together_means_the_same_person(parts):
    assert is_answered(" ".join(parts), "".join(parts))
