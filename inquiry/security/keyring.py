"""The keys: one root per generation, everything else derived from it per tenant and purpose (鍵束).

Decides   which key seals, which keys still open, and how a blind index is keyed.
Secrets   roots never leave this module; derived keys live in memory only. Losing the file loses the data.
Not here  where the file lies: config.py names it. What is sealed: security/sealing.py.
"""

import json
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inquiry.domain.errors import InvalidValue

ROOT_BYTES: Final = 32


def length_prefixed(*parts: str) -> bytes:
    """Join texts so that no two lists of texts give the same bytes."""
    return b"".join(len(raw).to_bytes(4, "big") + raw for raw in (part.encode() for part in parts))


@dataclass(frozen=True)
class KeyRing:
    """Root keys by generation; the current one seals, every one opens."""

    current: int
    roots: dict[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if self.current not in self.roots or any(len(root) != ROOT_BYTES for root in self.roots.values()):
            raise InvalidValue("keyring:unusable")

    def key(self, purpose: str, tenant: str, *, generation: int | None = None) -> bytes:
        """Derive the 32-byte key of a tenant for one purpose.

        :raises InvalidValue: if the ring does not hold that generation.
        """
        wanted = self.current if generation is None else generation
        if wanted not in self.roots:
            raise InvalidValue("keyring:unknown_generation")
        return _derived(self.roots[wanted], length_prefixed(purpose, tenant))


@lru_cache(maxsize=4096)
def _derived(root: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=ROOT_BYTES, salt=None, info=label).derive(root)


def load_keyring(path: Path) -> KeyRing:
    """Read the ring from its file.

    :raises InvalidValue: if the file is readable by others than its owner, or holds no usable ring.
    """
    if path.stat().st_mode & 0o077:
        raise InvalidValue("keyring:readable_by_others")
    try:
        content = json.loads(path.read_text())
        roots = {int(generation): bytes.fromhex(root) for generation, root in content["roots"].items()}
        return KeyRing(int(content["current"]), roots)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidValue("keyring:unusable") from error


def create_keyring(path: Path) -> KeyRing:
    """Write a new ring with one random root, readable by its owner alone, and return it.

    :raises FileExistsError: if a ring is there already; it is never overwritten.
    """
    ring = KeyRing(1, {1: os.urandom(ROOT_BYTES)})
    with _new_file(path) as file:
        _write(file, ring)
    return ring


def rotate_keyring(path: Path) -> KeyRing:
    """Add a random root that seals from now on, and return the ring; the roots before it stay and open.

    The file is replaced whole: whoever reads it meanwhile, or after a power cut, finds the old ring or the new one.

    :raises InvalidValue: as `load_keyring`, or if another rotation is under way, or broke off and left its file.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        # Made before the ring is read: of two rotations at once, the second must not write a ring without the first.
        file = _new_file(beside)
    except FileExistsError as error:
        raise InvalidValue("keyring:rotation_unfinished") from error
    try:
        with file:
            ring = load_keyring(path)
            newest = max(ring.roots) + 1
            rotated = KeyRing(newest, {**ring.roots, newest: os.urandom(ROOT_BYTES)})
            _write(file, rotated)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _keep_entry(path.parent)
    return rotated


def _new_file(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w")


def _write(file: IO[str], ring: KeyRing) -> None:
    json.dump({"current": ring.current, "roots": {str(k): root.hex() for k, root in ring.roots.items()}}, file)
    file.flush()
    os.fsync(file.fileno())


def _keep_entry(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_keyring(path: Path) -> KeyRing:
    """Return the ring of a file, which is made with a fresh root when it is missing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return create_keyring(path)
    except FileExistsError:
        return load_keyring(path)
