"""What a letter costs: the product's path, against bare rendering of the same markup and against other programs.

Usage: python -m benchmarks.letters [LETTERS]
       python -m benchmarks.letters flat [LETTERS]

Every letter is to somebody else, whose name holds a rare form. Ways take turns, block by block, so that a busy machine
slows all of them; CPU time counts, of this process or of its children. Two workers are compared with one by the time a
letter takes in each, and two processes that do nothing but sums tell in turns with them what two cores give just then.
typst and LibreOffice are left out where they are not installed. `flat` prints many letters by the product's path
alone: cost and memory as the run grows. Targets: docs/letters.md.
"""

import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from inquiry.documents.letter import Letter
from inquiry.documents.press import LetterPress
from inquiry.documents.samples import ANSWER, KATSU_AJ, KATSU_MJ, NABE_AJ, NABE_MJ
from inquiry.documents.word_file import write_docx
from inquiry.domain.subject import PersonName

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
RARE = ("髙", "﨑", "濵", "𠮷", KATSU_AJ, KATSU_MJ, NABE_AJ, NABE_MJ)
BLOCK = 10
TURN = 20
SUMS = 1_000_000
TYPST = """#let letter = json(bytes(sys.inputs.letter))
#set page(paper: "a4", margin: (top: 20mm, bottom: 16mm, left: 25mm, right: 20mm))
#set text(font: ("IPAexMincho", "IPAmjMincho", "Noto Serif CJK JP"), size: 10.5pt, lang: "ja")
#letter.to \\ #align(right)[#letter.number]
#v(60mm)
#align(center)[#text(13pt)[医療保険の資格等に関する照会について（回答）]]
#letter.body
#table(columns: (36mm, 1fr), ..letter.rows.flatten())
"""

Way = Callable[[list[Letter]], object]


def letters(count: int) -> Iterator[Letter]:
    """Yield letters to as many people, no two of the same name."""
    for number in range(count):
        name = "".join(RARE[number // len(RARE) ** place % len(RARE)] for place in range(4))
        asked = replace(ANSWER.inquiry, number=f"INQ-2026-{number:06d}", name=PersonName(f"{name} 太郎", "カナ"))
        yield replace(ANSWER, number=f"R8-{number:05d}", inquiry=asked)


def product(press: LetterPress) -> Way:
    return lambda block: [press.print_pdf(letter) for letter in block]


def yardstick(block: list[Letter]) -> list[int]:
    """Add up instead of printing; what that costs tells what the machine gives at the moment."""
    return [sums() for _ in block]


def bare(press: LetterPress) -> Way:
    """Return the renderer alone, tuned as the press tunes it, on markup that was made before."""
    fonts = FontConfiguration()
    style = CSS(string=(TEMPLATES / "letters" / "letters.css").read_text(encoding="utf-8"), font_config=fonts)
    made: dict[str, str] = {}

    def render(block: list[Letter]) -> None:
        for letter in block:
            HTML(string=made[letter.number]).write_pdf(
                stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=True
            )

    def way(block: list[Letter]) -> object:
        made.update((letter.number, press.wording.of(letter, "base")) for letter in block)
        return lambda: render(block)

    return way


def typst_way() -> Way:
    import typst  # noqa: PLC0415  # not installed everywhere

    compiler = typst.Compiler(TYPST.encode())

    def way(block: list[Letter]) -> None:
        for letter in block:
            said = {"to": "架空市健康課", "number": letter.number, "body": "照会のありました事項を回答します。" * 4}
            said["rows"] = [[item.label, str(item.value)] for item in letter.items] + [
                ["氏名", letter.inquiry.name.written]
            ]
            compiler.compile(input=TYPST.encode(), format="pdf", sys_inputs={"letter": json.dumps(said)})

    return way


def office_seconds(press: LetterPress, block: list[Letter]) -> float:
    """Return what LibreOffice takes of CPU time to turn as many Word files into PDF in one run."""
    with tempfile.TemporaryDirectory() as folder:
        for letter in block:
            (Path(folder) / f"{letter.number}.docx").write_bytes(write_docx(letter, press.wording))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        files = sorted(str(path) for path in Path(folder).glob("*.docx"))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_turns(ways: dict[str, Way], blocks: list[list[Letter]]) -> dict[str, list[float]]:
    """Return what each block cost each way, in CPU seconds a letter; what a way does beforehand does not count."""
    cost: dict[str, list[float]] = {name: [] for name in ways}
    for block in blocks:
        for name, way in ways.items():
            started = process_time()
            prepared = way(block)
            if callable(prepared):
                started = process_time()
                prepared()
            cost[name].append((process_time() - started) / len(block))
    return cost


def resident_mib() -> float:
    """Return the memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


_press: LetterPress | None = None


def _warm() -> None:
    global _press  # noqa: PLW0603  # a worker keeps one press, as a server does
    _press = LetterPress(TEMPLATES)
    _press.print_pdf(ANSWER)


def _print(letter: Letter) -> float:
    assert _press is not None
    press = _press
    return _undisturbed(lambda: press.print_pdf(letter))


def _add(numbers: int) -> float:
    return _undisturbed(lambda: sums(numbers))


def sums(numbers: int = SUMS) -> int:
    """Add up numbers, which shares nothing with anybody and takes about as long as a letter: the yardstick."""
    return sum(number * number for number in range(numbers))


def _undisturbed(work: Callable[[], object]) -> float:
    """Return the seconds that work takes, without those in which another program had the core."""
    started, kept_off = perf_counter(), _kept_off()
    work()
    return perf_counter() - started - (_kept_off() - kept_off)


def _kept_off() -> float:
    """Return for how many seconds this process would have run and was not let."""
    return int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


def workers(count: int) -> tuple[float, float, float, float]:
    """Return how many times as fast two warm workers are as one, the same for sums, and both by the clock on the wall.

    They take turns. What each task takes is counted without the time that other programs had the core, so that the
    machine's load changes little; what the two keep from each other counts: a lock, the disk, the memory. By the clock
    it says what two cores give, if nothing else is on them.
    """
    spawn, every, tasks = get_context("spawn"), list(letters(count)), [SUMS] * count
    with (
        ProcessPoolExecutor(1, mp_context=spawn, initializer=_warm) as one,
        ProcessPoolExecutor(2, mp_context=spawn, initializer=_warm) as two,
    ):
        taken: dict[str, list[float]] = {"one": [], "two": [], "one adds": [], "two add": []}
        clock = dict.fromkeys(taken, 0.0)
        for start in range(0, count, TURN):
            block, additions = every[start : start + TURN], tasks[start : start + TURN]
            for name, pool, work, each in (
                ("one", one, _print, block), ("two", two, _print, block),
                ("one adds", one, _add, additions), ("two add", two, _add, additions),
            ):  # fmt: skip
                started = perf_counter()
                taken[name] += pool.map(work, each)
                clock[name] += perf_counter() - started
    middle = {name: median(each) for name, each in taken.items()}
    return (
        2 * middle["one"] / middle["two"],
        2 * middle["one adds"] / middle["two add"],
        clock["one"] / clock["two"],
        clock["one adds"] / clock["two add"],
    )


def flat(count: int) -> None:
    """Print what a letter costs, and the most memory that was ever held, at each third of a power of ten."""
    press, done = LetterPress(TEMPLATES), 0
    press.print_pdf(ANSWER)
    print(f"{'letters':>8}  {'ms each':>8}  {'of sums':>8}  peak MiB")
    every, ways = letters(count), {"product": product(press), "sums": yardstick}
    for until in (10, 30, 100, 300, 1_000, 3_000):
        if until > count:
            break
        blocks = [list(islice(every, BLOCK)) for _ in range((until - done) // BLOCK)]
        cost = in_turns(ways, blocks)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{until:>8,}  {1000 * median(cost['product']):8.1f}  {of(cost, 'product', 'sums'):8.2f}  {peak:8.0f}",
            flush=True,
        )
        done = until


def of(cost: dict[str, list[float]], way: str, other: str) -> float:
    """Return how much dearer one way is than another, block by block, for both had the same machine then."""
    return median([one / another for one, another in zip(cost[way], cost[other], strict=True)])


def median(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2]


def compare(count: int) -> None:
    press = LetterPress(TEMPLATES)
    press.print_pdf(ANSWER)
    ways = {"product": product(press), "bare": bare(press), "sums": yardstick}
    if importlib.util.find_spec("typst"):
        ways["typst"] = typst_way()
    every = list(letters(count))
    blocks = [every[start : start + BLOCK] for start in range(0, count, BLOCK)]
    memory = resident_mib()
    cost = in_turns(ways, blocks)
    for name, each in cost.items():
        print(f"{name:>8}  {1000 * median(each):6.1f} ms a letter   {of(cost, name, 'bare'):5.2f} of bare")
    print(f"  memory  {memory:.0f} MiB before, {resident_mib():.0f} MiB after")
    started = perf_counter()
    press.print_pdf(every[-1])
    print(f"  single  {1000 * (perf_counter() - started):6.1f} ms, as an officer waits for it")
    letters_gain, sums_gain, by_clock, sums_by_clock = workers(count)
    print(f" workers  two are {letters_gain:5.2f} times as fast as one; with sums alone {sums_gain:5.2f}")
    print(f" by clock two are {by_clock:5.2f} times as fast as one; with sums alone {sums_by_clock:5.2f}")
    if shutil.which("soffice"):
        seconds = office_seconds(press, every) / count
        print(f"  office  {1000 * seconds:6.1f} ms a letter   {seconds / median(cost['bare']):5.2f} of bare")


def main() -> None:
    match sys.argv[1:]:
        case ["flat", *count]:
            flat(int(count[0]) if count else 3_000)
        case count:
            compare(int(count[0]) if count else 60)


if __name__ == "__main__":
    main()
