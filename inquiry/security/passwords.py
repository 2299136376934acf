"""Passwords of accounts (ログインパスワード): argon2id, refused when easy to guess, checked in even time."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inquiry.domain.errors import InvalidValue

MIN_LENGTH = 15  # without a second factor (OWASP ASVS 5.0, 6.2.1)
MAX_LENGTH = 256
_MIN_DISTINCT = 6

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def check_strength(password: str, *, login_name: str) -> None:
    """Refuse a password that is too short, too uniform, or built around the login name.

    :raises InvalidValue: naming the field ``password``.
    """
    if len(password) < MIN_LENGTH:
        raise InvalidValue("password:too_short", field="password")
    if len(password) > MAX_LENGTH:
        raise InvalidValue("password:too_long", field="password")
    if len(set(password)) < _MIN_DISTINCT or (login_name and login_name.casefold() in password.casefold()):
        raise InvalidValue("password:too_easy", field="password")


def hash_password(password: str) -> str:
    """Return the argon2id hash to keep."""
    return _hasher.hash(password)


def is_right_password(kept: str | None, password: str) -> bool:
    """Say whether the password is right; without a kept hash the same work is done, so time tells nothing."""
    try:
        _hasher.verify(kept or _hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    return _hasher.hash("a password that nobody has")
