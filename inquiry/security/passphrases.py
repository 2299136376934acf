"""Passwords that are told over the telephone (電話で伝えるパスワード).

Source    memo annex STEP2 ⑤ ⅱ; flowchart (2)②.
Decides   sixteen digits in groups of four: no keyboard, no spelling and no small letter to get wrong, and more
          guesses than the file's key derivation lets anyone make.
Secrets   whoever draws one shows it once; it is never stored, logged or mailed.
"""

import re
from collections.abc import Callable, Sequence

from inquiry.domain.my_number import Level, examine

Choose = Callable[[Sequence[str]], str]

_GROUPS = 4
_GROUP_DIGITS = 4
# However somebody writes it down: with hyphens, with spaces, or in one.
_WRITTEN = re.compile(r"(?<!\d)\d{4}(?:[-‐－ 　]?\d{4}){3}(?!\d)")


def new_passphrase(choose: Choose) -> str:
    """Draw a password with a source of choices such as `secrets.choice`.

    It is drawn again while three of its groups look like a My Number, which nobody may read out or write down.
    """
    while True:
        passphrase = "-".join(_group(choose) for _ in range(_GROUPS))
        if examine(passphrase).level is Level.ALLOW:
            return passphrase


def _group(choose: Choose) -> str:
    return "".join(choose("0123456789") for _ in range(_GROUP_DIGITS))


def holds_passphrase(text: str) -> bool:
    """Say whether a password of this shape may stand in a text; what is mailed must not hold one."""
    return _WRITTEN.search(text) is not None
