import io
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import docx
import pytest

from inquiry.domain.check_digits import is_my_number
from inquiry.domain.errors import InvalidValue, MyNumberFound
from inquiry.domain.my_number import ALLOWED, Level, Verdict
from inquiry.security.extraction import MAXIMUM_DEPTH, text_of
from inquiry.security.guard import Caution, cautions, enforce, enforce_document, examine_file

NUMBER = "123456789018"
GROUPED = "1234-5678-9018"


def archive(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return buffer.getvalue()


def word(*paragraphs):
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in runs:
            paragraph.add_run(run).bold = True
    return saved(document)


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook(sheet, *, words="", extra=()):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{words}</sst>',
            **dict(extra),
        }
    )


def refused(name, content):
    with pytest.raises(InvalidValue) as refusal:
        text_of(name, content)
    return refusal.value.code == "guard:unscannable"


class TestForms:
    def test_a_submission_without_a_number_passes(self):
        enforce({"note": "03-5253-1111（内線3137）", "address": "霞が関1-2-2"})

    def test_nothing_at_all_passes(self):
        enforce({})

    def test_the_field_that_holds_a_number_is_named_with_the_rule(self):
        with pytest.raises(MyNumberFound) as refusal:
            enforce({"subject": "照会", "note": f"番号は{GROUPED}です", "address": "霞が関"})
        assert (refusal.value.field, refusal.value.rule) == ("note", "grouped")

    def test_a_number_spread_over_fields_is_found_in_the_last_of_them(self):
        with pytest.raises(MyNumberFound) as refusal:
            enforce({"first": "照会", "second": "1234", "third": "5678", "fourth": "9018", "fifth": "以上"})
        assert (refusal.value.field, refusal.value.rule) == ("fourth", "grouped")

    def test_a_keyword_in_one_field_meets_digits_in_the_next(self):
        with pytest.raises(MyNumberFound) as refusal:
            enforce({"label": "個人番号", "value": "1234あ5678い9019"})
        assert (refusal.value.field, refusal.value.rule) == ("value", "keyword")

    def test_the_refusal_never_repeats_the_digits(self):
        with pytest.raises(MyNumberFound) as refusal:
            enforce({"note": NUMBER})
        assert not any(part in repr(vars(refusal.value)) + str(refusal.value) for part in ("1234", "5678", "9018"))

    def test_what_is_only_warned_of_passes_with_a_caution(self):
        texts = {"note": "21700023 0005", "address": "霞が関", "memo": "12345678903"}
        enforce(texts)
        assert cautions(texts) == (Caution("note", "other_grouping"), Caution("memo", "residence_code"))

    def test_a_minute_of_these_years_is_a_timestamp_and_of_others_is_not(self):
        this_year = datetime.now(ZoneInfo("Asia/Tokyo")).year

        def minute_of(year):
            candidates = (f"{year}1122{hour:02d}{minute:02d}" for hour in range(24) for minute in range(60))
            return next(filter(is_my_number, candidates))

        assert cautions({"note": minute_of(this_year)}) == (Caution("note", "timestamp"),)
        with pytest.raises(MyNumberFound):
            enforce({"note": minute_of(this_year - 10)})


class TestDocuments:
    def test_a_document_with_a_number_does_not_leave(self):
        with pytest.raises(MyNumberFound) as refusal:
            enforce_document(f"回答書\n{NUMBER}")
        assert refusal.value.field == "document"

    def test_a_document_without_one_leaves(self):
        enforce_document("回答書\n令和8年11月22日")


class TestPlainFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "iso2022_jp"])
    def test_text_is_read_in_the_encodings_of_offices(self, encoding):
        assert text_of("a.csv", "髙橋,１２３４".replace("髙", "高").encode(encoding)) == "高橋,１２３４"

    def test_a_file_is_one_text(self):
        content = "1,2,3,4\r\n5,6,7,8\r\n9,0,1,8\r\n".encode("cp932")
        assert examine_file("a.csv", content) == Verdict(Level.BLOCK, "singles")

    def test_quoted_cells_stand_side_by_side(self):
        assert examine_file("a.csv", b'"1234","5678"\r\n"9018"').level is Level.BLOCK

    def test_the_name_of_the_file_counts(self):
        assert examine_file(f"{NUMBER}.txt", b"") == Verdict(Level.BLOCK, "contiguous")

    def test_an_ordinary_file_is_allowed(self):
        assert examine_file("a.txt", "昭和33年4月1日".encode()) == ALLOWED

    def test_tags_do_not_hide_a_number(self):
        assert examine_file("a.html", b"<p>1234<b>5678</b>9018</p>").level is Level.BLOCK

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.pdf", b"%PDF-1.7\n"),
            ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
            ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
            ("a.rtf", rb"{\rtf1\'82\'50}"),
            ("a.eml", b"Subject: =?utf-8?B?MTIz?="),
            ("a.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
            ("a.txt", "1234".encode("utf-16-le")),
            ("a.txt", b"\xff\x81\x20"),
        ],
    )
    def test_what_hides_its_text_is_unscannable(self, name, content):
        assert refused(name, content)


class TestWord:
    def test_a_number_split_over_runs_is_seen_whole(self):
        assert "12345678" in text_of("a.docx", word(["1234", "5678"]))
        assert examine_file("a.docx", word(["12", "3456", "789018"])) == Verdict(Level.BLOCK, "contiguous")

    def test_paragraphs_stand_one_below_the_other(self):
        assert examine_file("a.docx", word(["1234"], ["5678"], ["9018"])) == Verdict(Level.BLOCK, "grouped")

    def test_the_cells_of_a_table_stand_side_by_side(self):
        document = docx.Document()
        cells = document.add_table(rows=1, cols=12).rows[0].cells
        for cell, digit in zip(cells, NUMBER, strict=True):
            cell.text = digit
        assert examine_file("a.docx", saved(document)).level is Level.BLOCK

    def test_headers_and_properties_are_read(self):
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = GROUPED
        assert examine_file("a.docx", saved(document)).level is Level.BLOCK
        document = docx.Document()
        document.core_properties.title = NUMBER
        assert examine_file("a.docx", saved(document)).level is Level.BLOCK

    def test_an_ordinary_letter_is_allowed(self):
        assert examine_file("a.docx", word(["照会番号 INQ-2026-000123"], ["電話 03-5253-1111"])) == ALLOWED

    def test_pictures_without_text_are_unscannable(self):
        picture = {"[Content_Types].xml": "<Types/>", "word/media/image1.png": b"\x89PNG\0"}
        assert refused("a.docx", archive(picture | {"word/document.xml": "<document><p/></document>"}))
        text_of("a.docx", archive(picture | {"word/document.xml": "<document><p><t>本文</t></p></document>"}))

    def test_entities_of_its_own_make_a_part_unscannable(self):
        part = '<!DOCTYPE d [<!ENTITY n "1234">]><document><t>&n;</t></document>'
        assert refused("a.docx", archive({"[Content_Types].xml": "<Types/>", "word/document.xml": part}))

    def test_markup_that_is_not_well_formed_is_unscannable(self):
        assert refused("a.docx", archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document>"}))

    def test_macros_and_old_objects_are_unscannable(self):
        parts = {"[Content_Types].xml": "<Types/>", "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
        assert refused("a.docm", archive(parts))


class TestExcel:
    @pytest.mark.parametrize(
        "cells",
        [
            f"<c><v>{NUMBER}</v></c>",
            "<c><v>1.23456789018E+11</v></c>",
            '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>9018</v></c>',
            '<c t="inlineStr"><is><r><t>1234</t></r><r><t>56789018</t></r></is></c>',
            f'<c t="str"><f>A1</f><v>{NUMBER}</v></c>',
            f"<c><f>{NUMBER}+0</f><v>1</v></c>",
        ],
    )
    def test_a_number_in_the_cells_is_seen(self, cells):
        content = workbook(f"<row>{cells}</row>", words="<si><t>1234</t></si><si><r><t>56</t></r><r><t>78</t></r></si>")
        assert examine_file("a.xlsx", content).level is Level.BLOCK

    def test_a_number_written_downwards_is_seen(self):
        rows = "".join(f"<row><c><v>{digit}</v></c></row>" for digit in NUMBER)
        assert examine_file("a.xlsx", workbook(rows)) == Verdict(Level.BLOCK, "singles")

    def test_the_places_of_words_are_not_read_as_digits(self):
        words = "".join(f"<si><t>{letter}</t></si>" for letter in "あいうえおかきくけこ")
        cells = "".join(f'<c t="s"><v>{digit}</v></c>' for digit in NUMBER)
        assert examine_file("a.xlsx", workbook(f"<row>{cells}</row>", words=words)) == ALLOWED

    def test_a_fraction_is_not_an_identifier(self):
        assert examine_file("a.xlsx", workbook(f"<row><c><v>0.{NUMBER}</v></c></row>")) == ALLOWED

    def test_words_no_cell_uses_and_comments_are_read(self):
        content = workbook("", words=f"<si><t>{NUMBER}</t></si>")
        assert examine_file("a.xlsx", content).level is Level.BLOCK
        comments = f"<comments><comment><text><t>{NUMBER}</t></text></comment></comments>"
        content = workbook("", extra=[("xl/comments1.xml", comments)])
        assert examine_file("a.xlsx", content).level is Level.BLOCK


class TestArchives:
    def test_members_and_their_names_are_read(self):
        assert examine_file("a.zip", archive({"a.txt": NUMBER})).level is Level.BLOCK
        assert examine_file("a.zip", archive({f"{NUMBER}.txt": ""})).level is Level.BLOCK
        assert examine_file("a.zip", archive({"a.txt": "照会", "b/c.docx": word(["照会"])})) == ALLOWED

    def test_an_archive_in_an_archive_is_read_down_to_the_limit(self):
        content = b"1234 5678 9018"
        for _ in range(MAXIMUM_DEPTH):
            content = archive({"inner.zip": content})
        assert examine_file("a.zip", content).level is Level.BLOCK
        assert refused("a.zip", archive({"inner.zip": content}))

    def test_a_picture_in_an_archive_is_unscannable(self):
        assert refused("a.zip", archive({"a.txt": "照会", "a.png": b"\x89PNG\0"}))

    def test_a_bomb_is_not_unpacked(self):
        assert refused("a.zip", archive({"a.txt": bytes(20_000_000)}))

    def test_too_many_members_are_refused(self):
        assert refused("a.zip", archive({str(member): "" for member in range(2_001)}))

    def test_an_encrypted_member_is_unscannable(self):
        content = bytearray(archive({"a.txt": "照会"}))
        content[6] |= 1
        content[content.rindex(b"PK\x01\x02") + 8] |= 1
        assert refused("a.zip", bytes(content))

    def test_a_damaged_archive_is_unscannable(self):
        assert refused("a.zip", archive({"a.txt": "照会"})[:-30])
        assert refused("a.zip", b"PK\x03\x04" + bytes(100))
