"""STEP2 ⑤ several, ※6: when did cover begin or end (追加情報の依頼と回答).

Source    memo annex STEP2 ⑤ なお書き, ※6; flowchart: the question travels by telephone ※5 or document.
Decides   how the question reaches the municipality, and that its answer leads back to ④; that what was said in an
          earlier round still counts, so that nobody whom those dates exclude is found by others alone.
"""

from collections.abc import Collection
from dataclasses import replace

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import Event
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Side
from inquiry.domain.reply import Channel, Reply, ReplyKind, check_disclosable
from inquiry.security import guard
from inquiry.store.answering import identification_in_force
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import calling
from inquiry.workflow.people import dates_as_json
from inquiry.workflow.viewing import dates_of
from inquiry.workflow.work import Work

QUESTION_PRINTED = "question_printed"


def ask(work: Work, inquiry_id: str, version: int, *, channel: Channel, question: str) -> Inquiry:
    """Ask the municipality for the dates of acquisition and loss, on its page or during a confirmed call.

    :raises NotDisclosable: if the channel's own condition is not met.
    """
    inquiry = work.inquiry(inquiry_id, version=version, besides=(QUESTION_PRINTED,))
    guard.enforce({"question": question})
    call = calling.confirmed_call(work, inquiry)
    found = identification_in_force(work.session, inquiry.id)
    check_disclosable(
        Reply(
            kind=ReplyKind.DATES_REQUEST,
            channel=channel,
            is_inquirer_confirmed=inquiry.confirmed_at is not None,
            finding=Finding(found.finding) if found else None,
            equal=frozenset(),
            items_told=frozenset(),
            items_asked=frozenset(inquiry.items),
            items_allowed=frozenset(),
            is_call_confirmed=call is not None,
            is_released=_is_printed(inquiry),
        )
    )
    if channel is Channel.PAGE and Side.MUNICIPALITY in work.outside(inquiry):
        raise Forbidden("clarifying:nobody_reads_the_page")
    if call is not None and channel is Channel.CALL_BACK:
        calling.tick(work, inquiry, "dates_request")
    work.advance(inquiry, Event.ASK_DATES, note=question, channel=channel)
    return inquiry


def _is_printed(inquiry: Inquiry) -> bool:
    """Say whether the question was printed since several were last found."""
    events = [step.event for step in inquiry.steps]
    since = len(events) - events[::-1].index(Event.FIND_SEVERAL) if Event.FIND_SEVERAL in events else 0
    return QUESTION_PRINTED in events[since:]


def supply(
    work: Work, inquiry_id: str, version: int, dates: CoverDates, *, cleared: Collection[str] = (), note: str = ""
) -> Inquiry:
    """Write down what the municipality knows of acquisition and loss; the insurer then identifies again.

    An officer may do so for a municipality that is outside the system. A date of an earlier round stays where none is
    stated now, unless it is among those `cleared`, by the names of `CoverDates`: only who saw it could clear it.
    :raises InvalidValue: if no date is given or taken back, nor a remark, or loss comes before acquisition.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    guard.enforce({"note": note})
    before = dates_of(work, inquiry) or CoverDates()
    left = replace(before, **dict.fromkeys(cleared))
    if dates.is_empty and left == before and not note.strip():
        raise InvalidValue("dates:missing", field="acquired")
    dates = dates.beside(left)
    if dates.acquired and dates.lost and _is_before(dates.lost, dates.acquired):
        raise InvalidValue("dates:loss_before_acquisition", field="lost")
    inquiry.dates_ct = work.seal(dates_as_json(dates), "inquiry.dates", inquiry.id)
    _set_identification_aside(work, inquiry)
    work.advance(inquiry, Event.SUPPLY_DATES, note=note)
    return inquiry


def _is_before(day: PartialDate, other: PartialDate) -> bool:
    """Say whether a day is surely before another, by the parts that both have."""
    known = 1 + (day.month is not None and other.month is not None) + (day.is_complete and other.is_complete)
    return day.isoformat().split("-")[:known] < other.isoformat().split("-")[:known]


def _set_identification_aside(work: Work, inquiry: Inquiry) -> None:
    earlier = identification_in_force(work.session, inquiry.id)
    if earlier is not None:
        earlier.set_aside_at = work.now
