"""When an answer is due, computed each time it is read (回答期限).

Source    memo annex STEP2 (原則、即日回答).
Decides   when the clock begins: at the filing, or anew when the answer was taken back; and which pauses stop it:
          exactly the time in which the municipality was asked for dates.
"""

from datetime import datetime, timedelta
from typing import Final

from inquiry.directory.closed_days import closed_days
from inquiry.domain.calendar import BusinessCalendar, DueStep, Pause, due_at, explain_due
from inquiry.domain.correction import RETRACTIONS
from inquiry.domain.inquiry import Event
from inquiry.store.inquiries import Inquiry
from inquiry.workflow.work import JST, Work

CALENDAR: Final = BusinessCalendar(closed=closed_days())


def due_of(work: Work, inquiry: Inquiry) -> datetime:
    """Return the moment by which the insurer must answer."""
    return due_at(began_at(inquiry), CALENDAR, pauses=pauses_of(work, inquiry))


def began_at(inquiry: Inquiry) -> datetime:
    """Return the moment from which the insurer owes the answer: an answer taken back is owed from then on."""
    places = retracted_at(inquiry)
    return inquiry.steps[places[-1]].at if places else inquiry.filed_at


def retracted_at(inquiry: Inquiry) -> list[int]:
    """Return the places in the timeline at which an answer was taken back."""
    return [place for place, step in enumerate(inquiry.steps) if step.event in RETRACTIONS]


def due_if_filed_now(work: Work) -> datetime:
    """Return the moment by which an inquiry would have to be answered if it were filed now."""
    return due_at(work.now, CALENDAR)


def is_desk_open(work: Work) -> bool:
    """Say whether insurers' desks are at work now."""
    today, hours = work.today, CALENDAR.hours
    is_in_hours = hours.opens <= work.now.astimezone(JST).time() < hours.closes
    return is_in_hours and CALENDAR.closed.reason_on(today) is None


def desk_opens_at(work: Work) -> datetime | None:
    """Return when insurers' desks open next, or None while they are open."""
    if is_desk_open(work):
        return None
    opens = CALENDAR.opens_at(CALENDAR.business_day_from(work.today))
    if opens > work.now:
        return opens
    return CALENDAR.opens_at(CALENDAR.business_day_from(work.today + timedelta(days=1)))


def why_due(work: Work, inquiry: Inquiry) -> tuple[DueStep, ...]:
    """Return the steps that lead to the due moment."""
    return explain_due(began_at(inquiry), CALENDAR, pauses=pauses_of(work, inquiry))


def is_late(work: Work, inquiry: Inquiry) -> bool:
    """Say whether the answer was, or still is, later than due."""
    return (inquiry.answered_at or work.now) > due_of(work, inquiry)


def pauses_of(work: Work, inquiry: Inquiry) -> list[Pause]:
    """Return the times in which the clock stood still; one that goes on ends now."""
    pauses, asked_at = [], None
    places = retracted_at(inquiry)
    for step in inquiry.steps[places[-1] if places else 0 :]:
        if step.event in (Event.ASK_DATES, Event.HEAR_QUESTION):
            asked_at = step.at
        elif asked_at is not None and step.event in (Event.SUPPLY_DATES, Event.WITHDRAW, Event.REFUSE):
            pauses.append(Pause(asked_at, step.at))
            asked_at = None
    return [*pauses, Pause(asked_at, work.now)] if asked_at is not None else pauses
