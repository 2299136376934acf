"""The key ring's file: made once, readable by its owner alone, never half read."""

import stat

import pytest

from inquiry.domain.errors import InvalidValue
from inquiry.security.keyring import KeyRing, create_keyring, length_prefixed, load_keyring, open_keyring


def test_a_ring_is_made_once_and_read_back(tmp_path):
    path = tmp_path / "var" / "keyring.json"
    made = open_keyring(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert open_keyring(path) == made
    with pytest.raises(FileExistsError):
        create_keyring(path)


def test_a_ring_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "keyring.json"
    create_keyring(path)
    path.chmod(0o640)
    with pytest.raises(InvalidValue, match="readable_by_others"):
        load_keyring(path)


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"current": 2, "roots": {"1": "00"}}', '{"current": 1, "roots": []}']
)
def test_a_damaged_ring_is_refused(tmp_path, content):
    path = tmp_path / "keyring.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(InvalidValue, match="unusable"):
        load_keyring(path)


def test_keys_differ_by_tenant_purpose_and_generation():
    ring = KeyRing(2, {1: bytes(32), 2: bytes([1]) * 32})
    keys = {ring.key("seal", "a"), ring.key("seal", "b"), ring.key("index", "a"), ring.key("seal", "a", generation=1)}
    assert len(keys) == 4
    with pytest.raises(InvalidValue):
        ring.key("seal", "a", generation=3)


def test_two_lists_of_texts_never_give_the_same_bytes():
    assert length_prefixed("ab", "c") != length_prefixed("a", "bc")


def test_a_ring_does_not_show_its_roots():
    assert "roots" not in repr(KeyRing(1, {1: bytes(32)}))
