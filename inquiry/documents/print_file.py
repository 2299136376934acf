"""Many letters as one file for the printer (印刷用ファイル).

Decides   that the pages are those of the letters as they were sealed: nothing is laid out anew.
Limits    seals, tags and links stay with the single files; a printer needs none of them.

What makes a letter large is its fonts. Here each is embedded once for all letters, with its widths and its meaning in
text: documents/shared_font.py. A font of another kind than TrueType goes along as it is: that is the face for forms
of the Adobe-Japan1 collection, which makes a letter three times as large.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from inquiry.documents.shared_font import SharedFont, Subset, read_subset

_MEANING: Final = re.compile(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", re.MULTILINE)
_AT_ONCE: Final = 100  # as many lines a block of a character map may have
_GROUP: Final = "/SharedFont"


@dataclass(slots=True)
class _Shared:
    """A font with what every letter knew of its glyphs: how wide they are, and which text they stand for."""

    font: SharedFont
    widths: dict[int, Object] = field(default_factory=dict)
    meanings: dict[str, str] = field(default_factory=dict)

    def takes(self, subset: Subset, widths: dict[int, Object]) -> bool:
        """Take over a subset with its widths if nothing in it contradicts what is there."""
        is_as_wide = all(self.widths.get(number, width) == width for number, width in widths.items())
        if not (is_as_wide and self.font.agrees_with(subset)):
            return False
        self.font.add(subset)
        self.widths |= widths
        return True


def print_file(letters: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of these letters, in their order."""
    fonts: list[_Shared] = []
    with Pdf.new() as joined:
        for letter in letters:
            with pikepdf.open(io.BytesIO(letter)) as single:
                for font in _truetype_fonts(single):
                    _share(font, fonts)
                for page in single.pages:
                    _strip(page.obj)
                joined.pages.extend(single.pages)
        _embed(joined, fonts)
        written = io.BytesIO()
        joined.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _truetype_fonts(pdf: Pdf) -> Iterator[Object]:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and each.get("/Subtype") == "/Type0":
            inner = each.DescendantFonts[0]
            if "/FontFile2" in inner.FontDescriptor:
                yield each


def _share(font: Object, fonts: list[_Shared]) -> None:
    """Lay a letter's font over its like, and leave in its place only which one that is."""
    inner = font.DescendantFonts[0]
    subset, widths = read_subset(inner.FontDescriptor.FontFile2.read_bytes()), dict(_widths(inner.W))
    place = next((place for place, shared in enumerate(fonts) if shared.takes(subset, widths)), len(fonts))
    if place == len(fonts):
        fonts.append(_Shared(SharedFont.of(subset), widths))
    fonts[place].meanings |= dict(_MEANING.findall(font.ToUnicode.read_bytes().decode("ascii")))
    # The first letter's description of the font stands for all.
    inner.FontDescriptor[_GROUP] = place
    for owner, name in ((inner.FontDescriptor, Name.FontFile2), (inner, Name.W), (font, Name.ToUnicode)):
        del owner[name]
    font[_GROUP] = place


def _widths(array: Object) -> Iterator[tuple[int, Object]]:
    """Yield number and width of every glyph: runs are written as their first number and the widths that follow."""
    parts = list(array)
    for first, run in zip(parts[::2], parts[1::2], strict=True):
        for place, width in enumerate(run):
            yield int(first) + place, width


def _strip(page: Object) -> None:
    for name in ("/Annots", "/StructParents", "/Tabs"):
        if name in page:
            del page[name]


def _embed(joined: Pdf, fonts: list[_Shared]) -> None:
    whole: dict[int, Object] = {}
    for page in joined.pages:
        names = page.obj.Resources.get("/Font", Dictionary())
        for name, font in names.items():
            if _GROUP in font:
                place = int(font[_GROUP])
                names[name] = whole[place] if place in whole else whole.setdefault(place, font)
    for place, font in whole.items():
        _complete(joined, font, fonts[place])


def _complete(joined: Pdf, font: Object, shared: _Shared) -> None:
    inner = font.DescendantFonts[0]
    inner.W = Array([part for number in sorted(shared.widths) for part in (number, Array([shared.widths[number]]))])
    inner.FontDescriptor.FontFile2 = joined.make_stream(shared.font.written())
    font.ToUnicode = joined.make_stream(_character_map(shared.meanings))
    for owner in (font, inner.FontDescriptor):
        del owner[_GROUP]


def _character_map(meanings: dict[str, str]) -> bytes:
    lines = [f"<{glyph}> <{text}>" for glyph, text in sorted(meanings.items())]
    blocks = (lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE))
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
