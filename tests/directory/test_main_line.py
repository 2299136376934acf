import pytest

from inquiry.directory.main_line import grouped, read_main_line, read_telephone
from inquiry.domain.errors import InvalidValue

MINISTRY = "0352531111"

READ = ["03-5253-1111", "０３（５２５３）１１１１", "03 5253 1111", "0352531111", "03ー5253ー1111", "03‐5253−1111"]


@pytest.mark.parametrize("text", READ)
def test_a_main_line_is_read_however_it_is_typed(text):
    assert read_main_line(text) == MINISTRY


REFUSED = [
    ("090-1234-5678", "main_line:mobile"),
    ("080-1234-5678", "main_line:mobile"),
    ("070-1234-5678", "main_line:mobile"),
    ("060-1234-5678", "main_line:mobile"),
    ("050-1234-5678", "main_line:ip_telephone"),
    ("0120-123-456", "main_line:toll_free"),
    ("0800-123-4567", "main_line:toll_free"),
    ("0570-012-345", "main_line:shared_charge"),
    ("020-1234-5678", "main_line:not_a_line"),
    ("+81-3-5253-1111", "main_line:international"),
    ("5253-1111", "main_line:no_area_code"),
    ("1811-1111-11", "main_line:no_area_code"),
    ("010-81-3-5253-1111", "main_line:wrong_length"),
    ("03-5253-111", "main_line:wrong_length"),
    ("03-5253-11111", "main_line:wrong_length"),
    ("03-5253-1111 内線3152", "main_line:unreadable"),
    ("", "main_line:unreadable"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_fixed_line_is_refused(text, code):
    with pytest.raises(InvalidValue) as caught:
        read_main_line(text)
    assert caught.value.code == code


GROUPED = [
    ("0352531111", "03-5253-1111"),
    ("0177213821", "017-721-3821"),
    ("0178432111", "0178-43-2111"),
    ("0112112111", "011-211-2111"),
    ("0123242111", "0123-24-2111"),
    ("0153522111", "0153-52-2111"),
    ("0493222111", "0493-22-2111"),
    ("0499221111", "04992-2-1111"),
    ("0470221111", "0470-22-1111"),
    ("0470921111", "04-7092-1111"),
    ("0429981111", "04-2998-1111"),
    ("0422511111", "0422-51-1111"),
    ("0663330000", "06-6333-0000"),
    ("0126721111", "01267-2-1111"),
    ("0980821111", "0980-82-1111"),
    ("0980221111", "09802-2-1111"),
    ("0120123456", "0120-123-456"),
    ("0570012345", "0570-012-345"),
    ("08001234567", "0800-123-4567"),
    ("09012345678", "090-1234-5678"),
    ("05012345678", "050-1234-5678"),
    ("0300001234", "03-0000-1234"),
]


@pytest.mark.parametrize(("number", "shown"), GROUPED)
def test_a_number_is_shown_in_the_groups_people_know(number, shown):
    assert grouped(number) == shown


TELEPHONES = [("０１２０－１２３－４５６", "0120123456"), ("050-1234-5678", "05012345678"), ("03-5253-1111", MINISTRY)]


@pytest.mark.parametrize(("text", "number"), TELEPHONES)
def test_a_desk_may_publish_a_number_of_any_kind(text, number):
    assert read_telephone(text) == number


@pytest.mark.parametrize("text", ["03-5253-11111", "090-1234-567", "0120-1234-567"])
def test_a_telephone_number_of_no_length_known_is_refused(text):
    with pytest.raises(InvalidValue, match="main_line:wrong_length"):
        read_telephone(text)
