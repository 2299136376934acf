"""The words of letters, files and lists: Jinja templates that print facts and nothing else (文書の文面).

Decides   how text becomes markup: always escaped, each stretch of a name under the face that draws it.
Not here  sentences: templates/letters/, templates/tables/. What an office may word itself: documents/phrases.py.
          Paper: documents/press.py. Word: documents/word_file.py.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from inquiry.documents.fonts import Face, runs
from inquiry.documents.letter import Letter, LetterKind, Phrases
from inquiry.documents.phrases import filled, moment
from inquiry.documents.qr_code import qr_code
from inquiry.documents.table_paper import TablePaper
from inquiry.domain.wareki import both_calendars, era_text

_CLASSES = {Face.MOJI_JOHO: "moji-joho", Face.ADOBE_JAPAN1: "adobe-japan1"}


class Wording:
    """The templates under ``letters/`` and ``tables/`` of one folder; may be shared between threads."""

    def __init__(self, templates: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "drawn": drawn,
            "qr_code": qr_code,
            "wareki": era_text,
            "both_calendars": both_calendars,
            "moment": moment,
        }

    def standard(self, kind: LetterKind) -> Phrases:
        """Return the product's own wording of a kind of letter."""
        module = self._environment.get_template("letters/standard.html").module
        subject, *body, remark = getattr(module, "standard")[kind]  # noqa: B009  # set by the template
        return Phrases(subject, "\n".join(body), remark)

    def of(self, letter: Letter, layout: str) -> str:
        """Return the markup of a letter in one of the layouts ``base`` (paper) and ``file`` (Word)."""
        template = self._environment.get_template(f"letters/{letter.form}.html")
        phrases = letter.phrases or self.standard(letter.form)
        return template.render(letter=letter, phrases=filled(phrases, letter), layout=f"letters/{layout}.html")

    def of_table(self, paper: TablePaper) -> str:
        """Return the markup of a list."""
        return self._environment.get_template("tables/table.html").render(paper=paper)


def drawn(text: str) -> Markup:
    """Return the text as markup in which every stretch outside the body face names its own."""
    return Markup().join(_marked(run.text, run.face) for run in runs(text))


def _marked(text: str, face: Face | None) -> Markup:
    if face not in _CLASSES:
        return escape(text)
    return Markup('<span class="{}">{}</span>').format(_CLASSES[face], text)
