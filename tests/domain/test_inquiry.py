"""The transition table against the memo's flowchart: every state × event is drawn, or refused."""

from itertools import product

import pytest

from inquiry.domain.correction import RETRACTIONS
from inquiry.domain.errors import ForbiddenTransition
from inquiry.domain.inquiry import ARROWS, OPEN, Event, State, arrow, may, waits_for
from inquiry.domain.parties import Role, Side

S, E = State, Event

# Each row is a state, each entry an event and where it leads; what does not stand here is refused.
TABLE = {
    S.FILED: {
        E.CONFIRM_INQUIRER: S.CONFIRMED,
        E.ANNOUNCE_DELAY: S.FILED,
        E.HEAR_ANSWER: S.ANSWERED,
        E.HEAR_QUESTION: S.CLARIFYING,
        E.WITHDRAW: S.WITHDRAWN,
        E.REFUSE: S.REFUSED,
        E.ESCALATE: S.FILED,
        E.SUCCEED: S.FILED,
    },
    S.CONFIRMED: {
        E.CONFIRM_INQUIRER: S.CONFIRMED,
        E.ANNOUNCE_DELAY: S.CONFIRMED,
        E.HEAR_ANSWER: S.ANSWERED,
        E.HEAR_QUESTION: S.CLARIFYING,
        E.FIND_NONE: S.NOT_FOUND,
        E.FIND_ONE: S.IDENTIFIED,
        E.FIND_SEVERAL: S.SEVERAL,
        E.WITHDRAW: S.WITHDRAWN,
        E.REFUSE: S.REFUSED,
        E.ESCALATE: S.CONFIRMED,
        E.SUCCEED: S.CONFIRMED,
        E.ACKNOWLEDGE: S.CONFIRMED,
    },
    S.SEVERAL: {
        E.ANNOUNCE_DELAY: S.SEVERAL,
        E.HEAR_ANSWER: S.ANSWERED,
        E.HEAR_QUESTION: S.CLARIFYING,
        E.IDENTIFY_AGAIN: S.CONFIRMED,
        E.ASK_DATES: S.CLARIFYING,
        E.WITHDRAW: S.WITHDRAWN,
        E.REFUSE: S.REFUSED,
        E.ESCALATE: S.SEVERAL,
        E.SUCCEED: S.CONFIRMED,
        E.ACKNOWLEDGE: S.SEVERAL,
    },
    S.CLARIFYING: {
        E.SUPPLY_DATES: S.CONFIRMED,
        E.WITHDRAW: S.WITHDRAWN,
        E.REFUSE: S.REFUSED,
        E.ESCALATE: S.CLARIFYING,
        E.SUCCEED: S.CLARIFYING,
        E.ACKNOWLEDGE: S.CLARIFYING,
    },
    S.IDENTIFIED: {
        E.ANNOUNCE_DELAY: S.IDENTIFIED,
        E.HEAR_ANSWER: S.ANSWERED,
        E.HEAR_QUESTION: S.CLARIFYING,
        E.IDENTIFY_AGAIN: S.CONFIRMED,
        E.ANSWER: S.ANSWERED,
        E.WITHDRAW: S.WITHDRAWN,
        E.REFUSE: S.REFUSED,
        E.ESCALATE: S.IDENTIFIED,
        E.SUCCEED: S.CONFIRMED,
        E.ACKNOWLEDGE: S.IDENTIFIED,
    },
    S.NOT_FOUND: {
        E.ANNOUNCE_DELAY: S.NOT_FOUND,
        E.HEAR_ANSWER: S.ANSWERED,
        E.HEAR_QUESTION: S.CLARIFYING,
        E.IDENTIFY_AGAIN: S.CONFIRMED,
        E.ANSWER: S.ANSWERED,
        E.WITHDRAW: S.WITHDRAWN,
        E.REFUSE: S.REFUSED,
        E.ESCALATE: S.NOT_FOUND,
        E.SUCCEED: S.CONFIRMED,
        E.ACKNOWLEDGE: S.NOT_FOUND,
    },
    S.ANSWERED: {
        E.RECEIVE: S.ANSWERED,
        E.ESCALATE: S.ANSWERED,
        E.HEAR_ANSWER: S.ANSWERED,
        E.SETTLE: S.SETTLED,
        E.RETRACT_ANSWER: S.IDENTIFIED,
        E.RETRACT_FINDING: S.CONFIRMED,
        E.ACKNOWLEDGE: S.ANSWERED,
    },
    S.REFUSED: {E.SETTLE: S.SETTLED, E.ESCALATE: S.REFUSED, E.ACKNOWLEDGE: S.REFUSED},
    S.SETTLED: {E.RETRACT_ANSWER: S.IDENTIFIED, E.RETRACT_FINDING: S.CONFIRMED},
    S.WITHDRAWN: {E.ACKNOWLEDGE: S.WITHDRAWN},
}


def test_the_table_has_a_row_for_every_state():
    assert set(TABLE) == set(State)


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_event_in_every_state_is_drawn_or_refused(state, event):
    if event in TABLE[state]:
        assert arrow(state, event).leads_to is TABLE[state][event]
    else:
        with pytest.raises(ForbiddenTransition):
            arrow(state, event)


def test_no_arrow_is_drawn_twice():
    assert len({(each.state, each.event) for each in ARROWS}) == len(ARROWS)


def test_an_answer_is_reached_only_over_confirming_and_identifying():
    forward = [each for each in ARROWS if each.event not in (*RETRACTIONS, E.HEAR_ANSWER)]
    before = {each.state for each in forward if each.leads_to is S.ANSWERED and each.state is not S.ANSWERED}
    assert before == {S.IDENTIFIED, S.NOT_FOUND}
    assert {each.state for each in forward if each.leads_to in before and each.state not in before} == {S.CONFIRMED}
    assert {each.state for each in forward if each.leads_to is S.CONFIRMED and each.state is not S.CONFIRMED} == {
        S.FILED,
        S.SEVERAL,
        S.CLARIFYING,
        S.IDENTIFIED,
        S.NOT_FOUND,
    }


def test_only_an_answer_that_was_given_is_taken_back_and_only_by_the_insurer():
    taking_back = [each for each in ARROWS if each.event in RETRACTIONS]
    assert {each.state for each in taking_back} == {S.ANSWERED, S.SETTLED}
    assert {role for each in taking_back for role in each.hand.roles_when(Side)} == {Role.OFFICER}
    assert {each.leads_to for each in taking_back} == {S.IDENTIFIED, S.CONFIRMED}


@pytest.mark.parametrize("event", [E.CONFIRM_INQUIRER, E.FIND_ONE, E.FIND_NONE, E.FIND_SEVERAL, E.ASK_DATES, E.ANSWER])
def test_only_the_insurer_confirms_identifies_asks_and_answers(event):
    for state in State:
        assert not may(state, event, Role.CLERK)
        assert not may(state, event, Role.PMO_STAFF)


@pytest.mark.parametrize("state", State)
def test_somebody_is_waited_for_exactly_while_something_is_left_to_do(state):
    assert (waits_for(state) is None) == (state in (S.SETTLED, S.WITHDRAWN))


# What each side can say by telephone or letter, so that the other may write it down while that side is outside.
SAID = {
    Side.MUNICIPALITY: ({E.SUPPLY_DATES, E.SETTLE, E.WITHDRAW, E.ACKNOWLEDGE}, Role.OFFICER),
    Side.INSURER: ({E.ANNOUNCE_DELAY, E.REFUSE, E.HEAR_ANSWER, E.HEAR_QUESTION}, Role.CLERK),
}


@pytest.mark.parametrize("side", Side)
def test_for_a_side_outside_the_other_writes_down_what_it_can_say_and_nothing_else(side):
    said, hand = SAID[side]
    written = {each.event for each in ARROWS if each.hand.side is side and hand in each.hand.roles_when({side})}
    assert written == said
    assert not any(hand in each.hand.roles_when(set(Side) - {side}) for each in ARROWS if each.hand.side is side)


def test_what_an_insurer_outside_said_nobody_writes_down_for_one_that_is_here():
    for state in State:
        assert not may(state, E.HEAR_ANSWER, Role.CLERK)
        assert not may(state, E.HEAR_QUESTION, Role.CLERK)
        assert not may(state, E.HEAR_ANSWER, Role.OFFICER, outside=set(Side))


@pytest.mark.parametrize("state", State)
def test_whoever_writes_for_a_side_is_the_one_who_is_waited_for(state):
    assert waits_for(state, {Side.INSURER}) in (Role.CLERK, None)
    assert waits_for(state, {Side.MUNICIPALITY}) in (Role.OFFICER, None)


def test_nothing_is_withdrawn_or_refused_after_the_answer():
    assert {each.state for each in ARROWS if each.event in (E.WITHDRAW, E.REFUSE)} == set(OPEN)
