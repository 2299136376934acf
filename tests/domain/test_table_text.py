import pytest

from inquiry.domain import table_text
from inquiry.domain.errors import InvalidValue
from inquiry.domain.table_text import RowProblem, read_table

COLUMNS = ("番号", "名称")


def read(content):
    table = read_table(content, COLUMNS)
    return list(table.rows), table.problems, table.encoding


ENCODED = [
    ("utf-8", "utf-8-sig"),
    ("utf-8-sig", "utf-8-sig"),
    ("cp932", "cp932"),
]


@pytest.mark.parametrize(("written", "read_as"), ENCODED)
def test_a_table_is_read_in_every_encoding_offices_use(written, read_as):
    rows, problems, encoding = read("番号,名称\r\n00123,髙﨑\r\n".encode(written))
    assert (rows, problems, encoding) == ([(2, {"番号": "00123", "名称": "髙﨑"})], [], read_as)


def test_columns_are_found_by_name_not_by_place():
    rows, _, _ = read("名称,番号\n甲,1\n".encode())
    assert rows == [(2, {"番号": "1", "名称": "甲"})]


SAME_SIGN = ["\u301c\uff5e", "\u2212\uff0d", "\u2014\u2015", "\u2016\u2225"]


@pytest.mark.parametrize("signs", SAME_SIGN)
def test_signs_that_the_encodings_write_differently_come_out_as_one(signs):
    cells = [row["名称"] for _, row in read(f"番号,名称\n1,{signs[0]}\n2,{signs[1]}\n".encode())[0]]
    assert cells == [signs[1], signs[1]]


def test_a_quoted_cell_may_hold_commas_and_line_breaks_and_lines_are_counted_on():
    rows, _, _ = read('番号,名称\n1,"甲,\n乙"\n2,丙\n'.encode())
    assert rows == [(2, {"番号": "1", "名称": "甲,\n乙"}), (4, {"番号": "2", "名称": "丙"})]


def test_a_form_feed_does_not_end_a_line():
    assert read("番号,名称\n1,甲\f乙\n".encode())[0] == [(2, {"番号": "1", "名称": "甲\f乙"})]


def test_empty_lines_and_a_missing_last_line_break_do_no_harm():
    assert [line for line, _ in read("番号,名称\n\n1,甲\n,\n\n2,乙".encode())[0]] == [3, 6]


def test_a_line_with_too_many_or_too_few_cells_is_reported_and_the_others_are_read():
    rows, problems, _ = read("番号,名称\n1,甲,余\n2\n3,丙\n".encode())
    assert [line for line, _ in rows] == [4]
    assert problems == [
        RowProblem(2, "", "table:wrong_column_count"),
        RowProblem(3, "", "table:wrong_column_count"),
    ]


def test_a_broken_quote_is_reported_with_its_line():
    _, problems, _ = read('番号,名称\n1,甲\n2,"乙"丙\n3,丁\n'.encode())
    assert problems == [RowProblem(3, "", "table:broken_quotes")]


WIDE = ("番号", "名称", "郵便番号", "住所", "電話")


def wide(*lines):
    table = read_table(("\n".join([",".join(WIDE), *lines]) + "\n").encode(), WIDE)
    taken = [line for line, _ in table.records]
    return taken, [(problem.line, problem.code) for problem in table.problems]


ROW = "1,甲,1000001,見本区,0312345678"
SWALLOWING = {
    "never_closed_to_the_end": ['1,"甲,1000001,見本区,0312345678', ROW],
    "never_closed": ['1,"甲,1000001,見本区,0312345678', *[ROW] * 6_000],
    "closed_in_another_column": ['1,"甲,1000001,見本区,0312345678', ROW, '1,甲,1000001,見本区",0312345678'],
    "closed_in_the_same_column": ['1,"甲,1000001,見本区,0312345678', ROW, '1,甲",1000001,見本区,0312345678'],
    "closed_in_the_next_line": ['1,"甲,1000001,見本区,0312345678', '1,甲",1000001,見本区,0312345678'],
}


@pytest.mark.parametrize("lines", SWALLOWING.values(), ids=SWALLOWING)
def test_every_line_that_a_stray_quote_takes_in_is_reported(lines):
    taken, problems = wide(ROW, *lines, ROW)
    assert [line for line, _ in problems] == list(range(3, 3 + len(problems)))
    assert sorted([*taken, *(line for line, _ in problems)]) == list(range(2, len(lines) + 4))
    assert 2 in taken


def test_an_address_of_two_lines_is_no_stray_quote():
    assert wide('1,甲,1000001,"見本区,一丁目\n見本荘 1,2号",0312345678', ROW) == ([2, 4], [])


SAYS_NOTHING = [
    "",
    ",,,,",
    " ,　,,,",
    ",,,,,,,",
    ",",
    "\x1a",
]


@pytest.mark.parametrize("line", SAYS_NOTHING)
def test_a_line_without_a_sign_is_passed_over(line):
    assert wide(ROW, line, ROW, line) == ([2, 4], [])


def test_a_table_of_another_form_is_given_up_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(table_text, "MOST_PROBLEMS", 3)
    assert wide(*["1,2"] * 3)[0] == []
    with pytest.raises(InvalidValue, match="too_many_problems"):
        wide(*["1,2"] * 4)


REFUSED = [
    (b"", "table:empty"),
    ("番号\n1\n".encode(), "table:missing_column"),
    ("番号,名称,番号\n".encode(), "table:repeated_column"),
    ("番号,名称,個人番号\n".encode(), "table:unknown_column"),
    (b"PK\x03\x04\0\0", "table:not_text"),
    (b"\x81", "table:unknown_encoding"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_what_is_no_such_table_is_refused(content, code):
    with pytest.raises(InvalidValue) as caught:
        read(content)
    assert caught.value.code == code


def test_the_missing_column_is_named():
    with pytest.raises(InvalidValue) as caught:
        read("番号\n1\n".encode())
    assert caught.value.field == "名称"
