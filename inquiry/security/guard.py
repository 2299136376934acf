"""The My Number guard: the one gate for every text that enters and every document that leaves (個人番号の混入防止).

Source    memo annex STEP1, 留意: no My Number in an inquiry or in its answer.
Decides   which field is refused, and what is only warned of.
Not here  the rule itself: domain/my_number.py. Text out of files: security/extraction.py.
Secrets   errors and cautions name a field and a rule; the text stays with the caller.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inquiry.domain.calendar import JST
from inquiry.domain.digits import all_have_few
from inquiry.domain.errors import MyNumberFound
from inquiry.domain.my_number import Level, Verdict, examine, worst
from inquiry.security.extraction import text_of

DOCUMENT: Final = "document"  # the field of a number that stands in what would leave
_TIMESTAMP_YEARS = 3


@dataclass(frozen=True, slots=True)
class Caution:
    """A field whose text may be sent only after a second look, and the rule that says so."""

    field: str
    rule: str


def enforce(texts: Mapping[str, str]) -> None:
    """Refuse a submission of named texts in which a My Number stands, in one field or spread over several.

    Pass free texts, file names and subjects. Fields with a format of their own (記号, 番号, telephone) are checked
    against that format instead. Of a number spread over fields, the last one that takes part is named.

    :raises MyNumberFound: if a text, or all of them one below the other, is blocked.
    """
    for field, text in texts.items():
        _refuse_blocked(text, field=field)
    lines = list(texts.values())
    if _is_blocked(lines):
        last = _last_that_takes_part(lines)
        _refuse_blocked("\n".join(lines[: last + 1]), field=list(texts)[last])


def refused_cell(columns: Iterable[str], cells: Sequence[str]) -> tuple[str, str] | None:
    """Return the column of a row in which a My Number stands, and the code of the refusal; None if there is none.

    Each cell is looked at by itself, and only where there are twelve digits at all: rosters have millions of rows.
    """
    if all_have_few(cells):
        return None
    for column, text in zip(columns, cells, strict=True):
        try:
            enforce({column: text})
        except MyNumberFound as error:
            return column, error.code
    return None


def cautions(texts: Mapping[str, str]) -> tuple[Caution, ...]:
    """Return what to warn of, field by field, in the order of the fields."""
    verdicts = ((field, _examine(text)) for field, text in texts.items())
    return tuple(Caution(field, verdict.rule) for field, verdict in verdicts if verdict.level is Level.WARN)


def enforce_document(text: str) -> None:
    """Refuse to let a document leave whose whole text holds a My Number.

    :raises MyNumberFound: with the field ``document``.
    """
    _refuse_blocked(text, field=DOCUMENT)


def enforce_file(name: str, content: bytes) -> None:
    """Refuse to let a file leave in whose name or text a My Number stands.

    :raises MyNumberFound: with the field ``document``.
    :raises InvalidValue: ``guard:unscannable`` if the text cannot be taken out of the file.
    """
    verdict = examine_file(name, content)
    if verdict.level is Level.BLOCK:
        raise MyNumberFound(verdict.rule, field=DOCUMENT)


def examine_file(name: str, content: bytes) -> Verdict:
    """Return the worse verdict of a file's name and of its whole text.

    :raises InvalidValue: ``guard:unscannable`` if the text cannot be taken out of the file.
    """
    return worst((_examine(name), _examine(text_of(name, content))))


def _examine(text: str) -> Verdict:
    this_year = datetime.now(JST).year
    return examine(text, years=range(this_year - _TIMESTAMP_YEARS, this_year + _TIMESTAMP_YEARS + 1))


def _refuse_blocked(text: str, *, field: str) -> None:
    verdict = _examine(text)
    if verdict.level is Level.BLOCK:
        raise MyNumberFound(verdict.rule, field=field)


def _is_blocked(lines: Sequence[str]) -> bool:
    return _examine("\n".join(lines)).level is Level.BLOCK


def _last_that_takes_part(lines: Sequence[str]) -> int:
    """Halve the distance between a beginning that is allowed and one that is blocked until they are neighbours."""
    allowed, blocked = 0, len(lines)
    while blocked - allowed > 1:
        middle = (allowed + blocked) // 2
        if _is_blocked(lines[:middle]):
            blocked = middle
        else:
            allowed = middle
    return blocked - 1
