"""Sealing of personal data at rest, bound to the row it belongs to (個人情報の暗号化).

Format    token = version (1 byte) | key generation (2, big-endian) | nonce (12) | AES-256-GCM ciphertext and tag.
          The additional data is header + place, so a token moved to another row, column or tenant does not open.
Decides   nothing about people; whoever opens a token records the reading (workflow/work.py).
"""

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inquiry.domain.errors import InvalidValue
from inquiry.security.keyring import KeyRing, length_prefixed

VERSION: Final = 1
_HEADER_BYTES: Final = 3
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives; it opens nowhere else."""

    tenant: str
    table: str
    column: str
    row: str

    def __bytes__(self) -> bytes:
        return length_prefixed("seal1", self.tenant, self.table, self.column, self.row)


@lru_cache(maxsize=4096)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


@dataclass(frozen=True, slots=True)
class ColumnSealer:
    """Seals and opens one column of one tenant under one key generation, for rosters of millions.

    Its tokens are those of `Sealer`. It carries the tenant's derived key, so that it can be handed to a worker process.
    """

    key: bytes = field(repr=False)
    header: bytes
    place: bytes  # all of a `Place` but its row

    def seal(self, plain: bytes, row: str) -> bytes:
        """Return the token for a value of a row."""
        nonce = os.urandom(_NONCE_BYTES)
        return self.header + nonce + _cipher(self.key).encrypt(nonce, plain, self._bound_to(row))

    def open(self, token: bytes, row: str) -> bytes:
        """Return the value of a token of a row.

        :raises InvalidValue: if the token was altered, moved, or sealed under another key.
        """
        if token[:_HEADER_BYTES] != self.header:
            raise InvalidValue("seal:unreadable")
        body = _HEADER_BYTES + _NONCE_BYTES
        try:
            return _cipher(self.key).decrypt(token[_HEADER_BYTES:body], token[body:], self._bound_to(row))
        except InvalidTag as error:
            raise InvalidValue("seal:broken") from error

    def _bound_to(self, row: str) -> bytes:
        return self.header + self.place + length_prefixed(row)


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals and opens values with the keys of a ring."""

    ring: KeyRing

    def seal(self, plain: bytes, place: Place) -> bytes:
        """Return the token for a value in its place."""
        header = bytes([VERSION]) + self.ring.current.to_bytes(2, "big")
        nonce = os.urandom(_NONCE_BYTES)
        cipher = _cipher(self.ring.key("seal", place.tenant))
        return header + nonce + cipher.encrypt(nonce, plain, header + bytes(place))

    def open(self, token: bytes, place: Place) -> bytes:
        """Return the value of a token in its place.

        :raises InvalidValue: if the token was altered, moved, or sealed under a key that is not on the ring.
        """
        header, nonce, body = (
            token[:_HEADER_BYTES],
            token[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES],
            token[_HEADER_BYTES + _NONCE_BYTES :],
        )
        if len(body) == 0 or header[0] != VERSION:
            raise InvalidValue("seal:unreadable")
        generation = int.from_bytes(header[1:], "big")
        cipher = _cipher(self.ring.key("seal", place.tenant, generation=generation))
        try:
            return cipher.decrypt(nonce, body, header + bytes(place))
        except InvalidTag as error:
            raise InvalidValue("seal:broken") from error

    def column(self, tenant: str, column: str, *, generation: int) -> ColumnSealer:
        """Return the sealer of a column such as ``member.member_ct`` under a key generation of the ring.

        :raises InvalidValue: if the ring does not hold that generation.
        """
        table, _, name = column.partition(".")
        header = bytes([VERSION]) + generation.to_bytes(2, "big")
        key = self.ring.key("seal", tenant, generation=generation)
        return ColumnSealer(key, header, length_prefixed("seal1", tenant, table, name))

    def seal_json(self, value: Any, place: Place) -> bytes:
        """Seal a value that JSON can carry."""
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), place)

    def open_json(self, token: bytes, place: Place) -> Any:
        """Open what `seal_json` sealed.

        :raises InvalidValue: as `open`.
        """
        return json.loads(self.open(token, place))

    def blind_index(self, purpose: str, tenant: str, *parts: str) -> bytes:
        """Return 16 bytes that are equal for equal parts and say nothing without the key."""
        key = self.ring.key(f"index:{purpose}", tenant, generation=min(self.ring.roots))
        return hmac.digest(key, length_prefixed("bi1", *parts), "sha256")[:16]

    def matching_key(self, insurer_id: str, generation: int) -> bytes:
        """Return the key of an insurer's roster look-ups; another insurer's finds nothing there.

        :raises InvalidValue: if the ring does not hold that generation.
        """
        return self.ring.key("matching", insurer_id, generation=generation)


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of a file as the database and the ledger keep it; in base64, as `commitment` is."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode("ascii").rstrip("=")


def commitment(salt: bytes, content: bytes) -> str:
    """Return what a ledger entry may hold in place of personal data: binding, and meaningless once the salt is gone.

    It is written in base64: twelve digits in a row, as a hexadecimal number may have, look like a My Number.
    """
    return base64.urlsafe_b64encode(hmac.digest(salt, content, "sha256")).decode("ascii").rstrip("=")
