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

# Numbers stand in names of places too, and not every number is that of a house.
NUMBERED_PLACES = [
    ("札幌市中央区北1条西5丁目2番", "札幌市中央区北1条東9丁目1番", "confirm"),
    ("札幌市中央区北1条西5丁目2番", "札幌市中央区北2条西5丁目2番", "confirm"),
    ("札幌市中央区北1条西5-2", "札幌市中央区北一条西五丁目2番", "equal"),
    ("札幌市西区24軒4条5丁目1-2", "札幌市西区24軒3条5丁目1-2", "confirm"),
    ("清里町東3線北12号5番地", "清里町東3線北12号6番地", "confirm"),
    ("清里町東3線北12号5番地", "清里町東4線北12号5番地", "confirm"),
    ("岩手県滝沢市第4地割12番地3", "滝沢市第4地割12-3", "equal"),
    ("岩手県滝沢市第4地割12番地3", "滝沢市第5地割12-3", "confirm"),
    ("千代田区一番町3-5", "千代田区1番町3-5", "equal"),
    ("千代田区一番町3-5", "千代田区一番町9-9", "confirm"),
    ("千代田区一番町3-5", "千代田区二番町3-5", "confirm"),
    ("港区麻布十番1-2-3", "港区麻布十番1-2-4", "confirm"),
    ("杉並区荻窪1丁目", "杉並区荻窪1丁目", None),
    ("杉並区荻窪1 丁目", "杉並区荻窪一丁目", None),
    ("杉並区荻窪1丁目", "杉並区荻窪2丁目", "confirm"),
    ("架空町123番地", "架空町123", "equal"),
    ("架空町百二十番地", "架空町120", "equal"),
    ("架空町123 緑荘101", "架空町123番地", "equal"),
    ("架空町123緑荘101", "架空町123番地", None),
    ("本町1丁目甲123", "本町1丁目甲123番地", "equal"),
    ("本町1丁目甲123", "本町1丁目乙9", "confirm"),
    ("本町甲123", "本町乙123", "confirm"),
    ("架空町123番地イ", "架空町123番地のイ", "equal"),
    ("架空町123番地イ", "架空町123番地ロ", "confirm"),
    ("架空市1-2-3ハイツ5", "架空市1丁目2番3号", "equal"),
    ("架空町十百番地", "架空町1", "confirm"),
]


@pytest.mark.parametrize(("ours", "theirs", "grade"), ADDRESSES + NUMBERED_PLACES)
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
    # a 枝番 behind the number
    ("1234", "56-01", [("1234", "56", "01")], "equal"),
    ("1234", "56－1", [("1234", "56", "01")], "equal"),
    ("1234", "56 01", [("1234", "56", "")], "equal"),
    ("1234", "56-01", [("1234", "56", "02")], "confirm"),
    ("1234", "56-01", [("1234", "56", "00")], "confirm"),
    ("1234", "56-00", [("1234", "56", "00")], "equal"),
    ("1234", "56", [("1234", "56", "02")], "equal"),
    ("1234", "57-01", [("1234", "56", "01")], "confirm"),
    ("99", "56-01", [("1234", "56", "01")], "confirm"),
    ("", "56-01", [("1234", "56", "01")], None),
    ("1234", "56-01", [("1234", "5601", "")], "equal"),
]


@pytest.mark.parametrize(("symbol", "number", "held", "grade"), NUMBERS)
def test_symbol_and_number_are_compared_with_every_period(symbol, number, held, grade):
    periods = [cover(symbol=each[0], number=each[1], branch="".join(each[2:])) for each in held]
    found = compare_insured_number(a_subject(symbol=symbol, number=number), periods)
    assert (found.grade if found else None) == (Grade(grade) if grade else None)
