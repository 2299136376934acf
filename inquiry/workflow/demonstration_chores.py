"""What waits in a demonstration besides its inquiries: reminders, entries to check, what reaches nobody (デモの残務).

Everything goes through the use cases with the clock set back, as in demonstration.py, which says when.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from inquiry.directory.amendments import RECHECK_DAYS
from inquiry.directory.contacts import ContactDifference, ContactRow
from inquiry.domain.parties import Actor
from inquiry.store.escalations import escalations_of
from inquiry.store.insurers import insurer_numbered
from inquiry.workflow import adding, amending, contacts, daily, number_reports, pressing
from inquiry.workflow.amending import DeskEntry, Ground
from inquiry.workflow.number_reports import Trouble
from inquiry.workflow.work import House, Work

UNCHECKED: Final = ("06130025", "133033")
LAST_CHECKED: Final = timedelta(days=RECHECK_DAYS + 14)
ADDRESS: Final = "sekinin@example.jp"
HOURS: Final = "平日 9:00～16:30（12:00～13:00を除く）"


def with_stale_entries(found: ContactDifference, today: date) -> ContactDifference:
    """Return a list to take over in which nobody has checked a few entries for longer than they may stand."""
    return replace(found, added=tuple(_stale(found.added, today - LAST_CHECKED)))


def _stale(rows: Sequence[ContactRow], checked_on: date) -> list[ContactRow]:
    return [replace(row, checked_on=checked_on) if row.insurer_number in UNCHECKED else row for row in rows]


def press(house: House, operator: Actor, clerk: Actor, inquiry_id: str) -> None:
    """Take the steps that are due, and let the clerk of an inquiry make the letter of its latest."""
    daily.press(house, operator)
    with house.work(clerk) as work:
        pressing.make(work, escalations_of(work.session, inquiry_id)[-1].id)


def report_lost_mail(work: Work, inquiry_id: str) -> None:
    """Let a clerk report that mail to an insurer who owes an answer comes back."""
    number_reports.report(work, inquiry_id, Trouble.BOUNCED)


def amend_desk(work: Work, number: str) -> str:
    """Let PMO staff change the hours of an insurer's desk and where its notices go; return the change."""
    insurer = insurer_numbered(work.session, number)
    assert insurer is not None
    edition = contacts.history(work, insurer.id)[0]
    entry = DeskEntry(replace(edition.row, hours=HOURS, checked_on=work.today), ADDRESS)
    ground = Ground(evidence="受付時間等の変更の届出", seen_on=work.today)
    return amending.amend_desk(work, entry, ground, version=edition.entry.version).id


def propose_newcomer(work: Work, *, like: str) -> None:
    """Let PMO staff propose an insurer that is not on the list, whose number is another's with two digits swapped."""
    insurer = insurer_numbered(work.session, like)
    assert insurer is not None
    newcomer = replace(
        contacts.history(work, insurer.id)[0].row,
        insurer_number="06130884",
        name="ひなげし運輸健康保険組合",
        kana="ヒナゲシウンユケンコウホケンクミアイ",
        telephone="0300000117",
        fax="",
        periods=(),
    )
    adding.propose_desk(work, newcomer, Ground(evidence="設立の認可の告示", seen_on=work.today))
