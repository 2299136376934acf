"""STEP2 ④ for many inquiries at once: what the roster says of each, and recording what needs nobody's look (一括判定).

Source    memo annex STEP2 ④-⑤.
Decides   what may be recorded without opening the inquiry: one person, not of a frequent name, and nobody where the
          officer ticked it. Whatever else the roster says stays for an officer's look.
Not here  deciding and recording one inquiry: workflow/identifying.py.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from inquiry.domain.errors import Forbidden, InquiryError, Repeated
from inquiry.domain.inquiry import State
from inquiry.domain.parties import Actor
from inquiry.matching.decide import Decision
from inquiry.store.identifying import in_state, in_state_behind
from inquiry.store.inquiries import Inquiry, Page, count_by_state
from inquiry.workflow import identifying
from inquiry.workflow.queue import Urgency, urgency_of
from inquiry.workflow.roster_search import roster_in_force
from inquiry.workflow.timing import due_of
from inquiry.workflow.viewing import dates_of, listed, subject_of
from inquiry.workflow.work import House, Work

PORTION: Final = 100


class Standing(StrEnum):
    """How an inquiry stands in the list."""

    ONE = "one"
    NONE = "none"
    SEVERAL = "several"
    CONFIRM = "confirm"
    NAMESAKE = "namesake"  # 同姓同名に注意


RECORDABLE: Final = {Standing.ONE: State.IDENTIFIED, Standing.NONE: State.NOT_FOUND}


@dataclass(frozen=True, slots=True)
class Line:
    """One inquiry of the list with what the roster says of it now; nothing personal."""

    inquiry: Inquiry
    decision: Decision
    due_at: datetime
    urgency: Urgency

    @property
    def standing(self) -> Standing:
        """Return how it stands."""
        return Standing.NAMESAKE if self.decision.is_common_name else Standing(self.decision.finding)

    @property
    def is_recordable(self) -> bool:
        """Say whether it may be recorded from the list."""
        return self.standing in RECORDABLE


@dataclass(frozen=True, slots=True)
class Choice:
    """One line that an officer ticked: the inquiry as it was shown, and how it stood."""

    inquiry_id: str
    version: int
    standing: Standing


@dataclass(slots=True)
class Outcome:
    """What came of recording: how many stand so, and the receipt numbers of those that need a look."""

    recorded: dict[Standing, int] = field(default_factory=lambda: dict.fromkeys(RECORDABLE, 0))
    to_look_at: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many were recorded."""
        return sum(self.recorded.values())


@dataclass(frozen=True, slots=True)
class Run:
    """A portion of going through all: what came of it, and behind which inquiry the next begins; "" at the end."""

    outcome: Outcome
    looked: int
    last: str


def waiting(work: Work) -> int:
    """Return how many inquiries wait for ④."""
    return count_by_state(work.session, work.scope).get(State.CONFIRMED, 0)


def lines(work: Work, *, offset: int) -> list[Line]:
    """Decide a portion of what waits for ④, the oldest first; recorded as one search.

    :raises NotFound: if the insurer keeps no roster here.
    """
    return decided_now(work, in_state(work.session, work.scope, State.CONFIRMED, Page(PORTION, offset)))


def decided_now(work: Work, inquiries: list[Inquiry]) -> list[Line]:
    """Decide about inquiries from the roster in force; recorded as one search.

    :raises NotFound: if the insurer keeps no roster here.
    :raises Forbidden: if it must be rebuilt first.
    """
    if not inquiries:
        return []
    roster = roster_in_force(work, str(work.actor.insurer_id))
    looks = roster.look([(subject_of(work, inquiry), dates_of(work, inquiry)) for inquiry in inquiries])
    decided = [_line(work, inquiry, look.decision) for inquiry, look in zip(inquiries, looks, strict=True)]
    work.record(
        "roster:list_judged",
        insurer=roster.generation.insurer_id,
        generation=roster.generation.id,
        lines=str(len(decided)),
    )
    return decided


def _line(work: Work, inquiry: Inquiry, decision: Decision) -> Line:
    due = due_of(work, inquiry)
    return Line(inquiry, decision, due, urgency_of(due, work.now))


def record(house: House, actor: Actor, choices: Iterable[Choice], *, form_key: str) -> Outcome:
    """Record what was ticked, each inquiry in a unit of work of its own; what changed since it was shown is left."""
    outcome = Outcome()
    for choice in choices:
        try:
            _record(house, actor, choice, form_key=form_key)
        except Repeated:
            outcome.recorded[choice.standing] += 1
        except InquiryError:
            outcome.to_look_at.extend(_number_of(house, actor, choice))
        else:
            outcome.recorded[choice.standing] += 1
    return outcome


def _record(house: House, actor: Actor, choice: Choice, *, form_key: str) -> None:
    if choice.standing not in RECORDABLE:
        raise Forbidden("matching_list:changed")
    key = hashlib.sha256(f"{form_key} {choice.inquiry_id}".encode()).hexdigest()
    with house.work(actor, form_key=key) as work:
        work.outcome = choice.inquiry_id
        inquiry = identifying.identify(work, choice.inquiry_id, choice.version)
        if inquiry.state != RECORDABLE[choice.standing]:
            raise Forbidden("matching_list:changed")


def _number_of(house: House, actor: Actor, choice: Choice) -> list[str]:
    try:
        with house.reading(actor) as work:
            return [listed(work, choice.inquiry_id).number]
    except InquiryError:
        return []


def record_portion(house: House, actor: Actor, *, after: str, standings: Collection[Standing], form_key: str) -> Run:
    """Decide the next portion behind an inquiry, and record of it what stands as was ticked.

    :raises NotFound: if the insurer keeps no roster here.
    """
    with house.work(actor) as work:
        behind = in_state_behind(work.session, work.scope, State.CONFIRMED, after=after, limit=PORTION)
        decided = decided_now(work, behind)
        choices = [Choice(line.inquiry.id, line.inquiry.version, line.standing) for line in decided]
    allowed = RECORDABLE.keys() & set(standings)
    outcome = record(house, actor, [each for each in choices if each.standing in allowed], form_key=form_key)
    is_end = len(decided) < PORTION
    return Run(outcome, len(decided), "" if is_end else decided[-1].inquiry.id)
