"""``inquiry roster`` and ``inquiry match``: a roster, and a list of inquiries against it (名簿・一括照合)."""

import csv
import sys
import time
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from inquiry.cli.speaking import Progress, tell_problems
from inquiry.cli.surroundings import house, operator
from inquiry.domain.table_text import RowProblem
from inquiry.web.messages import sentence_for
from inquiry.web.sentences.matching import REASONS
from inquiry.workflow import roster

group = AppGroup("roster", help="Keep insurers' rosters.")
INSURER = click.option("--insurer", "number", required=True, metavar="NUMBER", help="保険者番号 of the contact list.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT_COLUMNS = ("照会ID", "判定", "加入者ID", "理由")


@group.command("import")
@INSURER
@click.argument("file", type=FILE)
@click.option("--skip-bad", is_flag=True, help="Take over the good rows although others are bad.")
def import_(number: str, file: Path, *, skip_bad: bool) -> None:
    """Replace an insurer's roster by a CSV file (UTF-8 or CP932, one row a period of cover)."""
    began = time.monotonic()
    with house().work(operator()) as work:
        insurer = roster.insurer_of(work, number)
        reading = roster.read(file.read_bytes(), progress=Progress("rows read"))
        tell_problems(reading.problems)
        if reading.problems and not skip_bad:
            click.echo("Nothing was imported. Correct the rows, or give --skip-bad.", err=True)
            sys.exit(1)
        roster.take_over(work, insurer.id, reading, skips_bad=skip_bad, progress=Progress("persons written"))
    click.echo(f"{len(reading.members):,} persons from {reading.rows:,} rows in {time.monotonic() - began:.1f} s.")


@click.command("match")
@INSURER
@click.argument("source", metavar="IN.csv", type=FILE)
@click.argument("target", metavar="OUT.csv", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def match(number: str, source: Path, target: Path) -> None:
    """Decide every inquiry of IN.csv against an insurer's roster, and write the findings to OUT.csv."""
    progress = Progress("inquiries decided")
    problems: list[RowProblem] = []
    rows: list[tuple[str, str, str, str]] = []
    with house().work(operator()) as work:
        insurer = roster.insurer_of(work, number)
        for judged in roster.judge(work, insurer.id, source.read_bytes()):
            problems.extend(judged.problems)
            if judged.row is not None and judged.decision is not None:
                reasons = _reasons(judged)
                rows.append((judged.row.inquiry_id, judged.decision.finding, judged.member_id, reasons))
            progress(len(rows))
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([OUTPUT_COLUMNS, *rows])
    tell_problems(problems)
    unreadable = len({problem.line for problem in problems})
    click.echo(f"{len(rows):,} decided, {unreadable:,} unreadable.", err=True)
    if problems:
        sys.exit(1)


def _reasons(judged: roster.Judged) -> str:
    """Say why, once for each reason; of several candidates only the one that was chosen speaks, where one was."""
    if judged.decision is None or not judged.decision.candidates:
        return sentence_for("match:nobody")
    chosen = judged.decision.member_id
    candidates = [each for each in judged.decision.candidates if chosen is None or each.member_id == chosen]
    comparisons = [comparison for candidate in candidates for comparison in candidate.comparisons]
    reasons = dict.fromkeys(reason for comparison in comparisons for reason in comparison.reasons)
    return "".join(REASONS[reason] for reason in reasons) or sentence_for("match:equal")
