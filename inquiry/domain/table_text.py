"""Tables as offices exchange them: CSV in UTF-8 or CP932 with a header (CSVの読み取り).

Decides   encoding, columns by their header's name, and which lines are not rows of the table.
Not here  what a cell means; the My Number guard, which every caller runs over the content first.

Cells are handed on as they arrived, but for the few signs that the two encodings write with different characters:
they are brought to one character each, or the same name would compare unequal to itself.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from inquiry.domain.errors import InvalidValue

ENCODINGS = ("utf-8-sig", "cp932")

_ONE_SIGN = (
    ("\u301c", "\uff5e"),  # 〜 wave dash
    ("\u2212", "\uff0d"),  # − minus
    ("\u2014", "\u2015"),  # — dash
    ("\u2016", "\u2225"),  # ‖ double bar
    ("\u00a2", "\uffe0"),  # ¢
    ("\u00a3", "\uffe1"),  # £
    ("\u00ac", "\uffe2"),  # ¬
)


class _Records(Protocol):
    """What csv.reader returns: records, and how many lines they took so far."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a line cannot be taken over. `column` is the header's name, empty when the whole line is meant."""

    line: int
    column: str
    code: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table being read: `rows` yields (line, cells by column) once; `problems` is complete when it has ended."""

    encoding: str
    rows: Iterator[tuple[int, dict[str, str]]]
    problems: list[RowProblem] = field(default_factory=list)


def read_table(content: bytes, columns: Sequence[str]) -> Table:
    """Open a table that has exactly these columns, in any order. Empty lines are passed over.

    :raises InvalidValue: if the content is no text in a known encoding, or its header lacks or repeats a column, or
        names one that nobody asked for.
    """
    encoding, text = _decoded(content)
    records = csv.reader(_lines(text), strict=True)
    header = _header(records)
    _check_header(header, columns)
    problems: list[RowProblem] = []
    return Table(encoding, _rows(records, header, problems=problems), problems)


def _decoded(content: bytes) -> tuple[str, str]:
    if b"\0" in content:
        raise InvalidValue("table:not_text")
    for encoding in ENCODINGS:
        try:
            text = codecs.decode(content, encoding)
        except UnicodeDecodeError:
            continue
        for sign, one in _ONE_SIGN:
            text = text.replace(sign, one)
        return encoding, text
    raise InvalidValue("table:unknown_encoding")


def _lines(text: str) -> Iterator[str]:
    # Not str.splitlines: it also breaks at form feeds and other signs that may stand inside a cell.
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start : end + 1]
        start = end + 1
    if start < len(text):
        yield text[start:]


def _header(records: Iterator[list[str]]) -> list[str]:
    try:
        return [name.strip() for name in next(records)]
    except StopIteration:
        raise InvalidValue("table:empty") from None
    except csv.Error:
        raise InvalidValue("table:broken_quotes") from None


def _check_header(header: list[str], columns: Sequence[str]) -> None:
    for column in columns:
        if column not in header:
            raise InvalidValue("table:missing_column", field=column)
    if len(header) != len(set(header)):
        raise InvalidValue("table:repeated_column")
    # The name of a column that is not ours is not repeated: in a file without header it would be somebody's name.
    if len(header) != len(columns):
        raise InvalidValue("table:unknown_column")


def _rows(records: _Records, header: list[str], *, problems: list[RowProblem]) -> Iterator[tuple[int, dict[str, str]]]:
    while True:
        line = records.line_num + 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error:
            problems.append(RowProblem(line, "", "table:broken_quotes"))
            continue
        if len(cells) == len(header):
            yield line, dict(zip(header, cells, strict=True))
        elif any(cells):
            problems.append(RowProblem(line, "", "table:wrong_column_count"))
