"""memo ※5 over HTTP: each answer about a registered member leaves a copy to bring up to date, until somebody has."""

from inquiry.domain.inquiry import State
from tests.journeys.everybody import SATO
from tests.journeys.forms import items_of
from tests.world import member

LEFT = "副本の登録・更新が{}件残っています。進めると、次からは情報連携で回答され、ここに届く照会が減ります。"


def answered(path):
    path.files(SATO).confirmed().identified(State.IDENTIFIED).prepared("call_back").called().told_by_call()
    return path


def ticked(officer):
    """Tick off all that wait, as the page offers it."""
    page = officer.goes_to("/copies?tick=page")
    every = [value for name, value in page.form("/copies/check").fields if name == "refresh"]
    officer.sends("/copies/check", refresh=every)
    return officer.sends("/copies/done")


def test_a_copy_waits_and_ages_and_asks_again_until_it_is_ticked_off(everybody, asks, world):
    world.take_over_roster(member())
    assert "副本の登録・更新が" not in everybody.officer.goes_to("/queue").text
    first = answered(asks())
    assert LEFT.format(1) in everybody.officer.goes_to("/queue").text

    # Ten days later the same person is asked about again, since the copy is still not there.
    world.clock.forward(days=10)
    again = answered(asks())
    page = everybody.officer.goes_to("/copies")
    rows = items_of(page, "//table[@id='copies']/tbody/tr")
    assert [row.split()[0] for row in rows] == [first.number, again.number]
    assert [row.split()[-1] for row in rows] == ["10日", "0日"]
    assert "残っている 2件（7日以内 1件、8〜30日 1件、31日以上 0件）" in page.text
    assert "最も古いもの 10日" in page.text
    assert "済んでいれば届かなかった照会 90日間に1件" in page.text
    assert "髙橋" not in page.text

    page = ticked(everybody.officer)
    assert "副本の登録・更新2件を済みにしました。" in page.text
    assert "登録・更新を待っている副本はありません" in page.text
    assert "90日間に済んだ 2件" in page.text
    assert "副本の登録・更新が" not in everybody.officer.goes_to("/queue").text
    assert "副本を登録・更新（※5）" in first.seen_by(everybody.officer).text


def test_who_is_not_registered_leaves_no_copy(everybody, asks, world):
    world.take_over_roster(member(is_number_registered=False))
    answered(asks())
    assert "登録・更新を待っている副本はありません" in everybody.officer.goes_to("/copies").text
