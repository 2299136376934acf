"""Taking back an answer that was given (回答の取消し): why, and how far back that leads.

Source    memo annex STEP2 ④-⑤: only the right items about the right person may stand as an answer.
Decides   whether the person must be looked for again, or only the answer be prepared anew.
Not here  the arrows themselves: domain/inquiry.py.
"""

from enum import StrEnum

from inquiry.domain.inquiry import Event
from inquiry.domain.reply import ReplyKind


class Cause(StrEnum):
    """Why an answer is taken back (取消しの理由区分); the municipality is told this word and no more."""

    WRONG_PERSON = "wrong_person"  # 別の方の情報
    WRONG_FINDING = "wrong_finding"  # 該当の有無の誤り
    WRONG_CONTENT = "wrong_content"  # 回答した事項の誤り
    WRONG_DESTINATION = "wrong_destination"  # 送り先・方法の誤り
    RETURNED = "returned"  # 返戻・不達: the letter came back from the post office, or the mail did not arrive
    OTHER = "other"


RETRACTIONS = frozenset({Event.RETRACT_ANSWER, Event.RETRACT_FINDING})
_PERSON_IS_RIGHT = frozenset({Cause.WRONG_CONTENT, Cause.WRONG_DESTINATION, Cause.RETURNED})


def event_for(cause: Cause, kind: ReplyKind) -> Event:
    """Return the event that takes an answer back: where the person may be wrong, the finding goes with it.

    That nobody matched has no content of its own that could be wrong, so it is always looked for again.
    """
    is_person_right = cause in _PERSON_IS_RIGHT and kind is ReplyKind.ANSWER
    return Event.RETRACT_ANSWER if is_person_right else Event.RETRACT_FINDING
