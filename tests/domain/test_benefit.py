"""Benefits as they are typed, one a line."""

import pytest

from inquiry.domain.benefit import rows_of, typed
from inquiry.domain.item import ValueKind, item, items
from inquiry.domain.partial_date import PartialDate

BY_MONTH = item("KYUFU-01").columns
BY_PERIOD = item("KYUFU-04").columns
APRIL, JULY_25 = PartialDate(2025, 4), PartialDate(2025, 7, 25)

#  what is typed                                              what is read
LINES = [
    ("令和7年4月　57,600円　令和7年7月25日", (APRIL, 57600, JULY_25, "")),
    ("令和7年4月、57600、R7.7.25", (APRIL, 57600, JULY_25, "")),
    ("2025年4月\t５７，６００円\t2025-07-25", (APRIL, 57600, JULY_25, "")),
    ("令和7年4月 57,600円 令和7年7月25日 多数回該当 世帯合算", (APRIL, 57600, JULY_25, "多数回該当 世帯合算")),
    ("令和7年4月　支給なし", (APRIL, "支給なし", "", "")),
    ("確認できない", ("確認できない", "", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("line", "cells"), LINES)
def test_a_line_is_read_column_by_column(line, cells):
    assert rows_of(BY_MONTH, line) == (cells,)


@pytest.mark.parametrize("wave", ["～", " ～ ", "〜"])
def test_a_period_stays_one_cell(wave):
    [row] = rows_of(BY_PERIOD, f"令和7年4月1日{wave}令和7年4月30日　120,000円　令和7年5月20日")
    assert row[0] == f"令和7年4月1日{wave}令和7年4月30日"
    assert row[1:] == (120000, PartialDate(2025, 5, 20), "")


def test_empty_lines_are_no_benefits():
    assert len(rows_of(BY_MONTH, "\n令和7年4月 1円\r\n\n令和7年5月 2円\n")) == 2


@pytest.mark.parametrize("text", ["1,23円", "円", "-5円", "5.5円", "123456789012", "約5万円", ""])
def test_what_is_no_plain_amount_stays_as_it_was_typed(text):
    assert typed(text, ValueKind.AMOUNT) == text


def test_every_benefit_has_its_columns_and_nothing_else_has():
    assert {each.code for each in items() if each.columns} == {f"KYUFU-0{number}" for number in range(1, 8)}
