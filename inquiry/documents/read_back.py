"""What a finished file says to whoever opens it, line by line, read out of its bytes (ファイルの読み返し).

Source    memo annex STEP2 ⑤ ⅱ; what leaves cannot be called back, so it is read before.
Decides   that everything written is read, what Word hides and what a sheet keeps out of sight included; of an Excel
          date, what its format shows.
Limits    a picture says nothing here, nor does the colour of a letter.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from lxml import etree
from openpyxl import load_workbook

from inquiry.documents.package import parsed, parts_of
from inquiry.domain.locked_file import FileKind
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.wareki import both_calendars, era_text
from inquiry.security.pdf_text import text_of_pdf

Line = tuple[str, ...]

_SAYING: Final = frozenset({"document", "hdr", "ftr", "footnotes", "endnotes", "comments"})
_BESIDE_CELLS: Final = frozenset({"trPr", "tblPrEx"})
_TEXT: Final = frozenset({"t", "delText"})


def read_back(content: bytes, kind: FileKind) -> tuple[Line, ...]:
    """Return the lines of a file that is not locked yet, a row of a table as its cells; empty ones are left out.

    :raises InvalidValue: if the file cannot be read.
    """
    return tuple(line for line in _READERS[kind](content) if any(cell.strip() for cell in line))


def _lines_of_word(content: bytes) -> Iterator[Line]:
    for name, part in sorted(parts_of(content).items(), key=_body_first):
        root = parsed(part) if name.startswith("word/") and name.endswith(".xml") else None
        if root is not None and _name(root) in _SAYING:
            yield from _lines_below(root)


def _body_first(part: tuple[str, bytes]) -> tuple[bool, str]:
    return part[0] != "word/document.xml", part[0]


def _lines_below(parent: etree._Element) -> Iterator[Line]:
    """Yield a line for each paragraph, and one for each row of a table; what stands in a box follows its paragraph."""
    for element in parent:
        match _name(element):
            case "tr":
                yield tuple(_words_in(cell) for cell in element if _name(cell) not in _BESIDE_CELLS)
            case "p":
                yield (_words_in(element),)
            case _:
                yield from _lines_below(element)


def _words_in(element: etree._Element) -> str:
    """Return the text of a paragraph or cell; a break and the end of a paragraph within it part words."""
    pieces = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        name = _name(each)
        if event == "start" and name in _TEXT:
            pieces.append(each.text or "")
        if event == "end" and name in ("p", "br", "cr", "tab"):
            pieces.append(" ")
    return "".join(pieces).strip()


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _lines_of_workbook(content: bytes) -> Iterator[Line]:
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        yield (f"［{sheet.title}］",)
        for row in sheet.iter_rows():
            yield tuple(_shown(cell) for cell in row if cell.value is not None)


def _shown(cell: Any) -> str:
    value = cell.value
    if not isinstance(value, date):
        return str(value)
    if "d" in cell.number_format.lower():
        return both_calendars(value)
    month = PartialDate(value.year, value.month)
    return f"{era_text(month).removesuffix('不詳')}（{value.year}年{value.month}月）"


def _lines_of_pdf(content: bytes) -> Iterator[Line]:
    return ((line.strip(),) for line in text_of_pdf(content).splitlines())


_READERS: Final[Mapping[FileKind, Callable[[bytes], Iterator[Line]]]] = {
    FileKind.WORD: _lines_of_word,
    FileKind.WORKBOOK: _lines_of_workbook,
    FileKind.PDF: _lines_of_pdf,
}
