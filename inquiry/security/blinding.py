"""Blinding: what a person is looked up by, made so that it says nothing to whoever lacks the key (検索鍵の秘匿).

A blind key is SHA-256 of a plain key, cut to one block, encrypted with AES-256, and cut to 64 bits: equal for equal
plain keys, and as good as random otherwise. Blocks of many keys are encrypted in one call, which is what makes millions
of them cheap; each block stands for itself, so there is no message whose pattern could show.

Not here  what a plain key is made from: matching/keys.py.
Secrets   the key, one for each insurer; blind keys of two insurers do not compare.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from struct import unpack
from threading import get_ident

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

VERSION = "blind-2"  # of what is stored: keys of another version find nobody until rebuilt
KEY_BYTES = 32
_BLOCK_BYTES = 16
_DOMAIN = b"inquiry/matching/3\x1f"

BlindKey = int  # of 64 bits with sign, as databases keep an integer


@dataclass(frozen=True, slots=True)
class Blinding:
    """Makes the blind keys of one insurer.

    :raises ValueError: if the key has another length than KEY_BYTES.
    """

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != KEY_BYTES:
            raise ValueError("the key for blinding has another length")

    def of(self, plain_keys: Iterable[bytes]) -> dict[bytes, BlindKey]:
        """Return the blind key of each plain one, in their order, each once."""
        distinct = list(dict.fromkeys(plain_keys))
        return dict(zip(distinct, self.each(distinct), strict=True))

    def each(self, plain_keys: Sequence[bytes]) -> Sequence[BlindKey]:
        """Return the blind keys in the order of the plain ones; many cost less at once than one by one."""
        hashed = b"".join([sha256(_DOMAIN + plain).digest()[:_BLOCK_BYTES] for plain in plain_keys])
        return unpack(f"<{2 * len(plain_keys)}q", _encrypt(self.key, get_ident())(hashed))[::2]

    def one(self, plain_key: bytes) -> BlindKey:
        """Return the blind key of a plain one."""
        return self.each((plain_key,))[0]


@lru_cache(maxsize=256)
def _encrypt(key: bytes, _thread: int) -> Callable[[bytes], bytes]:
    """Return what encrypts blocks; made once for each thread, because two cannot use one at a time."""
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update  # noqa: S305 - every block is a value of its own
