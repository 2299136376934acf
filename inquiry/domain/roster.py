"""How an insurer's roster and a list of inquiries read as CSV (加入者名簿・照会一覧の読み取り).

Source    columns as insurers export them; 個人番号登録済 is 0 or 1 and never a number.
Decides   what a row says and what is wrong with it; that the rows of one 加入者ID are one person.
Not here  keeping the roster: workflow/roster.py. The guard against My Numbers, which the caller runs over each row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from inquiry.domain.errors import InvalidValue
from inquiry.domain.member import CoverDates, Enrolment, Member, MemberId, Relation
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.domain.table_text import RowProblem
from inquiry.domain.wareki import parse_date

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
    "男": Sex.MALE,
    "男性": Sex.MALE,
    "M": Sex.MALE,
    "2": Sex.FEMALE,
    "女": Sex.FEMALE,
    "女性": Sex.FEMALE,
    "F": Sex.FEMALE,
    "": Sex.UNKNOWN,
    "0": Sex.UNKNOWN,
    "3": Sex.UNKNOWN,
    "不明": Sex.UNKNOWN,
    "9": Sex.NOT_APPLICABLE,
}
_FULL_WIDTH: Final = str.maketrans("０１２３９ＭＦ", "01239MF")
_RELATIONS: Final = {
    "1": Relation.INSURED,
    "本人": Relation.INSURED,
    "2": Relation.DEPENDANT,
    "家族": Relation.DEPENDANT,
}
Value = TypeVar("Value")

_YES_OR_NO: Final = {"1": True, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """One line of a list of inquiries: its own id, the person, and the dates of cover where they are known."""

    inquiry_id: str
    subject: Subject
    dates: CoverDates


@dataclass(slots=True)
class Persons:
    """Gathers rows into persons; the rows of one person may stand anywhere in the file."""

    problems: list[RowProblem] = field(default_factory=list)
    _members: dict[MemberId, Member] = field(default_factory=dict)

    def add(self, line: int, cells: dict[str, str]) -> None:
        """Take one row over, or write down what is wrong with it."""
        reading = _Reading(line, cells)
        member = _member(reading)
        known = self._members.get(member.member_id)
        if known is not None and replace(known, enrolments=()) != replace(member, enrolments=()):
            reading.refuse("加入者ID", "roster:person_contradicts_earlier_row")
        if reading.problems:
            self.problems.extend(reading.problems)
        elif known is None:
            self._members[member.member_id] = member
        else:
            self._members[member.member_id] = replace(known, enrolments=known.enrolments + member.enrolments)

    def members(self) -> Iterator[Member]:
        """Yield every person with all periods, in the order of the file."""
        yield from self._members.values()


def inquiry_row(line: int, cells: dict[str, str]) -> tuple[InquiryRow | None, list[RowProblem]]:
    """Return what a line of a list of inquiries says, or what is wrong with it."""
    reading = _Reading(line, cells)
    birth_date = reading.day("生年月日", is_needed=True)
    row = InquiryRow(
        inquiry_id=reading.text("照会ID", is_needed=True),
        subject=Subject(
            name=PersonName(reading.text("氏名"), reading.text("氏名カナ")),
            birth_date=birth_date or PartialDate(1873, 1, 1),
            sex=reading.sex("性別"),
            address=reading.text("住所"),
            symbol=reading.text("記号"),
            number=reading.text("番号"),
        ),
        dates=CoverDates(reading.day("資格取得年月日"), reading.day("資格喪失年月日")),
    )
    if row.subject.name.is_empty:
        reading.refuse("氏名", "roster:cell_missing")
    return (None if reading.problems else row), reading.problems


def _member(reading: "_Reading") -> Member:
    member = Member(
        member_id=MemberId(reading.text("加入者ID", is_needed=True)),
        name=PersonName(reading.text("氏名"), reading.text("氏名カナ")),
        birth_date=reading.day("生年月日", is_needed=True) or PartialDate(1873, 1, 1),
        sex=reading.sex("性別"),
        alias=PersonName(reading.text("通称"), reading.text("通称カナ")),
        former_name=PersonName(reading.text("旧氏"), reading.text("旧氏カナ")),
        address=reading.text("住所"),
        is_number_registered=reading.one_of("個人番号登録済", _YES_OR_NO) or False,
        enrolments=(
            Enrolment(
                acquired_on=reading.full_day("資格取得年月日"),
                lost_on=reading.full_day("資格喪失年月日"),
                loss_reason=reading.text("資格喪失事由"),
                symbol=reading.text("記号"),
                number=reading.text("番号"),
                branch=reading.text("枝番"),
                relation=reading.one_of("本人家族区分", _RELATIONS) if reading.text("本人家族区分") else None,
            ),
        ),
    )
    if member.name.is_empty:
        reading.refuse("氏名", "roster:cell_missing")
    period = member.enrolments[0]
    if period.acquired_on and period.lost_on and period.lost_on < period.acquired_on:
        reading.refuse("資格喪失年月日", "dates:loss_before_acquisition")
    return member


@dataclass(slots=True)
class _Reading:
    """One row on its way to a person; every cell is looked at, so that the row is corrected once."""

    line: int
    cells: dict[str, str]
    problems: list[RowProblem] = field(default_factory=list)

    def refuse(self, column: str, code: str) -> None:
        self.problems.append(RowProblem(self.line, column, code))

    def text(self, column: str, *, is_needed: bool = False) -> str:
        text = self.cells[column].strip()
        if is_needed and not text:
            self.refuse(column, "roster:cell_missing")
        return text

    def day(self, column: str, *, is_needed: bool = False) -> PartialDate | None:
        text = self.text(column, is_needed=is_needed)
        try:
            return parse_date(text) if text else None
        except InvalidValue as error:
            self.refuse(column, error.code)
            return None

    def full_day(self, column: str) -> date | None:
        day = self.day(column)
        if day is None:
            return None
        if not day.is_complete:
            self.refuse(column, "date:part_unknown")
            return None
        return day.as_date()

    def sex(self, column: str) -> Sex:
        return self.one_of(column, _SEXES) or Sex.UNKNOWN

    def one_of(self, column: str, values: dict[str, Value]) -> Value | None:
        text = self.text(column).translate(_FULL_WIDTH)
        if text not in values:
            self.refuse(column, "roster:unknown_value")
        return values.get(text)
