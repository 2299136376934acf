"""Whether a text holds a My Number (個人番号, マイナンバー).

Source    memo annex STEP1, 留意: no My Number in an inquiry or in its answer.
Decides   block, warn or allow, and by which rule.
Not here  reading characters as digits: domain/digits.py. Numbers beside a keyword: domain/my_number_keyword.py.
          Refusing a form, a file or a document: security/guard.py.
Secrets   a verdict carries the rule's name alone: no digits, no place, no hash. There are so few numbers that
          any hash of one can be undone.

The check digit lets one random number in ten through, and a mistyped My Number fails it; so shape, check digit and
keyword are weighed together. Other numbers of twelve digits belong into fields of their own: running text is never
exempt because its digits might mean something else.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from inquiry.domain.check_digits import is_my_number, is_residence_code
from inquiry.domain.digits import SEPARATOR, readings
from inquiry.domain.my_number_keyword import stands_beside_keyword
from inquiry.domain.number_shapes import CONTIGUOUS, OTHER_GROUPING, hides_my_number, runs, shape_of, windows


class Level(StrEnum):
    """What becomes of a text: refused, accepted after a second look, or accepted."""

    BLOCK = "block"
    WARN = "warn"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level, and the slug of the rule that led to it."""

    level: Level
    rule: str


ALLOWED = Verdict(Level.ALLOW, "none")
THIS_CENTURY = range(2000, 2100)

_LONG_GROUP = re.compile(r"[0-9]{11,}")


def examine(text: str, *, years: range = THIS_CENTURY) -> Verdict:
    """Return the worst verdict on any part of the text; of equal ones, the first.

    Twelve digits that read as a minute (YYYYMMDDHHMM) of one of these years are a timestamp and only warned of;
    whoever has a clock passes the years around the present one.
    """
    return worst(chain.from_iterable(_verdicts(reading, years) for reading in readings(text)))


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the first verdict that blocks, else the first that warns, else `ALLOWED`."""
    found = ALLOWED
    for verdict in verdicts:
        if verdict.level is Level.BLOCK:
            return verdict
        if found.level is Level.ALLOW:
            found = verdict
    return found


def _verdicts(reading: str, years: range) -> Iterator[Verdict]:
    for run in runs(reading):
        follows_plus = reading.endswith("+", 0, run.start())
        for window in windows(run.group()):
            digits = window[1].replace(SEPARATOR, "")
            if is_my_number(digits):
                is_international = follows_plus and window.start() == 0
                yield _verdict_on_window(window[1], digits, years=years, is_international=is_international)
        yield from _verdicts_on_long_groups(run.group())
    if stands_beside_keyword(reading):
        yield Verdict(Level.BLOCK, "keyword")


def _verdict_on_window(window: str, digits: str, *, years: range, is_international: bool) -> Verdict:
    shape = shape_of(window)
    if is_international and digits.startswith("81"):
        return Verdict(Level.WARN, "country_code")
    if shape == CONTIGUOUS and _is_minute(digits, years):
        return Verdict(Level.WARN, "timestamp")
    return Verdict(Level.WARN if shape == OTHER_GROUPING else Level.BLOCK, shape)


def _verdicts_on_long_groups(run: str) -> Iterator[Verdict]:
    for group in _LONG_GROUP.findall(run):
        # A residence code may begin with 0 as well, but so does every mobile telephone number.
        if group[0] != "0" and is_residence_code(group):
            yield Verdict(Level.WARN, "residence_code")
        if hides_my_number(group):
            yield Verdict(Level.WARN, "long_run")


def _is_minute(digits: str, years: range) -> bool:
    year, month, day, hour, minute = (int(digits[a:b]) for a, b in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12)))
    if year not in years or hour > 23 or minute > 59:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
