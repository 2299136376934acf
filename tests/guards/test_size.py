"""The two stops: a module ends at 400 lines, a function at 50; five parameters, by name after the second."""

import ast
from collections.abc import Iterator

import pytest

from tests.guards.tree import breaches_in, functions_in, python_sources

MODULE_LINES = 400
FUNCTION_LINES = 50
PARAMETERS = 5
POSITIONAL = 3

# Signatures that somebody else calls by position, each with who calls it.
DICTATED = {
    "__exit__": "the with statement",
    "__aexit__": "the with statement",
    "__setattr__": "the language",
    "__get__": "the language",
}
# The transaction a function works in stands first and counts like self.
SURROUNDINGS = {"work", "session", "house"}
# SQLAlchemy's events pass whatever the event has; a command has as many options as its user needs.
DICTATING_DECORATORS = {"listens_for", "command"}


def length(name: str, source: str) -> Iterator[str]:
    """Yield the module if it is too long."""
    lines = len(source.splitlines())
    if lines > MODULE_LINES:
        yield f"{name}: {lines} lines"


def long_functions(name: str, source: str) -> Iterator[str]:
    """Yield the functions that are too long, decorators not counted."""
    for function, _is_method in functions_in(source):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{name}:{function.lineno}: {function.name} has {lines} lines"


def is_dictated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if function.name in DICTATED:
        return True
    calls = (node.func if isinstance(node, ast.Call) else node for node in function.decorator_list)
    return any(getattr(call, "attr", getattr(call, "id", "")) in DICTATING_DECORATORS for call in calls)


def is_bound(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether the first parameter of this method is self or cls."""
    return not any(isinstance(node, ast.Name) and node.id == "staticmethod" for node in function.decorator_list)


def crowded_signatures(name: str, source: str) -> Iterator[str]:
    """Yield the functions with too many parameters, or too many that go by position; self is not counted."""
    for function, is_method in functions_in(source):
        if is_dictated(function):
            continue
        by_position = [*function.args.posonlyargs, *function.args.args]
        is_surrounded = bool(by_position) and by_position[0].arg in SURROUNDINGS
        positional = len(by_position) - ((is_method and is_bound(function)) or is_surrounded)
        total = positional + len(function.args.kwonlyargs)
        if positional > POSITIONAL and not function.name.startswith("_"):
            yield f"{name}:{function.lineno}: {function.name} takes {positional} parameters by position"
        elif total > PARAMETERS:
            yield f"{name}:{function.lineno}: {function.name} takes {total} parameters"


def test_no_module_is_too_long():
    assert breaches_in(python_sources(), length) == []


def test_no_function_is_too_long():
    assert breaches_in(python_sources(), long_functions) == []


def test_no_signature_is_crowded():
    assert breaches_in(python_sources(), crowded_signatures) == []


@pytest.mark.parametrize(
    ("source", "checker"),
    [
        ("\n" * (MODULE_LINES + 1), length),
        ("def long():\n" + "    step()\n" * FUNCTION_LINES, long_functions),
        ("class A:\n  async def long(self):\n" + "    step()\n" * FUNCTION_LINES, long_functions),
        ("def f(a, b, c, d): ...", crowded_signatures),
        ("class A:\n  def f(self, a, b, c, d): ...", crowded_signatures),
        ("class A:\n  @staticmethod\n  def f(a, b, c, d): ...", crowded_signatures),
        ("def f(a, b, *, c, d, e, f): ...", crowded_signatures),
    ],
)
def test_each_breach_is_seen(source, checker):
    assert len(list(checker("sample.py", source))) == 1


@pytest.mark.parametrize(
    ("source", "checker"),
    [
        ("x = 1\n" * MODULE_LINES, length),
        ("def long():\n" + "    step()\n" * (FUNCTION_LINES - 1), long_functions),
        ("class A:\n  def f(self, a, b, *, c, d, e): ...", crowded_signatures),
        ("@event.listens_for(engine, 'x')\ndef f(a, b, c, d): ...", crowded_signatures),
    ],
)
def test_the_last_size_before_the_stop_passes(source, checker):
    assert list(checker("sample.py", source)) == []
