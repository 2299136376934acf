"""How far back an answer that was taken back leads."""

import pytest

from inquiry.domain.correction import Cause, event_for
from inquiry.domain.inquiry import Event
from inquiry.domain.reply import ReplyKind

PREPARED_ANEW, LOOKED_FOR_AGAIN = Event.RETRACT_ANSWER, Event.RETRACT_FINDING

#  why                       an answer           該当者なし
TABLE = [
    (Cause.WRONG_PERSON, LOOKED_FOR_AGAIN, LOOKED_FOR_AGAIN),
    (Cause.WRONG_FINDING, LOOKED_FOR_AGAIN, LOOKED_FOR_AGAIN),
    (Cause.WRONG_CONTENT, PREPARED_ANEW, LOOKED_FOR_AGAIN),
    (Cause.WRONG_DESTINATION, PREPARED_ANEW, LOOKED_FOR_AGAIN),
    (Cause.RETURNED, PREPARED_ANEW, LOOKED_FOR_AGAIN),
    (Cause.OTHER, LOOKED_FOR_AGAIN, LOOKED_FOR_AGAIN),
]


@pytest.mark.parametrize(("cause", "of_answer", "of_nobody"), TABLE)
def test_where_the_person_may_be_wrong_the_person_is_looked_for_again(cause, of_answer, of_nobody):
    assert event_for(cause, ReplyKind.ANSWER) is of_answer
    assert event_for(cause, ReplyKind.NOT_FOUND) is of_nobody


def test_every_cause_has_a_row():
    assert {row[0] for row in TABLE} == set(Cause)
