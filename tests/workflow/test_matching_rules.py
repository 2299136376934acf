"""What an insurer decides about matching: in the direction of more care, and its own kanji pairs by two people."""

from contextlib import nullcontext
from dataclasses import replace

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotDisclosable, NotFound, Superseded
from inquiry.domain.findings import Finding
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName
from inquiry.matching.decide import decide
from inquiry.matching.grades import Grade, Reason
from inquiry.matching.kana import KanaClass
from inquiry.matching.rules import DEFAULT
from inquiry.workflow import (
    account_keeping,
    accounts,
    answering,
    confirming,
    filing,
    identifying,
    matching_rules,
    own_variants,
    rechecking,
)
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.matching_rules import LARGEST, Settings
from inquiry.workflow.own_variants import Standing
from inquiry.workflow.rechecking import Rechecked, recheck
from tests.world import PASSWORD, SATO, member

# 昻 and 昴 are two characters that look alike; no product table takes them for one.
ASKED = replace(SATO, name=PersonName("佐藤　昂", "サトウ　スバル"))
ENROLLED = member(name=PersonName("佐藤　昴", "サトウ　スバル"))
EVIDENCE = "戸籍の記載と本人届出の写し（適用課 文書第12号）"


@pytest.fixture
def colleague(world):
    with world.house.work(world.operator) as work:
        organisation = account_keeping.office(work, world.officer.organisation_id).organisation
        new = accounts.NewAccount(
            "colleague", "同僚の担当", "適用課", world.officer.role, PASSWORD, must_change_password=False
        )
        account = accounts.add_account(work, organisation, new)
        work.session.flush()
        return accounts.actor_of(account)


def rules(world, insurer_id=None):
    with world.house.reading() as work:
        return matching_rules.rules_of(work, insurer_id or world.insurer_id)


def decided(world):
    return decide(ASKED, [ENROLLED], rules=rules(world))


def proposed(world, one="昂", other="昴", by=None):
    with world.house.work(by or world.officer) as work:
        return own_variants.propose(work, one, other, evidence=EVIDENCE).id


def released(world, colleague, **pair):
    variant_id = proposed(world, **pair)
    with world.house.work(colleague) as work:
        own_variants.release(work, variant_id)
    return variant_id


def changed(world, number=0, **settings):
    with world.house.work(world.officer) as work:
        matching_rules.change(work, Settings(**settings), number=number)


def test_an_insurer_that_set_nothing_follows_the_product(world):
    assert rules(world) == DEFAULT
    with world.house.reading() as work:
        assert matching_rules.settings_of(work, world.insurer_id) == Settings()


def test_a_proposed_pair_changes_nothing(world):
    proposed(world)
    assert rules(world) == DEFAULT
    assert decided(world).finding is Finding.NONE


def test_a_released_pair_finds_the_person_and_says_by_which_rule(world, colleague):
    released(world, colleague)
    found = decided(world)
    assert found.finding is Finding.ONE
    assert any(Reason.KANJI_OWN_VARIANT in each.reasons for each in found.candidates[0].comparisons)
    assert found.rule_version == f"{DEFAULT.version}+0.1"


def test_a_name_found_by_a_released_pair_is_as_frequent_as_its_spelling_on_the_roster(world, colleague):
    released(world, colleague)
    others = [replace(ENROLLED, member_id=f"{no}", birth_date=PartialDate(1958, 12, no)) for no in range(1, 8)]
    world.take_over_roster(ENROLLED, *others)
    with world.house.work(world.officer) as work:
        decision = identifying.search(work, world.insurer_id, ASKED, dates=None).decision
        work.record("roster:searched")
    assert (decision.finding, decision.is_common_name) == (Finding.ONE, True)


def test_an_inquiry_that_stands_before_4_is_matched_by_the_pair_once_it_is_released(world, colleague):
    world.take_over_roster(ENROLLED)
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(subject=ASKED)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
        assert identifying.look_up(work, work.inquiry(inquiry_id)).decision.finding is Finding.NONE
        assert own_variants.to_match_again(work) == (1, 0)
    released(world, colleague)
    with world.house.work(world.officer) as work:
        assert identifying.look_up(work, work.inquiry(inquiry_id)).decision.finding is Finding.ONE


def filed(world, subject=ASKED):
    """Let an inquiry wait for ④, and return it."""
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(subject=subject)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    return inquiry_id


def decide_by(world, inquiry_id):
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, work.inquiry(inquiry_id).version)


def prepare(world, inquiry_id):
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        told = dict.fromkeys(inquiry.items, "12") if inquiry.state == "identified" else {}
        answering.prepare(work, inquiry_id, inquiry.version, channel=Channel.LETTER, items=told)


def test_every_inquiry_that_found_nobody_is_told_of_where_a_released_pair_finds_somebody(world, colleague):
    world.take_over_roster(ENROLLED)
    asked = [filed(world, ASKED), filed(world, replace(ASKED, birth_date=PartialDate(1959, 1, 1)))]
    for inquiry_id in asked:
        decide_by(world, inquiry_id)
    assert recheck(world.house, world.officer, world.insurer_id) == Rechecked(0, 0)
    released(world, colleague)
    assert recheck(world.house, world.officer, world.insurer_id) == Rechecked(2, 1)
    with world.house.reading(world.officer) as work:
        assert [later.inquiry_id for later in rechecking.waiting(work)] == asked[:1]
    with pytest.raises(NotDisclosable, match="overtaken"):
        prepare(world, asked[0])
    prepare(world, asked[1])


def test_nobody_is_said_to_be_unknown_once_a_released_pair_finds_them_though_nothing_was_looked_at_again(
    world, colleague
):
    world.take_over_roster(ENROLLED)
    inquiry_id = filed(world)
    decide_by(world, inquiry_id)
    released(world, colleague)
    with pytest.raises(NotDisclosable, match="overtaken"):
        prepare(world, inquiry_id)


def test_what_a_withdrawn_pair_found_is_not_told(world, colleague):
    world.take_over_roster(ENROLLED)
    variant_id = released(world, colleague)
    inquiry_id = filed(world)
    decide_by(world, inquiry_id)
    prepare(world, inquiry_id)
    with world.house.work(world.officer) as work:
        own_variants.withdraw(work, variant_id, reason="別の家の字だった")
    with pytest.raises(NotDisclosable, match="outdated"):
        prepare(world, inquiry_id)


@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        ({"near_miss_per_day": 10}, False),
        ({"kana_to_confirm": frozenset({KanaClass.HYPHEN})}, False),
        ({"kana_to_confirm": frozenset({KanaClass.SMALL_LARGE})}, True),
    ],
)
def test_rules_that_change_shut_the_gate_only_for_what_they_no_longer_find(world, settings, refused):
    large = replace(SATO, name=PersonName("佐藤　京子", "サトウ　キヨウコ"))
    world.take_over_roster(member(name=PersonName("佐藤　京子", "サトウ　キョウコ")))
    inquiry_id = filed(world, large)
    decide_by(world, inquiry_id)
    changed(world, **settings)
    with pytest.raises(NotDisclosable, match="outdated") if refused else nullcontext():
        prepare(world, inquiry_id)


def test_whoever_proposed_a_pair_cannot_release_it(world):
    variant_id = proposed(world)
    with pytest.raises(Forbidden, match="second_person"), world.house.work(world.officer) as work:
        own_variants.release(work, variant_id)
    assert rules(world) == DEFAULT


def test_a_pair_is_released_once_and_the_second_is_told_who_was_first(world, colleague):
    variant_id = released(world, colleague)
    with pytest.raises(Superseded) as caught, world.house.work(colleague) as work:
        own_variants.release(work, variant_id)
    assert caught.value.by == "同僚の担当"


def test_a_withdrawn_pair_no_longer_counts_and_stays_to_be_read(world, colleague):
    variant_id = released(world, colleague)
    with world.house.work(world.officer) as work:
        own_variants.withdraw(work, variant_id, reason="別の家の字だった")
    assert decided(world).finding is Finding.NONE
    with world.house.reading(world.officer) as work:
        (row,) = own_variants.variants_of(work)
        assert own_variants.standing(row) is Standing.WITHDRAWN
        assert (row.withdrawn_reason, row.released_by_name) == ("別の家の字だった", "同僚の担当")


def test_a_rejected_proposal_changes_nothing_and_may_be_made_again(world):
    variant_id = proposed(world)
    with pytest.raises(InvalidValue, match="reason_missing"), world.house.work(world.officer) as work:
        own_variants.withdraw(work, variant_id, reason=" ")
    with world.house.work(world.officer) as work:
        own_variants.withdraw(work, variant_id, reason="根拠が足りない")
    assert rules(world) == DEFAULT
    with pytest.raises(Superseded), world.house.work(world.officer) as work:
        own_variants.release(work, variant_id)
    assert proposed(world) != variant_id


def test_another_insurers_pair_does_not_count_and_is_not_to_be_touched(world, colleague):
    variant_id = released(world, colleague)
    assert rules(world, world.branch_id) == DEFAULT
    with pytest.raises(NotFound), world.house.work(world.other_officer) as work:
        own_variants.withdraw(work, variant_id, reason="よその登録")
    with world.house.reading(world.other_officer) as work:
        assert own_variants.variants_of(work) == []


#  one        other            why it is refused
PAIRS = [
    ("昂",    "昂",            "same_character"),
    ("葛",    "葛\U000e0100",  "same_character"),      # a variation selector says nothing about who is meant
    ("神",    "\ufa19",        "same_character"),      # Unicode itself takes them for one
    ("高",    "髙",            "variant_already"),
    ("昂",    "ア",            "not_one_kanji"),
    ("昂",    "昴昴",          "not_one_kanji"),
    ("昂",    "●",             "not_one_kanji"),
    ("昂",    "\ue000",        "not_one_kanji"),       # a character of somebody's own
    ("々",    "昴",            "not_one_kanji"),
    ("",      "昴",            "not_one_kanji"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "why"), PAIRS)
def test_a_pair_is_two_different_kanji_that_the_product_does_not_take_for_one(world, one, other, why):
    with pytest.raises(InvalidValue, match=why), world.house.work(world.officer) as work:
        own_variants.propose(work, one, other, evidence=EVIDENCE)


@pytest.mark.parametrize(("one", "other"), [("斎", "斉"), ("島", "嶋"), ("𠮷", "良"), ("昂\U000e0101", " 昴 ")])
def test_a_doubtful_pair_a_contested_one_and_any_kanji_of_unicode_may_be_proposed(world, one, other):
    proposed(world, one, other)
    with world.house.reading(world.officer) as work:
        (row,) = own_variants.variants_of(work)
    assert {len(row.one), len(row.other)} == {1}


def test_a_pair_is_proposed_once_in_either_order(world):
    proposed(world)
    with pytest.raises(InvalidValue, match="proposed_already"), world.house.work(world.officer) as work:
        own_variants.propose(work, "昴", "昂", evidence=EVIDENCE)


def test_a_pair_needs_evidence(world):
    with pytest.raises(InvalidValue, match="evidence_missing"), world.house.work(world.officer) as work:
        own_variants.propose(work, "昂", "昴", evidence="　")


def test_a_kind_of_spelling_moved_to_confirm_needs_an_officer(world):
    plain = [replace(ENROLLED, name=PersonName("佐藤　昂", "ｻﾄｳ ｽﾊﾞﾙ"))]
    assert decide(ASKED, plain, rules=rules(world)).finding is Finding.ONE
    changed(world, kana_to_confirm=frozenset({KanaClass.WIDTH}))
    assert decide(ASKED, plain, rules=rules(world)).finding is Finding.CONFIRM


def test_contested_variants_switched_off_need_an_officer(world):
    asked = replace(SATO, name=PersonName("中島　昂", "ナカジマ　スバル"))
    enrolled = [member(name=PersonName("中嶋　昂", "ナカジマ　スバル"))]
    assert decide(asked, enrolled, rules=rules(world)).finding is Finding.ONE
    changed(world, contested_variants=Grade.CONFIRM)
    assert decide(asked, enrolled, rules=rules(world)).finding is Finding.CONFIRM


@pytest.mark.parametrize("name", LARGEST)
def test_a_number_is_never_less_careful_than_the_product_allows(name):
    assert getattr(Settings(**{name: 0}), name) == 0
    for wrong in (-1, LARGEST[name] + 1):
        with pytest.raises(InvalidValue) as caught:
            Settings(**{name: wrong})
        assert caught.value.field == name
    with pytest.raises(InvalidValue):
        Settings(contested_variants=Grade.DIFFERENT)


def test_every_change_is_a_new_version_and_the_second_of_two_is_told_who_was_first(world):
    changed(world, namesakes_allowed=2)
    with pytest.raises(Superseded) as caught:
        changed(world, namesakes_allowed=1)
    assert caught.value.by == "officer の担当"
    changed(world, number=1, namesakes_allowed=0)
    with world.house.reading(world.officer) as work:
        newest, first, product = matching_rules.editions(work)
    assert [each.settings.namesakes_allowed for each in (newest, first, product)] == [0, 2, 5]
    assert rules(world).namesakes_allowed == 0


def test_whatever_changes_the_rules_changes_their_version(world, colleague):
    versions = [rules(world).version]
    variant_id = released(world, colleague)
    versions.append(rules(world).version)
    changed(world, namesakes_allowed=1)
    versions.append(rules(world).version)
    with world.house.work(world.officer) as work:
        own_variants.withdraw(work, variant_id, reason="別の字")
    versions.append(rules(world).version)
    proposed(world)
    assert rules(world).version == versions[-1]
    assert [each.removeprefix(DEFAULT.version) for each in versions] == ["", "+0.1", "+1.1", "+1.2"]


def test_only_an_insurers_own_people_see_or_change_its_rules(world):
    with pytest.raises(Forbidden, match="insurers_only"), world.house.work(world.clerk) as work:
        matching_rules.change(work, Settings(), number=0)
    with pytest.raises(Forbidden, match="insurers_only"), world.house.reading(world.pmo) as work:
        own_variants.variants_of(work)
