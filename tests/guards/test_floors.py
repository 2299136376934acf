"""Imports point downwards only: never up, never across (docs/architecture.md, "The house")."""

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.guards.tree import breaches_in, python_sources

FLOORS = {
    "domain": 0,
    "matching": 1,
    "directory": 1,
    "security": 2,
    "store": 3,
    "audit": 4,
    "documents": 4,
    "mail": 4,
    "workflow": 5,
    "web": 6,
    "api": 6,
    "cli": 7,
}
PURE_FLOORS = 1
WEB_FLOOR = 6
TOP_FLOOR = 7
FACTORY = "inquiry/__init__.py"

# What floors 0-1 may not import from the standard library: it opens, waits, draws lots, or looks around.
IMPURE = {
    "asyncio", "bz2", "concurrent", "ctypes", "dbm", "email", "fcntl", "fileinput", "ftplib", "getpass", "glob", "gzip",
    "http", "imaplib", "importlib", "io", "locale", "logging", "lzma", "mmap", "multiprocessing", "os", "pathlib",
    "pickle", "platform", "pwd", "random", "runpy", "sched", "secrets", "select", "selectors", "shelve", "shutil",
    "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "sys", "syslog", "tarfile",
    "tempfile", "threading", "time", "urllib.request", "uuid", "webbrowser", "zipfile", "zoneinfo",
}  # fmt: skip
IMPURE_CALLS = {"open", "input", "print", "eval", "exec", "__import__"}
CLOCK_CALLS = {"now", "utcnow", "today"}
PURE_LIBRARIES = {0: set(), 1: {"jpholiday"}}

WEB_LIBRARIES = {"flask", "flask_login", "flask_wtf", "werkzeug", "wtforms"}
DATABASE_FLOORS = {"store", "audit", "workflow"}
NEVER_IMPORTED = {"config", "wsgi", "migrations", "tests"}


def imports_of(source: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line, module and imported names of every import, those inside functions too; relative ones keep dots."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, []
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or ""), [alias.name for alias in node.names]


def package_of(name: str) -> str:
    return name.split("/")[1].removesuffix(".py") if name.startswith("inquiry/") else ""


def targets(module: str, names: list[str]) -> set[str]:
    """Return the packages of the house that an import reaches; "" stands for the factory's own module."""
    parts = module.split(".")
    if parts[0] != "inquiry":
        return set()
    if len(parts) > 1:
        return {parts[1]}
    return {name if name in FLOORS else "" for name in names} or {""}


def directions(name: str, source: str) -> Iterator[str]:
    """Yield every import that goes up, across, to the factory, or out of the package."""
    if name == FACTORY or not name.startswith("inquiry/"):
        return
    here = package_of(name)
    if here not in FLOORS:
        yield f"{name}: {here} has no floor"
        return
    for line, module, names in imports_of(source):
        if module.startswith("."):
            yield f"{name}:{line}: relative import"
        elif module.split(".")[0] in NEVER_IMPORTED:
            yield f"{name}:{line}: imports {module}, which stands outside the house"
        for target in targets(module, names) - {here}:
            if target == "" and FLOORS[here] != TOP_FLOOR:
                yield f"{name}:{line}: imports the factory"
            elif target and FLOORS.get(target, TOP_FLOOR + 1) >= FLOORS[here]:
                yield f"{name}:{line}: {here} must not import {target}"


def impurities(name: str, source: str) -> Iterator[str]:
    """Yield what floors 0-1 import or call and may not."""
    floor = FLOORS.get(package_of(name), TOP_FLOOR)
    if floor > PURE_FLOORS:
        return
    allowed = sys.stdlib_module_names | PURE_LIBRARIES[floor] | {"inquiry"}
    for line, module, names in imports_of(source):
        library = module.split(".")[0]
        if library not in allowed or IMPURE & {library, module, *(f"{module}.{name}" for name in names)}:
            yield f"{name}:{line}: imports {module} on floor {floor}"
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            yield f"{name}:{node.lineno}: calls {node.func.id}() on floor {floor}"
        if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS:
            yield f"{name}:{node.lineno}: reads the clock on floor {floor}"


def misplaced_libraries(name: str, source: str) -> Iterator[str]:
    """Yield SQLAlchemy above or below its floors, and Flask below its own."""
    if name == FACTORY or not name.startswith("inquiry/"):
        return
    here = package_of(name)
    for line, module, _names in imports_of(source):
        library = module.split(".")[0]
        if library == "sqlalchemy" and here not in DATABASE_FLOORS:
            yield f"{name}:{line}: {here} must not know SQLAlchemy"
        if library in WEB_LIBRARIES and FLOORS.get(here, 0) < WEB_FLOOR:
            yield f"{name}:{line}: {here} must not know {library}"


def module_of(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def cycle_in(sources: dict[str, str]) -> list[str]:
    """Return one cycle of modules that import each other, or nothing."""
    modules = {module_of(name): source for name, source in sources.items()}
    graph: dict[str, set[str]] = {}
    for module, source in modules.items():
        reached = {
            target if (target := f"{base}.{imported}") in modules else base
            for _line, base, names in imports_of(source)
            for imported in names or [""]
        }
        graph[module] = (reached & modules.keys()) - {module}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_imports_point_downwards_only():
    assert breaches_in(python_sources(), directions) == []


def test_the_two_lowest_floors_open_nothing_and_know_no_clock():
    assert breaches_in(python_sources(), impurities) == []


def test_sqlalchemy_stops_at_workflow_and_flask_starts_at_web():
    assert breaches_in(python_sources(), misplaced_libraries) == []


def test_no_modules_import_each_other():
    assert cycle_in(python_sources()) == []


@pytest.mark.parametrize(
    ("name", "source", "checker"),
    [
        ("inquiry/store/cases.py", "from inquiry.workflow import work", directions),
        ("inquiry/matching/keys.py", "from inquiry.directory.contacts import Contact", directions),
        ("inquiry/web/filing.py", "def view():\n    from inquiry.api import filing", directions),
        ("inquiry/web/filing.py", "from inquiry import cli", directions),
        ("inquiry/web/filing.py", "import inquiry.cli.roster", directions),
        ("inquiry/web/filing.py", "from inquiry import create_app", directions),
        ("inquiry/web/filing.py", "from . import shell", directions),
        ("inquiry/cli/serve.py", "import config", directions),
        ("inquiry/helpful/thing.py", "", directions),
        ("inquiry/domain/days.py", "import os.path", impurities),
        ("inquiry/domain/days.py", "from urllib import request", impurities),
        ("inquiry/domain/days.py", "import jpholiday", impurities),
        ("inquiry/matching/keys.py", "import jaconv", impurities),
        ("inquiry/domain/days.py", "deadline = date.today()", impurities),
        ("inquiry/directory/contacts.py", "rows = open('contacts.csv')", impurities),
        ("inquiry/web/filing.py", "from sqlalchemy import select", misplaced_libraries),
        ("inquiry/security/seal.py", "import sqlalchemy.orm", misplaced_libraries),
        ("inquiry/workflow/filing.py", "from flask import g", misplaced_libraries),
    ],
)
def test_each_breach_is_seen(name, source, checker):
    assert len(list(checker(name, source))) == 1


def test_what_is_allowed_is_not_a_breach():
    assert list(directions("inquiry/cli/serve.py", "from inquiry import create_app")) == []
    assert list(directions("inquiry/web/filing.py", "from inquiry.domain.errors import Forbidden")) == []
    assert list(directions("inquiry/__init__.py", "from inquiry.cli import main")) == []
    assert list(impurities("inquiry/directory/days.py", "import urllib.parse\nimport jpholiday")) == []
    assert list(impurities("inquiry/store/rows.py", "import os\nos.open")) == []


def test_a_cycle_is_seen():
    circle = {
        "inquiry/domain/a.py": "from inquiry.domain import b",
        "inquiry/domain/b.py": "def later():\n    from inquiry.domain.a import thing",
    }
    assert set(cycle_in(circle)) == {"inquiry.domain.a", "inquiry.domain.b"}
    assert cycle_in({"inquiry/domain/a.py": "from inquiry.domain import b", "inquiry/domain/b.py": ""}) == []
