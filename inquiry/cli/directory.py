"""``inquiry directory``: the insurer contact list from a file (照会窓口一覧の取込)."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from inquiry.cli.speaking import tell_problems
from inquiry.cli.surroundings import house, operator
from inquiry.workflow import contact_files

group = AppGroup("directory", help="Keep the insurer contact list.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--skip-bad", is_flag=True, help="Take over the good rows although others are bad.")
@click.option("--end-missing", is_flag=True, help="End the desks that the file does not list.")
def import_(file: Path, *, skip_bad: bool, end_missing: bool) -> None:
    """Import 医療保険者照会窓口一覧 from an Excel or CSV file (UTF-8 or CP932); it holds at once."""
    with house().work(operator()) as work:
        preview = contact_files.preview(work, file.read_bytes())
        tell_problems(preview.sheet.problems)
        if preview.sheet.problems and not skip_bad:
            click.echo("Nothing was imported. Correct the rows, or give --skip-bad.", err=True)
            sys.exit(1)
        contact_files.take_over(work, preview.difference, ends_missing=end_missing)
    found = preview.difference
    ended = len(found.ended) if end_missing else 0
    click.echo(
        f"{len(found.added)} added, {len(found.changed)} changed, {len(found.unchanged)} unchanged, {ended} ended."
    )
