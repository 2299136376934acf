"""What inquiries show of an insurer's difficulty, month by month (情報連携困難の根拠).

Source    memo 3(1) 「副本情報等の登録作業の遅延が著しく、かつ、…問合せに対して十分に対応することができない」.
Decides   which numbers are evidence, and how they are made of inquiries; no person stands in any of them.
Not here  what follows from the numbers: difficulty_rules.py. Where the inquiries come from: workflow/difficulty.py.
Units     durations are minutes of business hours.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

# What the network answers when the registered copy is missing, late or old (副本情報等の登録の遅れ).
REGISTRATION_ERRORS: Final = frozenset({"E01", "E02", "E03", "E04"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One inquiry as evidence sees it; `minutes` is how long the answer took, None where there is none."""

    reason: str
    minutes: int | None
    is_same_day: bool
    is_late: bool
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """One month of an insurer in numbers."""

    inquiries: int = 0
    by_reason: Mapping[str, int] = field(default_factory=dict)
    answered: int = 0
    same_day: int = 0
    late: int = 0
    refused: int = 0
    median_minutes: int | None = None
    ninth_decile_minutes: int | None = None
    copies_open: int = 0
    oldest_copy_days: int = 0

    def percent(self, part: int) -> int:
        """Return a number of inquiries in whole percent of all of the month, rounded down; of none, nothing."""
        return part * 100 // self.inquiries if self.inquiries else 0


@dataclass(slots=True)
class Gathering:
    """Inquiries on their way into one month's evidence."""

    reasons: Counter[str] = field(default_factory=Counter)
    minutes: list[int] = field(default_factory=list)
    same_day: int = 0
    late: int = 0
    refused: int = 0

    def add(self, asked: Asked) -> None:
        """Count one inquiry."""
        self.reasons[asked.reason] += 1
        self.same_day += asked.is_same_day
        self.late += asked.is_late
        self.refused += asked.is_refused
        if asked.minutes is not None:
            self.minutes.append(asked.minutes)

    def take_in(self, other: "Gathering") -> None:
        """Count everything that was counted elsewhere."""
        self.reasons += other.reasons
        self.minutes += other.minutes
        self.same_day += other.same_day
        self.late += other.late
        self.refused += other.refused

    def evidence(self, *, copies_open: int = 0, oldest_copy_days: int = 0) -> Evidence:
        """Return what was counted."""
        self.minutes.sort()
        return Evidence(
            inquiries=self.reasons.total(),
            by_reason=dict(sorted(self.reasons.items())),
            answered=len(self.minutes),
            same_day=self.same_day,
            late=self.late,
            refused=self.refused,
            median_minutes=percentile(self.minutes, 50),
            ninth_decile_minutes=percentile(self.minutes, 90),
            copies_open=copies_open,
            oldest_copy_days=oldest_copy_days,
        )


def percentile(ordered: list[int], percent: int) -> int | None:
    """Return the smallest value that so many percent do not exceed, or None of no values (nearest rank)."""
    if not ordered:
        return None
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


class Side(StrEnum):
    """The two halves of the memo's condition; an insurer is difficult only where both are met."""

    REGISTRATION = "registration"  # 副本情報等の登録の遅延
    ANSWERING = "answering"  # 問合せへの対応


class Measure(StrEnum):
    """A number of a month's evidence that a rule may look at; more is worse."""

    UNREGISTERED = "unregistered"  # 登録の遅れによる照会の件数
    COPIES_OPEN = "copies_open"  # 副本の登録・更新が済んでいない件数
    OLDEST_COPY_DAYS = "oldest_copy_days"  # そのうち最も古いものの日数
    LATE_PERCENT = "late_percent"  # 期限を過ぎた割合
    REFUSED_PERCENT = "refused_percent"  # 回答不能の割合
    NOT_SAME_DAY_PERCENT = "not_same_day_percent"  # 即日に回答しなかった割合
    NINTH_DECILE_HOURS = "ninth_decile_hours"  # 回答までの時間（９割がこの時間まで）


SIDES: Final[Mapping[Side, tuple[Measure, ...]]] = {
    Side.REGISTRATION: (Measure.UNREGISTERED, Measure.COPIES_OPEN, Measure.OLDEST_COPY_DAYS),
    Side.ANSWERING: (
        Measure.LATE_PERCENT,
        Measure.REFUSED_PERCENT,
        Measure.NOT_SAME_DAY_PERCENT,
        Measure.NINTH_DECILE_HOURS,
    ),
}


def measured(month: Evidence) -> dict[Measure, int]:
    """Return every measure of a month; hours are whole ones, rounded down."""
    return {
        Measure.UNREGISTERED: sum(month.by_reason.get(reason, 0) for reason in REGISTRATION_ERRORS),
        Measure.COPIES_OPEN: month.copies_open,
        Measure.OLDEST_COPY_DAYS: month.oldest_copy_days,
        Measure.LATE_PERCENT: month.percent(month.late),
        Measure.REFUSED_PERCENT: month.percent(month.refused),
        Measure.NOT_SAME_DAY_PERCENT: month.percent(month.inquiries - month.same_day),
        Measure.NINTH_DECILE_HOURS: (month.ninth_decile_minutes or 0) // 60,
    }
