"""``inquiry escalate``: take the steps that are due, from a daily or hourly run (督促)."""

import click
from flask.cli import with_appcontext

from inquiry.cli.surroundings import house, operator
from inquiry.workflow import reminding


@click.command()
@with_appcontext
def escalate() -> None:
    """Tell supervisors, PMO and clerks of answers that do not come; run it as often as you like."""
    taken = reminding.run(house(), operator())
    click.echo(f"{taken} steps taken.")
