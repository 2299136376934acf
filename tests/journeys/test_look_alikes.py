"""Look-alikes over HTTP: what is typed is laid beside the true one, digit by digit, and PMO staff are told."""

import pytest

from tests.journeys.everybody import SATO
from tests.journeys.forms import items_of, links_in

# The ministry's own number, as the memo has it, and the one that callers in its name gave in 2024.
TRUE, FALSE = "0352531111", "03-4253-1111"
WHOSE = "厚生労働省保険局保険課・厚生労働省保険局国民健康保険課・厚生労働省保険局高齢者医療課"


def typed_in_an_inquiry(everybody, asks, _world):
    return asks().files(SATO, heard_telephone=FALSE).seen_by(everybody.officer)


def typed_at_the_telephone(everybody, asks, _world):
    return asks().takes_in("telephone", SATO, heard_telephone=FALSE).seen_by(everybody.officer)


def typed_in_a_proposed_change(everybody, _asks, world):
    change = f"/contacts/{world.insurer_id}/change"
    everybody.pmo.goes_to(change)
    page = everybody.pmo.sends(change, telephone=FALSE, evidence="届出の写し", checked_on="R8.11.24")
    (steps,) = links_in(page, "手続を見る")
    return everybody.other_pmo.goes_to(steps)


def suspicions(pmo):
    """Return the suspicions as PMO staff read them."""
    return items_of(pmo.goes_to("/suspicions"), "//table[@id='suspicions']/tbody/tr")


#  where it was typed             what its reader calls it
TYPED = [
    (typed_in_an_inquiry, "照会書"),
    (typed_at_the_telephone, "聞き取り"),
    (typed_in_a_proposed_change, "変更後"),
]


@pytest.mark.parametrize(("typed", "word"), TYPED)
def test_a_number_one_digit_from_the_ministrys_is_laid_beside_it_and_told_to_pmo_staff(
    everybody, asks, world, typed, word
):
    assert suspicions(everybody.pmo) == []
    page = typed(everybody, asks, world)
    assert f"{WHOSE}の番号に似ています" in page.text
    assert f"3桁目は名簿が「5」、{word}は「4」" in page.text
    assert items_of(page, "//p[@class='c-comparison__value']/mark") == ["5", "4"]
    (line,) = suspicions(everybody.pmo)
    assert f"{WHOSE}：{TRUE}" in line
    assert "入力されたもの：0342531111" in line

    # Somebody looks at it and says what they made of it.
    (form,) = (each for each in everybody.pmo.page.forms if each.action.endswith("/look"))
    (reason,) = (name for name in form.names if name.endswith("reason"))
    everybody.pmo.sends("/look", **{reason: "番号の持ち主に電話し、心当たりがないと聞いた"})
    assert "確認済み" in suspicions(everybody.pmo)[0]


def test_the_true_number_is_no_suspicion(everybody, asks):
    page = asks().files(SATO, heard_telephone="03-5253-1111").seen_by(everybody.officer)
    assert "似ています" not in page.text
    assert suspicions(everybody.pmo) == []


#  the domain of an address that came with an inquiry, and what the page says of it; example.lg.jp is Chiyoda's
IMITATED = [
    ("kenko@examp1e.lg.jp", "6文字目は名簿が「l」、照会書は「1」"),
    ("kenko@example.lg.jp.mail.example.com", "文字目に"),
    ("kenko@exаmple.lg.jp", "キリル文字"),
]


@pytest.mark.parametrize(("address", "said"), IMITATED)
def test_a_domain_that_looks_like_a_municipalitys_is_told_letter_by_letter(everybody, asks, address, said):
    page = asks().files(SATO, heard_mail=address).seen_by(everybody.officer)
    assert "東京都 千代田区のメールドメインに似ています" in page.text
    assert said in page.text
    (line,) = suspicions(everybody.pmo)
    assert "東京都 千代田区：example.lg.jp" in line
