"""When an answer is due, computed each time it is read (回答期限).

Source    memo annex STEP2 (原則、即日回答); memo annex ※1 for a letter's own day.
Decides   when the clock begins: at the filing, or anew when the answer was taken back; which pauses stop it: exactly
          the time in which the municipality was asked for dates; and that the first letter is due on its agreed day.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from inquiry.domain.calendar import BusinessCalendar
from inquiry.domain.correction import RETRACTIONS
from inquiry.domain.due import DueStep, Owed, Pause, due_at, explain_due
from inquiry.domain.inquiry import OPEN, Event, State
from inquiry.domain.reply import Channel
from inquiry.store.clocks import Clocked, Moment, clocked
from inquiry.store.inquiries import Inquiry, Scope, Step
from inquiry.workflow.timetables import timetable_of
from inquiry.workflow.work import Work

Timed = Inquiry | Clocked
_PAUSING: Final = (Event.ASK_DATES, Event.HEAR_QUESTION)
_ENDING_A_PAUSE: Final = (Event.SUPPLY_DATES, Event.WITHDRAW, Event.REFUSE)
_EVENTS: Final = (*RETRACTIONS, *_PAUSING, *_ENDING_A_PAUSE)


def clocks(work: Work, scope: Scope | None, states: Collection[str]) -> list[Clocked]:
    """Return what stands in these states, as far as the clock goes by it: of a scope, or of the whole country."""
    return clocked(work.session, scope, states=states, events=[str(event) for event in _EVENTS])


def due_of(work: Work, inquiry: Timed) -> datetime:
    """Return the moment by which the insurer must answer."""
    return due_at(owed(work, inquiry), timetable_of(work, inquiry.insurer_id))


def why_due(work: Work, inquiry: Inquiry) -> tuple[DueStep, ...]:
    """Return the steps that lead to the due moment, and a letter's day that was agreed too late to move it."""
    counted = owed(work, inquiry)
    if not retracted_at(inquiry) and inquiry.channel == Channel.LETTER and inquiry.needed_by != counted.agreed_on:
        counted = replace(counted, in_vain_on=inquiry.needed_by)
    return explain_due(counted, timetable_of(work, inquiry.insurer_id))


def owed(work: Work, inquiry: Timed) -> Owed:
    """Return what the clock counts: an answer taken back is owed anew, and the same day."""
    is_first = not retracted_at(inquiry)
    agreed_on = inquiry.agreed_on if is_first else None
    return Owed(began_at(inquiry), tuple(pauses_of(work, inquiry)), agreed_on)


def began_at(inquiry: Timed) -> datetime:
    """Return the moment from which the insurer owes the answer.

    An answer taken back is owed from then on; one that was to be a letter, from when that was given up.
    """
    places = retracted_at(inquiry)
    return inquiry.steps[places[-1]].at if places else inquiry.owed_from_at or inquiry.filed_at


def retracted_at(inquiry: Timed) -> list[int]:
    """Return the places in the timeline at which an answer was taken back."""
    steps: Sequence[Step | Moment] = inquiry.steps
    return [place for place, step in enumerate(steps) if step.event in RETRACTIONS]


def due_if_filed_now(work: Work, insurer_id: str, *, agreed_on: date | None = None) -> datetime:
    """Return the moment by which an inquiry would have to be answered if it were filed now."""
    return due_at(Owed(work.now, agreed_on=agreed_on), timetable_of(work, insurer_id))


def calendar_now(work: Work, insurer_id: str) -> BusinessCalendar:
    """Return the hours and closed days of an insurer as they are now."""
    return timetable_of(work, insurer_id).at(work.now)


def is_late(work: Work, inquiry: Timed) -> bool:
    """Say whether the answer was, or still is, later than due."""
    return (inquiry.answered_at or work.now) > due_of(work, inquiry)


def pauses_of(work: Work, inquiry: Timed) -> list[Pause]:
    """Return the times in which the clock stood still; one that goes on ends now."""
    pauses, asked_at = [], None
    places = retracted_at(inquiry)
    for step in inquiry.steps[places[-1] if places else 0 :]:
        if step.event in _PAUSING:
            asked_at = step.at
        elif asked_at is not None and step.event in _ENDING_A_PAUSE:
            pauses.append(Pause(asked_at, step.at))
            asked_at = None
    return [*pauses, Pause(asked_at, work.now)] if asked_at is not None else pauses


def open_dues(work: Work, insurer_id: str | None) -> dict[str, datetime]:
    """Return when each open inquiry of an insurer is due, or of all of them where none is named; by their ids."""
    scope = None if insurer_id is None else Scope(insurer_id=insurer_id)
    return {inquiry.id: due_of(work, inquiry) for inquiry in clocks(work, scope, OPEN)}


def is_undelivered(inquiry: Timed) -> bool:
    """Say whether an answer was given and did not arrive, so that the municipality has none."""
    return State(inquiry.state) is State.ANSWERED and inquiry.answered_at is None
