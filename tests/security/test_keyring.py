"""The key ring's file: made once, readable by its owner alone, never half read."""

import os
import stat

import pytest

from inquiry.domain.errors import InvalidValue
from inquiry.security.keyring import (
    KeyRing,
    create_keyring,
    length_prefixed,
    load_keyring,
    open_keyring,
    rotate_keyring,
)
from inquiry.security.sealing import Place, Sealer


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


# Rotation


def test_a_rotation_adds_a_root_that_seals_and_keeps_the_older_ones(tmp_path):
    path = tmp_path / "keyring.json"
    first = create_keyring(path)
    second = rotate_keyring(path)
    assert load_keyring(path) == second
    assert (second.current, second.roots[1]) == (2, first.roots[1])
    assert second.roots[2] != second.roots[1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["keyring.json"]
    assert rotate_keyring(path).current == 3


def test_what_was_sealed_before_a_rotation_opens_after_it_and_indexes_stay(tmp_path):
    path = tmp_path / "keyring.json"
    place = Place("inquiry", "inquiry", "subject_ct", "1")
    before = Sealer(create_keyring(path))
    token, column = before.seal(b"before", place), before.column("a", "member.member_ct", generation=1)
    member = column.seal(b"member", "1.1")
    after = Sealer(rotate_keyring(path))
    assert after.open(token, place) == b"before"
    assert after.column("a", "member.member_ct", generation=1).open(member, "1.1") == b"member"
    assert after.blind_index("login", "a", "x") == before.blind_index("login", "a", "x")
    assert after.matching_key("a", 1) == before.matching_key("a", 1) != after.matching_key("a", 2)
    # What is sealed from now on needs the new root.
    with pytest.raises(InvalidValue, match="unknown_generation"):
        before.open(after.seal(b"after", place), place)


def test_of_two_rotations_at_once_the_second_is_refused_and_the_ring_stays_whole(tmp_path):
    path = tmp_path / "keyring.json"
    ring = create_keyring(path)
    beside = tmp_path / "keyring.json.new"
    beside.touch()
    with pytest.raises(InvalidValue, match="rotation_unfinished"):
        rotate_keyring(path)
    assert load_keyring(path) == ring
    assert beside.exists(), "it is somebody else's"


def test_a_rotation_that_fails_leaves_the_ring_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "keyring.json"
    ring = create_keyring(path)

    def full(*_arguments):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        rotate_keyring(path)
    assert load_keyring(path) == ring
    assert [each.name for each in tmp_path.iterdir()] == ["keyring.json"]


def test_a_damaged_ring_is_not_rotated(tmp_path):
    path = tmp_path / "keyring.json"
    path.write_text("{}")
    path.chmod(0o600)
    with pytest.raises(InvalidValue, match="unusable"):
        rotate_keyring(path)
    assert path.read_text() == "{}"
    assert [each.name for each in tmp_path.iterdir()] == ["keyring.json"]
