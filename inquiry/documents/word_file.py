"""The same words as a Word file, to be locked with a password (Wordファイルによる回答).

Source    memo annex STEP2 ⑤ ⅱ.
Decides   how headings, paragraphs, lists and tables of the ``file`` layout look in Word; A4, Japanese typefaces.
Not here  sentences: templates/letters/. The password: documents/office_encryption.py.

No face is chosen for rare characters, unlike on paper: the reader's own machine draws the text.
"""

import io
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml import etree

from inquiry.documents.layout import elements_of, text_of
from inquiry.documents.letter import Letter
from inquiry.documents.wording import Wording

_MINCHO, _GOTHIC = "MS Mincho", "MS Gothic"  # present wherever Word is
_ALIGNMENTS = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}
_WIDTHS = (Mm(55), Mm(110))
# Half of the library's own template: its styles once more for Word 2010, and a picture of an empty page.
_LEFTOVERS = ("/stylesWithEffects", "/metadata/thumbnail")
_STYLES = (("Normal", _MINCHO, 10.5), ("Heading 1", _GOTHIC, 14), ("Heading 2", _GOTHIC, 10.5))


def write_docx(letter: Letter, wording: Wording) -> bytes:
    """Return the letter as a Word file without a password; it must not leave before it is locked.

    :raises InvalidValue: if a text holds a character that no XML file may hold.
    """
    document = Document()
    _drop_leftovers(document)
    _prepare(document, letter)
    for element in elements_of(wording.of(letter, "file")):
        _WRITERS[element.tag](document, element)
    _keep_the_end_together(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _drop_leftovers(document: WordDocument) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(_LEFTOVERS)]:
            del relations[name]


def _prepare(document: WordDocument, letter: Letter) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(25), Mm(20), Mm(20), Mm(20)
    for name, typeface, size in _STYLES:
        _set_style(document, name, typeface, size=size)
    language = document.styles.element.find(".//" + qn("w:lang"))
    language.set(qn("w:val"), "ja-JP")
    language.set(qn("w:eastAsia"), "ja-JP")
    _number_pages(document)
    # Only the number of the letter: properties are read without opening the file's text.
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = letter.number, "", "", "ja-JP"
    properties.created = properties.modified = datetime.combine(letter.dated_on, time())


def _set_style(document: WordDocument, name: str, typeface: str, *, size: float) -> None:
    style = document.styles[name]
    style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    style.font.bold = False
    style.paragraph_format.space_after = Pt(3)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the template's theme fonts would win
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), typeface)


def _number_pages(document: WordDocument) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(footer, "PAGE")
    footer.add_run(" / ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    _xml_of(paragraph).append(field)


def _write_paragraph(document: WordDocument, element: etree._Element) -> None:
    paragraph = document.add_paragraph(text_of(element))
    if alignment := _ALIGNMENTS.get(element.get("class", "")):
        paragraph.alignment = alignment


def _write_title(document: WordDocument, element: etree._Element) -> None:
    document.add_heading(text_of(element), 1).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _write_heading(document: WordDocument, element: etree._Element) -> None:
    document.add_heading(text_of(element), 2)


def _write_list(document: WordDocument, element: etree._Element) -> None:
    for line in element.iterfind("li"):
        document.add_paragraph(text_of(line), "List Number")


def _write_table(document: WordDocument, element: etree._Element) -> None:
    document.add_heading(text_of(element.find("caption")), 2)
    table = document.add_table(0, len(_WIDTHS), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for row in element.iterfind(".//tr"):
        written = table.add_row()
        # A row stays on one page, and the head of the table stands on every page.
        _mark(written, "w:cantSplit")
        if row.getparent().tag == "thead":
            _mark(written, "w:tblHeader")
        for cell, source, width in zip(written.cells, row, _WIDTHS, strict=True):
            _fill(cell, source, width=width)


def _fill(cell: _Cell, source: etree._Element, *, width: Mm) -> None:
    cell.width = width
    cell.text = text_of(source)
    if source.tag == "th":
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "F1F1EE")
        _xml_of(cell).get_or_add_tcPr().append(shade)


def _mark(row: _Row, name: str) -> None:
    _xml_of(row).get_or_add_trPr().append(OxmlElement(name))


def _keep_the_end_together(document: WordDocument) -> None:
    """Let the closing 以上 never stand on a page of its own: what comes before it goes over with it."""
    *_, before, _closing = document.iter_inner_content()
    paragraphs = [before] if isinstance(before, Paragraph) else [cell.paragraphs[-1] for cell in before.rows[-1].cells]
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _xml_of(part: Paragraph | _Row | _Cell) -> Any:
    """Return the element behind a part: python-docx can add no field, no shade and no row property itself."""
    return part._element  # noqa: SLF001  # the only way to it


_WRITERS: dict[str, Callable[[WordDocument, etree._Element], None]] = {
    "h1": _write_title,
    "h2": _write_heading,
    "p": _write_paragraph,
    "ol": _write_list,
    "table": _write_table,
}
