"""STEP2 ③: who is asking, and how do they want the answer (照会者の確認).

Source    memo annex STEP2 ③; flowchart ※1 (letter: ask until when), ※3 (the insurer cannot do mail: say so).
Decides   that the inquirer was checked against the directory; which channel both sides agreed on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inquiry.directory.look_alikes import Comparison, differences
from inquiry.domain.errors import ForbiddenTransition, InvalidValue
from inquiry.domain.inquiry import Event
from inquiry.domain.reply import ANSWER_CHANNELS, Channel
from inquiry.security import guard
from inquiry.store.inquiries import Inquiry, desk_of
from inquiry.workflow import timing
from inquiry.workflow.work import Work


class RefusalReason(StrEnum):
    """Why an insurer cannot answer (回答できない理由)."""

    INQUIRER_NOT_CONFIRMED = "inquirer_not_confirmed"
    NOT_SINGLED_OUT = "not_singled_out"
    WITHHELD = "withheld"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What ③ settles: the channel, and for a letter the day it is needed by."""

    channel: Channel
    needed_by: date | None = None
    note: str = ""


def confirm(work: Work, inquiry_id: str, version: int, agreement: Agreement) -> Inquiry:
    """Record that the inquirer is who they say, after a look into the directory.

    :raises ForbiddenTransition: if that was done before.
    :raises InvalidValue: if the insurer does not offer the channel, or a letter lacks its day.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    if inquiry.confirmed_at is not None:
        raise ForbiddenTransition(inquiry.state, Event.CONFIRM_INQUIRER)
    guard.enforce({"note": agreement.note})
    check_channel(work, inquiry, agreement.channel)
    if agreement.channel is Channel.LETTER and agreement.needed_by is None:
        raise InvalidValue("filing:needed_by_missing", field="needed_by")
    changed = {} if inquiry.channel == agreement.channel else {"channel_was": inquiry.channel}
    _agree(work, inquiry, agreement)
    inquiry.confirmed_at = work.now
    work.advance(inquiry, Event.CONFIRM_INQUIRER, note=agreement.note, channel=agreement.channel, **changed)
    return inquiry


def _agree(work: Work, inquiry: Inquiry, agreement: Agreement) -> None:
    """Settle channel and day. What is late by then stays late; what is not, does not become so by being settled."""
    is_late = timing.is_late(work, inquiry)
    inquiry.channel, inquiry.needed_by = agreement.channel, agreement.needed_by
    if is_late:
        return
    if inquiry.agreed_on is not None and agreement.needed_by is None:
        inquiry.owed_from_at = work.now
    inquiry.agreed_on = agreement.needed_by


def channels_offered(work: Work, inquiry: Inquiry) -> tuple[Channel, ...]:
    """Return the channels that the insurer's desk offers; one that is on no list may use any."""
    desk = desk_of(work.session, inquiry)
    return tuple(channel for channel in ANSWER_CHANNELS if desk is None or channel in desk.channels)


def telephone_heard(inquiry: Inquiry) -> Comparison | None:
    """Lay the number the inquirer told beside the main line of the directory, where there are both."""
    if not inquiry.heard_telephone or not inquiry.municipality.main_line:
        return None
    return differences(inquiry.heard_telephone, inquiry.municipality.main_line)


def check_channel(work: Work, inquiry: Inquiry, channel: Channel) -> None:
    """Refuse a channel that the insurer's desk does not offer (memo annex ※3).

    :raises InvalidValue: naming the field ``channel``.
    """
    if channel not in channels_offered(work, inquiry):
        raise InvalidValue("filing:channel_not_offered", field="channel")


def refuse(work: Work, inquiry_id: str, version: int, *, reason: RefusalReason, note: str) -> Inquiry:
    """Tell the municipality that no answer can be given, and why (memo 3(2) なお書き).

    :raises InvalidValue: if the free reason is empty where it is all there is.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    guard.enforce({"note": note})
    if reason is RefusalReason.OTHER and not note.strip():
        raise InvalidValue("refusal:reason_missing", field="note")
    inquiry.refused_reason = reason
    work.advance(inquiry, Event.REFUSE, note=note, reason=reason)
    return inquiry


def announce_delay(work: Work, inquiry_id: str, version: int, *, expected_at: datetime, reason: str) -> Inquiry:
    """Tell the municipality beforehand that checking takes time (memo annex STEP2 ④ 留意事項); no clock stops.

    :raises InvalidValue: if the time is not ahead, or the reason is missing.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    guard.enforce({"reason": reason})
    if expected_at <= work.now:
        raise InvalidValue("delay:not_ahead", field="expected_at")
    if not reason.strip():
        raise InvalidValue("delay:reason_missing", field="reason")
    inquiry.expected_at = expected_at
    work.advance(inquiry, Event.ANNOUNCE_DELAY, note=reason, expected=expected_at.strftime("%Y-%m-%dT%H:%MZ"))
    return inquiry
