"""Handing one mail over to a real server: taken, refused for now or for good, down, behind TLS."""

from dataclasses import replace

import pytest

from inquiry.mail.server import MailServer, Security
from inquiry.mail.transport import NO_CONNECTION, Envelope, Outcome, Result, hand_over
from tests.mail_server import HOST, free_port, running_mail_server

MAIL = Envelope("0d0d", "kenko@city.example.lg.jp", b"From: a@b.example\r\nSubject: x\r\n\r\nbody\r\n.\r\nend\r\n")


def nothing_forbids() -> str:
    return ""


@pytest.fixture
def post_office(tmp_path):
    with running_mail_server(tmp_path) as running:
        yield running


def test_a_mail_arrives_as_it_was_written(post_office):
    server, receiver = post_office
    assert hand_over(server, MAIL, why_stay=nothing_forbids) == Outcome(Result.TAKEN, "250-2.0.0")
    assert receiver.raw == [MAIL.content]
    assert receiver.to == [MAIL.to]


@pytest.mark.parametrize(
    ("stage", "answer", "outcome"),
    [
        ("at_recipient", "450 4.2.1 try later", Outcome(Result.LATER, "450-4.2.1")),
        ("at_recipient", "550 5.1.1 no such user", Outcome(Result.NEVER, "550-5.1.1")),
        ("at_content", "451 local error", Outcome(Result.LATER, "451")),
        ("at_content", "554 5.7.1 not wanted", Outcome(Result.NEVER, "554-5.7.1")),
    ],
)
def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(post_office, stage, answer, outcome):
    server, receiver = post_office
    getattr(receiver, stage).append(answer)
    assert hand_over(server, MAIL, why_stay=nothing_forbids) == outcome
    assert receiver.arrived == []


def test_a_server_that_is_down_changes_nothing():
    down = MailServer(host=HOST, port=free_port(), sender="a@b.example", security=Security.NONE)
    assert hand_over(down, MAIL, why_stay=pytest.fail) == Outcome(Result.LATER, NO_CONNECTION)


def test_a_server_that_refuses_the_recipient_is_not_asked_further(post_office):
    server, receiver = post_office
    receiver.at_recipient.append("550 5.1.1 no such user")
    assert hand_over(server, MAIL, why_stay=pytest.fail).result is Result.NEVER


def test_a_mail_that_must_not_leave_stays(post_office):
    server, receiver = post_office
    outcome = hand_over(server, MAIL, why_stay=lambda: "mail:answer_changed")
    assert outcome == Outcome(Result.STAYED, "mail:answer_changed")
    assert receiver.arrived == []


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_the_way_to_the_server_is_protected(tmp_path, security):
    with running_mail_server(tmp_path, security) as (server, receiver):
        assert hand_over(server, MAIL, why_stay=nothing_forbids).result is Result.TAKEN
        assert receiver.raw == [MAIL.content]


@pytest.mark.parametrize(
    "wrong",
    [
        {"authorities": None},  # a certificate that nobody vouches for
        {"security": Security.STARTTLS, "port": None},  # a server that does not speak TLS at all
        {"password": "another"},
    ],
)
def test_no_mail_goes_to_a_server_that_is_not_the_one(tmp_path, wrong):
    (tmp_path / "plain").mkdir()
    with (
        running_mail_server(tmp_path, Security.STARTTLS) as (server, receiver),
        running_mail_server(tmp_path / "plain") as (plain, other),
    ):
        if "port" in wrong:
            wrong = wrong | {"port": plain.port}
        outcome = hand_over(replace(server, **wrong), MAIL, why_stay=pytest.fail)
        assert outcome.result is Result.LATER
        assert receiver.arrived == other.arrived == []
