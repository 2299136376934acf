"""A table on paper: lists that offices print and put up (一覧の印刷).

Not here  sentences and look: templates/tables/. The printing itself: press.py.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePaper:
    """A list as it is printed: what stands above the table, its head, and its rows; `note` stands in every foot.

    Cells of the columns named in `unbroken` stand on one line each, such as numbers that somebody dials.
    """

    title: str
    lines: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    unbroken: Collection[str] = ()

    def texts(self) -> Iterator[str]:
        """Yield every text, for the fonts."""
        yield from (self.title, self.note, *self.lines, *self.columns)
        for row in self.rows:
            yield from row
