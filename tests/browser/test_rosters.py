"""An insurer's roster, its rules and its list of inquiries, in a real browser (memo annex STEP2 ④)."""

import pytest
from playwright.sync_api import expect

from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS
from inquiry.workflow import roster_changes, roster_progress
from tests.browser.test_main_path import file_inquiry, send
from tests.workflow.test_roster_unhindered import Pause
from tests.world import ROOT

pytestmark = pytest.mark.browser

MATCHED = {"written": "渡邉　裕子", "kana": "わたなべ　ゆうこ", "birth_date": "S54.11.23", "sex": "女"}
TWICE = {"written": "佐藤　花子", "kana": "サトウ　ハナコ", "birth_date": "S60.4.12", "sex": "女"}
HIDDEN = {"written": "吉田　恵", "kana": "ヨシダ　メグミ", "birth_date": "S63.9.9", "sex": "女"}
NOBODY = {"written": "渡辺　裕子", "kana": "ワタナベ　ユウコ", "birth_date": "S54.11.22", "sex": "女"}


def test_a_roster_is_loaded_looked_at_and_switched_to(desk_of):
    officer = desk_of("officer")
    officer.goes_to("/rosters")
    officer.looks("rosters", whole=True)
    officer.page.locator("[name=file]").set_input_files(ROOT / "examples" / "roster.csv")
    officer.page.get_by_role("button", name="ファイルを読み込む").click()
    # The page looks again by itself until the roster is there.
    switch = officer.page.get_by_role("button", name="この名簿に切り替える")
    expect(switch).to_be_visible(timeout=60_000)
    officer.looks("roster-loaded", whole=True)
    switch.click()
    expect(officer.page.get_by_text("加入者名簿を切り替えました")).to_be_visible()
    expect(officer.page.get_by_role("link", name="この名簿に戻す")).to_be_visible()


def forty_come(number):
    """Return differences by which forty people come who are numbered like this."""
    who = "灯台　守,ﾄｳﾀﾞｲ ﾏﾓﾙ,,,,,S33.4.1,1,本人,2019-04-01,,,,1"
    rows = [f"追加,{number}-{each},12,{each},01,{who}" for each in range(40)]
    return "\r\n".join([",".join((CHANGE, *ROSTER_COLUMNS)), *rows]).encode()


def chooses_differences(desk, number):
    desk.goes_to("/rosters")
    file = {"name": "差分.csv", "mimeType": "text/csv", "buffer": forty_come(number)}
    desk.page.locator("[name=file]").set_input_files(file)
    desk.page.get_by_label("差分（追加・変更・削除された人だけ", exact=False).check()


def presses(desk):
    desk.page.get_by_role("button", name="ファイルを読み込む").click(no_wait_after=True)


# The driver waits with a page that waits for its answer, so the page says by itself what it shows, and presses again.
TELLING = """() => {
  const said = document.querySelector("[data-sending-said]");
  const tell = () => {
    said.closest("form").requestSubmit();
    console.log(said.textContent, document.getElementById("sending").value);
  };
  new MutationObserver(tell).observe(said, { childList: true });
}"""


def test_a_page_that_waits_for_its_answer_shows_how_far_it_is(desk_of, monkeypatch):
    monkeypatch.setattr(roster_progress, "SECONDS_BETWEEN", 0)
    officer = desk_of("officer")
    chooses_differences(officer, 1)
    pause = Pause(monkeypatch, roster_changes, "made_others")
    officer.page.evaluate(TELLING)
    with officer.page.expect_console_message(lambda line: line.text.startswith("40行")) as told:
        presses(officer)
    assert told.value.text == f"40行　残り およそ1分 {roster_changes.READ}"
    pause.go_on()
    expect(officer.page.get_by_text("差分を取り込みました（40行）")).to_be_visible()


@pytest.mark.parametrize(("width", "height", "scale"), [(1366, 768, 1), (683, 384, 2)])
def test_whoever_sends_differences_sees_how_far_they_are_and_so_do_colleagues(
    desk_of, monkeypatch, width, height, scale
):
    monkeypatch.setattr(roster_progress, "SECONDS_BETWEEN", 0)
    officer, colleague = (desk_of("officer", width=width, height=height, scale=scale) for _ in range(2))
    chooses_differences(officer, width)
    # A page that waits for its answer cannot be photographed: the answer comes in another window.
    officer.page.evaluate("document.querySelector('form[action$=load]').target = 'answer'")
    pause = Pause(monkeypatch, roster_changes, "made_others")
    presses(officer)
    pause.wait()
    expect(officer.page.locator("[data-sending-said]")).to_have_text("40行　残り およそ1分")
    officer.page.locator("#sending").scroll_into_view_if_needed()
    officer.looks(f"roster-changes-sent-{width}")

    colleague.goes_to("/rosters")
    expect(colleague.page.get_by_text("差分を取り込んでいます")).to_be_visible()
    colleague.looks(f"roster-changes-seen-{width}")
    assert colleague.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    colleague.page.get_by_label("名簿の基準日").fill("R8.11.1")
    with officer.page.expect_popup() as answer:
        pause.go_on()
    expect(answer.value.get_by_text("差分を取り込みました（40行）")).to_be_visible()
    expect(colleague.page.get_by_text("差分の取込は終わりました。")).to_be_visible()
    expect(colleague.page.get_by_text("差分を取り込んでいます")).to_be_hidden()
    expect(colleague.page.get_by_label("名簿の基準日")).to_have_value("R8.11.1")
    colleague.looks(f"roster-changes-over-{width}")
    expect(officer.page.get_by_text("結果が出ないときは")).to_be_visible()


@pytest.mark.parametrize(("width", "height", "scale"), [(1366, 768, 1), (683, 384, 2)])
def test_going_back_shows_what_it_changes(desk_of, width, height, scale):
    officer = desk_of("officer", width=width, height=height, scale=scale)
    officer.goes_to("/rosters")
    officer.page.get_by_role("link", name="この名簿に戻す").click()
    expect(officer.page.get_by_role("button", name="この名簿に戻す")).to_be_visible()
    officer.looks(f"roster-back-{width}", whole=True)
    assert officer.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_list_of_inquiries_is_decided_in_one_go(desk_of):
    clerk, officer = desk_of("clerk"), desk_of("officer")
    for person in (MATCHED, TWICE, HIDDEN, NOBODY):
        file_inquiry(clerk, person, "電話（代表電話への折り返し）")
        number = send(clerk)
        officer.goes_to("/queue")
        officer.page.get_by_role("link", name=number).click()
        officer.page.get_by_role("button", name="照会者を確認").click()
    officer.looks("near-nobody", whole=True)
    officer.goes_to("/matching")
    officer.looks("matching")
    officer.page.get_by_role("link", name="「一人」をすべて選ぶ").click()
    officer.page.get_by_role("button", name="選んだ照会の判定を記録する").click()
    expect(officer.page.get_by_text("記録しました")).to_be_visible()
    officer.goes_to("/matching-rules")
    officer.looks("matching-rules")


@pytest.mark.parametrize("path", ["/rosters", "/matching-rules", "/matching"])
def test_the_insurers_pages_fit_at_twice_the_size(desk_of, path):
    officer = desk_of("officer", width=683, height=384, scale=2)
    officer.goes_to(path)
    officer.looks(f"zoomed{path.replace('/', '-')}")
    assert officer.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
