"""Insurers that go over into another from a day on (保険者の合併・承継).

Source    memo annex STEP1 ② ※1; memo annex STEP1 ※3: an inquiry goes to the insurer that is named, at its desk.
Decides   what becomes of an insurer that goes over: its desks and numbers end, what waits for them is stopped, what is
          open moves to the successor, with the copies still to be refreshed; what was answered stays with its history.
          Rosters and accounts stay where they are.
Not here  the second person and the day: workflow/enacting.py.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from inquiry.directory.amendments import SUCCESSOR
from inquiry.directory.contacts import CellChange
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.inquiry import OPEN, Event
from inquiry.domain.parties import Side
from inquiry.store.amendments import Amendment, open_amendments
from inquiry.store.answering import calls_of, identification_in_force, open_refreshes
from inquiry.store.inquiries import Inquiry, inquiries_to
from inquiry.store.insurers import (
    MAIN_DESK,
    Insurer,
    contact_in_force,
    desks_in_force,
    insurer_numbered,
    insurers_by_id,
    predecessors_of,
    successor_of,
)
from inquiry.store.sides import sides_at_work
from inquiry.workflow import amending, stopping
from inquiry.workflow.amending import Ground
from inquiry.workflow.work import Work


def propose(work: Work, successor_id: str, numbers: Sequence[str], ground: Ground) -> list[Amendment]:
    """Propose that the insurers with these numbers go over into another on the day of the ground.

    :raises NotFound: if there is no such successor.
    :raises InvalidValue: if a number names no insurer, one would in the end go over into itself, is gone already, or
        waits for another change; if the successor has no desk, or the ground or its day is missing.
    """
    successor = amending.held_insurer(work, successor_id)
    amending.check_ground(work, ground)
    if ground.from_on is None:
        raise InvalidValue("merger:day_missing", field="from_on")
    if contact_in_force(work.session, successor.id, MAIN_DESK) is None:
        raise InvalidValue("merger:successor_without_desk", field="numbers")
    if not numbers:
        raise InvalidValue("merger:numbers_missing", field="numbers")
    going = [_going_over(work, number, successor) for number in numbers]
    return [_proposed(work, each, successor, ground) for each in dict.fromkeys(going)]


def _proposed(work: Work, insurer: Insurer, successor: Insurer, ground: Ground) -> Amendment:
    cells = (CellChange(SUCCESSOR, "", amending.name_with_number(work, successor)),)
    amending.check_alone(work, insurer, cells, field="numbers")
    amendment = Amendment(insurer_id=insurer.id, desk=MAIN_DESK, successor_id=successor.id)
    return amending.propose(work, amendment, cells, ground=ground)


def _going_over(work: Work, number: str, successor: Insurer) -> Insurer:
    insurer = insurer_numbered(work.session, number, on=work.today)
    if insurer is None:
        raise InvalidValue("merger:insurer_unknown", field="numbers")
    if insurer.kind != successor.kind:
        raise InvalidValue("merger:other_kind", field="numbers")
    if insurer.successor_id is not None:
        raise InvalidValue("merger:gone_already", field="numbers")
    if insurer.id in _led_to(work, successor):
        raise InvalidValue("merger:cycle", field="numbers")
    return insurer


def _led_to(work: Work, insurer: Insurer) -> set[str]:
    """Return an insurer and all it goes over into, by mergers that hold and by those on their way."""
    on_their_way = {each.insurer_id: each.successor_id for each in open_amendments(work.session) if is_merger(each)}
    led: set[str] = set()
    following: str | None = insurer.id
    while following is not None and following not in led:
        led.add(following)
        following = work.session.get_one(Insurer, following).successor_id or on_their_way.get(following)
    return led


def is_merger(amendment: Amendment) -> bool:
    """Say whether a change is a merger."""
    return any(cell.column == SUCCESSOR for cell in amending.cells_of(amendment))


def coming_to(work: Work, insurer_id: str) -> list[Amendment]:
    """Return the mergers on their way by which an insurer takes over another."""
    return [each for each in open_amendments(work.session) if each.successor_id == insurer_id and is_merger(each)]


def carry_out(work: Work, amendment: Amendment) -> None:
    """Let an insurer go over into its successor.

    :raises Forbidden: if it went over into another meanwhile.
    """
    insurer = amending.held_insurer(work, amendment.insurer_id or "")
    if insurer.successor_id is not None:
        raise Forbidden("amendment:stale")
    insurer.successor_id = amendment.successor_id
    for desk in desks_in_force(work.session, insurer.id):
        desk.valid_to = work.now
    _end_numbers(insurer, before=amendment.from_on)
    work.session.flush()
    stopping.stop_with_insurer(work, insurer.id)
    successor = successor_of(work.session, insurer)
    moved = inquiries_to(work.session, insurer.id, [state.value for state in OPEN])
    for inquiry in moved:
        _move(work, inquiry, insurer, successor)
    work.record(
        "insurer:succeeded",
        insurer=insurer.id,
        successor=successor.id,
        inquiries=str(len(moved)),
        copies=str(_move_copies(work, insurer, successor)),
    )


def _move_copies(work: Work, insurer: Insurer, successor: Insurer) -> int:
    """Hand over the copies that are still to be refreshed, and return how many; their age stays."""
    copies = open_refreshes(work.session, insurer.id)
    for refresh in copies:
        refresh.insurer_id = successor.id
    return len(copies)


def _end_numbers(insurer: Insurer, *, before: date) -> None:
    last_on = before - timedelta(days=1)
    for number in insurer.numbers:
        if number.valid_to is None or number.valid_to > last_on:
            number.valid_to = max(last_on, number.valid_from)


def _move(work: Work, inquiry: Inquiry, insurer: Insurer, successor: Insurer) -> None:
    found = identification_in_force(work.session, inquiry.id)
    if found is not None:
        found.set_aside_at = work.now
    # Whom the gone insurer meant to call again, the successor does not know yet: it finds the member itself first.
    for call in calls_of(work.session, inquiry.id):
        call.try_again_at = None
    inquiry.insurer_id, inquiry.insurer = successor.id, successor
    is_at_work = Side.INSURER in sides_at_work(work.session, inquiry.municipality_code, successor.id)
    inquiry.insurer_joined_at = work.now if is_at_work else None
    work.advance(inquiry, Event.SUCCEED, insurer=insurer.id, successor=successor.id)


def predecessors(work: Work, insurer_id: str) -> list[Insurer]:
    """Return the insurers that went over into this one, those that went over into them included."""
    return predecessors_of(work.session, insurer_id)


def stands_for(work: Work, insurer: Insurer) -> Insurer | None:
    """Return into whom an insurer went over in the end, None for one that stands for itself."""
    last = successor_of(work.session, insurer)
    return None if last.id == insurer.id else last


def successors_of(work: Work, insurer_ids: Sequence[str]) -> dict[str, Insurer]:
    """Return into whom those of these insurers went over in the end that did."""
    found = insurers_by_id(work.session, frozenset(insurer_ids))
    return {each.id: last for each in found if (last := stands_for(work, each)) is not None}
