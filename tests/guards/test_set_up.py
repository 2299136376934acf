"""What sets the product up is whole: the locks hold every dependency by hash, the script reads as POSIX sh."""

import re
import subprocess
import tomllib
from collections.abc import Iterator

import pytest

from tests.guards.tree import ROOT

PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==\S+")
LEVELS = ["run", "test"]


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required(level: str) -> set[str]:
    """Return the names that pyproject.toml asks for; the tests need the product's own as well."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + (project["optional-dependencies"]["test"] if level == "test" else [])
    return {normalised(re.match(r"[A-Za-z0-9._-]+", requirement)[0]) for requirement in asked}


def entries(lock: str) -> dict[str, str]:
    """Return each pinned package with its whole entry."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)
    return {normalised(pinned[1]): block for block in blocks if (pinned := PINNED.match(block))}


def faults(lock: str, names: set[str]) -> Iterator[str]:
    """Yield what a lock lacks, and what in it belongs to one machine or one index."""
    pinned = entries(lock)
    yield from sorted(f"{name} is not locked; call ./run lock" for name in names - pinned.keys())
    yield from (f"{name} has no hash" for name, block in pinned.items() if "--hash=sha256:" not in block)
    for line in lock.splitlines():
        if re.search(r"://|^-|\s@\s|file:", line):
            yield f"names a place: {line}"


def lock_of(level: str) -> str:
    return (ROOT / "requirements" / f"{level}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("level", LEVELS)
def test_the_lock_holds_every_dependency_by_hash(level):
    assert list(faults(lock_of(level), required(level))) == []


def test_the_product_is_tested_with_the_versions_it_runs_with():
    run, test = entries(lock_of("run")), entries(lock_of("test"))
    assert {name for name in run if test.get(name) != run[name]} == set()


def test_a_faulty_lock_is_seen():
    lock = "--index-url https://example.jp/simple\nFlask==3.1 \\\n    --hash=sha256:aa\nlxml==6.1\n"
    assert len(list(faults(lock, {"flask", "lxml", "alembic"}))) == 3


def test_the_script_is_posix_and_its_help_names_every_command():
    script = ROOT / "run"
    subprocess.run(["sh", "-n", script], check=True)
    source = script.read_text(encoding="utf-8")
    commands = set(re.findall(r"^    (\w+)\)", source[source.index("case $command in") :], flags=re.MULTILINE))
    usage = subprocess.run([script, "help"], check=True, capture_output=True, text=True).stdout
    documented = set(re.findall(r"^  (\w+)", usage, flags=re.MULTILINE)) - {"help"}
    assert commands == documented
    assert {"demo", "test", "walkthrough", "inquiry", "bundle", "check", "lock"} <= commands


def test_an_unknown_command_is_refused():
    answer = subprocess.run([ROOT / "run", "nonsense"], check=False, capture_output=True, text=True)
    assert answer.returncode == 1
    assert answer.stderr.endswith("run: no such command: nonsense\n")
