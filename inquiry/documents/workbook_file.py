"""The same words as an Excel workbook, with benefits as tables to reckon with (Excelファイルによる回答).

Source    memo annex STEP2 ⑤ ⅱ; the kind of file is this product's addition.
Decides   how the ``file`` layout looks on a sheet, and that dates and amounts are dates and numbers there.
Not here  sentences: templates/letters/. How a line of benefits is read: domain/benefit.py. The password:
          documents/office_encryption.py.

Whatever comes from outside is written as text, so that nothing becomes a formula on the reader's machine.
"""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from lxml import etree
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from inquiry.documents.layout import elements_of, text_of
from inquiry.documents.letter import Item, Letter
from inquiry.documents.wording import Wording
from inquiry.domain import item as catalogue
from inquiry.domain.benefit import Cell, rows_of, typed
from inquiry.domain.errors import InvalidValue
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.wareki import both_calendars

_LETTER_SHEET: Final = "回答書"
_WIDTHS: Final = (34, 60)
_BENEFIT_WIDTH: Final = 24
_LINE_POINTS: Final = 15
_WIDE_CHARACTERS: Final = sum(_WIDTHS) // 2 - 2
_REST: Final = "備考"
_ALIGNMENTS: Final = {"right": "right", "centre": "center"}
_FACE, _TITLE = Font(name="MS Gothic", size=10.5), Font(name="MS Gothic", size=14)
_LINE = Side(style="thin", color="555555")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", fgColor="F1F1EE")
_AMOUNT_FORMAT: Final = '#,##0"円"'
_DAY_FORMAT: Final = '[$-411]ggge"年"m"月"d"日"'
_FIRST_YEAR: Final = 1901  # before it a workbook counts days that never were
_MONTH_FORMAT: Final = '[$-411]ggge"年"m"月"'


def write_xlsx(letter: Letter, wording: Wording) -> bytes:
    """Return the letter as a workbook without a password; it must not leave before it is locked.

    :raises InvalidValue: if a text holds a character that no workbook may hold.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    try:
        _write_letter(sheet, letter, elements_of(wording.of(letter, "file")))
        for number, told in enumerate(filter(_is_table, letter.items), start=1):
            _write_benefits(book.create_sheet(f"給付{number}"), told, name=f"Benefits{number}")
    except IllegalCharacterError:
        raise InvalidValue("letter:unwritable_character") from None
    _name(book, letter)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _name(book: Workbook, letter: Letter) -> None:
    # Only the number of the letter: properties are read without opening the file's text.
    properties = book.properties
    properties.title, properties.creator, properties.language = letter.number, "", "ja-JP"
    properties.created = properties.modified = datetime.combine(letter.dated_on, time())


def _is_table(told: Item) -> bool:
    return bool(told.code and catalogue.item(told.code).columns)


def _write_letter(sheet: Worksheet, letter: Letter, elements: Sequence[etree._Element]) -> None:
    sheet.title = _LETTER_SHEET
    _lay_out(sheet, _WIDTHS)
    for element in elements:
        if element.get("class") == "items":
            _write_items(sheet, letter.items, caption=text_of(element.find("caption")))
        else:
            _WRITERS[element.tag](sheet, element)


def _lay_out(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.page_setup.orientation = sheet.ORIENTATION_PORTRAIT if len(widths) == len(_WIDTHS) else "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P / &N"


def _write_line(sheet: Worksheet, text: str, *, font: Font = _FACE, align: str = "left") -> None:
    row = _next_row(sheet)
    _put(sheet, row, 1, text).font = font
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
    sheet.cell(row, 1).alignment = Alignment(horizontal=align, vertical="top", wrap_text=True)
    # Merged cells do not grow with their text.
    lines = sum(-(-len(line) // _WIDE_CHARACTERS) or 1 for line in text.splitlines()) or 1
    sheet.row_dimensions[row].height = lines * _LINE_POINTS * (1.4 if font is _TITLE else 1)


def _write_paragraph(sheet: Worksheet, element: etree._Element) -> None:
    _write_line(sheet, text_of(element), align=_ALIGNMENTS.get(element.get("class", ""), "left"))


def _write_title(sheet: Worksheet, element: etree._Element) -> None:
    _write_line(sheet, text_of(element), font=_TITLE, align="center")


def _write_list(sheet: Worksheet, element: etree._Element) -> None:
    for number, line in enumerate(element.iterfind("li"), start=1):
        _write_line(sheet, f"{number}　{text_of(line)}")


def _write_table(sheet: Worksheet, element: etree._Element) -> None:
    _write_line(sheet, text_of(element.find("caption")))
    for row in element.iterfind(".//tr"):
        _write_row(sheet, [text_of(cell) for cell in row])


def _write_items(sheet: Worksheet, items: Sequence[Item], *, caption: str) -> None:
    _write_line(sheet, caption)
    _write_row(sheet, ["照会のありました事項", "回答"])
    for told in items:
        _write_row(sheet, [told.label, _value_of(told)])


def _value_of(told: Item) -> Cell:
    if isinstance(told.value, date):
        return PartialDate.of(told.value)
    if _is_table(told):
        return f"次のシートのとおり（{len(told.value.splitlines())}件）"
    return typed(told.value, catalogue.item(told.code).kind) if told.code and told.value else told.value or "―"


def _write_row(sheet: Worksheet, cells: Sequence[Cell]) -> None:
    row = _next_row(sheet)
    for column, value in enumerate(cells, start=1):
        cell = _put(sheet, row, column, value)
        cell.border, cell.alignment = _FRAME, Alignment(horizontal="left", vertical="top", wrap_text=True)
    sheet.cell(row, 1).fill = _SHADE


def _next_row(sheet: Worksheet) -> int:
    return sheet.max_row + 1 if sheet.cell(1, 1).value is not None else 1


def _write_benefits(sheet: Worksheet, told: Item, *, name: str) -> None:
    columns = catalogue.item(told.code).columns
    titles = [*(column.name for column in columns), _REST]
    _lay_out(sheet, [_BENEFIT_WIDTH] * len(titles))
    _put(sheet, 1, 1, told.label).font = _TITLE
    rows = [titles, *rows_of(columns, str(told.value))]
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            _put(sheet, number, column, value).alignment = Alignment(vertical="top", wrap_text=True)
    table = Table(displayName=name, ref=f"A2:{get_column_letter(len(titles))}{len(rows) + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"


def _put(sheet: Worksheet, row: int, column: int, value: Cell) -> Any:
    cell = sheet.cell(row, column)
    cell.font = _FACE
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
        return cell
    if isinstance(value, int):
        cell.value, cell.number_format = value, _AMOUNT_FORMAT
        return cell
    return _put_date(cell, value)


def _put_date(cell: Any, value: PartialDate) -> Any:
    if value.month is None or value.year < _FIRST_YEAR:
        cell.value = both_calendars(value)
        return cell
    cell.value = date(value.year, value.month, value.day or 1)
    cell.number_format = _DAY_FORMAT if value.day else _MONTH_FORMAT
    return cell


_WRITERS: dict[str, Callable[[Worksheet, etree._Element], None]] = {
    "h1": _write_title,
    "h2": _write_paragraph,
    "p": _write_paragraph,
    "ol": _write_list,
    "table": _write_table,
}
