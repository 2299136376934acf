"""STEP2 ⑤ ⅱ afterwards: an answer that was mailed and did not arrive waits for an officer until it has (不達).

Source    memo annex STEP2 ⑤ ⅱ; memo annex STEP2 (原則、即日回答).
Decides   that an answer which did not arrive does not count as answered, and what ends the wait: somebody at the
          municipality says that it arrived after all, the answer is taken back, or the file goes out anew.
Not here  the outbox, which begins the wait: outbox.py. Taking an answer back: correcting.py.
"""

from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.parties import Role
from inquiry.mail.message import Kind
from inquiry.security import guard
from inquiry.store.answering import Answer
from inquiry.store.inquiries import Inquiry
from inquiry.store.outbox import OutgoingMail, undelivered
from inquiry.workflow.work import Work

ARRIVAL_CONFIRMED = "arrival_confirmed"


def waiting(work: Work) -> list[Inquiry]:
    """Return the acting insurer's inquiries whose answer was mailed and did not arrive, the oldest first."""
    return [inquiry for _, inquiry in undelivered(work.session, work.scope, kind=Kind.LOCKED_FILE)]


def of_inquiry(work: Work, inquiry: Inquiry) -> OutgoingMail | None:
    """Return the mail of an inquiry that did not arrive and that nobody has dealt with."""
    found = undelivered(work.session, work.scope, kind=Kind.LOCKED_FILE, inquiry_id=inquiry.id)
    return found[0][0] if found else None


def confirm_arrival(work: Work, inquiry_id: str, version: int, *, note: str) -> Inquiry:
    """Record that the municipality has the file after all, and who said so; it counts as answered when it was sent.

    :raises Forbidden: if no answer of the inquiry's waits for that.
    :raises InvalidValue: if it is not said who was asked, when and how.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    mail = of_inquiry(work, inquiry)
    if mail is None or mail.left_at is None:
        raise Forbidden("undelivered:nothing_waits")
    guard.enforce({"note": note})
    if not note.strip():
        raise InvalidValue("undelivered:told_missing", field="note")
    _arrived(work, inquiry, mail)
    work.note(inquiry, ARRIVAL_CONFIRMED, note=note, mail=mail.id)
    return inquiry


def used(work: Work, inquiry: Inquiry) -> None:
    """Take an answer that the municipality says it has used for one that arrived; the caller records the using.

    :raises Forbidden: if an officer says so, who has to ask the municipality first.
    """
    mail = of_inquiry(work, inquiry)
    if mail is None or mail.left_at is None:
        return
    if work.actor.role is Role.OFFICER:
        raise Forbidden("undelivered:ask_first")
    _arrived(work, inquiry, mail)


def _arrived(work: Work, inquiry: Inquiry, mail: OutgoingMail) -> None:
    mail.noticed_at, mail.noticed_by = work.now, work.actor.account_id
    inquiry.answered_at = work.session.get_one(Answer, mail.answer_id).given_at
