"""memo annex STEP2 ⑤ ⅰ: what resembles an entry of the directories is shown beside it, and PMO staff are told."""

from dataclasses import replace

import pytest

from inquiry.directory.contacts import CellChange
from inquiry.domain.parties import Entrance, Inquirer
from inquiry.workflow import contacts, filing, resembling, suspicions
from tests.world import CHIYODA, SAPPORO


@pytest.fixture
def world(world):
    """The small world; its municipality is 03-0000-0001, its insurers' desks 03-0000-1234."""
    return world


def owners(world, heard, **besides):
    with world.house.reading() as work:
        return sorted({each.owner.name for each in resembling.numbers_like(work, heard, **besides)})


MINISTRY = "厚生労働省保険局保険課・厚生労働省保険局国民健康保険課・厚生労働省保険局高齢者医療課"
DESKS = ["みほん健康保険組合", "全国健康保険協会 東京支部"]

#  heard                whose number it resembles
HEARD = [
    ("03-0000-0002", ["東京都 千代田区"]),  # one digit
    ("03-0000-0010", ["東京都 千代田区"]),  # two neighbours
    ("03-0000-123", DESKS),  # one missing
    ("03-0000-12344", DESKS),  # one added
    ("06-0000-1234", DESKS),  # another area code
    ("03-4253-1111", [MINISTRY]),  # the impostors' number of 2024
    ("06-5253-1111", [MINISTRY]),
    ("03-0000-0001", []),  # the true one
    ("03-5253-1111", []),
    ("03-1111-2222", []),
    ("", []),
]


@pytest.mark.parametrize(("heard", "resembled"), HEARD)
def test_a_number_is_compared_with_every_number_of_both_directories_and_of_the_ministry(world, heard, resembled):
    assert owners(world, heard) == resembled


def test_the_organisation_meant_is_compared_by_itself(world):
    assert owners(world, "03-0000-0002", besides=CHIYODA) == []


def test_a_fax_number_is_as_true_as_a_telephone_number(world):
    with world.house.work(world.operator) as work:
        row = contacts.history(work, world.insurer_id)[0].row
        contacts.save(work, replace(row, fax="0300009876"))
    assert owners(world, "03-0000-9875") == ["みほん健康保険組合"]
    assert owners(world, "03-0000-9876") == []
    with world.house.reading() as work:
        assert [each.name for each in resembling.whose(work, "03-0000-9876")] == ["みほん健康保険組合"]


def test_a_desk_that_telephones_and_faxes_under_one_number_owns_it_once(world):
    with world.house.work(world.operator) as work:
        row = contacts.history(work, world.insurer_id)[0].row
        contacts.save(work, replace(row, telephone="0300009876", fax="0300009876"))
    with world.house.reading() as work:
        assert [each.name for each in resembling.whose(work, "03-0000-9876")] == ["みほん健康保険組合"]


#  a new name of an insurer or a desk      whose it is, or resembles
RENAMED = [
    ("千代田区役所", ["千代田区"]),
    ("東京都千代由区", ["東京都千代田区"]),
    ("厚生労働省保険局保険課", ["厚生労働省保険局保険課"]),
    ("厚生労働省保健局保険課", ["厚生労働省保険局保険課"]),
    ("全国健康保険協会東京支部", ["全国健康保険協会 東京支部"]),
    ("千代田健康保険組合", []),  # called after its town
    ("千代田支部", []),
    ("任意継続窓口", []),
]


@pytest.mark.parametrize("column", ["保険者名称", "窓口名"])
@pytest.mark.parametrize(("name", "resembled"), RENAMED)
def test_a_new_name_is_compared_with_every_name_of_both_directories_and_of_the_ministry(world, column, name, resembled):
    with world.house.reading() as work:
        found = resembling.in_cells(work, (CellChange(column, "", name),), besides=world.insurer_id)
    assert [each.true for each in found] == resembled


def noted(world):
    with world.house.reading() as work:
        return [(each.note.seen, each.note.resembles, each.note.kind) for each in suspicions.listing(work)]


def taken_in(world, telephone, code=CHIYODA):
    by_telephone = world.filing(
        entrance=Entrance.TELEPHONE, inquirer=Inquirer(code, "健康推進課", "山田 花子", telephone=telephone)
    )
    with world.house.work(world.officer) as work:
        filing.file(work, by_telephone)


def test_a_look_alike_told_at_the_telephone_is_noted_for_pmo_staff(world):
    taken_in(world, "03-0000-0002")
    assert noted(world) == [("03-0000-0002", "0300000001", "look_alike")]


def test_a_look_alike_of_another_organisation_is_noted_too(world):
    taken_in(world, "03-0000-0002", code=SAPPORO)
    assert noted(world) == [("0300000002", "0300000001", "look_alike")]


def test_a_clerks_own_extension_beside_their_main_line_is_no_sign(world):
    asks = replace(world.filing().inquirer, telephone="03-0000-0002")
    with world.house.work(world.clerk) as work:
        filing.file(work, world.filing(inquirer=asks))
    assert noted(world) == []


def test_the_true_number_is_no_sign(world):
    taken_in(world, "03-0000-0001 内線 12")
    assert noted(world) == []


def test_a_mail_domain_that_imitates_a_true_one_is_seen(world):
    with world.house.reading() as work:
        found = resembling.domains_like(work, "examp1e.lg.jp")
        assert [(each.true, each.owner.name) for each in found] == [("example.lg.jp", "東京都 千代田区")]
        assert resembling.domains_like(work, "example.lg.jp") == []


def test_a_mail_address_that_came_with_an_inquiry_is_noted_where_its_domain_imitates_a_true_one(world):
    for address in ("kenko@examp1e.lg.jp", "kenko@example.lg.jp", "kenko"):
        asks = replace(world.filing().inquirer, mail_address=address)
        with world.house.work(world.clerk) as work:
            filing.file(work, world.filing(inquirer=asks))
    assert noted(world) == [("examp1e.lg.jp", "example.lg.jp", "look_alike")]


#  heard                whose number it is
WHOSE = [
    ("03-0000-1234", DESKS),
    ("０３－００００－１２３４　内線１２", DESKS),
    ("03-0000-0001", []),  # that of the organisation meant
    ("03-0000-0002", []),
    ("03-5253-1111", [MINISTRY]),
    ("", []),
]


@pytest.mark.parametrize(("heard", "owned"), WHOSE)
def test_a_number_that_is_somebody_elses_is_said_to_be_theirs(world, heard, owned):
    with world.house.reading() as work:
        assert sorted(each.name for each in resembling.whose(work, heard, besides=CHIYODA)) == owned


#  typed                                  whose name it resembles
NAMED = [
    ("みほん健康保検組合", ["みほん健康保険組合"]),
    ("みほん健康保険協会", ["みほん健康保険組合"]),
    ("みほん健庚保険組合　適用課　鈴木", ["みほん健康保険組合"]),  # within what was written down
    ("東京都千代由区", ["東京都千代田区"]),
    ("みほん健康保険組合", []),
    ("みほん健保組合　適用課　鈴木", []),
    ("千代田区役所", []),
    ("適用課　鈴木", []),
    ("みほん", []),  # what people search by
    ("みほん健康保険", []),
    ("健康保険組合", []),
    ("", []),
]


@pytest.mark.parametrize(("typed", "resembled"), NAMED)
def test_a_name_is_compared_with_every_name_of_both_directories(world, typed, resembled):
    with world.house.reading() as work:
        assert [each.true for each in resembling.names_like(work, typed)] == resembled


def test_a_name_that_came_with_an_inquiry_is_noted_where_it_imitates_a_true_one(world):
    with world.house.work(world.clerk) as work:
        filing.file(work, world.filing(named="みほん健康保検組合"))
        filing.file(work, world.filing(named="みほん健康保険組合"))
    assert noted(world) == [("みほん健康保検組合", "みほん健康保険組合", "look_alike")]


def test_the_section_told_at_the_telephone_is_compared_and_that_of_an_account_is_not(world):
    asks = Inquirer(CHIYODA, "東京都千代由区 健康推進課", "山田 花子")
    for actor, entrance in ((world.officer, Entrance.TELEPHONE), (world.clerk, Entrance.SYSTEM)):
        with world.house.work(actor) as work:
            filing.file(work, world.filing(inquirer=asks, entrance=entrance))
    assert noted(world) == [("東京都千代由区", "東京都千代田区", "look_alike")]
