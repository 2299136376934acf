"""Latin names (ローマ字氏名): upper case, accents and apostrophes dropped, in either order."""

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f'’‘`´ʼ]")
_LETTERS = re.compile("[A-Z]+")
# Letters that NFD does not take apart.
_WRITTEN_OUT = str.maketrans({"Đ": "D", "Ø": "O", "Ł": "L", "Æ": "AE", "Œ": "OE", "Þ": "TH", "Ð": "D"})


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a Latin name in order, as A to Z alone."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text)).upper().translate(_WRITTEN_OUT)
    return tuple(_LETTERS.findall(plain))


def is_latin(text: str) -> bool:
    """Say whether the name is written in Latin letters alone."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and all(ord(character) < 0x250 or 0x1E00 <= ord(character) < 0x1F00 for character in letters)
