"""The small world, once on each engine."""

from tests.founded import on_postgres, on_sqlite, postgres_template, quick_locks, sqlite_template, world

__all__ = ["on_postgres", "on_sqlite", "postgres_template", "quick_locks", "sqlite_template", "world"]
