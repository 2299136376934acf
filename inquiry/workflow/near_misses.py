"""STEP2 ④: people who are near, for the officer's eyes only (近い人の参考表示).

Source    memo annex STEP2 ⑤ 「３情報が一致した場合のみ回答する」: these do not agree and are never answered about.
Decides   how often they may be looked at, since each look shows people whom nobody asked about; that every look counts.
Not here  who is near: matching/possible.py.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from inquiry.domain.errors import Forbidden
from inquiry.domain.findings import Finding
from inquiry.domain.member import Member
from inquiry.matching.possible import PossiblePerson, possible
from inquiry.store.base import new_id
from inquiry.store.identifying import NearMissLook, looks_at, looks_since
from inquiry.store.inquiries import Inquiry
from inquiry.store.paperwork import held_series
from inquiry.workflow.identifying import search
from inquiry.workflow.matching_rules import settings_of
from inquiry.workflow.roster_search import roster_in_force
from inquiry.workflow.viewing import dates_of, subject_of
from inquiry.workflow.work import JST, Work


@dataclass(frozen=True, slots=True)
class Left:
    """How many looks are left: at this inquiry, and to the whole insurer today."""

    of_inquiry: int
    of_today: int


def left(work: Work, inquiry: Inquiry) -> Left:
    """Return how often people near an inquiry may still be looked at."""
    settings = settings_of(work, inquiry.insurer_id)
    begin = datetime.combine(work.today, time.min, JST).astimezone(UTC)
    return Left(
        settings.near_miss_per_inquiry - looks_at(work.session, inquiry.id),
        settings.near_miss_per_day - looks_since(work.session, inquiry.insurer_id, begin),
    )


def near_misses(work: Work, inquiry: Inquiry) -> tuple[tuple[PossiblePerson, Member], ...]:
    """Return at most five people who differ in one identifier; counted and recorded, never part of an answer.

    :raises Forbidden: if one person is found, or the looks are used up.
    :raises NotFound: if the insurer keeps no roster here.
    """
    subject = subject_of(work, inquiry)
    found = search(work, inquiry.insurer_id, subject, dates=dates_of(work, inquiry))
    if found.decision.finding is Finding.ONE:
        raise Forbidden("near_misses:one_is_found")
    _count(work, inquiry)
    people = roster_in_force(work, inquiry.insurer_id).people_near(subject)
    near = possible(subject, people.values(), rules=found.evidence.rules)
    work.record("roster:near_misses_shown", inquiry, generation=found.generation.id, persons=str(len(near)))
    return tuple((person, people[person.member_id]) for person in near)


def _count(work: Work, inquiry: Inquiry) -> None:
    # Two officers who look at once are counted one after the other. The insurer's row would be the wrong one to hold:
    # a switch has it while it waits for whoever looks people up, as we do.
    held_series(work.session, f"near_misses:{inquiry.insurer_id}")
    remaining = left(work, inquiry)
    if remaining.of_inquiry <= 0:
        raise Forbidden("near_misses:inquiry_used_up")
    if remaining.of_today <= 0:
        raise Forbidden("near_misses:day_used_up")
    look = NearMissLook(
        id=new_id(), insurer_id=inquiry.insurer_id, inquiry_id=inquiry.id, at=work.now, by=work.actor.account_id
    )
    work.session.add(look)
    work.session.flush()
