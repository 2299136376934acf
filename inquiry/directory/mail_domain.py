"""The domain under which a municipality has its mail, and addresses in it (市町村等のメールドメイン).

Source    memo annex STEP2 ⑤ ⅱ; flowchart (2), ※2.
Decides   which text is an address or a domain that one organisation can hold, and how an address is laid beside the
          registered one.
Not here  whether the address was heard on a call: workflow/locking.py.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from inquiry.directory.like_letters import letters_apart
from inquiry.domain.errors import InvalidValue

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_LONGEST: Final = 253
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LONGEST_ADDRESS: Final = 254
# Anybody may have an address there.
_EVERYBODYS: Final = frozenset(
    {
        "gmail.com", "googlemail.com", "hotmail.com", "icloud.com", "live.jp", "me.com", "outlook.com", "outlook.jp",
        "yahoo.co.jp", "yahoo.com", "ymail.ne.jp",
    }
)  # fmt: skip

Marked = list[tuple[str, bool]]


def read_mail_domain(text: str) -> str:
    """Return a domain as the directory keeps it: small letters, without an @ before it; "" for none.

    :raises InvalidValue: naming the field ``mail_domain``, if it is no domain, or anybody may have an address there.
    """
    domain = text.strip().removeprefix("@").lower()
    if domain and (len(domain) > _LONGEST or not _DOMAIN.fullmatch(domain)):
        raise InvalidValue("mail_domain:no_domain", field="mail_domain")
    if domain in _EVERYBODYS:
        raise InvalidValue("mail_domain:everybodys", field="mail_domain")
    return domain


def is_address(text: str) -> bool:
    """Say whether a text is one mail address and nothing else."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def read_notice_address(text: str) -> str:
    """Return the address to which an organisation has its notices mailed (通知用メールアドレス); "" for none.

    :raises InvalidValue: naming the field ``notice_address``, if it is none, or lies where anybody may have one.
    """
    address = text.strip()
    if address and not is_address(address):
        raise InvalidValue("notice_address:no_address", field="notice_address")
    if domain_of(address) in _EVERYBODYS:
        raise InvalidValue("notice_address:everybodys", field="notice_address")
    return address


def is_within(address: str, domain: str) -> bool:
    """Say whether an address lies in exactly this domain; one below it may be somebody else's."""
    return bool(domain) and domain_of(address) == domain


def domain_of(address: str) -> str:
    """Return what stands behind the last @ of an address, in small letters."""
    return address.rpartition("@")[2].lower()


def laid_beside(heard: str, true: str) -> tuple[Marked, Marked]:
    """Return both domains in pieces, the true one first; a piece is marked where the other has something else."""
    pairs = letters_apart(heard, true)
    return _pieces(pairs, 0), _pieces(pairs, 1)


def _pieces(pairs: Iterable[tuple[str, str]], side: int) -> Marked:
    runs = groupby(pairs, key=lambda pair: pair[0] != pair[1])
    pieces = [("".join(pair[side] for pair in run), differs) for differs, run in runs]
    return [(text, differs) for text, differs in pieces if text]
