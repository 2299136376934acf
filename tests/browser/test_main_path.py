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
    word = clerk.page.locator(".c-word__letters .u-hidden").first.inner_text()
    officer.page.get_by_label("電話に出た人の所属と氏名").fill("健康推進課 山田様")
    officer.page.get_by_label("相手が読み上げた合言葉").fill(word)
    officer.page.get_by_role("button", name="相手を確認する").click()
    officer.looks("reading-aloud", whole=True)
    boxes = officer.page.locator("[name=read_back]")
    boxes.first.focus()
    for press in ["Space", "Enter"] * (boxes.count() // 2):
        officer.page.keyboard.press(press)
    expect(officer.page.get_by_role("button", name="回答を伝えた")).to_be_focused()
    officer.page.keyboard.press("Enter")
    officer.page.locator("[name=outcome][value=reached]").check()
    officer.page.get_by_role("button", name="通話を終える").click()
    expect(officer.page.locator(".c-chip", has_text="回答済").first).to_be_visible()

    clerk.goes_to(f"/inquiries/find?number={number}")
    clerk.looks("answered", whole=True)
    clerk.page.get_by_role("button", name="対応終了にする").click()
    expect(clerk.page.locator(".c-chip", has_text="対応終了").first).to_be_visible()
    clerk.goes_to("/desk")
    clerk.looks("desk")


def test_a_locked_file_and_its_password_go_different_ways(desk_of, downloads):
    clerk, officer = desk_of("clerk"), desk_of("officer")
    person = {"written": "葛\U000e0100城　美咲", "kana": "かつらぎ　みさき", "birth_date": "平成8年5月5日", "sex": "女"}
    file_inquiry(clerk, person, "パスワード付きファイル")
    number = send(clerk)
    officer.goes_to(f"/inquiries/find?number={number}")
    officer.page.get_by_role("button", name="照会者を確認").click()
    officer.page.get_by_role("button", name="該当者を１人として記録する").click()
    officer.page.get_by_role("button", name="回答の内容を保存する").click()
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
