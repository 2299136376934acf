"""The empty table of many inquiries as a workbook, with the words its cells may hold (一括照会の様式)."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_TEXT = "@"
_WIDTH = 18
_ROWS_PREPARED = 200


def filing_template(columns: Sequence[str], words: Mapping[str, Sequence[str]]) -> bytes:
    """Return a workbook: the table on its first sheet, every cell as text, and the words of each column on the second.

    Cells are text, so that a spreadsheet program leaves the zeros before a number and the way a date is written.
    """
    book = Workbook()
    table = book.worksheets[0]
    table.title = "一括照会"
    table.append(list(columns))
    table.freeze_panes = "A2"
    for place in range(1, len(columns) + 1):
        table.column_dimensions[get_column_letter(place)].width = _WIDTH
        table.cell(1, place).font = Font(bold=True)
        for line in range(2, _ROWS_PREPARED + 2):
            table.cell(line, place).number_format = _TEXT
    described = book.create_sheet("書き方")
    for column, allowed in words.items():
        described.append([column, *allowed])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
