"""STEP2 ⑤ ⅱ on screen: the locked file goes out by mail, is taken back in time, or is refused."""

from dataclasses import replace

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.mail.message import Post
from inquiry.mail.wording import MailWording
from inquiry.store.municipalities import Municipality
from inquiry.workflow.dispatching import send_one
from tests.mail_server import running_mail_server
from tests.web.stages import found, heard, in_call, prepare, state_of
from tests.world import CHIYODA, ROOT, SAPPORO

ADDRESS = "kenko@example.lg.jp"


@pytest.fixture
def receiver(app, world, tmp_path):
    with running_mail_server(tmp_path) as (server, receiver):
        post = Post(server, MailWording(ROOT / "templates"))
        world.house = app.extensions["house"] = replace(app.extensions["house"], post=post)
        yield receiver


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def with_file(world, officer) -> str:
    """Bring an inquiry to where its locked file is made."""
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, Channel.FILE)
    officer.send(officer.open(f"/inquiries/{inquiry_id}"), f"/inquiries/{inquiry_id}/file/make")
    return inquiry_id


def speak_with(world, inquiry_id):
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])


def with_address(world, officer) -> str:
    """Bring an inquiry, by the officer's own screens, to where its file may be mailed; return its page."""
    inquiry_id = with_file(world, officer)
    address = f"/inquiries/{inquiry_id}"
    speak_with(world, inquiry_id)
    officer.send(officer.open(f"{address}/call"), f"{address}/file/address", address=ADDRESS, repeated=ADDRESS)
    return address


def send_due(world):
    world.clock.forward(minutes=5)
    return send_one(world.house, world.operator)


def test_the_officer_posts_the_file_and_the_municipality_learns_that_it_comes_by_mail(
    world, receiver, officer, client_as
):
    address = with_address(world, officer)
    page = officer.send(officer.open(address), f"{address}/mail/post")
    assert "送信待ち" in page.text
    assert "それまでは、回答したことになりません" in page.text
    send_due(world)
    assert receiver.to == [ADDRESS]
    assert "送信済み" in officer.open(address).text
    assert "パスワード付きファイルが送られました" in client_as("clerk").open(address).text


def test_the_officer_takes_the_mail_back_while_it_waits(world, receiver, officer):
    address = with_address(world, officer)
    page = officer.send(officer.open(address), f"{address}/mail/post")
    page = officer.send(page, f"{address}/mail/")
    assert "取り戻し済み" in page.text
    assert send_due(world) is None
    assert receiver.arrived == []
    assert state_of(world, address.removeprefix("/inquiries/")) == "identified"


def test_without_an_address_heard_on_a_call_there_is_nothing_to_press(world, receiver, officer):
    address = f"/inquiries/{with_file(world, officer)}"
    page = officer.open(address)
    assert "送り先のアドレスは、代表電話への折り返しで聞き取ります" in page.text
    assert f"{address}/mail/post" not in page.actions


def test_with_a_server_the_file_is_not_handed_out_to_be_mailed_by_hand(world, receiver, officer):
    assert not any("hand-out" in action for action in officer.open(with_address(world, officer)).actions)


def test_a_mail_that_was_stopped_says_why(world, receiver, officer):
    address = with_address(world, officer)
    officer.send(officer.open(address), f"{address}/mail/post")
    officer.send(officer.open(address), f"{address}/file/make")
    send_due(world)
    assert "回答が作り直されたか取り下げられたため" in officer.open(address).text


def test_the_address_is_the_insurers_to_see_and_no_link(world, receiver, officer, client_as):
    address = with_address(world, officer)
    page = officer.open(address)
    assert ADDRESS in page.text
    assert not page.tree.xpath("//a[starts-with(@href, 'mailto:')]")
    officer.send(page, f"{address}/mail/post")
    assert ADDRESS not in client_as("clerk").open(address).text


@pytest.mark.parametrize("heard", ["kenko@exarnple.lg.jp", "kenko@example.lg.jp.example.com", "kenko@gmail.com"])
def test_an_address_outside_the_municipalitys_domain_is_refused_and_the_difference_shown(
    world, receiver, officer, heard
):
    inquiry_id = with_file(world, officer)
    address = f"/inquiries/{inquiry_id}"
    speak_with(world, inquiry_id)
    page = officer.open(f"{address}/call")
    assert "@example.lg.jp" in page.text
    page = officer.send(page, f"{address}/file/address", address=heard, repeated=heard, status=422)
    assert "メールドメインと違うため" in page.errors[0]
    assert page.tree.xpath("//dl[@class='c-heard__domains']//mark")
    assert f"{address}/mail/post" not in officer.open(address).actions


def test_where_the_directory_has_no_domain_nobody_is_mailed(world, receiver, officer):
    inquiry_id = with_file(world, officer)
    with world.house.work(world.operator) as work:
        work.session.get_one(Municipality, CHIYODA).mail_domain = ""
        work.record("municipality:main_line_entered")
    address = f"/inquiries/{inquiry_id}"
    speak_with(world, inquiry_id)
    page = officer.open(f"{address}/call")
    assert "メールドメインの登録なし" in page.text
    page = officer.send(page, f"{address}/file/address", address=ADDRESS, repeated=ADDRESS, status=422)
    assert "ＰＭＯに登録を依頼" in page.errors[0]


def test_a_mail_stays_when_the_domain_changes_while_it_waits(world, receiver, officer):
    address = with_address(world, officer)
    officer.send(officer.open(address), f"{address}/mail/post")
    with world.house.work(world.operator) as work:
        work.session.get_one(Municipality, CHIYODA).mail_domain = "city.example.lg.jp"
        work.record("municipality:main_line_entered")
    send_due(world)
    assert receiver.arrived == []
    assert "メールドメインと違うため" in officer.open(address).text


def test_the_domain_is_entered_with_its_evidence_and_holds_once_a_second_person_has_seen_it(world, client_as):
    pmo, other = client_as("pmo"), client_as("other_pmo")
    page = pmo.open(f"/municipalities/{SAPPORO}")
    page = pmo.send(page, mail_domain="city.sapporo.example.jp", status=422)
    assert page.errors
    evidence = {"source": "https://www.example.lg.jp/", "checked_on": "R8.11.24"}
    page = pmo.send(pmo.open(f"/municipalities/{SAPPORO}"), mail_domain="city.sapporo.example.jp", **evidence)
    shown = pmo.open(page.links("手続を見る")[0])
    assert domain_at(world, SAPPORO) == ""
    other.send(other.open(shown.path), shown.path + "/approve")
    assert domain_at(world, SAPPORO) == "city.sapporo.example.jp"


def domain_at(world, code) -> str:
    with world.house.reading() as work:
        return work.session.get_one(Municipality, code).mail_domain


def test_a_mail_that_did_not_arrive_comes_first_for_its_insurer_and_for_pmo_staff(world, receiver, officer, client_as):
    for answers in (["550 5.1.1 no such user"], []):
        receiver.at_recipient = answers
        address = with_address(world, officer)
        officer.send(officer.open(address), f"{address}/mail/post")
        send_due(world)
    for visitor in (officer, client_as("pmo")):
        rows = [" ".join(row.text_content().split()) for row in visitor.open("/mails").tree.xpath("//tbody/tr")]
        assert ["送信できず" in rows[0], "送信済み" in rows[1]] == [True, True]
        assert "INQ-2026-000001" in rows[0]
        assert "550-5.1.1" in rows[0]
        assert ADDRESS not in visitor.open("/mails").text
    assert "メールはありません" in client_as("other_officer").open("/mails").text
    world.clock.forward(days=31)
    assert "送信済み" in client_as("officer").open("/mails").tree.xpath("string(//tbody/tr[1])"), "old ones make room"


def lost(world, receiver, officer, answers=("554 5.7.1 not wanted",)) -> str:
    """Bring a mail to where the server has refused it after its answer had left; return the inquiry's page."""
    address = with_address(world, officer)
    officer.send(officer.open(address), f"{address}/mail/post")
    receiver.at_content = list(answers)
    send_due(world)
    return address


def test_an_answer_that_did_not_arrive_is_the_officers_task_until_somebody_says_that_it_did(
    world, receiver, officer, client_as
):
    address, colleague, clerk = lost(world, receiver, officer), client_as("supervisor"), client_as("clerk")
    assert "メールで送った回答が届いていない照会が1件あります。" in colleague.open("/queue").text
    page = colleague.open(address)
    assert "メールサーバーが、ファイルを受け付けませんでした。" in page.text
    assert "届いたとわかるまで、この照会は回答したことになりません" in page.text
    assert "回答期限" in page.text
    assert "メール未到着" in page.text
    assert "メール未到着" in colleague.open("/queue?tab=ended").text
    page = clerk.open(address)
    assert "回答が、届いていないようです" in page.text
    assert "パスワードで開いてください" not in page.text
    assert "メールを送信できず" in page.text
    page = colleague.send(colleague.open(address), f"{address}/mail/arrived", status=422)
    assert page.errors == ["確かめた相手・日時・方法を入力してください。"]
    page = colleague.send(page, f"{address}/mail/arrived", **{"arrival-note": "健康推進課 山田 花子、電話"})
    assert "回答が届いていることを記録しました。" in page.text
    assert "届いていない照会" not in colleague.open("/queue").text
    page = clerk.open(address)
    assert "届いていないようです" not in page.text
    assert "健康推進課 山田 花子、電話" in page.text


def test_an_answer_that_did_not_arrive_is_taken_back_and_sent_anew(world, receiver, officer, client_as):
    address = lost(world, receiver, officer)
    page = officer.send(
        officer.open(address),
        f"{address}/retract",
        **{"retract-cause": "returned", "retract-reason": "メールの不達", "retract-is_sure": True},
    )
    assert "回答を取り消しました" in page.text
    assert "届いていない照会" not in officer.open("/queue").text
    assert "送った文書・メールが届かなかった" in client_as("clerk").open(address).text


def test_a_mail_that_no_server_took_before_it_left_is_a_task_too(world, receiver, officer, client_as):
    address = with_address(world, officer)
    officer.send(officer.open(address), f"{address}/mail/post")
    receiver.at_recipient = ["550 5.1.1 no such user"]
    send_due(world)
    page = officer.open(address)
    assert "まだ回答していません" in page.text
    assert f"{address}/mail/arrived" not in page.actions
    assert "メールで送った回答が届いていない照会が1件あります。" in officer.open("/queue").text
    assert "届いていないようです" not in client_as("clerk").open(address).text


def test_a_late_answer_that_did_not_arrive_is_late_on_both_sides(world, receiver, officer, client_as):
    address = lost(world, receiver, officer)
    world.clock.forward(days=4)
    assert "期限超過" in client_as("officer").open(address).text
    clerk = client_as("clerk")
    assert "期限超過" in clerk.open(address).text
    assert "期限超過" in clerk.open("/desk").text
    assert "メール未到着" in clerk.open("/desk").text
