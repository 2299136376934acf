"""QR codes in letters, as one drawn path with words for those who cannot see it (二次元コード).

Upper-case letters, digits and a few signs need least room, so what a letter's code says is written in capitals.
"""

from itertools import groupby
from typing import Final

import segno
from markupsafe import Markup

QUIET_BORDER: Final = 4

_DRAWING: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><title>{words}</title>'
    '<path stroke="#000" d="{path}"/></svg>'
)


def qr_code(text: str, words: str) -> Markup:
    """Return the code as markup; `words` stand in its place for a screen reader."""
    code = segno.make_qr(text, error="m", boost_error=False)
    return _DRAWING.format(
        side=code.symbol_size(border=QUIET_BORDER)[0], words=words, path=" ".join(_runs(code.matrix))
    )


def _runs(rows: tuple[bytearray, ...]) -> list[str]:
    """Return a stroke for every run of dark modules, row by row."""
    strokes = []
    for y, row in enumerate(rows):
        start = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                strokes.append(f"M{start + QUIET_BORDER} {y + QUIET_BORDER}.5h{length}")
            start += length
    return strokes
