"""Read the text of an office file out of its XML parts: Word, Excel, PowerPoint, OpenDocument.

Decides   which pieces of text stand together (runs of one word) and which are separated (cells, lines).
Not here  opening the archive: security/extraction.py.

Word may cut a number into several runs, and Excel keeps the words of its cells in another part than the cells; read
piece by piece, neither would show the number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from inquiry.domain.errors import InvalidValue

APART = "\n;\n"  # keeps the digits on its two sides from being read as one row

_INLINE = frozenset(("t", "delText", "instrText", "span", "a", "r"))
_LINES = frozenset(("p", "h", "tab", "br", "cr", "line-break", "s", "si", "tc", "tr", "table-cell", "table-row"))
_POSITIONS = frozenset(("posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset"))
_BESIDE = frozenset(("Properties", "coreProperties", "document-meta", "document-settings"))
_SPOKEN_ATTRIBUTES = frozenset(("descr", "title", "name", "Target", "tooltip", "prompt", "promptTitle", "string-value"))
_FLOAT = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class OfficeText:
    """The text a reader sees, and what stands beside it: attributes, formulas, unused words of a workbook."""

    body: str
    margin: str


def text_of_office(parts: Iterable[bytes]) -> OfficeText:
    """Return the text of all the XML parts of one file.

    :raises InvalidValue: ``guard:unscannable`` if a part is no well-formed XML, or defines entities of its own.
    """
    roots = [_parsed(part) for part in parts if part.strip()]
    words = [_text_below(item) for root in roots if _name(root) == "sst" for item in root]
    bodies: list[str] = []
    margin = list(words)
    for root in roots:
        margin += _attributes_of(root)
        if _name(root) == "worksheet":
            bodies.append(_text_of_sheet(root, words))
            margin += [formula.text or "" for formula in _named(root, "f")]
            _remove(_named(root, "sheetData"))
        if _name(root) != "sst":
            (margin if _name(root) in _BESIDE else bodies).append(_text_below(root))
    return OfficeText(APART.join(filter(str.strip, bodies)), APART.join(margin))


def _parsed(part: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidValue("guard:unscannable") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InvalidValue("guard:unscannable")
    return root


def _name(element: etree._Element) -> str:
    return _local(str(element.tag))


def _local(name: str) -> str:
    """Return a name without its namespace; lxml's own way takes ten times as long, and a file has many thousands."""
    return name.rpartition("}")[2]


def _named(root: etree._Element, name: str) -> list[etree._Element]:
    return list(root.iter(f"{{*}}{name}"))


def _remove(elements: Iterable[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _text_below(root: etree._Element) -> str:
    return "".join(_pieces(root))


def _pieces(root: etree._Element) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = _name(element)
        text = element.text or ""
        has_text = bool(text.strip()) and name not in _POSITIONS
        if event == "start" and (has_text or name == "t"):
            yield text
        if event == "end":
            if name in _LINES:
                yield "\n"
            elif has_text and name not in _INLINE:
                yield APART
            if element is not root and (element.tail or "").strip():
                yield element.tail or ""


def _text_of_sheet(sheet: etree._Element, words: Sequence[str]) -> str:
    rows = ("\t".join(_text_of_cell(cell, words) for cell in row if _name(cell) == "c") for row in _named(sheet, "row"))
    return "\n".join(rows)


def _text_of_cell(cell: etree._Element, words: Sequence[str]) -> str:
    value = "".join(child.text or "" for child in cell if _name(child) == "v").strip()
    kind = cell.get("t", "n")
    if kind == "s":
        return words[int(value)] if value.isdecimal() and int(value) < len(words) else ""
    if kind == "inlineStr":
        return "".join(_text_below(child) for child in cell if _name(child) == "is")
    return _plain_number(value) if kind == "n" else value


def _plain_number(value: str) -> str:
    """Write a number as the sheet shows it: no exponent, and a fraction short enough not to pass for an identifier."""
    if not _FLOAT.fullmatch(value):
        return value
    number = float(value)
    return f"{number:.0f}" if number.is_integer() else f"{number:.4f}"


def _attributes_of(root: etree._Element) -> list[str]:
    return [
        str(value)
        for element in root.iter("*")
        for name, value in element.attrib.items()
        if _local(str(name)) in _SPOKEN_ATTRIBUTES
    ]
