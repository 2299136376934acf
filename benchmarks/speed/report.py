"""Turn what ``python -m benchmarks.speed --out`` wrote into a table and a drawing.

python -m benchmarks.speed.report FILE.json [FILE.json …] --svg docs/images/roster-speed.svg
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
    ("p99_ratio", "p99 meanwhile ÷ idle", "{:.1f}"), ("errors", "reader errors", "{}"),
    ("peak_mb", "peak MB", "{:.0f}"),
)  # fmt: skip
Result = dict[str, float | str]


def table(results: list[Result]) -> str:
    lines = ["| " + " | ".join(title for _, title, _ in COLUMNS) + " |", "|---" + "|--:" * (len(COLUMNS) - 1) + "|"]
    lines += ["| " + " | ".join(form.format(each[name]) for name, _, form in COLUMNS) + " |" for each in results]
    return "\n".join(lines).replace("nan", "–")


@dataclass
class Panel:
    """One drawing, both axes logarithmic."""

    name: str
    title: str
    results: list[Result]
    left: int

    def __post_init__(self) -> None:
        sizes = [math.log10(float(each["persons"])) for each in self.results]
        values = [math.log10(max(float(each[self.name]), 0.1)) for each in self.results]
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
        return "\n".join(parts)


def drawing(results: list[Result]) -> str:
    whole = len(PANELS) * WIDTH + GAP
    panels = [Panel(name, title, results, place * WIDTH).svg() for place, (name, title) in enumerate(PANELS)]
    legend = "".join(
        f'<circle cx="{LEFT + place * 120}" cy="{HEIGHT - 8}" r="4" fill="{colour}"/>'
        f'<text x="{LEFT + place * 120 + 10}" y="{HEIGHT - 4}">{engine}</text>'
        for place, (engine, colour) in enumerate(COLOURS.items())
    )
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
    if asked.svg:
        asked.svg.write_text(drawing(results), encoding="utf-8")


if __name__ == "__main__":
    main()
