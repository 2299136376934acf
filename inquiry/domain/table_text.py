"""Tables as offices exchange them: CSV in UTF-8 or CP932 with a header (CSVの読み書き).

Decides   encoding, columns by their header's name, and which lines are not rows of the table.
Not here  what a cell means; the My Number guard, which every caller runs over the content first.

Cells are handed on as they arrived, but for the few signs that the two encodings write with different characters:
they are brought to one character each, or the same name would compare unequal to itself. A cell that a spreadsheet
program would run as a formula leaves with an apostrophe before it, and comes back without.
"""

import codecs
import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import itemgetter
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

MOST_PROBLEMS = 100_000  # lines that are no rows; a table with more was not written in this form
_WIDE = 5  # columns; a sentence in a cell may well have the commas of a narrower table
_END_OF_FILE = ["\x1a"]  # what host systems put there
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_AS_TEXT = "'"


Portions = Callable[[], Iterable[bytes]]


class _Records(Protocol):
    """What csv.reader returns: records, and how many lines they took so far."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> "_Records": ...

    def __next__(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a line cannot be taken over. `column` is the header's name, empty when the whole line is meant."""

    line: int
    column: str
    code: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table being read, once: `records` yields each line's number and its cells in the order of `columns`.

    `problems` is complete when the records have ended, and the records end in an error where it passes
    `MOST_PROBLEMS`; `absent` are the optional columns that the header lacks.
    """

    encoding: str
    columns: tuple[str, ...]
    records: Iterator[tuple[int, Sequence[str]]]
    problems: list[RowProblem] = field(default_factory=list)
    absent: frozenset[str] = frozenset()

    @property
    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each line's number and its cells by column."""
        for line, cells in self.records:
            yield line, dict(zip(self.columns, cells, strict=True))


def read_table(content: bytes, columns: Sequence[str], *, optional: Sequence[str] = ()) -> Table:
    """Open a table that has exactly these columns, in any order, and perhaps the optional ones.

    Lines whose cells are all empty are passed over; an optional column that is not there has empty cells.

    :raises InvalidValue: if the content is no text in a known encoding, or its header lacks or repeats a column, or
        names one that nobody asked for.
    """
    return read_portions(lambda: [content], columns, optional=optional)


def read_portions(portions: Portions, columns: Sequence[str], *, optional: Sequence[str] = ()) -> Table:
    """Open a table as `read_table` does, from a content of any size that is never held whole.

    `portions` is asked for the content twice, or three times if it is not in UTF-8.

    :raises InvalidValue: as `read_table`.
    """
    encoding = next(filter(None, (_encoding_of(portions(), each) for each in ENCODINGS)), "")
    if not encoding:
        raise InvalidValue("table:unknown_encoding")
    return _table(encoding, csv.reader(_lines(portions(), encoding), strict=True), columns, optional=optional)


def from_records(records: Iterable[list[str]], columns: Sequence[str], *, optional: Sequence[str] = ()) -> Table:
    """Open a table whose cells are apart already, such as a sheet of a workbook; its first record is the header.

    :raises InvalidValue: as `read_table`.
    """
    return _table("", _Numbered(records), columns, optional=optional)


@dataclass(slots=True)
class _Numbered:
    """Records of which each takes one line."""

    records: Iterable[list[str]]
    line_num: int = 0
    _left: Iterator[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._left = iter(self.records)

    def __iter__(self) -> "_Numbered":
        return self

    def __next__(self) -> list[str]:
        record = next(self._left)
        self.line_num += 1
        return [one_sign(cell) for cell in record]


def _table(encoding: str, records: _Records, columns: Sequence[str], *, optional: Sequence[str]) -> Table:
    header = _header(records)
    wanted = (*columns, *optional)
    _check_header(header, columns, optional=optional)
    problems: list[RowProblem] = []
    absent = frozenset(optional) - frozenset(header)
    return Table(encoding, wanted, _records(records, _Order(header, wanted), problems=problems), problems, absent)


def _encoding_of(portions: Iterable[bytes], encoding: str) -> str:
    """Return the encoding if the content can be read in it, else nothing."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for portion in portions:
            if b"\0" in portion:
                raise InvalidValue("table:not_text")
            decoder.decode(portion)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return ""
    return encoding


def _lines(portions: Iterable[bytes], encoding: str) -> Iterator[str]:
    # Not str.splitlines: it also breaks at form feeds and other signs that may stand inside a cell.
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = ""
    for portion in portions:
        lines = (rest + one_sign(decoder.decode(portion))).split("\n")
        rest = lines.pop()
        for line in lines:
            yield line + "\n"
    if rest:
        yield rest


def _header(records: Iterator[list[str]]) -> list[str]:
    try:
        return [name.strip() for name in next(records)]
    except StopIteration:
        raise InvalidValue("table:empty") from None
    except csv.Error:
        raise InvalidValue("table:broken_quotes") from None


def _check_header(header: list[str], columns: Sequence[str], *, optional: Sequence[str]) -> None:
    for column in columns:
        if column not in header:
            raise InvalidValue("table:missing_column", field=column)
    if len(header) != len(set(header)):
        raise InvalidValue("table:repeated_column")
    # The name of a column that is not ours is not repeated: in a file without header it would be somebody's name.
    if not set(header) <= {*columns, *optional}:
        raise InvalidValue("table:unknown_column")


class _Order:
    """Brings the cells of a record into the order of the columns; a column the header lacks is empty."""

    def __init__(self, header: Sequence[str], wanted: Sequence[str]) -> None:
        beyond = count(len(header))
        self.width = len(header)
        self.missing = [""] * (len(wanted) - len(header))
        self.pick = itemgetter(*(header.index(column) if column in header else next(beyond) for column in wanted))

    def __call__(self, cells: list[str]) -> Sequence[str]:
        if _AS_TEXT in "".join(cells):
            cells = [_unmarked(cell) for cell in cells]
        picked: Sequence[str] = self.pick(cells + self.missing)
        return picked


def _records(records: _Records, order: _Order, *, problems: list[RowProblem]) -> Iterator[tuple[int, Sequence[str]]]:
    while True:
        line = records.line_num + 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error:
            cells, code = [], "table:broken_quotes"
        else:
            if not any(map(str.strip, cells)) or cells == _END_OF_FILE:
                continue
            code = _fault_of(cells, order.width, takes_lines=records.line_num - line + 1)
        if not code:
            yield line, order(cells)
            continue
        # A quote that is not closed takes in the lines after it: each of them is somebody who would be missing.
        problems += [RowProblem(each, "", code) for each in range(line, records.line_num + 1)]
        if len(problems) > MOST_PROBLEMS:
            raise InvalidValue("table:too_many_problems")


def _fault_of(cells: list[str], width: int, *, takes_lines: int) -> str:
    """Return the code of what keeps a record from being a row, nothing where it is one."""
    if takes_lines > 1 and width >= _WIDE and any(_holds_lines(cell, width) for cell in cells):
        return "table:broken_quotes"  # two stray quotes with lines between them
    return "" if len(cells) == width else "table:wrong_column_count"


def _holds_lines(cell: str, width: int) -> bool:
    breaks = cell.count("\n")
    return breaks > 0 and cell.count(",") >= (width - 1) * breaks


def write_table(
    rows: Iterable[Mapping[str, str]], columns: Sequence[str], *, numbers: Collection[str], encoding: str
) -> bytes:
    """Write a table that `read_table` reads back as it was; columns named in `numbers` are left as they are.

    :raises InvalidValue: if a cell has a character that the encoding lacks; `unwritable` says which.
    """
    records = [list(columns), *([_safe(column, row[column], numbers) for column in columns] for row in rows)]
    text = "".join(map(_line, records))
    try:
        return one_sign(text).encode(encoding)
    except UnicodeEncodeError:
        raise InvalidValue("table:unwritable") from None


def line_of(cells: Iterable[str]) -> str:
    """Return one line of a table as `write_table` writes it, for one that is written while it is made."""
    return one_sign(_line(_marked(cell) for cell in cells))


def unwritable(text: str, *, encoding: str) -> str:
    """Return the characters of a text that an encoding lacks, each once."""
    return "".join(dict.fromkeys(sign for sign in one_sign(text) if not _can_write(sign, encoding=encoding)))


def _can_write(sign: str, *, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def one_sign(text: str) -> str:
    """Return a text with the one character for each sign that the two encodings write with different ones."""
    for sign, one in _ONE_SIGN:
        text = text.replace(sign, one)
    return text


def kept_apart(cell: str) -> str:
    """Return a cell for a file whose cells are texts by themselves, such as a workbook: `from_records` reads it back.

    Nothing there is taken for a formula, so only a cell that begins with the mark itself is marked.
    """
    return cell if _unmarked(cell) == cell else _AS_TEXT + cell


def _safe(column: str, cell: str, numbers: Collection[str]) -> str:
    return cell if column in numbers else _marked(cell)


def _marked(cell: str) -> str:
    return _AS_TEXT + cell if cell.lstrip(_AS_TEXT).startswith(_FORMULA_SIGNS) else cell


def _unmarked(cell: str) -> str:
    is_marked = cell.startswith(_AS_TEXT) and cell.lstrip(_AS_TEXT).startswith(_FORMULA_SIGNS)
    return cell[1:] if is_marked else cell


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\r\n') else cell
