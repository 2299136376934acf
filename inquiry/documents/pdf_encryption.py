"""Locking a PDF with a password (PDFの暗号化).

Source    memo annex STEP2 ⑤ ⅱ; ISO 32000-2, 7.6.4, revision 6 of the standard security handler.
Decides   AES-256; a random owner password, so that nobody can lift what the reader's password allows.
Not here  the PDF itself: documents/press.py.
Secrets   neither password is kept or named in an error.

Reading, printing and reading aloud are allowed to whoever has the password; changing the letter is not.
"""

import io
import secrets
from typing import Final

from pikepdf import Encryption, Pdf, Permissions
from pikepdf.models import EncryptionMethod

_REVISION: Final = 6
_KEY_BITS, _OWNER_BYTES = 256, 24
_ALLOWED = Permissions(
    modify_annotation=False, modify_assembly=False, modify_form=False, modify_other=False, extract=True
)


def lock_pdf(document: bytes, password: str) -> bytes:
    """Return the PDF as a file that opens with the password only."""
    target = io.BytesIO()
    encryption = Encryption(
        user=password, owner=secrets.token_urlsafe(_OWNER_BYTES), R=_REVISION, aes=True, metadata=True, allow=_ALLOWED
    )
    with Pdf.open(io.BytesIO(document)) as pdf:
        pdf.save(target, encryption=encryption)
    return target.getvalue()


def opens_as(locked: bytes, password: str, document: bytes) -> bool:
    """Say whether the password opens the locked file to the very pages of the document, and under which strength."""
    with Pdf.open(io.BytesIO(locked), password=password) as opened, Pdf.open(io.BytesIO(document)) as plain:
        cipher = opened.encryption
        is_strong = (cipher.R, cipher.bits, cipher.stream_method) == (_REVISION, _KEY_BITS, EncryptionMethod.aesv3)
        return is_strong and opened.user_password_matched and _pages(opened) == _pages(plain)


def _pages(pdf: Pdf) -> list[bytes]:
    return [page.Contents.read_bytes() for page in pdf.pages]
