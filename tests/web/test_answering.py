"""STEP2 ⑤ on screen: by telephone, by file, by letter; and everything the gate refuses, tried at its address."""

import io
from dataclasses import replace
from datetime import date

import msoffcrypto
import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.member import Enrolment, Relation
from inquiry.domain.parties import Entrance
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.domain.subject import Sex
from inquiry.store.answering import call_in_progress
from inquiry.workflow import confirming, filing, identifying
from inquiry.workflow.confirming import Agreement
from tests.world import member

ITEMS = {
    "SHIKAKU-02": "12",
    "SHIKAKU-03": "345",
    "SHIKAKU-06": "平成31年4月1日（2019年4月1日）",
    "SHIKAKU-07": "加入中",
}


def identified(world, *members, channel=Channel.CALL_BACK, **changes):
    """File, confirm and identify; return the address of the inquiry's page."""
    world.take_over_roster(*(members or (member(),)))
    with world.house.work(world.officer if "entrance" in changes else world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(**changes)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(channel, date(2026, 12, 10)))
        identifying.identify(work, inquiry_id, 2)
    return f"/inquiries/{inquiry_id}"


def prepared(world, officer, channel, *members, **changes):
    """Prepare the answer for a channel; return address and page."""
    address = identified(world, *members, channel=channel, **changes)
    return address, officer.send(officer.open(address), f"{address}/prepare", channel=channel.value)


def words(world, address):
    with world.house.reading(world.officer) as work:
        call = call_in_progress(work.session, address.rsplit("/", 1)[1])
        return call.municipality_word, call.insurer_word


def confirmed_call(world, officer, address, page):
    page = officer.send(page, f"{address}/call/start")
    return officer.send(page, f"{address}/call/hear", reached="総務課 交換", word=words(world, address)[0])


def tells(officer, page, address):
    """Tick every line as read back, and say that the answer was told."""
    form = page.form(f"{address}/call/answer")
    ticks = [("read_back", code) for code in form.xpath(".//input[@name='read_back']/@value")]
    return officer.post(form.get("action"), [*form.form_values(), *ticks])


def straight(officer, page, place, **fields):
    """Post to an address that the page offers no button for; the refusal is returned."""
    values = [
        (name, page.tree.xpath(f"string(//input[@name='{name}']/@value)"))
        for name in ("csrf_token", "idempotency_key", "version")
    ]
    return officer.post(place, [*values, *fields.items()], status=422)


@pytest.fixture
def officer(client_as):
    return client_as("officer")


# The items


def test_the_roster_fills_the_fields_in(world, officer):
    address = identified(world)
    form = officer.open(address).form(f"{address}/prepare")
    assert {code: form.fields[code] for code in ITEMS} == ITEMS


def test_of_several_periods_the_officer_chooses_which_is_answered(world, officer):
    periods = (
        Enrolment(acquired_on=date(2015, 4, 1), lost_on=date(2017, 3, 31), symbol="9", number="99"),
        Enrolment(acquired_on=date(2019, 4, 1), symbol="12", number="345", relation=Relation.INSURED),
    )
    address = identified(world, member(enrolments=periods))
    page = officer.open(address)
    assert page.form(f"{address}/prepare").fields["SHIKAKU-02"] == ""
    earlier = page.links("この期間で入力する")[0]
    form = officer.open(earlier).form(f"{address}/prepare")
    assert (form.fields["SHIKAKU-02"], form.fields["SHIKAKU-07"]) == ("9", "平成29年3月31日（2017年3月31日）")


LEFT = member(enrolments=(replace(member().enrolments[0], lost_on=date(2026, 11, 20)),))
CHANGED, OVERTAKEN = "加入者を確認した後に、名簿の内容が変わりました", "保存した回答の内容は、今の名簿と異なります"


def fields_of(page, address):
    form = page.form(f"{address}/prepare")
    return {code: form.fields[code] for code in ITEMS}


def test_periods_that_changed_since_are_said_to_and_fill_the_fields_in(world, officer):
    address = identified(world)
    assert CHANGED not in officer.open(address).text
    world.take_over_roster(LEFT)
    page = officer.open(address)
    assert CHANGED in page.text
    assert fields_of(page, address) == {**ITEMS, "SHIKAKU-07": "令和8年11月20日（2026年11月20日）"}


def test_periods_in_another_order_are_no_change(world, officer):
    earlier = replace(member().enrolments[0], acquired_on=date(2015, 4, 1), lost_on=date(2017, 3, 31), symbol="9")
    periods = (earlier, *member().enrolments)
    address = identified(world, member(enrolments=periods))
    world.take_over_roster(member(enrolments=periods[::-1]))
    assert CHANGED not in officer.open(address).text
    world.take_over_roster(member(enrolments=(earlier, replace(member().enrolments[0], symbol="8"))))
    assert CHANGED in officer.open(address).text


def test_where_the_person_is_gone_the_page_shows_whom_it_found_and_the_gate_stays_shut(world, officer):
    address = identified(world)
    world.take_over_roster(member("9", sex=Sex.FEMALE))
    page = officer.open(address)
    assert fields_of(page, address) == ITEMS
    assert "今の名簿と突合の規則では、このままでは回答できません" in page.text


def test_an_answer_saved_before_the_roster_changed_is_shown_beside_what_the_roster_says_now(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    assert OVERTAKEN not in page.text
    world.clock.forward(minutes=1)
    world.take_over_roster(LEFT)
    page = officer.open(address)
    assert OVERTAKEN in page.text
    assert fields_of(page, address)["SHIKAKU-07"] == "令和8年11月20日（2026年11月20日）"
    page = officer.send(page, f"{address}/prepare")
    assert OVERTAKEN not in page.text
    assert fields_of(page, address)["SHIKAKU-07"] == "令和8年11月20日（2026年11月20日）"


def test_a_roster_that_changes_while_errors_are_mended_is_not_taken_for_seen(world, officer):
    address = identified(world)
    page = officer.open(address)
    world.take_over_roster(LEFT)
    page = officer.send(page, f"{address}/prepare", status=422, **{"SHIKAKU-03": ""})
    late = officer.send(page, f"{address}/prepare", status=409, **{"SHIKAKU-03": "345"})
    assert "画面を開いた後に名簿が変わったため、回答の内容は保存していません" in late.text
    page = officer.send(officer.open(address), f"{address}/prepare")
    assert fields_of(page, address)["SHIKAKU-07"] == "令和8年11月20日（2026年11月20日）"


def test_that_periods_changed_is_said_where_nobody_need_open_anything(world, officer):
    address, _ = prepared(world, officer, Channel.CALL_BACK)
    world.take_over_roster(LEFT)
    page = officer.send(officer.open(address), f"{address}/prepare")
    assert page.tree.xpath(f"//h3[contains(., '{CHANGED}')][not(ancestor::details)]")


def test_what_the_officer_wrote_stands_in_the_form_when_it_is_opened_again(world, officer):
    address = identified(world)
    page = officer.send(
        officer.open(address), f"{address}/prepare", **{"SHIKAKU-03": "345（喪失後の番号は確認できない）"}
    )
    assert fields_of(page, address) == {**ITEMS, "SHIKAKU-03": "345（喪失後の番号は確認できない）"}


def test_without_a_roster_the_fields_are_empty(world, officer):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
        identifying.attest(work, inquiry_id, 2, identifying.Attestation(Finding.ONE, ALL_THREE))
    form = officer.open(f"/inquiries/{inquiry_id}").form(f"/inquiries/{inquiry_id}/prepare")
    assert {form.fields[code] for code in ITEMS} == {""}


def test_every_item_asked_is_answered(world, officer):
    address = identified(world)
    form = {"SHIKAKU-03": ""}
    page = officer.send(officer.open(address), f"{address}/prepare", status=422, **form)
    assert page.errors == ["回答を入力してください。わからないときは「確認できない」などと書いてください。"]


def test_an_item_that_was_not_asked_is_refused(world, officer):
    address = identified(world)
    page = officer.open(address)
    values = [*page.form(f"{address}/prepare").form_values(), ("SHIKAKU-01", "06130017")]
    page = officer.post(f"{address}/prepare", values, status=422)
    assert "照会されていない項目は回答できません。" in page.errors


def test_nothing_can_be_prepared_before_the_member_is_known(world, officer):
    with world.house.work(world.clerk) as work:
        address = f"/inquiries/{filing.file(work, world.filing()).id}"
    page = straight(officer, officer.open(address), f"{address}/prepare", channel="call_back")
    assert "この操作はできません" in page.text


# ⅰ The telephone


def test_the_answer_is_given_on_a_call_to_the_main_line_with_both_words(world, officer, client_as):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    assert "伝える回答" not in page.text
    page = officer.send(page, f"{address}/call/start")
    heard, ours = words(world, address)
    assert page.tree.xpath("//a[starts-with(@href,'tel:')]/@href") == ["tel:0300000001"]
    assert ours in page.text
    assert heard not in page.text
    page = officer.send(page, f"{address}/call/hear", reached="健康推進課 山田", word=heard)
    assert "伝える回答" in page.text
    page = tells(officer, page, address)
    assert "回答済" in page.text
    page = officer.send(page, f"{address}/call/end", outcome="reached")
    assert "担当者と話せた" in page.text
    assert "健康推進課 山田" in page.text
    assert "令和8年11月25日" in client_as("clerk").open(address).text


def test_a_call_that_was_not_confirmed_gives_no_answer(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    assert "合言葉の確認が済んでいません" in straight(officer, page, f"{address}/call/answer").text
    page = officer.send(officer.open(address), f"{address}/call/start")
    assert "合言葉の確認が済んでいません" in straight(officer, page, f"{address}/call/answer").text
    assert "「つながった」とは記録できません" in straight(officer, page, f"{address}/call/end", outcome="reached").text


def test_a_wrong_word_is_counted_and_the_third_ends_the_call(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    page = officer.send(page, f"{address}/call/start")
    for left in (2, 1):
        page = officer.send(page, f"{address}/call/hear", reached="だれか", word="ちがう")
        assert f"あと{left}回" in page.text
    page = officer.send(page, f"{address}/call/hear", reached="だれか", word="ちがう")
    assert "合言葉を言えなかった" in page.text
    assert f"{address}/call/start" in page.actions


def test_who_was_reached_is_named(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    page = officer.send(page, f"{address}/call/start")
    page = officer.send(page, f"{address}/call/hear", word=words(world, address)[0], status=422)
    assert page.errors == ["電話に出た人の所属と氏名を入力してください。"]


def test_whoever_is_not_reached_loses_nothing_that_was_prepared(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    page = officer.send(page, f"{address}/call/start")
    page = officer.send(page, f"{address}/call/end", outcome="not_in")
    assert "担当者が不在だった" in page.text
    assert "345" in page.text
    assert f"{address}/call/start" in page.actions


def test_without_a_main_line_in_the_directory_nobody_is_called(world, officer):
    from tests.world import SAPPORO

    inquirer = replace(world.filing().inquirer, municipality_code=SAPPORO)
    address, page = prepared(world, officer, Channel.CALL_BACK, inquirer=inquirer, entrance=Entrance.TELEPHONE)
    assert "「名簿の確認」に登録の依頼が並んでいます" in page.text
    assert "代表電話がないため、折り返しできません" in straight(officer, page, f"{address}/call/start").text
    assert page.tree.xpath("//a[starts-with(@href,'tel:')]") == []


def test_an_inquiry_by_telephone_has_no_words_and_the_main_line_alone_vouches(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK, entrance=Entrance.TELEPHONE)
    page = officer.send(page, f"{address}/call/start")
    assert "合言葉はありません" in page.text
    page = officer.send(page, f"{address}/call/hear", reached="健康推進課 山田", status=422)
    assert "合言葉に代わる確認が済んでいません。" in page.errors[0]
    page = officer.send(page, f"{address}/call/hear", checks=["put_through", "knows_inquiry"])
    page = tells(officer, page, address)
    assert "回答済" in page.text


def test_nobody_is_told_the_same_way_without_items(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK, member(sex=Sex.FEMALE))
    page = confirmed_call(world, officer, address, page)
    assert "令和8年11月25日現在の加入者名簿で確かめた結果です。項目は伝えません。" in page.text
    page = tells(officer, page, address)
    assert "回答済" in page.text


# ⅱ The file


def test_the_password_is_shown_once_and_opens_the_file(world, officer):
    address, page = prepared(world, officer, Channel.FILE)
    shown = officer.send(page, f"{address}/file/make")
    password = shown.tree.xpath("string(//p[@class='c-secret__value']/span[@class='u-hidden'])")
    assert "代表電話への折り返しだけで伝えてください" in shown.text
    page = officer.open(address)
    assert password not in page.response.get_data(as_text=True)
    again = officer.send(officer.open(address), f"{address}/file/make")
    assert password not in again.response.get_data(as_text=True)


def test_the_file_is_mailed_to_the_address_heard_on_a_confirmed_call(world, officer):
    address, page = prepared(world, officer, Channel.FILE)
    shown = officer.send(page, f"{address}/file/make")
    password = shown.tree.xpath("string(//p[@class='c-secret__value']/span[@class='u-hidden'])")
    page = officer.open(address)
    assert "聞き取ったアドレスがありません" in straight(officer, page, f"{address}/file/hand-out").text
    page = confirmed_call(world, officer, address, officer.open(address))
    page = officer.send(
        page, f"{address}/file/address", address="kenko@example.lg.jp", repeated="kenkou@example.lg.jp", status=422
    )
    assert "一致しません" in page.errors[0]
    page = officer.send(page, f"{address}/file/address", repeated="kenko@example.lg.jp")
    page = officer.send(page, f"{address}/file/password-told")
    assert "パスワードは電話で伝達済み" in page.text
    ready = officer.open(address)
    sent = officer.send(ready, f"{address}/file/hand-out")
    assert sent.response.headers["Content-Disposition"] == 'attachment; filename="INQ-2026-000001.docx"'
    locked = msoffcrypto.OfficeFile(io.BytesIO(sent.response.data))
    locked.load_key(password=password)
    opened = io.BytesIO()
    locked.decrypt(opened)
    assert opened.getvalue().startswith(b"PK")
    assert "回答済" in officer.open(address).text
    # A broken download: from the page that still stands in the browser, and from the page opened anew.
    for before in (ready, officer.open(address)):
        assert officer.send(before, f"{address}/file/hand-out").response.data == sent.response.data


def test_an_address_is_heard_on_a_confirmed_call_only(world, officer):
    address, page = prepared(world, officer, Channel.FILE)
    officer.send(page, f"{address}/file/make")
    given = {"address": "kenko@example.lg.jp", "repeated": "kenko@example.lg.jp"}
    page = officer.open(address)
    assert "合言葉の確認が済んでいません" in straight(officer, page, f"{address}/file/address", **given).text
    assert (
        "合言葉の確認が済んでいません" in straight(officer, officer.open(address), f"{address}/file/password-told").text
    )


def test_a_file_that_is_not_locked_is_not_given(world, officer):
    address, page = prepared(world, officer, Channel.FILE)
    assert "パスワード付きのファイルがまだ作られていません" in straight(officer, page, f"{address}/file/give").text


def test_a_file_given_for_download_is_answered(world, officer):
    address, page = prepared(world, officer, Channel.FILE)
    officer.send(page, f"{address}/file/make")
    page = officer.send(officer.open(address), f"{address}/file/give")
    assert "回答済" in page.text
    assert "パスワードは未伝達" in page.text
    page = confirmed_call(world, officer, address, page)
    page = officer.send(page, f"{address}/file/password-told")
    assert "パスワードは電話で伝達済み" in page.text


def test_what_is_corrected_needs_a_new_file(world, officer):
    address, page = prepared(world, officer, Channel.FILE)
    officer.send(page, f"{address}/file/make")
    form = {"SHIKAKU-03": "346"}
    page = officer.send(officer.open(address), f"{address}/prepare", **form)
    assert "まだ作られていません" in straight(officer, page, f"{address}/file/give").text


# ⅲ The letter


@pytest.mark.documents
def test_a_letter_is_printed_looked_at_and_given(world, officer):
    address, page = prepared(world, officer, Channel.LETTER)
    assert "文書がまだ作られていません" in straight(officer, page, f"{address}/letter/give").text
    page = officer.send(officer.open(address), f"{address}/letter/release")
    assert "文書番号 R8-00001" in page.text
    preview = officer.open(f"{address}/letter/preview")
    assert preview.response.data.startswith(b"%PDF")
    page = officer.send(officer.open(address), f"{address}/letter/give")
    assert "回答済" in page.text


@pytest.mark.documents
def test_a_letter_is_recorded_as_posted_with_its_tracking_number(world, officer):
    address, page = prepared(world, officer, Channel.LETTER)
    page = officer.send(page, f"{address}/letter/release")
    page = officer.send(page, f"{address}/letter/post", posted_on="R8.11.26", status=422)
    assert page.errors == ["発送日が先の日付になっています。"]
    page = officer.send(
        page, f"{address}/letter/post", posted_on="R8.11.25", tracking_number="123-45-67890-1", status=422
    )
    assert "引受番号が正しくありません" in page.errors[0]
    page = officer.send(page, f"{address}/letter/post", tracking_number="123-45-67890-" + str(1234567890 % 7))
    assert "引受番号 1234567890" in page.text


def test_the_letter_of_another_channel_is_not_there(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    assert "用意した回答方法と違います" in straight(officer, page, f"{address}/letter/release").text
    officer.open(f"{address}/letter/preview", status=404)


# Two officers


def test_the_second_of_two_officers_is_told_who_answered(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    page = confirmed_call(world, officer, address, page)
    tells(officer, page, address)
    values = [
        ("idempotency_key", "another") if name == "idempotency_key" else (name, value)
        for name, value in page.form(f"{address}/call/answer").form_values()
    ] + [("read_back", code) for code in ITEMS]
    late = officer.post(f"{address}/call/answer", values, status=409)
    assert "officer の担当" in late.text
    assert "回答（⑤）" in late.text


def test_the_answer_button_pressed_twice_answers_once(world, officer):
    address, page = prepared(world, officer, Channel.CALL_BACK)
    page = confirmed_call(world, officer, address, page)
    tells(officer, page, address)
    again = tells(officer, page, address)
    assert again.text.count("回答（⑤）") == 1


@pytest.mark.parametrize(
    "step", ["prepare", "call/start", "call/answer", "file/make", "file/hand-out", "letter/release", "letter/give"]
)
def test_a_clerk_cannot_answer_for_the_insurer(world, client_as, step):
    address = identified(world)
    clerk = client_as("clerk")
    page = clerk.open(address)
    token = page.tree.xpath("string(//input[@name='csrf_token']/@value)")
    clerk.post(f"{address}/{step}", [("csrf_token", token)], status=403)
