"""The two maps of the project are complete: every citation of the memo has a row, every term one identifier."""

import re

from tests.guards.citations import MEMO_MAP, citations_in, missing_from
from tests.guards.tree import ROOT, python_sources

GLOSSARY = ROOT / "docs" / "glossary.md"
STEP_WORDS = ["filing", "confirming", "identifying", "clarifying", "answering", "settling", "escalating"]


def rows(markdown: str) -> list[list[str]]:
    """Return the cells of every table row below its heading."""
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    ruled = [number for number, row in enumerate(cells) if all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    headings = set(ruled) | {number - 1 for number in ruled}
    return [row for number, row in enumerate(cells) if number not in headings]


def repeated_terms(markdown: str) -> list[str]:
    """Return the terms that stand in the first column twice."""
    terms = [row[0] for row in rows(markdown)]
    return sorted({term for term in terms if terms.count(term) > 1})


def missing_files(markdown: str) -> list[str]:
    """Return the files in code marks that are not there: rules below inquiry/, tests where they say."""
    named = {mark for row in rows(markdown) for cell in row[1:] for mark in re.findall(r"`([^`]+)`", cell)}
    return sorted(mark for mark in named if not any((base / mark).is_file() for base in (ROOT, ROOT / "inquiry")))


def unknown_identifiers(markdown: str, code: str) -> list[str]:
    """Return the identifiers in code marks, outside the first column, that no longer occur in the code."""
    named = {mark for row in rows(markdown) for cell in row[1:] for mark in re.findall(r"`([^`]+)`", cell)}
    words = set(re.findall(r"\w+", code))
    return sorted(mark for mark in named if not set(re.findall(r"\w+", mark)) <= words)


def everything_named() -> str:
    """Return the product's sources with the names of its files."""
    return "\n".join(f"{name}\n{source}" for name, source in python_sources().items())


def test_every_citation_of_the_memo_has_a_row_in_the_memo_map():
    assert MEMO_MAP.exists(), "docs/memo-map.md is to be written; python -m tests.guards.citations prints its rows"
    assert missing_from(MEMO_MAP.read_text(encoding="utf-8"), python_sources()) == {}


def test_the_memo_map_gives_every_clause_once_and_names_files_that_are_there():
    memo_map = MEMO_MAP.read_text(encoding="utf-8")
    assert repeated_terms(memo_map) == []
    assert missing_files(memo_map) == []


def test_the_glossary_gives_every_term_once_and_names_what_exists():
    assert GLOSSARY.exists(), "docs/glossary.md is to be written"
    glossary = GLOSSARY.read_text(encoding="utf-8")
    assert repeated_terms(glossary) == []
    assert unknown_identifiers(glossary, everything_named()) == []
    assert [word for word in STEP_WORDS if word not in glossary] == []


def test_a_citation_is_read_in_every_spelling():
    text = """Rules (memo 3(2), memo annex STEP2 ⑤ ii).

    Source  memo annex STEP2 ④-⑤; annex flowchart 「該当者あり」; memo annex STEP1
            ② ＜照会時に必要な情報＞; memo annex STEP1 ※3 and memo annex ※4; memo annex STEP2 ⑤ ⅲ.
    """
    assert list(citations_in(text)) == [
        "3(2)", "annex STEP2 ⑤ ii", "annex STEP2 ④", "annex STEP2 ⑤", "annex flowchart", "annex STEP1 ②",
        "annex STEP1 ※3", "annex ※4", "annex STEP2 ⑤ iii",
    ]  # fmt: skip


def test_a_citation_without_a_row_is_seen():
    sources = {"inquiry/domain/days.py": '"""Days (memo annex ※4, memo 3(2))."""'}
    memo_map = "| clause | rule |\n|---|---|\n| `memo 3(2)` | x |\n"
    assert missing_from(memo_map, sources) == {"annex ※4": ["inquiry/domain/days.py"]}
    assert missing_from(memo_map + "| annex ※4 | x |\n", sources) == {}


def test_a_faulty_memo_map_is_seen():
    row = "| memo 3(2) | desks | `workflow/contacts.py` | `tests/workflow/test_nothing.py` |\n"
    memo_map = "| clause | says | rule | test |\n|---|---|---|---|\n" + 2 * row
    assert repeated_terms(memo_map) == ["memo 3(2)"]
    assert missing_files(memo_map) == ["tests/workflow/test_nothing.py"]


def test_a_faulty_glossary_is_seen():
    glossary = "| 日本語 | English | name |\n|---|---|---|\n| 照会 | inquiry | `Inquiry` |\n| 照会 | case | `Case` |\n"
    assert repeated_terms(glossary) == ["照会"]
    assert unknown_identifiers(glossary, "class Inquiry: ...") == ["Case"]
