"""Workbooks as insurers' systems and desks write them: what stands in a cell is read as it is seen, or refused."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter

from inquiry.domain.errors import InvalidValue
from inquiry.security import workbook
from inquiry.security.workbook import is_workbook, rows_of

HEADER = ["加入者ID", "氏名", "生年月日"]
BOOK, SHEET, WORDS = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
HIDDEN = b'<sheet state="hidden" '
BORN = datetime.fromisoformat("1958-04-01")


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def sheet_of(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def written(write):
    """Return a workbook that xlsxwriter made, its sheets and formats set by `write`."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        write(book, book.add_worksheet())
    return content.getvalue()


def with_words(*words):
    """Return a workbook of one row that keeps its words beside the sheet, as Excel does."""
    return written(lambda _book, sheet: sheet.write_row(0, 0, words))


def with_part(content, name, change):
    """Return the workbook with one of its parts changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            part = old.read(member)
            new.writestr(member.filename, change(part) if member.filename == name else part)
    return changed.getvalue()


def refusal_of(content):
    with pytest.raises(InvalidValue) as caught:
        list(rows_of(content))
    return caught.value.code


#  in the cell                            as text
CELLS = [
    ("髙橋　太郎",                         "髙橋　太郎"),
    ("０01 ",                             "０01 "),                # text stays as it was typed
    (3330401,                             "3330401"),
    (12.0,                                "12"),
    (12.5,                                "12.5"),
    (123456789012345.0,                   "123456789012345"),
    (-7,                                  "-7"),
    (True,                                "1"),
    (False,                               "0"),
    (None,                                ""),
    (date(1958, 4, 1),                    "1958-04-01"),
    (BORN,                "1958-04-01"),
    (datetime.fromisoformat("1958-04-01T09:30"),         "1958-04-01T09:30:00"),  # no day of birth: whoever reads it says so
    (time(9, 30),                         "09:30:00"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), CELLS)
def test_a_cell_is_read_as_it_is_seen(value, text):
    assert list(rows_of(sheet_of(["見出し", "末尾"], [value, "x"]))) == [["見出し", "末尾"], [text, "x"]]


def test_the_zeros_that_a_format_shows_are_kept():
    def write(book, sheet):
        sheet.write_row(0, 0, ["記号", "番号"])
        sheet.write(1, 0, 7, book.add_format({"num_format": "000"}))
        sheet.write(1, 1, 1234, book.add_format({"num_format": "0"}))

    assert list(rows_of(written(write)))[1] == ["007", "1234"]


@pytest.mark.parametrize("shown", ["yyyy/mm/dd", '[$-411]ggge"年"m"月"d"日"', "[$-ja-JP-x-gannen]ge.m.d"])
def test_a_date_is_a_date_in_either_calendar(shown):
    def write(book, sheet):
        sheet.write_row(0, 0, ["生年月日"])
        sheet.write_datetime(1, 0, BORN, book.add_format({"num_format": shown}))

    assert list(rows_of(written(write)))[1] == ["1958-04-01"]


def test_a_number_that_no_format_calls_a_date_stays_a_number():
    assert list(rows_of(sheet_of(["生年月日"], [21276])))[1] == ["21276"]


def test_days_counted_from_1904_are_the_same_days():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"date_1904": True}) as book:
        book.add_worksheet().write_datetime(0, 0, BORN, book.add_format({"num_format": "yyyy-mm-dd"}))
    assert list(rows_of(content.getvalue())) == [["1958-04-01"]]


def test_a_formula_is_read_as_it_was_last_saved_and_never_worked_out():
    def write(_book, sheet):
        sheet.write_row(0, 0, ["計算", "未計算"])
        sheet.write_formula(1, 0, "=1+1", value="保存時の値")
        sheet.write_formula(1, 1, '=WEBSERVICE("https://www.example.jp/")', value="")

    assert list(rows_of(written(write)))[1] == ["保存時の値", ""]


def test_the_reading_printed_above_a_kanji_is_not_part_of_the_name():
    def add_ruby(words):
        return words.replace(b"</t>", "</t><rPh sb='0' eb='2'><t>タカハシ</t></rPh>".encode())

    content = with_part(with_words("高橋"), WORDS, add_ruby)
    assert "タカハシ" in zipfile.ZipFile(io.BytesIO(content)).read(WORDS).decode()
    assert list(rows_of(content)) == [["高橋"]]


def test_the_first_sheet_that_is_visible_is_read():
    def write(book, sheet):
        sheet.write(0, 0, "隠れたシート")
        sheet.hide()
        shown = book.add_worksheet("名簿")
        shown.write(0, 0, "名簿")
        shown.activate()
        shown.set_first_sheet()

    assert list(rows_of(written(write))) == [["名簿"]]


def test_a_table_that_goes_on_in_another_sheet_is_not_read_by_half():
    def write(book, sheet):
        sheet.write_row(0, 0, HEADER)
        more = book.add_worksheet("名簿2")
        more.write_row(0, 0, [*HEADER[:-1], f" {HEADER[-1]} ", ""])

    with pytest.raises(InvalidValue, match="further_sheet"):
        list(rows_of(written(write)))


def test_sheets_of_another_kind_hidden_or_empty_ones_do_no_harm():
    def write(book, sheet):
        sheet.write_row(0, 0, HEADER)
        book.add_worksheet("書き方").write_row(0, 0, HEADER[:-1])
        book.add_worksheet("空")
        hidden = book.add_worksheet("控え")
        hidden.write_row(0, 0, HEADER)
        hidden.hide()

    assert list(rows_of(written(write))) == [list(HEADER)]


def test_a_sheet_without_anything_has_no_rows():
    assert list(rows_of(written(lambda book, sheet: None))) == []


def test_rows_have_the_width_of_the_header_and_what_stands_beyond_it_is_not_hidden():
    def write(book, sheet):
        sheet.write_row(0, 0, HEADER)
        sheet.write_blank(0, 9, None, book.add_format({"bold": True}))
        sheet.write_row(1, 0, ["1001"])
        sheet.write_row(3, 0, ["1002", "佐藤", "1958-04-01"])
        sheet.write_blank(3, 7, None, book.add_format({"bold": True}))
        sheet.write_row(4, 0, ["1003", "鈴木", "1958-04-01", "", "欄外"])

    assert list(rows_of(written(write))) == [
        HEADER,
        ["1001", "", ""],
        ["", "", ""],
        ["1002", "佐藤", "1958-04-01"],
        ["1003", "鈴木", "1958-04-01", "", "欄外"],
    ]


def test_a_sheet_is_not_believed_about_its_size():
    def boast(sheet):
        return sheet.replace(b'ref="A1:C1"', b'ref="A1:XFD1048576"')

    content = with_part(sheet_of(HEADER), SHEET, boast)
    assert list(rows_of(content)) == [HEADER]


def test_a_file_is_read_from_a_stream_wherever_it_stands():
    stream = io.BytesIO(sheet_of(HEADER))
    stream.seek(4)
    assert list(rows_of(stream)) == [HEADER]


def test_a_workbook_is_known_by_its_beginning():
    assert is_workbook(sheet_of(HEADER))
    assert is_workbook(sheet_of(HEADER)[:4])
    assert is_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert not is_workbook("加入者ID,氏名".encode("utf-8-sig"))
    assert not is_workbook(b"PK,1\r\n")
    assert not is_workbook(b"")


def archive_of(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


BOMB = (
    "<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaaaaaaaa'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]><worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    + "<row><c t='inlineStr'><is><t>&a11;</t></is></c></row></sheetData></worksheet>"
).encode()
DAMAGE = {
    "half of it": lambda whole: whole[: len(whole) // 2],
    "no archive": lambda _: b"PK\x03\x04" + b"\0" * 400,
    "another archive": lambda _: archive_of(**{"word/document.xml": "<document/>"}),
    "half a sheet": lambda whole: with_part(whole, SHEET, lambda part: part[: len(part) // 2]),
    "a sheet that swells": lambda whole: with_part(whole, SHEET, lambda _: BOMB),
    "no words": lambda whole: with_part(whole, WORDS, lambda _: b"<sst/>"),
    "no sheet to be seen": lambda whole: with_part(whole, BOOK, lambda part: part.replace(b"<sheet ", HIDDEN)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_no_workbook_is_refused(damage):
    assert refusal_of(DAMAGE[damage](with_words(*HEADER))) == "table:broken_workbook"


def test_a_workbook_under_a_password_or_of_an_older_form_is_refused():
    assert refusal_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "table:locked_workbook"


def test_a_bomb_is_refused_before_it_goes_off():
    assert refusal_of(archive_of(**{SHEET: b"\0" * 32 * 1024 * 1024})) == "table:workbook_too_large"


def test_a_workbook_beyond_the_limits_is_refused(monkeypatch):
    assert refusal_of(sheet_of(["x"] * (workbook.MAXIMUM_COLUMNS + 1))) == "table:workbook_too_large"
    content = sheet_of(HEADER, ["1"], ["2"])
    monkeypatch.setattr(workbook, "MAXIMUM_ROWS", 2)
    assert refusal_of(content) == "table:workbook_too_large"
    monkeypatch.setattr(workbook, "MAXIMUM_ROWS", 3)
    assert len(list(rows_of(content))) == 3
    monkeypatch.setattr(workbook, "MAXIMUM_WORDS_BYTES", 10)
    assert refusal_of(with_words(*HEADER)) == "table:workbook_too_large"


def test_a_row_far_below_does_not_fill_the_gap_for_ever(monkeypatch):
    monkeypatch.setattr(workbook, "MAXIMUM_ROWS", 1_000)
    far = with_part(sheet_of(HEADER), SHEET, lambda part: part.replace(b'<row r="1"', b'<row r="999999999999"'))
    assert refusal_of(far) == "table:workbook_too_large"


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.worksheet._reader")
def test_an_error_in_a_cell_is_nobodys_name():
    assert refusal_of(sheet_of(HEADER, ["1001", "#N/A"])) == "table:error_value"

    def write(book, sheet):
        sheet.write_number(0, 0, 99_999_999, book.add_format({"num_format": "yyyy-mm-dd"}))

    assert refusal_of(written(write)) == "table:error_value"


def test_words_that_only_look_like_an_error_are_words():
    def write(_book, sheet):
        sheet.write_string(0, 0, "#N/A")

    assert list(rows_of(written(write))) == [["#N/A"]]
