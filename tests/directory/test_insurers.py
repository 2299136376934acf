import pytest

from inquiry.directory.insurers import (
    IN_SCOPE,
    InsurerKind,
    check_in_scope,
    check_insurer_number,
    kind_from_label,
    kind_from_number,
)
from inquiry.domain.errors import Forbidden, InvalidValue

#  number      kind
KINDS = [
    ("01130012", InsurerKind.ASSOCIATION),
    ("06130017", InsurerKind.SOCIETY),
    ("63130017", InsurerKind.SOCIETY),  # 特例退職
    ("39131016", InsurerKind.WIDE_AREA_UNION),
    ("133033", InsurerKind.NATIONAL_SOCIETY),
    ("00133033", InsurerKind.NATIONAL_SOCIETY),  # padded
    ("138016", InsurerKind.MUNICIPAL),
    ("00138016", InsurerKind.MUNICIPAL),
    ("140012", InsurerKind.MUNICIPAL),
    ("33120015", InsurerKind.MUTUAL_AID),
    ("31130016", InsurerKind.MUTUAL_AID),
    ("32130213", InsurerKind.MUTUAL_AID),
    ("34130013", InsurerKind.MUTUAL_AID),
    ("02130011", InsurerKind.SEAMEN),
]


@pytest.mark.parametrize(("number", "kind"), KINDS)
def test_the_number_tells_the_kind(number, kind):
    assert kind_from_number(number) is kind


REFUSED = [
    ("01130013", "insurer_number:check_digit"),
    ("01130021", "insurer_number:check_digit"),
    ("0113001", "insurer_number:shape"),
    ("0113001２", "insurer_number:shape"),
    ("", "insurer_number:shape"),
    ("99130015", "insurer_number:unknown_kind"),
]


@pytest.mark.parametrize(("number", "code"), REFUSED)
def test_a_slip_in_the_number_is_refused(number, code):
    with pytest.raises(InvalidValue) as caught:
        kind_from_number(number)
    assert caught.value.code == code


def test_a_well_formed_number_of_any_kind_passes():
    check_insurer_number("138016")


def test_the_memo_is_about_four_kinds():
    for kind in IN_SCOPE:
        check_in_scope(kind)


@pytest.mark.parametrize("kind", [kind for kind in InsurerKind if kind not in IN_SCOPE])
def test_every_other_kind_is_refused_by_its_own_name(kind):
    with pytest.raises(Forbidden, match=f"insurer:out_of_scope_{kind}"):
        check_in_scope(kind)


def test_both_names_of_a_kind_are_understood():
    assert kind_from_label("健保組合") is kind_from_label("健康保険組合") is InsurerKind.SOCIETY
    with pytest.raises(InvalidValue, match="insurer:unknown_kind"):
        kind_from_label("組合")
