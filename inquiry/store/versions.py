"""Who was first, where two people write the next version of one thing at the same moment (版の重なり).

Decides   which keys of the database stand for a version that people set. A rule read and written by two at once passes
          both of their checks; the key lets one of them in, and the other is told whose version came first.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inquiry.store.organisations import display_names
from inquiry.store.tables import metadata

# What people set in versions, by its table: a row for each version, or one that counts them.
VERSIONED: Final = frozenset(
    {
        "contact_entry",
        "difficult_edition",
        "difficulty_rules",
        "directory_rule",
        "escalation_rules",
        "file_setting",
        "file_template",
        "four_eyes_edition",
        "insurer_number",  # a desk that two people add at once
        "letter_wording",
        "matching_rules",
        "office_letterhead",
        "timetable",
    }
)
_OWNERS: Final = ("insurer_id", "organisation_id", "kind")
_NAMES: Final = ("set_by_name", "made_by_name", "written_by_name", "uploaded_by_name")
_ACCOUNTS: Final = ("entered_by", "made_by")


def table_of_version_taken(error: IntegrityError) -> Table | None:
    """Return the table of the version that somebody else wrote first; None if this error says anything else.

    PostgreSQL alone lets two write at once; SQLite lets the second in after the first is done.
    """
    broken = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    for name in VERSIONED if broken else ():
        table = metadata.tables[name]
        if broken in _keys_of(table):
            return table
    return None


def first_writer(session: Session, table: Table, error: IntegrityError) -> str:
    """Return the name of whoever wrote the version that was taken, "" where the table does not keep it."""
    written = error.params if isinstance(error.params, Mapping) else {}
    broken = _keys_of(table)[error.orig.diag.constraint_name]  # type: ignore[union-attr]  # see above: PostgreSQL's
    # A key of what holds for everybody leaves out whose it is: nobody's.
    columns = {*broken, *(each for each in _OWNERS if each in table.c)}
    query = select(table).where(*(table.c[column] == written.get(column) for column in columns))
    row = dict(session.execute(query).mappings().first() or {})
    name = next((str(row[column]) for column in _NAMES if row.get(column)), "")
    account = next((str(row[column]) for column in _ACCOUNTS if row.get(column)), "")
    return name or display_names(session, {account}).get(account, "")


def _keys_of(table: Table) -> dict[Any, list[str]]:
    """Return the columns of each key of a table, by its name."""
    constraints = [each for each in table.constraints if isinstance(each, (PrimaryKeyConstraint, UniqueConstraint))]
    keys = {each.name: [column.name for column in each.columns] for each in constraints}
    return keys | {index.name: [column.name for column in index.columns] for index in table.indexes if index.unique}
