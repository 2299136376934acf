"""What a mail may carry, and what it may never say: types, bytes and words."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from inquiry.documents.office_encryption import lock
from inquiry.domain.errors import Forbidden, MyNumberFound
from inquiry.mail.message import Draft, Kind, LockedFile, Notice, Post
from inquiry.mail.server import MailServer
from inquiry.mail.wording import MailWording, one_line
from tests.world import ROOT

POST = Post(
    MailServer(host="mail.example", port=25, sender="answers@insurers.example"), MailWording(ROOT / "templates")
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOCKED = lock(b"PK" + bytes(5000), "1234-5678-9012-3456")
FACTS = {
    "number": "INQ-2026-000001",
    "municipality": "千代田区",
    "insurer": "みほん健康保険組合",
    "desk": "適用課",
    "telephone": "03-0000-1234",
}
WRITTEN = {"mail_id": "7f7f", "at": datetime(2026, 11, 25, 1, 0, tzinfo=UTC)}


def draft(**changes) -> Draft:
    plain = {
        "kind": Kind.LOCKED_FILE,
        "to": "kenko@city.example.lg.jp",
        "facts": FACTS,
        "attachment": LockedFile("INQ-2026-000001.docx", DOCX, LOCKED),
    }
    return Draft(**plain | changes)


def composed(**changes):
    return message_from_bytes(POST.compose(draft(**changes), **WRITTEN), policy=default)


def test_a_mail_says_who_sends_what_to_whom_and_how_its_password_comes():
    mail = composed()
    assert mail["Subject"] == "照会への回答ファイルの送付（受付番号 INQ-2026-000001）"
    assert (mail["From"], mail["To"]) == ("answers@insurers.example", "kenko@city.example.lg.jp")
    assert mail["Message-ID"] == "<7f7f@insurers.example>"
    body = mail.get_body().get_content()
    assert "代表電話への折り返しでお伝えします" in body
    assert "みほん健康保険組合 適用課" in body
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("INQ-2026-000001.docx", LOCKED)


def test_what_is_tried_again_is_the_same_to_the_byte():
    assert POST.compose(draft(), **WRITTEN) == POST.compose(draft(), **WRITTEN)


def test_a_file_that_opens_without_a_password_is_no_locked_file():
    with pytest.raises(Forbidden, match="mail:file_not_locked"):
        LockedFile("INQ-2026-000001.docx", DOCX, b"PK\x03\x04 an open file")


@pytest.mark.parametrize("attachment", [None, Notice("answer.txt", "text/plain", b"an answer in the clear")])
def test_an_answer_goes_only_inside_a_locked_file(attachment):
    with pytest.raises(Forbidden, match="mail:other_attachment"):
        composed(attachment=attachment)


@pytest.mark.parametrize(
    "written", ["1234-5678-9012-3456", "1234 5678 9012 3456", "1234567890123456", "1234‐5678‐9012‐3456"]
)
def test_a_mail_that_would_carry_the_password_cannot_be_composed(written):
    with pytest.raises((Forbidden, MyNumberFound)):
        composed(facts=FACTS | {"desk": f"適用課 {written}"})
    with pytest.raises((Forbidden, MyNumberFound)):
        composed(attachment=LockedFile(f"{written}.docx", DOCX, LOCKED))


@pytest.mark.parametrize("place", ["insurer", "number"])
def test_nothing_personal_stands_in_subject_or_body(place):
    with pytest.raises(Forbidden, match="mail:personal"):
        composed(facts=FACTS | {place: "高橋 太郎様の件"}, unsaid=frozenset({"高橋　太郎"}))


def test_nothing_personal_stands_in_a_files_name():
    with pytest.raises(Forbidden, match="mail:personal"):
        composed(attachment=LockedFile("高橋太郎.docx", DOCX, LOCKED), unsaid=frozenset({"高橋　太郎"}))


@pytest.mark.parametrize(
    "facts",
    [
        FACTS | {"desk": "適用課\r\nBcc: somebody@example.com"},  # a second header
        FACTS | {"secret": "something the template does not ask for"},
        {"number": "INQ-2026-000001"},
        FACTS | {"desk": "長" * 201},
    ],
)
def test_a_template_gets_the_facts_it_names_as_short_lines_and_no_others(facts):
    with pytest.raises(ValueError, match=r"facts|line"):
        composed(facts=facts)


def test_a_wide_space_in_an_offices_name_becomes_a_plain_one():
    assert one_line("適用課　第一係\n") == "適用課 第一係"
    assert one_line("適用課　第一係").isprintable()
