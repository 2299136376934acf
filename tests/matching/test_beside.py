import pytest

from inquiry.matching.beside import compare_address, compare_insured_number
from inquiry.matching.grades import Grade
from tests.matching.people import a_subject, cover

ADDRESSES = [
    ("東京都杉並区荻窪一丁目2番3号", "杉並区荻窪１－２－３", "equal"),
    ("杉並区荻窪1-2-3", "東京都杉並区荻窪１丁目２番３号 緑荘101", "equal"),
    ("〒167-0051 杉並区荻窪1-2-3 101", "杉並区荻窪1-2-3", "equal"),
    ("岐阜県大垣市青墓町十二丁目3", "大垣市青墓町12-3", "equal"),
    ("鶴ヶ島市脚折123番地", "鶴ケ島市脚折123", "equal"),
    ("杉並区荻窪1-2-3", "杉並区荻窪1-2-4", "confirm"),
    ("杉並区荻窪1-2-3", "中野区中野1-2-3", "confirm"),
    ("大阪府泉佐野市1-2-3", "佐野市1-2-3", "confirm"),
    ("大阪府泉佐野市1-2-3", "栃木県佐野市1-2-3", "confirm"),
    ("東京都府中市宮町1-2-3", "広島県府中市宮町1-2-3", "confirm"),
    ("広島県府中市宮町1-2-3", "廣島県府中市宮町1-2-3", "equal"),
    ("荻窪1-2-3", "杉並区荻窪1-2-3", "equal"),
    ("杉並区荻窪1-2-3", "杉並区荻窪", None),
    ("杉並区荻窪1-2-3", "杉並区荻窪1丁目", None),
    ("杉並区", "杉並区荻窪1-2-3", None),
    ("", "杉並区荻窪1-2-3", None),
]


@pytest.mark.parametrize(("ours", "theirs", "grade"), ADDRESSES)
def test_an_address_bears_out_contradicts_or_says_nothing(ours, theirs, grade):
    for one, other in ((ours, theirs), (theirs, ours)):
        found = compare_address(one, other)
        assert (found.grade if found else None) == (Grade(grade) if grade else None)


NUMBERS = [
    ("12-34", "０００５６", [("１２３４", "56")], "equal"),
    ("", "56", [("1234", "56")], None),
    ("1234", "56", [("", "56")], None),
    ("", "56", [("", "56")], None),
    ("", "57", [("1234", "56")], "confirm"),
    ("1234", "56", [("9", "1"), ("1234", "56")], "equal"),
    ("1234", "57", [("1234", "56")], "confirm"),
    ("99", "56", [("1234", "56")], "confirm"),
    ("99", "", [("1234", "56")], "confirm"),
    ("1234", "", [("1234", "56")], None),
    ("1234", "56", [("1234", "")], None),
    ("", "", [("1234", "56")], None),
]


@pytest.mark.parametrize(("symbol", "number", "held", "grade"), NUMBERS)
def test_symbol_and_number_are_compared_with_every_period(symbol, number, held, grade):
    periods = [cover(symbol=its_symbol, number=its_number) for its_symbol, its_number in held]
    found = compare_insured_number(a_subject(symbol=symbol, number=number), periods)
    assert (found.grade if found else None) == (Grade(grade) if grade else None)
