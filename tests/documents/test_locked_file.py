"""Every kind of locked file: it opens with its password and with nothing else, and holds what was locked."""

import io

import pikepdf
import pytest

from inquiry.documents import locked_file, office_encryption, pdf_encryption
from inquiry.documents.locked_file import MEDIA_TYPES, lock
from inquiry.documents.press import LetterPress
from inquiry.documents.word_file import write_docx
from inquiry.documents.workbook_file import write_xlsx
from inquiry.domain.errors import InvalidValue
from inquiry.domain.locked_file import FileKind
from inquiry.security.locked_file import is_locked
from inquiry.security.pdf_text import text_of_pdf
from tests.documents.letters import ANSWER, TEMPLATES

pytestmark = pytest.mark.documents

PASSWORD = "2043-8817-5560-9924"
PRESS = LetterPress(TEMPLATES)
PLAIN = {
    FileKind.WORD: write_docx(ANSWER, PRESS.wording),
    FileKind.PDF: PRESS.print_pdf(ANSWER),
    FileKind.WORKBOOK: write_xlsx(ANSWER, PRESS.wording),
}


@pytest.mark.parametrize("kind", FileKind)
def test_only_the_locked_one_counts_as_locked(kind):
    locked = lock(PLAIN[kind], kind, PASSWORD)
    assert (is_locked(PLAIN[kind]), is_locked(locked)) == (False, True)
    assert PASSWORD.encode() not in locked
    assert kind in MEDIA_TYPES


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "file:password_missing"),
        ("がぎぐ", "file:password_not_ascii"),
        ("1234\n", "file:password_not_ascii"),
        ("1" * 33, "file:password_too_long"),
    ],
)
@pytest.mark.parametrize("kind", FileKind)
def test_a_password_that_would_not_open_everywhere_is_refused(kind, password, code):
    with pytest.raises(InvalidValue) as refused:
        lock(PLAIN[kind], kind, password)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "module", "broken"),
    [
        (FileKind.WORD, office_encryption, "lock"),
        (FileKind.WORKBOOK, office_encryption, "lock"),
        (FileKind.PDF, pdf_encryption, "lock_pdf"),
    ],
)
def test_what_does_not_come_out_again_is_never_kept(monkeypatch, kind, module, broken):
    other = lock(PLAIN[kind], kind, PASSWORD[::-1])
    monkeypatch.setattr(module, broken, lambda *_: other)
    with pytest.raises((RuntimeError, pikepdf.PasswordError)):
        locked_file.lock(PLAIN[kind], kind, PASSWORD)


def test_a_pdf_is_encrypted_with_the_strongest_cipher_of_the_format():
    locked = lock(PLAIN[FileKind.PDF], FileKind.PDF, PASSWORD)
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as pdf:
        cipher = pdf.encryption
        assert (cipher.R, cipher.V, cipher.bits) == (6, 5, 256)
        assert {cipher.stream_method, cipher.string_method, cipher.file_method} == {
            pikepdf.models.EncryptionMethod.aesv3
        }
        assert (pdf.user_password_matched, pdf.owner_password_matched) == (True, False)
        assert pdf.allow.accessibility
        assert pdf.allow.print_highres
        assert not pdf.allow.modify_other


@pytest.mark.parametrize("password", ["", PASSWORD[::-1], PASSWORD.replace("-", "")])
def test_no_other_password_opens_a_pdf(password):
    locked = lock(PLAIN[FileKind.PDF], FileKind.PDF, PASSWORD)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked), password=password)


def test_nothing_of_a_locked_pdf_is_read_without_its_password():
    locked = lock(PLAIN[FileKind.PDF], FileKind.PDF, PASSWORD)
    with pytest.raises(InvalidValue, match="unscannable"):
        text_of_pdf(locked)
    assert "架空健発".encode("utf-16-be") not in locked  # the title, too, is encrypted


def test_the_pages_are_those_of_the_letter_and_still_tagged():
    locked = lock(PLAIN[FileKind.PDF], FileKind.PDF, PASSWORD)
    with (
        pikepdf.open(io.BytesIO(locked), password=PASSWORD) as opened,
        pikepdf.open(io.BytesIO(PLAIN[FileKind.PDF])) as plain,
    ):
        assert [page.Contents.read_bytes() for page in opened.pages] == [
            page.Contents.read_bytes() for page in plain.pages
        ]
        assert bool(opened.Root.MarkInfo.Marked)
