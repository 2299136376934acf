"""The files of the repository, as the guards read them: what git tracks or would track, parsed once."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", ".cache", "var", "wheelhouse", "node_modules", "__pycache__"}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every file that is or would be committed; in a tarball without git, all but caches and data."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0 and listing.stdout:
        named = (ROOT / name for name in listing.stdout.decode().split("\0") if name)
    else:
        named = walk(ROOT)
    return tuple(sorted(path for path in named if path.is_file()))


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder`, leaving out what git would ignore."""
    for path in folder.iterdir():
        if path.name in NOT_OURS or (path.name.startswith(".") and path.name.endswith("_cache")):
            continue
        if path.is_dir():
            yield from walk(path)
        else:
            yield path


def text_of(path: Path) -> str | None:
    """Return the file's text, or None if it is no text."""
    content = path.read_bytes()
    if b"\0" in content:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp932", errors="replace")


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every tracked text file."""
    for path in tracked_files():
        text = text_of(path)
        if text is not None:
            yield path.relative_to(ROOT).as_posix(), text


@cache
def python_sources() -> dict[str, str]:
    """Return the product's own modules, `inquiry/` and the two at the top, by name."""
    return {
        name: text
        for name, text in tracked_texts()
        if name.endswith(".py") and (name.startswith("inquiry/") or name in ("config.py", "wsgi.py"))
    }


def functions_in(source: str) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, bool]]:
    """Yield each function of a module, and whether it is a method."""
    tree = ast.parse(source)
    methods = {child for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for child in node.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node in methods


def breaches_in(sources: dict[str, str], check) -> list[str]:
    """Return what `check(name, source)` finds in each source, so that an empty list means a clean tree."""
    return [breach for name, source in sources.items() for breach in check(name, source)]
