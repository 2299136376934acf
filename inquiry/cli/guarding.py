"""``inquiry guard``: look for a My Number in files (個人番号の検査)."""

import sys
from pathlib import Path

import click

from inquiry.domain.errors import InvalidValue
from inquiry.domain.my_number import Level, Verdict
from inquiry.security.guard import examine_file

UNSCANNABLE = Verdict(Level.BLOCK, "unscannable")


@click.command("guard")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def guard(files: tuple[Path, ...]) -> None:
    """Say for each FILE whether it holds a My Number: block, warn or allow, the rule, the file; never the digits."""
    verdicts = [(file, _verdict(file)) for file in files]
    for file, verdict in verdicts:
        click.echo(f"{verdict.level}\t{verdict.rule}\t{file}")
    if any(verdict.level is Level.BLOCK for _, verdict in verdicts):
        sys.exit(1)


def _verdict(file: Path) -> Verdict:
    try:
        return examine_file(file.name, file.read_bytes())
    except InvalidValue:
        # What cannot be looked into cannot be let through.
        return UNSCANNABLE
