"""Take the text out of a file so that the My Number guard can read it (添付ファイルの走査).

Decides   which kinds of file can be read at all, and how much of an archive is read.
Not here  XML inside office files: security/office_text.py. PDF: security/pdf_text.py.

Read are plain text and CSV (UTF-8, UTF-16 with its mark, CP932, ISO-2022-JP), HTML and XML, the office files of
Microsoft since 2007 and of OpenDocument, PDF with text, and ZIP archives of these. Whatever hides its text is
unscannable: encrypted files, older office files, pictures and scans, RTF, mail files, other archives. Unscannable is a
refusal, never a pass.
"""

import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass

from inquiry.domain.errors import InvalidValue
from inquiry.security.office_text import APART, text_of_office
from inquiry.security.pdf_text import text_of_pdf

MAXIMUM_DEPTH = 3
MAXIMUM_MEMBERS = 2_000
MAXIMUM_BYTES = 64 * 1024 * 1024
MAXIMUM_RATIO = 200
# Small members compress that well without harm: an empty sheet, a theme.
_RATIO_COUNTS_FROM_BYTES = 1024 * 1024

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = b"\xd0\xcf\x11\xe0"  # encrypted office files, and those before 2007
_OPAQUE = (_OLE2, b"{\\rtf")
_PDF = b"%PDF"
_OPAQUE_NAMES = (".eml", ".msg", ".mht", ".mhtml")
_MARKUP_NAMES = (".xml", ".html", ".htm", ".xhtml", ".svg", ".rels", ".vml")
_PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svm")
_SILENT_NAMES = (".odttf", ".ttf", ".fntdata", ".rdf")
_SILENT_PARTS = ("mimetype", "docProps/thumbnail.jpeg", "Thumbnails/thumbnail.png")
_OFFICE_MARKS = ("[Content_Types].xml", "META-INF/manifest.xml")
_TAG = re.compile(r"<[^<>]*>")
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)

_Parts = list[tuple[str, bytes]]


@dataclass
class _Budget:
    """What may still be read out of one file and everything packed in it."""

    size_bytes: int = MAXIMUM_BYTES
    members: int = MAXIMUM_MEMBERS

    def spend(self, member: zipfile.ZipInfo) -> None:
        """Count one member, by the size it declares: zipfile reads no byte more than that."""
        self.members -= 1
        self.size_bytes -= member.file_size
        is_encrypted = bool(member.flag_bits & 0x1)
        is_bomb = member.file_size > max(_RATIO_COUNTS_FROM_BYTES, member.compress_size * MAXIMUM_RATIO)
        if is_encrypted or is_bomb or self.members < 0 or self.size_bytes < 0:
            raise _unscannable()


def text_of(name: str, content: bytes) -> str:
    """Return all text of a file; of an archive, that of every member, and their names.

    Pieces of one word that the format keeps apart stand together again; cells and lines are separated.

    :raises InvalidValue: ``guard:unscannable`` if the file is encrypted, damaged, of a kind that cannot be read, or
        beyond the limits when unpacked.
    """
    return _text_of(name, content, budget=_Budget(), depth=0)


def _text_of(name: str, content: bytes, *, budget: _Budget, depth: int) -> str:
    if content.startswith(_ZIP):
        return _text_of_archive(content, budget, depth=depth + 1)
    if content.startswith(_PDF):
        return text_of_pdf(content)
    if content.startswith(_OPAQUE) or name.lower().endswith(_OPAQUE_NAMES):
        raise _unscannable()
    text = _decoded(content)
    if name.lower().endswith(_MARKUP_NAMES):
        return text + APART + _TAG.sub("", text)
    return text


def _text_of_archive(content: bytes, budget: _Budget, *, depth: int) -> str:
    if depth > MAXIMUM_DEPTH:
        raise _unscannable()
    parts = _members_of(content, budget)
    names = [name for name, _ in parts]
    if any(mark in names for mark in _OFFICE_MARKS):
        texts = _texts_of_office(parts, budget, depth=depth)
    else:
        texts = [_text_of(name, part, budget=budget, depth=depth) for name, part in parts]
    return APART.join([*names, *texts])


def _texts_of_office(parts: _Parts, budget: _Budget, *, depth: int) -> list[str]:
    """Read the markup as one document and every other part by itself; a document of pictures alone is unscannable."""
    markup = [part for name, part in parts if _is_markup(name)]
    others = [(name, part) for name, part in parts if not (_is_markup(name) or _is_silent(name))]
    pictures = [name for name, _ in others if name.lower().endswith(_PICTURE_NAMES)]
    text = text_of_office(markup)
    if pictures and not text.body:
        raise _unscannable()
    packed = [_text_of(name, part, budget=budget, depth=depth) for name, part in others if name not in pictures]
    return [text.body, text.margin, *packed]


def _is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _is_silent(name: str) -> bool:
    # Excel keeps the settings of the printer beside every sheet, in a binary form that holds no text of the sheet.
    return name.lower().endswith(_SILENT_NAMES) or "printersettings" in name.lower() or name in _SILENT_PARTS


def _members_of(content: bytes, budget: _Budget) -> _Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            for member in members:
                budget.spend(member)
            return [(member.filename, archive.read(member)) for member in members]
    except InvalidValue:
        raise
    except _DAMAGE as error:
        raise _unscannable() from error


def _decoded(content: bytes) -> str:
    for encoding in _encodings_of(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _unscannable()


def _encodings_of(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\x1b$" in content:
        return ("iso2022_jp_ext",)
    return ("utf-8-sig", "cp932")


def _unscannable() -> InvalidValue:
    return InvalidValue("guard:unscannable")
