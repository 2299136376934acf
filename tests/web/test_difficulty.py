"""memo 3(1): numbers and charts of how hard insurers are to link, and the rules that propose."""

import pytest

from inquiry.workflow import difficulty_rules
from tests.web.stages import confirmed, filed
from tests.workflow.test_listing_proposals import STRICT, suffer


@pytest.fixture
def heavy(world):
    """An insurer with two heavy months under rules that notice."""
    with world.house.work(world.pmo) as work:
        difficulty_rules.change(work, STRICT, number=0, reason="試行")
    suffer(world, 9, 10)
    return world


def test_pmo_staff_read_the_whole_country_and_each_insurer(heavy, client_as):
    pmo = client_as("pmo")
    page = pmo.open("/difficulty/")
    assert "4" in page.tree.xpath("string(//table[@id='reasons']//tr[td][1]/td[1])")
    assert page.tree.xpath("//table[@id='insurers']//th/a/text()") == ["みほん健康保険組合"]
    assert "掲載の基準以上" in page.text
    page = pmo.open(page.links("みほん健康保険組合")[0])
    assert "リストに掲載なし" in page.text
    rows = page.tree.xpath("//table[@id='numbers']/tbody/tr")
    assert [" ".join(cell.text_content().split()) for cell in rows[1]][:3] == ["2026年10月", "2", "2"]
    assert len(rows) == 13


def test_insurers_are_searched(heavy, client_as):
    pmo = client_as("pmo")
    assert "当てはまる保険者はありません" in pmo.open("/difficulty/?text=ないほけん").text
    assert "みほん健康保険組合" in pmo.open("/difficulty/?text=みほん").text


def test_an_insurer_reads_its_own_numbers_alone(heavy, client_as):
    own = client_as("officer").open("/difficulty/own")
    assert "掲載の基準以上" in own.text
    assert "掲載の基準以上" not in client_as("other_officer").open("/difficulty/own").tree.xpath("string(//table)")
    client_as("officer").open(f"/difficulty/insurers/{heavy.branch_id}", status=403)


@pytest.mark.parametrize(
    ("name", "address"), [("pmo", "/difficulty/evidence.csv"), ("officer", "/difficulty/own/evidence.csv")]
)
def test_the_numbers_are_taken_out_as_a_table(heavy, client_as, name, address):
    lines = client_as(name).client.get(address).data.decode("utf-8-sig").splitlines()
    assert len(lines) == 14
    assert lines[-2].startswith("06130017,みほん健康保険組合,2026年10月,2,2,0,,,0,2,0,0,0")


def test_every_chart_says_in_words_what_it_shows_and_is_told_apart_without_colour(heavy, client_as):
    page = client_as("officer").open("/difficulty/own")
    drawings = page.tree.xpath("//svg[@role='img']")
    assert len(drawings) == 4
    for drawing in drawings:
        assert drawing.xpath("string(title)")
        assert "から11月まで" in drawing.xpath("string(desc)")
    assert page.tree.xpath("//figure[1]//rect[contains(@class, 'c-chart__bar--1')]/@fill") == ["url(#asked-1)"]


def test_no_person_stands_in_the_numbers(world, client_as):
    confirmed(world)
    page = client_as("pmo").open("/difficulty/").response.get_data(as_text=True)
    assert "髙橋" not in page
    assert "INQ-" not in page


def test_a_house_without_inquiries_says_so(client_as):
    assert "照会はまだありません" in client_as("pmo").open("/difficulty/").text
    own = client_as("officer").open("/difficulty/own")
    assert "即日回答の数値はありません" in own.tree.xpath("string(//figure[2]//desc)")


RULES = "/difficulty/rules"


def test_rules_are_tried_before_they_are_changed(heavy, client_as):
    pmo = client_as("pmo")
    page = pmo.open(RULES)
    typed = {"unregistered_enter": "９", "unregistered_leave": "3"}
    tried = pmo.send(page, button="next=preview", **typed)
    assert "この基準で提案される保険者はありません" in tried.text
    tried = pmo.send(tried, button="next=preview", unregistered_enter="2", unregistered_leave="1")
    assert "みほん健康保険組合" in tried.tree.xpath("string(//table[@id='suggestions'])")
    changed = pmo.send(tried, button="next=change", late_percent_enter="40", reason="見直し")
    assert "掲載・解除の基準を変更しました" in changed.text
    assert "第2版" in changed.text
    assert "見直し" in changed.text


FAULTS = [
    ({"late_percent_leave": "50"}, "解除の基準は"),
    ({"late_percent_leave": ""}, "両方を空に"),
    ({"late_percent_enter": "", "late_percent_leave": ""}, "問合せへの対応の指標を"),
    ({"unregistered_enter": "", "unregistered_leave": ""}, "登録の遅れの指標を"),
    ({"late_percent_enter": "多い"}, "までの数で入力"),
    ({"months_to_enter": "13"}, "1から12まで"),
    ({"least_inquiries": "0"}, "1以上"),
    ({"least_inquiries": ""}, "数を入力"),
    ({"days_to_object": "91"}, "90日まで"),
    ({"reason": ""}, "変更の理由"),
]


@pytest.mark.parametrize(("change", "said"), FAULTS)
def test_rules_that_tell_nothing_are_refused_with_the_reason(heavy, client_as, change, said):
    pmo = client_as("pmo")
    page = pmo.send(pmo.open(RULES), button="next=change", status=422, **{"reason": "見直し", **change})
    assert [line for line in page.errors if said in line]


def test_two_who_change_the_rules_at_once(heavy, client_as):
    pmo, other = client_as("pmo"), client_as("other_pmo")
    first, second = pmo.open(RULES), other.open(RULES)
    pmo.send(first, button="next=change", reason="先")
    assert "pmo の担当" in other.send(second, button="next=change", reason="後", status=409).text


def test_only_pmo_staff_read_everybodys_numbers(world, client_as):
    filed(world)
    for name in ("clerk", "officer", "auditor"):
        client_as(name).open("/difficulty/", status=403)
        client_as(name).open(RULES, status=403)
