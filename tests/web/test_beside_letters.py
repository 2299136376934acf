"""memo annex STEP2 ⑤ ⅱ: a domain or name that resembles a true one is laid out letter by letter on the change's page."""

import pytest

from tests.web.test_amendments import proposed
from tests.web.test_contacts import GROUND
from tests.world import SAPPORO

SEEN = {"source": "https://www.city.example.lg.jp/", "checked_on": "2026-11-24"}

#  typed by Sapporo            what is said beside 千代田区's example.lg.jp
DOMAINS = [
    ("examp1e.lg.jp", "6文字目は名簿が「l」、変更後は「1」"),
    ("exmple.lg.jp", "3文字目の「a」がありません"),
    ("xn--exmple-4nf.lg.jp", "3文字目は名簿が「a」、変更後は「а（キリル文字）」"),
]


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


@pytest.mark.parametrize(("domain", "said"), DOMAINS)
def test_a_domain_that_imitates_anothers_stands_beside_it(pmo, domain, said):
    page = pmo.open(f"/municipalities/{SAPPORO}")
    page = pmo.send(page, page.path, mail_domain=domain, **SEEN)
    shown = pmo.open(page.links("手続を見る")[0])
    assert "東京都 千代田区のメールドメインに似ています" in shown.text
    assert said in shown.text


def test_a_name_that_resembles_anothers_stands_beside_it(pmo, world):
    path = proposed(
        pmo, f"/contacts/{world.branch_id}/change", name="みほん健康保険組含", telephone="03-0000-4567", **GROUND
    )
    shown = pmo.open(path)
    assert "みほん健康保険組合の名称に似ています" in shown.text
    assert "9文字目は名簿が「合」、変更後は「含」" in shown.text


def test_a_new_number_near_the_old_one_is_compared_with_it_by_its_name(pmo, world):
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change", telephone="03-0000-1235", **GROUND)
    assert "変更前の番号に似ています" in pmo.open(path).text
