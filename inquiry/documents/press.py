"""Letters as PDF, ready for a window envelope, and lists to print (文書による回答、一覧の印刷).

Source    memo annex STEP2 ⑤ ⅲ.
Decides   the same letter gives the same bytes, always; nothing is fetched, not even from this machine; no letter is
          printed on whose pages a My Number stands, not even one that only met there.
Not here  sentences and look: templates/letters/, templates/tables/. Which face draws a name: documents/fonts.py.

One file is both PDF/UA-1 and PDF/A-2u: officials who cannot see it hear it read in order, table heads included, and
it stays readable for the years that both sides keep it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import local
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from inquiry.documents.archival import make_archival
from inquiry.documents.drawn_text import drawn_text
from inquiry.documents.fonts import undrawable
from inquiry.documents.letter import Letter
from inquiry.documents.table_paper import TablePaper
from inquiry.documents.tags import complete_tags
from inquiry.documents.wording import Wording
from inquiry.domain.errors import UndrawableCharacter
from inquiry.security import guard

SEAL_ADDRESS = "seal:"  # the only thing that a template may refer to: the picture that comes with the letter


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
        :raises MyNumberFound: if a My Number stands on its pages, in one line or in several.
        :raises RuntimeError: if a template refers to anything outside itself.
        """
        _check_drawable(letter.texts())
        markup = self.wording.of(letter, "base")
        return self._printed(markup, "letters/letters.css", finish=_finish_letter, seal=letter.letterhead.seal)

    def print_table(self, paper: TablePaper) -> bytes:
        """Return a list as PDF.

        :raises UndrawableCharacter: if a text holds a character that no installed font draws.
        """
        _check_drawable(paper.texts())
        return self._printed(self.wording.of_table(paper), "tables/table.css", finish=_finish)

    def _printed(self, markup: str, sheet: str, *, finish: Callable[[Any, Any], None], seal: bytes = b"") -> bytes:
        fonts, style = self._equipment(sheet)
        page = HTML(string=markup, url_fetcher=_SealAlone(seal))
        try:
            pdf: bytes = page.write_pdf(
                stylesheets=[style],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                pdf_identifier=True,
                finisher=finish,
            )
        except FatalURLFetchingError:
            # The address may carry a name, so it is not repeated; the class is a BaseException nobody else catches.
            raise RuntimeError("a letter's template refers to something outside itself") from None
        return pdf

    def _equipment(self, sheet: str) -> tuple[FontConfiguration, CSS]:
        kept: dict[str, tuple[FontConfiguration, CSS]] = self._thread.__dict__
        if sheet not in kept:
            fonts = FontConfiguration()
            style = (self._templates / sheet).read_text(encoding="utf-8")
            kept[sheet] = (fonts, CSS(string=style, font_config=fonts, url_fetcher=_SealAlone()))
        return kept[sheet]


def _finish_letter(document: Any, pdf: Any) -> None:
    guard.enforce_document(drawn_text(document))
    _finish(document, pdf)


def _finish(document: Any, pdf: Any) -> None:
    complete_tags(document, pdf)
    make_archival(document, pdf)


def _check_drawable(texts: Iterable[str]) -> None:
    missing = undrawable("\n".join(texts))
    if missing:
        raise UndrawableCharacter(missing)


class _SealAlone(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands out the picture of the seal, and refuses whatever else is asked for."""

    def __init__(self, seal: bytes = b"") -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._seal = seal

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return what stands at the address.

        :raises ValueError: if it is not the seal's.
        """
        if url == SEAL_ADDRESS and self._seal:
            return URLFetcherResponse(url, self._seal, {"Content-Type": "image/png"})
        return super().fetch(url, headers)
