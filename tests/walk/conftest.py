"""The small world, as the tests of the workflow have it."""

from tests.founded import on_postgres, on_sqlite, postgres_template, quick_locks, sqlite_template, world

__all__ = ["on_postgres", "on_sqlite", "postgres_template", "quick_locks", "sqlite_template", "world"]
