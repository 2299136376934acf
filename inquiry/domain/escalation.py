"""Who is told that an answer does not come, and when (督促の段階).

Source    memo 3(2) なお書き.
Decides   the order of the steps, how much business time lies before each to begin with; that each is taken once.
Not here  whether an inquiry is late: domain/due.py. Which desk of the ministry: directory/supervisors.py.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from inquiry.domain.errors import InvalidValue


class Level(StrEnum):
    """Who is told, in this order."""

    SUPERVISOR = "supervisor"  # 保険者の責任者
    PMO = "pmo"
    MINISTRY = "ministry"  # 所管課; the municipality calls or writes, this step reminds it to


class Reason(StrEnum):
    """Why somebody is told."""

    NO_CONTACT = "no_contact"  # 期限を過ぎても連絡がない
    OVERDUE = "overdue"
    DELAY_PASSED = "delay_passed"  # 連絡された見込みも過ぎた
    REFUSED = "refused"


# Business time since the answer was due, or was refused; the founding version, which PMO staff may change.
AFTER: Final[Mapping[Level, timedelta]] = {
    Level.SUPERVISOR: timedelta(),
    Level.PMO: timedelta(hours=8, minutes=45),
    Level.MINISTRY: timedelta(hours=26, minutes=15),
}


LONGEST: Final = timedelta(hours=200)


def check_waits(after: Mapping[Level, timedelta]) -> None:
    """Refuse waiting times by which somebody would be told before those who come first.

    :raises InvalidValue: naming the level that comes too early, or too late.
    """
    for level in Level:
        if not timedelta() <= after[level] <= LONGEST:
            raise InvalidValue("escalation_rules:wait_too_long", field=level)
    for earlier, later in pairwise(Level):
        if after[later] < after[earlier]:
            raise InvalidValue("escalation_rules:out_of_order", field=later)


def next_level(
    waited: timedelta, taken: Collection[Level], *, after: Mapping[Level, timedelta] = AFTER
) -> Level | None:
    """Return the next step that is not taken, if so much business time is enough for it."""
    coming = next((level for level in Level if level not in taken), None)
    return coming if coming is not None and waited >= after[coming] else None
