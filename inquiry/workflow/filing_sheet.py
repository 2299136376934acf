"""Many inquiries in one table, a row each, as an office fills them in (一括照会の表).

Source    memo annex STEP1 ①②: the columns stand in the memo's order.
Decides   how the cells of a row are read; every cell is looked at, so that a clerk corrects a row once.
Not here  whether a row may be filed: workflow/filing.py. Keeping and sending the table: workflow/batches.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, TypeVar

from inquiry.directory.contacts import CHANNEL_LABELS
from inquiry.domain import item as catalogue
from inquiry.domain.calendar import JST
from inquiry.domain.check_digits import padded_insurer_number
from inquiry.domain.errors import InvalidValue
from inquiry.domain.member import Relation
from inquiry.domain.network_error import filing_reason, filing_reasons
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Entrance, Inquirer
from inquiry.domain.procedure import procedure, procedures
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.domain.table_text import RowProblem
from inquiry.domain.wareki import parse_date
from inquiry.workflow.filing import Filing

COLUMNS: Final = ("保険者番号", "氏名", "フリガナ", "生年月日", "性別", "事務手続", "照会したい情報", "回答方法")
OPTIONAL: Final = (
    "必要な期限", "エラー等の種別", "エラーの日時", "処理通番等", "上司の確認", "加入者の区分", "住所", "記号", "番号",
    "通称", "通称のフリガナ", "旧氏", "旧氏のフリガナ", "連絡事項", "個人番号でない数字の説明",
)  # fmt: skip
# Which column a fault of the filing rules belongs to.
COLUMN_OF: Final[Mapping[str, str]] = {
    "insurer": "保険者番号", "written": "氏名", "kana": "フリガナ", "birth_date": "生年月日", "sex": "性別",
    "procedure": "事務手続", "items": "照会したい情報", "channel": "回答方法", "needed_by": "必要な期限",
    "reason": "エラー等の種別", "error_at": "エラーの日時", "network_reference": "処理通番等", "address": "住所",
    "symbol": "記号", "number": "番号", "alias_written": "通称", "alias_kana": "通称のフリガナ",
    "former_written": "旧氏", "former_kana": "旧氏のフリガナ", "note": "連絡事項",
    "caution_reason": "個人番号でない数字の説明",
}  # fmt: skip
SEXES: Final = {"男": Sex.MALE, "女": Sex.FEMALE, "1": Sex.MALE, "2": Sex.FEMALE}
RELATIONS: Final = {"本人": Relation.INSURED, "家族": Relation.DEPENDANT, "被扶養者": Relation.DEPENDANT}
YES: Final = frozenset({"済", "はい", "○", "〇", "1"})
_SEPARATORS: Final = str.maketrans("；、,\n", ";;;;")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a row takes over where its cells are empty: who asks, and the outage because of which they ask."""

    inquirer: Inquirer
    reason: str
    error_at: datetime
    insurer_of: Callable[[str], str]


@dataclass(slots=True)
class RowReading:
    """One row on its way to an inquiry."""

    line: int
    cells: dict[str, str]
    opening: Opening
    problems: list[RowProblem]

    def filing(self) -> Filing | None:
        """Return what the row asks, or None if a cell cannot be read; the problems say which."""
        before = len(self.problems)
        birth_date = self._read("生年月日", parse_date, PartialDate(1900))
        filing = Filing(
            inquirer=self.opening.inquirer,
            entrance=Entrance.SYSTEM,
            insurer_id=self.opening.insurer_of(self._cell("保険者番号")),
            insurer_evidence="",
            reason=self._read("エラー等の種別", _reason, self.opening.reason),
            error_at=self._read("エラーの日時", _moment, self.opening.error_at),
            network_reference=self._cell("処理通番等"),
            subject=self._subject(birth_date),
            relation=self._read("加入者の区分", _relation, None),
            procedure=self._read("事務手続", _procedure, ""),
            items=self._read("照会したい情報", _items, ()),
            channel=self._read("回答方法", _channel, None),
            needed_by=self._read("必要な期限", _day, None),
            note=self._cell("連絡事項"),
            is_supervised=self._cell("上司の確認") in YES,
            caution_reason=self._cell("個人番号でない数字の説明"),
            insurer_number=padded_insurer_number(self._cell("保険者番号")),
        )
        return filing if len(self.problems) == before else None

    def _subject(self, birth_date: PartialDate) -> Subject:
        return Subject(
            name=PersonName(self._cell("氏名"), self._cell("フリガナ")),
            birth_date=birth_date,
            sex=self._read("性別", _sex, Sex.UNKNOWN),
            alias=PersonName(self._cell("通称"), self._cell("通称のフリガナ")),
            former_name=PersonName(self._cell("旧氏"), self._cell("旧氏のフリガナ")),
            address=self._cell("住所"),
            symbol=self._cell("記号"),
            number=self._cell("番号"),
        )

    def _cell(self, column: str) -> str:
        return self.cells[column].strip()

    def _read(self, column: str, read: Callable[[str], Value], empty: Value) -> Value:
        """Return what a cell says, or what stands for an empty one; one that is needed is missed here."""
        text = self._cell(column)
        if not text and column in COLUMNS:
            self.problems.append(RowProblem(self.line, column, "batch:cell_missing"))
        if not text:
            return empty
        try:
            return read(text)
        except InvalidValue as error:
            self.problems.append(RowProblem(self.line, column, error.code))
            return empty


def _named(words: Mapping[str, Value], text: str, *, code: str) -> Value:
    if text not in words:
        raise InvalidValue(code)
    return words[text]


def _sex(text: str) -> Sex:
    return _named(SEXES, text, code="subject:sex_missing")


def _relation(text: str) -> Relation | None:
    return _named(RELATIONS, text, code="batch:relation_unknown")


def _channel(text: str) -> Channel | None:
    return _named(CHANNEL_LABELS, text, code="batch:channel_unknown")


def _reason(text: str) -> str:
    by_label = {each.label: each.code for each in filing_reasons()}
    return filing_reason(by_label.get(text, text)).code


def _procedure(text: str) -> str:
    by_name = {each.name: each.code for each in procedures()}
    return procedure(by_name.get(text, text)).code


def _items(text: str) -> tuple[str, ...]:
    by_name = {each.name: each.code for each in catalogue.items()}
    wanted = [each.strip() for each in text.translate(_SEPARATORS).split(";") if each.strip()]
    return tuple(catalogue.item(by_name.get(each, each)).code for each in wanted)


def _day(text: str) -> date | None:
    day = parse_date(text)
    if not day.is_complete:
        raise InvalidValue("batch:day_incomplete")
    return day.as_date()


def _moment(text: str) -> datetime:
    """Read a day, or a day with a time of day behind it."""
    day_text, _, time_text = text.replace("　", " ").partition(" ")
    day = _day(day_text.replace("/", "-"))
    try:
        at = time.fromisoformat(time_text.strip() or "00:00")
    except ValueError:
        raise InvalidValue("batch:time_unreadable") from None
    return datetime.combine(day or date.min, at, JST).astimezone(UTC)
