"""The first visible sheet of an Excel workbook, row by row, as text (Excelファイルの読み取り).

Decides   how much of a workbook is read at all, and which text stands for a date, a number or a truth value.
Not here  what a column means: domain/table_text.py and its callers, who run the My Number guard over the cells.

A workbook is a stranger's archive: it is measured before anything is unpacked, no formula is worked out, and nothing
outside it is opened. Cells are read as they were last saved. A number shows the zeros before it that its format shows,
since 記号 007 is not 記号 7; a serial number that no format calls a date stays a number, and nobody guesses.
"""

import io
import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain
from typing import Any, BinaryIO, Final

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from inquiry.domain.errors import InvalidValue
from inquiry.security.extraction import MAXIMUM_MEMBERS, MAXIMUM_RATIO

MAXIMUM_ROWS: Final = 1_000_000
MAXIMUM_COLUMNS: Final = 256
MAXIMUM_BYTES: Final = 1024 * 1024 * 1024
# Held in memory as a whole; the sheet itself is read in passing.
MAXIMUM_WORDS_BYTES: Final = 256 * 1024 * 1024
_RATIO_COUNTS_FROM_BYTES: Final = 1024 * 1024

_ZIP: Final = b"PK\x03\x04"
_OLE2: Final = b"\xd0\xcf\x11\xe0"  # a workbook under a password, or from before 2007
_WORDS: Final = "sharedstrings.xml"
_ZEROS: Final = re.compile("0+")
_MIDNIGHT: Final = time()
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, LookupError, ValueError, TypeError,
    AttributeError, SyntaxError, RuntimeError,
)  # fmt: skip

# What openpyxl leaves out of a workbook is no part of its cells, and its words about it would carry them into a log.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")


def is_workbook(beginning: bytes) -> bool:
    """Say whether a file begins like a workbook of any kind; no text does."""
    return beginning.startswith((_ZIP, _OLE2))


def rows_of(source: bytes | BinaryIO) -> Iterator[list[str]]:
    """Yield the rows of the first visible sheet, empty ones too, each at least as wide as the first.

    Dates are ISO, whole numbers have no fraction, truth values are 1 and 0, what is empty is "". A further visible
    sheet that begins as the first does is the rest of one table, and the whole is refused: nobody would miss the half.

    :raises InvalidValue: ``table:locked_workbook`` if it cannot be opened without a password or a newer form,
        ``table:broken_workbook`` if it is none, ``table:workbook_too_large`` beyond the limits,
        ``table:further_sheet`` for a table in two sheets, and ``table:error_value`` at a cell that holds an error.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    with _damage_named():
        _check(stream)
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            first, *others = _visible(book.worksheets)
            rows = _even(_cells_of(first))
            header = next(rows, None)
            if header is None:
                return
            if any(_begins_with(sheet, header) for sheet in others):
                raise InvalidValue("table:further_sheet")
            yield from chain([header], rows)
        finally:
            book.close()


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except InvalidValue:
        raise
    except _DAMAGE as error:
        raise InvalidValue("table:broken_workbook") from error


def _check(stream: BinaryIO) -> None:
    """Measure the archive by the sizes it declares: zipfile reads no byte more than that."""
    stream.seek(0)
    if stream.read(len(_OLE2)) == _OLE2:
        raise InvalidValue("table:locked_workbook")
    with zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
    if any(member.flag_bits & 0x1 for member in members):
        raise InvalidValue("table:locked_workbook")
    is_too_large = len(members) > MAXIMUM_MEMBERS or sum(member.file_size for member in members) > MAXIMUM_BYTES
    if is_too_large or any(map(_is_too_large, members)):
        raise InvalidValue("table:workbook_too_large")


def _is_too_large(member: zipfile.ZipInfo) -> bool:
    if member.filename.lower().endswith(_WORDS) and member.file_size > MAXIMUM_WORDS_BYTES:
        return True
    return member.file_size > max(_RATIO_COUNTS_FROM_BYTES, member.compress_size * MAXIMUM_RATIO)


def _visible(sheets: Iterable[Any]) -> list[Any]:
    visible = [sheet for sheet in sheets if isinstance(sheet, ReadOnlyWorksheet) and sheet.sheet_state == "visible"]
    for sheet in visible:
        # What a sheet says about its own size may be wrong, and would be filled with empty cells.
        sheet.reset_dimensions()
    if not visible:
        raise InvalidValue("table:broken_workbook")
    return visible


def _begins_with(sheet: Any, header: list[str]) -> bool:
    texts = [str(cell.value or "").strip() for row in sheet.iter_rows(max_row=1) for cell in row[:MAXIMUM_COLUMNS]]
    wanted = [name.strip() for name in header]
    return any(wanted) and texts[: len(wanted)] == wanted


def _cells_of(sheet: Any) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > MAXIMUM_ROWS or len(row) > MAXIMUM_COLUMNS:
            raise InvalidValue("table:workbook_too_large")
        yield [_text_of(cell) for cell in row]


def _even(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Give rows the width of the first: a sheet ends each row where its last cell is, written in or only formatted."""
    width = 0
    for row in rows:
        while row and not row[-1] and (len(row) > width or not width):
            row.pop()
        width = width or len(row)
        yield row + [""] * (width - len(row))


def _text_of(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            raise InvalidValue("table:error_value")
        return value
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return _moment(value) if isinstance(value, date) else str(value)


def _number(value: float, number_format: str) -> str:
    if not float(value).is_integer():
        return repr(value)
    width = len(number_format) if _ZEROS.fullmatch(number_format) else 0
    return f"{int(value):0{width}d}"


def _moment(value: date) -> str:
    if isinstance(value, datetime) and value.time() == _MIDNIGHT:
        return value.date().isoformat()
    return value.isoformat()
