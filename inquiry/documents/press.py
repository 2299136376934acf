"""Letters as PDF, ready for a window envelope (文書による回答).

Source    memo annex STEP2 ⑤ ⅲ.
Decides   the same letter gives the same bytes, always; nothing is fetched, not even from this machine.
Not here  sentences and look: templates/letters/. Which face draws a name: documents/fonts.py.

The file is PDF/UA-1: officials who cannot see it hear it read in order, table heads included. Every font is embedded
and nothing lies outside, so it also stays readable for the years that both sides keep it.
"""

from pathlib import Path
from threading import local

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from inquiry.documents.fonts import undrawable
from inquiry.documents.letter import Letter
from inquiry.documents.wording import Wording
from inquiry.domain.errors import UndrawableCharacter


class LetterPress:
    """Prints letters with the templates of one folder; may be shared between threads."""

    def __init__(self, templates: Path) -> None:
        self.wording = Wording(templates)
        self._style = (templates / "letters" / "letters.css").read_text(encoding="utf-8")
        # Pango's fonts are not safe to share: two threads with one configuration corrupt memory.
        self._thread = local()

    def print_pdf(self, letter: Letter) -> bytes:
        """Return the letter as PDF.

        :raises UndrawableCharacter: if a text holds a character that no installed font draws.
        :raises RuntimeError: if a template refers to anything outside itself.
        """
        missing = undrawable("\n".join(letter.texts()))
        if missing:
            raise UndrawableCharacter(missing)
        fonts, style = self._equipment()
        page = HTML(string=self.wording.of(letter, "base"), url_fetcher=_nothing_outside())
        try:
            pdf: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
        except FatalURLFetchingError:
            # The address may carry a name, so it is not repeated; the class is a BaseException nobody else catches.
            raise RuntimeError("a letter's template refers to something outside itself") from None
        return pdf

    def _equipment(self) -> tuple[FontConfiguration, CSS]:
        if not hasattr(self._thread, "equipment"):
            fonts = FontConfiguration()
            style = CSS(string=self._style, font_config=fonts, url_fetcher=_nothing_outside())
            self._thread.equipment = (fonts, style)
        equipment: tuple[FontConfiguration, CSS] = self._thread.equipment
        return equipment


def _nothing_outside() -> URLFetcher:
    return URLFetcher(allowed_protocols=(), fail_on_errors=True)
