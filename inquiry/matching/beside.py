"""What may stand beside the three identifiers: address, 記号・番号 (任意項目).

Source    memo annex STEP1 ② ⅰ 「任意項目・・・住所、加入している健康保険の記号・番号 等」.
Decides   whether they bear a match out or contradict it; they never make one. What cannot be compared says nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from inquiry.domain.member import Enrolment
from inquiry.domain.subject import Subject
from inquiry.matching import kanji
from inquiry.matching.characters import DASHES, INVISIBLE
from inquiry.matching.grades import Comparison, Grade, Identifier, Reason

_POSTCODE = re.compile("^\\s*〒?\\d{3}-\\d{4}")
_NOISE = re.compile("(?<!\\d)\\s+|\\s+(?=丁目|番|号|条|線|地割|-)|[,、.。・]|大字|字(?=.)")
_PREFECTURE = re.compile("^(?:東京都|北海道|(?:大阪|京都)府|.{2,3}県)")
_BOUNDARIES = ("市", "区", "町", "村", "郡")
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十百]+(?=丁目|番|号|条|線|地割)")
_DIGITS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")}
_DASH_RUN = re.compile(f"[{re.escape(DASHES)}ーのノ]")
_LOT = "甲乙丙丁戊己庚辛壬癸イロハニホヘト"  # 甲123番地, 123番地イ
# Numbers that name a place: 北1条西, 東3線, 第4地割, 24軒, 一番町, and 麻布十番, whose 番 is not that of a lot.
_NAMES_PLACE = "条|線|地割|軒|町|村|里|通|筋|番[町丁街組通割]|番\\d+(?:丁目|-\\d+-\\d)"
_HOUSE = re.compile(f"\\d+(?!\\d|{_NAMES_PLACE})(?:(?:丁目|番地?|号|-)*(?:[{_LOT}]?\\d+|[{_LOT}](?![ァ-ヺー一-鿿])))*")
_BRANCHED = re.compile(f"(.*\\w)[\\s{re.escape(DASHES)}ー・/.]+(\\d{{1,2}})")  # 1234-01
_LINK = re.compile(f"丁目|([{_LOT}]?\\d+|[{_LOT}])")
_ENDS_LOT = re.compile("番地|[番号]?(?:\\s|$)")


class _Address(NamedTuple):
    """An address as far as the house: prefecture, town, and up to three numbers of block and house.

    `is_lot` says that a single number is that of a lot, not of a 丁目 with thousands of houses.
    """

    prefecture: str
    town: str
    numbers: tuple[str, ...]
    is_lot: bool


def compare_address(stated: str, registered: str) -> Comparison | None:
    """Compare two addresses down to the house number; None where one of them does not reach that far."""
    if not (stated and registered):
        return None
    ours, theirs = _read_address(stated), _read_address(registered)
    if ours.prefecture and theirs.prefecture and ours.prefecture != theirs.prefecture:
        return _contradicts(Identifier.ADDRESS)
    if not ours.town or not theirs.town:
        return None
    if not (_ends_with(ours.town, theirs.town) or _ends_with(theirs.town, ours.town)):
        is_shorter = ours.town.startswith(theirs.town) or theirs.town.startswith(ours.town)
        return None if is_shorter and not (ours.numbers and theirs.numbers) else _contradicts(Identifier.ADDRESS)
    shared = min(len(ours.numbers), len(theirs.numbers))
    if ours.numbers[:shared] != theirs.numbers[:shared]:
        return _contradicts(Identifier.ADDRESS)
    is_same_lot = ours.numbers == theirs.numbers and ours.is_lot and theirs.is_lot
    return _corroborates(Identifier.ADDRESS) if shared > 1 or (shared and is_same_lot) else None


def _ends_with(town: str, shorter: str) -> bool:
    """Say whether a town ends with a shorter one that begins at a boundary: 佐野市 is no part of 泉佐野市."""
    return town == shorter or (town.endswith(shorter) and town[: -len(shorter)].endswith(_BOUNDARIES))


def _read_address(text: str) -> _Address:
    """Read an address without its building and room."""
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    plain = _NOISE.sub("", _POSTCODE.sub("", _DASH_RUN.sub("-", plain)))
    named = _PREFECTURE.match(plain)
    prefecture = kanji.fold(named.group()) if named else ""
    plain = _KANJI_NUMBER.sub(lambda found: str(_number(found.group())), _PREFECTURE.sub("", plain))
    house = _HOUSE.search(plain)
    town = kanji.fold((plain[: house.start()] if house else plain).translate(_KE))
    if house is None:
        return _Address(prefecture, town, (), is_lot=False)
    numbers = tuple(link.lstrip("0") for link in _LINK.findall(house.group()) if link)
    return _Address(prefecture, town, numbers[:3], _ENDS_LOT.match(plain, house.end()) is not None)


_KE = str.maketrans(dict.fromkeys("ヶがガ", "ケ"))


def _number(numerals: str) -> int:
    """Read a kanji number up to 999, as they occur in 丁目 and 番地."""
    hundreds, has_hundred, below = numerals.rpartition("百")
    tens, has_ten, ones = below.rpartition("十")
    value = _in_row(ones)
    if has_ten:
        value += 10 * (_in_row(tens) or 1)
    if has_hundred:
        value += 100 * (_in_row(hundreds) or 1)
    return value


def _in_row(numerals: str) -> int:
    """Read numerals as digits: 一二 is 12, and nothing is 0."""
    return int("".join(_DIGITS.get(numeral, "") for numeral in numerals) or "0")


def compare_insured_number(subject: Subject, enrolments: Iterable[Enrolment]) -> Comparison | None:
    """Compare 記号・番号 with those of every period; either of them alone is borne by many and bears nothing out.

    A 枝番 behind the number, as 1234-01, names one of a household; a period that has none says nothing about it.
    """
    symbol, number = _code(subject.symbol), _code(subject.number)
    if not (symbol or number):
        return None
    held = [(_code(period.symbol), _code(period.number), _branch(period.branch)) for period in enrolments]
    if number:
        known = [period for period in held if period[1]]
        readings = ((number, ""), _with_branch(subject.number))
        fitting = [period for period in known if any(_is_held(reading, period) for reading in readings)]
        if symbol and any(its_symbol == symbol for its_symbol, _, _ in fitting):
            return _corroborates(Identifier.INSURED_NUMBER)
        fits = any(_may_be_one(symbol, its_symbol) for its_symbol, _, _ in fitting)
        return None if fits or not known else _contradicts(Identifier.INSURED_NUMBER)
    symbols = {its_symbol for its_symbol, _, _ in held if its_symbol}
    return _contradicts(Identifier.INSURED_NUMBER) if symbols and symbol not in symbols else None


def _with_branch(text: str) -> tuple[str, str]:
    """Read the number before the last separator and the 枝番 after it; nothing where there is none."""
    found = _BRANCHED.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    return (_code(found[1]), _branch(found[2])) if found else ("", "")


def _branch(text: str) -> str:
    return _code(text) or ("0" if text.strip() else "")  # 00 is a 枝番, too


def _is_held(reading: tuple[str, str], period: tuple[str, str, str]) -> bool:
    number, branch = reading
    _, its_number, its_branch = period
    return bool(number) and number == its_number and (not branch or not its_branch or branch == its_branch)


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
