"""What falls due by the clock alone, done in one go (日次の処理): changes, steps of an escalation, rosters that ended.

Source    memo 3(2) なお書き. What else follows from dates is computed when it is read and needs no run: due times,
          entries to be checked again, what the rules of the list propose.
Decides   that each thing is done by itself: one that cannot be done is named and stops no other. Looked at again once
          it is held, it is done once, however many run at a time.
Not here  when a change may hold: enacting.py. When a step is due: reminding.py. Why the people of a roster that is over
          may still be there: roster_clearing.py. What is looked at again on a later roster: rechecking.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from inquiry.domain.errors import InquiryError
from inquiry.domain.parties import Actor
from inquiry.workflow import batches, enacting, rechecking, reminding, roster_clearing, roster_switching
from inquiry.workflow.work import DatabaseTrouble, House, Work


class Part(StrEnum):
    """What may fall due."""

    CHANGES = "changes"  # 名簿の変更の反映
    STEPS = "steps"  # 督促
    IMPORTS = "imports"  # 途中で止まった名簿の取込の取りやめ
    ROSTERS = "rosters"  # 使い終わった名簿の消去
    NOBODY = "nobody"  # 該当者なしの見直し
    TABLES = "tables"  # 送信されなかった一括照会の表の削除


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that could not be done, by its row's identifier, and the code of why; nothing personal."""

    key: str
    code: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a part: how much was done, and what could not be."""

    part: Part
    done: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class _Duty:
    due: Callable[[Work], list[str]]
    do: Callable[[House, Actor, str], bool]


_Deed = Callable[[Work, str], bool]


def _in_one_unit(do: _Deed) -> Callable[[House, Actor, str], bool]:
    def done(house: House, actor: Actor, key: str) -> bool:
        with house.work(actor) as work:
            return do(work, key)

    return done


_DUTIES: Final = {
    Part.CHANGES: _Duty(enacting.due, _in_one_unit(enacting.enact_due)),
    Part.STEPS: _Duty(reminding.due, _in_one_unit(reminding.take)),
    Part.IMPORTS: _Duty(roster_switching.killed, roster_switching.discard_interrupted),
    Part.ROSTERS: _Duty(roster_clearing.due, roster_clearing.clear_one),
    Part.NOBODY: _Duty(rechecking.due, rechecking.finish),
    Part.TABLES: _Duty(batches.left_lying, _in_one_unit(batches.throw_away)),
}


def run(house: House, actor: Actor) -> list[Outcome]:
    """Do all that is due now; run again, or twice at a time, it does nothing twice."""
    return [_done(house, actor, part) for part in _DUTIES]


def press(house: House, actor: Actor) -> Outcome:
    """Take the steps of escalations that are due now, and nothing else."""
    return _done(house, actor, Part.STEPS)


def _done(house: House, actor: Actor, part: Part) -> Outcome:
    done, failures, duty = 0, [], _DUTIES[part]
    try:
        with house.reading(actor) as work:
            keys = duty.due(work)
    except (InquiryError, DatabaseTrouble) as error:
        return Outcome(part, 0, (Failure("", _code(error)),))
    for key in keys:
        try:
            done += duty.do(house, actor, key)
        except (InquiryError, DatabaseTrouble) as error:
            failures.append(Failure(key, _code(error)))
    return Outcome(part, done, tuple(failures))


def _code(error: Exception) -> str:
    return error.code if isinstance(error, InquiryError) else type(error).__name__
