"""Which installed font draws which character of a name (人名外字, 異体字).

Decides   the face of every character and variation sequence; what no face can draw.
Not here  normal forms for comparing: matching/. The look of the letter: templates/letters/letters.css.

Pango chooses a font by the base character alone, and a variation sequence which that font lacks becomes the base
glyph without a word. A letter with the wrong form of somebody's name is worse than none, so the face is chosen here.
"""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby

from fontTools.ttLib import TTFont

_CLUSTER = re.compile("(.)([\ufe00-\ufe0f\U000e0100-\U000e01ef]?)", re.DOTALL)
# Controls could reorder a name, and a private-use character (外字) means another thing on each machine.
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Co", "Cs"})


class Face(StrEnum):
    """The families of a letter, in the order in which they are asked."""

    BODY = "IPAexMincho"
    MOJI_JOHO = "IPAmjMincho"  # 文字情報基盤: the forms of the family registers
    ADOBE_JAPAN1 = "Noto Serif CJK JP"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one face draws: code points, and pairs of base and selector."""

    characters: frozenset[int]
    sequences: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text for one face; without a face, nothing installed draws it."""

    text: str
    face: Face | None


@cache
def installed() -> dict[Face, Coverage]:
    """Return what the installed faces draw; read once in the life of the program."""
    return {face: _coverage(*location) for face, location in _locations().items()}


def runs(text: str) -> tuple[Run, ...]:
    """Split a text into stretches of one face each."""
    clusters = ((_face_of(base, selector), base + selector) for base, selector in _clusters(text))
    return tuple(
        Run("".join(piece for _, piece in stretch), face)
        for face, stretch in groupby(clusters, key=lambda pair: pair[0])
    )


def undrawable(text: str) -> tuple[str, ...]:
    """Name the characters and sequences that no installed font draws, each once, as code points."""
    missing = (base + selector for base, selector in _clusters(text) if _face_of(base, selector) is None)
    return tuple(dict.fromkeys(" ".join(f"U+{ord(character):04X}" for character in cluster) for cluster in missing))


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    return ((match[1], match[2]) for match in _CLUSTER.finditer(text))


def _face_of(base: str, selector: str) -> Face | None:
    if base == "\n" and not selector:
        return Face.BODY
    if unicodedata.category(base) in _NEVER_DRAWN:
        return None
    return next((face for face, coverage in installed().items() if _draws(coverage, base, selector)), None)


def _draws(coverage: Coverage, base: str, selector: str) -> bool:
    if selector:
        return (ord(base), ord(selector)) in coverage.sequences
    return ord(base) in coverage.characters


def _locations() -> dict[Face, tuple[str, int]]:
    """Ask fontconfig, which WeasyPrint asks too, where the faces are."""
    command = shutil.which("fc-list")
    if command is None:
        return {}
    wanted = [command, "--format", "%{family[0]}\t%{file}\t%{index}\n", ":style=Regular"]
    listed = subprocess.run(wanted, capture_output=True, text=True, check=True).stdout  # noqa: S603  # no outside word
    rows = (line.split("\t") for line in sorted(listed.splitlines()))
    found = {family: (file, int(index)) for family, file, index in rows}
    return {face: found[face] for face in Face if face in found}


def _coverage(file: str, index: int) -> Coverage:
    with TTFont(file, fontNumber=index, lazy=True) as font:
        table = font["cmap"]
        variations = [subtable.uvsDict for subtable in table.tables if subtable.format == 14]
        return Coverage(
            frozenset(table.getBestCmap()),
            frozenset(
                (base, selector) for known in variations for selector, bases in known.items() for base, _ in bases
            ),
        )
