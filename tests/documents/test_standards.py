"""Letters and lists, read by validators of PDF/UA-1 and PDF/A: ./run test --standards.

PDFBox's validator knows PDF/A-1b alone. A letter is PDF/A-2u, so a few of its complaints are about what the later
standard allows; whatever else it says of fonts, colours, descriptions and fields holds for both. Adobe's and the PDF
Association's own validators are not to be had here.
"""

import io
import re
import subprocess
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from inquiry.documents.press import LetterPress
from inquiry.documents.table_paper import TablePaper
from tests.conftest import missing
from tests.documents.letters import ALL, ANSWER, RARE_NAME, TEMPLATES
from tests.documents.seals import seal

pytestmark = [pytest.mark.documents, pytest.mark.standards]

ROOT = Path(__file__).resolve().parents[2]
JARS = [Path("/usr/share/java") / f"{name}.jar" for name in (
    "preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "javax.activation", "jaxb-api",
)]  # fmt: skip
ONLY_IN_PDF_A_1 = {
    "The CIDSet entry is missing for the Composite Subset": "optional in PDF/A-2 (6.2.11.4.2)",
    "/XRef cross reference streams are not allowed": "allowed since PDF 1.5, on which PDF/A-2 stands",
    "Filter specified in metadata dictionary": "allowed in PDF/A-2 (6.6.2.1 asks for none)",
}
ONLY_WHERE_SEEN = {
    "widget annotation lacks an appearance dictionary": "PDF/A-2 (6.3.3) excepts fields without any area",
}
PRESS = LetterPress(TEMPLATES)
LIST = TablePaper(
    title="医療保険者照会窓口一覧",
    lines=["令和8年11月22日現在"],
    columns=["保険者番号", "保険者名", "電話番号"],
    rows=[["06139999", f"{RARE_NAME}健康保険組合", "00-0000-0000"]] * 90,
    note="架空の一覧",
    unbroken={"電話番号"},
)
PRINTED = {
    **{f"{number:02} {letter.form}": partial(PRESS.print_pdf, letter) for number, letter in enumerate(ALL)},
    "a list of three pages": partial(PRESS.print_table, LIST),
}


@pytest.fixture(scope="module")
def java(program):
    if absent := [jar.name for jar in JARS if not jar.exists()]:
        missing(", ".join(absent))
    return program("java")


@pytest.fixture(scope="module")
def outloud():
    path = ROOT / ".cache" / "standards" / "bin" / "outloud"
    if not path.exists():
        missing("outloud")
    return path


@pytest.fixture
def archival_faults(java, tmp_path):
    """Return what the validator of PDF/A-1b says, without what PDF/A-2 allows."""

    def read(pdf, allowed):
        path = tmp_path / "letter.pdf"
        path.write_bytes(pdf)
        command = [java, "-cp", ":".join(map(str, JARS)), "org.apache.pdfbox.preflight.Validator_A1b", path]
        said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout
        assert "PDF/A-1b file" in said, said
        complaints = re.findall(r"^[0-9.]+ : .*", said, re.MULTILINE)
        return [each for each in complaints if not any(words in each for words in allowed)]

    return read


@pytest.fixture
def accessible_faults(outloud, tmp_path):
    """Return which rules of PDF/UA-1 a file breaks."""

    def read(pdf):
        path = tmp_path / "letter.pdf"
        path.write_bytes(pdf)
        command = [outloud, path, "--layer", "conformance"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert re.search(r"[0-9]+ error\(s\)", done.stdout), done.stdout + done.stderr
        return re.findall(r"\b[A-Z]{3}-[0-9]{3}\b", done.stdout)

    return read


@pytest.mark.parametrize("name", PRINTED)
def test_whatever_is_printed_may_be_kept(archival_faults, name):
    assert archival_faults(PRINTED[name](), ONLY_IN_PDF_A_1) == []


@pytest.mark.parametrize("name", PRINTED)
def test_whatever_is_printed_can_be_heard(accessible_faults, name):
    assert accessible_faults(PRINTED[name]()) == []


def test_a_sealed_letter_may_be_kept(archival_faults):
    assert archival_faults(seal().sealed(PRESS.print_pdf(ANSWER)), {*ONLY_IN_PDF_A_1, *ONLY_WHERE_SEEN}) == []


def test_a_sealed_letter_can_be_heard(accessible_faults):
    # FRM-003 wants a field within a form; PDF/UA-1 7.18.1 excepts those outside the page, and nobody meets this one.
    assert set(accessible_faults(seal().sealed(PRESS.print_pdf(ANSWER)))) <= {"FRM-003"}


def changed(change):
    with pikepdf.open(io.BytesIO(PRESS.print_pdf(ANSWER))) as document:
        change(document.Root)
        target = io.BytesIO()
        document.save(target)
    return target.getvalue()


def test_the_validators_tell_a_file_that_breaks_the_rules(archival_faults, accessible_faults):
    assert archival_faults(changed(lambda root: root.__delitem__("/OutputIntents")), ONLY_IN_PDF_A_1)
    assert accessible_faults(changed(lambda root: root.__delitem__("/Lang")))
