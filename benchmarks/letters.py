"""What a letter costs: the product's path, against bare rendering of the same markup and against other programs.

Usage: python -m benchmarks.letters [LETTERS]

Every letter is to somebody else, whose name holds a rare form. Ways take turns, block by block, so that a busy machine
slows all of them; CPU time counts, of this process or of its children. typst and LibreOffice are left out where they
are not installed. Targets: docs/letters.md.
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


def _print(letter: Letter) -> int:
    assert _press is not None
    return len(_press.print_pdf(letter))


def workers_seconds(workers: int, count: int) -> float:
    """Return how long so many warm workers take, by the clock on the wall."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_warm) as pool:
        list(pool.map(_print, letters(workers * 2)))
        started = perf_counter()
        list(pool.map(_print, letters(count)))
        return perf_counter() - started


def median(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    press = LetterPress(TEMPLATES)
    press.print_pdf(ANSWER)
    ways = {"product": product(press), "bare": bare(press)}
    if importlib.util.find_spec("typst"):
        ways["typst"] = typst_way()
    every = list(letters(count))
    blocks = [every[start : start + BLOCK] for start in range(0, count, BLOCK)]
    memory = resident_mib()
    cost = in_turns(ways, blocks)
    for name, each in cost.items():
        ratio = median(each) / median(cost["bare"])
        print(f"{name:>8}  {1000 * median(each):6.1f} ms a letter   {ratio:5.2f} of bare")
    first, last = cost["product"][: len(blocks) // 2], cost["product"][len(blocks) // 2 :]
    print(f"    flat  second half {median(last) / median(first):5.2f} of the first, over {count} letters")
    print(f"  memory  {memory:.0f} MiB before, {resident_mib():.0f} MiB after")
    started = perf_counter()
    press.print_pdf(every[-1])
    print(f"  single  {1000 * (perf_counter() - started):6.1f} ms, as an officer waits for it")
    print(f" workers  two are {workers_seconds(1, count) / workers_seconds(2, count):5.2f} times as fast as one")
    if shutil.which("soffice"):
        seconds = office_seconds(press, every) / count
        print(f"  office  {1000 * seconds:6.1f} ms a letter   {seconds / median(cost['bare']):5.2f} of bare")


if __name__ == "__main__":
    main()
