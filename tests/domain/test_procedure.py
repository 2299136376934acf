import pytest

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.item import ValueKind, item, items
from inquiry.domain.procedure import (
    InquirerKind,
    check_inquirer,
    check_items,
    items_allowed,
    procedure,
    procedures,
    procedures_of,
)

NEVER_ASKED = ("個人番号", "マイナンバー", "レセプト", "診断", "勤務先", "標準報酬", "電話番号")


def test_no_item_asks_for_what_the_layout_does_not_hold():
    assert [each.name for each in items() if any(word in each.name for word in NEVER_ASKED)] == []


def test_every_code_stands_once():
    assert len({each.code for each in items()}) == len(items())
    assert len({each.code for each in procedures()}) == len(procedures())


def test_only_coded_items_have_values_and_all_of_them_do():
    assert {each.code for each in items() if each.values} == {e.code for e in items() if e.kind is ValueKind.CODE}


LOSS_REASONS = [("01", "死亡"), ("02", "生活保護受給開始"), ("03", "医療保険等の資格取得"), ("99", "その他")]


@pytest.mark.parametrize(("code", "label"), LOSS_REASONS)
def test_the_reason_of_loss_reads_as_in_the_layout(code, label):
    assert item("SHIKAKU-08").label_of(code) == label


def test_a_value_outside_the_layout_is_refused():
    with pytest.raises(InvalidValue, match="item:no_such_value"):
        item("SHIKAKU-08").label_of("04")


def test_an_unknown_item_is_refused():
    with pytest.raises(InvalidValue, match="item:unknown"):
        item("SHIKAKU-99")


def test_illness_and_benefits_are_sensitive_and_enrolment_is_not():
    sensitive = {each.code.split("-")[0] for each in items() if each.is_sensitive}
    assert sensitive == {"TOKUTEI", "KYUFU"}


def test_the_memos_own_procedure_bears_its_management_number_and_no_other_does():
    assert {each.code: each.management_number for each in procedures() if each.management_number} == {
        "YOBO-16": "10-2～4"
    }


def test_no_official_code_is_invented():
    assert {code for each in procedures() for code in (each.jm_code, each.jt_code)} == {None}
    assert {code for each in items() for code in (each.tm_code, each.tk_code)} == {None}


def enrolment(first, last):
    return {f"SHIKAKU-{number:02d}" for number in range(first, last + 1)}


CEILING = {f"GENDO-{number:02d}" for number in range(1, 7)}
#  procedure       what it may ask for                                                  memo annex ※4
ALLOWED = [
    ("YOBO-16", enrolment(1, 8) | {"KYUFU-01", "KYUFU-03", "KYUFU-07"}),
    ("KAIGO-NIN", enrolment(1, 7)),
    ("KAIGO-GASSAN", {"KYUFU-02"} | CEILING),
    ("JIRITSU", enrolment(1, 7) | CEILING),
    ("SHOMAN", enrolment(1, 13) | {"GENDO-02"}),
    ("NANBYO", enrolment(1, 13) | {"GENDO-02"}),
    ("YOIKU", enrolment(1, 13)),
    ("KANSEN", enrolment(1, 13) | {"KYUFU-03"}),
    ("SEIHO", enrolment(1, 13) | {"KYUFU-01", "KYUFU-04", "KYUFU-05"}),
    ("KOKUHO", enrolment(1, 8)),
    ("KOUKI", enrolment(5, 7)),
    ("FUYO", enrolment(5, 6)),
    ("JIDOTEATE", enrolment(5, 6)),
    ("DOKUJI", enrolment(1, 7) | {"KYUFU-01", "KYUFU-07"}),
]


@pytest.mark.parametrize(("code", "allowed"), ALLOWED)
def test_each_procedure_asks_for_what_it_needs_and_no_more(code, allowed):
    assert items_allowed(code) == allowed


def test_the_table_above_is_complete():
    assert [code for code, _allowed in ALLOWED] == [each.code for each in procedures()]


def test_items_come_back_once_each_in_the_catalogues_order():
    asked = check_items("YOBO-16", ["SHIKAKU-07", "SHIKAKU-06", "SHIKAKU-07"])
    assert [each.code for each in asked] == ["SHIKAKU-06", "SHIKAKU-07"]


def test_an_item_of_another_procedure_is_refused():
    with pytest.raises(Forbidden, match="procedure:item_not_allowed"):
        check_items("KAIGO-NIN", ["SHIKAKU-06", "SHIKAKU-08"])


def test_an_item_nobody_knows_is_refused():
    with pytest.raises(InvalidValue, match="item:unknown"):
        check_items("KAIGO-NIN", ["KOJIN-BANGO"])


def test_asking_for_nothing_is_refused():
    with pytest.raises(InvalidValue, match="procedure:no_item"):
        check_items("KAIGO-NIN", [])


def test_an_unknown_procedure_is_refused():
    with pytest.raises(InvalidValue, match="procedure:unknown"):
        procedure("YOBO-17")


def test_a_prefecture_does_not_do_a_municipalitys_work():
    check_inquirer("YOBO-16", InquirerKind.MUNICIPALITY)
    with pytest.raises(Forbidden, match="procedure:not_work_of_prefecture"):
        check_inquirer("YOBO-16", InquirerKind.PREFECTURE)


def test_intractable_diseases_are_work_of_prefectures_and_of_designated_cities():
    assert {kind for kind in InquirerKind if procedure("NANBYO") in procedures_of(kind)} == set(InquirerKind)


def test_a_closed_procedure_is_neither_offered_nor_accepted():
    assert not any(procedure("FUYO") in procedures_of(kind) for kind in InquirerKind)
    with pytest.raises(Forbidden, match="procedure:inactive"):
        check_inquirer("FUYO", InquirerKind.MUNICIPALITY)
