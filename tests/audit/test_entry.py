"""An entry's bytes are those of docs/ledger-format.md, and no person fits into them."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from inquiry.audit.entry import HEADER_BYTES, NO_LEAF, body_of, chained
from tests.audit.ledgers import FIRST, chain, happening


def test_the_header_is_magic_chain_seq_and_the_leaf_before():
    first, second = chain(FIRST, 2)
    assert len(first.header) == HEADER_BYTES == 56
    assert first.header == b"INQ\x01" + bytes.fromhex(FIRST.replace("-", "")) + b"\0\0\0\1" + bytes(32)
    assert second.header[20:] == b"\0\0\0\2" + first.leaf


def test_the_leaf_covers_header_and_body():
    entry = chained(FIRST, 1, previous_leaf=NO_LEAF, body=b"{}")
    assert entry.leaf == hashlib.sha256(b"\0" + entry.header + b"{}").digest()


def test_the_body_is_the_same_bytes_wherever_it_is_written():
    japan = replace(happening(b="2", a="1"), at=datetime(2026, 11, 25, 10, 0, tzinfo=timezone(timedelta(hours=9))))
    assert body_of(japan) == (
        b'{"at":"2026-11-25T01:00:00.000Z","by":"account-1","event":"inquiry:read","of":"organisation-1",'
        b'"refs":{"a":"1","b":"2"}}'
    )
    assert body_of(japan) == body_of(happening(a="1", b="2"))


PERSONAL = ["髙橋", "タカハシ", "Taro Takahashi", "1958年", "a\nb", "x" * 121, "name@example.jp"]


@pytest.mark.parametrize("text", PERSONAL)
def test_what_could_be_a_name_is_refused_in_every_place(text):
    for said in (
        happening(text),
        happening(note=text),
        happening(**{text: "1"}),
        replace(happening(), account_id=text),
        replace(happening(), organisation_id=text),
    ):
        with pytest.raises(ValueError, match="identifiers and event names only"):
            body_of(said)


def test_the_refusal_does_not_repeat_the_text():
    with pytest.raises(ValueError) as caught:  # noqa: PT011 the message is the point
        body_of(happening(note="髙橋"))
    assert "髙橋" not in str(caught.value)


def test_a_body_is_plain_json():
    assert json.loads(body_of(happening(number="7")))["refs"] == {"number": "7"}
