"""How an insurer's roster and a list of inquiries read as a table (加入者名簿・照会一覧の読み取り).

Source    columns as insurers export them; 個人番号登録済 is 0 or 1 and never a number.
Decides   what a row says and what is wrong with it, a birth after the file was written among it; that the rows of one
          加入者ID are one person, and that one row which says 不開示 withholds the person, whatever else is wrong
          with it.
Not here  the table itself: domain/table_text.py. Keeping the roster: workflow/roster_*.py. The guard against My
          Numbers, which the caller runs over each row.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Final, TypeVar

from inquiry.domain.errors import InvalidValue
from inquiry.domain.member import CoverDates, Enrolment, Member, MemberId, Relation
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.domain.table_text import RowProblem
from inquiry.domain.wareki import EraCoding, parse_date, plain_date

ROSTER_COLUMNS: Final = (
    "加入者ID",
    "記号",
    "番号",
    "枝番",
    "氏名",
    "氏名カナ",
    "通称",
    "通称カナ",
    "旧氏",
    "旧氏カナ",
    "生年月日",
    "性別",
    "本人家族区分",
    "資格取得年月日",
    "資格喪失年月日",
    "資格喪失事由",
    "住所",
    "個人番号登録済",
)
WITHHELD: Final = "不開示"  # a column that a roster may have
CHANGE: Final = "異動区分"  # a column that a file of differences must have
INQUIRY_COLUMNS: Final = (
    "照会ID",
    "氏名",
    "氏名カナ",
    "生年月日",
    "性別",
    "住所",
    "記号",
    "番号",
    "資格取得年月日",
    "資格喪失年月日",
)

_SEXES: Final = {
    "1": Sex.MALE,
    "01": Sex.MALE,
    "男": Sex.MALE,
    "男性": Sex.MALE,
    "男子": Sex.MALE,
    "m": Sex.MALE,
    "male": Sex.MALE,
    "2": Sex.FEMALE,
    "02": Sex.FEMALE,
    "女": Sex.FEMALE,
    "女性": Sex.FEMALE,
    "女子": Sex.FEMALE,
    "f": Sex.FEMALE,
    "female": Sex.FEMALE,
    "": Sex.UNKNOWN,
    "0": Sex.UNKNOWN,
    "3": Sex.UNKNOWN,
    "不明": Sex.UNKNOWN,
    "9": Sex.NOT_APPLICABLE,
}
_RELATIONS: Final = {
    "": None,
    "1": Relation.INSURED,
    "本人": Relation.INSURED,
    "2": Relation.DEPENDANT,
    "家族": Relation.DEPENDANT,
}
_YES_OR_NO: Final = {"1": True, "0": False, "": False}
_WITHHELD_AT: Final = len(ROSTER_COLUMNS)  # its place in a row
_AHEAD: Final = timedelta(days=366)  # cover is entered some time before it begins, and not years
_OF_ANOTHER_CODING: Final = frozenset(
    f"生年月日:{code}"
    for code in ("roster:born_after_file", "date:era_digit_unknown", "date:before_era", "date:after_era")
)
_END_WITHIN_YEARS: Final = 10  # what is said to end later than that has no end yet, or is read by the wrong era
_SOME_DAY: Final = PartialDate(1873, 1, 1)  # stands in for a birth date that could not be read
_NO_NAME: Final = PersonName()
_DAYS_KEPT: Final = 1 << 17
Value = TypeVar("Value")
Day = TypeVar("Day", date | None, PartialDate | None)


class Change(StrEnum):
    """What a file of differences says about a person (異動区分)."""

    ADDED = "added"  # 追加
    CHANGED = "changed"  # 変更
    REMOVED = "removed"  # 削除


_CHANGES: Final = {
    "1": Change.ADDED,
    "追加": Change.ADDED,
    "2": Change.CHANGED,
    "変更": Change.CHANGED,
    "3": Change.REMOVED,
    "削除": Change.REMOVED,
}


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """One line of a list of inquiries: its own id, the person, and the dates of cover where they are known."""

    inquiry_id: str
    subject: Subject
    dates: CoverDates


@dataclass(frozen=True, slots=True)
class Writing:
    """How a file counts eras in dates of seven digits, and the day it was written."""

    coding: EraCoding
    on: date


_NO_DATES: Final = Writing(EraCoding.CLAIMS, date.max)
Row = tuple[int, Sequence[str]]  # a line's number and its cells, in the order of ROSTER_COLUMNS and WITHHELD


def member_in(rows: Sequence[Row], writing: Writing) -> tuple[Member | None, list[RowProblem]]:
    """Return the person whom the rows of one 加入者ID describe, or what is wrong with which row.

    A bad row is left out but for its 不開示, and the others stand: whoever takes them over asks first. A row that says
    once more what another said adds nothing.
    """
    member: Member | None = None
    told: Sequence[str] = ()  # who the first good row says it is, sign by sign
    periods: list[Enrolment] = []
    problems: list[RowProblem] = []
    for line, cells in rows:
        reading = _Reading(line, writing)
        period = _period(reading, cells)
        if member is None or _told_of_person(cells) != told:
            found = _member(reading, cells, period)
            if member is not None and not reading.problems and not found.is_same_person_as(member):
                reading.refuse("加入者ID", "roster:person_contradicts_earlier_row")
        if reading.problems:
            problems.extend(reading.problems)
            continue
        if member is None:
            member, told = found, _told_of_person(cells)
        if period not in periods:
            periods.append(period)
    is_withheld = member is not None and says_withheld(rows)
    if member is not None and (len(periods) > 1 or is_withheld is not member.is_withheld):
        member = replace(member, enrolments=tuple(periods), is_withheld=is_withheld)
    return member, problems


def says_withheld(rows: Iterable[Row]) -> bool:
    """Say whether any row of a person says 不開示; what stands there and cannot be read may have meant it."""
    return any(_is_withheld(cells[_WITHHELD_AT]) for _, cells in rows)


def tells_withheld(rows: Iterable[Row]) -> bool:
    """Say whether any row of a person says whether they are 不開示; an empty cell, or none, says neither."""
    return any(cells[_WITHHELD_AT].strip() for _, cells in rows)


def _is_withheld(cell: str) -> bool:
    text = cell.strip()
    return bool(text) and _YES_OR_NO.get(unicodedata.normalize("NFKC", text)) is not False


def change_in(line: int, text: str) -> tuple[Change | None, list[RowProblem]]:
    """Return what a row of differences says is to happen to its person."""
    reading = _Reading(line, _NO_DATES)
    return reading.one_of(CHANGE, text.strip(), _CHANGES), reading.problems


def seems_of_another_coding(by_reason: Mapping[str, int], rows: int) -> bool:
    """Say whether so many birth dates of a file cannot be that it probably counts eras the other way.

    `by_reason` counts the bad rows by column and code, as ``生年月日:roster:born_after_file``.
    """
    return sum(by_reason.get(reason, 0) for reason in _OF_ANOTHER_CODING) * 10 >= max(1, rows)


def inquiry_row(line: int, cells: Mapping[str, str], writing: Writing) -> tuple[InquiryRow | None, list[RowProblem]]:
    """Return what a line of a list of inquiries says, or what is wrong with it."""
    reading = _Reading(line, writing)
    text = {column: cell.strip() for column, cell in cells.items()}
    row = InquiryRow(
        inquiry_id=reading.needed("照会ID", text["照会ID"]),
        subject=Subject(
            name=PersonName(text["氏名"], text["氏名カナ"]),
            birth_date=reading.birth_date("生年月日", text["生年月日"]),
            sex=reading.sex("性別", text["性別"]),
            address=text["住所"],
            symbol=text["記号"],
            number=text["番号"],
        ),
        dates=CoverDates(
            reading.begin("資格取得年月日", reading.day("資格取得年月日", text["資格取得年月日"])),
            reading.end("資格喪失年月日", reading.day("資格喪失年月日", _end_of(text["資格喪失年月日"]))),
        ),
    )
    if row.subject.name.is_empty:
        reading.refuse("氏名", "roster:cell_missing")
    return (None if reading.problems else row), reading.problems


def _member(reading: "_Reading", cells: Sequence[str], period: Enrolment) -> Member:
    """Read who a row is about; what it says of cover was read before."""
    (
        member_id, written, kana, alias, alias_kana, former, former_kana, born_on, sex, address, is_registered,
    ) = map(str.strip, _told_of_person(cells))  # fmt: skip
    if not (written or kana):
        reading.refuse("氏名", "roster:cell_missing")
    return Member(
        MemberId(reading.needed("加入者ID", member_id)),
        PersonName(written, kana),
        reading.birth_date("生年月日", born_on),
        reading.sex("性別", sex),
        PersonName(alias, alias_kana) if alias or alias_kana else _NO_NAME,
        PersonName(former, former_kana) if former or former_kana else _NO_NAME,
        address,
        reading.one_of("個人番号登録済", is_registered, _YES_OR_NO) or False,
        _is_withheld(cells[_WITHHELD_AT]),
        (period,),
    )


def _period(reading: "_Reading", cells: Sequence[str]) -> Enrolment:
    """Read what a row says of cover, and see that its 不開示 can be read."""
    symbol, number, branch, relation, acquired_on, lost_on, reason, is_withheld = map(str.strip, _told_of_cover(cells))
    reading.one_of(WITHHELD, is_withheld, _YES_OR_NO)
    period = Enrolment(
        reading.begin("資格取得年月日", reading.full_day("資格取得年月日", acquired_on)),
        reading.end("資格喪失年月日", reading.full_day("資格喪失年月日", _end_of(lost_on))),
        reason,
        symbol,
        number,
        branch,
        reading.one_of("本人家族区分", relation, _RELATIONS),
    )
    if period.acquired_on and period.lost_on and period.lost_on < period.acquired_on:
        reading.refuse("資格喪失年月日", "dates:loss_before_acquisition")
    return period


_OF_COVER: Final = (
    "記号",
    "番号",
    "枝番",
    "本人家族区分",
    "資格取得年月日",
    "資格喪失年月日",
    "資格喪失事由",
    WITHHELD,
)
_told_of_cover = itemgetter(*map((*ROSTER_COLUMNS, WITHHELD).index, _OF_COVER))
_told_of_person = itemgetter(*(place for place, column in enumerate(ROSTER_COLUMNS) if column not in _OF_COVER))


@lru_cache(maxsize=_DAYS_KEPT)
def _end_of(text: str) -> str:
    """Return the day of loss as it stands there, or nothing for what systems write for somebody still insured."""
    return "" if _NO_END.fullmatch(plain_date(text)) else text


_NO_END: Final = re.compile(
    "9999(?P<mark>[-/.]?)(?:12(?P=mark)31|99(?P=mark)99)|9999年12月31日|9{7}|0000(?P<sign>[-/.]?)00(?P=sign)00|0{1,7}"
)


@lru_cache(maxsize=_DAYS_KEPT)
def _day(text: str, coding: EraCoding) -> PartialDate | str:
    """Read a date once for all who share it; the code of what is wrong where it is none."""
    try:
        return parse_date(text, coding)
    except InvalidValue as error:
        return error.code


@lru_cache(maxsize=_DAYS_KEPT)
def _full_day(text: str, coding: EraCoding) -> date | str:
    day = _day(text, coding)
    if isinstance(day, str):
        return day
    return day.as_date() if day.is_complete else "date:part_unknown"


def _first_day(day: date | PartialDate) -> date:
    return day if isinstance(day, date) else date(day.year, day.month or 1, day.day or 1)


@dataclass(slots=True)
class _Reading:
    """One row on its way to a person; every cell is looked at, so that the row is corrected once."""

    line: int
    writing: Writing
    problems: list[RowProblem] = field(default_factory=list)

    def refuse(self, column: str, code: str) -> None:
        self.problems.append(RowProblem(self.line, column, code))

    def needed(self, column: str, text: str) -> str:
        if not text:
            self.refuse(column, "roster:cell_missing")
        return text

    def day(self, column: str, text: str) -> PartialDate | None:
        found = _day(text, self.writing.coding) if text else None
        if isinstance(found, str):
            self.refuse(column, found)
            return None
        return found

    def birth_date(self, column: str, text: str) -> PartialDate:
        found = self.day(column, self.needed(column, text))
        if found is not None and _first_day(found) > self.writing.on:
            self.refuse(column, "roster:born_after_file")
        return found or _SOME_DAY

    def begin(self, column: str, day: Day) -> Day:
        if day is not None and _first_day(day) - _AHEAD > self.writing.on:
            self.refuse(column, "roster:acquired_long_after_file")
        return day

    def end(self, column: str, day: Day) -> Day:
        """Return a day of loss; the last day of a year far ahead, as 令和99年12月31日, is no loss."""
        if day is None or day.year - self.writing.on.year <= _END_WITHIN_YEARS:
            return day
        if (day.month, day.day) != (12, 31):
            self.refuse(column, "roster:lost_long_after_file")
        return None

    def full_day(self, column: str, text: str) -> date | None:
        found = _full_day(text, self.writing.coding) if text else None
        if isinstance(found, str):
            self.refuse(column, found)
            return None
        return found

    def sex(self, column: str, text: str) -> Sex:
        return self.one_of(column, text, _SEXES) or Sex.UNKNOWN

    def one_of(self, column: str, text: str, values: Mapping[str, Value]) -> Value | None:
        if text not in values:
            text = unicodedata.normalize("NFKC", text).casefold()
            if text not in values:
                self.refuse(column, "roster:unknown_value")
        return values.get(text)
