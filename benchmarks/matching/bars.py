"""The bars that matching has to meet, and the guard against namesakes (一意でも同一人とは限らない).

A bar is met by what was measured, not by the bound of its interval; both are printed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.matching.cases import Allowed
from benchmarks.matching.tally import NAMESAKE, RIGHT, WRONG, percent
from benchmarks.matching.trial import Result

_ANSWERABLE = (Allowed.ONE, Allowed.GUARDED)
_SHARES: tuple[tuple[str, str, float], ...] = (
    (RIGHT, "≥", 0.975),
    ("confirm", "≤", 0.01),
    ("several", "≤", 0.014),
    ("none", "≤", 0.002),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """What was measured, and what had to be."""

    name: str
    measured: str
    limit: str
    is_met: bool


def bars(mixed: list[Result], families: list[Result], *, second: list[Result]) -> Iterator[Bar]:
    members = [result for result in mixed if result.is_member_asked]
    yield _nobody("wrong person answered, the person meant is on the roster", members, _names_another)
    yield _nobody("answered although the rules forbid it", [*mixed, *families, *second], lambda result: result.is_fault)
    answerable = [result for result in members if result.case.allowed in _ANSWERABLE]
    for outcome, sign, limit in _SHARES:
        yield _share(f"answerable inquiries: {outcome}", _having(answerable, outcome), len(answerable), (sign, limit))
    yield _nobody("wrong person after the second round", second, _names_another)
    listed = [result for result in members if result.outcome == "none"]
    shown = sum(result.is_shown for result in listed)
    yield _share("members not answered who are shown as possible", shown, len(listed), ("≥", 0.97))


def _names_another(result: Result) -> bool:
    return result.outcome in (NAMESAKE, WRONG)


def _having(results: list[Result], outcome: str) -> int:
    return sum(result.outcome == outcome for result in results)


def _nobody(name: str, results: list[Result], is_bad: Callable[[Result], bool]) -> Bar:
    bad = sum(map(is_bad, results))
    return Bar(name, f"{bad} of {len(results):,}: {percent(bad, len(results))}", "0", bad == 0)


def _share(name: str, found: int, number: int, limit: tuple[str, float]) -> Bar:
    sign, share = limit
    is_met = found >= share * number if sign == "≥" else found <= share * number
    return Bar(name, f"{found:,} of {number:,}: {percent(found, number)}", f"{sign} {100 * share:g} %", is_met)


def guard(mixed: list[Result]) -> Iterator[tuple[str, str]]:
    """Yield how often non-members hit a namesake, and what the guard against common names makes of the answers."""
    strangers = [result for result in mixed if not result.is_member_asked]
    hit = [result for result in mixed if _names_another(result)]
    answered = [result for result in mixed if result.decision.member_id]
    flagged = sum(result.decision.is_common_name for result in answered)
    caught = sum(result.decision.is_common_name for result in hit)
    idle = sum(bool(result.possible) for result in strangers)
    yield "inquiries about non-members that name a namesake", _of(sum(map(_names_another, strangers)), len(strangers))
    yield "unique findings flagged as a common name", _of(flagged, len(answered))
    yield "of the wrong ones, caught by the flag", _of(caught, len(hit))
    yield "non-members for whom somebody is shown as possible", _of(idle, len(strangers))


def _of(found: int, number: int) -> str:
    return f"{found:,} of {number:,}: {percent(found, number)}"
