"""Looking at inquiries: the queue, the page of one, the search by number (照会の閲覧).

Decides   what each reader sees, and that every reading of personal data is in the ledger.
"""

from dataclasses import dataclass
from datetime import datetime

from inquiry.domain.errors import NotFound
from inquiry.domain.inquiry import OPEN, State, waits_for
from inquiry.domain.member import CoverDates
from inquiry.domain.parties import Role, Side
from inquiry.domain.subject import Subject
from inquiry.store.answering import Answer, CallBack, answer_given, call_in_progress
from inquiry.store.inquiries import Inquiry, inquiry_numbered, inquiry_within
from inquiry.workflow.people import dates_from, subject_from
from inquiry.workflow.sharing import may_follow
from inquiry.workflow.work import Work

WAITING_FOR = {
    Role.OFFICER: [state for state in OPEN if waits_for(state) is Role.OFFICER],
    Role.CLERK: [State.CLARIFYING, State.ANSWERED, State.REFUSED],
}
CLOSED = [State.SETTLED, State.WITHDRAWN]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline as it is read: the remark is opened."""

    event: str
    at: datetime
    by_name: str
    by_organisation: str
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """One inquiry as its page shows it, opened."""

    inquiry: Inquiry
    subject: Subject
    note: str
    dates: CoverDates | None
    timeline: tuple[Line, ...]
    call: CallBack | None
    answer: Answer | None
    outside: frozenset[Side]


def page(work: Work, inquiry_id: str) -> Page:
    """Open one inquiry for its reader, and record that it was read.

    :raises NotFound: if it is absent, or somebody else's.
    """
    inquiry = work.inquiry(inquiry_id)
    work.record("inquiry:read", inquiry)
    return opened(work, inquiry)


def opened(work: Work, inquiry: Inquiry) -> Page:
    """Open what an inquiry holds sealed; the caller records the reading."""
    return Page(
        inquiry=inquiry,
        subject=subject_of(work, inquiry),
        note=work.open(inquiry.note_ct, "inquiry.note", inquiry.id) if inquiry.note_ct else "",
        dates=dates_of(work, inquiry),
        timeline=tuple(
            Line(
                event=step.event,
                at=step.at,
                by_name=step.by_name,
                by_organisation=step.by_organisation,
                note=work.open(step.note_ct, "step.note", step.id) if step.note_ct else "",
            )
            for step in inquiry.steps
            if may_follow(work.actor, step.event)
        ),
        call=call_in_progress(work.session, inquiry.id),
        answer=answer_given(work.session, inquiry.id),
        outside=work.outside(inquiry),
    )


def subject_of(work: Work, inquiry: Inquiry) -> Subject:
    """Open the person asked about; the caller records the reading."""
    return subject_from(work.open(inquiry.subject_ct, "inquiry.subject", inquiry.id))


def dates_of(work: Work, inquiry: Inquiry) -> CoverDates | None:
    """Open the dates the municipality supplied; the caller records the reading."""
    if inquiry.dates_ct is None:
        return None
    return dates_from(work.open(inquiry.dates_ct, "inquiry.dates", inquiry.id))


def listed(work: Work, inquiry_id: str) -> Inquiry:
    """Return an inquiry as lists show it: nothing sealed is opened.

    :raises NotFound: if it is absent, or somebody else's.
    """
    found = inquiry_within(work.session, work.scope, inquiry_id)
    if found is None:
        raise NotFound("inquiry:not_found")
    return found


def numbered(work: Work, number: str) -> Inquiry:
    """Return the inquiry with this receipt number.

    :raises NotFound: if there is none, or it is somebody else's.
    """
    found = inquiry_numbered(work.session, work.scope, number.strip().upper())
    if found is None:
        raise NotFound("inquiry:not_found")
    return found
