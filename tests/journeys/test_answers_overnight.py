"""What was written yesterday and is told today, over HTTP: nothing leaves unseen that the roster says otherwise."""

import pytest

from inquiry.domain.inquiry import State
from tests.journeys.everybody import SATO
from tests.journeys.forms import finished, links_in
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


OVERTAKEN = "保存した回答の内容は、今の名簿と異なります"
NOT_AS_SHOWN = "画面を開いた後に名簿が変わったため、回答の内容は保存していません"
LOST = "令和8年11月20日（2026年11月20日）"


def handed_over(everybody):
    """Hand every letter over in one go; return the page of the run."""
    everybody.officer.goes_to("/bulk/hand_over")
    return finished(everybody.officer, everybody.officer.sends("/bulk/hand_over"))


@pytest.mark.documents
def test_what_a_mistaken_roster_said_is_seen_again_after_it_was_put_back(everybody, asks, world):
    switched(everybody.officer, TARO)
    path = asks().files(SATO, "letter").confirmed("letter").identified(State.IDENTIFIED)
    switched(everybody.officer, TARO.replace("2019-04-01,,", "2019-04-01,2026-11-20,"))
    everybody.officer.goes_to(path.inquiry)
    assert LOST in path.of(everybody).prepared("letter").seen_by(everybody.officer).text
    world.clock.forward(minutes=1)
    (back,) = links_in(everybody.officer.goes_to("/rosters"), "この名簿に戻す")
    everybody.officer.goes_to(back)
    everybody.officer.sends("/put-back")

    page = path.seen_by(everybody.officer)
    assert OVERTAKEN in page.text
    assert dict(page.form("/prepare").fields)["SHIKAKU-07"] == "加入中"
    assert "できない1件" in handed_over(everybody).text
    assert CHANGED in everybody.officer.page.text
    path.seen_by(everybody.officer)
    path.prepared("letter")
    assert OVERTAKEN not in path.seen_by(everybody.officer).text
    assert "済み1件" in handed_over(everybody).text
    path.expects(State.ANSWERED)


def test_whoever_saves_a_page_that_was_opened_before_the_roster_changed_has_not_seen_it(everybody, asks):
    switched(everybody.officer, TARO)
    path = asks().files(SATO).confirmed().identified(State.IDENTIFIED)
    officer, colleague = everybody.officer, everybody.supervisor
    officer.goes_to(path.inquiry)
    taken_over(colleague, ENDED)
    refused = officer.sends("/prepare", channel="call_back")
    assert refused.status == 409
    assert NOT_AS_SHOWN in refused.text
    page = path.seen_by(officer)
    assert dict(page.form("/prepare").fields)["SHIKAKU-07"] == LOST
    path.prepared("call_back")
    assert OVERTAKEN not in path.seen_by(officer).text
    path.called().told_by_call().expects(State.ANSWERED)


def test_what_is_read_out_on_a_call_is_said_to_be_another_once_the_roster_changed(everybody, asks):
    switched(everybody.officer, TARO)
    path = asks().files(SATO).confirmed().identified(State.IDENTIFIED).prepared("call_back").called()
    officer, call = everybody.officer, everybody.officer.page.url
    assert "伝える回答" in officer.page.text
    assert OVERTAKEN not in officer.page.text
    taken_over(everybody.supervisor, ENDED)
    assert OVERTAKEN in officer.goes_to(call).text
    path.seen_by(officer)
    path.prepared("call_back")
    assert LOST in officer.goes_to(call).text
    assert OVERTAKEN not in officer.page.text
    path.told_by_call().expects(State.ANSWERED)
