"""A table out of whatever file an office sends: CSV in either encoding, or a workbook (表のファイル)."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from inquiry.domain.table_text import Table, from_records, read_portions
from inquiry.security.workbook import is_workbook, rows_of

_SIGNATURE_BYTES: Final = 8
_PORTION_BYTES: Final = 1 << 20


def open_table(stream: BinaryIO, columns: Sequence[str], *, optional: Sequence[str] = ()) -> Table:
    """Open the table of a file; either is streamed.

    :raises InvalidValue: if it is no such table.
    """
    stream.seek(0)
    if is_workbook(stream.read(_SIGNATURE_BYTES)):
        return from_records(rows_of(stream), columns, optional=optional)
    return read_portions(lambda: _portions_of(stream), columns, optional=optional)


def _portions_of(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while portion := stream.read(_PORTION_BYTES):
        yield portion
