"""Prefectures and municipalities, each with the main line to call (都道府県・市区町村, 代表電話番号).

Source    memo annex STEP2 ③, ⑤ ⅰ; the code's check digit: domain/check_digits.py.
Decides   how the directory is read from CSV; a name alone never identifies one, since names repeat.
Not here  the main lines of the bundled list: it has none, a person looks each up and enters it.
"""

from dataclasses import dataclass
from datetime import date

from inquiry.directory.main_line import MainLine
from inquiry.directory.prefectures import prefecture_of
from inquiry.domain.check_digits import is_local_government_code
from inquiry.domain.parties import MunicipalityCode
from inquiry.domain.procedure import InquirerKind
from inquiry.domain.table_text import RowProblem, read_table

COLUMNS = ("団体コード", "都道府県", "名称", "名称カナ")

# Six villages of the northern territories have codes but no office that could ask.
_WITHOUT_OFFICE = range(1695, 1701)


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """One local government (団体); the main line comes from its own web site, looked up on `checked_on`."""

    code: MunicipalityCode
    prefecture: str
    name: str
    kana: str
    main_line: MainLine | None = None
    website: str = ""
    checked_on: date | None = None

    @property
    def kind(self) -> InquirerKind:
        """Return whether this is a prefecture or a municipality."""
        return inquirer_kind_of(self.code)

    @property
    def full_name(self) -> str:
        """Return the name with its prefecture, by which namesakes are told apart."""
        return self.name if self.kind is InquirerKind.PREFECTURE else self.prefecture + self.name


@dataclass(frozen=True, slots=True)
class MunicipalitySheet:
    """What a file of municipalities holds, and what is wrong with the other lines."""

    rows: tuple[MunicipalityRow, ...]
    problems: tuple[RowProblem, ...]


def inquirer_kind_of(code: MunicipalityCode) -> InquirerKind:
    """Return whether a code is a prefecture's or a municipality's."""
    return InquirerKind.PREFECTURE if code[2:5] == "000" else InquirerKind.MUNICIPALITY


def read_municipalities(content: bytes) -> MunicipalitySheet:
    """Read the directory from CSV.

    :raises InvalidValue: if the content is no such table at all.
    """
    table = read_table(content, COLUMNS)
    rows: dict[str, MunicipalityRow] = {}
    problems: list[RowProblem] = []
    for line, cells in table.rows:
        code, prefecture, name, kana = (cells[column].strip() for column in COLUMNS)
        if column_and_code := _problem(code, prefecture=prefecture, name=name, is_repeated=code in rows):
            problems.append(RowProblem(line, *column_and_code))
            continue
        rows[code] = MunicipalityRow(MunicipalityCode(code), prefecture, name, kana)
    ordered = sorted([*table.problems, *problems], key=lambda problem: problem.line)
    return MunicipalitySheet(tuple(rows.values()), tuple(ordered))


def _problem(code: str, *, prefecture: str, name: str, is_repeated: bool) -> tuple[str, str] | None:
    if not is_local_government_code(code):
        return "団体コード", "municipality:check_digit"
    if int(code[:5]) in _WITHOUT_OFFICE:
        return "団体コード", "municipality:without_office"
    if is_repeated:
        return "団体コード", "municipality:code_repeated"
    if not prefecture or prefecture != prefecture_of(code):
        return "都道府県", "municipality:prefecture_contradicts_code"
    return None if name else ("名称", "municipality:name_missing")
