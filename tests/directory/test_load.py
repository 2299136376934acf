from datetime import timedelta

from inquiry.directory.insurers import IN_SCOPE, InsurerKind
from inquiry.directory.load import MEMBERS, NATION_A_DAY, load_of, members_on_average


def test_the_kinds_share_out_the_nations_load():
    assert set(MEMBERS) == set(IN_SCOPE)
    assert abs(sum(load_of(members).a_day for members in MEMBERS.values()) - NATION_A_DAY) <= len(MEMBERS)


def test_half_the_people_of_one_kind_are_half_its_load():
    whole = MEMBERS[InsurerKind.SOCIETY]
    assert abs(load_of(whole // 2).a_day * 2 - load_of(whole).a_day) <= 1
    assert members_on_average(InsurerKind.SOCIETY, 1_378) == whole // 1_378
    assert members_on_average(InsurerKind.SOCIETY, 0) == whole


def test_people_are_counted_up():
    load = load_of(MEMBERS[InsurerKind.NATIONAL_SOCIETY])
    assert load.a_day == 3_691
    assert load.people(timedelta(minutes=10), timedelta(hours=7)) == 88
