"""The guard looks at every cell of a table of inquiries."""

from tests.web.test_outages import COLUMNS, OPTIONAL, csv_of, down, people, row, sent_up

__all__ = ["down"]
MINE = "123456789018"


def test_a_my_number_in_any_cell_keeps_the_table_out_and_names_the_row(client_as, world, down):
    for column in ("氏名", "連絡事項", "処理通番等", "記号"):
        rows = [*people(2), row(**{column: f"{MINE}"})]
        page = sent_up(client_as("clerk"), csv_of(rows, (*COLUMNS, *OPTIONAL)), status=422)
        assert f"<td>{column}</td>" in page
        assert '<td class="c-table__number">4</td>' in page
        assert MINE not in page
        assert "表は保存していません" in page
