"""The text of a document as it was laid out, for the My Number guard (紙面の文字).

Decides   that lines and cells are separated, and stand in the order in which they are read; the title comes last.
Limits    the renderer's layout is read, not the file made of it: that would cost a letter a fifth more.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, TextBox


def drawn_text(document: Any) -> str:
    """Return every text on the pages of a document that the renderer is about to write, and its title."""
    lines = (line for page in document.pages for line in _lines(page))
    return "\n".join((*lines, document.metadata.title or ""))


def _lines(page: Any) -> Iterator[str]:
    for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001  # there is no other way to the layout
        if isinstance(box, LineBox):
            yield "".join(part.text for part in box.descendants(placeholders=True) if isinstance(part, TextBox))
