"""What became of the inquiries: counts with their intervals (Wilson, 95 %)."""

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt

_Z = 1.959964
RIGHT, NAMESAKE, WRONG = "one right", "namesake", "one wrong"
OUTCOMES = (RIGHT, NAMESAKE, WRONG, "several", "confirm", "none")


def wilson(found: int, number: int) -> tuple[float, float]:
    """Return the bounds between which the share lies, in 95 of 100 draws like this one."""
    if not number:
        return 0.0, 1.0
    share, spread = found / number, _Z * _Z / number
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / number + spread / (4 * number)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def percent(found: int, number: int) -> str:
    """Write a share with its interval."""
    low, high = wilson(found, number)
    return f"{100 * found / max(1, number):.2f} % ({100 * low:.2f}–{100 * high:.2f})"


@dataclass(slots=True)
class Tally:
    """The outcomes of some inquiries, and how many people were found among the possible ones."""

    outcomes: Counter[str] = field(default_factory=Counter)
    listed: int = 0  # inquiries about a member that found nobody
    shown: int = 0  # of these, how many show the person meant
    idle: int = 0  # lists shown to somebody who asked about no member

    @property
    def number(self) -> int:
        return sum(self.outcomes.values())

    def share(self, outcome: str) -> str:
        return percent(self.outcomes[outcome], self.number)
