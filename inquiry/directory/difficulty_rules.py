"""When an insurer is proposed for the list, and when for leaving it (掲載・解除の基準).

Source    memo 3(1); 「定期的に副本情報の作業状況を確認し、該当の保険者に変更があった場合には更新する」.
Decides   what is proposed, from months of evidence and the standing alone. A person decides whether it happens.

Each measure has two thresholds: from `enter` on it speaks for the list, below `leave` against it. Whoever is in
between keeps their standing, so that no insurer comes and goes with every month.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from inquiry.directory.difficulty import SIDES, Evidence, Measure, measured
from inquiry.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Threshold:
    """From `enter` on a measure is heavy, below `leave` it is light."""

    enter: int
    leave: int


STANDARD: Final[Mapping[Measure, Threshold]] = {
    Measure.UNREGISTERED: Threshold(20, 10),
    Measure.COPIES_OPEN: Threshold(50, 20),
    Measure.OLDEST_COPY_DAYS: Threshold(60, 30),
    Measure.LATE_PERCENT: Threshold(30, 15),
    Measure.REFUSED_PERCENT: Threshold(10, 5),
    Measure.NOT_SAME_DAY_PERCENT: Threshold(50, 30),
    Measure.NINTH_DECILE_HOURS: Threshold(16, 9),
}
MOST_MONTHS: Final = 12
LARGEST: Final = 9_999


@dataclass(frozen=True, slots=True)
class DifficultyRules:
    """The rules PMO staff set; a measure without thresholds is not looked at.

    A month with fewer inquiries than `least_inquiries` says nothing.
    :raises InvalidValue: if they could not tell anything, or an insurer would come and go.
    """

    thresholds: Mapping[Measure, Threshold]
    least_inquiries: int = 10
    months_to_enter: int = 2
    months_to_leave: int = 3
    days_to_object: int = 14

    def __post_init__(self) -> None:
        for measure, threshold in self.thresholds.items():
            if not 0 < threshold.leave < threshold.enter <= LARGEST:
                raise InvalidValue("difficulty_rules:leave_not_below_enter", field=f"{measure}_leave")
        for side, measures in SIDES.items():
            if not set(measures) & set(self.thresholds):
                raise InvalidValue(f"difficulty_rules:nothing_about_{side}", field=f"{measures[0]}_enter")
        for name in ("months_to_enter", "months_to_leave"):
            if not 1 <= getattr(self, name) <= MOST_MONTHS:
                raise InvalidValue("difficulty_rules:months", field=name)
        if self.least_inquiries < 1:
            raise InvalidValue("difficulty_rules:least_inquiries", field="least_inquiries")
        if not 1 <= self.days_to_object <= 90:
            raise InvalidValue("difficulty_rules:days_to_object", field="days_to_object")


class Verdict(StrEnum):
    """What one month says of an insurer."""

    HEAVY = "heavy"  # 掲載の基準以上
    BETWEEN = "between"  # 掲載の基準と解除の基準の間
    LIGHT = "light"  # 解除の基準未満
    UNKNOWN = "unknown"  # 照会が少なく判断できない


class Direction(StrEnum):
    """Which way a proposal goes."""

    ENTER = "enter"  # 掲載
    LEAVE = "leave"  # 解除


def verdict(month: Evidence, rules: DifficultyRules) -> Verdict:
    """Return what a month says: heavy if both sides are, light if either is (memo 3(1) 「かつ」)."""
    if month.inquiries < rules.least_inquiries:
        return Verdict.UNKNOWN
    values = measured(month)
    used = [
        [(values[each], rules.thresholds[each]) for each in side if each in rules.thresholds] for side in SIDES.values()
    ]
    if all(any(value >= threshold.enter for value, threshold in side) for side in used):
        return Verdict.HEAVY
    if any(all(value < threshold.leave for value, threshold in side) for side in used):
        return Verdict.LIGHT
    return Verdict.BETWEEN


def proposed(months: Sequence[Evidence], rules: DifficultyRules, *, is_listed: bool) -> Direction | None:
    """Return what is proposed from whole months, the oldest first, or None: the standing is kept."""
    wanted, needed, direction = (
        (Verdict.LIGHT, rules.months_to_leave, Direction.LEAVE)
        if is_listed
        else (Verdict.HEAVY, rules.months_to_enter, Direction.ENTER)
    )
    last = months[-needed:]
    if len(last) == needed and all(verdict(month, rules) is wanted for month in last):
        return direction
    return None
