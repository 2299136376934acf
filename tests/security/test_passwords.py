"""Login passwords."""

import pytest

from inquiry.domain.errors import InvalidValue
from inquiry.security.passwords import check_strength, hash_password, is_right_password


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password:too_short"),
        ("あ" * 14, "password:too_short"),
        ("x" * 257, "password:too_long"),
        ("aaaaaaaaaaaaaaab", "password:too_easy"),
        ("my-clerk-password-2026", "password:too_easy"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password, code):
    with pytest.raises(InvalidValue) as refused:
        check_strength(password, login_name="clerk")
    assert (refused.value.code, refused.value.field) == (code, "password")


def test_a_long_sentence_is_welcome():
    check_strength("朝の散歩で見かけた白い花の名前", login_name="clerk")


def test_only_the_right_password_is_right_and_nobody_has_none():
    kept = hash_password("朝の散歩で見かけた白い花の名前")
    assert is_right_password(kept, "朝の散歩で見かけた白い花の名前")
    assert not is_right_password(kept, "朝の散歩で見かけた白い花の名")
    assert not is_right_password(None, "a password that nobody has")
