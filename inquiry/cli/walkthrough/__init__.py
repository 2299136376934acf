"""``inquiry walkthrough``: every path of the flowchart over HTTP, on a fresh database (一通りの実演).

Leaves in the folder: letter.pdf, answer.docx, answer-password.txt, ledger.jsonl, transcript.md. The password is
written down here alone, for the demonstration.
"""

import sys
import tempfile
from pathlib import Path

import click

from inquiry.cli.walkthrough.person import StepFailed
from inquiry.cli.walkthrough.play import Play
from inquiry.cli.walkthrough.stage import staged


@click.command("walkthrough")
@click.option("--out", "folder", required=True, metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def walkthrough(folder: Path) -> None:
    """Play every path of the flowchart as three people, and leave the documents in DIR."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as fresh, staged(Path(fresh)) as stage:
        play = Play(stage, folder)
        try:
            play.every_path()
        except StepFailed as failed:
            play.transcript.write(folder / "transcript.md")
            click.echo(f"{play.transcript.current}: {failed}", err=True)
            sys.exit(1)
        play.transcript.write(folder / "transcript.md")
    click.echo(f"{play.transcript.paths} paths, {play.transcript.steps} steps. Documents in {folder}.")
