"""STEP2 ⑤ ⅰ on screen: the one page of a call."""

import uuid
from datetime import date

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.parties import Entrance, Inquirer
from inquiry.domain.reply import Channel
from inquiry.workflow import municipalities
from tests.web.stages import TOLD, found, heard, in_call, prepare, state_of
from tests.world import CHIYODA

MAIN_LINE = "03-0000-0001"


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def calling(world, **changes):
    """Bring an inquiry to its call; return the address of the call's page."""
    inquiry_id = found(world, Finding.ONE, **changes)
    in_call(world, inquiry_id)
    return f"/inquiries/{inquiry_id}/call"


def calling_to_answer(world):
    """Bring an inquiry whose answer is prepared to its call; return the address of the call's page, and the word."""
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, Channel.CALL_BACK)
    return f"/inquiries/{inquiry_id}/call", in_call(world, inquiry_id)[0]


def inquirer(telephone, mail_address=""):
    return Inquirer(CHIYODA, "健康推進課", "山田 花子", telephone=telephone, mail_address=mail_address)


# The dial card


def test_the_card_says_whom_to_dial_where_it_was_seen_when_and_by_whom_and_whom_to_ask_for(world, officer):
    with world.house.work(world.pmo) as work:
        seen = municipalities.MainLineEntry(MAIN_LINE, "https://www.example.lg.jp/", date(2026, 11, 2))
        municipalities.enter_main_line(work, CHIYODA, seen)
    page = officer.open(calling(world))
    assert page.tree.xpath("//p[@class='c-dial__number']/span[not(@class)]/text()") == MAIN_LINE.split("-")
    for words in (
        "https://www.example.lg.jp/",
        "確認日 令和8年11月2日",
        "確認者 pmo の担当",
        "健康推進課 山田 花子さん",
        "お願いします",
    ):
        assert words in page.text


def test_what_came_with_the_inquiry_is_text_that_is_not_to_be_dialled(world, officer):
    told = inquirer("03-0000-0007 内線 12", "yamada@example.jp")
    page = officer.open(calling(world, inquirer=told))
    section = page.tree.xpath("//section[contains(@class,'c-heard')]")[0]
    assert "照会書に書かれた番号（かけてはいけません）" in section.text_content()
    assert "03-0000-0007 内線 12" in section.text_content()
    assert "yamada@example.jp" in section.text_content()
    assert section.xpath(".//a | .//button") == []
    assert page.tree.xpath("//a[starts-with(@href,'tel:')]/@href") == ["tel:0300000001"]


#  heard             said to those who listen                             digits marked in the true number and the heard
LOOK_ALIKES = [
    ("03-0000-0007", "10桁目は名簿が「1」、照会書は「7」", ["1", "7"]),
    ("03-0000-0010", "9桁目は名簿が「0」、照会書は「1」、10桁目は名簿が「1」、照会書は「0」", ["0", "1", "1", "0"]),
    ("03-0000-001", "がありません", ["0", "＿"]),
    ("03-0000-00015", "11桁目に「5」が余分にあります", ["＿", "5"]),
    ("011-000-0001", "なりすましに注意", ["3", "0", "1", "1"]),
]


@pytest.mark.parametrize(("said", "words", "marks"), LOOK_ALIKES)
def test_a_look_alike_is_marked_digit_by_digit_and_said_in_words(world, officer, said, words, marks):
    page = officer.open(calling(world, inquirer=inquirer(said)))
    section = page.tree.xpath("//section[contains(@class,'c-heard--alike')]")[0]
    assert words in section.text_content()
    assert sorted(section.xpath(".//mark/text()")) == sorted(marks)


def test_a_number_that_resembles_nothing_is_not_called_a_look_alike(world, officer):
    page = officer.open(calling(world, inquirer=inquirer("06-9876-5432")))
    assert page.tree.xpath("//section[contains(@class,'c-heard--alike')]") == []
    assert "別の番号" in page.text


def test_without_a_call_the_page_of_the_call_is_the_inquirys(world, officer):
    inquiry_id = found(world, Finding.ONE)
    assert "折り返し" not in officer.open(f"/inquiries/{inquiry_id}/call").title
    officer.open(f"/inquiries/{uuid.UUID(int=0)}/call", status=404)


def test_from_the_inquiry_a_link_leads_back_to_the_call(world, officer):
    address = calling(world)
    page = officer.open(address.removesuffix("/call"))
    assert page.links("通話の画面に戻る") == [address]
    assert page.tree.xpath("//a[starts-with(@href,'tel:')]") == []


def test_by_telephone_there_are_no_words_to_type(world, officer):
    page = officer.open(calling(world, entrance=Entrance.TELEPHONE))
    assert "word" not in page.form("", holding="reached").fields


def test_the_card_of_the_next_call_names_whom_the_call_before_led_to_and_how_it_ended(world, officer):
    address, _ = calling_to_answer(world)
    page = officer.open(address)
    officer.send(page, f"{address}/end", outcome="no_such_person", ask_for="係長 鈴木", again_time="15:30")
    world.clock.forward(minutes=5)
    page = officer.open(address.removesuffix("/call"))
    assert "次に頼む相手：係長 鈴木さん" in page.text
    assert "かけ直し 11/25（水）15:30" in officer.open("/queue").text
    page = officer.send(page, f"{address}/start")
    whom = [" ".join(each.text_content().split()) for each in page.tree.xpath("//dl[@class='c-call__whom']//dd")]
    assert whom[:2] == ["係長 鈴木さん（前の折り返しで聞いた人）", "健康推進課 山田 花子さん"]
    assert "係長 鈴木さんをお願いします" in whom[2]
    assert whom[3] == "11/25（水）10:00 その担当者はいないと言われた（11/25（水）15:30にかけ直す）"


def test_a_name_that_was_written_with_its_title_gets_no_second_one(world, officer):
    address, _ = calling_to_answer(world)
    officer.send(officer.open(address), f"{address}/end", outcome="not_in", ask_for="鈴木様")
    page = officer.send(officer.open(address.removesuffix("/call")), f"{address}/start")
    assert "鈴木様をお願いします" in page.text


# Right words and wrong ones


def typed(officer, address, *words):
    """Type these words one after another, each on the page as it lies open; return the page after the last."""
    pages = [officer.open(address)]
    for word in words:
        pages.append(officer.send(pages[-1], f"{address}/hear", reached="健康推進課 山田", word=word))
    return pages[-1]


def test_a_wrong_word_from_a_stale_page_shuts_what_a_right_one_opened(world, officer):
    address, word = calling_to_answer(world)
    stale = officer.open(address)
    page = typed(officer, address, word)
    assert "相手を確認しました。" in page.text
    answer = page.form(f"{address}/answer").form_values()
    page = officer.send(stale, f"{address}/hear", reached="だれか", word="ちがう")
    assert "あと2回一致しないと、通話を終了します。" in page.text
    assert "相手を確認しました。" not in page.text
    assert f"{address}/answer" not in page.actions
    officer.post(f"{address}/answer", [*answer, *(("read_back", code) for code in TOLD)], status=409)
    assert state_of(world, address.split("/")[2]) == "identified"


def test_an_hour_later_a_wrong_word_is_not_called_a_right_one_and_the_third_ends_the_call(world, officer, client_as):
    address, word = calling_to_answer(world)
    typed(officer, address, word)
    world.clock.forward(minutes=61)
    officer = client_as("officer")
    for said in ("あと2回", "あと1回"):
        page = typed(officer, address, "ちがう")
        assert f"{said}一致しないと、通話を終了します。" in page.text
        assert "相手を確認しました。" not in page.text
    page = typed(officer, address, "ちがう")
    assert "合言葉が一致しなかったため、通話を終了し、ＰＭＯに知らせました。" in page.text
    assert "相手を確認しました。" not in page.text
    assert page.path == address.removesuffix("/call")


def test_after_a_wrong_word_the_call_may_end_as_such_and_the_next_one_bears_fewer(world, officer, client_as):
    address, _ = calling_to_answer(world)
    page = typed(officer, address, "ちがう")
    outcomes = page.form(f"{address}/end").xpath(".//input[@name='outcome']/@value")
    assert "wrong_words" in outcomes
    assert "reached" not in outcomes
    page = officer.send(page, f"{address}/end", outcome="wrong_words")
    assert "なりすましのおそれがある通話として、ＰＭＯに知らせました。" in page.text
    for words in ("合言葉を言えなかった", "合言葉の不一致 1回", "ＰＭＯに知らせました。"):
        assert words in page.tree.xpath("string(//table[@id='calls']/tbody)")
    assert "合言葉が一致しないまま、通話が終わった" in client_as("pmo").open("/suspicions").text
    page = officer.send(page, f"{address}/start")
    assert "前の折り返しで、合言葉が一致していません。" in page.text
    assert "あと2回一致しないと通話を終了し" in page.text


def test_a_call_hung_up_after_a_wrong_word_under_another_name_is_noted_all_the_same(world, officer, client_as):
    address, _ = calling_to_answer(world)
    page = typed(officer, address, "ちがう")
    page = officer.send(page, f"{address}/end", outcome="busy")
    assert "ＰＭＯに知らせました。" in page.text
    assert "合言葉が一致しないまま、通話が終わった" in client_as("pmo").open("/suspicions").text


def test_once_the_word_was_right_the_call_does_not_end_as_if_it_were_wrong(world, officer):
    address, word = calling_to_answer(world)
    stale = officer.open(address).form(f"{address}/end").form_values()
    page = typed(officer, address, "ちがう", word)
    outcomes = page.form(f"{address}/end").xpath(".//input[@name='outcome']/@value")
    assert "wrong_words" not in outcomes
    page = officer.post(f"{address}/end", [*stale, ("outcome", "wrong_words")], status=422)
    assert "結果を選び直してください。" in page.text
    page = officer.send(officer.open(address), f"{address}/end", outcome="reached")
    assert "ＰＭＯに知らせました" not in page.text


def test_where_no_words_were_dealt_none_can_be_wrong(world, officer):
    page = officer.open(calling(world, entrance=Entrance.TELEPHONE))
    assert "wrong_words" not in page.form("", holding="outcome").xpath(".//input[@name='outcome']/@value")


def test_who_answered_is_typed_once_and_stands_again_after_a_wrong_word(world, officer):
    address = calling(world)
    page = typed(officer, address, "ちがう")
    assert page.form(f"{address}/hear").fields["reached"] == "健康推進課 山田"


def test_a_word_that_the_keyboard_turned_into_kanji_goes_back_to_its_field_and_counts_as_no_try(world, officer):
    address = calling(world)
    page = officer.send(officer.open(address), f"{address}/hear", reached="健康推進課 山田", word="朝顔", status=422)
    assert page.errors == ["合言葉は、聞いたとおりにかなで入力してください。漢字やローマ字に変換しないでください。"]
    form = page.form(f"{address}/hear")
    assert (form.fields["reached"], form.fields["word"]) == ("健康推進課 山田", "朝顔")
    page = officer.send(page, f"{address}/hear", word="", status=422)
    assert "相手が読み上げた合言葉を入力してください。" in page.errors[0]
    assert "一致していません" not in officer.open(address).text


def test_a_clerk_who_hears_another_word_than_the_insurers_shuts_the_call_and_tells_pmo_staff(world, officer, client_as):
    address, word = calling_to_answer(world)
    assert f"{address}/answer" in typed(officer, address, word).actions
    inquiry = address.removesuffix("/call")
    clerk = client_as("clerk")
    page = clerk.send(clerk.open(inquiry), f"{inquiry}/caller-doubted")
    assert "照会窓口一覧の番号で保険者に確かめてください。" in page.text
    shown = page.tree.xpath("//p[@class='c-word__letters']/span[@class='u-hidden']/text()")
    assert len(shown) == 2
    assert word not in shown
    page = typed(officer, address, word)
    assert "照会の担当者が、電話をかけてきた人の合言葉が違うと知らせました。" in page.text
    assert f"{address}/answer" not in page.actions
    assert "電話をかけてきた人が、保険者の合言葉を言えなかった" in client_as("pmo").open("/suspicions").text


def test_a_clerk_doubts_nobody_once_the_call_is_over(world, officer, client_as):
    address = calling(world)
    clerk, inquiry = client_as("clerk"), address.removesuffix("/call")
    page = clerk.open(inquiry)
    officer.send(officer.open(address), f"{address}/end", outcome="busy")
    clerk.send(page, f"{inquiry}/caller-doubted", status=409)
    assert f"{inquiry}/caller-doubted" not in clerk.open(inquiry).actions


# Outcomes, and who holds the call


def test_a_closed_browser_finds_its_call_again_in_the_queue_and_on_the_inquiry(world, officer, client_as):
    address = calling(world)
    assert officer.open("/queue").links("通話の画面に戻る") == [address]
    other = client_as("supervisor")
    assert "officer の担当" in other.open("/queue").text
    page = other.open(address)
    assert "officer の担当さんが受け持っています" in page.text
    page = other.send(page, f"{address}/take-over", status=422)
    assert page.errors == ["通話を引き継ぐ理由を入力してください。"]
    page = other.send(page, f"{address}/take-over", reason="officer が早退したため")
    assert page.path == address
    assert "もう一度、相手を確認してください" in page.text
    assert "supervisor の担当さんが受け持っています" in officer.open(address).text


def test_a_time_to_try_again_is_shown_in_the_queue(world, officer):
    address = calling(world)
    page = officer.open(address)
    page = officer.send(page, f"{address}/end", outcome="not_in", again_time="9:00", status=422)
    assert page.errors == ["かけ直す時刻は、今より先にしてください。"]
    page = officer.send(page, f"{address}/end", outcome="not_in", again_time="15:30", ask_for="係長 鈴木")
    assert "15:30にかけ直す" in page.text
    assert "次に頼む人：係長 鈴木" in page.text
    assert "かけ直し 11/25（水）15:30" in officer.open("/queue").text


def test_that_nobody_knows_the_inquirer_is_noted_for_pmo_staff(world, officer, client_as):
    address = calling(world)
    page = officer.send(officer.open(address), f"{address}/end", outcome="no_such_person")
    assert "ＰＭＯに知らせました" in page.text
    assert page.links("回答できないことを連絡する") == ["#exit-1"]
    pmo = client_as("pmo")
    page = pmo.open("/suspicions")
    assert "その担当者はいないと言われた" in page.text
    assert "INQ-2026-000001" in page.text
    assert "髙橋" not in page.response.get_data(as_text=True)
    action = next(each for each in page.actions if each.startswith("/suspicions/"))
    reason = f"{action.split('/')[2]}-reason"
    page = pmo.send(page, action, status=422)
    assert page.errors == ["確かめた内容と、そう判断した理由を入力してください。"]
    page = pmo.send(page, action, **{reason: "異動していたことを市に確かめた"})
    assert "異動していたことを市に確かめた" in page.text
    assert "確認済み" in page.text


def test_a_refused_call_is_noted_tried_again_and_asks_for_another_person(world, officer, client_as):
    address = calling(world)
    typed_in = {"outcome": "refused", "again_time": "15:30", "ask_for": "係長 鈴木"}
    page = officer.send(officer.open(address), f"{address}/end", **typed_in)
    for words in ("ＰＭＯに知らせました。", "15:30にかけ直す", "次に頼む人：係長 鈴木", "時間をおいて代表電話に"):
        assert words in page.text
    assert page.links("回答できないことを連絡する") == ["#exit-1"]
    assert "代表電話で、通話を断られた" in client_as("pmo").open("/suspicions").text


@pytest.mark.parametrize("outcome", ["not_in", "busy", "no_such_person", "refused", "wrong_words"])
def test_the_municipality_learns_that_it_missed_a_call_and_when_the_next_one_comes_but_not_why(
    world, officer, client_as, outcome
):
    address = calling(world)
    clerk, inquiry = client_as("clerk"), address.removesuffix("/call")
    assert "話せませんでした" not in clerk.open(inquiry).text
    officer.send(officer.open(address), f"{address}/end", outcome=outcome, again_time="15:30", ask_for="係長 鈴木")
    page = clerk.open(inquiry)
    assert "代表電話へ折り返しましたが、照会の担当者と話せませんでした。11/25（水）15:30ごろ" in page.text
    for word in ("不審", "なりすまし", "鈴木", "一致しな", "断られた", "いないと言われた"):
        assert word not in page.text


def test_who_was_spoken_to_missed_no_call(world, officer, client_as):
    address, word = calling_to_answer(world)
    page = typed(officer, address, word)
    officer.send(page, f"{address}/end", outcome="reached")
    assert "話せませんでした" not in client_as("clerk").open(address.removesuffix("/call")).text


# Reading aloud


def test_the_answer_counts_as_told_only_when_every_line_was_read_back(world, officer):
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, Channel.CALL_BACK)
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    address = f"/inquiries/{inquiry_id}/call"
    page = officer.open(address)
    form = page.form(f"{address}/answer")
    codes = form.xpath(".//input[@name='read_back']/@value")
    assert codes == list(TOLD)
    assert "平成31年4月1日（2019年4月1日）" in page.text
    three = [*form.form_values(), *(("read_back", code) for code in codes[:3])]
    page = officer.post(f"{address}/answer", three, status=422)
    assert "復唱を確かめていない項目があります。" in page.errors[0]
    form = page.form(f"{address}/answer")
    assert form.xpath(".//input[@name='read_back'][@checked]/@value") == codes[:3]
    page = officer.post(f"{address}/answer", [*form.form_values(), ("read_back", codes[3])])
    assert "この通話で伝えた・聞いたこと：回答" in page.text.replace("： ", "：")
    assert state_of(world, inquiry_id) == "answered"


def test_the_same_call_carries_the_request_for_dates(world, officer):
    inquiry_id = found(world, Finding.SEVERAL)
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    address = f"/inquiries/{inquiry_id}"
    page = officer.send(officer.open(f"{address}/call"), f"{address}/question")
    assert page.links("通話の画面に戻る") == [f"{address}/call"]
    assert state_of(world, inquiry_id) == "clarifying"
    assert "聞いたこと：追加情報の依頼" in officer.open(f"{address}/call").text.replace("： ", "：")
