"""What a form's own checks say, in plain Japanese: lengths, choices and tokens (様式そのものの検査の文).

Not here  what the rules of the memo say: web/sentences. What one field says of itself stands at the field.
"""

from collections.abc import Mapping
from typing import Final

_SENTENCES: Final[Mapping[str, str]] = {
    "Field cannot be longer than %(max)d character.": "%(max)d文字以内で入力してください。",
    "Field must be at least %(min)d character long.": "%(min)d文字以上で入力してください。",
    "Field must be between %(min)d and %(max)d characters long.": "%(min)d～%(max)d文字で入力してください。",
    "Number must be at least %(min)s.": "%(min)s以上の数を入力してください。",
    "Number must be at most %(max)s.": "%(max)s以下の数を入力してください。",
    "Number must be between %(min)s and %(max)s.": "%(min)sから%(max)sまでの数を入力してください。",
    "This field is required.": "入力してください。",
    "Not a valid integer value.": "整数を入力してください。",
    "Not a valid decimal value.": "数を入力してください。",
    "Not a valid time value.": "時刻を「17:00」の形で入力してください。",
}
_OTHERWISE: Final = "もう一度選ぶか、入力し直してください。"


class FormWords:
    """The sentences in the manner that WTForms asks for."""

    def gettext(self, text: str) -> str:
        """Return the Japanese of one of the library's sentences."""
        return _SENTENCES.get(text, _OTHERWISE)

    def ngettext(self, singular: str, _plural: str, _n: int) -> str:
        """Return the same for one and for many, as Japanese does."""
        return self.gettext(singular)
