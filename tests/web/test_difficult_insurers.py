"""memo 3(1): the list of insurers that are hard to link, as PMO staff keep it."""

import pytest

from tests.world import BRANCH, SOCIETY

LIST = "/lists/difficult-insurers/"
DRAFT = "/lists/difficult-insurers/draft"
ENTRY = {
    "insurer_number": SOCIETY,
    "scope": "all",
    "category": "attachments_needed",
    "from_on": "R8.12.1",
    "reason": "登録の遅延率が高い",
}


@pytest.fixture
def pmo(client_as):
    """One of the PMO with the next version begun."""
    pmo = client_as("pmo")
    pmo.send(pmo.open(LIST), DRAFT)
    return pmo


def add(pmo, status=200, **changes):
    page = pmo.open(f"{DRAFT}/new")
    return pmo.send(page, status=status, **{**ENTRY, **changes})


def test_an_insurer_is_listed_with_its_scope_its_category_and_its_days(pmo):
    page = add(pmo, until_on="2027-03-31")
    for said in (
        "掲載予定",
        "みほん健康保険組合",
        "全加入者",
        "添付書類省略困難保険者",
        "令和8年12月1日から",
        "令和9年3月31日まで",
    ):
        assert said in page.text


REFUSED = [
    ({"insurer_number": BRANCH}, "被扶養者のみ"),  # memo 3(1): 協会けんぽ, dependants only
    ({"insurer_number": "39131008"}, "照会窓口一覧にありません"),
    ({"insurer_number": "138057"}, "対象外"),
    ({"insurer_number": "06130018"}, "検証番号"),
    ({"until_on": "2026-11-30"}, "開始日より前"),
    ({"from_on": "R8.13.1"}, "日付"),
    ({"from_on": ""}, "掲載日を入力"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_an_entry_that_the_memo_does_not_allow_is_refused_with_the_reason(pmo, change, said):
    page = add(pmo, status=422, **change)
    assert [line for line in page.errors if said in line]


def test_the_association_is_listed_for_dependants(pmo):
    assert "被扶養者のみ" in add(pmo, insurer_number=BRANCH, scope="dependants_only").text


def test_an_insurer_is_listed_once_at_a_time_in_a_category(pmo):
    add(pmo)
    assert "すでにその期間に掲載" in add(pmo, status=422, from_on="R9.1.1").text
    assert "予防接種" in add(pmo, category="vaccination").text


def test_a_second_person_sees_what_changes_and_publishes(pmo, client_as, anybody):
    page = add(pmo, from_on="R8.11.1")
    assert "この版を書いた人は公開できません" in page.text
    assert f"{DRAFT}/publish" not in page.actions
    other = client_as("other_pmo")
    page = other.open(DRAFT)
    for said in ("登録の遅延率が高い", "提案を経ていません"):
        assert said in page.tree.xpath("string(//table[@id='changes'])")
    refused = other.send(page, f"{DRAFT}/publish", published_on="R8.11.24", status=422)
    assert [line for line in refused.errors if "過ぎた日付" in line]
    page = other.send(page, f"{DRAFT}/publish", published_on="R8.11.25")
    assert "第1版を公開しました" in page.text
    assert "掲載中" in page.text
    assert "みほん健康保険組合" in anybody.open("/difficult-insurers").text


def test_an_entry_is_ended_in_the_next_version_and_stays_to_be_read_in_the_one_before(pmo, client_as, anybody):
    add(pmo, from_on="R8.11.1")
    other = client_as("other_pmo")
    other.send(other.open(DRAFT), f"{DRAFT}/publish", published_on="R8.11.25")
    page = other.send(other.open(LIST), DRAFT)
    page = other.open(page.links("みほん健康保険組合")[0])
    assert "登録の遅延率が高い" in page.form().fields["reason"]
    page = other.send(page, until_on="R8.11.25")
    assert "令和8年11月25日まで" in page.tree.xpath("string(//table[@id='changes'])")
    page = other.send(page, DRAFT + "/discard")
    assert "公開しているリストは変わっていません" in page.text
    assert "みほん健康保険組合" in anybody.open("/difficult-insurers/editions/1").text


def test_an_entry_is_taken_out_of_the_draft(pmo):
    page = add(pmo)
    address = page.links("みほん健康保険組合")[0]
    page = pmo.send(pmo.open(address), f"{address}/remove")
    assert "下書きに記載がありません" in page.text


def test_the_second_of_two_who_change_an_entry_is_told_who_was_first(pmo):
    address = add(pmo).links("みほん健康保険組合")[0]
    first, second = pmo.open(address), pmo.open(address)
    pmo.send(first, until_on="R9.1.1")
    assert "pmo の担当" in pmo.send(second, until_on="R9.2.1", status=409).text


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor"])
def test_only_pmo_staff_keep_the_list(client_as, name):
    client_as(name).open(LIST, status=403)
