"""The pictures of the letters in the documentation, drawn from the samples.

Usage: python -m tests.documents.pictures      (draws them anew; test_pictures.py tells when that is due)
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from inquiry.documents.letter import Letter
from inquiry.documents.press import LetterPress
from inquiry.documents.samples import ALL, FAXED_SHEET
from tests.documents.letters import TEMPLATES

FOLDER = TEMPLATES.parent / "docs" / "images" / "letters"
LETTERS = {("fax" if letter is FAXED_SHEET else str(letter.form)): letter for letter in ALL}
DOTS_PER_INCH = "72"


def drawn(press: LetterPress, letter: Letter) -> bytes:
    """Return the first page as a picture in shades of grey."""
    program = shutil.which("pdftoppm")
    assert program is not None, "pdftoppm is missing: install poppler-utils"
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "letter.pdf"
        printed.write_bytes(press.print_pdf(letter))
        command = [
            program,
            "-r",
            DOTS_PER_INCH,
            "-gray",
            "-png",
            "-singlefile",
            str(printed),
            str(printed.with_suffix("")),
        ]
        subprocess.run(command, check=True)
        return printed.with_suffix(".png").read_bytes()


def main() -> None:
    press = LetterPress(TEMPLATES)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, letter in LETTERS.items():
        (FOLDER / f"{name}.png").write_bytes(drawn(press, letter))


if __name__ == "__main__":
    main()
