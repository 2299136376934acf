"""Signs of an impostor, in a call, an inquiry or a change of a directory, for PMO staff to look at (不審な照会の記録).

Source    memo annex STEP2 ⑤ ⅰ (なりすまし防止); that PMO staff are told is this product's addition.
Decides   what is such a sign. Receipt number, parties and kind only: never a person asked about.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.security import guard
from inquiry.store.amendments import Amendment
from inquiry.store.answering import CallBack
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry
from inquiry.store.suspicions import SuspicionNote, locked_suspicion, suspicions_latest_first
from inquiry.workflow.work import Work

LONGEST_LIST: Final = 200


class Kind(StrEnum):
    """What was suspicious."""

    WRONG_WORDS = "wrong_words"  # 合言葉が一致しない
    NO_SUCH_PERSON = "no_such_person"  # その担当者はいない
    CALL_REFUSED = "call_refused"  # 通話を断られた
    CALLER_DOUBTED = "caller_doubted"  # 保険者の合言葉が違うと、市町村等が知らせた
    CHANGE_DENIED = "change_denied"  # 名簿の変更に心当たりがないと言われた
    LOOK_ALIKE = "look_alike"  # 名簿のものに似ている


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One note as PMO staff read it: their own words are opened."""

    note: SuspicionNote
    reason: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What was seen, what it resembles, and whose that is; nothing, where the sign is no likeness."""

    seen: str = ""
    resembles: str = ""
    owner: str = ""


def open_note(work: Work, inquiry: Inquiry, call: CallBack, kind: Kind) -> None:
    """Note that a call gave a sign of an impostor."""
    note = _noted(work, kind, Sign())
    note.inquiry_id, note.call_back_id = inquiry.id, call.id
    work.note(inquiry, "suspicion_opened", suspicion=note.id, kind=kind, call=call.id)


def open_sign(
    work: Work, kind: Kind, sign: Sign, *, inquiry: Inquiry | None = None, amendment: Amendment | None = None
) -> None:
    """Note a sign of an impostor in what came with an inquiry, or with a change of a directory."""
    note = _noted(work, kind, sign)
    if inquiry is not None:
        note.inquiry_id = inquiry.id
        work.note(inquiry, "suspicion_opened", suspicion=note.id, kind=kind)
    if amendment is not None:
        note.amendment_id = amendment.id
        work.record("suspicion:opened", suspicion=note.id, kind=kind, amendment=amendment.id)


def _noted(work: Work, kind: Kind, sign: Sign) -> SuspicionNote:
    note = SuspicionNote(
        id=new_id(),
        kind=kind,
        seen=sign.seen,
        resembles=sign.resembles,
        owner=sign.owner,
        opened_at=work.now,
        opened_by=work.actor.account_id,
    )
    work.session.add(note)
    return note


def listing(work: Work) -> list[Suspicion]:
    """Return the notes, those nobody looked at first."""
    notes = suspicions_latest_first(work.session, limit=LONGEST_LIST)
    return [Suspicion(note, _reason_of(work, note)) for note in notes]


def look(work: Work, suspicion_id: str, *, reason: str) -> SuspicionNote:
    """Record that PMO staff looked at a note, and what they made of it.

    :raises InvalidValue: if no reason is given.
    :raises NotFound: if there is no such note.
    :raises Forbidden: if somebody looked at it before.
    """
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("suspicion:reason_missing", field="reason")
    note = locked_suspicion(work.session, suspicion_id)
    if note is None:
        raise NotFound("suspicion:not_found")
    if note.looked_at is not None:
        raise Forbidden("suspicion:looked_at_already")
    note.looked_at, note.looked_by = work.now, work.actor.account_id
    note.reason_ct = work.seal(reason.strip(), "suspicion_note.reason", note.id)
    work.record("suspicion:looked_at", suspicion=note.id, kind=note.kind)
    return note


def _reason_of(work: Work, note: SuspicionNote) -> str:
    return work.open(note.reason_ct, "suspicion_note.reason", note.id) if note.reason_ct else ""
