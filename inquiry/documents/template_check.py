"""What an insurer's Word file may hold before it becomes a template (回答ファイルの様式の検査).

Source    memo annex STEP2 ⑤ ⅱ.
Decides   what is refused: whatever runs, whatever lies outside the file or inside it as another file, whatever Word
          would put in by itself, and fields that are unknown, missing, or out of place.
Not here  the My Number guard over its text: security/guard.py.

Parts and pictures are listed by what is allowed, so that a kind of part nobody has thought of is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from inquiry.documents.package import parsed, parts_of
from inquiry.documents.template_fields import ITEM_FIELDS, KNOWN, NEEDED
from inquiry.documents.word_template import FIELD, TEXT_ROOTS, fields_in, item_rows, text_of_paragraph
from inquiry.domain.errors import InvalidValue
from inquiry.domain.reply import ReplyKind

_OLE2: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ALLOWED_RELATIONS: Final = frozenset((
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles",
    "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer", "footnotes",
    "endnotes", "image", "customXml", "customXmlProps",
))  # fmt: skip
_RUNNING: Final = frozenset(("vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars"))
_EMBEDDED: Final = frozenset(
    ("oleObject", "package", "control", "aFChunk", "subDocument", "frame", "activeXControlBinary")
)
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
# Numbers of pages are all that Word may put in by itself.
_FIELD_CODE: Final = re.compile(r"(\s*(PAGE|NUMPAGES|SECTIONPAGES)\b(\s*\\\*\s*\w+)*\s*)*")
_TRACKED: Final = tuple(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))
_NEAR: Final = 0.5


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a file is no template, and the names of what has to be changed."""

    code: str
    names: tuple[str, ...] = ()


def faults_in(content: bytes, kind: ReplyKind) -> tuple[Fault, ...]:
    """Return everything for which a file cannot be the template of this kind of answer."""
    if content.startswith(_OLE2):
        return (Fault("template:locked_or_old"),)
    try:
        parts = parts_of(content)
        roots = {name: parsed(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    except InvalidValue as error:
        return (Fault(error.code),)
    if not _is_word(roots):
        return (Fault("template:not_word"),)
    return (*_in_relations(roots), *_in_parts(parts), *_in_text(roots), *_in_fields(roots, kind))


def _is_word(roots: Mapping[str, etree._Element]) -> bool:
    types = roots.get("[Content_Types].xml")
    return types is not None and any(each.get("ContentType") == _MAIN for each in types)


def _in_relations(roots: Mapping[str, etree._Element]) -> Iterator[Fault]:
    relations = [each for name, root in roots.items() if name.endswith(".rels") for each in root]
    outside = [each.get("Target", "") for each in relations if each.get("TargetMode") == "External"]
    kinds = {each.get("Type", "").rsplit("/", 1)[-1] for each in relations if each.get("TargetMode") != "External"}
    if outside:
        yield Fault("template:outside_link", tuple(sorted(set(outside))))
    if kinds & _RUNNING:
        yield Fault("template:macro")
    if kinds & _EMBEDDED:
        yield Fault("template:embedded")
    if unknown := kinds - _ALLOWED_RELATIONS - _RUNNING - _EMBEDDED:
        yield Fault("template:unknown_part", tuple(sorted(unknown)))


def _in_parts(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    names = [name for name in parts if not name.endswith((".xml", ".rels"))]
    strange = sorted(name for name in names if not parts[name].startswith(_PICTURES))
    if any("vba" in name.lower() for name in strange):
        yield Fault("template:macro")
    elif strange:
        yield Fault("template:picture_kind", tuple(name.rsplit("/", 1)[-1] for name in strange))


def _in_text(roots: Mapping[str, etree._Element]) -> Iterator[Fault]:
    texts = [root for root in roots.values() if root.tag in TEXT_ROOTS]
    codes = [code for root in texts for code in _field_codes(root)]
    if not all(_FIELD_CODE.fullmatch(code) for code in codes):
        yield Fault("template:field_code")
    if any(next(root.iter(_TRACKED), None) is not None for root in texts):
        yield Fault("template:tracked_change")
    if any(next(root.iter(qn("w:altChunk"), qn("w:object"), qn("w:control")), None) is not None for root in texts):
        yield Fault("template:embedded")


def _field_codes(root: etree._Element) -> Iterator[str]:
    # Word may cut a code into several runs, so those of a part are read in one.
    yield "".join(each.text or "" for each in root.iter(qn("w:instrText")))
    yield from (each.get(qn("w:instr"), "") for each in root.iter(qn("w:fldSimple")))


def _in_fields(roots: Mapping[str, etree._Element], kind: ReplyKind) -> Iterator[Fault]:
    texts = [root for root in roots.values() if root.tag in TEXT_ROOTS]
    fields = {name for root in texts for name in fields_in(root)}
    unknown, missing = fields - set(KNOWN[kind]), set(NEEDED[kind]) - fields
    if any(_has_stray_bracket(paragraph) for root in texts for paragraph in root.iter(qn("w:p"))):
        yield Fault("template:field_open")
    if unknown:
        yield Fault("template:field_unknown", tuple(_with_likeness(name, kind) for name in sorted(unknown)))
    if missing:
        yield Fault("template:field_missing", tuple(f"《{name}》" for name in NEEDED[kind] if name in missing))
    yield from _around_items(texts)


def _has_stray_bracket(paragraph: etree._Element) -> bool:
    rest = FIELD.sub("", text_of_paragraph(paragraph))
    return "《" in rest or "》" in rest


def _with_likeness(name: str, kind: ReplyKind) -> str:
    near = get_close_matches(name.strip(), KNOWN[kind], n=1, cutoff=_NEAR)
    return f"《{name}》（《{near[0]}》ではありませんか）" if near else f"《{name}》"


def _around_items(texts: list[etree._Element]) -> Iterator[Fault]:
    """Find item fields that stand outside a row of their own: nothing would repeat them."""
    rows = [row for root in texts for row in item_rows(root)]
    within = [name for row in rows for name in fields_in(row)]
    everywhere = [name for root in texts for name in fields_in(root) if name in ITEM_FIELDS]
    are_alone = len(rows) == 1 and sorted(within) == sorted(ITEM_FIELDS)
    if everywhere and set(everywhere) == set(ITEM_FIELDS) and not (are_alone and len(everywhere) == len(ITEM_FIELDS)):
        yield Fault("template:item_row")
