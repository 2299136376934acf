"""What is handed in at the post office with a run's letters, and the numbers that come back (郵便物差出票).

Decides   that a number read from a file goes to the letter whose 文書番号 stands beside it, and to no other.
"""

from typing import BinaryIO, Final

from inquiry.domain.errors import InvalidValue
from inquiry.security.table_file import open_table
from inquiry.workflow import posting
from inquiry.workflow.letter_runs import Line, Standing
from inquiry.workflow.work import Work

DOCUMENT: Final = "文書番号"
TRACKING: Final = "引受番号"
COLUMNS: Final = ("番号", DOCUMENT, "郵便番号", "住所", "宛先", "種別", TRACKING)
NUMBERS: Final = ("番号", DOCUMENT, "郵便番号", TRACKING)
KIND: Final = "簡易書留"


def rows(work: Work, run_id: str) -> list[dict[str, str]]:
    """Return a run's letters that go by post, as the list has them; addressees are offices, nobody asked about."""
    return [_row(place, line) for place, line in enumerate(_posted(work, run_id), 1)]


def _posted(work: Work, run_id: str) -> list[Line]:
    return posting.leaving(work, run_id, {Standing.READY, Standing.POSTED})


def _row(place: int, line: Line) -> dict[str, str]:
    inquiry = line.letter.inquiry
    to = inquiry.municipality
    code = f"{to.postal_code[:3]}-{to.postal_code[3:]}" if to.postal_code else ""
    addressee = "　".join(filter(None, (to.name, inquiry.section)))
    cells = (str(place), line.letter.document_number, code, to.address, addressee, KIND, line.answer.tracking_number)
    return dict(zip(COLUMNS, cells, strict=True))


def numbers_in(work: Work, run_id: str, stream: BinaryIO) -> dict[str, str]:
    """Read the 引受番号 out of a list that was filled in, by the letter's id; lines without one are passed over.

    :raises InvalidValue: if the file is no such table, or a 文書番号 in it is none of the run's, or stands there twice.
    """
    letters = {line.letter.document_number: line.letter.id for line in _posted(work, run_id)}
    optional = [column for column in COLUMNS if column not in (DOCUMENT, TRACKING)]
    found: dict[str, str] = {}
    table = open_table(stream, (DOCUMENT, TRACKING), optional=optional)
    for _line, cells in table.rows:
        letter_id = letters.get(cells[DOCUMENT].strip())
        if letter_id is None:
            raise InvalidValue("letter_run:unknown_number", field="file")
        if letter_id in found:
            raise InvalidValue("letter_run:repeated_number", field="file")
        found[letter_id] = cells[TRACKING].strip()
    if table.problems:
        raise InvalidValue(table.problems[0].code, field="file")
    return {letter_id: number for letter_id, number in found.items() if number}
