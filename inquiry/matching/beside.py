"""What may stand beside the three identifiers: address, 記号・番号 (任意項目).

Source    memo annex STEP1 ② ⅰ 「任意項目・・・住所、加入している健康保険の記号・番号 等」.
Decides   whether they bear a match out or contradict it; they never make one. What cannot be compared says nothing.
"""

import re
import unicodedata
from collections.abc import Iterable

from inquiry.domain.member import Enrolment
from inquiry.domain.subject import Subject
from inquiry.matching import kanji
from inquiry.matching.characters import DASHES, INVISIBLE
from inquiry.matching.grades import Comparison, Grade, Identifier, Reason

_POSTCODE = re.compile("^\\s*〒?\\d{3}-\\d{4}")
_NOISE = re.compile("(?<!\\d)\\s+|\\s+(?!\\d)|[,、.。・]|大字|字(?=.)")
_PREFECTURE = re.compile("^(?:東京都|北海道|(?:大阪|京都)府|.{2,3}県)")
_BOUNDARIES = ("市", "区", "町", "村", "郡")
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十]+(?=丁目|番|号|条|線|地割)")
_DIGITS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")}
_DASH_RUN = re.compile(f"[{re.escape(DASHES)}ーのノ]")


def compare_address(stated: str, registered: str) -> Comparison | None:
    """Compare two addresses down to the house number; None where one of them does not reach that far."""
    if not (stated and registered):
        return None
    prefecture, town, numbers = _read_address(stated)
    its_prefecture, its_town, its_numbers = _read_address(registered)
    if prefecture and its_prefecture and prefecture != its_prefecture:
        return _contradicts(Identifier.ADDRESS)
    if not town or not its_town:
        return None
    if not (_ends_with(town, its_town) or _ends_with(its_town, town)):
        is_shorter = town.startswith(its_town) or its_town.startswith(town)
        return None if is_shorter and not (numbers and its_numbers) else _contradicts(Identifier.ADDRESS)
    shared = min(len(numbers), len(its_numbers))
    if numbers[:shared] != its_numbers[:shared]:
        return _contradicts(Identifier.ADDRESS)
    is_same_house = numbers == its_numbers or shared >= 2
    return _corroborates(Identifier.ADDRESS) if shared and is_same_house else None


def _ends_with(town: str, shorter: str) -> bool:
    """Say whether a town ends with a shorter one that begins at a boundary: 佐野市 is no part of 泉佐野市."""
    return town == shorter or (town.endswith(shorter) and town[: -len(shorter)].endswith(_BOUNDARIES))


def _read_address(text: str) -> tuple[str, str, list[int]]:
    """Return the prefecture, the town, and the numbers of block and house, without building or room."""
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    plain = _NOISE.sub("", _POSTCODE.sub("", _DASH_RUN.sub("-", plain)))
    named = _PREFECTURE.match(plain)
    prefecture = kanji.fold(named.group()) if named else ""
    plain = _KANJI_NUMBER.sub(lambda found: str(_number(found.group())), _PREFECTURE.sub("", plain))
    town, *_ = re.split("\\d", plain, maxsplit=1)
    chain = re.match("\\d+(?:(?:丁目|番地?|号|-)+\\d+)*", plain[len(town) :])
    numbers = [int(digits) for digits in re.findall("\\d+", chain.group())] if chain else []
    return prefecture, kanji.fold(town.replace("ヶ", "ケ").replace("が", "ケ").replace("ガ", "ケ")), numbers[:3]


def _number(numerals: str) -> int:
    """Read a kanji number up to ninety-nine, as they occur in 丁目."""
    tens, has_ten, ones = numerals.rpartition("十")
    value = int("".join(str(_DIGITS[numeral]) for numeral in ones) or "0")
    if not has_ten:
        return value
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + value


def compare_insured_number(subject: Subject, enrolments: Iterable[Enrolment]) -> Comparison | None:
    """Compare 記号・番号 with those of every period; either of them alone is borne by many and bears nothing out."""
    symbol, number = _code(subject.symbol), _code(subject.number)
    if not (symbol or number):
        return None
    held = {(_code(period.symbol), _code(period.number)) for period in enrolments}
    if number:
        known = {pair for pair in held if pair[1]}
        if symbol and (symbol, number) in known:
            return _corroborates(Identifier.INSURED_NUMBER)
        fits = any(its == number and _may_be_one(symbol, its_symbol) for its_symbol, its in known)
        return None if fits or not known else _contradicts(Identifier.INSURED_NUMBER)
    symbols = {its_symbol for its_symbol, _ in held if its_symbol}
    return _contradicts(Identifier.INSURED_NUMBER) if symbols and symbol not in symbols else None


def _may_be_one(symbol: str, its_symbol: str) -> bool:
    return not symbol or not its_symbol or symbol == its_symbol


def _code(text: str) -> str:
    letters = (character for character in unicodedata.normalize("NFKC", text).upper() if character.isalnum())
    return "".join(letters).lstrip("0")


_CORROBORATES = {
    Identifier.ADDRESS: Reason.ADDRESS_CORROBORATES,
    Identifier.INSURED_NUMBER: Reason.NUMBER_CORROBORATES,
}
_CONTRADICTS = {
    Identifier.ADDRESS: Reason.ADDRESS_CONTRADICTS,
    Identifier.INSURED_NUMBER: Reason.NUMBER_CONTRADICTS,
}


def _corroborates(identifier: Identifier) -> Comparison:
    return Comparison(identifier, Grade.EQUAL, (_CORROBORATES[identifier],))


def _contradicts(identifier: Identifier) -> Comparison:
    return Comparison(identifier, Grade.CONFIRM, (_CONTRADICTS[identifier],))
