"""A municipality's mail domain: what can be registered, and an address laid beside it letter by letter."""

import pytest

from inquiry.directory.mail_domain import is_within, laid_beside, read_mail_domain
from inquiry.domain.errors import InvalidValue


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("city.chiyoda.example.jp", "city.chiyoda.example.jp"),
        (" @City.Chiyoda.Example.JP ", "city.chiyoda.example.jp"),
        ("", ""),
    ],
)
def test_a_domain_is_kept_in_small_letters(typed, kept):
    assert read_mail_domain(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "千代田区.jp",
        "city",
        "kenko@city.example.jp",
        "city..example.jp",
        "-city.example.jp",
        "a b.jp",
        f"{'a' * 250}.jp",
    ],
)
def test_what_is_no_domain_is_refused(typed):
    with pytest.raises(InvalidValue, match="mail_domain:no_domain"):
        read_mail_domain(typed)


@pytest.mark.parametrize("typed", ["gmail.com", "@YAHOO.co.jp"])
def test_a_domain_where_anybody_may_have_an_address_is_refused(typed):
    with pytest.raises(InvalidValue, match="mail_domain:everybodys"):
        read_mail_domain(typed)


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("kenko@city.example.jp", True),
        ("Kenko@CITY.example.jp", True),
        ("kenko@city.exarnple.jp", False),  # rn for m
        ("kenko@city.example.jp.example.com", False),
        ("kenko@mail.city.example.jp", False),  # may be somebody else's
        ("city.example.jp@example.com", False),
        ("kenko@citv.example.jp", False),
        ("kenko@example.jp", False),
    ],
)
def test_only_exactly_the_registered_domain_is_the_municipalitys(address, is_ours):
    assert is_within(address, "city.example.jp") is is_ours


def test_without_a_registered_domain_no_address_is_the_municipalitys():
    assert not is_within("kenko@", "")


def test_the_letters_that_differ_are_marked_on_both_sides():
    true, heard = laid_beside("city.exarnple.jp", "city.example.jp")
    assert ("m", True) in true
    assert ("rn", True) in heard
    assert "".join(text for text, _ in true) == "city.example.jp"
    assert "".join(text for text, _ in heard) == "city.exarnple.jp"
