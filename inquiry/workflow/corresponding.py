"""STEP1 ② and STEP2 by telephone and paper: writing down what passes with an insurer outside (保険者との電話・文書).

Source    memo annex STEP1 ② ※2, ※3; STEP2 ④-⑤; memo 3(2) なお書き.
Decides   that a number dialled is the contact list's and one called back on is our own main line; that what the
          insurer said moves the inquiry as if the insurer had pressed the button itself.
Not here  the disclosure gate: it is the insurer who decided what to tell, and told it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from inquiry.domain.correspondence import EVENTS, OURS, TELEPHONE, Way, Word, check_way
from inquiry.domain.errors import Forbidden, ForbiddenTransition, InvalidValue
from inquiry.domain.inquiry import OPEN, Event, State, may
from inquiry.domain.parties import Role, Side
from inquiry.security import guard
from inquiry.store import inquiries
from inquiry.store.base import new_id
from inquiry.store.corresponding import Correspondence, correspondence_of, latest_of
from inquiry.store.inquiries import Inquiry
from inquiry.store.insurers import ContactEntry
from inquiry.workflow import resembling
from inquiry.workflow.answering import guard_items
from inquiry.workflow.confirming import RefusalReason
from inquiry.workflow.work import Work

CONTACTED = "insurer_contacted"
_ANSWERS = (Word.ANSWER, Word.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call, letter or file as the clerk saw it: `speaker` is whom they spoke with, or who signed."""

    word: Word
    way: Way
    at: datetime
    speaker: str = ""
    remark: str = ""
    document_number: str = ""
    document_on: date | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    expected_at: datetime | None = None
    refusal: RefusalReason | None = None

    def texts(self) -> dict[str, str]:
        """Return what was typed freely, for the guard."""
        return {"speaker": self.speaker, "remark": self.remark, "document_number": self.document_number}


@dataclass(frozen=True, slots=True)
class Said:
    """One correspondence as it is read: what it said is opened."""

    row: Correspondence
    speaker: str
    remark: str
    items: dict[str, str]


def record(work: Work, inquiry_id: str, version: int, exchange: Exchange) -> Inquiry:
    """Write down what passed with an insurer outside; what it said moves the inquiry.

    :raises InvalidValue: naming the field that is missing or cannot be.
    :raises Forbidden: if the insurer is in the system and acts for itself.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    if not writes_for_insurer(work, inquiry):
        raise Forbidden("corresponding:insurer_is_here")
    guard.enforce(exchange.texts())
    guard_items(exchange.items)
    check_way(exchange.word, exchange.way)
    _check_time(work, inquiry, exchange)
    _check_content(inquiry, exchange)
    number = _number(work, inquiry, exchange)
    row = _keep(work, inquiry, exchange, number=number)
    _move(work, inquiry, exchange, row)
    resembling.note_names(work, inquiry, exchange.speaker)
    return inquiry


def writes_for_insurer(work: Work, inquiry: Inquiry) -> bool:
    """Say whether the actor is the municipality and the insurer outside the system."""
    return work.actor.role is Role.CLERK and Side.INSURER in work.outside(inquiry)


def words_for(inquiry: Inquiry) -> tuple[Word, ...]:
    """Return what may be written down in the state of an inquiry whose insurer is outside."""
    state = State(inquiry.state)
    return tuple(word for word in Word if _is_open_for(word, state))


def _is_open_for(word: Word, state: State) -> bool:
    happened = EVENTS.get(word)
    return state in OPEN if happened is None else may(state, happened, Role.CLERK, outside={Side.INSURER})


def desk_of(work: Work, inquiry: Inquiry) -> ContactEntry | None:
    """Return the insurer's desk as the contact list has it today: the only numbers to dial and to fax to."""
    return inquiries.desk_of(work.session, inquiry)


def _check_time(work: Work, inquiry: Inquiry, exchange: Exchange) -> None:
    if exchange.at > work.now:
        raise InvalidValue("corresponding:ahead", field="on")
    if exchange.at < inquiry.filed_at.replace(second=0, microsecond=0):
        raise InvalidValue("corresponding:before_filing", field="on")
    if exchange.document_on is not None and exchange.document_on > work.today:
        raise InvalidValue("corresponding:document_ahead", field="document_on")


def _check_content(inquiry: Inquiry, exchange: Exchange) -> None:
    if exchange.way in TELEPHONE and exchange.word not in OURS and not exchange.speaker.strip():
        raise InvalidValue("corresponding:speaker_missing", field="speaker")
    for code in exchange.items:
        if code not in inquiry.items:
            raise InvalidValue("gate:item_not_asked", field=code)
    has_items = any(text.strip() for text in exchange.items.values())
    if exchange.word is Word.ANSWER and not has_items:
        raise InvalidValue("corresponding:nothing_told", field=inquiry.items[0])
    if exchange.word is not Word.ANSWER and has_items:
        raise InvalidValue("corresponding:items_without_answer", field="word")
    if exchange.word is Word.DELAY and exchange.expected_at is None:
        raise InvalidValue("corresponding:expected_missing", field="expected_on")
    if exchange.word is Word.REFUSED and exchange.refusal is None:
        raise InvalidValue("corresponding:refusal_missing", field="refusal")


def _number(work: Work, inquiry: Inquiry, exchange: Exchange) -> str:
    """Return the number of the call or fax: never one that was typed."""
    if exchange.way is Way.CALLED_BACK:
        return inquiry.municipality.main_line
    desk = desk_of(work, inquiry)
    if exchange.way is Way.CALLED:
        return desk.telephone if desk else ""
    if exchange.way is Way.FAX and exchange.word is Word.SENT:
        if desk is None or not desk.fax:
            raise InvalidValue("corresponding:no_fax", field="way")
        return desk.fax
    return ""


def _keep(work: Work, inquiry: Inquiry, exchange: Exchange, *, number: str) -> Correspondence:
    row = Correspondence(
        id=new_id(),
        inquiry_id=inquiry.id,
        word=exchange.word,
        way=exchange.way,
        number=number,
        document_number=exchange.document_number.strip(),
        document_on=exchange.document_on,
        at=exchange.at,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    told = {code: text.strip() for code, text in exchange.items.items() if text.strip()}
    said = {"speaker": exchange.speaker.strip(), "remark": exchange.remark.strip(), "items": told}
    row.said_ct = work.seal(said, "correspondence.said", row.id)
    work.session.add(row)
    return row


def _move(work: Work, inquiry: Inquiry, exchange: Exchange, row: Correspondence) -> None:
    refs = {"correspondence": row.id, "kind": exchange.word, "way": exchange.way}
    happened = EVENTS.get(exchange.word)
    if happened is None:
        if not _is_open_for(exchange.word, State(inquiry.state)):
            raise ForbiddenTransition(inquiry.state, CONTACTED)
        work.note(inquiry, CONTACTED, **refs)
        return
    if happened is Event.HEAR_ANSWER:
        inquiry.answered_at = exchange.at
    if happened is Event.ANNOUNCE_DELAY:
        inquiry.expected_at = exchange.expected_at
    if exchange.refusal is not None and happened is Event.REFUSE:
        inquiry.refused_reason = exchange.refusal
    work.advance(inquiry, happened, **refs)


def history(work: Work, inquiry: Inquiry) -> tuple[Said, ...]:
    """Return what passed, the latest first; the caller records the reading."""
    return tuple(_opened(work, row) for row in correspondence_of(work.session, inquiry.id))


def answer_heard(work: Work, inquiry: Inquiry) -> Said | None:
    """Return the answer that stands as it was heard; recorded as a reading."""
    row = latest_of(work.session, inquiry.id, _ANSWERS)
    if row is None or inquiry.answered_at is None:
        return None
    work.record("answer:read", inquiry, correspondence=row.id)
    return _opened(work, row)


def _opened(work: Work, row: Correspondence) -> Said:
    said: dict[str, Any] = work.open(row.said_ct, "correspondence.said", row.id)
    return Said(row, said["speaker"], said["remark"], said["items"])
