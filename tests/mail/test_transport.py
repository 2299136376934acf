"""Handing one mail over to a real server: taken, refused for now or for good, down, behind TLS."""

from dataclasses import replace

import pytest

from inquiry.mail.server import MailServer, Security
from inquiry.mail.transport import NO_CONNECTION, Envelope, Outcome, Result, hand_over
from tests.mail_server import GONE, HOST, free_port, running_mail_server

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


#  where            answer                      what follows                          asked whether it may leave
ANSWERS = [
    ("EHLO", GONE, Outcome(Result.LATER, NO_CONNECTION), False),
    ("EHLO", "502 5.5.1 old server", Outcome(Result.TAKEN, "250-2.0.0"), True),  # HELO will do
    ("MAIL", "354 what?", Outcome(Result.LATER, "354"), False),
    ("MAIL", "451 4.3.0 local error", Outcome(Result.LATER, "451-4.3.0"), False),
    ("MAIL", "550 5.7.1 who are you", Outcome(Result.LATER, "550-5.7.1"), False),  # the operator, not the mail
    ("MAIL", GONE, Outcome(Result.LATER, NO_CONNECTION), False),
    ("RCPT", "450 4.2.1 try later", Outcome(Result.LATER, "450-4.2.1"), False),
    ("RCPT", "550 5.1.1 no such user", Outcome(Result.NEVER, "550-5.1.1"), False),
    ("RCPT", "no number", Outcome(Result.LATER, "-1"), False),
    ("RCPT", GONE, Outcome(Result.LATER, NO_CONNECTION), False),
    ("DATA", "250 2.0.0 before it was said", Outcome(Result.LATER, "250-2.0.0"), True),
    ("DATA", "451 4.3.0 local error", Outcome(Result.LATER, "451-4.3.0"), True),
    ("DATA", "554 5.5.1 no valid recipients", Outcome(Result.NEVER, "554-5.5.1"), True),
    ("DATA", GONE, Outcome(Result.LATER, NO_CONNECTION), True),
    ("content", "354 go on", Outcome(Result.LATER, "354"), True),
    ("content", "no number", Outcome(Result.LATER, "-1"), True),
    ("content", "451 local error", Outcome(Result.LATER, "451"), True),
    ("content", "554 5.7.1 not wanted", Outcome(Result.NEVER, "554-5.7.1"), True),
    ("content", GONE, Outcome(Result.LATER, NO_CONNECTION), True),  # nobody knows whether it was kept
]


@pytest.mark.parametrize(("where", "answer", "outcome", "is_asked"), ANSWERS)
def test_each_answer_of_a_server_has_its_outcome(post_office, where, answer, outcome, is_asked):
    server, receiver = post_office
    asked = []
    tell(receiver, where, answer)
    assert hand_over(server, MAIL, why_stay=lambda: asked.append(True) or "") == outcome
    assert bool(asked) is is_asked
    assert len(receiver.arrived) == (outcome.result is Result.TAKEN)


def tell(receiver, where, answer):
    if where == "content":
        receiver.at_content.append(answer)
    else:
        receiver.at_command[where] = answer


@pytest.mark.parametrize("goodbye", ["221 bye", "250 ok", "421 4.3.2 closing", "554 5.0.0 no", "no number", GONE])
@pytest.mark.parametrize(
    ("where", "answer", "result"),
    [
        ("content", "250 2.0.0 OK", Result.TAKEN),
        ("content", "451 later", Result.LATER),
        ("content", "554 never", Result.NEVER),
        ("RCPT", "550 5.1.1 no such user", Result.NEVER),
        ("RCPT", "450 later", Result.LATER),
        ("MAIL", "451 later", Result.LATER),
    ],
)
def test_what_a_server_says_to_the_goodbye_changes_nothing(post_office, where, answer, result, goodbye):
    server, receiver = post_office
    tell(receiver, where, answer)
    receiver.at_command["QUIT"] = goodbye
    assert hand_over(server, MAIL, why_stay=nothing_forbids).result is result


@pytest.mark.parametrize("goodbye", ["421 4.3.2 closing", GONE])
def test_a_mail_that_must_not_leave_stays_whatever_the_goodbye(post_office, goodbye):
    server, receiver = post_office
    receiver.at_command["QUIT"] = goodbye
    outcome = hand_over(server, MAIL, why_stay=lambda: "mail:answer_changed")
    assert outcome == Outcome(Result.STAYED, "mail:answer_changed")
    assert receiver.arrived == []


def test_a_server_that_looks_at_the_mail_for_long_is_waited_for(post_office):
    server, receiver = post_office
    receiver.verdict_after_seconds = 1.0
    assert hand_over(replace(server, timeout_seconds=0.5), MAIL, why_stay=nothing_forbids).result is Result.TAKEN
    hurried = replace(server, timeout_seconds=0.5, verdict_seconds=0.5)
    assert hand_over(hurried, MAIL, why_stay=nothing_forbids) == Outcome(Result.LATER, NO_CONNECTION)


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
