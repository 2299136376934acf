"""One file for the printer: the pages of the single letters, their fonts embedded once."""

import io
import random
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from inquiry.documents.letter import Proof
from inquiry.documents.press import LetterPress
from inquiry.documents.print_file import print_file
from inquiry.documents.shared_font import SharedFont, read_subset
from tests.documents.letters import KATSU_MJ, NABE_AJ, TEMPLATES, asking_about
from tests.documents.seals import seal

pytestmark = pytest.mark.documents
PROOF = Proof(
    "ABCD-EFGH-JKMN-PQRS", "https://inquiry.example.jp/verify", "HTTPS://INQUIRY.EXAMPLE.JP/V/ABCDEFGHJKMNPQRS"
)
SIGNS = "髙﨑𠮷濵栁葛邉邊齋齊斎澤𣘺𡈽㐂廣國渡辺佐藤鈴木田中山本小林加藤吉田佐々木松本井上村清水崎島池部橋石川"


@pytest.fixture(scope="module")
def letters():
    """Letters about people with rare names, sealed."""
    press, lots = LetterPress(TEMPLATES), random.Random(2017)
    names = [f"{''.join(lots.sample(SIGNS, 3))}{extra}" for extra in ("", KATSU_MJ, NABE_AJ, "𠮷") * 3]
    return [
        seal().sealed(press.print_pdf(replace(asking_about(name), number=f"R8-{number:05d}", proof=PROOF)))
        for number, name in enumerate(names, 1)
    ]


@pytest.fixture(scope="module")
def joined(letters):
    return print_file(letters)


def pictures(program, pdf, folder):
    (folder / "file.pdf").write_bytes(pdf)
    subprocess.run([program("pdftoppm"), "-r", "70", str(folder / "file.pdf"), str(folder / "page")], check=True)
    return [path.read_bytes() for path in sorted(folder.glob("page*"))]


def test_every_page_looks_as_it_was_sealed(letters, joined, program, tmp_path):
    together = pictures(program, joined, tmp_path)
    assert len(together) == len(letters)
    for number, letter in enumerate(letters):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert pictures(program, letter, folder) == [together[number]], number


def test_the_text_is_that_of_the_letters(letters, joined, program, tmp_path):
    def text(pdf):
        (tmp_path / "file.pdf").write_bytes(pdf)
        command = [program("pdftotext"), str(tmp_path / "file.pdf"), "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout

    assert text(joined) == b"".join(map(text, letters))


def test_a_font_is_embedded_once_for_all_letters(joined):
    with pikepdf.open(io.BytesIO(joined)) as document:
        names = [
            str(each.FontName).partition("+")[2]
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each
        ]
        assert "/SharedFont" not in str([dict(page.obj.Resources.Font) for page in document.pages])
    assert sorted(names) == ["IPAexGothic", "IPAexMincho", "IPAmjMincho"]


def test_many_letters_take_an_eighth_of_their_single_files_at_most(letters):
    # Repeated, since what a letter adds is what counts; benchmarks/seals.py measures three hundred names.
    many = [letter for number, letter in enumerate(letters) if number % 4 != 2] * 8
    assert len(many) > 60
    assert len(print_file(many)) <= sum(map(len, many)) / 8


def test_no_seal_is_left_that_would_be_broken(joined):
    with pikepdf.open(io.BytesIO(joined)) as document:
        assert "/AcroForm" not in document.Root
        assert not any("/Annots" in page for page in document.pages)


def test_subsets_that_draw_a_glyph_differently_are_kept_apart(letters):
    with pikepdf.open(io.BytesIO(letters[0])) as document:
        content = next(
            each.FontFile2.read_bytes()
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each
        )
    subset = read_subset(content)
    number, (metric, outline) = next((number, glyph) for number, glyph in subset.glyphs.items() if glyph[1])
    other = replace(subset, glyphs=subset.glyphs | {number: (metric, outline[:-1] + b"\x77")})
    later = replace(subset, tables=subset.tables | {b"head": bytes(54)})
    font = SharedFont.of(subset)
    assert font.agrees_with(subset)
    assert not font.agrees_with(other)
    assert not font.agrees_with(later)
    again = read_subset(font.written()).glyphs
    assert again.keys() == subset.glyphs.keys()
    for number, (metric, outline) in subset.glyphs.items():
        assert (again[number][0], again[number][1][: len(outline)]) == (metric, outline)
