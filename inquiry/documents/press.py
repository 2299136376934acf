"""Letters as PDF, ready for a window envelope (文書による回答).

Source    memo annex STEP2 ⑤ ⅲ.
Decides   the same letter gives the same bytes, always; nothing is fetched, not even from this machine.
Not here  sentences and look: templates/letters/. Which face draws a name: documents/fonts.py.

One file is both PDF/UA-1 and PDF/A-2u: officials who cannot see it hear it read in order, table heads included, and
it stays readable for the years that both sides keep it.
"""

from pathlib import Path
from threading import local
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from inquiry.documents.archival import make_archival
from inquiry.documents.fonts import undrawable
from inquiry.documents.letter import Letter
from inquiry.documents.wording import Wording
from inquiry.domain.errors import UndrawableCharacter

SEAL_ADDRESS = "seal:"  # the only thing that a template may refer to: the picture that comes with the letter


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
        page = HTML(string=self.wording.of(letter, "base"), url_fetcher=_SealAlone(letter.letterhead.seal))
        try:
            pdf: bytes = page.write_pdf(
                stylesheets=[style],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                pdf_identifier=True,
                finisher=make_archival,
            )
        except FatalURLFetchingError:
            # The address may carry a name, so it is not repeated; the class is a BaseException nobody else catches.
            raise RuntimeError("a letter's template refers to something outside itself") from None
        return pdf

    def _equipment(self) -> tuple[FontConfiguration, CSS]:
        if not hasattr(self._thread, "equipment"):
            fonts = FontConfiguration()
            style = CSS(string=self._style, font_config=fonts, url_fetcher=_SealAlone())
            self._thread.equipment = (fonts, style)
        equipment: tuple[FontConfiguration, CSS] = self._thread.equipment
        return equipment


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
