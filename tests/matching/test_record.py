"""A decision is the same bytes each time it is made, and rules come back from where they are kept."""

import json
from dataclasses import fields

import pytest

from inquiry.matching.decide import decide
from inquiry.matching.grades import Grade
from inquiry.matching.kana import KanaClass
from inquiry.matching.record import canonical, rules_as_json, rules_from
from inquiry.matching.rules import DEFAULT, Rules
from tests.matching.people import a_member, a_subject, named

CAREFUL = Rules(
    version="2026-1+3.1",
    contested_variants=Grade.CONFIRM,
    kana_to_confirm=frozenset({KanaClass.LONG_VOWEL, KanaClass.SAME_SOUND}),
    own_variants=frozenset({("髙", "高"), ("齋", "斎")}),
    namesakes_allowed=2,
)


@pytest.mark.parametrize("rules", [DEFAULT, CAREFUL])
def test_rules_come_back_as_they_were_kept(rules):
    assert rules_from(json.loads(json.dumps(rules_as_json(rules)))) == rules


def test_no_rule_is_forgotten_in_what_is_kept():
    assert set(rules_as_json(CAREFUL)) == {each.name for each in fields(Rules)}


def test_the_order_of_members_leaves_no_trace():
    people = [a_member(), a_member(member_id="2")]
    assert canonical(decide(a_subject(), people)) == canonical(decide(a_subject(), people[::-1]))


#  what differs                                           that shows in the bytes
OTHERS = [
    {"members": [a_member(name=named("髙橋 京子"))]},     # a reason
    {"members": [a_member(member_id="2")]},               # the person
    {"members": []},                                      # the finding
    {"rules": CAREFUL},                                   # the rules' version
    {"namesakes": 9},                                     # the warning about a frequent name
]  # fmt: skip


@pytest.mark.parametrize("other", OTHERS)
def test_whatever_differs_shows(other):
    given = {"members": [a_member()], "rules": DEFAULT, "namesakes": 1}

    def said(members, rules, namesakes):
        return canonical(decide(a_subject(), members, rules=rules, namesakes=namesakes))

    assert said(**given) != said(**{**given, **other})


def test_no_name_and_no_date_stands_in_the_record():
    text = canonical(decide(a_subject(), [a_member()])).decode()
    assert "高橋" not in text
    assert "1980" not in text
