"""No My Number enters by the evidence or the withdrawal of a kanji pair (memo annex STEP1, 留意)."""

import pytest

from inquiry.domain.errors import MyNumberFound
from inquiry.workflow import own_variants
from tests.web.test_matching_rules import officer, propose, withdrawal

__all__ = ["officer"]

MY_NUMBER = "123456789018"


def test_a_my_number_in_the_evidence_is_turned_away_and_not_shown_again(officer):
    page = propose(officer, status=422, evidence=f"届出 {MY_NUMBER}")
    assert any("マイナンバーと思われる数字" in line for line in page.errors)
    assert MY_NUMBER not in page.response.get_data(as_text=True)


def test_a_my_number_in_the_reason_is_turned_away(officer):
    page = officer.open(withdrawal(propose(officer)))
    page = officer.send(page, status=422, reason=MY_NUMBER)
    assert any("マイナンバーと思われる数字" in line for line in page.errors)


def test_a_use_case_refuses_it_too(world):
    with pytest.raises(MyNumberFound), world.house.work(world.officer) as work:
        own_variants.propose(work, "昂", "昴", evidence=MY_NUMBER)
