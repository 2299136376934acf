"""The answer as it is read aloud: one item a line, dates in both calendars, digits in groups."""

import pytest

from inquiry.web.reading import lines_of

#  item              as it was prepared                     as it is read aloud
READ = [
    ("SHIKAKU-06", "平成31年4月1日（2019年4月1日）", "平成31年4月1日（2019年4月1日）"),
    ("SHIKAKU-06", "2019年4月1日", "平成31年4月1日（2019年4月1日）"),
    ("SHIKAKU-06", "R1.5.1", "令和元年5月1日（2019年5月1日）"),
    ("SHIKAKU-07", "加入中", "加入中"),
    ("SHIKAKU-01", "06130017", "0613 0017"),
    ("SHIKAKU-01", "138016", "138 016"),
    ("SHIKAKU-03", "12345", "123 45"),
    ("SHIKAKU-03", "番号345", "番号345"),
    ("SHIKAKU-03", "１２３４５６７", "１２３４ ５６７"),
]


@pytest.mark.parametrize(("code", "prepared", "said"), READ)
def test_an_item_is_laid_out_for_a_voice(code, prepared, said):
    (line,) = lines_of({code: prepared})
    assert (line.code, line.text) == (code, said)
