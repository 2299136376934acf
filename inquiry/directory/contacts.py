"""Whom to ask at each insurer (医療保険者照会窓口一覧).

Source    memo 3(2) 「連絡先を公開する」; memo annex STEP1 ※3.
Decides   how a row of the list is read from a table, what is wrong with it, and how two editions of the list differ.
Not here  keeping the editions: store/. The number an insurer calls back: directory/municipalities.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from inquiry.directory.insurers import InsurerKind, check_in_scope, kind_from_label, kind_from_number, label_of
from inquiry.directory.main_line import grouped, read_telephone
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
# What a spreadsheet program may not take for a formula is left as it is: these columns hold digits and signs alone.
NUMBER_COLUMNS = frozenset({"保険者番号", "電話番号", "FAX", "郵便番号", "確認日"})
CHANNEL_LABELS = {"電話": Channel.CALL_BACK, "ファイル": Channel.FILE, "文書": Channel.LETTER}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One row of the list: telephone and fax are digits alone, the postal code is seven digits or empty."""

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

    @property
    def key(self) -> str:
        """Return the number under which two spellings of one insurer are the same."""
        return padded_insurer_number(self.insurer_number)


FIELDS = dict(zip(COLUMNS, (each.name for each in fields(ContactRow)), strict=True))


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """What a file of contacts holds: the rows that can be taken over, and what is wrong with the others."""

    rows: tuple[ContactRow, ...]
    problems: tuple[RowProblem, ...]
    encoding: str


@dataclass(frozen=True, slots=True)
class ChangedContact:
    """One insurer whose row reads otherwise now; `columns` are the names of the fields that differ."""

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
    """Read the list from a table of `COLUMNS`; a number that stands twice is taken over once."""
    rows: dict[str, ContactRow] = {}
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
    return ContactSheet(tuple(rows.values()), tuple(ordered), table.encoding)


def read_contact(cells: Mapping[str, str]) -> ContactSheet:
    """Read one row that was typed into a form; the same rules hold as for a file."""
    problems: list[RowProblem] = []
    row = _RowReading(1, {column: cells[column].strip() for column in COLUMNS}, problems).row()
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
    }


@dataclass(frozen=True, slots=True)
class CellChange:
    """One column of one row, as it was and as it is."""

    column: str
    old: str
    new: str


def changes_between(old: ContactRow, new: ContactRow) -> tuple[CellChange, ...]:
    """Return what differs between two rows, as the list writes it."""
    before, after = cells_of(old), cells_of(new)
    return tuple(CellChange(each, before[each], after[each]) for each in COLUMNS if before[each] != after[each])


def difference(old: Iterable[ContactRow], new: Iterable[ContactRow]) -> ContactDifference:
    """Compare two editions of the list, insurer by insurer."""
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
        telephone = self._telephone("電話番号") if self._mandatory("電話番号") else ""
        fax = self._telephone("FAX")
        postal_code = self._postal_code()
        channels = self._channels()
        checked_on = self._checked_on()
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

    def _telephone(self, column: str) -> str:
        if not self.cells[column]:
            return ""
        try:
            return read_telephone(self.cells[column])
        except InvalidValue as error:
            self._refuse(column, error.code)
            return ""

    def _postal_code(self) -> str:
        try:
            return read_postal_code(self.cells["郵便番号"])
        except InvalidValue as error:
            self._refuse("郵便番号", error.code)
            return ""

    def _channels(self) -> frozenset[Channel]:
        labels = [label.strip() for label in self._mandatory("回答方法").replace("；", ";").split(";") if label.strip()]
        if not set(labels) <= CHANNEL_LABELS.keys():
            self._refuse("回答方法", "contact:channel_unknown")
        return frozenset(CHANNEL_LABELS[label] for label in labels if label in CHANNEL_LABELS)

    def _checked_on(self) -> date | None:
        text = self.cells["確認日"].replace("/", "-")
        if not text:
            return None
        try:
            year, month, day = (int(part) for part in text.split("-"))
            return date(year, month, day)
        except ValueError:
            self._refuse("確認日", "contact:date_unreadable")
            return None
