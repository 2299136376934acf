"""The same batch of inquiries decided by splink, a probabilistic record linker, and by this product's rule.

    pip install splink          # into an environment of its own: it is no dependency of anything here
    python -m benchmarks.matching.against_splink [--persons 200000] [--inquiries 10000] [--seed 2017]

Splink is given names in this product's folded forms, which is in its favour, is trained on the roster and the batch,
and answers where exactly one member reaches a weight; every weight is tried on the very batch, in its favour too. Its
time has three parts, loading two files, training and predicting; ours is that of making the keys and deciding. Finding
the members by their keys, which is the database's work, is timed in benchmarks/speed.
"""

import argparse
import csv
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import splink.comparison_library as compared
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.matching.cases import Case, Chance
from benchmarks.matching.held import members_of
from benchmarks.matching.population import Population
from benchmarks.matching.roll import Roll
from benchmarks.matching.trial import stream
from inquiry.domain.member import Member
from inquiry.domain.subject import Subject
from inquiry.matching.decide import decide
from inquiry.matching.kana import fold
from inquiry.matching.keys import lookup_keys
from inquiry.matching.names import names_of

COLUMNS = ("unique_id", "kana", "surname", "given", "kanji", "birth_date", "sex")
WEIGHTS = (4, 8, 12, 14, 16, 18, 20, 22, 24, 26, 28)
SETTINGS = SettingsCreator(
    link_type="link_only",
    comparisons=[
        compared.JaroWinklerAtThresholds("kana", [0.95, 0.88]).configure(term_frequency_adjustments=True),
        compared.JaroWinklerAtThresholds("kanji", [0.9]).configure(term_frequency_adjustments=True),
        compared.DamerauLevenshteinAtThresholds("birth_date", [1, 2]),
        compared.ExactMatch("sex"),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("kana", "birth_date"),
        block_on("kanji", "birth_date"),
        block_on("surname", "birth_date"),
        block_on("given", "birth_date"),
        block_on("kana", "substr(birth_date, 1, 7)"),
    ],
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=200_000)
    parser.add_argument("--inquiries", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2017)
    asked = parser.parse_args()
    population = Population(asked.persons, asked.seed)
    cases = list(stream(Chance(population, asked.seed), asked.inquiries))
    print("| method | right | wrong | forbidden answered | seconds |\n|---|--:|--:|--:|---|")
    print_ours(Roll(population, processes=os.cpu_count() or 1), cases)
    with tempfile.TemporaryDirectory() as folder:
        print_splinks(Path(folder), population, cases)


def print_ours(roll: Roll, cases: list[Case]) -> None:
    members = [roll.under(lookup_keys(case.subject)) for case in cases]
    started = time.perf_counter()
    for case in cases:
        lookup_keys(case.subject)
    found = [decide(case.subject, its).member_id for case, its in zip(cases, members, strict=True)]
    print_line("this product", cases, found, seconds=f"{time.perf_counter() - started:.1f}")


def print_splinks(folder: Path, population: Population, cases: list[Case]) -> None:
    write(folder / "roster.csv", (row_of(member) for person in population.persons() for member in members_of(person)))
    write(folder / "batch.csv", ((f"Q{place}", *row_of(case.subject)[1:]) for place, case in enumerate(cases)))
    started = time.perf_counter()
    database = DuckDBAPI()
    tables = [load(database, folder / f"{name}.csv") for name in ("batch", "roster")]
    linker = Linker(tables, SETTINGS, log_level=None)
    prepared = time.perf_counter()
    train(linker)
    trained = time.perf_counter()
    pairs = linker.inference.predict(threshold_match_weight=min(WEIGHTS)).as_record_list()
    done = time.perf_counter()
    times = " + ".join(f"{after - before:.1f}" for before, after in pairwise((started, prepared, trained, done)))
    for weight in WEIGHTS:
        found = unique_above(pairs, weight, len(cases))
        print_line(f"splink, weight ≥ {weight}", cases, found, seconds=times)


def row_of(person: Member | Subject) -> tuple[str, ...]:
    """Return one record in folded forms; an empty cell is unknown."""
    name = names_of(person)[0]
    parts = [fold(part) for part in name.kana.parts]
    surname, given = (parts[0], parts[-1]) if len(parts) > 1 else ("", "")
    number = person.member_id if isinstance(person, Member) else ""
    return number, name.kana.folded, surname, given, name.written.searchable, person.birth_date.isoformat(), person.sex


def write(target: Path, rows: Iterable[tuple[str, ...]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS])
        csv.writer(file).writerows(rows)


def load(database: DuckDBAPI, source: Path) -> object:
    """Read a file of records into a table of its own name."""
    name = source.stem
    database.duckdb_con.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{source}', all_varchar=true)")
    return database.register(name, dataset_display_name=name)


def train(linker: Linker) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("kana", "kanji", "birth_date", "sex")], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("birth_date"))
    training.estimate_parameters_using_expectation_maximisation(block_on("kana", "kanji"))


def unique_above(pairs: list[dict], weight: float, number: int) -> list[str | None]:
    """Return for each inquiry the only member who reaches a weight."""
    reached = defaultdict(set)
    for pair in pairs:
        if pair["match_weight"] >= weight:
            ids = {pair["unique_id_l"], pair["unique_id_r"]}
            (inquiry,) = (each for each in ids if each.startswith("Q"))
            reached[inquiry] |= ids - {inquiry}
    return [next(iter(found)) if len(found) == 1 else None for found in (reached[f"Q{n}"] for n in range(number))]


def print_line(method: str, cases: list[Case], found: list[str | None], *, seconds: str) -> None:
    counted = Counter(verdicts(cases, found))
    print(f"| {method} | {counted['right']:,} | {counted['wrong']} | {counted['forbidden']} | {seconds} |", flush=True)


def verdicts(cases: list[Case], found: list[str | None]) -> Iterator[str]:
    """Say of each answer whether it names the person meant, somebody else, or nobody the rules let it name."""
    for case, member_id in zip(cases, found, strict=True):
        if member_id is None:
            continue
        is_right = case.person is not None and int(member_id[1:]) == case.person.number
        if not is_right:
            yield "wrong"
        else:
            yield "forbidden" if case.allowed.forbids_one else "right"


if __name__ == "__main__":
    main()
