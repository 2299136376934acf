"""A table handed out for Excel comes back as it was, and the same table is the same file."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from inquiry.documents.table_workbook import write_table_workbook
from inquiry.domain.errors import InvalidValue
from inquiry.domain.table_text import from_records
from inquiry.security.workbook import rows_of

COLUMNS = ("番号", "備考")
#  Excel would take each for something else: a number, a formula, an error, a date, nothing.
AWKWARD = [
    "00701",
    "=1+1",
    "+81",
    "-",
    "@cmd",
    "'=1",
    "''+1",
    "'",
    "#N/A",
    "2026-10-01",
    "TRUE",
    "1\n2",
    " 1",
    "1e5",
    "𠮷",
]


def read(content):
    return [list(cells) for _line, cells in from_records(rows_of(content), COLUMNS).records]


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_comes_back_as_it_was_and_is_no_formula(text):
    content = write_table_workbook("一覧", COLUMNS, [["1", text]])
    assert read(content) == [["1", text]]
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["B2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_an_empty_cell_is_text_for_whoever_types_into_it():
    sheet = load_workbook(io.BytesIO(write_table_workbook("一覧", COLUMNS, [["1", ""]]))).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (None, "@")
    assert sheet.column_dimensions["B"].number_format == "@"


def test_the_same_table_is_the_same_file_and_tells_no_time():
    content = write_table_workbook("一覧", COLUMNS, [["1", "2"]])
    assert content == write_table_workbook("一覧", COLUMNS, [["1", "2"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
        assert archive.read("docProps/core.xml").count(b">1980-01-01T00:00:00") == 2


@pytest.mark.parametrize("text", ["\x01", "あ" * 32_767])
def test_what_no_cell_can_hold_is_refused_and_never_cut(text):
    with pytest.raises(InvalidValue) as caught:
        write_table_workbook("一覧", COLUMNS, [["1", text]])
    assert caught.value.code == "table:unwritable"
