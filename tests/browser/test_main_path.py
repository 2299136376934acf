"""Three people on their main path, in a real browser (memo annex STEP1 to STEP3)."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def file_inquiry(desk, person, channel, *, needed_by="", insurer="みほん電機"):
    """Fill in the form as a clerk does, with JavaScript, and return the receipt number."""
    page = desk.page
    desk.goes_to("/filing")
    page.locator("[name=insurer]").fill(insurer)
    page.locator("[data-suggest-list] [role=option]").first.click()
    page.locator("[name=reason]").select_option("E01")
    page.locator("[name=network_reference]").fill("A-0001")
    page.locator("[name=written]").fill(person["written"])
    page.locator("[name=kana]").fill(person["kana"])
    page.locator("[name=birth_date]").fill(person["birth_date"])
    page.get_by_label(person["sex"], exact=True).check()
    page.locator("[name=procedure]").select_option("YOBO-16")
    for name in ("被保険者証記号", "被保険者証番号", "資格取得年月日", "資格喪失年月日"):
        page.get_by_label(name).check()
    page.get_by_label(channel).check()
    if needed_by:
        page.locator("[name=needed_by]").fill(needed_by)


def send(desk):
    """Go over the check page and return the receipt number."""
    page = desk.page
    page.get_by_role("button", name="確認画面へ進む").click()
    expect(page).to_have_url(re.compile("/check$"))
    page.get_by_role("button", name="送信する").click()
    number = page.locator("text=/INQ-[0-9]{4}-[0-9]{6}/").first.inner_text()
    return re.search("INQ-[0-9]{4}-[0-9]{6}", number)[0]


def prepare_answer(officer, number):
    """Go from the inquiry to its answer: confirmed, one person found, what the roster says saved."""
    officer.goes_to(f"/inquiries/find?number={number}")
    for name in ("照会者を確認", "該当者を１人として記録する", "回答の内容を保存する"):
        officer.page.get_by_role("button", name=name).click()


def words_of(desk):
    """Return the check words that stand on somebody's page."""
    return desk.page.locator(".c-word__letters .u-hidden").all_inner_texts()


def hear(page, word):
    """Type the word that was read out."""
    page.get_by_label("電話に出た人の所属と氏名").fill("健康推進課 山田様")
    page.get_by_label("相手が読み上げた合言葉").fill(word)
    page.get_by_role("button", name="相手を確認する").click()


def read_aloud(officer):
    """Tick each line as it is read back, with the keyboard alone."""
    boxes = officer.page.locator("[name=read_back]")
    officer.page.wait_for_load_state()  # until the script is there, Enter sends the form
    boxes.first.focus()
    for press in ["Space", "Enter"] * (boxes.count() // 2):
        officer.page.keyboard.press(press)
    expect(officer.page.get_by_role("button", name="回答を伝えた")).to_be_focused()
    officer.page.keyboard.press("Enter")


def hang_up(officer, outcome):
    officer.page.locator(f"[name=outcome][value={outcome}]").check()
    officer.page.get_by_role("button", name="通話を終える").click()


RARE = {"written": "髙﨑　𠮷彦", "kana": "タカサキ　ヨシヒコ", "birth_date": "S41.2.28", "sex": "男"}


def test_an_answer_goes_over_the_main_line_and_both_check_words(desk_of):
    clerk, officer = desk_of("clerk"), desk_of("officer")
    file_inquiry(clerk, RARE, "電話（代表電話への折り返し）")
    clerk.looks("filing", whole=True)
    clerk.page.get_by_role("button", name="確認画面へ進む").click()
    clerk.looks("filing-check", whole=True)
    clerk.page.go_back()
    number = send(clerk)
    clerk.looks("filing-sent")

    officer.goes_to("/queue")
    officer.looks("queue")
    officer.page.get_by_role("link", name=number).click()
    officer.looks("confirming", whole=True)
    officer.page.get_by_role("button", name="照会者を確認").click()
    officer.looks("identifying", whole=True)
    officer.page.get_by_role("button", name="該当者を１人として記録する").click()
    officer.page.get_by_role("button", name="回答の内容を保存する").click()
    officer.looks("answering", whole=True)
    officer.page.get_by_role("button", name="折り返しを始める").click()
    officer.looks("calling", whole=True)

    clerk.goes_to(f"/inquiries/find?number={number}")
    clerk.looks("check-words", whole=True)
    word = words_of(clerk)[0]
    hear(officer.page, word)
    officer.looks("reading-aloud", whole=True)
    read_aloud(officer)
    hang_up(officer, "reached")
    expect(officer.page.locator(".c-chip", has_text="回答済").first).to_be_visible()

    clerk.goes_to(f"/inquiries/find?number={number}")
    clerk.looks("answered", whole=True)
    clerk.page.get_by_role("button", name="対応終了にする").click()
    expect(clerk.page.locator(".c-chip", has_text="対応終了").first).to_be_visible()
    clerk.goes_to("/desk")
    clerk.looks("desk")


def test_wrong_words_open_nothing_on_either_page_and_right_ones_do(desk_of):
    clerk, officer = desk_of("clerk"), desk_of("officer")
    file_inquiry(clerk, RARE, "電話（代表電話への折り返し）")
    number = send(clerk)
    prepare_answer(officer, number)
    officer.page.get_by_role("button", name="折り返しを始める").click()
    clerk.goes_to(f"/inquiries/find?number={number}")
    theirs, ours = words_of(clerk)
    assert words_of(officer) == [ours]
    stale = officer.page.context.new_page()
    stale.goto(officer.page.url)

    # Somebody on the line who sees no page guesses, or says back what the officer let slip.
    hear(officer.page, ours)
    officer.looks("wrong-word", whole=True)
    expect(officer.page.get_by_text("あと2回一致しないと、通話を終了します。")).to_be_visible()
    expect(officer.page.get_by_role("button", name="回答を伝えた")).to_have_count(0)
    clerk.page.reload()
    assert words_of(clerk) == [theirs, ours]

    # The right word opens the answer, and a wrong one in another tab shuts it again.
    hear(officer.page, theirs)
    expect(officer.page.get_by_role("button", name="回答を伝えた")).to_be_visible()
    hear(stale, "ちがう")
    expect(stale.get_by_text("相手は未確認")).to_be_visible()
    read_aloud(officer)
    expect(officer.page.get_by_text("あなたの入力は反映されていません。")).to_be_visible()
    expect(clerk.page.locator(".c-chip", has_text="回答済")).to_have_count(0)

    # The third wrong word ends the call, and the words are gone from both pages.
    hear(stale, "ちがう")
    expect(stale.get_by_text("合言葉が一致しなかったため、通話を終了し")).to_be_visible()
    clerk.page.reload()
    assert words_of(clerk) == []
    expect(clerk.page.get_by_text("照会の担当者と話せませんでした。")).to_be_visible()
    clerk.looks("call-missed", whole=True)

    # Another call has other words, bears one wrong word alone, and is told the answer after the right one.
    officer.goes_to(f"/inquiries/find?number={number}")
    officer.page.get_by_role("button", name="折り返しを始める").click()
    officer.looks("calling-again", whole=True)
    expect(officer.page.get_by_text("あと1回一致しないと通話を終了し")).to_be_visible()
    clerk.page.reload()
    assert {theirs, ours}.isdisjoint(words_of(clerk))
    hear(officer.page, words_of(clerk)[0])
    read_aloud(officer)
    hang_up(officer, "reached")
    clerk.page.reload()
    expect(clerk.page.locator(".c-chip", has_text="回答済").first).to_be_visible()

    pmo = desk_of("pmo")
    pmo.goes_to("/suspicions")
    pmo.looks("suspicions")
    expect(pmo.page.get_by_role("row", name=number)).to_contain_text("合言葉が一致しないまま、通話が終わった")


def test_a_locked_file_and_its_password_go_different_ways(desk_of, downloads):
    clerk, officer = desk_of("clerk"), desk_of("officer")
    person = {"written": "葛\U000e0100城　美咲", "kana": "かつらぎ　みさき", "birth_date": "平成8年5月5日", "sex": "女"}
    file_inquiry(clerk, person, "パスワード付きファイル")
    number = send(clerk)
    prepare_answer(officer, number)
    officer.page.get_by_role("button", name="ファイルを作成").first.click()
    officer.looks("password")
    officer.goes_to(f"/inquiries/find?number={number}")
    officer.page.get_by_role("button", name="この方法で回答する").click()
    clerk.goes_to(f"/inquiries/find?number={number}")
    clerk.page.get_by_label("あなたのログインのパスワード").fill(clerk.stage.password)
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name="回答を受け取る").click()
    path = downloads / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == f"{number}.docx"
    assert path.read_bytes()[:4] == bytes.fromhex("d0cf11e0")


def test_a_my_number_is_refused_at_its_field_and_nothing_typed_is_lost(desk_of):
    clerk = desk_of("clerk")
    file_inquiry(clerk, RARE, "電話（代表電話への折り返し）")
    clerk.page.locator("[name=note]").fill("マイナンバー 123456789019")
    clerk.page.get_by_role("button", name="確認画面へ進む").click()
    clerk.looks("my-number-refused", whole=True)
    expect(clerk.page).to_have_title(re.compile("^エラー："))
    expect(clerk.page.locator("[name=written]")).to_have_value(RARE["written"])


def test_enter_during_conversion_of_kana_sends_nothing(desk_of):
    clerk = desk_of("clerk")
    clerk.goes_to("/filing")
    before = clerk.page.url
    clerk.page.locator("[name=written]").focus()
    tool = clerk.page.context.new_cdp_session(clerk.page)
    tool.send("Input.imeSetComposition", {"text": "やまだ", "selectionStart": 3, "selectionEnd": 3})
    tool.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process"})
    tool.send("Input.insertText", {"text": "山田"})
    expect(clerk.page.locator("[name=written]")).to_have_value("山田")
    assert clerk.page.url == before


def test_the_pages_of_pmo_and_auditor_stand(desk_of):
    pmo, auditor, anybody = desk_of("pmo"), desk_of("auditor"), desk_of()
    for path, name in (
        ("/contacts", "contacts"),
        ("/lists/difficult-insurers", "difficult-insurers"),
        ("/municipalities", "municipalities"),
        ("/overview", "overview"),
        ("/organisations", "organisations"),
    ):
        pmo.goes_to(path)
        pmo.looks(name)
    auditor.goes_to("/ledger/")
    auditor.looks("ledger")
    auditor.page.get_by_role("button", name="検証").first.click()
    auditor.looks("ledger-verified")
    anybody.goes_to("/difficult-insurers")
    anybody.looks("public-list")


@pytest.mark.parametrize("path", ["/desk", "/filing"])
def test_at_twice_the_size_nothing_is_cut_off(desk_of, path):
    # 200 % zoom of a 1366 × 768 screen.
    clerk = desk_of("clerk", width=683, height=384, scale=2)
    clerk.goes_to(path)
    clerk.looks(f"zoomed{path.replace('/', '-')}")
    assert clerk.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_queue_prints_on_few_pages(desk_of, tmp_path):
    officer = desk_of("officer")
    officer.goes_to("/queue")
    printed = tmp_path / "queue.pdf"
    officer.page.pdf(path=printed, format="A4")
    assert printed.read_bytes().count(b"/Type /Page\n") <= 2 or printed.stat().st_size < 400_000


def test_a_name_that_is_nearly_an_insurers_is_kept_when_the_true_one_is_chosen(desk_of):
    clerk = desk_of("clerk")
    file_inquiry(clerk, RARE, "電話（代表電話への折り返し）", insurer="みほん電気健康保険組合")
    expect(clerk.page.locator("[name=insurer]")).to_have_value("みほん電機健康保険組合")
    clerk.page.get_by_role("button", name="確認画面へ進む").click()
    expect(clerk.page).to_have_url(re.compile("/check$"))
    expect(clerk.page.get_by_text("名簿が「機」、入力は「気」")).to_be_visible()
