"""What an inquiry must and may say about a person: the three identifiers, and what may stand beside them."""

from dataclasses import replace

import pytest

from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import LONGEST_NAME, PersonName, Sex, Subject, is_kana, subject_faults

PLAIN = Subject(PersonName("高橋　太郎", "タカハシ　タロウ"), PartialDate(1958, 4, 1), Sex.MALE)

#   what is said                                              the code and its field        memo annex STEP1 ② ⅰ
FAULTS = [
    ({}, []),
    ({"name": PersonName("", "タカハシ")}, [("subject:written_missing", "written")]),
    ({"name": PersonName("高橋　太郎", " ")}, [("subject:kana_missing", "kana")]),
    ({"name": PersonName("高橋　太郎", "高橋")}, [("subject:kana_unreadable", "kana")]),
    ({"name": PersonName("高" * (LONGEST_NAME + 1), "タカハシ")}, [("subject:too_long", "written")]),
    ({"name": PersonName("高" * LONGEST_NAME, "ア" * LONGEST_NAME)}, []),
    ({"sex": Sex.UNKNOWN}, [("subject:sex_missing", "sex")]),
    ({"sex": Sex.NOT_APPLICABLE}, [("subject:sex_missing", "sex")]),
    ({"alias": PersonName("金田", "KANEDA")}, [("subject:kana_unreadable", "alias_kana")]),
    ({"former_name": PersonName("鈴木", "すずき")}, []),
    ({"address": "東" * 301}, [("subject:too_long", "address")]),
    ({"symbol": "1" * 41, "number": "1" * 41}, [("subject:too_long", "symbol"), ("subject:too_long", "number")]),
    ({"name": PersonName(), "sex": Sex.UNKNOWN}, [
        ("subject:written_missing", "written"), ("subject:kana_missing", "kana"), ("subject:sex_missing", "sex"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "faults"), FAULTS)
def test_each_fault_names_its_field_and_all_are_named(changes, faults):
    assert [(fault.code, fault.field) for fault in subject_faults(replace(PLAIN, **changes))] == faults


@pytest.mark.parametrize(
    "text", ["タカハシ　タロウ", "ﾀｶﾊｼ ﾀﾛｳ", "たかはし・たろう", "オーノ", "ﾏﾘｱ-ｼﾞｮｾ", "ヴァネッサ", "カ\u3099ク"]
)
def test_kana_of_either_script_and_any_width_is_a_reading(text):
    assert is_kana(text)


@pytest.mark.parametrize("text", ["高橋", "takahashi", "タカハシ１", "", "タカハシ太郎"])
def test_anything_else_is_none(text):
    assert not is_kana(text)
