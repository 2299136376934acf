"""Invented people's names: usual ones by how usual they are, and a long tail put together from their parts.

`names.csv` was compiled for this benchmark from commonly known names, each group in falling order of frequency. How
fast frequency falls, and how much of the country the list covers, was fitted to published counts of surnames: the
first name is borne by 1.5 %, the first hundred by a third. Given names change with the year of birth.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("names.csv")
SLOTS = 4096
MALE, FEMALE = "1", "2"
_LISTED_SURNAMES = 0.52  # the rest of the country bears names of the tail
_LISTED_GIVEN = {1940: 0.6, 1960: 0.5, 1980: 0.35, 2000: 0.25}
_GROUP = {MALE: "male", FEMALE: "female"}
Random = Callable[[], float]


class Name(NamedTuple):
    """A surname or a given name: written form and reading."""

    written: str
    kana: str


def _listed() -> dict[str, list[Name]]:
    groups = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups[row["group"]].append(Name(row["written"], row["kana"]))
    return groups


def _by_rank(names: list[Name]) -> list[Name]:
    """Return the names in as many slots as they are frequent, so that one random number draws one."""
    weights = [1 / (rank + 9) for rank in range(len(names))]
    scale = SLOTS / sum(weights)
    return [name for name, weight in zip(names, weights, strict=True) for _ in range(max(1, round(weight * scale)))]


_LISTED = _listed()
_SLOTS = {group: _by_rank(names) for group, names in _LISTED.items()}


def names_of(group: str) -> list[Name]:
    """Return the listed names of a group."""
    return _LISTED[group]


def listed(group: str, draw: Random) -> Name:
    slots = _SLOTS[group]
    return slots[int(draw() * len(slots))]


def surname(draw: Random) -> Name:
    if draw() < _LISTED_SURNAMES:
        return listed("surname", draw)
    first, last = listed("surname-first", draw), listed("surname-last", draw)
    between = draw()
    if between < 0.03:
        return Name(f"{first.written}ノ{last.written}", f"{first.kana}ノ{last.kana}")
    if between < 0.04:
        return Name(f"{first.written}ヶ{last.written}", f"{first.kana}ガ{last.kana}")
    return Name(first.written + last.written, first.kana + last.kana)


def given_name(sex: str, year: int, draw: Random) -> Name:
    generation = min(2000, max(1940, year // 20 * 20))
    group = _GROUP[sex]
    if draw() < _LISTED_GIVEN[generation]:
        return listed(f"{group}-{generation}", draw)
    stem, end = listed(f"{group}-stem", draw), listed(f"{group}-end", draw)
    return Name(stem.written + end.written, stem.kana + end.kana)


def latin_name(sex: str, draw: Random) -> tuple[Name, Name]:
    return listed("latin-surname", draw), listed(f"latin-{_GROUP[sex]}", draw)


def chinese_name(sex: str, draw: Random) -> tuple[Name, Name]:
    return listed("chinese-surname", draw), listed(f"chinese-{_GROUP[sex]}", draw)
