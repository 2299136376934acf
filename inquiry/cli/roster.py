"""``inquiry roster``: keep insurers' rosters (加入者名簿)."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from flask.cli import AppGroup

from inquiry.cli.speaking import Progress, tell_problems
from inquiry.cli.surroundings import house, operator
from inquiry.domain.errors import Forbidden, InquiryError
from inquiry.domain.roster import seems_of_another_coding
from inquiry.domain.table_text import RowProblem
from inquiry.domain.wareki import EraCoding
from inquiry.store.rosters import Stage
from inquiry.web.messages import sentence
from inquiry.workflow import roster
from inquiry.workflow.rechecking import recheck
from inquiry.workflow.roster_changes import Sent, Taken, take_over_changes
from inquiry.workflow.roster_clearing import clear, is_clear
from inquiry.workflow.roster_comparing import PAST_WORDS, Comparison, Consent, Weighed, before, weighed
from inquiry.workflow.roster_loading import RosterFile, Watch, load
from inquiry.workflow.roster_rebuilding import needing_rebuild, rebuild
from inquiry.workflow.roster_switching import alone_at, discard, put_back, remove, switch

group = AppGroup("roster", help="Keep insurers' rosters.")
INSURER = click.option("--insurer", "number", required=True, metavar="NUMBER", help="保険者番号 of the contact list.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PROCESSES = click.option(
    "--processes", type=click.IntRange(1, 64), help="Processes that compute; for a large file one for each processor."
)
ERA_DIGITS = click.option(
    "--era-digits",
    type=click.Choice([each.value for each in EraCoding]),
    default=EraCoding.CLAIMS.value,
    help="Of 7-digit dates.",
)
SMALL_BYTES: Final = 1_000_000  # below this, one process is ready before a second has started
MOST_PROCESSES: Final = 8


_WORDS: Final = {
    "roster:bad_rows": ("--skip-bad", "Take over the good rows although others are bad."),
    "roster:vanishing": ("--allow-vanishing", "Switch over although many people would no longer be there."),
    "roster:opens_withheld": ("--allow-opening", "Switch over although 不開示 may end that nobody ended."),
    "roster:others": ("--allow-others", "Switch over although many people would bear another name, birth date or sex."),
    "roster:older": ("--allow-older", "Switch over although FILE was written before the roster in force."),
}


_WORDS_OF_DAY: Final = {  # of differences, by the words that ask the same of a whole file
    "roster:many_removed": _WORDS["roster:vanishing"][0],
    "roster:many_others": _WORDS["roster:others"][0],
}


def consenting(*codes: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the words that a roster may need to come into force."""

    def with_words(command: Callable[..., None]) -> Callable[..., None]:
        for code in reversed(codes):
            flag, means = _WORDS[code]
            command = click.option(flag, is_flag=True, help=means)(command)
        return command

    return with_words


def _consent(options: Mapping[str, object]) -> Consent:
    words = ("skip_bad", "allow_vanishing", "allow_opening", "allow_older", "allow_others")
    skips, vanishing, opening, older, others = (bool(options.get(each)) for each in words)
    return Consent(skips, vanishing, opening, older, others)


@group.command("import")
@INSURER
@click.argument("file", type=FILE)
@consenting(*_WORDS)
@click.option("--changes", is_flag=True, help="FILE holds the differences of a day (異動区分); no undo.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day FILE was written; today if not given.")
@ERA_DIGITS
@PROCESSES
def import_(number: str, file: Path, as_of: datetime | None, era_digits: str, **options: bool | int | None) -> None:
    """Replace an insurer's roster by a CSV file (UTF-8 or CP932) or a workbook, one row a period of cover.

    Look-ups go on meanwhile, on the roster in force. An import that is interrupted leaves no trace. One that needs a
    word waits for it, loaded: see `roster switch`.
    """
    began = time.monotonic()
    insurer_id = _insurer(number)
    with file.open("rb") as stream:
        length = file.stat().st_size
        source = RosterFile(stream, length, as_of.date() if as_of else None, EraCoding(era_digits))
        consent, watch = _consent(options), RowsRead(began)
        if options["changes"]:
            said = _change(insurer_id, Sent(source, consent), watch)
        else:
            processes = int(options["processes"] or processes_for(length))
            generation_id = load(house(), operator(), insurer_id, file=source, processes=processes, watch=watch)
            _tell_report(insurer_id, generation_id)
            said = _switched(number, generation_id, consent)
    click.echo(f"{said} in {time.monotonic() - began:.1f} s.")
    _tell_rechecked(insurer_id)


def processes_for(length: int) -> int:
    """Return how many processes are worth while for a file of so many bytes."""
    return 1 if length < SMALL_BYTES else min(MOST_PROCESSES, len(os.sched_getaffinity(0)))


class RowsRead(Watch):
    """Says how far a file is read, and how long it will still take, not more than once in two seconds."""

    def __init__(self, began: float) -> None:
        self.began = self.spoke = began

    def progress(self, rows: int, share: int) -> None:
        """Take note that so many rows, and so many thousandths of the file, are read."""
        now = time.monotonic()
        if now - self.spoke >= 2 and share:
            self.spoke = now
            left = (now - self.began) * (1000 - share) / share
            click.echo(f"{rows:,} rows, {share / 10:.0f} %, about {left / 60:.1f} minutes left", err=True)


@group.command("switch")
@INSURER
@consenting(*_WORDS)
def switch_(number: str, **options: bool) -> None:
    """Bring a roster into force that was loaded and waits for a word."""
    insurer_id = _insurer(number)
    click.echo(f"{_switched(number, _waiting(insurer_id), _consent(options))}.")
    _tell_rechecked(insurer_id)


@group.command("discard")
@INSURER
def discard_(number: str) -> None:
    """Give up a roster that was loaded and waits for a word."""
    insurer_id = _insurer(number)
    generation_id = _waiting(insurer_id)
    with house().work(operator()) as work:
        discard(work, insurer_id, generation_id)
    clear(house(), operator(), insurer_id)
    click.echo("What was loaded is given up. The roster in force stays.")


def _insurer(number: str) -> str:
    with house().reading() as work:
        return roster.insurer_of(work, number).id


def _waiting(insurer_id: str) -> str:
    """Return the id of the import that waits for a word, nothing where none does."""
    with house().reading() as work:
        imports, _ = roster.imports(work, insurer_id)
        return next((each.id for each in imports if each.stage == Stage.LOADED), "")


def _switched(number: str, generation_id: str, consent: Consent) -> str:
    """Switch to a loaded roster and say who is on it; leave it waiting where it needs more words than were given."""
    insurer_id = _insurer(number)
    with house().reading(operator()) as work:
        beside = weighed(work, insurer_id, generation_id, consent)
        generation = roster.import_of(work, insurer_id, generation_id)
    is_past_words = not PAST_WORDS.isdisjoint(beside.missing)
    if not beside.missing:
        with house().work(operator()) as work:
            switch(work, beside)
    elif is_past_words:
        with house().work(operator()) as work:
            discard(work, insurer_id, generation_id)
    _tell_lost(beside.compared)
    clear(house(), operator(), insurer_id)
    if beside.missing:
        _tell_missing(f"switch --insurer {number}", beside)
        if not is_past_words:
            click.echo(f"  inquiry roster discard --insurer {number}    gives up what was loaded, and waits", err=True)
        sys.exit(1)
    return f"{generation.persons:,} persons from {generation.rows:,} rows"


def _tell_missing(command: str, beside: Weighed) -> None:
    for code in beside.missing:
        click.echo(sentence(Forbidden(code)), err=True)
    click.echo("Nothing was changed: the roster in force stays.", err=True)
    if PAST_WORDS.isdisjoint(beside.missing):
        words = " ".join(_WORDS[code][0] for code in beside.needed)
        click.echo(f"  inquiry roster {command} {words}    brings the other into force as it is", err=True)


def _tell_report(insurer_id: str, generation_id: str) -> None:
    with house().reading() as work:
        generation = roster.import_of(work, insurer_id, generation_id)
        report, rows = generation.report or {}, generation.rows
    kept = report.get("problems", [])
    tell_problems(RowProblem(line, column, code) for line, column, code in kept)
    if report.get("repeated"):
        click.echo(f"{report['repeated']:,} rows repeat another row; they count once.", err=True)
    if report.get("alike_persons"):
        lines = "; ".join(", ".join(map(str, group)) for group in report["alike"][:5])
        said = f"{report['alike_persons']:,} persons share name, birth date and sex, as far as known"
        click.echo(f"{said}, under several 加入者ID, e.g. lines {lines}.", err=True)
    if report.get("wrong_rows"):
        click.echo(f"{report['wrong_rows']:,} rows cannot be taken over; {len(kept):,} faults are shown.", err=True)
    tell_other_coding(report.get("by_reason", {}), rows)


def tell_other_coding(by_reason: Mapping[str, int], rows: int) -> None:
    """Say so where a file probably counts eras the other way."""
    if seems_of_another_coding(by_reason, rows):
        click.echo("The file probably counts eras the other way: see --era-digits.", err=True)


def _change(insurer_id: str, sent: Sent, watch: Watch) -> str:
    taken = take_over_changes(house(), operator(), insurer_id, sent, watch=watch)
    tell_problems(taken.tally.problems)
    tell_other_coding(taken.tally.by_reason, taken.tally.rows)
    if taken.generation is None:
        click.echo(_why_nothing_changed(taken), err=True)
        sys.exit(1)
    if taken.tally.is_empty:
        return f"No differences as of {taken.generation.as_of}: {taken.generation.persons:,} persons as before,"
    return f"{taken.tally.rows:,} rows of differences, {taken.generation.persons:,} persons now,"


def _why_nothing_changed(taken: Taken) -> str:
    if taken.compared is None or not taken.lacks:
        return "Nothing was imported. Correct the rows, or give --skip-bad."
    of_many = {
        "roster:many_removed": f"{taken.compared.vanishing:,} of {taken.compared.persons:,} persons would be removed",
        "roster:many_others": f"{taken.compared.others:,} of {taken.compared.changed:,} changed persons would bear"
        " another name, birth date or sex",
    }
    said = ", ".join(of_many[code] for code in taken.lacks)
    words = " ".join(_WORDS_OF_DAY[code] for code in taken.lacks)
    return f"Nothing was imported: {said}, which cannot be undone. Give {words} if that is right."


def _tell_rechecked(insurer_id: str) -> None:
    again = recheck(house(), operator(), insurer_id)
    if again.looked:
        gone = f", {again.gone:,} nobody any more" if again.gone else ""
        said = f"{again.looked:,} findings of nobody looked at again, {again.found:,} find somebody now{gone}."
        click.echo(said, err=True)


@group.command("put-back")
@INSURER
@consenting("roster:vanishing", "roster:others", "roster:opens_withheld")
def put_back_(number: str, **options: bool) -> None:
    """Bring the roster before the present one back into force."""
    insurer_id = _insurer(number)
    with house().reading(operator()) as work:
        earlier = before(work, insurer_id)
        beside = weighed(work, insurer_id, earlier.id, _consent(options), stage=Stage.PREVIOUS)
    _tell_lost(beside.compared)
    if beside.missing:
        _tell_missing(f"put-back --insurer {number}", beside)
        sys.exit(1)
    with house().work(operator()) as work:
        put_back(work, beside)
    said = f"imported at {earlier.imported_at:%Y-%m-%d %H:%M} UTC with {earlier.persons:,} persons"
    click.echo(f"The roster {said} is in force again.")
    _tell_rechecked(insurer_id)


def _tell_lost(compared: Comparison) -> None:
    if compared.vanishing:
        click.echo(f"{compared.vanishing:,} of {compared.persons:,} persons are not on the other roster.", err=True)
    if compared.others:
        said = "bear another name, birth date or sex under their 加入者ID on the other roster"
        click.echo(f"{compared.others:,} of {compared.persons:,} persons {said}.", err=True)
    if compared.loses_changes:
        click.echo("The differences that were taken over since are not on it either.", err=True)


@group.command("remove")
@INSURER
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_(number: str, *, yes: bool) -> None:
    """Delete an insurer's rosters for good: it looks in its own system from then on and attests what it found there."""
    with house().reading() as work:
        insurer = roster.insurer_of(work, number)
        active = roster.in_force(work, insurer.id)
    persons, as_of = f"{active.persons:,} persons", active.as_of or "a day that nobody wrote down"
    if not yes:
        whose = f"{insurer.name} ({number}), by which {persons} as of {as_of} are looked up"
        click.confirm(f"Delete every roster of {whose}? This cannot be undone.", abort=True)
    with alone_at(house(), insurer.id):
        with house().work(operator()) as work:
            remove(work, insurer.id)
        clear(house(), operator(), insurer.id)
    with house().reading() as work:
        is_gone = is_clear(work, insurer.id)
    click.echo(f"{persons} as of {as_of} were on the roster of {insurer.name} that was in force.")
    left = "Somebody still reads it, a backup perhaps. It is over; who is on it is deleted by `inquiry daily`."
    click.echo("It is deleted." if is_gone else left)


@group.command("rebuild")
@click.option("--insurer", "number", metavar="NUMBER", help="保険者番号; every roster that needs it if not given.")
def rebuild_(number: str | None) -> None:
    """Make the keys and seals of rosters anew: after an update that says so, and after `keys rotate`.

    An insurer whose roster cannot be rebuilt now is named, and keeps it as it is; the others are rebuilt.
    """
    insurer_ids = needing_rebuild(house()) if number is None else [_insurer(number)]
    is_done = [_rebuilt(insurer_id) for insurer_id in insurer_ids]
    if not insurer_ids:
        click.echo("Every roster is up to date.")
    if not all(is_done):
        sys.exit(1)


def _rebuilt(insurer_id: str) -> bool:
    try:
        persons = rebuild(house(), operator(), insurer_id, progress=Progress("persons rebuilt"))
    except InquiryError as refusal:
        with house().reading() as work:
            number = roster.number_of(work, insurer_id)
        click.echo(f"{number}: {sentence(refusal)}", err=True)
        return False
    click.echo(f"{persons:,} persons rebuilt.")
    _tell_rechecked(insurer_id)
    return True
