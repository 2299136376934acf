"""A number or address that did not work, and PMO staff's work on the directories (番号の不具合の連絡).

Source    memo 3(2) ※; memo annex STEP2 ⑤ ⅰ.
Decides   that a report is about the number of the other side as the directory has it, never about one that was heard.
Not here  mail that comes back by itself: bounces.py.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from inquiry.directory.main_line import grouped
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.inquiry import OPEN
from inquiry.domain.parties import Role
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry, desk_of, waiting_without_a_line
from inquiry.store.insurers import ContactEntry, contacts_unchecked_since
from inquiry.store.municipalities import Municipality, lines_unchecked_since
from inquiry.store.number_reports import NumberReport, locked_report, open_report_on, open_reports
from inquiry.workflow import amending
from inquiry.workflow.work import Work

RECHECKED: Final = ("名簿", "都道府県", "名称", "電話番号", "確認日", "根拠としたページ")
MOST_ROWS: Final = 10_000  # both lists whole, desks and all


class Trouble(StrEnum):
    """What was wrong with a number (番号の不具合)."""

    NO_ANSWER = "no_answer"
    NOT_IN_USE = "not_in_use"
    WRONG_PARTY = "wrong_party"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True)
class Chores:
    """What PMO staff have to do about the directories, besides the changes on their way."""

    reports: list[NumberReport]
    desks: list[ContactEntry]
    lines: list[Municipality]
    lacking: list[tuple[Municipality, int]]


@dataclass(frozen=True, slots=True)
class Told:
    """What does not work, and whose entry it stands in: none, where the rules of escalation name it."""

    number: str
    insurer_id: str | None = None
    desk: int | None = None
    municipality_code: str | None = None


def report(work: Work, inquiry_id: str, trouble: Trouble) -> NumberReport:
    """Report that the other side's number in the directory does not work; the same twice is one report.

    Mail that comes back is about the address or domain of the entry, where it has one.

    :raises NotFound: if the inquiry is absent or somebody else's, or the directory has no number to report.
    """
    inquiry = work.inquiry(inquiry_id)
    number = number_of_other_side(work, inquiry)
    desk = desk_of(work.session, inquiry)
    if not number:
        raise NotFound("number_report:no_number")
    is_mail = trouble is Trouble.BOUNCED
    if work.actor.role is Role.CLERK and desk:
        told = Told((is_mail and desk.notice_address) or number, desk.insurer_id, desk.desk)
    else:
        place = inquiry.municipality
        told = Told((is_mail and place.mail_domain) or number, municipality_code=place.code)
    return open_task(work, told, trouble, inquiry=inquiry)


def open_task(work: Work, told: Told, trouble: Trouble, *, inquiry: Inquiry | None) -> NumberReport:
    """Open a task for PMO staff; of the same trouble with the same number there is one until it is dealt with."""
    earlier = open_report_on(work.session, told.number, trouble)
    if earlier is not None:
        return earlier
    made = NumberReport(
        id=new_id(),
        insurer_id=told.insurer_id,
        desk=told.desk,
        municipality_code=told.municipality_code,
        inquiry_id=inquiry.id if inquiry else None,
        number=told.number,
        kind=trouble,
        reported_at=work.now,
        reported_by=work.actor.account_id,
    )
    work.session.add(made)
    work.record("number:reported", inquiry, report=made.id, kind=trouble)
    return made


def number_of_other_side(work: Work, inquiry: Inquiry) -> str:
    """Return the number under which the directory reaches the other side of an inquiry, "" where it has none."""
    if work.actor.role is Role.OFFICER:
        return inquiry.municipality.main_line
    desk = desk_of(work.session, inquiry)
    return desk.telephone if desk else ""


def settle(work: Work, report_id: str, *, outcome: str) -> NumberReport:
    """Write down what was done about a report.

    :raises InvalidValue: if nothing is written, or a My Number stands in it.
    :raises NotFound: if there is no such report.
    :raises Forbidden: if somebody dealt with it before.
    """
    guard.enforce({"outcome": outcome})
    if not outcome.strip():
        raise InvalidValue("number_report:outcome_missing", field="outcome")
    made = locked_report(work.session, report_id)
    if made is None:
        raise NotFound("number_report:not_found")
    if made.done_at is not None:
        raise Forbidden("number_report:done_already")
    made.done_at, made.done_by = work.now, work.actor.account_id
    made.done_ct = work.seal(outcome.strip(), "number_report.done", made.id)
    work.record("number:settled", report=made.id)
    return made


def chores(work: Work, *, limit: int) -> Chores:
    """Return what is to be done: reports, entries to check again, and main lines that open inquiries wait for."""
    before = _checked_before(work)
    return Chores(
        reports=open_reports(work.session),
        desks=contacts_unchecked_since(work.session, before, limit=limit),
        lines=lines_unchecked_since(work.session, before, limit=limit),
        lacking=waiting_without_a_line(work.session, [state.value for state in OPEN]),
    )


def rechecks(work: Work) -> list[tuple[str, ...]]:
    """Return every entry to check again as cells under `RECHECKED`, those that wait longest first in each list."""
    before = _checked_before(work)
    desks = contacts_unchecked_since(work.session, before, limit=MOST_ROWS)
    lines = lines_unchecked_since(work.session, before, limit=MOST_ROWS)
    return [*map(_cells_of_desk, desks), *map(_cells_of_line, lines)]


def _checked_before(work: Work) -> date:
    return work.today - timedelta(days=amending.waits(work).recheck_days)


def _cells_of_desk(entry: ContactEntry) -> tuple[str, ...]:
    checked_on = entry.checked_on.isoformat() if entry.checked_on else ""
    name = "　".join(filter(None, (entry.name, entry.desk_name)))
    return "照会窓口一覧", entry.prefecture, name, grouped(entry.telephone), checked_on, ""


def _cells_of_line(place: Municipality) -> tuple[str, ...]:
    checked_on = place.main_line_checked_on.isoformat() if place.main_line_checked_on else ""
    return "市町村等名簿", place.prefecture, place.name, grouped(place.main_line), checked_on, place.main_line_source
