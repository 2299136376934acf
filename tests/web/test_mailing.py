"""STEP2 ⑤ ⅱ on screen: the locked file goes out by mail, is taken back in time, or is refused."""

from dataclasses import replace

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.mail.message import Post
from inquiry.mail.wording import MailWording
from inquiry.workflow.dispatching import send_one
from tests.mail_server import running_mail_server
from tests.web.stages import found, heard, in_call, prepare, state_of
from tests.world import ROOT

ADDRESS = "kenko@city.chiyoda.example.lg.jp"


@pytest.fixture
def receiver(app, world, tmp_path):
    with running_mail_server(tmp_path) as (server, receiver):
        post = Post(server, MailWording(ROOT / "templates"))
        world.house = app.extensions["house"] = replace(app.extensions["house"], post=post)
        yield receiver


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def with_address(world, officer) -> str:
    """Bring an inquiry, by the officer's own screens, to where its file may be mailed; return its address."""
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, Channel.FILE)
    address = f"/inquiries/{inquiry_id}"
    officer.send(officer.open(address), f"{address}/file/make")
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
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
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, Channel.FILE)
    address = f"/inquiries/{inquiry_id}"
    officer.send(officer.open(address), f"{address}/file/make")
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
