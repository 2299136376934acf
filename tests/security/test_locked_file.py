"""Whether a file opens with its password only is told from its bytes, whatever they are."""

import io
import random

import pikepdf
import pytest

from inquiry.documents.office_encryption import lock
from inquiry.security.locked_file import is_locked

OFFICE = lock(b"PK" + bytes(5000), "1234-5678-9012-3456")


def pdf(**passwords: str) -> bytes:
    target = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(target, encryption=pikepdf.Encryption(**passwords, R=6) if passwords else False)
    return target.getvalue()


@pytest.mark.parametrize("content", [OFFICE, pdf(user="1234", owner="5678")])
def test_a_file_that_asks_its_reader_for_a_password_is_locked(content):
    assert is_locked(content)


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        pdf(user="", owner="5678"),  # its owner's password alone keeps nobody from reading
        b"%PDF-1.7 cut off",
        OFFICE[:8] + bytes(5000),  # looks like a container, and is none
        b"PK\x03\x04 a package in the clear",
        b"",
    ],
)
def test_any_other_file_is_not(content):
    assert not is_locked(content)


@pytest.mark.parametrize("whole", [OFFICE, pdf(user="1234", owner="5678")])
def test_a_damaged_file_is_judged_and_breaks_nothing(whole):
    chance = random.Random(1)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(len(whole))] = chance.randrange(256)
        assert is_locked(bytes(damaged[: chance.randrange(len(whole))])) in (True, False)
