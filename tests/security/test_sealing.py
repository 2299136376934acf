"""What is sealed opens in its own place, with its own key, unaltered; and nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.domain.errors import InvalidValue
from inquiry.security.keyring import KeyRing
from inquiry.security.sealing import Place, Sealer, commitment

FIRST, SECOND = bytes(range(32)), bytes(range(1, 33))
SEALER = Sealer(KeyRing(1, {1: FIRST}))
PLACE = Place("insurer-1", "member", "member_ct", "row-1")


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_in_its_place(content):
    assert SEALER.open(SEALER.seal(content, PLACE), PLACE) == content


@pytest.mark.parametrize("moved", [{"tenant": "insurer-2"}, {"table": "x"}, {"column": "x"}, {"row": "row-2"}])
def test_a_token_that_was_moved_does_not_open(moved):
    token = SEALER.seal(b"x", PLACE)
    with pytest.raises(InvalidValue):
        SEALER.open(token, replace(PLACE, **moved))


def test_every_altered_byte_is_noticed():
    token = SEALER.seal("髙橋".encode(), PLACE)
    for position in range(len(token)):
        altered = bytearray(token)
        altered[position] ^= 1
        with pytest.raises(InvalidValue):
            SEALER.open(bytes(altered), PLACE)


@pytest.mark.parametrize("length", range(0, 31, 3))
def test_a_token_cut_short_is_refused(length):
    with pytest.raises(InvalidValue):
        SEALER.open(SEALER.seal(b"", PLACE)[:length], PLACE)


def test_an_older_generation_still_opens_and_the_current_one_seals():
    old = SEALER.seal(b"x", PLACE)
    rotated = Sealer(KeyRing(2, {1: FIRST, 2: SECOND}))
    assert rotated.open(old, PLACE) == b"x"
    with pytest.raises(InvalidValue):
        SEALER.open(rotated.seal(b"x", PLACE), PLACE)


def test_a_blind_index_is_equal_for_equal_parts_of_one_tenant_only():
    def index(tenant, *parts):
        return SEALER.blind_index("subject", tenant, *parts)

    assert index("a", "タカハシ", "1958-04-01") == index("a", "タカハシ", "1958-04-01")
    assert index("a", "タカハシ", "1958-04-01") != index("b", "タカハシ", "1958-04-01")
    assert index("a", "タカ", "ハシ") != index("a", "タカハ", "シ")


def test_a_commitment_means_nothing_without_its_salt():
    assert commitment(b"1" * 16, b"x") != commitment(b"2" * 16, b"x")
