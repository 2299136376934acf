"""The product's own letter as a template to begin with (様式のひな形).

Decides   nothing: it is what `word_file` writes of a letter whose every text is the name of a field.
Not here  sentences: templates/letters/.
"""

import io
from collections.abc import Iterator
from datetime import date
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from inquiry.documents.letter import Addressee, Asked, Item, Letter, LetterKind, Sender
from inquiry.documents.template_fields import values_of
from inquiry.documents.word_file import write_docx
from inquiry.documents.wording import Wording
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ReplyKind
from inquiry.domain.subject import PersonName, Sex

_REPLACEMENT: Final = "差替え"
_TITLE_STYLE: Final = "Heading 1"

# What is no text in a letter has a value of its own here, by which it is found again on the page.
_SKELETON: Final = Letter(
    kind=LetterKind.ANSWER,
    number="《文書番号》",
    dated_on=date(2001, 1, 1),
    addressee=Addressee(organisation="《宛先》", section="《宛先の部署》", person="《宛先の担当者》"),
    sender=Sender(organisation="《発信者》", desk="《発信者の部署》", telephone="《発信者の電話番号》"),
    inquiry=Asked(
        number="《照会番号》",
        filed_on=date(2002, 2, 2),
        procedure="《事務手続名》",
        name=PersonName("《氏名》", "《フリガナ》"),
        birth_date=PartialDate(2003, 3, 3),
        sex=Sex.NOT_APPLICABLE,
    ),
    items=(Item("《項目》", "《回答》"),),
)
_FOUND_BY_VALUE: Final = ("日付", "照会日", "生年月日", "性別", "確認の結果", "確認した記録")


def starter(kind: ReplyKind, wording: Wording) -> bytes:
    """Return the product's own answer of this kind as a template."""
    letter = _skeleton(kind)
    document = Document(io.BytesIO(write_docx(letter, wording)))
    values = values_of(letter)
    # The longest first: a date stands inside the words about the roster.
    fields = sorted(_FOUND_BY_VALUE, key=lambda name: len(values[name]), reverse=True)
    for paragraph in _paragraphs(document):
        if paragraph.style is not None and paragraph.style.name == _TITLE_STYLE:
            _below(paragraph)
            continue
        for name in fields:
            if values[name]:
                paragraph.text = paragraph.text.replace(values[name], f"《{name}》")
        paragraph.text = paragraph.text.replace("《宛先の担当者》　様", "《宛先の担当者》")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _skeleton(kind: ReplyKind) -> Letter:
    shared = {name: getattr(_SKELETON, name) for name in ("number", "dated_on", "addressee", "sender", "inquiry")}
    if kind == ReplyKind.NOT_FOUND:
        return Letter(kind=LetterKind.NOT_FOUND, roster_on=date(2004, 4, 4), **shared)
    return _SKELETON


def _paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    yield from list(document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def _below(title: Paragraph) -> None:
    following = title.insert_paragraph_before(f"《{_REPLACEMENT}》", "Normal")
    following._p.addprevious(title._p)  # noqa: SLF001  # python-docx puts nothing below a paragraph
