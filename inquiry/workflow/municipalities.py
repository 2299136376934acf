"""The municipality directory and its main lines, kept by PMO staff (市町村等名簿の管理).

Source    memo annex STEP2 ⑤ ⅰ 「ホームページで代表電話番号を確認し」.
Decides   that a number to call back, and a domain to write to, has a source and a day on which somebody saw it.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import insert

from inquiry.directory.amendments import NOTICE_ADDRESS
from inquiry.directory.mail_domain import is_within, read_mail_domain, read_notice_address
from inquiry.directory.main_line import grouped, read_main_line
from inquiry.directory.municipalities import read_municipalities
from inquiry.directory.postal_codes import read_postal_code
from inquiry.directory.search_words import spellings_of
from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.security import guard
from inquiry.store.municipalities import (
    Municipality,
    SoughtMunicipality,
    every_municipality,
    locked_municipality,
    municipalities_like,
    municipality,
)
from inquiry.workflow.work import Work

_PAGES: Final = ("https://", "http://")
LISTED_COLUMNS: Final = ("団体コード", "名称", "名称カナ", "都道府県", "代表電話番号", "確認日")
LISTED_NUMBERS: Final = ("団体コード", "代表電話番号", "確認日")
AMENDED_COLUMNS: Final = (
    "代表電話番号",
    "確認したページ",
    "確認日",
    "郵便番号",
    "住所",
    "メールドメイン",
    NOTICE_ADDRESS,
)


@dataclass(frozen=True, slots=True)
class MainLineEntry:
    """A main line and a mail domain as typed, with the page and the day they were seen; empty takes it out."""

    telephone: str
    source: str
    checked_on: date | None
    postal_code: str = ""
    address: str = ""
    mail_domain: str = ""
    notice_address: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for in the directory; an empty text asks for nothing."""

    text: str = ""
    prefecture: str = ""
    lacks_main_line: bool = False


def found(work: Work, sought: Sought, *, limit: int, offset: int = 0) -> tuple[list[Municipality], int]:
    """Return entries that are looked for, and how many there are in all."""
    wanted = SoughtMunicipality(spellings_of(sought.text), sought.prefecture, sought.lacks_main_line)
    return municipalities_like(work.session, wanted, limit=limit, offset=offset)


def entry_of(work: Work, code: str) -> Municipality:
    """Return the directory's entry with this code.

    :raises NotFound: if it has none.
    """
    row = municipality(work.session, code)
    if row is None:
        raise NotFound("municipality:not_found")
    return row


def listed(work: Work) -> list[dict[str, str]]:
    """Return the whole directory as cells, by code."""
    return [dict(zip(LISTED_COLUMNS, _listed_texts(row), strict=True)) for row in every_municipality(work.session)]


def _listed_texts(row: Municipality) -> tuple[str, ...]:
    checked_on = row.main_line_checked_on.isoformat() if row.main_line_checked_on else ""
    return row.code, row.name, row.kana, row.prefecture, grouped(row.main_line), checked_on


def cells_of_place(row: Municipality) -> dict[str, str]:
    """Return what a change may change of an entry, as cells."""
    return cells_of_entry(
        MainLineEntry(
            row.main_line,
            row.main_line_source,
            row.main_line_checked_on,
            row.postal_code,
            row.address,
            row.mail_domain,
            row.notice_address,
        )
    )


def cells_of_entry(entry: MainLineEntry) -> dict[str, str]:
    """Return an entry that was checked as cells."""
    texts = (
        grouped(entry.telephone),
        entry.source,
        entry.checked_on.isoformat() if entry.checked_on else "",
        entry.postal_code,
        entry.address,
        entry.mail_domain,
        entry.notice_address,
    )
    return dict(zip(AMENDED_COLUMNS, texts, strict=True))


def entry_from(cells: dict[str, str]) -> MainLineEntry:
    """Read an entry back from its cells."""
    telephone, source, checked_on, postal_code, address, mail_domain, notice_address = (
        cells[column] for column in AMENDED_COLUMNS
    )
    return MainLineEntry(
        read_main_line(telephone) if telephone else "",
        source,
        date.fromisoformat(checked_on) if checked_on else None,
        postal_code,
        address,
        mail_domain,
        notice_address,
    )


def checked(work: Work, entry: MainLineEntry) -> MainLineEntry:
    """Return an entry as the directory keeps it.

    :raises InvalidValue: if the number is no fixed line or the domain none, the address for notices lies outside the
        domain, source or day is missing, or a My Number stands in a text.
    """
    guard.enforce({"source": entry.source, "address": entry.address, "notice_address": entry.notice_address})
    line = read_main_line(entry.telephone) if entry.telephone.strip() else ""
    domain = read_mail_domain(entry.mail_domain)
    notices = read_notice_address(entry.notice_address)
    if notices and not is_within(notices, domain):
        raise InvalidValue("notice_address:other_domain", field="notice_address")
    if line or domain:
        _check_evidence(work, entry)
    return replace(
        entry,
        telephone=line,
        source=entry.source.strip(),
        postal_code=read_postal_code(entry.postal_code),
        address=entry.address.strip(),
        mail_domain=domain,
        notice_address=notices,
    )


def enter_main_line(work: Work, code: str, entry: MainLineEntry) -> Municipality:
    """Enter the number that insurers call back at once, as the operator does when a directory is founded.

    What PMO staff and municipalities change waits for a second person: amending.py.
    :raises InvalidValue: if it is no fixed line, or its source or day is missing.
    :raises NotFound: if the directory has no such code.
    """
    row = locked_municipality(work.session, code)
    if row is None:
        raise NotFound("municipality:not_found")
    write(row, checked(work, entry), checked_by=work.actor.account_id)
    work.record("municipality:main_line_entered", municipality=code)
    return row


def write(row: Municipality, entry: MainLineEntry, *, checked_by: str) -> None:
    """Put a checked entry into its row; the caller records it."""
    row.main_line, row.main_line_source, row.main_line_checked_on = entry.telephone, entry.source, entry.checked_on
    row.main_line_checked_by = checked_by
    row.postal_code, row.address, row.mail_domain = entry.postal_code, entry.address, entry.mail_domain
    row.notice_address = entry.notice_address
    row.version += 1


def _check_evidence(work: Work, entry: MainLineEntry) -> None:
    if not entry.source.strip():
        raise InvalidValue("main_line:source_missing", field="source")
    if not entry.source.strip().startswith(_PAGES):
        raise InvalidValue("main_line:source_no_page", field="source")
    if entry.checked_on is None:
        raise InvalidValue("main_line:checked_on_missing", field="checked_on")
    if entry.checked_on > work.today:
        raise InvalidValue("main_line:checked_ahead", field="checked_on")


def found_directory(work: Work, content: bytes) -> int:
    """Fill an empty directory from the bundled list and return the number of entries.

    :raises InvalidValue: if the bundled list is damaged.
    """
    sheet = read_municipalities(content)
    if sheet.problems:
        raise InvalidValue(sheet.problems[0].code)
    rows = [{"code": row.code, "prefecture": row.prefecture, "name": row.name, "kana": row.kana} for row in sheet.rows]
    work.session.execute(insert(Municipality), rows)
    work.record("municipality:directory_founded", entries=str(len(rows)))
    return len(rows)
