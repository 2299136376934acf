"""Every kind of file that opens with its password only, behind one door (パスワード付きファイル).

Source    memo annex STEP2 ⑤ ⅱ.
Decides   that no file is kept before it was opened once with its password, and found to hold what was locked.
Not here  the two ciphers: documents/office_encryption.py, documents/pdf_encryption.py.
"""

from collections.abc import Mapping
from typing import Final

from inquiry.documents import office_encryption, pdf_encryption
from inquiry.domain.errors import InvalidValue
from inquiry.domain.locked_file import FileKind
from inquiry.security.locked_file import is_locked
from inquiry.security.passphrases import LONGEST

MEDIA_TYPES: Final[Mapping[FileKind, str]] = {
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
    FileKind.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def lock(content: bytes, kind: FileKind, password: str) -> bytes:
    """Return the file under its password, after a look inside with it.

    The password is ASCII, because the same kana typed on two machines may be other bytes.

    :raises InvalidValue: if the password is empty, too long or not ASCII, or the content too small to be locked.
    :raises RuntimeError: if what was locked does not come out again.
    """
    _check(password)
    if kind is FileKind.PDF:
        locked = pdf_encryption.lock_pdf(content, password)
        is_whole = pdf_encryption.opens_as(locked, password, content)
    else:
        locked = office_encryption.lock(content, password)
        is_whole = office_encryption.unlock(locked, password) == content
    if not (is_whole and is_locked(locked)):
        raise RuntimeError("the locked file does not open as it should")
    return locked


def _check(password: str) -> None:
    if not password:
        raise InvalidValue("file:password_missing")
    if not (password.isascii() and password.isprintable()):
        raise InvalidValue("file:password_not_ascii")
    if len(password) > LONGEST:
        raise InvalidValue("file:password_too_long")
