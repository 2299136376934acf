"""``inquiry match``: a list of inquiries against a roster (一括照合)."""

import csv
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from inquiry.cli.roster import FILE, INSURER
from inquiry.cli.speaking import Progress, tell_problems
from inquiry.cli.surroundings import house, operator
from inquiry.domain.table_text import RowProblem
from inquiry.web.match_words import OUTPUT_COLUMNS, reasons_of
from inquiry.workflow import roster
from inquiry.workflow.garbage import rare_collections
from inquiry.workflow.roster_judging import judge, list_in


@click.command("match")
@INSURER
@click.argument("source", metavar="IN.csv", type=FILE)
@click.argument("target", metavar="OUT.csv", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def match(number: str, source: Path, target: Path) -> None:
    """Decide every inquiry of IN.csv (or a workbook) against an insurer's roster; the findings go to OUT.csv."""
    progress, decided = Progress("inquiries decided"), 0
    problems: list[RowProblem] = []
    unfinished = target.with_name(f"{target.name}.unfinished")
    with source.open("rb") as stream, unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(OUTPUT_COLUMNS)
        with rare_collections(), house().work(operator()) as work:
            insurer = roster.insurer_of(work, number)
            for judged in judge(work, insurer.id, list_in(stream)):
                problems.extend(judged.problems)
                if judged.row is not None and judged.decision is not None:
                    reasons = reasons_of(judged.decision)
                    writer.writerow((judged.row.inquiry_id, judged.decision.finding, judged.member_id, reasons))
                    decided += 1
                    progress(decided)
    unfinished.replace(target)
    tell_problems(problems)
    unreadable = len({problem.line for problem in problems})
    click.echo(f"{decided:,} decided, {unreadable:,} unreadable.", err=True)
    if problems:
        sys.exit(1)
