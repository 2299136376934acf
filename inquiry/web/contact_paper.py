"""The insurer contact list on paper, part by part (照会窓口一覧の印刷).

Decides   what the paper leaves out, and how much is printed at once: setting a row takes a while, and nobody waits for
          the whole country.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from inquiry.directory.contacts import COLUMNS, NUMBER_COLUMNS
from inquiry.documents.table_paper import TablePaper

TITLE: Final = "医療保険者照会窓口一覧"
ROWS_AT_ONCE: Final = 200
# The address bears its postal code, the name its desk and whom that serves; how a name is read does not fit.
PRINTED: Final = tuple(column for column in COLUMNS if column not in {"保険者名称カナ", "郵便番号"})


def paper_of(rows: Sequence[Mapping[str, str]], *, standing: str) -> TablePaper:
    """Return some rows of the list as cells, ready to print; `standing` says which they are and of which day."""
    return TablePaper(
        title=TITLE,
        lines=(standing,),
        columns=PRINTED,
        rows=[[_printed(row, column) for column in PRINTED] for row in rows],
        note=f"{TITLE}　{standing}",
        unbroken=NUMBER_COLUMNS,
    )


def _printed(row: Mapping[str, str], column: str) -> str:
    if column == "保険者名称":
        serves = "・".join(filter(None, (row["担当範囲"], row["担当する保険者番号"].replace("; ", "・"))))
        return "　".join(filter(None, (row[column], row["窓口名"], f"（{serves}）" if serves else "")))
    if column == "住所":
        return f"{row['郵便番号']} {row['住所']}".strip()
    return row[column].replace(";", "・") if column == "回答方法" else row[column]


def parts_of(total: int) -> list[Mapping[str, Any]]:
    """Return the parts in which so many rows are printed: the number of each, its first row and its last."""
    firsts = range(1, total + 1, ROWS_AT_ONCE)
    return [
        {"page": page, "first": first, "last": min(first + ROWS_AT_ONCE - 1, total)}
        for page, first in enumerate(firsts, start=1)
    ]
