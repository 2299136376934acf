"""The life of one inquiry (照会): its states, and the only arrows between them.

Source    memo annex STEP1-3 and flowchart; memo 3(2) なお書き.
Decides   which event may happen in which state, by whose hand, and where it leads.
Not here  what is *computed* from dates and events (overdue, waiting for whom): domain/calendar.py and `waits_for`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from inquiry.domain.errors import ForbiddenTransition
from inquiry.domain.parties import Role, Side


class State(StrEnum):
    """Where an inquiry stands."""

    FILED = "filed"  # 照会者の確認待ち
    CONFIRMED = "confirmed"  # 加入者の確認待ち
    SEVERAL = "several"  # 複数該当
    CLARIFYING = "clarifying"  # 追加情報の回答待ち
    IDENTIFIED = "identified"  # 該当者特定・回答待ち
    NOT_FOUND = "not_found"  # 該当者なし・回答待ち
    ANSWERED = "answered"  # 回答済
    SETTLED = "settled"  # 対応終了
    WITHDRAWN = "withdrawn"  # 取下げ
    REFUSED = "refused"  # 回答不能


class Event(StrEnum):
    """What may happen to an inquiry."""

    CONFIRM_INQUIRER = "confirm_inquirer"
    ANNOUNCE_DELAY = "announce_delay"
    FIND_NONE = "find_none"
    FIND_ONE = "find_one"
    FIND_SEVERAL = "find_several"
    IDENTIFY_AGAIN = "identify_again"
    ASK_DATES = "ask_dates"
    SUPPLY_DATES = "supply_dates"
    ANSWER = "answer"
    RECEIVE = "receive"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    REFUSE = "refuse"
    ESCALATE = "escalate"
    RETRACT_ANSWER = "retract_answer"
    RETRACT_FINDING = "retract_finding"
    ACKNOWLEDGE = "acknowledge"
    HEAR_ANSWER = "hear_answer"
    HEAR_QUESTION = "hear_question"
    SUCCEED = "succeed"


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose step it is, and who writes it down: other people may where that side has nobody in the system."""

    side: Side
    roles: frozenset[Role]
    roles_for_one_outside: frozenset[Role]

    def roles_when(self, outside: Collection[Side]) -> frozenset[Role]:
        """Return who may draw the arrow while these sides are outside the system."""
        return self.roles_for_one_outside if self.side in outside else self.roles


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow of the diagram: an event in a state, where it leads, whose hand draws it, and why."""

    state: State
    event: Event
    leads_to: State
    hand: Hand
    clause: str


_CLERK = Hand(Side.MUNICIPALITY, frozenset({Role.CLERK}), frozenset({Role.CLERK}))
_OFFICER = Hand(Side.INSURER, frozenset({Role.OFFICER}), frozenset({Role.OFFICER}))
# What a side does of its own accord, and can say by telephone or letter as well: whoever is told writes it down.
_MUNICIPALITY = Hand(Side.MUNICIPALITY, frozenset({Role.CLERK}), frozenset({Role.CLERK, Role.OFFICER}))
_INSURER = Hand(Side.INSURER, frozenset({Role.OFFICER}), frozenset({Role.OFFICER, Role.CLERK}))

# What an insurer outside the system answered, as it reached the municipality: nobody else could write it down.
_HEARER = Hand(Side.INSURER, frozenset(), frozenset({Role.CLERK}))

# The insurer was merged into another; the one who records the merger moves what is open.
_DIRECTORY = Hand(Side.INSURER, frozenset({Role.PMO_STAFF, Role.OPERATOR}), frozenset({Role.PMO_STAFF, Role.OPERATOR}))

OPEN = (State.FILED, State.CONFIRMED, State.SEVERAL, State.CLARIFYING, State.IDENTIFIED, State.NOT_FOUND)
_AT_INSURER = tuple(state for state in OPEN if state is not State.CLARIFYING)
_FOUND = (State.IDENTIFIED, State.NOT_FOUND, State.SEVERAL)
GIVEN = (State.ANSWERED, State.SETTLED)
# Wherever an inquiry may stand once its answer was taken back; nothing is settled before that is acknowledged.
_AFTER_CONFIRMING = tuple(state for state in State if state not in (State.FILED, State.SETTLED))


def _from_each(
    states: Iterable[State], event: Event, leads_to: State | None, hand: Hand, clause: str
) -> tuple[Arrow, ...]:
    return tuple(Arrow(state, event, leads_to or state, hand, clause) for state in states)


ARROWS: tuple[Arrow, ...] = (
    Arrow(State.FILED, Event.CONFIRM_INQUIRER, State.CONFIRMED, _OFFICER, "memo annex STEP2 ③"),
    # An insurer that joins after the dates were told has not looked yet at who is asking.
    Arrow(State.CONFIRMED, Event.CONFIRM_INQUIRER, State.CONFIRMED, _OFFICER, "memo annex STEP2 ③"),
    *_from_each(_AT_INSURER, Event.ANNOUNCE_DELAY, None, _INSURER, "memo annex STEP2 ④ 留意事項"),
    Arrow(State.CONFIRMED, Event.FIND_NONE, State.NOT_FOUND, _OFFICER, "memo annex flowchart 該当者あり NO"),
    Arrow(State.CONFIRMED, Event.FIND_ONE, State.IDENTIFIED, _OFFICER, "memo annex flowchart 該当者が複数名 NO"),
    Arrow(State.CONFIRMED, Event.FIND_SEVERAL, State.SEVERAL, _OFFICER, "memo annex flowchart 該当者が複数名 YES"),
    *_from_each(_FOUND, Event.IDENTIFY_AGAIN, State.CONFIRMED, _OFFICER, "memo annex STEP2 ④"),
    # What one insurer's roster found, another's has to find again.
    *_from_each(_FOUND, Event.SUCCEED, State.CONFIRMED, _DIRECTORY, "memo annex STEP2 ④"),
    *_from_each((state for state in OPEN if state not in _FOUND), Event.SUCCEED, None, _DIRECTORY, "memo 3(2) ※"),
    Arrow(State.SEVERAL, Event.ASK_DATES, State.CLARIFYING, _OFFICER, "memo annex STEP2 ⑤ なお書き"),
    Arrow(State.CLARIFYING, Event.SUPPLY_DATES, State.CONFIRMED, _MUNICIPALITY, "memo annex ※6"),
    Arrow(State.IDENTIFIED, Event.ANSWER, State.ANSWERED, _OFFICER, "memo annex STEP2 ⑤"),
    Arrow(State.NOT_FOUND, Event.ANSWER, State.ANSWERED, _OFFICER, "memo annex STEP2 ⑤ 該当者なし"),
    Arrow(State.ANSWERED, Event.RECEIVE, State.ANSWERED, _CLERK, "memo annex STEP3 ⑥"),
    Arrow(State.ANSWERED, Event.SETTLE, State.SETTLED, _MUNICIPALITY, "memo annex STEP3 ⑥"),
    Arrow(State.REFUSED, Event.SETTLE, State.SETTLED, _MUNICIPALITY, "memo annex STEP3 ⑥"),
    *_from_each(OPEN, Event.WITHDRAW, State.WITHDRAWN, _MUNICIPALITY, "memo annex STEP1 ②"),
    *_from_each(OPEN, Event.REFUSE, State.REFUSED, _INSURER, "memo 3(2) なお書き"),
    # Of an answer that was given but did not arrive the municipality has nothing.
    *_from_each((*OPEN, State.REFUSED, State.ANSWERED), Event.ESCALATE, None, _CLERK, "memo 3(2) なお書き"),
    *_from_each((*_AT_INSURER, State.ANSWERED), Event.HEAR_ANSWER, State.ANSWERED, _HEARER, "memo annex STEP2 ⑤"),
    *_from_each(_AT_INSURER, Event.HEAR_QUESTION, State.CLARIFYING, _HEARER, "memo annex STEP2 ⑤ なお書き"),
    *_from_each(GIVEN, Event.RETRACT_ANSWER, State.IDENTIFIED, _OFFICER, "memo annex STEP2 ⑤"),
    *_from_each(GIVEN, Event.RETRACT_FINDING, State.CONFIRMED, _OFFICER, "memo annex STEP2 ④"),
    *_from_each(_AFTER_CONFIRMING, Event.ACKNOWLEDGE, None, _MUNICIPALITY, "memo annex STEP3 ⑥"),
)

_TABLE: dict[tuple[State, Event], Arrow] = {(arrow.state, arrow.event): arrow for arrow in ARROWS}


def arrow(state: State, event: Event) -> Arrow:
    """Return the arrow for an event in a state.

    :raises ForbiddenTransition: if none is drawn.
    """
    drawn = _TABLE.get((state, event))
    if drawn is None:
        raise ForbiddenTransition(state, event)
    return drawn


def may(state: State, event: Event, role: Role, *, outside: Collection[Side] = ()) -> bool:
    """Say whether the arrow is drawn and this role may draw it while these sides are outside the system."""
    drawn = _TABLE.get((state, event))
    return drawn is not None and role in drawn.hand.roles_when(outside)


def shown_to(role: Role, state: State) -> State:
    """Return the state as somebody may see it: what was found is the insurer's alone until the gate lets it pass.

    That nobody matched is personal information too (memo annex ※5), so no list or page says it before the answer.
    """
    return State.CONFIRMED if state in _FOUND and role is not Role.OFFICER else state


def waits_for(state: State, outside: Collection[Side] = ()) -> Role | None:
    """Return whose turn it is, or None when nobody has anything left to do; whoever writes for a side waits for it."""
    if state in _AT_INSURER:
        return Role.CLERK if Side.INSURER in outside else Role.OFFICER
    if state in (State.CLARIFYING, State.ANSWERED, State.REFUSED):
        return Role.OFFICER if Side.MUNICIPALITY in outside else Role.CLERK
    return None
