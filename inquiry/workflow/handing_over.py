"""A delay or an apology reaches a municipality that is in the system without paper (文書の受渡し).

Source    memo annex STEP2 ④ 留意事項 (a delay is announced); STEP2 ⑤ (what was told wrongly is taken back).
Decides   which letters are handed over: those that tell nothing about the person. An answer never is, nor a question
          for dates; both have their own way through the gate.
Not here  making the letter: writing.py. Fetching an answer: delivering.py, settling.py.
"""

from typing import Final

from inquiry.documents.letter import LetterKind
from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.parties import Role, Side
from inquiry.store.inquiries import Inquiry
from inquiry.store.letters import WrittenLetter, letters_handed_over
from inquiry.workflow import writing
from inquiry.workflow.work import Work

KINDS: Final = (LetterKind.DELAY, LetterKind.APOLOGY)
HANDED_OVER: Final = "letter_handed_over"
RECEIVED: Final = "letter_received"


def may_be_handed_over(work: Work, inquiry: Inquiry, letter: WrittenLetter) -> bool:
    """Say whether a letter of the acting insurer's may reach the municipality in the system, and has not yet."""
    is_theirs = work.actor.role is Role.OFFICER and letter.kind in KINDS
    return is_theirs and letter.handed_over_at is None and Side.MUNICIPALITY not in work.outside(inquiry)


def hand_over(work: Work, inquiry_id: str, letter_id: str) -> WrittenLetter:
    """Let the municipality fetch a letter that was made; printing and posting it stays open.

    :raises NotFound: if it is absent, or another office's.
    :raises Forbidden: if it is of another kind, was handed over, or the municipality is outside the system.
    """
    inquiry = work.inquiry(inquiry_id)
    letter = next((each for each in writing.issued(work, inquiry) if each.id == letter_id), None)
    if letter is None:
        raise NotFound("letter:not_found")
    if not may_be_handed_over(work, inquiry, letter):
        raise Forbidden("letter:not_to_hand_over")
    letter.handed_over_at = work.now
    work.note(inquiry, HANDED_OVER, document=letter.document_number, kind=letter.kind)
    return letter


def handed_over(work: Work, inquiry: Inquiry) -> list[WrittenLetter]:
    """Return the letters that wait for the acting municipality, or were fetched, the newest first."""
    return letters_handed_over(work.session, inquiry.id) if work.actor.role is Role.CLERK else []


def receive(work: Work, inquiry_id: str, letter_id: str) -> tuple[WrittenLetter, bytes]:
    """Fetch a letter; the first time is its receipt, which both sides see, and every time is recorded.

    :raises NotFound: if none was handed over under this id.
    """
    inquiry = work.inquiry(inquiry_id)
    letter = next((each for each in handed_over(work, inquiry) if each.id == letter_id), None)
    if letter is None:
        raise NotFound("letter:not_found")
    if letter.received_at is None:
        letter.received_at, letter.received_by_name = work.now, work.actor.display_name
        work.note(inquiry, RECEIVED, document=letter.document_number, kind=letter.kind)
    else:
        work.record("letter:opened", inquiry, document=letter.document_number, kind=letter.kind)
    return letter, work.open_bytes(letter.file_ct, "written_letter.file", letter.id)
