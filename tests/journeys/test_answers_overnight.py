"""What was written yesterday and is told today, over HTTP: nothing leaves unseen that the roster says otherwise."""

import pytest

from inquiry.domain.inquiry import State
from tests.journeys.everybody import SATO
from tests.journeys.forms import finished
from tests.journeys.test_rosters import TARO, switched, taken_over

ENDED = f"変更,{TARO}".replace("2019-04-01,,", "2019-04-01,2026-11-20,")
CHANGED = "加入者を確認した後に名簿が変わり、回答する内容（資格期間など）が変わりました"


@pytest.mark.documents
def test_a_days_letter_stays_where_cover_ended_overnight_until_somebody_has_seen_it(everybody, asks, world):
    switched(everybody.officer, TARO)
    path = asks().files(SATO, "letter").confirmed("letter").identified(State.IDENTIFIED).prepared("letter")
    everybody.officer.goes_to("/letter-runs")
    run = finished(everybody.officer, everybody.officer.sends("/begin", picked=[path.inquiry_id]))
    assert "作成済み1件" in run.text

    world.clock.forward(days=1)
    taken_over(everybody.officer, ENDED)
    everybody.officer.goes_to(run.url)
    assert everybody.officer.sends("/print").status == 404
    everybody.officer.goes_to(run.url)
    refused = everybody.officer.sends("/post", posted_on="2026-11-26")
    assert (refused.status, path.state) == (422, State.IDENTIFIED)
    assert CHANGED in refused.text

    path.of(everybody).prepared("letter")
    everybody.officer.goes_to("/letter-runs")
    run = finished(everybody.officer, everybody.officer.sends("/begin", picked=[path.inquiry_id]))
    assert everybody.officer.sends("/print").media_type == "application/pdf"
    everybody.officer.goes_to(run.url)
    everybody.officer.sends("/post", posted_on="2026-11-26")
    path.expects(State.ANSWERED)
