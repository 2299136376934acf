"""Nothing in the repository names the machine it was written on, and no page loads anything from elsewhere."""

import re
from collections.abc import Iterator

import pytest

from tests.guards.tree import tracked_texts

FOLDERS = "work|tmp|root|private/tmp"
MACHINE_PATH = re.compile(rf"(?<![\w.~}})*-])/(?:{FOLDERS})/")

ELSEWHERE = r"(?:https?:)?//"
LOADS_FROM_ELSEWHERE = [
    re.compile(rf"""\b(?:src|srcset|poster|data|action|formaction)\s*=\s*["']?{ELSEWHERE}""", re.IGNORECASE),
    re.compile(rf"""<link\b[^>]*\bhref\s*=\s*["']?{ELSEWHERE}""", re.IGNORECASE),
    re.compile(rf"""\burl\(\s*["']?{ELSEWHERE}""", re.IGNORECASE),
    re.compile(rf"""@import\s+["']{ELSEWHERE}""", re.IGNORECASE),
]
LOADED_BY_SCRIPT = re.compile(r"""(?:fetch|import|open|Request|URL|WebSocket)\s*\(\s*["'`](?:https?:|wss?:)?//""")


def machine_paths(name: str, text: str) -> Iterator[str]:
    """Yield each absolute path of a developer's machine."""
    for line, content in enumerate(text.splitlines(), start=1):
        if MACHINE_PATH.search(content):
            yield f"{name}:{line}: {content.strip()[:80]}"


def loads_from_elsewhere(name: str, text: str) -> Iterator[str]:
    """Yield each place where a page, a style or a script fetches from another host; links to click are no loading."""
    if not name.startswith(("templates/", "static/")):
        return
    patterns = [*LOADS_FROM_ELSEWHERE, LOADED_BY_SCRIPT] if name.endswith((".js", ".html")) else LOADS_FROM_ELSEWHERE
    for line, content in enumerate(text.splitlines(), start=1):
        if any(pattern.search(content) for pattern in patterns):
            yield f"{name}:{line}: {content.strip()[:80]}"


def test_no_tracked_file_names_the_machine():
    assert [place for name, text in tracked_texts() for place in machine_paths(name, text)] == []


def test_no_page_loads_from_elsewhere():
    assert [place for name, text in tracked_texts() for place in loads_from_elsewhere(name, text)] == []


@pytest.mark.parametrize("folder", FOLDERS.split("|"))
def test_a_machine_path_is_seen(folder):
    assert len(list(machine_paths("docs/a.md", f"see /{folder}/main"))) == 1
    assert list(machine_paths("docs/a.md", f"see inquiry/{folder}/main and https://example.jp/{folder}/main")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("templates/base.html", '<script src="https://cdn.example/a.js"></script>'),
        ("templates/base.html", "<link rel='stylesheet' href='//fonts.example/a.css'>"),
        ("templates/base.html", '<form method="post" action="http://example.jp/">'),
        ("static/app.css", "src: url(https://fonts.example/a.woff2)"),
        ("static/app.css", '@import "https://cdn.example/a.css";'),
        ("static/app.js", 'fetch("https://example.jp/count")'),
    ],
)
def test_loading_from_elsewhere_is_seen(name, text):
    assert len(list(loads_from_elsewhere(name, text))) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("templates/base.html", '<a href="https://www.mhlw.go.jp/">厚生労働省</a>'),
        ("static/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg">'),
        ("static/app.css", "background: url(/static/icon.svg)"),
        ("docs/a.md", '<img src="https://example.jp/a.png">'),
    ],
)
def test_links_and_names_are_no_loading(name, text):
    assert list(loads_from_elsewhere(name, text)) == []
