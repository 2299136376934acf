from dataclasses import replace
from datetime import date

import pytest

from inquiry.directory.insurers import IN_SCOPE, InsurerKind
from inquiry.directory.supervisors import FOUNDING, checked_desk, supervising_desk
from inquiry.domain.errors import Forbidden, InvalidValue

#  kind                            extension                memo ＜医療保険者に関する照会先＞
DESKS = [
    (InsurerKind.ASSOCIATION, "3152"),
    (InsurerKind.SOCIETY, "3245"),
    (InsurerKind.NATIONAL_SOCIETY, "3260"),
    (InsurerKind.WIDE_AREA_UNION, "3137"),
]


@pytest.mark.parametrize(("kind", "extension"), DESKS)
def test_a_refusal_is_reported_to_the_desk_of_the_insurers_kind(kind, extension):
    desk = supervising_desk(kind)
    assert (desk.telephone, desk.extension) == ("0352531111", extension)


def test_every_kind_in_scope_has_its_desk():
    assert {kind for kind, _extension in DESKS} == set(IN_SCOPE)


def test_a_kind_out_of_scope_has_none():
    with pytest.raises(Forbidden, match="insurer:out_of_scope_municipal"):
        supervising_desk(InsurerKind.MUNICIPAL)


def test_nobody_has_checked_the_numbers_of_the_memo_since():
    assert [supervising_desk(kind).checked_on for kind in IN_SCOPE] == [None] * 4


TODAY = date(2026, 11, 25)
SOCIETY = FOUNDING[InsurerKind.SOCIETY]

#  what was typed                       code
REFUSED = [
    ({"division": " "}, "supervisor:division_missing"),
    ({"extension": "内線"}, "supervisor:extension_unreadable"),
    ({"telephone": "5253-1111"}, "main_line:no_area_code"),
    ({"section": "別の係"}, "supervisor:unchecked"),
    ({"checked_on": date(2026, 11, 26)}, "supervisor:checked_ahead"),
]


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_a_desk_that_nobody_can_call_or_nobody_checked_is_refused(typed, code):
    with pytest.raises(InvalidValue, match=code):
        checked_desk(replace(SOCIETY, **typed), TODAY)


def test_numbers_are_read_in_any_width_and_an_extension_may_be_missing():
    typed = replace(SOCIETY, telephone="０３－５２５３－１１１１", extension="", checked_on=TODAY)
    desk = checked_desk(typed, TODAY)
    assert (desk.telephone, desk.extension) == ("0352531111", "")


def test_the_memos_own_desk_may_stay_as_it_is():
    assert checked_desk(SOCIETY, TODAY) == SOCIETY
