"""One committer: only `inquiry/workflow/work.py` ends a transaction, and nothing changes rows in bulk behind it.

A bulk UPDATE or DELETE passes by the unit of work, which then cannot know that rows changed without a ledger entry.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.guards.tree import breaches_in, python_sources

COMMITTER = "inquiry/workflow/work.py"

# A roll that no roster points to yet is written portion by portion; that it exists, and comes into force, is recorded.
WRITES_APART = "inquiry/store/roll_writing.py"
ENDS_TRANSACTION = {"commit", "rollback"}
CHANGES_IN_BULK = {"update", "delete"}
CHANGING_SQL = re.compile(r"\s*(UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE)\s", re.IGNORECASE)

# Modules that may change rows in bulk, each with the reason why no ledger entry can be missed by it.
BULK_ALLOWED = {
    WRITES_APART: "how far an import has come; that it began and what came of it is recorded",
    "inquiry/store/rolls.py": "people of a roll by the thousand; the import that brings them is recorded",
}


def ended_transactions(name: str, source: str) -> Iterator[str]:
    """Yield each commit or rollback outside the committer."""
    if name in (COMMITTER, WRITES_APART):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ENDS_TRANSACTION:
            yield f"{name}:{node.lineno}: .{node.attr} outside workflow/work.py"


def docstrings_in(tree: ast.Module) -> set[ast.expr]:
    return {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def bulk_changes(name: str, source: str) -> Iterator[str]:
    """Yield each bulk UPDATE or DELETE: SQLAlchemy's constructs, its legacy queries, and plain SQL."""
    if name == COMMITTER or name in BULK_ALLOWED:
        return
    tree = ast.parse(source)
    docstrings = docstrings_in(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy":
            if {alias.name for alias in node.names} & CHANGES_IN_BULK:
                yield f"{name}:{node.lineno}: bulk change"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES_IN_BULK:
            owner = ast.unparse(node.func.value)
            if owner in ("sqlalchemy", "sa") or ".query(" in owner or owner.endswith("__table__"):
                yield f"{name}:{node.lineno}: bulk change"
        elif isinstance(node, ast.Constant) and node not in docstrings and CHANGING_SQL.match(str(node.value)):
            yield f"{name}:{node.lineno}: changing SQL"


def test_only_the_unit_of_work_ends_a_transaction():
    assert breaches_in(python_sources(), ended_transactions) == []


def test_no_rows_change_in_bulk_behind_the_unit_of_work():
    assert breaches_in(python_sources(), bulk_changes) == []


def test_every_exception_still_needs_to_be_one():
    sources = python_sources()
    assert [name for name in BULK_ALLOWED if name not in sources] == []


@pytest.mark.parametrize(
    ("source", "checker"),
    [
        ("session.commit()", ended_transactions),
        ("def f(session):\n    session.rollback()", ended_transactions),
        ("later = session.commit", ended_transactions),
        ("from sqlalchemy import select, update", bulk_changes),
        ("import sqlalchemy as sa\nsa.delete(Row)", bulk_changes),
        ("session.query(Row).filter_by(a=1).delete()", bulk_changes),
        ("Row.__table__.update()", bulk_changes),
        ("session.execute(text('update job set state = 1 where id = 2'))", bulk_changes),
        ("SQL = '''\n  DELETE FROM job WHERE id = 1'''", bulk_changes),
    ],
)
def test_each_breach_is_seen(source, checker):
    assert len(list(checker("inquiry/store/jobs.py", source))) == 1


@pytest.mark.parametrize(
    ("source", "checker"),
    [
        ("session.flush()", ended_transactions),
        ("seen.update(more)\ncache.delete(key)\nfrom sqlalchemy import select", bulk_changes),
        ("'''Update the row set.\n\nUPDATE job SET is what it does.'''", bulk_changes),
        ("label = 'Update the list'", bulk_changes),
    ],
)
def test_what_is_allowed_is_not_a_breach(source, checker):
    assert list(checker("inquiry/store/jobs.py", source)) == []
    assert list(ended_transactions(COMMITTER, "session.commit()")) == []
