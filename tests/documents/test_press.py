"""Letters on paper, read back from the PDF that really came out."""

import io
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import pikepdf
import pytest
from PIL import Image

from inquiry.documents.letter import Addressee, Envelope, Item, Letterhead, Phrases, Sender
from inquiry.documents.press import LetterPress
from inquiry.domain.errors import UndrawableCharacter
from tests.documents.letters import (
    ALL,
    ANSWER,
    DATES_REQUEST,
    FAXED_SHEET,
    KATSU_MJ,
    NABE_AJ,
    NABE_MJ,
    NOT_FOUND,
    REPLACEMENT,
    TEMPLATES,
    asking_about,
)

pytestmark = pytest.mark.documents

LONG_NAME = "マリア・クリスティーナ・フェルナンダ・デ・ラ・クルス・サントス・オリベイラ・ゴンサルヴェス"


class Complaints(logging.Handler):
    def emit(self, record):
        pytest.fail(f"WeasyPrint complains: {record.getMessage()}")


@pytest.fixture(scope="module")
def press():
    complaints = Complaints(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    yield LetterPress(TEMPLATES)
    logger.removeHandler(complaints)


@pytest.fixture
def poppler(program, tmp_path):
    """Return what one of poppler's programs says about a PDF."""

    def ask(name, pdf, *options):
        path = tmp_path / "letter.pdf"
        path.write_bytes(pdf)
        command = [program(name), *options, str(path)]
        if name == "pdftotext":
            command = [*command[:1], "-raw", *command[1:], "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return ask


def unspaced(text):
    """Return the text without spaces, breaks and selectors, which do not survive every way of extraction."""
    return "".join(text.split()).translate(dict.fromkeys(range(0xE0100, 0xE01F0)))


def test_an_answer_says_who_asked_what_about_whom_and_what_is_told(press, poppler):
    text = unspaced(poppler("pdftotext", press.print_pdf(ANSWER)))
    for expected in [
        "架空市", "健康課", "受取一郎様", "架空健康保険組合", "架空健発第42号", "親展", "公印省略", "以上",
        "INQ-2026-000123", "令和8年11月20日（2026年11月20日）付け", "要介護認定に係る資格確認",
        "髙﨑𠮷葛邉", "昭和33年4月1日（1958年4月1日）", "男", "06139999", "令和元年5月1日（2019年5月1日）",
        "マイナンバー（個人番号）は使用していません", "1/1",
    ]:  # fmt: skip
        assert expected in text


def test_a_replacement_says_which_letter_it_replaces_and_a_first_answer_says_nothing_of_the_kind(press, poppler):
    text = unspaced(poppler("pdftotext", press.print_pdf(REPLACEMENT)))
    assert "（回答）（差替え）" in text
    assert "令和8年11月21日付け（文書番号架空健発第40号）の回答を差し替えるものです。" in text
    assert "差替え" not in unspaced(poppler("pdftotext", press.print_pdf(ANSWER)))


def test_a_letter_may_replace_what_was_told_by_telephone(press, poppler):
    told = replace(NOT_FOUND, replaces=replace(REPLACEMENT.replaces, number=""))
    assert "令和8年11月21日に電話でお伝えした回答を差し替えるものです。" in unspaced(
        poppler("pdftotext", press.print_pdf(told))
    )


def test_not_found_is_said_and_nothing_is_told(press, poppler):
    text = unspaced(poppler("pdftotext", press.print_pdf(NOT_FOUND)))
    assert "該当者なし" in text
    assert "資格取得年月日" not in text


def test_several_found_asks_for_the_dates_and_does_not_say_who_they_are(press, poppler):
    text = unspaced(poppler("pdftotext", press.print_pdf(DATES_REQUEST)))
    assert "資格を取得した時期" in text
    assert "資格を喪失した時期" in text
    assert "お知らせの期限令和8年11月30日" in text


def test_the_part_seen_through_the_window_is_the_addressee_alone(press, poppler):
    box = ["-r", "72", "-x", "40", "-y", "40", "-W", "260", "-H", "150"]  # 14-106 mm from the left, 14-67 mm down
    seen = unspaced(poppler("pdftotext", press.print_pdf(ANSWER), *box))
    assert seen == unspaced("〒000-0000架空市本町一丁目1番1号架空市健康課受取 一郎　様親展")


def test_nothing_about_the_person_stands_in_the_upper_third(press, poppler):
    seen = unspaced(poppler("pdftotext", press.print_pdf(ANSWER), "-x", "0", "-y", "0", "-W", "595", "-H", "280"))
    assert "架空健康保険組合" in seen
    assert not [word for word in ("髙﨑", "1958", "要介護", "INQ-", "06139999") if word in seen]


def test_without_a_person_the_section_is_addressed(press, poppler):
    to = Addressee(organisation="架空市", section="健康課")
    by = Sender(organisation="架空健康保険組合", desk="", telephone="")
    text = unspaced(poppler("pdftotext", press.print_pdf(replace(NOT_FOUND, addressee=to, sender=by))))
    assert "健康課御中" in text
    assert "様" not in text
    assert "電話" not in text


def test_a_long_name_and_many_items_go_to_a_second_page_whole(press, poppler):
    many = replace(asking_about(LONG_NAME), items=tuple(Item(f"事項{number}", LONG_NAME) for number in range(12)))
    pages = poppler("pdftotext", press.print_pdf(many)).split("\f")
    assert len(pages) == 3  # pdftotext ends each page with a form feed
    assert unspaced("".join(pages)).count(LONG_NAME) == 13
    assert "架空健発第42号（続き）" in unspaced(pages[1])
    assert "照会のありました事項" in unspaced(pages[1])  # the head of the table stands again
    assert "2/2" in unspaced(pages[1])


@pytest.mark.parametrize("letter", [ANSWER, NOT_FOUND, DATES_REQUEST], ids=lambda letter: letter.kind)
def test_every_font_is_embedded_and_one_of_ours(press, poppler, letter):
    rows = poppler("pdffonts", press.print_pdf(asking_about(f"𠮷{KATSU_MJ}{NABE_AJ}", letter))).splitlines()[2:]
    assert {row.split()[0].partition("+")[2] for row in rows} == {
        "IPAexMincho", "IPAexGothic", "IPAmjMincho", "Noto-Serif-CJK-JP",
    }  # fmt: skip
    assert all("yes yes yes" in row for row in rows)  # embedded, subset, mapped to Unicode


@pytest.mark.parametrize(("one", "other"), [("葛", KATSU_MJ), ("邉", NABE_MJ), (NABE_AJ, NABE_MJ), ("吉", "𠮷")])
def test_two_forms_of_a_character_are_drawn_differently(press, program, tmp_path, one, other):
    def picture(name):
        (tmp_path / "name.pdf").write_bytes(press.print_pdf(asking_about(name)))
        command = [program("pdftoppm"), "-r", "100", str(tmp_path / "name.pdf")]
        return subprocess.run(command, capture_output=True, check=True).stdout

    assert picture(one) != picture(other)


def test_a_name_that_no_font_draws_is_refused_by_its_code_points_alone(press):
    with pytest.raises(UndrawableCharacter) as refused:
        press.print_pdf(asking_about("葛\U000e01ef 太郎"))
    assert refused.value.code == "letter:undrawable_character"
    assert refused.value.code_points == ("U+845B U+E01EF",)
    assert "葛" not in repr(refused.value)


def test_every_text_of_a_letter_is_looked_at(press):
    for part in ("addressee", "sender"):
        whole = getattr(ANSWER, part)
        for field in fields(whole):
            with pytest.raises(UndrawableCharacter):
                press.print_pdf(replace(ANSWER, **{part: replace(whole, **{field.name: "\ue000"})}))


def test_the_same_letter_is_the_same_bytes_for_every_press(press):
    assert press.print_pdf(ANSWER) == press.print_pdf(ANSWER) == LetterPress(TEMPLATES).print_pdf(ANSWER)


def test_markup_in_a_name_is_printed_as_it_was_typed(press, poppler):
    assert "<b>&太郎{{7*7}}" in unspaced(poppler("pdftotext", press.print_pdf(asking_about("<b>&太郎{{ 7*7 }}"))))


@pytest.mark.parametrize("address", ["http://192.0.2.1/a.png", "file:///etc/hostname", "data:image/png;base64,AAAA"])
def test_a_template_that_refers_to_anything_outside_prints_nothing(tmp_path, address):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letters.css").write_text("")
    (tmp_path / "letters" / "answer.html").write_text(f'<img src="{address}">')
    with pytest.raises(RuntimeError) as refused:
        LetterPress(tmp_path).print_pdf(replace(ANSWER, phrases=Phrases("件名", "本文", "")))
    assert address not in str(refused.value)


def test_properties_name_the_letter_and_nobody(press):
    pdf = press.print_pdf(ANSWER)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        said = {name: str(value) for name, value in document.docinfo.items()}
        metadata = document.Root.Metadata.read_bytes().decode()
        assert document.Root.Lang == "ja"
        assert document.Root.MarkInfo.Marked
    assert said["/Title"] == "回答書（架空健発第42号）"
    assert set(said) <= {"/Title", "/Producer"}
    assert "pdfuaid" in metadata
    assert not [word for word in ("髙﨑", "1958", "受取", "INQ-") if word in metadata]


@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.form)
def test_every_letter_is_accessible_and_archival_in_one_file(press, letter):
    # The marks and parts that the standards ask for first; validators read on in test_standards.py.
    with pikepdf.open(io.BytesIO(press.print_pdf(letter))) as document:
        root = document.Root
        metadata = root.Metadata.read_bytes().decode()
        assert [
            mark for mark in ('pdfuaid:part="1"', 'pdfaid:part="2"', 'pdfaid:conformance="U"') if mark not in metadata
        ] == []
        assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in metadata
        assert (root.Lang, root.MarkInfo.Marked, root.ViewerPreferences.DisplayDocTitle) == ("ja", True, True)
        assert root.StructTreeRoot.K
        (intent,) = root.OutputIntents
        assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFA1", 3)
        assert len(document.trailer.ID) == 2
        assert not document.is_encrypted
        assert "/Names" not in root  # nothing attached, no script
        fonts = [
            each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontDescriptor" in each
        ]
        assert fonts
        assert [font for font in fonts if not {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())] == []


def elements_of(document):
    """Yield every element in the order of reading."""
    waiting = [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        yield element
        waiting = [each for each in element.K if isinstance(each, pikepdf.Dictionary)] + waiting


@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.form)
def test_every_head_of_a_table_says_what_it_heads_and_can_be_looked_up(press, letter):
    with pikepdf.open(io.BytesIO(press.print_pdf(letter))) as document:
        elements = list(elements_of(document))
        heads = [each for each in elements if each.S == "/TH"]
        rows = [[cell.S for cell in each.K] for each in elements if each.S == "/TR"]
        above = sum(len(cells) for cells in rows if set(cells) == {"/TH"})
        scopes = [head.A.Scope for head in heads]
        assert scopes.count("/Column") == above
        assert scopes.count("/Row") == len(heads) - above
        listed = list(document.Root.StructTreeRoot.IDTree.Names) if heads else []
        assert [bytes(name) for name in listed[::2]] == sorted(bytes(head.ID) for head in heads)
        assert {each.objgen for each in listed[1::2]} == {head.objgen for head in heads}


def test_every_text_is_heard_in_its_place_but_what_stands_in_the_margin(press):
    with pikepdf.open(io.BytesIO(press.print_pdf(FAXED_SHEET))) as document:
        heard = {(each.Pg.objgen, kid) for each in elements_of(document) for kid in each.K if isinstance(kid, int)}
        assert len(document.pages) == 3
        for page in document.pages:
            marks = [each.operands for each in pikepdf.parse_content_stream(page) if str(each.operator) == "BDC"]
            spoken = [mark for name, mark in marks if name != "/Artifact"]
            assert {(page.objgen, mark.MCID) for mark in spoken} == {each for each in heard if each[0] == page.objgen}
            assert "/Pagination" in [mark.Type for name, mark in marks if name == "/Artifact"]


@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.form)
def test_a_character_that_no_font_draws_stops_every_letter_wherever_it_stands(press, letter):
    for changed in (
        replace(letter, addressee=replace(letter.addressee, address="\ue000")),
        replace(letter, sender=replace(letter.sender, desk="\ue000")),
        replace(letter, phrases=Phrases("件名", "\ue000", "")),
        replace(letter, inquiry=replace(letter.inquiry, procedure="\ue000")),
    ):
        with pytest.raises(UndrawableCharacter) as refused:
            press.print_pdf(changed)
        assert refused.value.code_points == ("U+E000",)


def test_a_window_of_dl_shows_the_addressee_alone_too(press, poppler):
    letter = replace(ANSWER, letterhead=Letterhead(envelope=Envelope.DL))
    box = ["-r", "72", "-x", "57", "-y", "156", "-W", "255", "-H", "99"]  # 20-110 mm from the left, 55-90 mm down
    seen = unspaced(poppler("pdftotext", press.print_pdf(letter), *box))
    assert seen == unspaced("〒000-0000架空市本町一丁目1番1号架空市健康課受取 一郎　様親展")


def test_a_seal_is_drawn_in_its_place_with_words_for_who_cannot_see_it(press):
    picture = io.BytesIO()
    Image.new("RGB", (200, 200), "red").save(picture, "PNG")
    pdf = press.print_pdf(replace(ANSWER, letterhead=Letterhead(seal=picture.getvalue())))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [image.Width for image in document.pages[0].Resources.XObject.values()] == [200]
        figures = [
            each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        assert [str(figure.Alt) for figure in figures] == ["公印"]
    assert press.print_pdf(ANSWER) != pdf


def test_a_long_sender_and_a_long_addressee_stay_out_of_the_letter(press, poppler):
    to = Addressee(
        organisation="とても長い名前の広域連合" * 3, section=LONG_NAME, person=LONG_NAME, address=LONG_NAME * 2
    )
    by = Sender(
        organisation="長い名前の健康保険組合連合会" * 2, desk=LONG_NAME, telephone="00-0000-0000", address=LONG_NAME
    )
    text = poppler("pdftotext", press.print_pdf(replace(ANSWER, addressee=to, sender=by)))
    assert unspaced(text).count(LONG_NAME) >= 5


def test_many_threads_print_at_once_and_alike(press):
    alone = press.print_pdf(ANSWER)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press.print_pdf, [ANSWER] * 12)) == {alone}


def test_threads_leave_no_warning_of_corrupted_memory():
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from inquiry.documents.press import LetterPress\n"
        "from tests.documents.letters import ANSWER, TEMPLATES\n"
        "press = LetterPress(TEMPLATES)\n"
        "with ThreadPoolExecutor(4) as pool: print(len(set(pool.map(press.print_pdf, [ANSWER] * 16))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=TEMPLATES.parent, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("1\n", "")
