"""Whether a file opens with its password only, told from its bytes (パスワード付きファイルの確認).

Decides   a container that merely looks like an encrypted one is not locked, nor is a PDF that an empty password opens.
Not here  locking: documents/.
"""

import io

import olefile
import pikepdf

_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_PDF = b"%PDF-"
_ENCRYPTED_STREAMS = ("EncryptionInfo", "EncryptedPackage")


def is_locked(content: bytes) -> bool:
    """Say whether an Office file or a PDF cannot be read without its password; of other files, False."""
    if content.startswith(_OLE2):
        return _is_locked_office(content)
    return content.startswith(_PDF) and _is_locked_pdf(content)


def _is_locked_office(content: bytes) -> bool:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            return all(container.exists(name) for name in _ENCRYPTED_STREAMS)
    except (OSError, ValueError):
        return False


def _is_locked_pdf(content: bytes) -> bool:
    try:
        with pikepdf.open(io.BytesIO(content)):
            return False
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False
