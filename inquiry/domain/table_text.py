"""Tables as offices exchange them: CSV in UTF-8 or CP932 with a header (CSVの読み書き).

Decides   encoding, columns by their header's name, and which lines are not rows of the table.
Not here  what a cell means; the My Number guard, which every caller runs over the content first.

Cells are handed on as they arrived, but for the few signs that the two encodings write with different characters:
they are brought to one character each, or the same name would compare unequal to itself. A cell that a spreadsheet
program would run as a formula leaves with an apostrophe before it, and comes back without.
"""

import codecs
import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_AS_TEXT = "'"


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
        return encoding, _one_sign(text)
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
            yield line, {column: _unmarked(cell) for column, cell in zip(header, cells, strict=True)}
        elif any(cells):
            problems.append(RowProblem(line, "", "table:wrong_column_count"))


def write_table(
    rows: Iterable[Mapping[str, str]], columns: Sequence[str], *, numbers: Collection[str], encoding: str
) -> bytes:
    """Write a table that `read_table` reads back as it was; columns named in `numbers` are left as they are.

    :raises InvalidValue: if a cell has a character that the encoding lacks; `unwritable` says which.
    """
    records = [list(columns), *([_safe(column, row[column], numbers) for column in columns] for row in rows)]
    text = "".join(",".join(_quoted(cell) for cell in record) + "\r\n" for record in records)
    try:
        return _one_sign(text).encode(encoding)
    except UnicodeEncodeError:
        raise InvalidValue("table:unwritable") from None


def unwritable(text: str, *, encoding: str) -> str:
    """Return the characters of a text that an encoding lacks, each once."""
    return "".join(dict.fromkeys(sign for sign in _one_sign(text) if not _can_write(sign, encoding=encoding)))


def _can_write(sign: str, *, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _one_sign(text: str) -> str:
    for sign, one in _ONE_SIGN:
        text = text.replace(sign, one)
    return text


def _safe(column: str, cell: str, numbers: Collection[str]) -> str:
    if column in numbers or not cell.lstrip(_AS_TEXT).startswith(_FORMULA_SIGNS):
        return cell
    return _AS_TEXT + cell


def _unmarked(cell: str) -> str:
    is_marked = cell.startswith(_AS_TEXT) and cell.lstrip(_AS_TEXT).startswith(_FORMULA_SIGNS)
    return cell[1:] if is_marked else cell


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\r\n') else cell
