"""Charts as SVG: where bars, lines, ticks and words stand (グラフ).

Decides   the geometry alone; the drawing is templates/macros/charts.html. Every series has a pattern or a mark of its
          own besides its colour, and the numbers stand in a table under the chart.
Units     lengths are those of the drawing's own grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 240
LEFT: Final = 52
RIGHT: Final = 632
TOP: Final = 16
BOTTOM: Final = 204
_STEP_TENTHS: Final = (10, 20, 25, 50)
_TICKS: Final = 4
_BAR_SHARE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers by month; None where a month has none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a column: which series it shows, and where it stands."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of a line."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one series, in pieces where months are missing."""

    series: int
    pieces: tuple[tuple[Mark, ...], ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return every point."""
        return tuple(mark for piece in self.pieces for mark in piece)


@dataclass(frozen=True, slots=True)
class Tick:
    """A word beside an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing, ready for its macro; `description` says in words what it shows."""

    id: str
    title: str
    description: str
    unit: str
    names: tuple[str, ...]
    months: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart is about: its id on the page, its title and the unit of its numbers."""

    id: str
    title: str
    unit: str


def columns(subject: Subject, months: Sequence[str], series: Sequence[Series]) -> Chart:
    """Return a chart of stacked columns."""
    totals = [sum(each.values[place] or 0 for each in series) for place in range(len(months))]
    top = scale_top(max(totals, default=0))
    bars = []
    for place in range(len(months)):
        base = 0.0
        for number, each in enumerate(series):
            value = each.values[place] or 0
            if value:
                width = _slot(months) * _BAR_SHARE
                height = _height(value, top)
                y = BOTTOM - _height(base, top) - height
                bars.append(Bar(number, _middle(place, months) - width / 2, y, width, height))
            base += value
    return replace(_empty(subject, months, series, top=top), bars=tuple(bars))


def lines(subject: Subject, months: Sequence[str], series: Sequence[Series]) -> Chart:
    """Return a chart of lines with marks."""
    top = scale_top(max((value or 0 for each in series for value in each.values), default=0))
    drawn = tuple(Line(number, _pieces(each, months, top=top)) for number, each in enumerate(series))
    return replace(_empty(subject, months, series, top=top), lines=drawn)


def scale_top(largest: float) -> int:
    """Return the smallest round number, divisible into the ticks, that is not below the largest value."""
    power = 1
    while True:
        for tenths in _STEP_TENTHS:
            step, rest = divmod(tenths * power, 10)
            if not rest and step * _TICKS >= largest:
                return step * _TICKS
        power *= 10


def _pieces(series: Series, months: Sequence[str], *, top: int) -> tuple[tuple[Mark, ...], ...]:
    pieces: list[list[Mark]] = [[]]
    for place, value in enumerate(series.values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(Mark(_middle(place, months), BOTTOM - _height(value, top)))
    return tuple(tuple(piece) for piece in pieces if piece)


def _empty(subject: Subject, months: Sequence[str], series: Sequence[Series], *, top: int) -> Chart:
    ticks = (top * place // _TICKS for place in range(_TICKS + 1))
    return Chart(
        id=subject.id,
        title=subject.title,
        description=_described(subject, months, series),
        unit=subject.unit,
        names=tuple(each.name for each in series),
        months=tuple(Tick(_middle(place, months), text) for place, text in enumerate(months)),
        ticks=tuple(Tick(BOTTOM - _height(value, top), f"{value:,}") for value in ticks),
    )


def _described(subject: Subject, months: Sequence[str], series: Sequence[Series]) -> str:
    said = [f"{months[0]}から{months[-1]}まで。"]
    for each in series:
        known = [(value, month) for value, month in zip(each.values, months, strict=True) if value is not None]
        if known:
            most, month = max(known)
            said.append(f"{each.name}は、最大{most:,}{subject.unit}（{month}）、最後が{known[-1][0]:,}{subject.unit}。")
        else:
            said.append(f"{each.name}の数値はありません。")
    return "".join(said)


def _slot(months: Sequence[str]) -> float:
    return (RIGHT - LEFT) / len(months)


def _middle(place: int, months: Sequence[str]) -> float:
    return round(LEFT + _slot(months) * (place + 0.5), 1)


def _height(value: float, top: int) -> float:
    return round((BOTTOM - TOP) * value / top, 1)
