"""STEP2 ④: alone on the roster is not identified, where the name is frequent."""

from dataclasses import replace

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex
from inquiry.store import ledger
from inquiry.workflow import confirming, filing, identifying
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.identifying import Basis, Fact
from tests.world import SATO, member

NAME = PersonName("中村　洋子", "ナカムラ　ヨウコ")
HANAKO = replace(SATO, name=NAME, birth_date=PartialDate(1958, 4, 1), sex=Sex.FEMALE)
BORN = [(1958, 4, 1), (1956, 1, 2), (1957, 3, 3), (1958, 5, 5), (1959, 6, 6), (1960, 7, 7), (1959, 8, 8)]


def namesakes(number=6):
    """People of one name and sex, the first of whom is the person asked about."""
    return [
        member(str(place), name=NAME, sex=Sex.FEMALE, birth_date=PartialDate(*born))
        for place, born in enumerate(BORN[:number], 1)
    ]


def confirmed(world, subject=HANAKO):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(subject=subject)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(world.filing().channel))
    return inquiry_id


def said_in_ledger(world, event):
    with world.house.reading() as work:
        return [bytes(entry.body).decode() for entry in ledger.entries(work.session) if event.encode() in entry.body]


def test_the_only_person_of_a_frequent_name_is_not_recorded_by_a_button(world):
    world.take_over_roster(*namesakes())
    inquiry_id = confirmed(world)
    with pytest.raises(Forbidden, match="common_name"), world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, 2)


def test_an_officer_says_which_further_fact_bears_it_out_and_why(world):
    world.take_over_roster(*namesakes())
    inquiry_id = confirmed(world)
    with pytest.raises(InvalidValue, match="reason_missing"), world.house.work(world.officer) as work:
        identifying.identify_corroborated(work, inquiry_id, 2, fact=Fact.ADDRESS, reason=" ")
    with world.house.work(world.officer) as work:
        inquiry = identifying.identify_corroborated(
            work, inquiry_id, 2, fact=Fact.ADDRESS, reason="申請書の住所が被保険者台帳の住所と一致"
        )
        assert inquiry.state == "identified"
        found = identifying.recorded(work, inquiry)
        assert (found.identification.basis, found.identification.corroborated) == (Basis.ROSTER, Fact.ADDRESS)
        assert found.reason == "申請書の住所が被保険者台帳の住所と一致"
        assert found.member.member_id == "1"


def test_the_ledger_says_which_fact_and_nothing_of_its_content(world):
    world.take_over_roster(*namesakes())
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        identifying.identify_corroborated(
            work, inquiry_id, 2, fact=Fact.INSURED_NUMBER, reason="番号が被保険者証と一致"
        )
    (entry,) = said_in_ledger(world, "inquiry:find_one")
    assert '"corroborated":"insured_number"' in entry
    assert "被保険者証" not in entry


@pytest.mark.parametrize("roll", [(member(),), (), (member("1"), member("2"))])
def test_where_no_name_is_frequent_there_is_nothing_to_corroborate(world, roll):
    world.take_over_roster(*(roll or (member(sex=Sex.FEMALE),)))
    inquiry_id = confirmed(world, SATO)
    with pytest.raises(Forbidden, match="nothing_to_corroborate"), world.house.work(world.officer) as work:
        identifying.identify_corroborated(work, inquiry_id, 2, fact=Fact.OTHER, reason="見た")


# Whatever name the match rests on


LATIN = PersonName("NGUYEN THI LAN", "グエン ティ ラン")
FOREIGN = PersonName("金 洋子", "キム ヨウコ")


def common_name(world, subject, *members):
    """Say whether the person is found, and flagged."""
    world.take_over_roster(*members)
    with world.house.work(world.officer) as work:
        decision = identifying.search(work, world.insurer_id, subject, dates=None).decision
        work.record("roster:searched")
    return str(decision.finding), decision.is_common_name


@pytest.mark.parametrize(
    ("asked", "on_file"),
    [
        ({"name": LATIN, "alias": NAME}, {}),
        ({"name": FOREIGN, "former_name": NAME}, {}),
        ({"name": LATIN, "alias": NAME}, {"name": LATIN, "alias": NAME}),
        ({}, {"name": LATIN, "alias": NAME}),
        ({}, {"name": FOREIGN, "former_name": NAME}),
    ],
)
def test_a_frequent_alias_or_former_name_is_frequent_too(world, asked, on_file):
    first, *others = namesakes(7)
    subject = replace(HANAKO, **asked)
    finding, is_common = common_name(world, subject, replace(first, **on_file), *others, member("9", name=LATIN))
    assert (finding, is_common) == ("one", True)


def test_an_alias_that_nobody_else_bears_is_not_frequent(world):
    subject = replace(HANAKO, name=LATIN, alias=NAME)
    assert common_name(world, subject, namesakes(1)[0], *(member(str(n), name=LATIN) for n in range(20, 30))) == (
        "one",
        False,
    )


def test_who_shows_no_kanji_is_counted_with_those_who_do(world):
    kana = PersonName("", "ナカムラ　ヨウコ")
    first, *others = namesakes()
    others = [replace(each, birth_date=PartialDate(each.birth_date.year, 12, 30)) for each in others]
    assert common_name(world, replace(HANAKO, name=kana), replace(first, name=kana), *others) == ("one", True)
    assert common_name(world, replace(HANAKO, name=kana), replace(first, name=kana), *others[:3]) == ("one", False)
