"""What is locked, asked of LibreOffice and poppler: ./run test --office. Word, Excel and Acrobat are not to be had.

LibreOffice reads no PDF with AES-256 (revision 6) and says so; poppler, on which many readers stand, does.
"""

import subprocess
from pathlib import Path

import pytest

from inquiry.documents.locked_file import lock
from inquiry.documents.press import LetterPress
from inquiry.documents.word_file import write_docx
from inquiry.documents.workbook_file import write_xlsx
from inquiry.domain.locked_file import FileKind
from tests.conftest import missing
from tests.documents.letters import ANSWER, RARE_NAME, TEMPLATES

pytestmark = [pytest.mark.documents, pytest.mark.office]

PASSWORD = "2043-8817-5560-9924"
PRESS = LetterPress(TEMPLATES)
WRITERS = {
    FileKind.WORD: lambda: write_docx(ANSWER, PRESS.wording),
    FileKind.PDF: lambda: PRESS.print_pdf(ANSWER),
    FileKind.WORKBOOK: lambda: write_xlsx(ANSWER, PRESS.wording),
}
REFUSED_PDF = "This PDF file is encrypted and can't be opened."


@pytest.fixture
def in_libreoffice(libreoffice, tmp_path):
    """Return what LibreOffice shows of a file that it opens with a password."""
    python = Path("/usr/bin/python3")
    if not python.exists() or subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode:
        missing("the uno module of the system's python3")

    def show(content, kind, password):
        path = tmp_path / f"answer.{kind}"
        path.write_bytes(content)
        pipe = f"inquiry-{tmp_path.name}"
        office = subprocess.Popen(
            [libreoffice, "--headless", "--norestore", f"-env:UserInstallation=file://{tmp_path}/profile",
             f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            script = Path(__file__).with_name("open_in_libreoffice.py")
            command = [python, script, pipe, path, password]
            return subprocess.run(command, capture_output=True, text=True, timeout=180, check=False).stdout
        finally:
            office.terminate()
            office.wait(30)

    return show


@pytest.mark.parametrize("kind", [FileKind.WORD, FileKind.WORKBOOK])
def test_libreoffice_opens_it_with_the_password_and_with_no_other(in_libreoffice, kind):
    locked = lock(WRITERS[kind](), kind, PASSWORD)
    shown = in_libreoffice(locked, kind, PASSWORD)
    assert [words for words in (RARE_NAME, "架空健発第42号") if words not in shown] == []
    assert in_libreoffice(locked, kind, PASSWORD[::-1]) == "refused"
    assert in_libreoffice(locked, kind, "") == "refused"


@pytest.mark.parametrize("password", [PASSWORD, PASSWORD[::-1]])
def test_libreoffice_which_reads_no_pdf_of_this_strength_shows_nothing_of_it(in_libreoffice, password):
    shown = in_libreoffice(lock(WRITERS[FileKind.PDF](), FileKind.PDF, PASSWORD), FileKind.PDF, password)
    assert shown.strip() in ("refused", REFUSED_PDF)


@pytest.mark.parametrize(("password", "is_right"), [(PASSWORD, True), (PASSWORD[::-1], False), ("", False)])
def test_poppler_opens_the_pdf_with_the_password_and_with_no_other(program, tmp_path, password, is_right):
    path = tmp_path / "answer.pdf"
    path.write_bytes(lock(WRITERS[FileKind.PDF](), FileKind.PDF, PASSWORD))
    command = [program("pdftotext"), "-upw", password, path, "-"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert ("INQ-2026-000123" in shown) is is_right
    assert bool(shown) is is_right
