"""What a change of the two directories waits for before it holds (名簿の変更の手続).

Source    memo 3(2) ※; memo annex STEP2 ⑤ i. That a number is looked at twice, waits, and is asked after under the old
          number is this product's own guard against whoever says "our number has changed".
Decides   which cells are dialled or mailed, what is added, and what a change waits for next.
Not here  keeping and applying changes: workflow/amending.py. Additions: workflow/adding.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from inquiry.directory.contacts import NUMBER_PERIODS, CellChange

# What somebody dials or writes to. A change of anything else deceives nobody into telling the wrong person.
NOTICE_ADDRESS: Final = "通知用メールアドレス"
DIALLED: Final = frozenset({"電話番号", "FAX", "代表電話番号", "メールドメイン", NOTICE_ADDRESS})
# Who receives a number that ends (its cell holds the number, then the insurer), and who takes over after a merger.
PASSED_TO: Final = "番号を引き継ぐ保険者"
SUCCESSOR: Final = "承継する保険者"
# A desk that ends: its cell holds the name of the desk, or of the insurer where it is the main one.
DESK_ENDED: Final = "終了する窓口"
# What leads inquiries to another insurer. Nobody is dialled for it, but one person alone never decides it.
LEADING_ELSEWHERE: Final = frozenset({NUMBER_PERIODS, PASSED_TO, SUCCESSOR})
# By these a clerk picks whom to ask: under another's name an insurer would be asked in its place.
NAMED: Final = frozenset({"保険者名称", "窓口名"})
# Of these one change at a time is on its way, or nobody could say which one was agreed to.
ONE_AT_A_TIME: Final = DIALLED | LEADING_ELSEWHERE | NAMED
COOLING_DAYS: Final = 3
RECHECK_DAYS: Final = 90
MOST_COOLING_DAYS: Final = 30
MOST_RECHECK_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Waits:
    """What PMO staff set: how many days a new number waits, and after how many an entry is checked again."""

    cooling_days: int = COOLING_DAYS
    recheck_days: int = RECHECK_DAYS


class Adds(StrEnum):
    """What a change puts on the contact list that was not there (照会窓口の追加); most changes add nothing."""

    NOTHING = ""
    INSURERS = "insurers"  # 一覧にない保険者と、その窓口
    DESKS = "desks"  # 一覧にある保険者の、新しい窓口


class Stage(StrEnum):
    """What a change waits for (変更の段階)."""

    OBJECTED = "objected"  # 承継する保険者の異議への判断待ち
    PROPOSED = "proposed"  # もう一人の確認待ち
    CALL_WANTED = "call_wanted"  # 変更前の番号への確認待ち
    COOLING = "cooling"  # 待ち期間中、適用日待ち
    READY = "ready"  # 反映できる
    IN_FORCE = "in_force"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a change has come; a moment is None until it has come."""

    is_second_wanted: bool
    is_call_wanted: bool
    from_on: date
    approved_at: datetime | None = None
    waits_until: datetime | None = None
    called_at: datetime | None = None
    objected_at: datetime | None = None
    overruled_at: datetime | None = None
    took_effect_at: datetime | None = None
    stopped_at: datetime | None = None


def new_numbers(cells: Iterable[CellChange]) -> list[CellChange]:
    """Return the changes that put a number or domain where it would be dialled or written to."""
    return [cell for cell in cells if cell.column in DIALLED and cell.new]


def wants_second(cells: Iterable[CellChange]) -> bool:
    """Say whether a second person looks at these changes, whoever proposed them."""
    changed = tuple(cells)
    return bool(new_numbers(changed)) or any(cell.column in LEADING_ELSEWHERE | NAMED for cell in changed)


def replaced_numbers(cells: Iterable[CellChange]) -> list[CellChange]:
    """Return the changes that put a number or domain in the place of another, which is asked before."""
    return [cell for cell in new_numbers(cells) if cell.old]


def stage_of(progress: Progress, now: datetime, *, today: date) -> Stage:
    """Return what a change waits for next; `today` is the day in Japan."""
    if progress.stopped_at is not None:
        return Stage.STOPPED
    if progress.took_effect_at is not None:
        return Stage.IN_FORCE
    if progress.objected_at is not None and progress.overruled_at is None:
        return Stage.OBJECTED
    if progress.is_second_wanted and progress.approved_at is None:
        return Stage.PROPOSED
    if progress.is_call_wanted and progress.called_at is None:
        return Stage.CALL_WANTED
    is_waiting = progress.waits_until is not None and now < progress.waits_until
    return Stage.COOLING if is_waiting or today < progress.from_on else Stage.READY
