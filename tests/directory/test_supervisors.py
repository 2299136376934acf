import pytest

from inquiry.directory.insurers import IN_SCOPE, InsurerKind
from inquiry.directory.supervisors import supervising_desk
from inquiry.domain.errors import Forbidden

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
