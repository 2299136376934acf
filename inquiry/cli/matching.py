"""``inquiry match``: a list of inquiries against a roster (一括照合)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
from flask.cli import with_appcontext

from inquiry.cli.roster import ERA_DIGITS, FILE, INSURER, PROCESSES, processes_for, tell_other_coding
from inquiry.cli.speaking import Progress, tell_problems
from inquiry.cli.surroundings import house, operator
from inquiry.domain.table_text import RowProblem, line_of
from inquiry.domain.wareki import EraCoding
from inquiry.web.match_words import OUTPUT_COLUMNS, output_row
from inquiry.workflow import roster
from inquiry.workflow.processes import rare_collections
from inquiry.workflow.roster_judging import Judged, judge, list_in
from inquiry.workflow.roster_loading import Tally


@click.command("match")
@INSURER
@click.argument("source", metavar="IN.csv", type=FILE)
@click.argument("target", metavar="OUT.csv", type=click.Path(dir_okay=False, path_type=Path))
@ERA_DIGITS
@PROCESSES
@with_appcontext
def match(number: str, source: Path, target: Path, *, era_digits: str, processes: int | None) -> None:
    """Decide every inquiry of IN.csv (or a workbook) against an insurer's roster; the findings go to OUT.csv.

    A line that cannot be read stands there without a finding, and with what is wrong.
    """
    progress, tally = Progress("inquiries decided"), Tally()
    with house().reading() as work:
        insurer_id = roster.insurer_of(work, number).id
    several = processes or processes_for(source.stat().st_size)
    with source.open("rb") as stream, _whole_file(target) as file, rare_collections():
        file.write(line_of(OUTPUT_COLUMNS))
        asked = list_in(stream, EraCoding(era_digits))
        for row, wrong in judge(house(), operator(), insurer_id, asked, tell=_told, processes=several):
            file.write(line_of(row))
            tally.rows += 1
            tally.add(wrong)
            progress(tally.rows)
    tell_problems(tally.problems)
    tell_other_coding(tally.by_reason, tally.rows)
    click.echo(f"{tally.rows - tally.wrong_rows:,} decided, {tally.wrong_rows:,} unreadable.", err=True)
    if tally.wrong_rows:
        sys.exit(1)


@contextmanager
def _whole_file(target: Path) -> Iterator[TextIO]:
    """Write a file beside its place and put it there once it is whole; broken off, it leaves no 加入者ID behind."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _told(judged: Judged) -> tuple[tuple[str, str, str, str], tuple[RowProblem, ...]]:
    return output_row(judged), judged.problems
