"""Files that open with their password only, asked of msoffcrypto; LibreOffice itself is asked in test_office.py."""

import io
from base64 import b64decode

import msoffcrypto
import olefile
import pytest
from lxml import etree
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from inquiry.documents.office_encryption import SMALLEST_PACKAGE_BYTES, SPINS, lock
from inquiry.documents.word_file import write_docx
from inquiry.documents.wording import Wording
from inquiry.domain.errors import InvalidValue
from tests.documents.letters import ANSWER, TEMPLATES

pytestmark = pytest.mark.documents

PASSWORD = "2043-8817-5560-9924"
PACKAGE = write_docx(ANSWER, Wording(TEMPLATES))


def unlocked(locked, password):
    file = msoffcrypto.OfficeFile(io.BytesIO(locked))
    file.load_key(password=password, verify_password=True)
    target = io.BytesIO()
    file.decrypt(target, verify_integrity=True)
    return target.getvalue()


@pytest.fixture(scope="module")
def locked():
    return lock(PACKAGE, PASSWORD)


def test_the_password_opens_it_and_nothing_was_changed(locked):
    assert unlocked(locked, PASSWORD) == PACKAGE


@pytest.mark.parametrize("size", [SMALLEST_PACKAGE_BYTES, 4097, 8191, 8192, 300_001])
def test_a_package_of_any_size_comes_back_whole(size):
    package = bytes(number % 251 for number in range(size))
    sealed = msoffcrypto.OfficeFile(io.BytesIO(lock(package, PASSWORD)))
    sealed.load_key(password=PASSWORD)
    assert ECMA376Agile.decrypt(
        sealed.secret_key, sealed.info["keyDataSalt"], "SHA512", sealed.file.openstream("EncryptedPackage")
    ) == package  # fmt: skip


@pytest.mark.parametrize("password", ["2043-8817-5560-9925", "2043881755609924", ""])
def test_no_other_password_opens_it(locked, password):
    with pytest.raises((InvalidKeyError, DecryptionError)):
        unlocked(locked, password)


def test_it_is_a_compound_file_and_no_readable_package(locked):
    assert locked.startswith(bytes.fromhex("D0CF11E0A1B11AE1"))
    assert b"word/document.xml" not in locked


def test_a_flipped_bit_is_noticed(locked):
    with olefile.OleFileIO(io.BytesIO(locked)) as container:
        start = locked.index(container.openstream("EncryptedPackage").read(64))
    spoilt = bytearray(locked)
    spoilt[start + 5000] ^= 1
    with pytest.raises(Exception, match=r"(?i)integrity|verif"):
        unlocked(bytes(spoilt), PASSWORD)


def test_the_whole_content_key_is_random():
    keys = []
    for _ in range(2):
        file = msoffcrypto.OfficeFile(io.BytesIO(lock(PACKAGE, PASSWORD)))
        file.load_key(password=PASSWORD)
        keys.append(file.secret_key)
    assert [len(key) for key in keys] == [32, 32]
    assert all(len(set(key[16:])) > 4 for key in keys)  # the library's own writer fills this half with one byte
    assert keys[0][16:] != keys[1][16:]


def test_the_descriptor_says_what_was_done(locked):
    with olefile.OleFileIO(io.BytesIO(locked)) as container:
        descriptor = etree.fromstring(container.openstream("EncryptionInfo").read()[8:])
    key = descriptor.find(".//{*}encryptedKey")
    assert (key.get("spinCount"), key.get("hashAlgorithm"), key.get("keyBits")) == (str(SPINS), "SHA512", "256")
    assert len(b64decode(descriptor.find("{*}dataIntegrity").get("encryptedHmacKey"))) == 64


def test_what_no_office_program_would_find_is_refused():
    with pytest.raises(InvalidValue) as refused:
        lock(bytes(SMALLEST_PACKAGE_BYTES - 1), PASSWORD)
    assert refused.value.code == "file:package_too_small"
