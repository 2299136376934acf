"""One embedded font out of many subsets of it, for a file of many letters (字形の共有).

Every letter embeds the few glyphs it needs. WeasyPrint leaves each glyph under its own number, so subsets of one font
can be laid over each other, and the pages that were drawn with any of them are drawn with all of them unchanged.

Decides   that two subsets belong together only if they come from the same font and agree on every glyph they share.
Limits    TrueType outlines, which all our faces but one have; what is kept is what a PDF viewer reads.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_NEEDED: Final = (b"cvt ", b"fpgm", b"head", b"hhea", b"maxp", b"prep")
_DIRECTORY: Final = struct.Struct(">4sIII")
_LONG_LOCATIONS: Final = 1

Tables = dict[bytes, bytes]
Glyph = tuple[bytes, bytes]  # advance and side bearing, outline


@dataclass(frozen=True, slots=True)
class Subset:
    """One embedded font, read."""

    tables: Tables
    glyphs: dict[int, Glyph]

    @property
    def origin(self) -> bytes:
        """Return by what subsets of the same font are known: its revision, its units, when it was made and changed."""
        head = self.tables[b"head"]
        return head[4:8] + head[18:36]


@dataclass(slots=True)
class SharedFont:
    """Subsets of one font, laid over each other."""

    origin: bytes
    base: Tables
    glyphs: dict[int, Glyph]

    @classmethod
    def of(cls, subset: Subset) -> "SharedFont":
        """Begin with one subset."""
        return cls(subset.origin, subset.tables, dict(subset.glyphs))

    def agrees_with(self, subset: Subset) -> bool:
        """Say whether a subset comes from the same font and draws no glyph in another way."""
        if subset.origin != self.origin:
            return False
        return all(self.glyphs.get(number, glyph) == glyph for number, glyph in subset.glyphs.items())

    def add(self, subset: Subset) -> None:
        """Take over the glyphs of a subset that agrees."""
        self.glyphs |= subset.glyphs

    def written(self) -> bytes:
        """Return the font with every glyph taken over."""
        count = max(self.glyphs) + 1
        outlines, locations, metrics = bytearray(), [0], bytearray()
        for number in range(count):
            metric, outline = self.glyphs.get(number, (bytes(4), b""))
            outlines += outline + bytes(-len(outline) % 4)
            locations.append(len(outlines))
            metrics += metric
        tables = {tag: content for tag, content in self.base.items() if tag in _NEEDED}
        tables[b"head"] = tables[b"head"][:50] + struct.pack(">h", _LONG_LOCATIONS) + tables[b"head"][52:]
        tables[b"maxp"] = tables[b"maxp"][:4] + struct.pack(">H", count) + tables[b"maxp"][6:]
        tables[b"hhea"] = tables[b"hhea"][:34] + struct.pack(">H", count)
        tables |= {b"glyf": bytes(outlines), b"hmtx": bytes(metrics)}
        tables[b"loca"] = struct.pack(f">{count + 1}I", *locations)
        return _written(tables)


def read_subset(font: bytes) -> Subset:
    """Return an embedded TrueType font with the glyphs that it really holds, by number."""
    tables = {
        tag: font[offset : offset + length]
        for tag, _checksum, offset, length in (
            _DIRECTORY.unpack_from(font, 12 + 16 * place) for place in range(int.from_bytes(font[4:6], "big"))
        )
    }
    return Subset(tables, dict(_glyphs(tables)))


def _glyphs(tables: Tables) -> Iterator[tuple[int, Glyph]]:
    count = int.from_bytes(tables[b"maxp"][4:6], "big")
    is_long = int.from_bytes(tables[b"head"][50:52], "big") == _LONG_LOCATIONS
    places = struct.unpack_from(f">{count + 1}{'I' if is_long else 'H'}", tables[b"loca"])
    unit = 1 if is_long else 2
    for number in range(count):
        outline = tables[b"glyf"][places[number] * unit : places[number + 1] * unit]
        metric = _metric(tables, number)
        if outline or any(metric):
            yield number, (metric, outline)


def _metric(tables: Tables, number: int) -> bytes:
    """Return advance and side bearing; behind the last advance, the table holds side bearings alone."""
    full = int.from_bytes(tables[b"hhea"][34:36], "big")
    metrics = tables[b"hmtx"]
    if number < full:
        return metrics[4 * number : 4 * number + 4]
    bearing = 4 * full + 2 * (number - full)
    return metrics[4 * full - 4 : 4 * full - 2] + metrics[bearing : bearing + 2]


def _written(tables: Tables) -> bytes:
    """Write the tables in the order of their tags, each at a multiple of four, with the directory before them."""
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    offset, directory, body = 12 + 16 * count, bytearray(), bytearray()
    for tag, content in sorted(tables.items()):
        padded = content + bytes(-len(content) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += _DIRECTORY.pack(tag, checksum, offset + len(body), len(content))
        body += padded
    return head + bytes(directory) + bytes(body)
