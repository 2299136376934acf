"""Reports of failure as servers write them: whose mail, and whether it failed for good."""

import pytest

from inquiry.mail.reports import Report, read_report

MAIL_ID = "0b8e5c1a-6f0d-4c39-9a53-2f1f4b7d9c11"


def report(action="failed", status="5.1.1", *, head=True, envelope="") -> bytes:
    """Return a report as Postfix writes one: without the file, since we ask for the head alone."""
    lines = ["From: MAILER-DAEMON@mx.example.jp", "To: answers@insurers.example", "Subject: Undelivered Mail"]
    lines += ["MIME-Version: 1.0", 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', ""]
    lines += ["--b", "Content-Type: text/plain", "", "I'm sorry.", ""]
    lines += ["--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example.jp"]
    lines += [f"Original-Envelope-Id: {envelope}"] if envelope else []
    lines += ["", "Final-Recipient: rfc822; kenko@example.lg.jp", f"Action: {action}", f"Status: {status}", ""]
    if head:
        lines += ["--b", "Content-Type: text/rfc822-headers", "", f"Message-ID: <{MAIL_ID}@insurers.example>", ""]
    return "\r\n".join([*lines, "--b--", ""]).encode()


@pytest.mark.parametrize("content", [report(), report(head=False, envelope=MAIL_ID)])
def test_a_report_names_the_mail_by_its_id_or_that_of_its_envelope(content):
    assert read_report(content) == Report(MAIL_ID, "5.1.1")


def test_a_report_may_bring_the_whole_mail_back():
    whole = report().replace(b"text/rfc822-headers", b"message/rfc822")
    assert read_report(whole) == Report(MAIL_ID, "5.1.1")


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded"])
def test_only_a_failure_is_one(action):
    assert read_report(report(action)) is None


def test_a_report_without_a_status_is_a_failure_all_the_same():
    assert read_report(report(status="?")) == Report(MAIL_ID, "5.0.0")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: Re: about your answer\r\n\r\nI am out of office.",
        report(head=False),
        b'Content-Type: multipart/report; boundary="b"\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n',
    ],
)
def test_any_other_message_is_no_report(content):
    assert read_report(content) is None


def test_a_report_cut_off_anywhere_breaks_nothing():
    whole = report()
    for length in range(0, len(whole), 7):
        assert read_report(whole[:length]) in (None, Report(MAIL_ID, "5.1.1"), Report(MAIL_ID, "5.0.0"))
