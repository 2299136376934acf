"""Dates as people write them in Japan: Gregorian and by era (西暦, 和暦), with unknown parts (不詳).

Source    memo annex STEP1 ② ⅰ: the date of birth is one of the three identifiers; annex ※6: dates of cover.
Decides   which spelling means which date, and which dates an era has.
Not here  whether two dates agree: matching/. A date with unknown parts as a value: domain/partial_date.py.

Japan has used the Gregorian calendar since 1873-01-01 (明治6年); earlier dates are refused. A date outside its era,
such as 昭和64年5月1日, is refused as well; `suggest` offers what was probably meant, and nobody applies it silently.
The era names are data here, not words for a screen.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from inquiry.domain.errors import InvalidValue
from inquiry.domain.partial_date import PartialDate


class Era(StrEnum):
    """How a year is counted: from the birth of Christ (西暦), or within an emperor's reign (元号)."""

    GREGORIAN = "gregorian"
    MEIJI = "meiji"
    TAISHO = "taisho"
    SHOWA = "showa"
    HEISEI = "heisei"
    REIWA = "reiwa"


class EraCoding(StrEnum):
    """Which digit stands for which era in seven digits; the same digits mean other dates, so nobody guesses."""

    CLAIMS = "claims"  # レセプト等: 1 明治 2 大正 3 昭和 4 平成 5 令和
    PENSION = "pension"  # 年金等の届書: 1 明治 3 大正 5 昭和 7 平成 9 令和


FIRST_DAY = date(1873, 1, 1)

_ERAS = (Era.MEIJI, Era.TAISHO, Era.SHOWA, Era.HEISEI, Era.REIWA)
_CODED = {
    EraCoding.CLAIMS: dict(zip("12345", _ERAS, strict=True)),
    EraCoding.PENSION: dict(zip("13579", _ERAS, strict=True)),
}
_NAMES = dict(zip(_ERAS, ("明治", "大正", "昭和", "平成", "令和"), strict=True))
_BEGAN = {
    Era.MEIJI: date(1868, 1, 25),
    Era.TAISHO: date(1912, 7, 30),
    Era.SHOWA: date(1926, 12, 25),
    Era.HEISEI: date(1989, 1, 8),
    Era.REIWA: date(2019, 5, 1),
}
_SPELLINGS = {"": Era.GREGORIAN, "西暦": Era.GREGORIAN} | {
    spelling: era for era, name in _NAMES.items() for spelling in (name, name[0], era.value[0])
}

_DASHES = str.maketrans("−ー‐–—‑‒", "-------")
_KANJI_NUMBER = re.compile("[〇零一二三四五六七八九十]+")
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

_ERA = r"(西暦|明治|大正|昭和|平成|令和|[明大昭平令mtshr])?"
_UNKNOWN = "(?:不詳|不明)"
_WRITTEN = re.compile(
    rf"{_ERA}([0-9]{{1,4}})年(?:([0-9]{{1,2}}|{_UNKNOWN})月(?:([0-9]{{1,2}}|{_UNKNOWN})日)?)?(?:月?日?{_UNKNOWN}[月日]*)?"
)
_SEPARATED = re.compile(rf"{_ERA}([0-9]{{1,4}})([-/.])([0-9]{{1,2}})(?:\3([0-9]{{1,2}}))?")
_COMPACT = re.compile(rf"{_ERA}([0-9]{{6}}|[0-9]{{8}})")
_SEVEN_DIGITS = re.compile(r"([0-9])([0-9]{2})([0-9]{2})([0-9]{2})")

# As machines write a whole day; what the forms below would make of it too, found at once.
_USUAL = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))")

_Parts = tuple[Era, int, int | None, int | None]


def parse_date(text: str, coding: EraCoding = EraCoding.CLAIMS) -> PartialDate:
    """Read a date in any of the usual spellings; 00, 不詳 and a missing end mean that a part is unknown.

    Spellings: ``1958-04-01``, ``1958/4/1``, ``1958.4.1``, ``19580401``, ``1958年4月1日``, ``S33.4.1``, ``昭33.4.1``,
    ``昭和33年4月1日``, ``令和元年5月1日``, ``3330401``; also in full-width or kanji digits.

    :raises InvalidValue: ``date:empty``, ``date:unreadable``, or as `from_parts`.
    """
    if found := _USUAL.fullmatch(text):
        year, _, month, day, its_month, its_day = found.groups()
        return from_parts(Era.GREGORIAN, int(year), month=_known(month or its_month), day=_known(day or its_day))
    if found := _SEVEN_DIGITS.fullmatch(text):
        era, year, month, day = _read_seven_digits(found, _CODED[coding])
    else:
        era, year, month, day = _parts_of(text, coding)
    return from_parts(era, year, month=month, day=day)


def from_parts(era: Era, year: int, *, month: int | None, day: int | None) -> PartialDate:
    """Return the date of which era, year, month and day were given apart; None means unknown.

    :raises InvalidValue: ``date:no_such_day``, ``date:day_without_month``, ``date:too_early``, or if the era had not
        begun (``date:before_era``) or was over (``date:after_era``).
    """
    found = _lenient((era, year, month, day))
    if found.year < FIRST_DAY.year:
        raise InvalidValue("date:too_early")
    if era is not Era.GREGORIAN:
        _check_era(era, found)
    return found


def suggest(text: str) -> PartialDate | None:
    """Return the date probably meant by one that lies outside its era, to be confirmed by a person.

    昭和64年5月1日 is probably 平成元年5月1日. None if the text is a good date already, or no date at all.
    """
    try:
        parse_date(text)
    except InvalidValue as error:
        return _lenient(_parts_of(text)) if error.code in ("date:before_era", "date:after_era") else None
    return None


def era_text(day: date | PartialDate) -> str:
    """Write the date by era, such as 昭和33年4月1日; the first year is 元年, an unknown end 不詳.

    Where the unknown part leaves two eras possible, both stand there: 昭和64年・平成元年1月不詳.
    """
    known = _partial(day)
    years = (f"{_NAMES[era]}{_year_of(era, known)}年" for era in _eras_of(known))
    return "・".join(years) + _month_and_day(known)


def both_calendars(day: date | PartialDate) -> str:
    """Write the date by era and, in brackets, in the Gregorian calendar: 昭和33年4月1日（1958年4月1日）."""
    return f"{era_text(day)}（{day.year}年{_month_and_day(_partial(day))}）"


def _parts_of(text: str, coding: EraCoding = EraCoding.CLAIMS) -> _Parts:
    plain = plain_date(text)
    if not plain:
        raise InvalidValue("date:empty")
    if found := _SEVEN_DIGITS.fullmatch(plain):
        return _read_seven_digits(found, _CODED[coding])
    for form, reader in _FORMS:
        if found := form.fullmatch(plain):
            return reader(found)
    raise InvalidValue("date:unreadable")


# What a spreadsheet adds to a date that it keeps as a moment, and a form to a date of birth.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
_BEHIND = re.compile(r"(?<=\d)(?:[t/]0?0|00):00(?::00(?:\.0+)?)?(?:\+09:00)?$|(?<=日)生(?:まれ)?$")


def plain_date(text: str) -> str:
    """Return the text without spaces, in ASCII digits, small letters and one kind of dash; midnight is left out."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    apart = _BETWEEN_DIGITS.sub("/", folded)  # 2010 8 12 is no 2010812, in which 2 would be an era
    without_spaces = _BEHIND.sub("", "".join(apart.split()).replace("元", "1"))
    return _KANJI_NUMBER.sub(lambda number: _from_kanji(number.group()), without_spaces)


def _from_kanji(number: str) -> str:
    tens, ten, ones = number.partition("十")
    if not ten:
        return number.translate(_KANJI_DIGITS)
    if len(tens) > 1 or len(ones) > 1:
        return number
    return (tens or "一").translate(_KANJI_DIGITS) + (ones or "〇").translate(_KANJI_DIGITS)


def _read_written(found: re.Match[str]) -> _Parts:
    return _era(found[1], found[2]), int(found[2]), _known(found[3]), _known(found[4])


def _read_separated(found: re.Match[str]) -> _Parts:
    return _era(found[1], found[2]), int(found[2]), _known(found[4]), _known(found[5])


def _read_compact(found: re.Match[str]) -> _Parts:
    year = found[2][:-4]
    return _era(found[1], year), int(year), _known(found[2][-4:-2]), _known(found[2][-2:])


def _read_seven_digits(found: re.Match[str], eras: dict[str, Era]) -> _Parts:
    if found[1] not in eras:
        raise InvalidValue("date:era_digit_unknown")
    return eras[found[1]], int(found[2]), _known(found[3]), _known(found[4])


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Parts]], ...] = (
    (_COMPACT, _read_compact),
    (_SEPARATED, _read_separated),
    (_WRITTEN, _read_written),
)


def _era(spelling: str | None, year: str) -> Era:
    era = _SPELLINGS[spelling or ""]
    # Two digits without an era could be 昭和58年 as well as 1958; guessing would change a birth date.
    if (era is Era.GREGORIAN) != (len(year) == 4):
        raise InvalidValue("date:unreadable")
    return era


def _known(part: str | None) -> int | None:
    return int(part) or None if part and part.isdecimal() else None


def _lenient(parts: _Parts) -> PartialDate:
    era, year, month, day = parts
    if year < 1:
        raise InvalidValue("date:no_such_day")
    first = 1 if era is Era.GREGORIAN else _BEGAN[era].year
    return PartialDate(first + year - 1, month, day)


def _first_day(day: PartialDate) -> date:
    return date(day.year, day.month or 1, day.day or 1)


def _last_day(day: PartialDate) -> date:
    if day.is_complete:
        return day.as_date()
    month = day.month or 12
    return date(day.year, month, monthrange(day.year, month)[1])


def _check_era(era: Era, day: PartialDate) -> None:
    """Refuse a date of which no possible day lies in the era; a month that holds a change of era is in both."""
    if _last_day(day) < _BEGAN[era]:
        raise InvalidValue("date:before_era")
    if _first_day(day) > _ended(era):
        raise InvalidValue("date:after_era")


def _ended(era: Era) -> date:
    following = _ERAS.index(era) + 1
    return _BEGAN[_ERAS[following]] - timedelta(days=1) if following < len(_ERAS) else date.max


def _partial(day: date | PartialDate) -> PartialDate:
    return PartialDate.of(day) if isinstance(day, date) else day


def _eras_of(day: PartialDate) -> tuple[Era, ...]:
    first, last = _first_day(day), _last_day(day)
    return tuple(era for era in _ERAS if _BEGAN[era] <= last and first <= _ended(era))


def _year_of(era: Era, day: PartialDate) -> str:
    year = day.year - _BEGAN[era].year + 1
    return "元" if year == 1 else str(year)


def _month_and_day(day: PartialDate) -> str:
    if day.month is None:
        return "不詳"
    return f"{day.month}月" + ("不詳" if day.day is None else f"{day.day}日")
