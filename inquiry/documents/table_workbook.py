"""A table as an Excel workbook whose cells are all texts (一覧のExcelファイル).

Decides   that the same table gives the same bytes, always, and that what is read back is what was written.
Not here  reading: security/workbook.py. Sheets to reckon with: workbook_file.py.

Texts are texts, so that zeros before a number stay and nothing becomes a formula; cells that are typed in later too.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from inquiry.domain.errors import InvalidValue
from inquiry.domain.table_text import kept_apart

_TEXT: Final = "@"
_LONGEST: Final = 32_767  # what a cell holds; the library would cut the rest off in silence
_NARROWEST, _WIDEST = 10, 40
_STILL: Final = datetime.combine(date(1980, 1, 1), time())  # the first moment that an archive can name


def write_table_workbook(name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet with this name; `domain.table_text.from_records` reads its cells as they were.

    :raises InvalidValue: if a cell is longer than a workbook's may be, or holds a character that none may hold.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    style = _style(book)
    try:
        for number, cells in enumerate([columns, *rows], start=1):
            _write_row(sheet, number, cells, style=style)
    except IllegalCharacterError:
        raise InvalidValue("table:unwritable") from None
    _lay_out(sheet, columns, rows)
    properties = book.properties
    properties.title, properties.creator, properties.language = name, "", "ja-JP"
    properties.created = properties.modified = _STILL
    return _saved(book)


def _style(book: Workbook) -> str:
    """Add the one style of every cell: told to each by itself, it would take most of the time."""
    style = NamedStyle("文字列", number_format=_TEXT, alignment=Alignment(vertical="top", wrap_text=True))
    book.add_named_style(style)
    return str(style.name)


def _write_row(sheet: Worksheet, number: int, cells: Sequence[str], *, style: str) -> None:
    for place, text in enumerate(cells, start=1):
        if len(text) >= _LONGEST:
            raise InvalidValue("table:unwritable")
        cell = sheet.cell(number, place)
        if text:
            cell.value, cell.data_type = kept_apart(text), "s"
        cell.style = style


def _lay_out(sheet: Worksheet, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for place, column in enumerate(columns):
        sheet.cell(1, place + 1).font = Font(bold=True)
        dimension = sheet.column_dimensions[get_column_letter(place + 1)]
        longest = max((_width(row[place]) for row in rows), default=0)
        dimension.width = min(max(_NARROWEST, longest, _width(column)) + 2, _WIDEST)
        dimension.number_format = _TEXT
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _width(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)


def _saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    ExcelWriter(book, _StillArchive(target, "w", zipfile.ZIP_DEFLATED)).save()
    return target.getvalue()


class _StillArchive(zipfile.ZipFile):
    """An archive that does not tell when it was written."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_compression: Any) -> None:
        member = zipfile.ZipInfo(zinfo_or_arcname, _STILL.timetuple()[:6])
        super().writestr(member, data, zipfile.ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_compression: Any) -> None:
        self.writestr(arcname, Path(filename).read_bytes())
