"""Names say what a thing is: none of the words that fit everything, no switch passed as a bare True."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.guards.tree import breaches_in, functions_in, python_sources

EMPTY_WORDS = {
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "data", "info", "handle", "process",
}  # fmt: skip
# Methods that SQLAlchemy's column types and WTForms' fields are asked for by these names.
DICTATED = {"process_bind_param", "process_result_value", "process_formdata", "process_data"}


def words_of(name: str) -> set[str]:
    """Return the words of an identifier, whether written with underscores or with capitals."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)}


def empty_words(name: str, source: str) -> Iterator[str]:
    """Yield modules, packages, classes and functions named with a word that fits everything."""
    for part in PurePosixPath(name).with_suffix("").parts:
        if words_of(part) & EMPTY_WORDS:
            yield f"{name}: the module's name says nothing"
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name in DICTATED:
            continue
        if words_of(node.name) & EMPTY_WORDS:
            yield f"{name}:{node.lineno}: {node.name} says nothing"


def is_boolean(annotation: ast.expr | None, default: ast.expr | None) -> bool:
    if isinstance(default, ast.Constant) and isinstance(default.value, bool):
        return True
    return annotation is not None and "bool" in re.findall(r"\w+", ast.unparse(annotation))


def bare_switches(name: str, source: str) -> Iterator[str]:
    """Yield the functions that take a boolean by position, which reads as a bare True where it is called."""
    for function, _is_method in functions_in(source):
        parameters = [*function.args.posonlyargs, *function.args.args]
        defaults = [None] * (len(parameters) - len(function.args.defaults)) + list(function.args.defaults)
        for parameter, default in zip(parameters, defaults, strict=True):
            if is_boolean(parameter.annotation, default):
                yield f"{name}:{function.lineno}: {function.name} takes {parameter.arg} by position"


def test_no_name_fits_everything():
    assert breaches_in(python_sources(), empty_words) == []


def test_no_boolean_goes_by_position():
    assert breaches_in(python_sources(), bare_switches) == []


@pytest.mark.parametrize(
    ("name", "source", "checker"),
    [
        ("inquiry/web/utils.py", "", empty_words),
        ("inquiry/common/days.py", "", empty_words),
        ("inquiry/web/date_helpers.py", "", empty_words),
        ("inquiry/web/days.py", "class SessionManager: ...", empty_words),
        ("inquiry/web/days.py", "async def handle_form(): ...", empty_words),
        ("inquiry/web/days.py", "def f(answered: bool): ...", bare_switches),
        ("inquiry/web/days.py", "def f(answered: 'bool | None'): ...", bare_switches),
        ("inquiry/web/days.py", "def f(name, answered=False): ...", bare_switches),
    ],
)
def test_each_breach_is_seen(name, source, checker):
    assert len(list(checker(name, source))) == 1


@pytest.mark.parametrize(
    ("source", "checker"),
    [
        ("def database(): ...\nclass Information: ...\ndef subprocess_ended(): ...", empty_words),
        ("class Sealed:\n  def process_bind_param(self, value, dialect): ...", empty_words),
        ("def f(name, *, answered: bool = False): ...", bare_switches),
    ],
)
def test_a_word_within_a_word_passes(source, checker):
    assert list(checker("inquiry/web/days.py", source)) == []
