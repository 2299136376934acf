"""Turn what ``python -m benchmarks.speed --out`` wrote into a table and a drawing.

python -m benchmarks.speed.report FILE.json [FILE.json …] --svg docs/images/roster-speed.svg

An engine measured up to ten million persons is carried on to forty million by the power law through its two largest
sizes; the line is dashed, and the words under the table say so.
"""

import argparse
import json
import math
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, GAP = 420, 300, 58, 44, 34, 40
COLOURS = {"sqlite": "#00572b", "postgresql": "#0017c1"}
PANELS = (
    ("decision_us", "one decision, µs"),
    ("decision_ratio", "one decision ÷ bare look-up"),
    ("import_ratio", "import ÷ raw copy"),
)
COLUMNS = (
    ("engine", "engine", "{}"), ("persons", "persons", "{:,}"), ("rows", "rows", "{:,}"),
    ("import_s", "import s", "{:.1f}"),
    ("import_ratio", "÷ raw copy", "{:.1f}"), ("decision_us", "decision µs", "{:.0f}"),
    ("decision_ratio", "÷ bare", "{:.1f}"), ("near_ratio", "near misses ÷ bare", "{:.1f}"),
    ("list_s", "list of 10,000 s", "{:.2f}"), ("switch_ms", "switch ms", "{:.0f}"),
    ("clear_ms", "clearing ms", "{:.0f}"), ("p99_ratio", "p99 meanwhile ÷ idle", "{:.1f}"),
    ("look_ms", "slowest look-up ms", "{:.0f}"), ("filing_ms", "slowest filing ms", "{:.0f}"),
    ("errors", "errors meanwhile", "{}"),
    ("peak_mb", "peak MB", "{:.0f}"),
)  # fmt: skip
BEYOND, FAR_ENOUGH = 40_000_000, 10_000_000
Result = dict[str, float | str]


def table(results: list[Result]) -> str:
    lines = ["| " + " | ".join(title for _, title, _ in COLUMNS) + " |", "|---" + "|--:" * (len(COLUMNS) - 1) + "|"]
    lines += ["| " + " | ".join(form.format(each[name]) for name, _, form in COLUMNS) + " |" for each in results]
    return "\n".join(lines).replace("nan", "–")


def extrapolated(results: list[Result], engine: str, name: str) -> float | None:
    """Return what a figure would come to at BEYOND persons, or None where nothing near was measured."""
    ours = [each for each in results if each["engine"] == engine and not math.isnan(float(each[name]))]
    sizes, values = ([float(each[column]) for each in ours] for column in ("persons", name))
    if len(ours) < 2 or sizes[-1] < FAR_ENOUGH:
        return None
    power = math.log(values[-1] / values[-2]) / math.log(sizes[-1] / sizes[-2])
    return values[-1] * (BEYOND / sizes[-1]) ** power


def beyond(results: list[Result]) -> str:
    """Say what the figures would come to at BEYOND persons."""
    said = []
    for engine in COLOURS:
        names = {
            "import_s": "import {:,.0f} s",
            "decision_us": "decision {:.0f} µs",
            "list_s": "list of 10,000 {:.1f} s",
        }
        figures = {name: extrapolated(results, engine, name) for name in names}
        if None not in figures.values():
            words = ", ".join(names[name].format(figure) for name, figure in figures.items())
            said.append(f"Extrapolated, not measured: {engine}, {BEYOND:,} persons: {words}.")
    return "\n".join(said)


@dataclass
class Panel:
    """One drawing, both axes logarithmic."""

    name: str
    title: str
    results: list[Result]
    left: int

    def __post_init__(self) -> None:
        self.beyond = {engine: extrapolated(self.results, engine, self.name) for engine in COLOURS}
        far = [value for value in self.beyond.values() if value]
        sizes = [
            math.log10(size) for size in (*(float(each["persons"]) for each in self.results), *[BEYOND] * len(far))
        ]
        values = [math.log10(max(value, 0.1)) for value in (*(float(each[self.name]) for each in self.results), *far)]
        self.low_x, self.high_x = math.floor(min(sizes)), math.ceil(max(sizes))
        self.low_y, self.high_y = math.floor(min(values)), math.ceil(max(*values, min(values) + 1))

    def x(self, persons: float) -> float:
        share = (math.log10(persons) - self.low_x) / max(1, self.high_x - self.low_x)
        return self.left + LEFT + share * (WIDTH - LEFT - 12)

    def y(self, value: float) -> float:
        share = (math.log10(max(value, 0.1)) - self.low_y) / (self.high_y - self.low_y)
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)

    def svg(self) -> str:
        parts = [f'<text x="{self.left + LEFT}" y="20" font-weight="bold">{self.title}</text>']
        for power in range(self.low_x, self.high_x + 1):
            at = self.x(10**power)
            parts.append(f'<line x1="{at:.0f}" y1="{TOP}" x2="{at:.0f}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>')
            parts.append(f'<text x="{at:.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
        for power in range(self.low_y, self.high_y + 1):
            at = self.y(10**power)
            start, end = self.left + LEFT, self.left + WIDTH - 12
            parts.append(f'<line x1="{start}" y1="{at:.0f}" x2="{end}" y2="{at:.0f}" stroke="#ddd"/>')
            parts.append(f'<text x="{start - 6}" y="{at + 4:.0f}" text-anchor="end">{10**power:g}</text>')
        for engine, colour in COLOURS.items():
            points = [(self.x(float(r["persons"])), self.y(float(r[self.name]))) for r in self.results
                      if r["engine"] == engine]  # fmt: skip
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points]
            if (value := self.beyond[engine]) is not None:
                x, y = self.x(BEYOND), self.y(value)
                parts.append(f'<line x1="{points[-1][0]:.1f}" y1="{points[-1][1]:.1f}" x2="{x:.1f}" y2="{y:.1f}"'
                             f' stroke="{colour}" stroke-dasharray="4 3"/>')  # fmt: skip
                parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#fff" stroke="{colour}"/>')
        return "\n".join(parts)


def drawing(results: list[Result]) -> str:
    whole = len(PANELS) * WIDTH + GAP
    panels = [Panel(name, title, results, place * WIDTH).svg() for place, (name, title) in enumerate(PANELS)]
    hollow = any(extrapolated(results, engine, name) for engine in COLOURS for name, _ in PANELS)
    legend = "".join(
        f'<circle cx="{LEFT + place * 120}" cy="{HEIGHT - 8}" r="4" fill="{colour}"/>'
        f'<text x="{LEFT + place * 120 + 10}" y="{HEIGHT - 4}">{engine}</text>'
        for place, (engine, colour) in enumerate(COLOURS.items())
    )
    if hollow:
        legend += f'<text x="{LEFT + len(COLOURS) * 120}" y="{HEIGHT - 4}">dashed: extrapolated, not measured</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {HEIGHT}" font-family="sans-serif"'
        ' font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(panels) + legend + "</svg>\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--svg", type=Path)
    asked = parser.parse_args()
    results = [result for file in asked.files for result in json.loads(file.read_text())]
    results.sort(key=lambda each: (each["engine"] != "sqlite", each["persons"]))
    print(table(results))
    print(beyond(results))
    if asked.svg:
        asked.svg.write_text(drawing(results), encoding="utf-8")


if __name__ == "__main__":
    main()
