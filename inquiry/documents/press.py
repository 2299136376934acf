"""Letters as PDF, ready for a window envelope, and lists to print (文書による回答、一覧の印刷).

Source    memo annex STEP2 ⑤ ⅲ.
Decides   the same letter gives the same bytes, always; nothing is fetched, not even from this machine.
Not here  sentences and look: templates/letters/, templates/tables/. Which face draws a name: documents/fonts.py.

The file is PDF/UA-1: officials who cannot see it hear it read in order, table heads included. Every font is embedded
and nothing lies outside, so it also stays readable for the years that both sides keep it.
"""

from collections.abc import Iterable
from pathlib import Path
from threading import local

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from inquiry.documents.fonts import undrawable
from inquiry.documents.letter import Letter
from inquiry.documents.table_paper import TablePaper
from inquiry.documents.wording import Wording
from inquiry.domain.errors import UndrawableCharacter


class LetterPress:
    """Prints letters and lists with the templates of one folder; may be shared between threads."""

    def __init__(self, templates: Path) -> None:
        self.wording = Wording(templates)
        self._templates = templates
        # Pango's fonts are not safe to share: two threads with one configuration corrupt memory.
        self._thread = local()

    def print_pdf(self, letter: Letter) -> bytes:
        """Return the letter as PDF.

        :raises UndrawableCharacter: if a text holds a character that no installed font draws.
        :raises RuntimeError: if a template refers to anything outside itself.
        """
        _check_drawable(letter.texts())
        return self._printed(self.wording.of(letter, "base"), "letters/letters.css")

    def print_table(self, paper: TablePaper) -> bytes:
        """Return a list as PDF.

        :raises UndrawableCharacter: if a text holds a character that no installed font draws.
        """
        _check_drawable(paper.texts())
        return self._printed(self.wording.of_table(paper), "tables/table.css")

    def _printed(self, markup: str, sheet: str) -> bytes:
        fonts, style = self._equipment(sheet)
        page = HTML(string=markup, url_fetcher=_nothing_outside())
        try:
            pdf: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
        except FatalURLFetchingError:
            # The address may carry a name, so it is not repeated; the class is a BaseException nobody else catches.
            raise RuntimeError("a letter's template refers to something outside itself") from None
        return pdf

    def _equipment(self, sheet: str) -> tuple[FontConfiguration, CSS]:
        kept: dict[str, tuple[FontConfiguration, CSS]] = self._thread.__dict__
        if sheet not in kept:
            fonts = FontConfiguration()
            style = (self._templates / sheet).read_text(encoding="utf-8")
            kept[sheet] = (fonts, CSS(string=style, font_config=fonts, url_fetcher=_nothing_outside()))
        return kept[sheet]


def _check_drawable(texts: Iterable[str]) -> None:
    missing = undrawable("\n".join(texts))
    if missing:
        raise UndrawableCharacter(missing)


def _nothing_outside() -> URLFetcher:
    return URLFetcher(allowed_protocols=(), fail_on_errors=True)
