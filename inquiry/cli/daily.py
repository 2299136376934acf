"""``inquiry daily``: do what falls due by the clock, from a timer (日次の処理)."""

import sys
from typing import Final

import click
from flask.cli import with_appcontext

from inquiry.cli.surroundings import house, operator
from inquiry.workflow import daily
from inquiry.workflow.daily import Outcome, Part

_WORDS: Final = {
    Part.CHANGES: "changes of the directories hold now",
    Part.STEPS: "steps of escalations taken",
    Part.IMPORTS: "interrupted imports given up",
    Part.ROSTERS: "rosters that are over deleted",
    Part.NOBODY: "rosters on which findings of nobody were looked at again",
    Part.TABLES: "tables of many inquiries that nobody sent thrown away",
}


@click.command("daily")
@with_appcontext
def run() -> None:
    """Let due changes of the directories hold, press for late answers, see to rosters; run it as often as you like.

    Imports that were killed are given up, rosters that are over deleted, and findings of nobody looked at again where a
    later roster or later rules have not been asked yet. Tables of many inquiries that nobody sent are thrown away.

    Steps are taken in business hours only: run it every quarter of an hour rather than once a night. The exit code is 1
    if something could not be done; everything else was.
    """
    outcomes = daily.run(house(), operator())
    for outcome in outcomes:
        _tell(outcome)
    if any(outcome.failures for outcome in outcomes):
        sys.exit(1)


def _tell(outcome: Outcome) -> None:
    click.echo(f"{outcome.done:,} {_WORDS[outcome.part]}.")
    for failure in outcome.failures:
        click.echo(f"Failed: {outcome.part} {failure.key} {failure.code}", err=True)
