"""A My Number in a file for the contact list: nothing is kept of the file, and its row and column are named."""

from tests.web.test_contacts import lines, upload

MY_NUMBER = "１２３４ 5678 9018"


def test_the_row_and_the_column_of_a_my_number_are_named_and_the_file_is_not_kept(client_as, world):
    pmo = client_as("pmo")
    head, first, second, *_ = lines(pmo).decode("utf-8-sig").splitlines()
    place = head.split(",").index("備考")
    cells = second.split(",")
    cells[place] = MY_NUMBER
    page = upload(pmo, "\r\n".join([head, first, ",".join(cells)]).encode(), status=422)
    assert "マイナンバーと思われる数字" in page
    assert '<td class="c-table__number">3</td><td>備考</td>' in page
    assert MY_NUMBER not in page
