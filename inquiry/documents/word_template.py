"""An insurer's own Word file with fields, filled in (回答ファイルの様式への差込み).

Source    memo annex STEP2 ⑤ ⅱ.
Decides   where a field is found, also when Word has cut it into several runs; that a line or row all of whose fields
          are empty is left out; that the row of the items is repeated for each.
Not here  which fields there are: documents/template_fields.py. What a template may hold: documents/template_check.py.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from inquiry.documents.letter import Letter
from inquiry.documents.package import packed, parsed, parts_of, written
from inquiry.documents.template_fields import ITEM_FIELDS, item_values, values_of
from inquiry.domain.errors import InvalidValue

FIELD: Final = re.compile("《([^《》]*)》")
TEXT_ROOTS: Final = frozenset(qn(f"w:{name}") for name in ("document", "hdr", "ftr", "footnotes", "endnotes"))
_P, _T, _R, _TR, _TC, _BR = (qn(f"w:{name}") for name in ("p", "t", "r", "tr", "tc", "br"))
_SECTION: Final = f"{qn('w:pPr')}/{qn('w:sectPr')}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_PROPERTIES: Final = "docProps/"
_CORE: Final = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
)
_APP: Final = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'


def fill(template: bytes, letter: Letter) -> bytes:
    """Return the template with the letter in it, a Word file without a password.

    :raises InvalidValue: if a text holds a character that no XML file may hold.
    """
    parts = parts_of(template)
    return packed({name: _filled(name, part, letter) for name, part in parts.items()})


def _filled(name: str, part: bytes, letter: Letter) -> bytes:
    if name.startswith(_PROPERTIES):
        return _neutral(name, part, letter.number)
    if not is_text_part(name, part):
        return part
    root = parsed(part)
    try:
        # Found first and filled in last, so that what is told is never read as a field itself.
        rows = item_rows(root)
        _fill_rows(root, values_of(letter))
        _repeat(rows, letter)
    except ValueError:
        # The library's message quotes the text, which may be a name.
        raise InvalidValue("letter:unwritable_character") from None
    return written(root)


def is_text_part(name: str, part: bytes) -> bool:
    """Say whether this part holds text that is read on the pages."""
    return name.endswith(".xml") and name.startswith("word/") and parsed(part).tag in TEXT_ROOTS


def _neutral(name: str, part: bytes, number: str) -> bytes:
    # Only the number of the letter: properties are read without opening the file's text.
    if name == "docProps/core.xml":
        return _CORE.format(number.translate({ord(each): None for each in "<>&"})).encode()
    return _APP.encode() if name == "docProps/app.xml" else part


def fields_in(root: etree._Element) -> Iterator[str]:
    """Yield the names of the fields of a part, one for each time it stands there."""
    for paragraph in root.iter(_P):
        yield from FIELD.findall(text_of_paragraph(paragraph))


def text_of_paragraph(paragraph: etree._Element) -> str:
    """Return the text of one paragraph, its runs put together; that of a text box inside is a paragraph's own."""
    return "".join(piece.text or "" for piece in _pieces(paragraph))


def item_rows(root: etree._Element) -> list[etree._Element]:
    """Return the rows of tables in which a field of the items stands."""
    rows = (row for row in root.iter(_TR) if not any(each is not row for each in row.iter(_TR)))
    return [row for row in rows if set(ITEM_FIELDS) & set(fields_in(row))]


def _pieces(paragraph: etree._Element) -> list[etree._Element]:
    return [piece for piece in paragraph.iter(_T) if next(piece.iterancestors(_P)) is paragraph]


def _repeat(rows: Iterable[etree._Element], letter: Letter) -> None:
    for row in rows:
        for item in letter.items:
            another = copy.deepcopy(row)
            _fill_paragraphs(another.iter(_P), item_values(item))
            row.addprevious(another)
        row.getparent().remove(row)


def _fill_rows(root: etree._Element, values: Mapping[str, str]) -> None:
    for row in list(root.iter(_TR)):
        if _is_empty(list(fields_in(row)), values):
            row.getparent().remove(row)
    for paragraph in list(root.iter(_P)):
        if _is_empty(FIELD.findall(text_of_paragraph(paragraph)), values):
            _leave_out(paragraph)
    _fill_paragraphs(root.iter(_P), values)


def _is_empty(fields: list[str], values: Mapping[str, str]) -> bool:
    known = [values[name] for name in fields if name in values]
    return bool(known) and not any(known)


def _leave_out(paragraph: etree._Element) -> None:
    """Take a paragraph away, or only its text where a cell or a section needs one."""
    parent = paragraph.getparent()
    is_needed = parent.tag == _TC and len(parent.findall(_P)) == 1
    if is_needed or paragraph.find(_SECTION) is not None:
        for piece in _pieces(paragraph):
            piece.text = ""
        return
    parent.remove(paragraph)


def _fill_paragraphs(paragraphs: Iterable[etree._Element], values: Mapping[str, str]) -> None:
    for paragraph in list(paragraphs):
        # The last first, so that the places of those before it still hold.
        for found in reversed(list(FIELD.finditer(text_of_paragraph(paragraph)))):
            if found[1] in values:
                _replace(_pieces(paragraph), found.span(), values[found[1]])
        for piece in _pieces(paragraph):
            _break_lines(piece)


def _replace(pieces: list[etree._Element], span: tuple[int, int], text: str) -> None:
    """Put a text in place of a span that may run over several pieces; the first of them gives it its look."""
    start, end = span
    begins = 0
    for piece in pieces:
        old = piece.text or ""
        ends = begins + len(old)
        if ends > start and begins < end:
            inserted = text if begins <= start else ""
            piece.text = old[: max(0, start - begins)] + inserted + old[max(0, end - begins) :]
            piece.set(_SPACE, "preserve")
        begins = ends


def _break_lines(piece: etree._Element) -> None:
    lines = (piece.text or "").splitlines()
    if len(lines) < 2:
        return
    piece.text = lines[0]
    after = piece
    for line in lines[1:]:
        for tag, text in ((_BR, None), (_T, line)):
            element = etree.Element(tag)
            element.text = text
            after.addnext(element)
            after = element
