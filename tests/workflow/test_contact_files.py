"""memo 3(2) ※: the list goes out and comes back in every form without a change, at the length the country's has."""

import io

import pytest
from openpyxl import load_workbook

from inquiry.directory.contacts import ALL_COLUMNS, cells_of
from inquiry.documents.table_workbook import write_table_workbook
from inquiry.domain.errors import InvalidValue
from inquiry.domain.table_text import read_table
from inquiry.workflow import contact_files
from tests.workflow.country import DESKS, country_list


def imported(world, content):
    with world.house.work(world.operator) as work:
        shown = contact_files.preview(work, content)
        contact_files.take_over(work, shown.difference, ends_missing=True)
    return shown


def exported(world):
    with world.house.reading() as work:
        texts = {encoding: contact_files.export(work, encoding) for encoding in ("utf-8-sig", "cp932")}
        return {**texts, "excel": contact_files.export_workbook(work)}


def shown_again(world, content):
    with world.house.reading() as work:
        shown = contact_files.preview(work, content)
    found = shown.difference
    return [len(each) for each in (found.added, found.changed, found.ended, found.unchanged, shown.sheet.problems)]


def cells_in(content):
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_list_of_the_whole_country_comes_back_byte_for_byte_and_unchanged(world):
    written = country_list("utf-8-sig")
    first = imported(world, written)
    assert (len(first.sheet.rows), first.sheet.problems) == (DESKS, ())
    files = exported(world)
    assert files["utf-8-sig"] == written
    assert files["cp932"] == country_list("cp932")
    with world.house.reading() as work:
        assert files["excel"] == contact_files.export_workbook(work)
    assert cells_in(files["excel"])[0] == list(ALL_COLUMNS)
    for content in files.values():
        assert shown_again(world, content) == [0, 0, 0, DESKS, 0]


def table_of(*rows, columns=ALL_COLUMNS):
    return write_table_workbook("一覧", columns, [[row[column] for column in columns] for row in rows])


def some_rows(count):
    return [cells for _line, cells in read_table(country_list("utf-8-sig"), ALL_COLUMNS).rows][:count]


def test_a_workbook_shows_what_comes_what_changes_and_what_it_leaves_out(world):
    kept, changed, ended, added = some_rows(4)
    imported(world, table_of(kept, changed, ended))
    assert shown_again(world, table_of(kept, changed | {"担当部署": "新しい課"}, added)) == [1, 1, 1, 1, 0]


def test_a_bad_line_of_a_workbook_is_named_with_its_column(world):
    first, second = some_rows(2)
    number = second["保険者番号"].lstrip("0")  # what is left when a spreadsheet program takes it for a number
    with world.house.reading() as work:
        shown = contact_files.preview(work, table_of(first, second | {"保険者番号": number}))
    assert [(each.line, each.column) for each in shown.sheet.problems] == [(3, "保険者番号")]


def test_the_cells_of_the_workbook_are_those_of_the_list(world):
    imported(world, table_of(*some_rows(3)))
    with world.house.reading() as work:
        content = contact_files.export_workbook(work)
        rows = contact_files.preview(work, content).sheet.rows
    assert cells_in(content)[1:] == [list(cells_of(row).values()) for row in rows]


def test_a_sign_that_files_write_otherwise_and_another_line_end_are_no_change(world):
    (row,) = some_rows(1)
    imported(world, table_of(row | {"備考": "9:00\u301c17:00\r\n要連絡"}))
    for content in exported(world).values():
        assert shown_again(world, content)[1:4] == [0, 0, 1]


def test_a_row_that_contradicts_the_list_is_left_out_with_the_desks_that_would_stand_behind_it(world):
    first, second, _third = some_rows(3)
    branch = second | {"窓口名": "支所", "保険者番号の期間": ""}
    imported(world, table_of(first))
    twice = second | {"保険者番号の期間": f"{second['保険者番号']} 2003-04-01～; {first['保険者番号']} 2003-04-01～"}
    with world.house.reading() as work:
        shown = contact_files.preview(work, table_of(first, twice, branch))
    assert [each.code for each in shown.sheet.problems] == ["number_period:held_by_another"]
    assert shown.difference.added == ()


def test_what_is_no_workbook_at_all_is_refused(world):
    with pytest.raises(InvalidValue) as caught, world.house.work(world.pmo) as work:
        contact_files.keep(work, "list.xlsx", b"PK\x03\x04 nothing")
    assert caught.value.code == "table:broken_workbook"
