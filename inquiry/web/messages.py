"""The Japanese sentence for every error code: what is wrong, and what to do next (エラーの文).

Decides   nothing; a code without a sentence is a defect that tests/web/test_messages.py finds.
"""

from collections.abc import Iterable
from typing import Final

from inquiry.domain.errors import InquiryError, MyNumberFound, UndrawableCharacter
from inquiry.domain.table_text import RowProblem
from inquiry.security import guard
from inquiry.web.sentences import documents, domain, house, lists, steps

IN_DOCUMENT: Final = "my_number:in_document"  # nobody typed it as it stands there

SENTENCES: dict[str, str] = {
    **domain.SENTENCES,
    **documents.SENTENCES,
    **house.SENTENCES,
    **lists.SENTENCES,
    **steps.SENTENCES,
}


def sentence(error: InquiryError) -> str:
    """Return the sentence for an error; it is shown to the person at work, and not to be logged."""
    if isinstance(error, UndrawableCharacter):
        return sentence_for(error.code).format(code_points="、".join(error.code_points))
    if isinstance(error, MyNumberFound) and error.field == guard.DOCUMENT:
        return sentence_for(IN_DOCUMENT)
    return sentence_for(error.code)


def sentence_for(code: str) -> str:
    """Return the sentence for an error's code."""
    return SENTENCES.get(code, "この内容では受け付けられません。入力内容を確かめてください。")


def spoken(problems: Iterable[RowProblem]) -> list[tuple[RowProblem, str]]:
    """Return what is wrong with the rows of a file, each with its sentence."""
    return [(problem, sentence_for(problem.code)) for problem in problems]
