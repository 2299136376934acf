"""``inquiry audit``: verify and export the ledger (監査台帳の検証・書き出し)."""

import sys
from collections import Counter
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from inquiry.cli.surroundings import house, operator
from inquiry.workflow import auditing, deciding
from inquiry.workflow.auditing import Verification
from inquiry.workflow.deciding import Replayed

group = AppGroup("audit", help="Verify and export the tamper-evident ledger.")


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the ledger to FILE, one JSON object a line, closed by a head statement."""
    with file.open("wb") as target:
        with house().work(operator()) as work:
            auditing.note_exported(work)
        with house().reading() as work:
            lines = sum(target.write(line) > 0 for line in auditing.export(work))
    click.echo(f"{lines - 1:,} entries and the head statement written to {file}.", err=True)


@group.command("verify", with_appcontext=False)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def verify(context: click.Context, file: Path | None) -> None:
    """Check the ledger of the database, or an exported FILE by itself, and name the first entry that does not fit."""
    found = auditing.verify_file(file) if file is not None else context.invoke(_verify_database)
    for fault in found.faults:
        place = f"chain {fault.chain_id} entry {fault.seq}" if fault.chain_id else f"line {fault.seq}"
        click.echo(f"{place}: {fault.harm}", err=True)
    if not found.is_sound:
        click.echo("The ledger does NOT verify.", err=True)
        sys.exit(1)
    click.echo(f"{found.entries:,} entries in {found.chains:,} chains verify.")


@with_appcontext
def _verify_database() -> Verification:
    with house().reading() as work:
        return auditing.verify(work)


@group.command("replay")
def replay() -> None:
    """Make every kept decision again, and name the identifications that come out otherwise."""
    counted: Counter[Replayed] = Counter()
    for identification_id, outcome in deciding.replay_everything(house(), operator()):
        counted[outcome] += 1
        if outcome is Replayed.DIFFERENT:
            click.echo(f"identification {identification_id}: differs", err=True)
    click.echo(
        f"{counted.total():,} decisions replayed: {counted[Replayed.EQUAL]:,} equal, "
        f"{counted[Replayed.DIFFERENT]:,} different, {counted[Replayed.OTHER_RULES]:,} made by other rules."
    )
    if counted[Replayed.DIFFERENT]:
        sys.exit(1)
