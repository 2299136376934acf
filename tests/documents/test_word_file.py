"""The Word file, read back with python-docx."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from inquiry.documents.letter import Item
from inquiry.documents.word_file import write_docx
from inquiry.documents.wording import Wording
from inquiry.domain.errors import InvalidValue
from tests.documents.letters import ANSWER, DATES_REQUEST, NOT_FOUND, RARE_NAME, REPLACEMENT, TEMPLATES, asking_about

pytestmark = pytest.mark.documents

WORDING = Wording(TEMPLATES)


def opened(letter):
    return Document(io.BytesIO(write_docx(letter, WORDING)))


def paragraphs(document):
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def cells(document):
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def test_an_answer_holds_the_person_and_the_items_with_the_rare_forms_kept():
    document = opened(ANSWER)
    assert ["氏名", RARE_NAME] in cells(document)
    assert ["保険者番号", "06139999"] in cells(document)
    assert ["資格取得年月日", "令和元年5月1日（2019年5月1日）"] in cells(document)
    assert ["資格喪失年月日", "―"] in cells(document)
    assert "受取 一郎　様" in paragraphs(document)
    assert "架空健発第42号" in paragraphs(document)


def test_not_found_is_said_in_word_too():
    document = opened(NOT_FOUND)
    assert ["確認の結果", "該当者なし"] in cells(document)
    assert "資格取得年月日" not in str(cells(document))


def test_paper_and_file_say_the_same_sentences():
    for letter in (ANSWER, NOT_FOUND, DATES_REQUEST, REPLACEMENT):
        sentences = [line for line in paragraphs(opened(letter)).splitlines() if line.endswith("。")]
        assert len(sentences) >= 4
        page = WORDING.of(letter, "base").replace('<span class="unbroken">', "").replace("</span>", "")
        assert [sentence for sentence in sentences if sentence not in page] == []


def test_nothing_is_left_of_the_librarys_own_template_that_nobody_reads():
    with zipfile.ZipFile(io.BytesIO(write_docx(ANSWER, WORDING))) as package:
        assert [name for name in package.namelist() if "stylesWithEffects" in name or "thumbnail" in name] == []
        assert "word/styles.xml" in package.namelist()
        assert b"stylesWithEffects" not in package.read("word/_rels/document.xml.rels")


def test_the_page_is_a4_and_japanese_is_set_in_a_japanese_face():
    document = opened(ANSWER)
    section = document.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    for name, face in [("Normal", "MS Mincho"), ("Heading 1", "MS Gothic")]:
        assert document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) == face
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_head_of_the_items_stands_on_every_page():
    items = opened(ANSWER).tables[-1]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in items.rows] == [True] + [False] * 6


def test_properties_name_the_letter_and_nobody():
    written = write_docx(ANSWER, WORDING)
    properties = Document(io.BytesIO(written)).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("架空健発第42号", "", "")
    assert (properties.comments, properties.keywords, properties.subject) == ("", "", "")
    assert properties.created.date() == ANSWER.dated_on
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        about = b"".join(package.read(name) for name in package.namelist() if name.startswith("docProps/"))
    assert not [word for word in ("python-docx", "髙﨑", "受取", "INQ-") if word.encode() in about]


def test_markup_in_a_name_stays_text():
    assert ["氏名", '<b>&"太郎"'] in cells(opened(asking_about('<b>&"太郎"')))


def test_a_character_that_no_file_may_hold_is_refused_without_being_told():
    with pytest.raises(InvalidValue) as refused:
        write_docx(replace(ANSWER, items=(Item("保険者番号", "秘密\x01"),)), WORDING)
    assert refused.value.code == "letter:unwritable_character"
    assert refused.value.__cause__ is None
    assert "秘密" not in str(refused.value)


def test_the_closing_word_is_never_alone_on_a_page():
    for letter in (ANSWER, NOT_FOUND, DATES_REQUEST, REPLACEMENT):
        *_, before, closing = opened(letter).iter_inner_content()
        assert closing.text == "以上"
        assert before.paragraph_format.keep_with_next
