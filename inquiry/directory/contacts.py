"""Whom to ask at each insurer (医療保険者照会窓口一覧).

Source    memo 3(2) 「連絡先を公開する」; memo annex STEP1 ※3.
Decides   how a row of the list is read from a table, what is wrong with it, and how two editions of the list differ.
Not here  keeping the editions: store/. The number an insurer calls back: directory/municipalities.py. The cells about
          numbers: directory/number_periods.py.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, TypeVar

from inquiry.directory.insurers import InsurerKind, check_in_scope, kind_from_label, kind_from_number, label_of
from inquiry.directory.main_line import grouped, read_telephone
from inquiry.directory.number_periods import (
    NumberPeriod,
    day_from,
    read_numbers,
    read_periods,
    written_numbers,
    written_periods,
)
from inquiry.directory.postal_codes import read_postal_code
from inquiry.directory.prefectures import PREFECTURES
from inquiry.domain.check_digits import padded_insurer_number
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.reply import Channel
from inquiry.domain.table_text import RowProblem, Table

COLUMNS = (
    "保険者番号",
    "保険者種別",
    "都道府県",
    "保険者名称",
    "保険者名称カナ",
    "担当部署",
    "電話番号",
    "FAX",
    "受付時間",
    "郵便番号",
    "住所",
    "回答方法",
    "備考",
    "確認日",
)
NUMBER_PERIODS: Final = "保険者番号の期間"
# What a list of one desk an insurer goes without. A cell that is not there, or is empty where only a main desk has
# something to say, leaves what stands.
OPTIONAL: Final = ("窓口名", "担当範囲", "担当する保険者番号", NUMBER_PERIODS)
ALL_COLUMNS: Final = (*COLUMNS, *OPTIONAL)
# What a spreadsheet program may not take for a formula is left as it is: these columns hold digits and signs alone.
NUMBER_COLUMNS = frozenset(
    {"保険者番号", "電話番号", "FAX", "郵便番号", "確認日", "担当する保険者番号", NUMBER_PERIODS}
)
# By these somebody calls or writes to a desk.
REACHED_BY: Final = frozenset({"担当部署", "電話番号", "FAX", "受付時間", "郵便番号", "住所"})
CHANNEL_LABELS = {"電話": Channel.CALL_BACK, "ファイル": Channel.FILE, "文書": Channel.LETTER}
Value = TypeVar("Value")
DeskKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One desk as a row of the list: telephone and fax are digits alone, the postal code is seven digits or empty.

    The main desk has no name. It alone says which numbers its insurer holds and held; empty leaves them as they are.
    """

    insurer_number: str
    kind: InsurerKind
    prefecture: str
    name: str
    kana: str
    section: str
    telephone: str
    fax: str
    hours: str
    postal_code: str
    address: str
    channels: frozenset[Channel]
    remarks: str
    checked_on: date | None
    desk_name: str = ""
    serves_whom: str = ""
    serves_numbers: tuple[str, ...] = ()
    periods: tuple[NumberPeriod, ...] = ()

    @property
    def key(self) -> DeskKey:
        """Return by what two editions of one desk are known: the insurer's number, however spelled, and the name."""
        return padded_insurer_number(self.insurer_number), self.desk_name


FIELDS = dict(zip(ALL_COLUMNS, (each.name for each in fields(ContactRow)), strict=True))


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """What a file of contacts holds: the rows that can be taken over, and what is wrong with the others.

    `absent` are the optional columns that the file has not.
    """

    rows: tuple[ContactRow, ...]
    problems: tuple[RowProblem, ...]
    encoding: str
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChangedContact:
    """One desk whose row reads otherwise now; `columns` are the names of the fields that differ."""

    old: ContactRow
    new: ContactRow
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactDifference:
    """What a new edition of the list would change (取込前の差分)."""

    added: tuple[ContactRow, ...]
    changed: tuple[ChangedContact, ...]
    ended: tuple[ContactRow, ...]
    unchanged: tuple[ContactRow, ...]


def read_contacts(table: Table) -> ContactSheet:
    """Read the list from a table of `ALL_COLUMNS`; a desk that stands twice is taken over once."""
    rows: dict[DeskKey, ContactRow] = {}
    problems: list[RowProblem] = []
    for line, cells in table.rows:
        row = _RowReading(line, {column: cell.strip() for column, cell in cells.items()}, problems).row()
        if row is None:
            continue
        if row.key in rows:
            problems.append(RowProblem(line, "保険者番号", "contact:number_repeated"))
            continue
        rows[row.key] = row
    ordered = sorted([*table.problems, *problems], key=lambda problem: problem.line)
    return ContactSheet(tuple(rows.values()), tuple(ordered), table.encoding, table.absent)


def read_contact(cells: Mapping[str, str]) -> ContactSheet:
    """Read one row that was typed into a form; the same rules hold as for a file."""
    problems: list[RowProblem] = []
    row = _RowReading(1, {column: cells[column].strip() for column in ALL_COLUMNS}, problems).row()
    return ContactSheet((row,) if row else (), tuple(problems), "")


def cells_of(row: ContactRow) -> dict[str, str]:
    """Return a row as the cells it is read from."""
    channels = (label for label, channel in CHANNEL_LABELS.items() if channel in row.channels)
    postal_code = f"{row.postal_code[:3]}-{row.postal_code[3:]}" if row.postal_code else ""
    checked_on = row.checked_on.isoformat() if row.checked_on else ""
    return {
        "保険者番号": row.insurer_number,
        "保険者種別": label_of(row.kind),
        "都道府県": row.prefecture,
        "保険者名称": row.name,
        "保険者名称カナ": row.kana,
        "担当部署": row.section,
        "電話番号": grouped(row.telephone),
        "FAX": grouped(row.fax),
        "受付時間": row.hours,
        "郵便番号": postal_code,
        "住所": row.address,
        "回答方法": ";".join(channels),
        "備考": row.remarks,
        "確認日": checked_on,
        "窓口名": row.desk_name,
        "担当範囲": row.serves_whom,
        "担当する保険者番号": written_numbers(row.serves_numbers),
        NUMBER_PERIODS: written_periods(row.periods),
    }


def completed(row: ContactRow, standing: ContactRow | None, absent: Iterable[str]) -> ContactRow:
    """Return a row with what it leaves open as it stands: columns that are absent, and periods where none is named."""
    if standing is None:
        return row
    left_open = {FIELDS[column] for column in absent} | ({"periods"} if not row.periods else set())
    return replace(row, **{name: getattr(standing, name) for name in left_open})


@dataclass(frozen=True, slots=True)
class CellChange:
    """One column of one row, as it was and as it is."""

    column: str
    old: str
    new: str


def changes_between(old: ContactRow, new: ContactRow) -> tuple[CellChange, ...]:
    """Return what differs between two rows, as the list writes it."""
    before, after = cells_of(old), cells_of(new)
    return tuple(CellChange(each, before[each], after[each]) for each in ALL_COLUMNS if before[each] != after[each])


def difference(old: Iterable[ContactRow], new: Iterable[ContactRow]) -> ContactDifference:
    """Compare two editions of the list, desk by desk."""
    before = {row.key: row for row in old}
    after = {row.key: row for row in new}
    both = [(before[key], row) for key, row in after.items() if key in before]
    return ContactDifference(
        added=tuple(row for key, row in after.items() if key not in before),
        changed=tuple(ChangedContact(was, now, _fields_changed(was, now)) for was, now in both if was != now),
        ended=tuple(row for key, row in before.items() if key not in after),
        unchanged=tuple(now for was, now in both if was == now),
    )


def _fields_changed(old: ContactRow, new: ContactRow) -> tuple[str, ...]:
    return tuple(name for name in FIELDS.values() if getattr(old, name) != getattr(new, name))


@dataclass(slots=True)
class _RowReading:
    """One line on its way to a row; every column is looked at, so that a clerk corrects the line once."""

    line: int
    cells: dict[str, str]
    problems: list[RowProblem]
    is_sound: bool = True

    def row(self) -> ContactRow | None:
        kind = self._kind()
        prefecture = self._prefecture()
        name = self._mandatory("保険者名称")
        telephone = self._read("電話番号", read_telephone, self._mandatory("電話番号"))
        fax = self._read("FAX", read_telephone, "")
        postal_code = self._read("郵便番号", read_postal_code, "")
        channels = self._channels()
        checked_on = self._read("確認日", day_from, None)
        serves_numbers = self._read("担当する保険者番号", read_numbers, tuple[str, ...]())
        periods = self._periods()
        if kind is None or not self.is_sound:
            return None
        return ContactRow(
            insurer_number=self.cells["保険者番号"],
            kind=kind,
            prefecture=prefecture,
            name=name,
            kana=self.cells["保険者名称カナ"],
            section=self.cells["担当部署"],
            telephone=telephone,
            fax=fax,
            hours=self.cells["受付時間"],
            postal_code=postal_code,
            address=self.cells["住所"],
            channels=channels,
            remarks=self.cells["備考"],
            checked_on=checked_on,
            desk_name=self.cells["窓口名"],
            serves_whom=self.cells["担当範囲"],
            serves_numbers=serves_numbers,
            periods=periods,
        )

    def _refuse(self, column: str, code: str) -> None:
        self.problems.append(RowProblem(self.line, column, code))
        self.is_sound = False

    def _kind(self) -> InsurerKind | None:
        try:
            kind = kind_from_number(self.cells["保険者番号"])
            check_in_scope(kind)
        except (InvalidValue, Forbidden) as error:
            self._refuse("保険者番号", error.code)
            return None
        try:
            if kind_from_label(self.cells["保険者種別"]) is not kind:
                self._refuse("保険者種別", "contact:kind_contradicts_number")
        except InvalidValue as error:
            self._refuse("保険者種別", error.code)
        return kind

    def _prefecture(self) -> str:
        name = self.cells["都道府県"]
        if name not in PREFECTURES:
            self._refuse("都道府県", "contact:prefecture_unknown")
        return name

    def _mandatory(self, column: str) -> str:
        if not self.cells[column]:
            self._refuse(column, "contact:cell_missing")
        return self.cells[column]

    def _read(self, column: str, read: Callable[[str], Value], empty: Value) -> Value:
        if not self.cells[column]:
            return empty
        try:
            return read(self.cells[column])
        except InvalidValue as error:
            self._refuse(column, error.code)
            return empty

    def _channels(self) -> frozenset[Channel]:
        labels = [label.strip() for label in self._mandatory("回答方法").replace("；", ";").split(";") if label.strip()]
        if not set(labels) <= CHANNEL_LABELS.keys():
            self._refuse("回答方法", "contact:channel_unknown")
        return frozenset(CHANNEL_LABELS[label] for label in labels if label in CHANNEL_LABELS)

    def _periods(self) -> tuple[NumberPeriod, ...]:
        periods = self._read(NUMBER_PERIODS, read_periods, tuple[NumberPeriod, ...]())
        if periods and self.cells["窓口名"]:
            self._refuse(NUMBER_PERIODS, "contact:periods_at_main_desk")
        return periods
