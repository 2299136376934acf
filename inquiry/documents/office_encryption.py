"""Locking an Office file with a password, as Word itself does (パスワードによる暗号化).

Source    memo annex STEP2 ⑤ ⅱ; [MS-OFFCRYPTO] 2.3.4.10-15, agile encryption.
Decides   AES-256-CBC, SHA-512, the spin count; a content key of 256 random bits; a MAC over the whole package.
Not here  the password's making: security/passphrases.py. Its way to the reader: workflow/locking.py.
Secrets   the password is neither kept nor named in an error.

Written here because the library's own writer draws only half of the content key at random; its container is used.
"""

import hmac
import io
import secrets
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha512
from itertools import count
from struct import pack
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import DecryptionError, FileFormatError
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted

from inquiry.domain.errors import InvalidValue

SPINS: Final = 100_000
SMALLEST_PACKAGE_BYTES: Final = 4096  # below it the container would hold a stream that Word cannot find

_SALT_BYTES, _BLOCK_BYTES, _KEY_BYTES, _HASH_BYTES, _SEGMENT_BYTES = 16, 16, 32, 64, 4096
# Constants of the standard, one for each use of a derived key.
_VERIFIER_INPUT, _VERIFIER_HASH = bytes.fromhex("FEA7D2763B4B9E79"), bytes.fromhex("D7AA0F6D3061344E")
_CONTENT_KEY = bytes.fromhex("146E0BE7ABACD0D6")
_MAC_KEY, _MAC_VALUE = bytes.fromhex("5FB2AD010CB9E1F6"), bytes.fromhex("A0677F02B22C8433")

_HEADER = pack("<HHI", 4, 4, 0x40)
_SCHEMA = "http://schemas.microsoft.com/office/2006"
_CIPHER = (
    f'saltSize="{_SALT_BYTES}" blockSize="{_BLOCK_BYTES}" keyBits="{_KEY_BYTES * 8}" hashSize="{_HASH_BYTES}" '
    'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
)

RandomBytes = Callable[[int], bytes]


def lock(package: bytes, password: str, *, random_bytes: RandomBytes = secrets.token_bytes) -> bytes:
    """Return the package as a file that opens with the password only, which `documents/locked_file.py` has looked at.

    :raises InvalidValue: if the package is too small to be an Office file.
    """
    if len(package) < SMALLEST_PACKAGE_BYTES:
        raise InvalidValue("file:package_too_small")
    content_key, salt = random_bytes(_KEY_BYTES), random_bytes(_SALT_BYTES)
    encrypted = _encrypted_package(package, content_key, salt)
    integrity = _integrity(encrypted, content_key, salt=salt, mac_key=random_bytes(_HASH_BYTES))
    encryptor = _password_encryptor(password, content_key, random_bytes=random_bytes)
    descriptor = _descriptor(salt, integrity, encryptor=encryptor)
    target = io.BytesIO()
    ECMA376Encrypted(encrypted, _HEADER + descriptor.encode()).write_to(target)
    return target.getvalue()


def unlock(locked: bytes, password: str) -> bytes:
    """Return what the password opens, every byte of it checked against the MAC.

    :raises RuntimeError: if the password is another, or a byte was changed.
    """
    target = io.BytesIO()
    try:
        file = OfficeFile(io.BytesIO(locked))
        file.load_key(password=password, verify_password=True)
        file.decrypt(target, verify_integrity=True)
    except (DecryptionError, FileFormatError) as error:
        raise RuntimeError("the locked file does not open") from error
    return target.getvalue()


def _encrypted_package(package: bytes, key: bytes, salt: bytes) -> bytes:
    segments = (package[start : start + _SEGMENT_BYTES] for start in range(0, len(package), _SEGMENT_BYTES))
    sealed = (
        _aes_cbc(_padded(segment), key, iv=_iv(salt, pack("<I", number)))
        for number, segment in zip(count(), segments, strict=False)
    )
    return pack("<Q", len(package)) + b"".join(sealed)


def _integrity(encrypted: bytes, key: bytes, *, salt: bytes, mac_key: bytes) -> str:
    mac = hmac.digest(mac_key, encrypted, "sha512")
    return (
        f'encryptedHmacKey="{_base64(_aes_cbc(mac_key, key, iv=_iv(salt, _MAC_KEY)))}" '
        f'encryptedHmacValue="{_base64(_aes_cbc(mac, key, iv=_iv(salt, _MAC_VALUE)))}"'
    )


def _password_encryptor(password: str, content_key: bytes, *, random_bytes: RandomBytes) -> str:
    salt, verifier = random_bytes(_SALT_BYTES), random_bytes(_SALT_BYTES)
    stretched = _stretched(password, salt)

    def under(purpose: bytes, secret: bytes) -> str:
        key = sha512(stretched + purpose).digest()[:_KEY_BYTES]
        return _base64(_aes_cbc(secret, key, iv=salt))

    return (
        f'spinCount="{SPINS}" {_CIPHER} saltValue="{_base64(salt)}" '
        f'encryptedVerifierHashInput="{under(_VERIFIER_INPUT, verifier)}" '
        f'encryptedVerifierHashValue="{under(_VERIFIER_HASH, sha512(verifier).digest())}" '
        f'encryptedKeyValue="{under(_CONTENT_KEY, content_key)}"'
    )


def _stretched(password: str, salt: bytes) -> bytes:
    """Make every guess at the password cost as many hashes as the spin count says."""
    digest = sha512(salt + password.encode("utf-16-le")).digest()
    for spin in range(SPINS):
        digest = sha512(pack("<I", spin) + digest).digest()
    return digest


def _descriptor(salt: bytes, integrity: str, *, encryptor: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{_SCHEMA}/encryption" xmlns:p="{_SCHEMA}/keyEncryptor/password">'
        f'<keyData {_CIPHER} saltValue="{_base64(salt)}"/><dataIntegrity {integrity}/>'
        f'<keyEncryptors><keyEncryptor uri="{_SCHEMA}/keyEncryptor/password"><p:encryptedKey {encryptor}/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )


def _aes_cbc(plain: bytes, key: bytes, *, iv: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(plain) + encryptor.finalize()


def _iv(salt: bytes, block: bytes) -> bytes:
    return sha512(salt + block).digest()[:_BLOCK_BYTES]


def _padded(segment: bytes) -> bytes:
    return segment + bytes(-len(segment) % _BLOCK_BYTES)


def _base64(value: bytes) -> str:
    return b64encode(value).decode()
