"""An insurer's own Word file: filled in wherever its fields stand, and refused for whatever else it holds."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from inquiry.documents.letter import Item
from inquiry.documents.package import MAXIMUM_PARTS, MAXIMUM_UNPACKED_BYTES, packed, parts_of
from inquiry.documents.template_check import Fault, faults_in
from inquiry.documents.template_starter import starter
from inquiry.documents.word_file import write_docx
from inquiry.documents.word_template import fill
from inquiry.documents.wording import Wording
from inquiry.domain.errors import InvalidValue
from inquiry.domain.reply import ReplyKind
from tests.documents.letters import ANSWER, NOT_FOUND, RARE_NAME, REPLACEMENT, TEMPLATES, asking_about

pytestmark = pytest.mark.documents

WORDING = Wording(TEMPLATES)
STARTER = starter(ReplyKind.ANSWER, WORDING)
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def changed(change, content=STARTER):
    """Return the starter with a change made by python-docx."""
    document = Document(io.BytesIO(content))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_part(name, part, *, relation="", mode=""):
    """Return the starter with one part more, and the relation to it."""
    parts = parts_of(STARTER)
    if part is not None:
        parts[name] = part
    if relation:
        target = name.removeprefix("word/")
        line = f'<Relationship Id="rId99" Type="{OFFICE}/{relation}" Target="{target}"{mode}/></Relationships>'
        parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", line.encode())
    return packed(parts)


def said(content):
    document = Document(io.BytesIO(content))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [paragraph.text for paragraph in document.paragraphs], cells


def codes(content, kind=ReplyKind.ANSWER):
    return [fault.code for fault in faults_in(content, kind)]


# Filling in


@pytest.mark.parametrize(
    "letter", [ANSWER, replace(NOT_FOUND, roster_on=date(2026, 11, 1)), asking_about('<b>&"太郎"')]
)
def test_the_starter_filled_in_says_what_the_product_s_own_file_says(letter):
    filled = fill(starter(letter.kind, WORDING), letter)
    assert said(filled) == said(write_docx(letter, WORDING))


@pytest.mark.parametrize("kind", [ReplyKind.ANSWER, ReplyKind.NOT_FOUND])
def test_the_starter_is_itself_a_template_without_fault(kind):
    assert faults_in(starter(kind, WORDING), kind) == ()


def test_a_field_is_found_though_word_cut_it_into_several_runs():
    def cut(document):
        paragraph = document.add_paragraph("本人は")
        for piece in ("《", "氏", "名", "》様、次は《フリ"):
            paragraph.add_run(piece).bold = piece == "氏"
        paragraph.add_run("ガナ》です")

    paragraphs, _ = said(fill(changed(cut), ANSWER))
    assert f"本人は{RARE_NAME}様、次はタカサキ ヨシカツです" in paragraphs


def test_a_field_in_header_text_box_or_inner_table_is_filled_in():
    def place(document):
        document.sections[0].header.paragraphs[0].text = "《文書番号》"
        document.tables[0].rows[0].cells[1].add_table(1, 1).rows[0].cells[0].text = "《照会番号》"

    filled = fill(changed(place), ANSWER)
    parts = parts_of(filled)
    header = next(part for name, part in parts.items() if name.startswith("word/header"))
    assert "架空健発第42号".encode() in header
    assert parts["word/document.xml"].count(b"INQ-2026-000123") == 2
    assert "《".encode() not in parts["word/document.xml"]


def test_a_line_whose_fields_are_all_empty_is_left_out_and_a_replacement_is_always_said():
    def add(document):
        document.add_paragraph("差替え：《差替え》")

    assert not any("差替え：" in text for text in said(fill(changed(add), ANSWER))[0])
    paragraphs, _ = said(fill(changed(add), REPLACEMENT))
    assert any("架空健発第40号" in text and "取り消しました" in text for text in paragraphs)


def test_several_benefits_stand_on_lines_of_their_own():
    letter = replace(ANSWER, items=(Item("高額療養費", "令和7年4月　1円\n令和7年5月　2円"),))
    assert ["高額療養費", "令和7年4月　1円\n令和7年5月　2円"] in said(fill(STARTER, letter))[1]


def test_what_is_told_is_text_and_never_a_field_of_its_own():
    letter = replace(ANSWER, items=(Item("項目", "《氏名》《照会番号》"),))
    assert ["項目", "《氏名》《照会番号》"] in said(fill(STARTER, letter))[1]
    parts = parts_of(fill(STARTER, replace(ANSWER, items=(Item("項目", "<w:t>"),))))
    assert b"&lt;w:t&gt;" in parts["word/document.xml"]


def test_properties_name_the_letter_and_nobody():
    def sign(document):
        document.core_properties.author = "作成した人"

    filled = fill(changed(sign), ANSWER)
    assert "作成した人".encode() not in b"".join(parts_of(filled).values())
    assert Document(io.BytesIO(filled)).core_properties.title == "架空健発第42号"


def test_a_character_that_no_file_may_hold_is_refused_without_being_told():
    with pytest.raises(InvalidValue, match="unwritable") as refused:
        fill(STARTER, replace(ANSWER, items=(Item("項目", "秘密\x01"),)))
    assert refused.value.__cause__ is None


# What is no template


def test_unknown_and_missing_fields_are_named_with_what_was_meant():
    def misspell(document):
        for paragraph in [*document.paragraphs, *(c.paragraphs[0] for t in document.tables for c in t._cells)]:
            paragraph.text = paragraph.text.replace("《氏名》", "《ご氏名》").replace("《日付》", "《謎》")

    faults = faults_in(changed(misspell), ReplyKind.ANSWER)
    assert faults == (
        Fault("template:field_unknown", ("《ご氏名》（《氏名》ではありませんか）", "《謎》")),
        Fault("template:field_missing", ("《日付》", "《氏名》")),
    )


def test_the_fields_of_an_answer_are_none_of_nobody_found():
    assert codes(STARTER, ReplyKind.NOT_FOUND) == ["template:field_unknown", "template:field_missing"]


@pytest.mark.parametrize("text", ["《氏名", "氏名》", "《氏名《"])
def test_a_bracket_that_is_not_closed_is_seen(text):
    assert "template:field_open" in codes(changed(lambda document: document.add_paragraph(text)))


@pytest.mark.parametrize("text", ["《項目》", "《回答》", "《項目》《回答》"])
def test_the_items_stand_once_and_in_one_row_of_a_table(text):
    assert codes(changed(lambda document: document.add_paragraph(text))) == ["template:item_row"]


@pytest.mark.parametrize(
    ("name", "part", "relation", "mode", "code"),
    [
        ("word/vbaProject.bin", b"\xd0\xcf", "vbaProject", "", "template:macro"),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf", "oleObject", "", "template:embedded"),
        ("word/embeddings/sheet.xlsx", b"PK", "package", "", "template:embedded"),
        ("word/afchunk.mht", b"MIME", "aFChunk", "", "template:embedded"),
        ("word/activeX/activeX1.xml", b"<a/>", "control", "", "template:embedded"),
        ("word/comments.xml", b"<a/>", "comments", "", "template:unknown_part"),
        ("word/media/image1.emf", b"\x01\x00", "image", "", "template:picture_kind"),
        ("https://example.com/x", None, "hyperlink", ' TargetMode="External"', "template:outside_link"),
        ("file:///x.dotm", None, "attachedTemplate", ' TargetMode="External"', "template:outside_link"),
        ("https://example.com/x.png", None, "image", ' TargetMode="External"', "template:outside_link"),
    ],
)  # fmt: skip
def test_whatever_runs_or_lies_elsewhere_is_refused(name, part, relation, mode, code):
    assert code in codes(with_part(name, part, relation=relation, mode=mode))


@pytest.mark.parametrize("code", ["DDEAUTO c:\\\\x", "INCLUDETEXT x", "HYPERLINK x", "DATE", "MACROBUTTON x"])
def test_no_field_of_word_but_the_number_of_the_page(code):
    def add(document):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        document.add_paragraph()._p.append(field)

    def cut(document):
        for piece in (code[:2], code[2:]):
            element = OxmlElement("w:instrText")
            element.text = piece
            document.add_paragraph().add_run()._r.append(element)

    assert codes(changed(add)) == ["template:field_code"]
    assert codes(changed(cut)) == ["template:field_code"]


def test_tracked_changes_are_settled_first():
    assert codes(changed(lambda document: document.add_paragraph()._p.append(OxmlElement("w:ins")))) == [
        "template:tracked_change"
    ]


def test_a_macro_document_under_another_name_is_no_document():
    parts = parts_of(STARTER)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    )
    assert codes(packed(parts)) == ["template:not_word"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no archive", "template:not_word"),
        (STARTER[:-100], "template:not_word"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "template:locked_or_old"),
        (bytes(3 * 1024 * 1024), "template:too_large"),
    ],
)
def test_what_is_no_word_file_is_refused(content, code):
    assert codes(content) == [code]


def test_a_package_that_swells_is_refused_unread():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(MAXIMUM_UNPACKED_BYTES + 1))
    assert codes(bomb.getvalue()) == ["template:too_large"]
    assert codes(packed({f"word/{number}.xml": b"<a/>" for number in range(MAXIMUM_PARTS + 1)})) == [
        "template:too_large"
    ]


def test_no_entity_of_a_stranger_s_is_resolved():
    parts = parts_of(STARTER)
    evil = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:document", evil + b"<w:document", 1)
    assert b"root:" not in packed(parts)
    assert fill(packed(parts), ANSWER).count(b"root:") == 0
