"""Every link inside the documentation leads somewhere: to a file of the repository, to a heading that is there."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.tree import ROOT, tracked_files

FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"""!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|<(?:img|a)\s[^>]*?(?:src|href)="([^"]+)\"""")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def anchors_in(markdown: str) -> set[str]:
    """Return the anchors of all headings, as the usual renderers make them."""
    seen: dict[str, int] = {}
    anchors = set(re.findall(r'<a\s+(?:id|name)="([^"]+)"', markdown))
    for heading in HEADING.findall(FENCE.sub("", markdown)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        anchors.add(f"{slug}-{seen[slug]}" if slug in seen else slug)
        seen[slug] = seen.get(slug, 0) + 1
    return anchors


def links_in(markdown: str) -> Iterator[str]:
    for in_brackets, in_tag in LINK.findall(CODE.sub("", FENCE.sub("", markdown))):
        yield in_brackets or in_tag


def dead_links(page: Path, root: Path) -> Iterator[str]:
    """Yield the links of a page that lead nowhere; addresses of other hosts are not tried."""
    markdown = page.read_text(encoding="utf-8")
    for link in links_in(markdown):
        if ELSEWHERE.match(link):
            continue
        path, _, anchor = link.partition("#")
        target = (root / path.lstrip("/") if path.startswith("/") else page.parent / path) if path else page
        if not target.exists():
            yield f"{page.relative_to(root)}: {link}"
        elif anchor and target.suffix == ".md" and anchor not in anchors_in(target.read_text(encoding="utf-8")):
            yield f"{page.relative_to(root)}: no heading for {link}"


def test_no_link_in_the_documentation_is_dead():
    pages = [path for path in tracked_files() if path.suffix == ".md"]
    assert [dead for page in pages for dead in dead_links(page, ROOT)] == []


def test_dead_links_are_seen(tmp_path):
    (tmp_path / "there.md").write_text("# One `thing`\n\n## 照会の流れ\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md) [b](gone.md) [c](there.md#one-thing) [d](there.md#照会の流れ) [e](there.md#two)\n"
        '![f](gone.png) <img src="lost.png"> [g](https://example.jp/) `[h](code.md)`\n\n```\n[i](fenced.md)\n```\n'
        "[j](#here)\n\n# Here\n",
        encoding="utf-8",
    )
    found = [line.split(": ")[1] for line in dead_links(page, tmp_path)]
    assert found == ["gone.md", "no heading for there.md#two", "gone.png", "lost.png"]
