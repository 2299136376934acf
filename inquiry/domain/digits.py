"""How a text reads to somebody who looks for digits in it (数字の読み取り).

Source    the shapes in which a My Number (個人番号) is written, by habit or to slip past a guard.
Decides   which characters are a digit, a separator, invisible, or anything else.
Not here  what a row of digits means: domain/my_number.py.

A reading is made of ASCII digits, of the space for every separator, and of one folded character for everything
else. NFKC alone is not enough: it leaves the dingbat circles, the kanji digits and every invisible character.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

SEPARATOR = " "

_KANJI_DIGITS = {
    kanji: str(value)
    for value, kanjis in enumerate(
        ("〇零○◯", "一壱壹弌", "二弐貳貮弍", "三参參弎", "四肆", "五伍", "六陸", "七漆柒", "八捌", "九玖")
    )
    for kanji in kanjis
}

# Besides spaces and dashes, which Unicode marks as such. The apostrophe is how a spreadsheet keeps text as text.
_SEPARATORS = frozenset("ー・.。,、_/|:~*'·•‧∙⋅〜−⁻₋˗⁃─━│⁄∕∶∼˜¦￤\u2800\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_SEPARATING_CATEGORIES = frozenset(("Zs", "Zl", "Zp", "Pd", "Pc"))

# Letters and marks that print nothing (fillers, spacing sound marks), and the quotes around the cells of a CSV file.
_UNSEEN = frozenset('\u115f\u1160\u3164\uffa0\u309b\u309c"')
_UNSEEN_CATEGORIES = frozenset(("Cf", "Mn", "Me", "Cc"))

_COUNTING_FORM = re.compile(r"\(?([0-9]{1,2})[).,]?", re.ASCII)
_ENTITY = re.compile(r"&(?:#[0-9]{1,20}|#[xX][0-9a-fA-F]{1,20}|[A-Za-z][A-Za-z0-9]{1,31});?")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_PLACEHOLDER = re.compile(r"(?:[○◯〇][\s\-－ー・]{0,3}+){12,}")
_OTHER = "\ufffd"

# Digits that also serve as bullets and footnote marks. Glued to a plain digit they may or may not belong to it.
_MARK = f"[{''.join(_KANJI_DIGITS)}²³¹⁰-⁹₀-₉①-⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿]"
_GLUED_MARK = re.compile(rf"{_MARK}(?=\d)|(?<=\d){_MARK}")


# What never is, hides or encodes a digit: letters, kana, most kanji, plain separators and brackets.
_PLAIN_DIGITS = "0-9０-９"
_HARMLESS = "A-Za-zａ-ｚＡ-Ｚ \\-./,:'()（）、。\u3000ー・－ぁ-ゖァ-ヺｦ-ﾟ一-鿿々ヶ"
_ODD = re.compile(f"[^{_HARMLESS}{_PLAIN_DIGITS}]|[{''.join(_KANJI_DIGITS)}]")
_ODD_AMONG_MANY = re.compile(f"[^{_HARMLESS}{_PLAIN_DIGITS}\x1f]|[{''.join(_KANJI_DIGITS)}]")
_FEWEST = 6  # characters that can stand for twelve digits
_PLAIN_DIGIT = re.compile(f"[{_PLAIN_DIGITS}]")
_TWELVE_DIGITS = re.compile(f"(?:[^{_PLAIN_DIGITS}]*+[{_PLAIN_DIGITS}]){{12}}")


class _Folding(dict[int, str]):
    """Reading of each code point met so far; str.translate asks for the others."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = reading = _fold(chr(code_point))
        return reading


_FOLDING = _Folding()


def readings(text: str) -> tuple[str, ...]:
    """Return every way to read the text; most texts have one.

    HTML entities and then percent escapes are decoded once, but the text is also read as it stands: decoding
    ``100%12…`` would swallow digits in plain sight. A mark glued to plain digits is read as a digit and as a bullet.
    """
    unescaped = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text) if "&" in text else text
    decoded = unquote(unescaped) if _ESCAPE.search(unescaped) else unescaped
    unmarked = _GLUED_MARK.sub(_OTHER, decoded)
    return tuple(_read(layer) for layer in dict.fromkeys((text, unescaped, decoded, unmarked)))


def has_few(text: str) -> bool:
    """Say, at a glance, that no reading of the text can have twelve digits; False may mean that nobody looked closely.

    One character stands for two digits at most.
    """
    if len(text) < _FEWEST:
        return True
    odd = len(_ODD.findall(text))
    if odd and ("%" in text or "&" in text):
        return False
    return 2 * odd + len(_PLAIN_DIGIT.findall(text)) < 12


def all_have_few(texts: Iterable[str]) -> bool:
    """Say the same of many short texts, most of which are looked at together."""
    long = [text for text in texts if len(text) >= _FEWEST]
    if _ODD_AMONG_MANY.search("\x1f".join(long)):
        return all(map(has_few, long))
    return not any(map(_TWELVE_DIGITS.match, [text for text in long if len(text) >= 12]))


def _read(text: str) -> str:
    # Twelve circles stand for "write the number here" on forms; as digits they would pass for twelve zeros.
    without_placeholders = _PLACEHOLDER.sub(_OTHER, text)
    return without_placeholders.replace("\r\n", "\n").translate(_FOLDING)


def _fold(character: str) -> str:
    if digits := _digits_of(character):
        return digits
    if _is_unseen(character):
        return ""
    # Decomposed and cut to one character: no expansion may push a number out of the reach of its keyword, and
    # half-width katakana, which carry their sound marks apart, fold like the full-width ones.
    folded = unicodedata.normalize("NFKD", character)[:1].casefold()[:1]
    if _is_separator(character) or _is_separator(folded):
        return SEPARATOR
    if _is_unseen(folded) or folded.isdigit():
        return _OTHER
    return chr(ord(folded) + 0x60) if "ぁ" <= folded <= "ゖ" else folded


def _digits_of(character: str) -> str:
    """Return the one or two ASCII digits that a character stands for, or nothing."""
    value = unicodedata.digit(character, None)
    if value is not None:
        return str(value)
    if unicodedata.category(character) == "No":
        number = unicodedata.numeric(character, -1.0)
        circled = "CIRCLED" in unicodedata.name(character, "")
        if number.is_integer() and 0 <= number <= (99 if circled else 9):
            return str(int(number))
    plain = unicodedata.normalize("NFKC", character)
    if counting := _COUNTING_FORM.fullmatch(plain):
        return counting[1]
    return _KANJI_DIGITS.get(plain, "")


def _is_separator(character: str) -> bool:
    return character in _SEPARATORS or unicodedata.category(character) in _SEPARATING_CATEGORIES


def _is_unseen(character: str) -> bool:
    if character in _SEPARATORS:
        return False
    return character in _UNSEEN or unicodedata.category(character) in _UNSEEN_CATEGORIES
