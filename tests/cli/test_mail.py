"""``inquiry mail``: says what it did, needs a server to send, and reads each message of a Maildir once."""

import mailbox

from tests.mail.test_reports import report
from tests.mail_server import running_mail_server


def test_without_a_server_nothing_is_sent_and_the_command_says_so(fresh):
    done = fresh("mail", "send")
    assert done.code == 1
    assert "メールの送信は設定されていません" in done.err


def test_an_empty_outbox_is_said_to_be_empty(fresh, tmp_path, monkeypatch):
    with running_mail_server(tmp_path) as (server, receiver):
        settings = {"HOST": server.host, "PORT": str(server.port), "SECURITY": "none", "SENDER": server.sender}
        for name, value in settings.items():
            monkeypatch.setenv(f"INQUIRY_MAIL_{name}", value)
        assert fresh("mail", "send").out == "Nothing waits to be sent.\n"
        assert receiver.arrived == []


def test_a_message_about_no_mail_of_ours_is_left_for_a_person_and_read_once(fresh, tmp_path):
    folder = mailbox.Maildir(tmp_path / "reports")
    folder.add(report())
    folder.add(b"Subject: a question\r\n\r\nMay I ask something?")
    said = fresh("mail", "bounces", "--maildir", tmp_path / "reports").out
    assert said == "0 mails came back; 2 messages are no reports about mails of ours.\n"
    assert {(message.get_subdir(), message.get_flags()) for message in folder} == {("cur", "")}
    assert "0 messages" in fresh("mail", "bounces", "--maildir", tmp_path / "reports").out
