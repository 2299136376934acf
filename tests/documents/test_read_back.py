"""What a finished file says is read out of its bytes: every word of it, wherever it stands, and every date as shown."""

import io
from datetime import date

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook

from inquiry.documents.read_back import read_back
from inquiry.documents.samples import ANSWER
from inquiry.documents.word_file import write_docx
from inquiry.documents.workbook_file import write_xlsx
from inquiry.domain.locked_file import FileKind
from inquiry.security.extraction import text_of
from tests.documents.test_phrases import WORDING

BOX = (
    f"<w:p {nsdecls('w')}><w:r><w:t>枠の外</w:t></w:r><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'>"
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>枠の中</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    "</v:shape></w:pict></w:r></w:p>"
)


def saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def word(change):
    document = Document()
    change(document)
    return read_back(saved(document), FileKind.WORD)


def cut_into_runs(document):
    paragraph = document.add_paragraph("番号")
    paragraph.add_run("345")


def hidden(document):
    document.add_paragraph().add_run("隠した文字").font.hidden = True


def in_the_header(document):
    document.sections[0].header.paragraphs[0].text = "欄外の文字"


def in_a_box(document):
    document.element.body.insert(0, parse_xml(BOX))


def in_a_row(document):
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "記号", "12"


def in_a_cell_under_control(document):
    """Put the second cell of a row into a content control, which stands around it."""
    in_a_row(document)
    cell = document.tables[0].cell(0, 1)._tc
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    cell.addprevious(control)
    control.append(content)
    content.append(cell)


def struck_out(document):
    run = document.add_paragraph().add_run("消した文字")._r
    for text in run.findall(qn("w:t")):
        text.tag = qn("w:delText")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (cut_into_runs, ("番号345",)),
        (hidden, ("隠した文字",)),
        (struck_out, ("消した文字",)),
        (in_the_header, ("欄外の文字",)),
        (in_a_box, ("枠の外枠の中",)),
        (in_a_row, ("記号", "12")),
        (in_a_cell_under_control, ("記号", "12")),
    ],
)
def test_every_word_of_a_word_file_is_read(change, line):
    assert line in word(change)


def test_every_sheet_is_read_the_hidden_one_too_and_dates_as_they_are_shown():
    book = Workbook()
    first = book.active
    first.title = "回答書"
    first["A1"], first["B1"] = "資格取得年月日", date(2019, 5, 1)
    first["B1"].number_format = "yyyy/m/d"
    first["A2"], first["B2"] = "診療年月", date(2026, 4, 1)
    first["B2"].number_format = 'ggge"年"m"月"'
    first["A3"], first["B3"] = "支給額", 57600
    away = book.create_sheet("裏")
    away.sheet_state, away["C7"] = "hidden", "見えない文字"
    assert read_back(saved(book), FileKind.WORKBOOK) == (
        ("［回答書］",),
        ("資格取得年月日", "令和元年5月1日（2019年5月1日）"),
        ("診療年月", "令和8年4月（2026年4月）"),
        ("支給額", "57600"),
        ("［裏］",),
        ("見えない文字",),
    )


@pytest.mark.parametrize(("kind", "write"), [(FileKind.WORD, write_docx), (FileKind.WORKBOOK, write_xlsx)])
def test_of_a_finished_answer_nothing_is_left_out_that_the_guard_reads(kind, write):
    content = write(ANSWER, WORDING)
    said = "".join("".join("".join(line).split()) for line in read_back(content, kind))
    wording = [item.label for item in ANSWER.items] + [str(item.value) for item in ANSWER.items if item.value]
    guarded = "".join(text_of(f"a.{kind}", content).split())
    for text in wording:
        plain = "".join(text.split())
        assert plain in said or plain not in guarded
