"""``inquiry match``: a list of inquiries against a roster (一括照合)."""

import csv
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from inquiry.cli.roster import FILE, INSURER, PROCESSES, processes_for
from inquiry.cli.speaking import Progress, tell_problems
from inquiry.cli.surroundings import house, operator
from inquiry.domain.table_text import RowProblem
from inquiry.web.match_words import OUTPUT_COLUMNS, output_row
from inquiry.workflow import roster
from inquiry.workflow.processes import rare_collections
from inquiry.workflow.roster_judging import Judged, judge, list_in


@click.command("match")
@INSURER
@click.argument("source", metavar="IN.csv", type=FILE)
@click.argument("target", metavar="OUT.csv", type=click.Path(dir_okay=False, path_type=Path))
@PROCESSES
@with_appcontext
def match(number: str, source: Path, target: Path, *, processes: int | None) -> None:
    """Decide every inquiry of IN.csv (or a workbook) against an insurer's roster; the findings go to OUT.csv."""
    progress, decided = Progress("inquiries decided"), 0
    problems: list[RowProblem] = []
    unfinished = target.with_name(f"{target.name}.unfinished")
    with house().reading() as work:
        insurer_id = roster.insurer_of(work, number).id
    several = processes or processes_for(source.stat().st_size)
    with source.open("rb") as stream, unfinished.open("w", encoding="utf-8", newline="") as file, rare_collections():
        writer = csv.writer(file)
        writer.writerow(OUTPUT_COLUMNS)
        for row, wrong in judge(house(), operator(), insurer_id, list_in(stream), tell=_told, processes=several):
            problems.extend(wrong)
            if row is not None:
                writer.writerow(row)
                decided += 1
                progress(decided)
    unfinished.replace(target)
    tell_problems(problems)
    unreadable = len({problem.line for problem in problems})
    click.echo(f"{decided:,} decided, {unreadable:,} unreadable.", err=True)
    if problems:
        sys.exit(1)


def _told(judged: Judged) -> tuple[tuple[str, str, str, str] | None, tuple[RowProblem, ...]]:
    return output_row(judged), judged.problems
