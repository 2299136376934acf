from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.domain.findings import Finding
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex
from inquiry.matching.compare import explain
from inquiry.matching.decide import decide
from inquiry.matching.grades import Grade, Identifier, Reason
from inquiry.matching.kana import KanaClass
from inquiry.matching.keys import lookup_keys, member_keys, namesake_key, namesake_keys, possible_keys
from inquiry.matching.possible import possible
from inquiry.matching.rules import Rules
from tests.matching.people import BORN, NAME, a_member, a_subject, cover, named

NONE, ONE, SEVERAL, CONFIRM = Finding.NONE, Finding.ONE, Finding.SEVERAL, Finding.CONFIRM
HOME = "杉並区荻窪1-2-3"
NO_DAY = PartialDate(1980, 5)

#  inquiry says                     the roll says                            finding
PAIRS = [
    # kana
    ({}, {}, ONE),
    ({}, {"name": named("高橋 京子", "ﾀｶﾊｼ ｷﾖｳｺ")}, ONE),
    ({}, {"name": named("高橋 京子", "")}, CONFIRM),
    ({"name": named("高橋 京子", "")}, {}, CONFIRM),
    ({"name": named("高橋 京子", "")}, {"name": named("髙橋 京子", "")}, CONFIRM),
    ({"name": named("", "")}, {"name": named("", "")}, NONE),
    ({"name": named("高橋 京子", "タカ●シ キョウコ")}, {"name": named("高橋 京子", "タカ●シ キョウコ")}, CONFIRM),
    ({"name": named("", "ティナ")}, {"name": named("", "テーナ")}, CONFIRM),
    ({"name": named("山本 音", "ヤマモトウト")}, {"name": named("山本 音", "ヤマモト オト")}, CONFIRM),
    ({"name": named("山本 音", "ヤマモト オト")}, {"name": named("山本 音", "ヤマモトウト")}, CONFIRM),
    ({"name": named("", "ヤマモトウメ")}, {"name": named("", "ヤマモト オメ")}, CONFIRM),
    ({"name": named("", "ヤマモト ウメ")}, {"name": named("", "ヤマモト オメ")}, NONE),
    ({"name": named("", "ヤマモトウメ")}, {"name": named("ヤマモト オメ", "ヤマモトウメ")}, CONFIRM),
    ({"name": named("", "ヤマモトウメ")}, {"name": named("ヤマモト ウメ", "ヤマモトウメ")}, ONE),
    ({"name": named("井上 栄子", "イノウエエイコ")}, {"name": named("井上 栄子", "イノウエ イイコ")}, CONFIRM),
    ({"name": named("井上 栄子", "イノウエエイコ")}, {"name": named("井上 栄子", "イノウエ エイコ")}, ONE),
    ({"name": named("山本 音", "ヤマモトオト")}, {"name": named("山本 音", "ヤマモト オト")}, ONE),
    (
        {"name": PersonName("ATO OSAMU", "アト オサム")},
        {"name": PersonName("OSAMU ATO", "ウサム アト")},
        NONE,
    ),
    (
        {"name": PersonName("ATO OSAMU", "アト オサム")},
        {"name": PersonName("OSAMU ATO", "オサム アト")},
        ONE,
    ),
    (
        {"name": PersonName("DUC ANNA", "ドゥック アンナ")},
        {"name": PersonName("ANNA DUC", "アンナ ドーツク")},
        CONFIRM,
    ),
    ({}, {"name": named("高橋 恭子", "")}, NONE),
    ({}, {"name": named("高橋 京子", "タカハシ ギョウコ")}, NONE),
    ({}, {"name": named("高橋 京子", "タカハシ キョコ")}, NONE),
    ({}, {"name": named("高橋 京子", "タカハシ ミヤコ")}, NONE),
    # kanji
    ({}, {"name": named("髙橋 京子")}, ONE),
    ({"name": named("")}, {"name": named("")}, ONE),
    ({"name": named("")}, {"name": named("タカハシ キョウコ")}, ONE),
    ({"name": named("")}, {"name": named("タカハシ ミツコ")}, CONFIRM),
    ({"name": named("")}, {}, CONFIRM),
    ({}, {"name": named("●橋 京子")}, CONFIRM),
    ({"address": HOME}, {"name": named("●橋 京子"), "address": HOME}, ONE),
    (
        {"symbol": "1234", "number": "56"},
        {"name": named("●橋 京子"), "enrolments": (cover(symbol="1234", number="56"),)},
        ONE,
    ),
    ({"number": "56"}, {"name": named("●橋 京子"), "enrolments": (cover(symbol="1234", number="56"),)}, CONFIRM),
    ({"address": f"大阪府泉{HOME}"}, {"name": named("●橋 京子"), "address": HOME}, CONFIRM),
    ({"number": "57"}, {"name": named("●橋 京子"), "enrolments": (cover(number="56"),)}, CONFIRM),
    ({"address": HOME}, {"name": named("●橋 ●●"), "address": HOME}, NONE),
    ({"address": HOME, "name": named("高橋京子")}, {"name": named("●橋京子"), "address": HOME}, CONFIRM),
    ({}, {"name": named("高橋 恭子")}, NONE),
    # birth date
    ({"birth_date": NO_DAY}, {}, CONFIRM),
    ({}, {"birth_date": PartialDate(1980)}, CONFIRM),
    ({"birth_date": NO_DAY}, {"birth_date": NO_DAY}, CONFIRM),
    ({"birth_date": PartialDate(1980, 5, 7)}, {}, NONE),
    # sex
    ({"sex": Sex.UNKNOWN}, {}, CONFIRM),
    ({}, {"sex": Sex.NOT_APPLICABLE}, CONFIRM),
    ({"sex": Sex.MALE}, {}, NONE),
    # two in doubt
    ({"sex": Sex.UNKNOWN}, {"birth_date": NO_DAY}, CONFIRM),
    ({"sex": Sex.UNKNOWN}, {"name": named("高橋 京子", "")}, NONE),
    # address, 記号・番号
    ({"address": HOME}, {"address": HOME}, ONE),
    ({"address": HOME}, {"address": "中野区中野9-9-9"}, CONFIRM),
    ({"number": "57"}, {"enrolments": (cover(number="56"),)}, CONFIRM),
    # other names
    ({"name": named("鈴木 京子", "スズキ キョウコ"), "former_name": NAME}, {}, ONE),
    ({}, {"name": named("鈴木 京子", "スズキ キョウコ"), "former_name": NAME}, ONE),
    ({"name": named("KIM KYONGJA", "キム キョンジャ"), "alias": NAME}, {}, ONE),
    (
        {"name": named("KIM KYONGJA", "キム キョンジャ"), "alias": NAME},
        {"name": named("LEE MIKA", "リー ミカ"), "alias": NAME},
        CONFIRM,
    ),
    ({"name": PersonName("SMITH JOHN", "スミス ジョン")}, {"name": PersonName("JOHN SMITH", "ｼﾞﾖﾝ ｽﾐｽ")}, ONE),
    ({"name": PersonName("王 偉", "オウ イ")}, {"name": PersonName("偉 王", "イ オウ")}, NONE),
    # a 旧氏 is the surname alone, and the given name stays
    ({"name": named("鈴木 京子", "スズキ キョウコ"), "former_name": named("高橋", "タカハシ")}, {}, ONE),
    ({"name": named("鈴木 京子", "ｽｽﾞｷ ｷﾖｳｺ"), "former_name": named("髙橋", "タカハシ")}, {}, ONE),
    ({}, {"name": named("鈴木 京子", "スズキ キョウコ"), "former_name": named("高橋", "タカハシ")}, ONE),
    ({}, {"name": named("鈴木 京子", "スズキ キョウコ"), "former_name": named("", "タカハシ")}, CONFIRM),
    ({"name": named("鈴木 京子", "スズキ キョウコ"), "former_name": named("高橋京子", "タカハシキョウコ")}, {}, ONE),
    ({"name": named("鈴木 恭子", "スズキ キョウコ"), "former_name": named("高橋", "タカハシ")}, {}, NONE),
    ({"name": named("鈴木 ミカ", "スズキ ミカ"), "former_name": named("高橋", "タカハシ")}, {}, NONE),
    # kanji on one side, in another name than the one that agrees in kana
    ({"name": named("鈴木 京子", "スズキ キョウコ"), "former_name": named("")}, {"name": named("")}, CONFIRM),
    ({"name": named("金 哲秀", "キム チョルス"), "alias": named("")}, {"name": named("")}, CONFIRM),
    ({"name": named("KIM KYONGJA", "キム キョンジャ"), "alias": named("")}, {"name": named("")}, CONFIRM),
    ({"name": named("")}, {"name": named("金 哲秀", "キム チョルス"), "alias": named("")}, CONFIRM),
    ({"name": named("タカハシ キョウコ")}, {"name": named("金 哲秀", "キム チョルス"), "alias": named("")}, CONFIRM),
    # names of foreigners as they are spelled in kana
    (
        {"name": PersonName("VICTOR RODRIGUEZ", "ヴィクトル ロドリゲス")},
        {"name": PersonName("RODRIGUEZ VICTOR", "ロドリゲス ビクトル")},
        ONE,
    ),
    (
        {"name": PersonName("NGUYEN VAN MINH", "グエン ヴァン ミン")},
        {"name": PersonName("VAN MINH NGUYEN", "バン ミン グエン")},
        ONE,
    ),
    ({"name": named("O'BRIEN PAT", "オ'ブライエン パット")}, {"name": named("OBRIEN PAT", "オブライエン パット")}, ONE),
    ({"name": named("O’BRIEN PAT", "オ’ブライエン パット")}, {"name": named("O'BRIEN PAT", "ｵﾌﾞﾗｲｴﾝ ﾊﾟﾂﾄ")}, ONE),
    ({"name": named("NGUYEN AN", "グエン アン")}, {"name": named("NGUYEN AN", "NGUYEN AN")}, CONFIRM),
    ({"name": named("NGUYEN AN", "グエン アン")}, {"name": named("NGUYEN AN", "ＮＧＵＹＥＮ　ＡＮ")}, CONFIRM),
    ({}, {"name": named("高橋 京子", "高橋 京子")}, CONFIRM),
    ({}, {"name": named("高橋 京子", "ー")}, CONFIRM),
    # every sign for a lost character
    ({}, {"name": named("〇橋 京子")}, CONFIRM),
    ({"name": named("〇橋 京子")}, {"name": named("〇橋 京子")}, CONFIRM),
    ({"name": named("〇橋 京子"), "address": HOME}, {"address": HOME}, ONE),
    # withheld records count like any other
    ({}, {"is_withheld": True}, ONE),
]


@pytest.mark.parametrize(("says", "roll", "finding"), PAIRS)
def test_one_member_is_found_as_the_table_of_identifiers_says(says, roll, finding):
    decision = decide(a_subject(**says), [a_member(**roll)])
    assert decision.finding is finding
    assert decision.member_id == ("M1" if finding is ONE else None)


@pytest.mark.parametrize(("says", "roll", "finding"), PAIRS)
def test_whoever_is_not_ruled_out_is_found_by_key(says, roll, finding):
    shared = set(lookup_keys(a_subject(**says))) & set(member_keys(a_member(**roll)))
    assert finding is NONE or shared


#  inquiry's registered name     the roll's registered name
IN_DOUBT = [
    (named("山田 花子", "ヤマダ ハナコ"), named("", "ヤマダ ハナコ")),
    (named("斎藤 花子", "サイトウ ハナコ"), named("斉藤 花子", "サイトウ ハナコ")),
    (named("山● 花子", "ヤマダ ハナコ"), named("山田 花子", "ヤマダ ハナコ")),
    (named("山田 花子", "ヤマダ ハナコ"), named("山田 花子", "")),
    (named("山田 花子", "ヤマダ ハナコ"), named("佐藤 花子", "サトウ ハナコ")),
]


@pytest.mark.parametrize(("ours", "theirs"), IN_DOUBT)
@pytest.mark.parametrize("other_name", [named("田中", "タナカ"), named("田中 花子", "タナカ ハナコ")])
@pytest.mark.parametrize("role", ["alias", "former_name"])
def test_an_equal_alias_or_former_name_does_not_settle_a_doubt_in_the_registered_name(ours, theirs, other_name, role):
    for one, its in ((ours, theirs), (theirs, ours)):
        subject, member = a_subject(name=one, **{role: other_name}), a_member(name=its, **{role: other_name})
        assert decide(subject, [member]).finding is CONFIRM


def test_an_alias_or_former_name_alone_answers_if_it_is_a_whole_name():
    nothing, surname = named("", ""), named("田中", "タナカ")
    assert decide(a_subject(name=nothing, former_name=NAME), [a_member(name=nothing, alias=NAME)]).finding is ONE
    assert decide(a_subject(name=nothing, former_name=NAME), [a_member()]).finding is ONE
    assert decide(a_subject(name=nothing, former_name=surname), [a_member(former_name=surname)]).finding is CONFIRM
    assert decide(a_subject(name=surname), [a_member(former_name=surname)]).finding is CONFIRM


def test_two_persons_are_several_but_two_periods_of_one_are_not():
    periods = (cover("2015-04-01", "2018-04-01"), cover("2020-04-01"))
    assert decide(a_subject(), [a_member(enrolments=periods)]).finding is ONE
    assert decide(a_subject(), [a_member("A"), a_member("B")]).finding is SEVERAL
    assert decide(a_subject(), [a_member("A"), a_member("A")]).finding is ONE
    assert decide(a_subject(), []).finding is NONE


def test_somebody_in_doubt_keeps_the_one_who_is_equal_from_being_answered():
    assert decide(a_subject(), [a_member("A"), a_member("B", name=named("●橋 京子"))]).finding is CONFIRM
    assert decide(a_subject(), [a_member("A", name=named(""))] * 2).finding is CONFIRM


A = a_member("A", enrolments=(cover("2020-04-01", "2023-04-01"),))
B = a_member("B", enrolments=(cover("2020-05-15", "2023-04-02"),))
C = a_member("C", enrolments=(cover("2020-04-20"),))
D = a_member("D", enrolments=(cover("2020-04-01", "2023-03-31"),))
WITHOUT_PERIOD = a_member("W")
WITHOUT_DATES = a_member("X", enrolments=(cover(),))
UNCLEAR = a_member("U", name=named("●橋 京子"), enrolments=(cover("2010-04-01", "2012-04-01"),))

#  stated: acquired, lost         members          finding, person                     memo annex ※6
SECOND_ROUND = [
    ("2020-04-01", "2023-04-01", (A, B, C), ONE, "A"),
    ("2020-04-01", "2023-03-31", (A, B), ONE, "A"),
    ("2020-05-00", "", (A, B), ONE, "B"),
    ("", "2023-04-03", (A, B), ONE, "B"),
    ("", "2023-04-01", (A, B), SEVERAL, None),  # A's loss, or the last day of B
    ("2020-04-00", "", (A, C), SEVERAL, None),  # two who fit alike
    ("2019-01-01", "", (A, B), SEVERAL, None),  # a date that fits nobody
    ("2020-00-00", "2023-00-00", (A, C), SEVERAL, None),  # elimination proves nothing
    ("2020-04-01", "2023-04-01", (A, D), SEVERAL, None),  # one loss by two customs: the day itself, the day before
    ("2020-04-01", "2023-04-01", (A, B, WITHOUT_PERIOD), SEVERAL, None),  # nothing excludes whose cover is not known
    ("2020-04-01", "2023-04-01", (A, WITHOUT_DATES), SEVERAL, None),
    ("", "2023-04-01", (WITHOUT_DATES, C), SEVERAL, None),
    ("", "2023-04-01", (WITHOUT_DATES,), CONFIRM, None),
    ("2020-04-01", "", (A, UNCLEAR), ONE, "A"),
    ("2010-04-01", "", (A, UNCLEAR), CONFIRM, None),
    ("2019-01-01", "", (A,), CONFIRM, None),  # a contradiction in what is optional
    ("2020-04-01", "", (A,), ONE, "A"),
]


@pytest.mark.parametrize(("acquired", "lost", "members", "finding", "person"), SECOND_ROUND)
def test_dates_of_cover_single_a_person_out_or_leave_it_open(acquired, lost, members, finding, person):
    dates = CoverDates(*(PartialDate.fromisoformat(text) if text else None for text in (acquired, lost)))
    decision = decide(a_subject(), members, dates=dates)
    assert (decision.finding, decision.member_id) == (finding, person)
    assert len(decision.candidates) == len(members)


def test_a_roll_without_dates_is_not_said_to_contradict():
    decision = decide(a_subject(), [WITHOUT_DATES], dates=CoverDates(lost=PartialDate(2023, 4, 1)))
    assert decision.candidates[0].comparisons[-1].reasons == (Reason.COVER_UNKNOWN,)


def test_the_person_the_dates_fit_is_still_vetoed_by_an_address():
    dates = CoverDates(PartialDate(2020, 4, 1))
    members = [replace(A, address="中野区中野9-9-9"), B]
    assert decide(a_subject(address=HOME), members, dates=dates).finding is CONFIRM


def test_the_order_of_members_changes_nothing():
    members = [A, B, C, UNCLEAR]
    assert len({decide(a_subject(), order) for order in permutations(members)}) == 1


def test_an_insurer_may_leave_a_spelling_to_an_officer():
    small = Rules(version="own", kana_to_confirm=frozenset({KanaClass.SMALL_LARGE}))
    large = a_member(name=named("高橋 京子", "タカハシ キヨウコ"))
    assert decide(a_subject(), [large], rules=small).finding is CONFIRM
    assert decide(a_subject(), [a_member(name=named("高橋 京子", "ﾀｶﾊｼ ｷｮｳｺ"))], rules=small).finding is ONE
    assert decide(a_subject(), [large], rules=small).rule_version == "own"


@pytest.mark.parametrize(
    ("asked", "on_file", "custom"),
    [
        ("オオノ サクラ", "オーノ サクラ", KanaClass.LONG_VOWEL),
        ("おおの さくら", "オオノ サクラ", KanaClass.HIRAGANA),
        ("オオノ キヨウコ", "オオノ キョウコ", KanaClass.SMALL_LARGE),
    ],
)
def test_an_insurer_that_wants_a_custom_looked_at_sees_it_where_the_written_name_is_kana(asked, on_file, custom):
    subject, member = a_subject(name=named(asked, "オオノ サクラ")), a_member(name=named(on_file, "オオノ サクラ"))
    assert decide(subject, [member]).finding is ONE
    looked_at = decide(subject, [member], rules=Rules(kana_to_confirm=frozenset({custom})))
    assert looked_at.finding is CONFIRM
    (kanji,) = [each for each in looked_at.candidates[0].comparisons if each.identifier is Identifier.KANJI]
    assert kanji.reasons == (Reason.KANJI_ABSENT_BOTH, Reason(f"kana:{custom}"))


def test_the_reasons_say_which_names_agreed():
    by_identifier = {
        comparison.identifier: comparison
        for comparison in explain(a_subject(), a_member(name=named("鈴木 京子", "スズキ キョウコ"), former_name=NAME))
    }
    assert by_identifier[Identifier.NAME].reasons == (Reason.NAME_MEMBER_FORMER,)
    assert by_identifier[Identifier.KANA].grade is Grade.EQUAL


SUBJECTS = st.builds(
    a_subject,
    name=st.sampled_from(
        [NAME, named(""), named("", ""), named("高橋 恭子"), named("●橋 京子"), named("髙橋 京子", "ﾀｶﾊｼ ｷﾖｳｺ"),
         named("高橋 京子", ""), named("高橋 京子", "タガハシ キョウコ"), named("SMITH JOHN", "スミス ジョン"),
         named("JOHN SMITH", "ジョン スミス"), named("高橋京子", "タカハシキョウコ")]
    ),
    birth_date=st.sampled_from([BORN, NO_DAY, PartialDate(1980), PartialDate(1980, 5, 7), PartialDate(1981, 5, 6)]),
    sex=st.sampled_from(Sex),
    former_name=st.sampled_from([named("", ""), NAME, named("鈴木 京子", "スズキ キョウコ")]),
    address=st.sampled_from(["", HOME, "中野区中野9-9-9"]),
)  # fmt: skip


def as_member(subject, member_id="M1"):
    return a_member(
        member_id,
        name=subject.name,
        birth_date=subject.birth_date,
        sex=subject.sex,
        former_name=subject.former_name,
        address=subject.address,
    )


@given(SUBJECTS, SUBJECTS)
def test_the_decision_is_mutual_and_found_by_key(one, other):
    member = as_member(other)
    decision = decide(one, [member])
    assert decision.finding is decide(other, [as_member(one)]).finding
    if decision.finding is not NONE:
        assert set(lookup_keys(one)) & set(member_keys(member))


@given(SUBJECTS)
def test_whoever_is_written_the_same_is_compared_as_everybody_is(subject):
    plain, member = replace(subject, address=""), as_member(subject)
    numbered = replace(plain, symbol="1234", number="56")  # nothing beside it on the roll: compared at length
    assert explain(plain, member) == explain(numbered, member)


@given(SUBJECTS, SUBJECTS)
def test_nobody_is_answered_about_whose_birth_date_or_sex_differs_or_is_unknown(one, other):
    same = one.birth_date == other.birth_date and one.birth_date.is_complete
    same = same and one.sex is other.sex and one.sex.is_known
    assert same or decide(one, [as_member(other)]).finding is not ONE


@given(SUBJECTS, SUBJECTS, st.sampled_from(["sex", "day", "kana", "written"]))
def test_leaving_a_part_out_never_turns_nobody_into_somebody_answerable(one, other, part):
    less = {
        "sex": {"sex": Sex.UNKNOWN},
        "day": {"birth_date": replace(one.birth_date, day=None)},
        "kana": {"name": replace(one.name, kana="")},
        "written": {"name": replace(one.name, written="")},
    }[part]
    if other.name.written and decide(one, [as_member(other)]).finding is NONE:
        assert decide(replace(one, **less), [as_member(other)]).finding is not ONE


@given(st.lists(SUBJECTS, max_size=4), SUBJECTS)
def test_possible_persons_are_never_candidates_and_lie_under_their_keys(others, subject):
    members = [as_member(other, f"M{number}") for number, other in enumerate(others)]
    candidates = {candidate.member_id for candidate in decide(subject, members).candidates}
    shown = possible(subject, members)
    assert not candidates & {person.member_id for person in shown}
    assert shown == possible(subject, reversed(members))


#  inquiry says                                     difference the officer is shown
NEAR = [
    ({"birth_date": PartialDate(1980, 5, 7)}, "birth_date:day_differs"),
    ({"birth_date": PartialDate(1981, 5, 6)}, "birth_date:year_differs"),
    ({"birth_date": PartialDate(1980, 6, 5)}, "birth_date:month_and_day_swapped"),
    ({"sex": Sex.MALE}, "sex:differs"),
    ({"name": named("高橋 京子", "タカバシ キョウコ")}, "kana:voiced_mark"),
    ({"name": named("高橋 京子", "タカハシ キョコ")}, "kana:length"),
    ({"name": named("高橋 京子", "タカハシ キュウコ")}, "kana:one_character"),
    ({"name": named("高橋 京子", "タカハシ ミヤコ")}, "kana:given_name_differs"),
    ({"name": named("高橋 恭子")}, "kanji:differs"),
    ({"name": named("●● ●●")}, "kanji:too_many_placeholders"),
    ({"name": named("京子 高橋", "キョウコ タカハシ")}, "kana:parts_swapped"),
    ({"name": named("鈴木 京子", "スズキ キョウコ")}, "kana:surname_differs"),
]


@pytest.mark.parametrize(("says", "difference"), NEAR)
def test_a_near_miss_is_found_by_key_and_shown_with_its_difference(says, difference):
    subject, member = a_subject(**says), a_member()
    assert decide(subject, [member]).finding is NONE
    assert set(possible_keys(subject)) & set(member_keys(member))
    (person,) = possible(subject, [member])
    assert Reason(difference) in person.differences


#  inquiry says                                  the roll says                              difference the officer is shown
NEAR_ON_FILE = [
    (named("前田 竜太", "マエダ リュウタ"), named("田中　竜太", "ﾀﾅｶ ﾘﾕｳﾀ"), "kana:surname_differs"),
    (named("前田 竜太", "マエダ リュウタ"), named("松田　竜太", "ﾏﾂﾀﾞ ﾘﾕｳﾀ"), "kana:surname_differs"),
    (named("前田 竜太", "マエダ リュウタ"), named("前多　竜太", "ﾏｴﾀ ﾘﾕｳﾀ"), "kana:surname_differs"),
    (named("竜太 前田", "リュウタ マエダ"), named("前田　竜太", "ﾏｴﾀﾞ ﾘﾕｳﾀ"), "kana:parts_swapped"),
    (named("●● 広介", "サトウ コウスケ"), named("佐藤　廣介", "ｻﾄｳ ｺｳｽｹ"), "kanji:too_many_placeholders"),
]


@pytest.mark.parametrize(("asked", "on_file", "difference"), NEAR_ON_FILE)
def test_a_near_miss_is_seen_through_the_spelling_of_the_roster(asked, on_file, difference):
    subject, member = a_subject(name=asked), a_member(name=on_file)
    assert decide(subject, [member]).finding is NONE
    assert set(possible_keys(subject)) & set(member_keys(member))
    (shown,) = possible(subject, [member])
    assert difference in shown.differences


def test_a_slip_in_the_kana_of_a_surname_is_not_called_a_change_of_name():
    (shown,) = possible(a_subject(name=named("高橋 京子", "タカバシ キョウコ")), [a_member()])
    assert shown.differences == (Reason.KANA_VOICED_MARK,)


def test_a_long_vowel_across_a_boundary_that_one_side_states_is_said_to_be_supposed():
    asked = a_subject(name=named("山本 音", "ヤマモトウト"))
    _, kana, *_ = explain(asked, a_member(name=named("山本 音", "ヤマモト オト")))
    assert kana.grade is Grade.CONFIRM
    assert kana.reasons == (Reason.KANA_SEPARATORS, Reason.KANA_LONG_VOWEL, Reason.KANA_BOUNDARY)


def test_a_latin_name_in_another_order_is_looked_at_where_the_roster_runs_its_kana_together():
    subject = a_subject(name=PersonName("JOHN SMITH", "ジョン スミス"))
    member = a_member(name=PersonName("SMITH JOHN", "ｽﾐｽｼﾞﾖﾝ"))
    assert set(lookup_keys(subject)) & set(member_keys(member))
    assert decide(subject, [member]).finding is CONFIRM
    assert decide(replace(subject, birth_date=NO_DAY), [member]).finding is NONE


@pytest.mark.parametrize(
    ("asked", "on_file", "custom"),
    [
        ("スミス ジョン", "ジヨン スミス", KanaClass.SMALL_LARGE),
        ("スミス ジョン", "ｼﾞｮﾝ ｽﾐｽ", KanaClass.WIDTH),
        ("リー ジョン", "ジョン リイ", KanaClass.LONG_VOWEL),
        ("スミス ジョン", "じょん すみす", KanaClass.HIRAGANA),
    ],
)
def test_an_insurer_that_wants_a_custom_looked_at_sees_it_in_a_latin_name_of_another_order_too(asked, on_file, custom):
    subject = a_subject(name=PersonName("SMITH JOHN", asked))
    member = a_member(name=PersonName("JOHN SMITH", on_file))
    free = decide(subject, [member])
    assert free.finding is ONE
    (kana,) = [each for each in free.candidates[0].comparisons if each.identifier is Identifier.KANA]
    assert kana.reasons == (Reason.KANA_ORDER, Reason(f"kana:{custom}"))
    assert decide(subject, [member], rules=Rules(kana_to_confirm=frozenset({custom}))).finding is CONFIRM


def test_whoever_differs_in_two_ways_is_not_near():
    stranger = a_subject(birth_date=PartialDate(1980, 5, 7), sex=Sex.MALE)
    assert possible(stranger, [a_member()]) == ()


def test_at_most_the_asked_number_is_shown_those_whose_number_agrees_first():
    near = [a_member(f"M{number}", sex=Sex.MALE) for number in range(9)]
    near[7] = replace(near[7], enrolments=(cover(symbol="1234", number="56"),))
    shown = possible(a_subject(symbol="1234", number="56"), near)
    assert [person.member_id for person in shown] == ["M7", "M0", "M1", "M2", "M3"]


def test_an_unknown_part_widens_only_its_own_search():
    born_later = set(member_keys(a_member(birth_date=PartialDate(1980, 12, 31))))
    assert not set(lookup_keys(a_subject())) & born_later
    assert set(lookup_keys(a_subject(sex=Sex.UNKNOWN))) & born_later
    day_unknown = set(member_keys(a_member(birth_date=PartialDate(1980, 5))))
    assert set(lookup_keys(a_subject())) & day_unknown


def test_a_usual_inquiry_asks_for_three_keys():
    assert len(lookup_keys(a_subject())) == 3


@pytest.mark.parametrize(
    ("years_apart", "name", "is_counted"),
    [
        (0, named("高橋 京子"), True),
        (2, named("髙橋 京子"), True),
        (-2, named("高橋 京子", "コウキョウ キョウコ"), True),
        (3, named("高橋 京子"), False),
        (0, named("高橋 今日子"), False),
    ],
)
def test_namesakes_are_of_one_written_name_and_sex_and_at_most_two_years_apart(years_apart, name, is_counted):
    subject = a_subject()
    member = a_member(name=name, birth_date=PartialDate(1980 + years_apart, 7, 2))
    (keys,) = namesake_keys(subject)
    assert (namesake_key(member) in keys) is is_counted
    man = a_member(name=name, birth_date=PartialDate(1980, 7, 2), sex=Sex.MALE)
    assert namesake_key(man) not in keys


@pytest.mark.parametrize(
    ("namesakes", "says", "is_common"),
    [
        (5, {}, False),
        (6, {}, True),
        (6, {"address": "東京都杉並区荻窪１－２－３"}, False),
        (6, {"symbol": "1234", "number": "56"}, False),
    ],
)
def test_a_common_name_is_marked_unless_a_further_fact_bears_it_out(namesakes, says, is_common):
    member = a_member(address=HOME, enrolments=(cover("2019-04-01", symbol="1234", number="56"),))
    found = decide(a_subject(**says), [member], namesakes=namesakes)
    assert (found.finding, found.member_id, found.is_common_name) == (ONE, member.member_id, is_common)
    reasons = {reason for each in found.candidates for one in each.comparisons for reason in one.reasons}
    assert (Reason.NAME_COMMON in reasons) is is_common


def test_dates_of_cover_that_fit_bear_a_common_name_out():
    member = a_member(enrolments=(cover("2019-04-01"),))
    dates = CoverDates(acquired=PartialDate(2019, 4, 1))
    assert not decide(a_subject(), [member], dates=dates, namesakes=100).is_common_name


def test_only_a_finding_of_one_can_be_of_a_common_name():
    unknown = a_member(birth_date=PartialDate(1980, 5))
    assert decide(a_subject(), [unknown], namesakes=100).finding is CONFIRM
    assert not decide(a_subject(), [unknown], namesakes=100).is_common_name
    assert not decide(a_subject(), [], namesakes=100).is_common_name
