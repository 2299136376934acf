"""``inquiry db``: the schema (データベースの移行)."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from inquiry.cli.surroundings import house
from inquiry.store import schema

group = AppGroup("db", help="Bring the database to the newest schema.")


@group.command("upgrade")
def upgrade() -> None:
    """Bring the database that DATABASE_URL names to the newest schema."""
    with house().reading() as work:
        engine = work.session.get_bind().engine
    schema.upgrade(engine, Path(current_app.root_path) / "migrations")
    click.echo("The database has the newest schema.", err=True)
