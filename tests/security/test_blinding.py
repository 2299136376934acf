"""Blind keys: equal for equal plain keys under one insurer's key, and nothing else to be seen."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from inquiry.security.blinding import Blinding

KEY = bytes(range(32))
PLAIN = [f"{kind}\x1fタナカ\x1f1980-05-07".encode() for kind in range(1, 9)]


def test_a_blind_key_is_the_first_half_of_a_hash_encrypted_with_aes_256_cut_to_64_bits():
    block = sha256(b"inquiry/matching/3\x1f" + PLAIN[0]).digest()[:16]
    encryptor = Cipher(algorithms.AES(KEY), modes.ECB()).encryptor()
    said = int.from_bytes((encryptor.update(block) + encryptor.finalize())[:8], "little", signed=True)
    assert Blinding(KEY).one(PLAIN[0]) == said


def test_one_key_is_the_same_whether_it_is_blinded_alone_or_among_others():
    together = Blinding(KEY).of([*PLAIN, *reversed(PLAIN)])
    assert together == {plain: Blinding(KEY).one(plain) for plain in PLAIN}
    assert list(together) == PLAIN
    assert len(set(together.values())) == len(PLAIN)
    assert all(-(1 << 63) <= blind < 1 << 63 for blind in together.values())


def test_nothing_asked_is_nothing_answered():
    assert Blinding(KEY).of([]) == {}


def test_keys_of_two_insurers_do_not_compare():
    ours, theirs = Blinding(KEY).of(PLAIN), Blinding(KEY[::-1]).of(PLAIN)
    assert set(ours.values()).isdisjoint(theirs.values())


def test_threads_and_other_processes_get_the_same_keys():
    ours = Blinding(KEY)
    with ThreadPoolExecutor(4) as threads:
        assert all(found == ours.of(PLAIN) for found in threads.map(lambda _: ours.of(PLAIN), range(200)))
    assert pickle.loads(pickle.dumps(ours)).of(PLAIN) == ours.of(PLAIN)


@pytest.mark.parametrize("key", [b"", b"short", KEY + b"x"])
def test_a_key_of_another_length_is_refused_and_a_key_is_never_shown(key):
    with pytest.raises(ValueError, match="length"):
        Blinding(key)
    assert repr(KEY) not in repr(Blinding(KEY))
