"""Where the code cites the memo, and which citations `docs/memo-map.md` does not list.

`python -m tests.guards.citations` prints the missing rows, ready to be filled in.
"""

import ast
import re
import sys
from collections.abc import Iterator

from tests.guards.tree import ROOT, python_sources

MEMO_MAP = ROOT / "docs" / "memo-map.md"

ROMAN = str.maketrans({"ⅰ": "i", "ⅱ": "ii", "ⅲ": "iii"})
STEP = r"STEP[1-3](?:\s[①-⑥](?:-[①-⑥])?)?(?:\s※\d)?(?:\s(?:iii|ii|i)\b)?"
CITATION = re.compile(rf"(?:memo\s)?annex\s(?P<annex>{STEP}|※\d|flowchart)|memo\s(?P<section>\d(?:\(\d\))?)")
RANGE = re.compile(r"(.*)([①-⑥])-([①-⑥])(.*)")


def expanded(citation: str) -> list[str]:
    """Return a range of circled numbers as its members, anything else as it is."""
    found = RANGE.fullmatch(citation)
    if found is None:
        return [citation]
    before, first, last, after = found.groups()
    return [f"{before}{chr(number)}{after}" for number in range(ord(first), ord(last) + 1)]


def citations_in(text: str) -> Iterator[str]:
    """Yield each citation in its one spelling: `annex STEP2 ⑤ i`, `annex ※4`, `annex flowchart`, `3(2)`."""
    for found in CITATION.finditer(" ".join(text.translate(ROMAN).split())):
        if found["annex"]:
            yield from expanded(f"annex {found['annex']}")
        else:
            yield found["section"]


def docstrings_of(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def cited(sources: dict[str, str]) -> dict[str, list[str]]:
    """Return each citation with the modules whose docstrings make it."""
    places: dict[str, list[str]] = {}
    for name, source in sources.items():
        for citation in {one for docstring in docstrings_of(source) for one in citations_in(docstring)}:
            places.setdefault(citation, []).append(name)
    return places


def listed(memo_map: str) -> set[str]:
    """Return the clauses that have a row: the first cell of each, without marks, with or without the word memo."""
    rows = (line.split("|")[1] for line in memo_map.splitlines() if line.startswith("|"))
    cells = (" ".join(row.replace("`", "").replace("*", "").translate(ROMAN).split()) for row in rows)
    return {one for cell in cells for one in expanded(cell.removeprefix("memo "))}


def missing_from(memo_map: str, sources: dict[str, str]) -> dict[str, list[str]]:
    """Return the citations without a row, each with the modules that make it."""
    known = listed(memo_map)
    return {citation: names for citation, names in sorted(cited(sources).items()) if citation not in known}


if __name__ == "__main__":
    current = MEMO_MAP.read_text(encoding="utf-8") if MEMO_MAP.exists() else ""
    for citation, names in missing_from(current, python_sources()).items():
        sys.stdout.write(f"| memo {citation} | | {', '.join(f'`{name}`' for name in sorted(names))} | |\n")
